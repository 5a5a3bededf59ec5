"""Files are replaced in one step, or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cati.problems import CatiError
from cati.store import atomic
from cati.store.atomic import (
    filled_folder,
    is_temporary_of,
    leftovers,
    require_inside,
    sweep,
    temporary_name,
    write_bytes,
    write_text,
)


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


def ended_process() -> int:
    """The number of a process that has come to its end."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def test_what_killed_writers_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    ended = ended_process()
    of_killed = [f".a.csv.cati-{ended}-0123abcd.tmp", f".out-new.cati-{ended}-0123abcd.tmp"]
    others = [
        "a.csv",
        *(f".a.csv.{ending}" for ending in ("swp", "bak", "orig", "conflict", "x1y2z3w4", "tmp")),
        f".a.csv.cati-{ended}-0123abcd.tmp.bak",
        f".a.csv.cati-{os.getpid()}-0123abcd.tmp",
        temporary_name("b.csv"),
    ]
    for name in (of_killed[0], *others):
        (tmp_path / name).write_text("x")
    (tmp_path / of_killed[1] / "pages").mkdir(parents=True)
    assert [path.name for path in leftovers(tmp_path)] == of_killed
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)


def test_a_temporary_name_is_that_of_one_file() -> None:
    assert is_temporary_of("a.csv", temporary_name("a.csv"))
    assert not is_temporary_of("csv", temporary_name("a.csv"))
    assert not is_temporary_of("a.csv", ".a.csv.swp")


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_is_as_open_as_the_mask_allows_and_an_old_one_as_it_was(
    tmp_path: Path, mask: int
) -> None:
    for mode in (0o600, 0o640, 0o664, 0o444):
        (tmp_path / f"{mode}").write_text("old")
        (tmp_path / f"{mode}").chmod(mode)
    before = os.umask(mask)
    try:
        for path in [*tmp_path.iterdir(), tmp_path / "new"]:
            write_text(path, "new")
        write_bytes(tmp_path / "secret", b"new", 0o600)
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes.pop("new") == 0o666 & ~mask
    assert modes.pop("secret") == 0o600
    assert modes == {f"{mode}": mode for mode in (0o600, 0o640, 0o664, 0o444)}


def test_a_writer_that_is_told_to_end_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(_: int) -> None:
        raise SystemExit(143)

    monkeypatch.setattr(atomic.os, "fsync", end)
    with pytest.raises(SystemExit):
        write_text(tmp_path / "a.csv", "new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_cannot_be_filled_is_what_it_was(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "some/where"
    if there:
        folder.mkdir(parents=True)

    def fill() -> None:
        with filled_folder(folder):
            (folder / "a/b").mkdir(parents=True)
            (folder / "a/b/c").write_text("x")
            (folder / "link").symlink_to(tmp_path)
            shutil.copytree(tmp_path / "nothing", folder / "d")

    with pytest.raises(CatiError) as caught:
        fill()
    assert str(caught.value) == f"{folder}: cannot be written: No such file or directory"
    assert [path.name for path in tmp_path.rglob("*")] == (["some", "where"] if there else [])


def test_a_link_out_of_a_folder_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "root/inside").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "root/out").symlink_to("../elsewhere")
    (tmp_path / "root/in").symlink_to("inside")
    require_inside(tmp_path / "root", tmp_path / "root/in/further")
    with pytest.raises(CatiError, match=r"found a link to .*elsewhere/further; put a folder"):
        require_inside(tmp_path / "root", tmp_path / "root/out/further")
