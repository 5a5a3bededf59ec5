"""Changing a workspace's files when others may be changing them too.

One lock for the whole workspace orders all writers. A file is replaced only
if it is still what the writer read, or read again under the lock, so that
nobody's change is lost.

Several files change together: their new contents are prepared beside them,
then a journal that names them takes its place in one step, and from then on
they count as changed. Whoever next reads or writes the workspace finishes
what a killed writer left: before the journal nothing has happened, after it
everything has.

Readers take no lock. Each change is counted, so that a reader notices one that
came in between and reads again: it never has half of a change before it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout
from pydantic import BaseModel

from cati.problems import CatiError, Problem, ProblemsError, reason
from cati.store.atomic import (
    is_temporary_of,
    make_folder,
    prepare_bytes,
    require_inside,
    sweep,
    write_bytes,
    write_text,
)
from cati.store.canonical import yaml_text
from cati.store.file_kinds import kind_of
from cati.store.private import FILE_MODE, PRIVATE, is_private, private_folder
from cati.store.schemas import schema_link
from cati.store.text_file import SIZE_LIMIT, digest_of, read_bytes
from cati.store.validate import read_model

LOCK_FILE = ".cati.lock"
JOURNAL_FILE = ".cati.journal"
"""Names the files of a change that is decided and may not be finished."""

CHANGES_FILE = ".cati.changes"
"""Grows by a byte with every change; it holds nothing else."""

PATIENCE = 30
"""Seconds to wait for other writers; each holds the lock for a few milliseconds."""

READS = 3
"""Times a reader whom writers disturb reads again, before it has them wait."""

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep all other writers out of a workspace, and finish what a killed one has begun.

    Raises
    ------
    CatiError
        If another writer holds the lock for too long, it cannot be made, or
        what was begun cannot be finished.
    """
    lock = FileLock(root / LOCK_FILE)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise CatiError(f"{root}: another program has been writing for {PATIENCE} s") from None
    except OSError as error:
        raise CatiError(f"{root}: cannot be written: {reason(error)}") from None
    try:
        _finish(root)
        sweep(root)
        yield
    finally:
        lock.release()


def undisturbed(root: Path, read: Callable[[], T]) -> T:
    """What is read of several files while nobody changes them.

    Parameters
    ----------
    root : Path
        The workspace.
    read : callable
        Reads them; is called again where they changed meanwhile.

    Raises
    ------
    CatiError
        If a change was broken off and cannot be finished, or writers do not cease.
    """
    for _ in range(READS):
        finish(root)
        before = _changes(root)
        if (root / JOURNAL_FILE).exists():
            continue  # begun since, and perhaps counted already
        found = read()
        if _changes(root) == before:
            return found
    with locked(root):
        return read()


def _changes(root: Path) -> int:
    try:
        return (root / CHANGES_FILE).lstat().st_size
    except OSError:
        return 0


def _count(root: Path) -> None:
    """Count a change, before the first of its files is replaced."""
    path = root / CHANGES_FILE
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with open(os.open(path, flags, 0o666), "ab", buffering=0) as stream:
            stream.write(b".")
    except OSError as error:
        raise CatiError(f"{path}: cannot be written: {reason(error)}") from None


@dataclass(frozen=True)
class _Step:
    """One file of a change: what was prepared, and the digests of the old and the new content."""

    file: str
    prepared: str
    old: str
    new: str


def finish(root: Path) -> None:
    """Finish a change of several files whose writer was killed, or wait until it is done.

    Raises
    ------
    CatiError
        If it cannot be finished.
    """
    if (root / JOURNAL_FILE).exists():
        with locked(root):
            pass


def _finish(root: Path) -> None:
    """What `finish` does, under the lock."""
    journal = root / JOURNAL_FILE
    if not journal.exists():
        return
    steps = _read_journal(root)
    for step in steps:
        found = digest(root / step.file)
        prepared = (root / step.file).with_name(step.prepared).exists()
        if found == step.new or (found == step.old and prepared):
            continue
        what = "has been changed since" if found != step.old else "has lost its new content"
        raise CatiError(
            f"{journal}: a change of several files was broken off, and {step.file} {what}; "
            "put the files in order by hand and delete the journal"
        )
    _put_all_in_place(root, steps)


def _put_all_in_place(root: Path, steps: tuple[_Step, ...]) -> None:
    _count(root)  # behind the journal: who reads the new number sees it, or all of the change
    for step in steps:
        path = root / step.file
        prepared = path.with_name(step.prepared)
        if prepared.exists():
            try:
                prepared.replace(path)
            except OSError as error:
                raise CatiError(f"{path}: cannot be written: {reason(error)}") from None
    (root / JOURNAL_FILE).unlink(missing_ok=True)


