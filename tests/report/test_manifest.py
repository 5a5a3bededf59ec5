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
    current_inputs,
    current_versions,
    digests,
    read_manifest,
    write_checksums,
    write_manifest,
)
from cati.report.publish import edition_of
from tests.conftest import Spoilable


@pytest.fixture
def folder(tiny: Spoilable) -> Path:
    """A folder with a file, its checksums and its manifest."""
    made = tiny.root / "made"
    (made / "data").mkdir(parents=True)
    (made / "data/a.csv").write_bytes(b"a\n")
    write_checksums(made)
    write_manifest(tiny.root, edition_of(tiny.open(), "first", draft=True), made)
    return made


def test_it_says_what_was_made_from_what_with_what(folder: Path, tiny: Spoilable) -> None:
    found = read_manifest(folder)
    assert (found.evaluation, found.basis, found.draft) == ("first", "published", True)
    assert found.versions["cati"] == __version__
    assert {"XlsxWriter", "typst", "matplotlib"} <= set(found.versions)
    assert found.files["data/a.csv"] == hashlib.sha256(b"a\n").hexdigest()
    assert set(found.files) == {"data/a.csv", CHECKSUMS}
    for file, digest in found.inputs.items():
        assert hashlib.sha256((tiny.root / file).read_bytes()).hexdigest() == digest
    assert "reports/first/points.csv" in found.inputs


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
        return current_inputs(tiny.root, edition_of(tiny.open(), "first"))

    before = inputs()
    tiny.write("private/notes.txt", "a")
    tiny.write("reports/first/out/index.html", "a")
    assert inputs() == before
    tiny.change("reports/first/evaluation.yaml", "bands:", "embargo: '2031-01-01'\nbands:")
    after = inputs()
    assert {file for file in after if after[file] != before[file]} == {
        "reports/first/evaluation.yaml"
    }


def test_links_are_no_part_of_a_folder(folder: Path) -> None:
    before = digests(folder)
    (folder / "link.csv").symlink_to("/etc/hostname")
    (folder / "data/out").symlink_to("/etc")
    os.mkfifo(folder / "pipe")
    assert digests(folder) == before


def test_versions_tell_cati_at_work_from_cati_released() -> None:
    assert len(current_versions()["cati, its files"]) == 16


def test_a_folder_without_a_manifest_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no manifest here"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("evaluation", 3),
        ("basis", "guessed"),
        ("draft", "yes"),
        ("versions", ["cati"]),
        ("versions", {"cati": 1}),
        ("inputs", {"a": "b"}),
        ("files", {"../../etc/passwd": None}),
        ("files", None),
    ],
)
def test_a_field_that_is_not_what_it_must_be_is_named(
    folder: Path, field: str, value: object
) -> None:
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps({**content, field: value}), encoding="utf-8")
    with pytest.raises(CatiError, match=f"{field}: expected "):
        read_manifest(folder)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_manifest_at_all_is_refused(folder: Path, raw: bytes) -> None:
    (folder / MANIFEST).write_bytes(raw)
    with pytest.raises(CatiError, match=r"manifest\.json"):
        read_manifest(folder)
