"""Readers take no lock, and yet never have half of a change before them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from cati.store import editing
from cati.store.canonical import yaml_text
from cati.store.editing import digest, finish, replace, replace_all, undisturbed
from tests.store.test_editing import (
    FILE,
    SECOND,
    digests,
    evidence,
    in_child,
    killed_at,
    several,
    state,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in which the two files say the same number."""
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(yaml_text(evidence("first")), encoding="utf-8")
    replace_all(tmp_path, several(1), digests(tmp_path))
    return tmp_path


def reader(root: Path, between: Callable[[], object]) -> Callable[[], dict[str, str]]:
    """Reads the one file, lets something happen, and reads the other."""

    def read() -> dict[str, str]:
        first = (root / FILE).read_text(encoding="utf-8")
        between()
        return {**state(root), FILE: first}

    return read


def test_a_reader_whom_a_writer_disturbs_reads_again(root: Path) -> None:
    sizes = iter((2, 3))

    def change() -> None:
        if size := next(sizes, 0):
            assert in_child(lambda: replace_all(root, several(size), digests(root))) == 0

    assert undisturbed(root, reader(root, change)) == several(3)


@pytest.mark.parametrize(("rename", "left"), [(1, 1), (2, 2), (3, 2)])
def test_a_reader_never_has_half_of_what_a_killed_writer_began(
    root: Path, rename: int, left: int
) -> None:
    kills = iter((rename,))

    def kill() -> None:
        if at := next(kills, 0):
            killed_at(root, at)

    assert undisturbed(root, reader(root, kill)) == several(left)


def test_a_writer_killed_before_it_has_counted_is_counted_by_who_finishes(root: Path) -> None:
    kills = iter((1,))

    def kill() -> None:
        if next(kills, 0):
            assert in_child(change) == -signal.SIGKILL
            finish(root)

    def change() -> None:
        editing._count = lambda _: os.kill(os.getpid(), signal.SIGKILL)
        replace_all(root, several(2), digests(root))

    assert undisturbed(root, reader(root, kill)) == several(2)


def test_single_files_that_belong_together_are_read_together(root: Path) -> None:
    changes = iter((FILE, SECOND))

    def change() -> None:
        for file in changes:
            replace(root, file, several(2)[file], digest(root / file))

    assert undisturbed(root, reader(root, change)) == several(2)


def test_writers_who_never_cease_wait_for_a_reader_in_the_end(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cati.store.editing.PATIENCE", 0.1)
    codes: list[int] = []

    def change() -> None:
        size = len(codes) + 2
        codes.append(in_child(lambda: replace_all(root, several(size), digests(root))))

    assert undisturbed(root, reader(root, change)) == several(4)
    assert codes == [0, 0, 0, 3]