def _read_journal(root: Path) -> tuple[_Step, ...]:
    """The steps of a journal, which may come from anybody: only data files are touched."""
    path = root / JOURNAL_FILE
    wrong = CatiError(f"{path}: expected a journal of this version of cati; delete it")
    try:
        listed = json.loads(read_bytes(path, JOURNAL_FILE, SIZE_LIMIT))
        steps = tuple(_Step(**step) for step in listed)
    except (ProblemsError, ValueError, TypeError, RecursionError):
        raise wrong from None
    inside = root.resolve()
    for step in steps:
        if not all(isinstance(part, str) for part in vars(step).values()):
            raise wrong
        name = step.file.rpartition("/")[2]
        if kind_of(step.file) is None or "\0" in step.file or ".." in step.file.split("/"):
            raise wrong
        if not (root / step.file).parent.resolve().is_relative_to(inside):
            raise wrong
        if not is_temporary_of(name, step.prepared):
            raise wrong
    return steps


def digest(path: Path) -> str:
    """A checksum of a file's content; empty where there is no file that can be read."""
    try:
        return digest_of(path.read_bytes()) if path.is_file() else ""
    except OSError:
        return ""


def replace(root: Path, file: str, text: str, read: str) -> None:
    """Replace a file if it still is what was read.

    Parameters
    ----------
    root : Path
        The workspace.
    file : str
        The file, relative to it.
    text : str
    read : str
        `digest` of the file when it was read.

    Raises
    ------
    ProblemsError
        If someone else has changed it since.
    CatiError
        If it cannot be written.
    """
    with locked(root):
        _refuse_changed(root, {file: read})
        _write(root, file, text)


def replace_all(
    root: Path,
    texts: Mapping[str, str],
    read: Mapping[str, str],
    first: Callable[[], object] | None = None,
) -> None:
    """Replace several files if all that a change rests on still is what was read: all or none.

    Parameters
    ----------
    root : Path
        The workspace.
    texts : mapping of str to str
        New content by file, relative to the workspace. A file may be new, and
        so may the folder it lies in.
    read : mapping of str to str
        `digest` of each of these files, and of others that decided what to write, when it was
        read; empty for one that was not there.
    first : callable, optional
        What must be done before, with nobody in between.

    Raises
    ------
    ProblemsError
        If someone else has changed one since; nothing is written then.
    CatiError
        If one cannot be written.
    """
    with locked(root):
        _refuse_changed(root, read)
        for folder in {file: _folder(root, file) for file in sorted(texts)}.values():
            sweep(folder)
        if first is not None:
            first()
        if not texts:
            return
        steps: list[_Step] = []
        try:
            for file in sorted(texts):
                steps.append(_prepare(root, file, texts[file], read[file]))
            write_text(root / JOURNAL_FILE, json.dumps([vars(step) for step in steps]))
        except BaseException:
            if not (root / JOURNAL_FILE).exists():
                for step in steps:
                    (root / step.file).with_name(step.prepared).unlink(missing_ok=True)
            raise
        _put_all_in_place(root, tuple(steps))


def read_again(root: Path, read: Mapping[str, str]) -> dict[str, bytes]:
    """The content of files that must be what they were when they were read.

    Parameters
    ----------
    root : Path
        The workspace.
    read : mapping of str to str
        `digest` of each then.

    Raises
    ------
    ProblemsError
        If one has been changed since.
    """
    found = {file: read_bytes(root / file, file, SIZE_LIMIT) for file in read}
    if changed := [file for file in read if digest_of(found[file]) != read[file]]:
        raise ProblemsError(_changed(file) for file in changed)
    return found


def _changed(file: str) -> Problem:
    expected, found = "the file as it was read", "a change by someone else"
    return Problem(file, expected, found, hint="read it again")


def _refuse_changed(root: Path, read: Mapping[str, str]) -> None:
    """Refuse to replace files, by what their digest was, that someone else has changed since."""
    problems = [_changed(file) for file, before in read.items() if digest(root / file) != before]
    if problems:
        raise ProblemsError(problems)


def _prepare(root: Path, file: str, text: str, old: str) -> _Step:
    content = text.encode()
    prepared = prepare_bytes(root / file, content, _mode(file))
    return _Step(file, prepared.name, old, digest_of(content))


def _folder(root: Path, file: str) -> Path:
    """The folder of a file that is to be written, made where it is missing."""
    folder = (root / file).parent
    if is_private(file):
        return private_folder(root, folder.relative_to(root / PRIVATE).as_posix())
    require_inside(root, folder)
    make_folder(folder)
    return folder


def _mode(file: str) -> int:
    return FILE_MODE if is_private(file) else 0o666


def update(root: Path, file: str, model: type[M], change: Callable[[M], M]) -> M:
    """Read a file, change what it says and write it, with nobody in between.

    Parameters
    ----------
    root : Path
        The workspace.
    file : str
        The file, relative to it.
    model : type
        What the file says.
    change : callable
        From the old content to the new.

    Raises
    ------
    ProblemsError
        If the file cannot be read.
    CatiError
        If it cannot be written.
    """
    with locked(root):
        problems: list[Problem] = []
        found = read_model(model, root / file, file, problems)
        if found is None:
            raise ProblemsError(problems)
        changed = change(found[0])
        _write(root, file, yaml_text(changed, schema_link(file)))
        return changed


def _write(root: Path, file: str, text: str) -> None:
    """Write under the lock."""
    sweep(_folder(root, file))
    _count(root)
    write_bytes(root / file, text.encode(), _mode(file))
