"""What is shared while a workspace is read: folders and references."""

from __future__ import annotations

from pathlib import Path

from cati.problems import Finding
from cati.store.reading import Reading
from cati.store.yaml_file import YamlDocument

DOCUMENT = YamlDocument("some.yaml", {"a": ["x/one", "x/tow"]}, {(): 1, ("a",): 1, ("a", 1): 3})


def test_folders_come_sorted_and_are_remembered(tmp_path: Path) -> None:
    for name in ("beta", "alpha", ".git"):
        (tmp_path / "companies" / name).mkdir(parents=True)
    reading = Reading(tmp_path)
    assert [path.name for path in reading.subfolders("companies")] == ["alpha", "beta"]
    assert reading.folders == {"companies": {"alpha", "beta"}}
    assert reading.problems == []


def test_what_is_no_folder_is_named_unless_it_belongs_there(tmp_path: Path) -> None:
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "crosswalk.yaml").touch()
    (tmp_path / "indicators" / "notes.txt").touch()
    reading = Reading(tmp_path)
    assert list(reading.subfolders("indicators", besides=("crosswalk.yaml",))) == []
    assert [str(p) for p in reading.problems] == [
        "indicators/notes.txt: expected a folder; found a file"
    ]


def test_a_link_out_of_the_workspace_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "ws" / "companies" / "alpha").mkdir(parents=True)
    (tmp_path / "ws" / "companies" / "out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "ws" / "companies" / "in").symlink_to(tmp_path / "ws" / "companies" / "alpha")
    reading = Reading(tmp_path / "ws")
    found = {path.name: list(reading.files(path, "")) for path in reading.subfolders("companies")}
    assert found["out"] == []
    assert sorted(found) == ["alpha", "in", "out"]
    assert [str(p) for p in reading.problems] == [
        "companies/out: expected a folder of the workspace; found a link out"
    ]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path) -> None:
    reading = Reading(tmp_path)
    assert list(reading.subfolders("companies")) == []
    assert [str(p) for p in reading.problems] == [
        "companies: expected a readable folder; found No such file or directory"
    ]


def test_references_are_checked_when_everything_is_known(tmp_path: Path) -> None:
    reading = Reading(tmp_path)
    reading.refer("source", DOCUMENT, ("a", 0), "x/one")
    reading.refer("source", DOCUMENT, ("a", 1), "x/tow")
    reading.refer("disclosure", DOCUMENT, ("a", 1), "x/none")
    assert reading.problems == []
    reading.check_references("source", {"x/one": 1, "x/two": 2}, "a source")
    assert [str(p) for p in reading.problems] == [
        "some.yaml:3: a[1]: expected a source; found 'x/tow' (did you mean x/two or x/one?)"
    ]


def test_references_into_a_file_that_could_not_be_read_are_left_alone(tmp_path: Path) -> None:
    reading = Reading(tmp_path)
    reading.refer("source", DOCUMENT, ("a", 0), "x/one")
    reading.refer("source", DOCUMENT, ("a", 1), "y/one")
    reading.refer("disclosure", DOCUMENT, ("a", 1), "x/one")
    reading.hide("source", "x")
    for kind in ("source", "disclosure"):
        reading.check_references(kind, {}, f"a {kind}")
    assert [(p.expected, p.found) for p in reading.problems] == [
        ("a source", "'y/one'"),
        ("a disclosure", "'x/one'"),
    ]


def test_findings_become_problems_in_their_lines(tmp_path: Path) -> None:
    reading = Reading(tmp_path)
    reading.report([Finding(("a", 1), "one", "two")], DOCUMENT)
    assert [str(p) for p in reading.problems] == ["some.yaml:3: a[1]: expected one; found two"]


def test_what_lies_deeper_is_found_by_the_same_rules(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for file in ("a/b/c.yaml", "a/.d/e.yaml", "a/.f.yaml", "a/g.yaml", "a/b/deep/h.yaml"):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()
    (root / "a/out").symlink_to(tmp_path)
    (root / "a/round").symlink_to(root / "a")
    found = [path.relative_to(root).as_posix() for path in Reading(root).below(root / "a", 1)]
    assert found == ["a/b/c.yaml", "a/g.yaml", "a/round/g.yaml"]
