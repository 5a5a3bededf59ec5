"""A new workspace is sound from the start and holds nobody's evaluation."""

from __future__ import annotations

from pathlib import Path

import pytest

from cati.problems import UsageError
from cati.store.new_workspace import bundled, bundled_peers, copy_peers, new_workspace
from cati.workspace import Workspace


def test_a_new_workspace_has_no_problems_and_the_bundled_methodologies(tmp_path: Path) -> None:
    new_workspace(tmp_path / "mine")
    workspace = Workspace.open(tmp_path / "mine")
    assert workspace.check() == []
    assert sorted(workspace.store.methodologies) == ["automotive-2024", "corporate-2023"]
    assert workspace.store.crosswalk is not None
    assert list(workspace.store.entities) == ["ipe"]
    assert workspace.store.evaluations == {}


def test_with_the_example_it_holds_the_whole_evaluation_of_2024(tmp_path: Path, root: Path) -> None:
    new_workspace(tmp_path / "mine", example=True)
    workspace = Workspace.open(tmp_path / "mine")
    assert workspace.check() == []
    assert len(workspace.score("automakers-2024").companies) == 51
    places = ("companies/**/*.yaml", "reports/automakers-2024/*.*")
    for file in (path.relative_to(root) for place in places for path in root.glob(place)):
        assert (tmp_path / "mine" / file).read_bytes() == (root / file).read_bytes()


def test_its_registry_is_the_one_of_this_repository(tmp_path: Path, root: Path) -> None:
    new_workspace(tmp_path / "mine")
    files = sorted(p.relative_to(root) for p in (root / "indicators").rglob("*.yaml"))
    assert len(files) == 13
    for file in files:
        assert (tmp_path / "mine" / file).read_bytes() == (root / file).read_bytes()


def test_what_must_not_be_published_is_left_out_of_version_control(tmp_path: Path) -> None:
    new_workspace(tmp_path / "mine")
    ignored = (tmp_path / "mine" / ".gitignore").read_text().splitlines()
    assert {"private/", "reports/*/out*/", "reports/*/.out-*/"} <= set(ignored)


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    new_workspace(tmp_path)
    assert (tmp_path / "reports").is_dir()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_there_is_never_overwritten(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "mine"
    if kind == "file":
        place.write_text("mine")
    else:
        place.mkdir()
        (place / "notes.txt").write_text("mine")
    with pytest.raises(UsageError) as caught:
        new_workspace(place)
    assert str(caught.value) == f"{place}: expected a new or empty folder; it holds something"
    assert not (place / "indicators").exists()


def test_the_methodologies_travel_with_the_package(root: Path) -> None:
    assert bundled() == root
    assert (bundled() / "indicators" / "automotive-2024" / "methodology.yaml").is_file()


def test_a_private_one_stays_out_of_version_control_altogether(tmp_path: Path) -> None:
    new_workspace(tmp_path / "mine", private=True)
    rules = (tmp_path / "mine" / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "*" in rules
    readme = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert "private" in readme
    assert "非公开" in readme


def test_the_peers_come_with_their_table_and_no_more(tmp_path: Path, root: Path) -> None:
    mine = tmp_path / "mine"
    new_workspace(mine)
    copy_peers(mine)
    workspace = Workspace.open(mine)
    assert workspace.check() == []
    assert len(workspace.store.entities) == 52
    assert workspace.store.disclosures == {}
    name = bundled_peers().id
    assert workspace.score(name).order == Workspace.open(root).score(name).order
    assert workspace.evaluation(name).notice.en.startswith("An unofficial reconstruction.")
