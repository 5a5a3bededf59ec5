"""A published folder says what it was made from, and a manifest from anybody does no harm."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cati import __version__
from cati.problems import CatiError, UsageError
from cati.report.manifest import (
    CHECKSUMS,
    MANIFEST,
    NO_FILE,
    current_inputs,
    current_versions,
    digests,
    read_manifest,
    write_checksums,
    write_manifest,
)
from cati.report.publish import edition_of
from tests.conftest import Spoilable, missing


def change(folder: Path, field: str, value: object) -> None:
    """Change a field of a manifest."""
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps({**content, field: value}), encoding="utf-8")


@pytest.fixture
def folder(tiny: Spoilable) -> Path:
    """A folder with a file, its checksums and its manifest."""
    made = tiny.root / "made"
    (made / "data").mkdir(parents=True)
    (made / "data/a.csv").write_bytes(b"a\n")
    write_checksums(made)
    write_manifest(edition_of(tiny.open(), "first", draft=True), made)
    return made


def test_it_says_what_was_made_from_what_with_what(folder: Path, tiny: Spoilable) -> None:
    found = read_manifest(folder)
    assert (found.evaluation, found.basis, found.draft) == ("first", "published", True)
    assert found.versions["cati"] == __version__
    assert {"XlsxWriter", "typst", "matplotlib", "Pillow"} <= set(found.versions)
    assert found.files["data/a.csv"] == hashlib.sha256(b"a\n").hexdigest()
    assert set(found.files) == {"data/a.csv", CHECKSUMS}
    for file, digest in found.inputs.items():
        assert hashlib.sha256((tiny.root / file).read_bytes()).hexdigest() == digest
    assert "reports/first/points.csv" in found.inputs


def test_it_says_the_commit_and_runs_nothing_that_comes_with_the_workspace(
    folder: Path, tiny: Spoilable
) -> None:
    def commit() -> object:
        write_manifest(edition_of(tiny.open(), "first"), folder)
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["commit"]

    git = shutil.which("git")
    if git is None:
        missing("a program named git")
    assert commit() is None
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    for arguments in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "a"]):
        subprocess.run([git, "-C", str(tiny.root), *arguments], check=True)
    tiny.write("hook.sh", "#!/bin/sh\ntouch has-run\n")
    (tiny.root / "hook.sh").chmod(0o755)
    with (tiny.root / ".git/config").open("a") as config:
        config.write("[core]\n\tfsmonitor = ./hook.sh\n")
    told = (tiny.root / ".git/refs/heads").iterdir()
    assert commit() == next(told).read_text().strip()
    assert not (tiny.root / "has-run").exists()


def test_checksums_are_as_sha256sum_reads_them(folder: Path) -> None:
    run = subprocess.run(
        [shutil.which("sha256sum") or "sha256sum", "--check", "--strict", CHECKSUMS],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "data/a.csv: OK\n")


def test_every_input_matters_and_private_files_do_not(tiny: Spoilable) -> None:
    def inputs() -> dict[str, str]:
        return current_inputs(edition_of(tiny.open(), "first"))

    before = inputs()
    tiny.write("private/notes.txt", "a")
    tiny.write("reports/first/out/index.html", "a")
    assert inputs() == before
    tiny.change("reports/first/evaluation.yaml", "bands:", "embargo: '2031-01-01'\nbands:")
    after = inputs()
    assert {file for file in after if after[file] != before[file]} == {
        "reports/first/evaluation.yaml"
    }


def test_it_has_the_checksums_of_what_was_read_whatever_became_of_it_since(
    folder: Path, tiny: Spoilable
) -> None:
    workspace = tiny.open()
    edition = edition_of(workspace, "first")
    before = current_inputs(edition)
    tiny.change("companies/alpha/company.yaml", "format: 1", "format:  1")
    write_manifest(edition, folder)
    assert read_manifest(folder).inputs == before
    after = current_inputs(edition_of(tiny.open(), "first"))
    assert {file for file in after if after[file] != before[file]} == {
        "companies/alpha/company.yaml"
    }


def test_what_is_hidden_is_no_input(tiny: Spoilable) -> None:
    before = current_inputs(edition_of(tiny.open(), "first"))
    tiny.write("companies/.x/company.yaml", "secret")
    tiny.write("indicators/.y.yaml", "secret")
    assert current_inputs(edition_of(tiny.open(), "first")) == before


def test_what_has_no_content_of_its_own_is_listed_and_never_opened(folder: Path) -> None:
    before = digests(folder)
    (folder / "link.csv").symlink_to("/etc/hostname")
    (folder / "data/out").symlink_to("/etc")
    (folder / "data/nowhere").symlink_to("nothing")
    (folder / "data/empty/empty").mkdir(parents=True)
    os.mkfifo(folder / "pipe")
    after = digests(folder)
    added = ("data/empty/empty", "data/nowhere", "data/out", "link.csv", "pipe")
    assert after == before | dict.fromkeys(added, NO_FILE)
    assert list(after) == sorted(after)


def test_a_file_that_a_link_took_the_place_of_is_not_what_it_was(folder: Path) -> None:
    before = digests(folder)
    (folder / "data/a.csv").rename(folder.parent / "a.csv")
    (folder / "data/a.csv").symlink_to(folder.parent / "a.csv")
    assert digests(folder) == before | {"data/a.csv": NO_FILE}


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatiError, match="nothing: cannot be read: No such file"):
        digests(tmp_path / "nothing")


def test_versions_tell_cati_at_work_from_cati_released() -> None:
    assert len(current_versions()["cati, its files"]) == 16


def test_a_folder_without_a_manifest_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no manifest here"):
        read_manifest(tmp_path)


def test_a_link_is_no_manifest(folder: Path) -> None:
    (folder / MANIFEST).rename(folder.parent / MANIFEST)
    (folder / MANIFEST).symlink_to(folder.parent / MANIFEST)
    with pytest.raises(UsageError, match="no manifest here"):
        read_manifest(folder)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 2),
        ("format", True),
        ("format", None),
        ("evaluation", 3),
        ("methodology", 3),
        ("basis", "guessed"),
        ("draft", "yes"),
        ("versions", ["cati"]),
        ("versions", {"cati": 1}),
        ("inputs", {"a": "b"}),
        ("inputs_sha256", "0" * 64),
        ("inputs_sha256", None),
        ("files", {"../../etc/passwd": None}),
        ("files", None),
    ],
)
def test_a_field_that_is_not_what_it_must_be_is_named(
    folder: Path, field: str, value: object
) -> None:
    change(folder, field, value)
    with pytest.raises(CatiError, match=f"{field}: expected "):
        read_manifest(folder)


def test_another_format_is_told_as_in_other_files(folder: Path) -> None:
    change(folder, "format", 2)
    with pytest.raises(CatiError) as caught:
        read_manifest(folder)
    assert str(caught.value) == (
        f"{folder / MANIFEST}: format: "
        "expected 1, the format that this version of cati reads; found 2"
    )


def test_inputs_that_are_not_those_it_sums_up_are_refused(folder: Path) -> None:
    change(folder, "inputs", read_manifest(folder).inputs | {"companies/x/company.yaml": "0" * 64})
    with pytest.raises(CatiError, match="inputs_sha256: expected the checksum of all inputs"):
        read_manifest(folder)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_manifest_at_all_is_refused(folder: Path, raw: bytes) -> None:
    (folder / MANIFEST).write_bytes(raw)
    with pytest.raises(CatiError, match=r"manifest\.json"):
        read_manifest(folder)
