"""Packing the files an evaluation follows from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cati.problems import CatiError, ProblemsError, UsageError
from cati.store.editions import checksum, edition_file, inputs, pack, restore, unpack
from tests.conftest import Spoilable


def test_inputs_are_what_scores_follow_from_and_nothing_private(tiny: Spoilable) -> None:
    tiny.write("private/addresses.yaml", "secret")
    tiny.write("companies/alpha/assessments/second.yaml", "of another evaluation")
    tiny.write("reports/first/out/index.html", "rendered")
    found = inputs(tiny.open().store, "first")
    assert "companies/alpha/company.yaml" in found
    assert "reports/first/published.csv" in found
    assert any(file.startswith("indicators/tiny/") for file in found)
    assert not any("private" in f or "second" in f or "out" in f for f in found)


def test_what_is_packed_comes_back_and_the_same_files_give_the_same_bytes(
    tiny: Spoilable,
) -> None:
    files = inputs(tiny.open().store, "first")
    pack(tiny.root, "first", 1, files)
    archive = tiny.root / edition_file("first", 1)
    once = archive.read_bytes()
    assert unpack(tiny.root, "first", 1) == files
    pack(tiny.root, "first", 1, dict(reversed(files.items())))
    assert archive.read_bytes() == once


def test_the_checksum_tells_names_and_contents() -> None:
    assert checksum({"a": b"1", "b": b"2"}) == checksum({"b": b"2", "a": b"1"})
    different = [{"a": b"1"}, {"b": b"1"}, {"a": b"2"}, {"a": b"1", "b": b""}]
    assert len({checksum(files) for files in different}) == 4


def test_an_edition_is_not_written_over_something(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("do not touch", encoding="utf-8")
    with pytest.raises(UsageError, match="expected a new or empty folder"):
        restore({}, tmp_path)


def test_what_the_store_has_not_read_is_not_packed(tiny: Spoilable, tmp_path: Path) -> None:
    secret = tmp_path / "key.yaml"
    secret.write_text("a private key", encoding="utf-8")
    before = inputs(tiny.open().store, "first")
    for hidden in ("companies/.x/company.yaml", "indicators/.y.yaml", "indicators/.z/1-a.yaml"):
        (tiny.root / hidden).parent.mkdir(exist_ok=True)
        (tiny.root / hidden).symlink_to(secret)
    tiny.write("companies/alpha/.evidence.yaml", "x")
    store = tiny.open().store
    assert store.problems == []
    assert inputs(store, "first") == before


def test_what_has_changed_since_it_was_read_is_not_packed(tiny: Spoilable) -> None:
    store = tiny.open().store
    tiny.change("companies/alpha/company.yaml", "format: 1", "format:  1")
    with pytest.raises(ProblemsError, match=r"alpha/company\.yaml: expected the file as it was"):
        inputs(store, "first")


@pytest.mark.parametrize("make", ["fifo", "device", "folder"])
def test_what_is_no_file_is_not_waited_for(tiny: Spoilable, make: str) -> None:
    path = tiny.root / edition_file("first", 1)
    path.parent.mkdir()
    if make == "fifo":
        os.mkfifo(path)
    elif make == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    with pytest.raises(CatiError, match=r"expected a file; found (neither|a folder)"):
        unpack(tiny.root, "first", 1)


def test_an_edition_that_is_not_there_is_told(tiny: Spoilable) -> None:
    with pytest.raises(CatiError, match="expected the kept edition; found no file"):
        unpack(tiny.root, "first", 1)
