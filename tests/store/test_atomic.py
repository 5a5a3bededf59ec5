"""Files are replaced in one step, or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from cati.problems import CatiError
from cati.store import atomic
from cati.store.atomic import leftovers, write_text


def test_a_file_is_made_or_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_text(path, "汽车\n")
    write_text(path, "x\ny\n")
    assert path.read_bytes() == b"x\ny\n"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_text_is_utf8_with_line_feeds_on_every_system(tmp_path: Path) -> None:
    write_text(tmp_path / "a", "汽车\né\n")
    assert (tmp_path / "a").read_bytes() == "汽车\né\n".encode()


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    path = tmp_path / "no" / "a.csv"
    with pytest.raises(CatiError) as caught:
        write_text(path, "x")
    assert str(caught.value) == f"{path}: cannot be written: No such file or directory"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((atomic.os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(CatiError, match=r"a\.csv: cannot be written: No space left on device"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_the_content_reaches_the_disk_before_it_takes_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    seen: list[str] = []
    sync = os.fsync

    def record(handle: int) -> None:
        seen.append(path.read_text())
        sync(handle)

    monkeypatch.setattr(atomic.os, "fsync", record)
    write_text(path, "new")
    assert (seen, path.read_text()) == (["old"], "new")


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    contents = [letter * 100_000 for letter in "ab"]
    write_text(path, contents[0])
    done = threading.Event()
    torn: list[str] = []

    def watch() -> None:
        while not done.is_set():
            if (text := path.read_text()) not in contents:
                torn.append(text[:10])

    reader = threading.Thread(target=watch)
    reader.start()
    for turn in range(50):
        write_text(path, contents[turn % 2])
    done.set()
    reader.join()
    assert torn == []


def test_files_of_killed_writers_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    (tmp_path / ".a.csv.x1y2").write_text("half")
    (tmp_path / ".b.csv.x1y2").write_text("of another")
    assert [p.name for p in leftovers(path)] == [".a.csv.x1y2"]
