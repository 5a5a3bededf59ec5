"""Changing a workspace's files when others may be changing them too.

One lock for the whole workspace orders all writers. A file is replaced only
if it is still what the writer read, or read again under the lock, so that
nobody's change is lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout
from pydantic import BaseModel

from cati.problems import CatiError, Problem, ProblemsError
from cati.store.atomic import leftovers, write_text
from cati.store.canonical import yaml_text
from cati.store.schemas import schema_link
from cati.store.validate import read_model

LOCK_FILE = ".cati.lock"
PATIENCE = 30
"""Seconds to wait for other writers; each holds the lock for a few milliseconds."""

M = TypeVar("M", bound=BaseModel)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep all other writers out of a workspace.

    Raises
    ------
    CatiError
        If another writer holds the lock for too long, or it cannot be made.
    """
    lock = FileLock(root / LOCK_FILE)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise CatiError(f"{root}: another program has been writing for {PATIENCE} s") from None
    except OSError as error:
        raise CatiError(f"{root}: cannot be written: {error.strerror}") from None
    try:
        yield
    finally:
        lock.release()


def digest(path: Path) -> str:
    """A checksum of a file's content; empty where there is no file that can be read."""
    try:
        return digest_of(path.read_bytes()) if path.is_file() else ""
    except OSError:
        return ""


def digest_of(content: bytes) -> str:
    """The checksum by which `digest` tells contents apart."""
    return hashlib.sha256(content).hexdigest()


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
        if digest(root / file) != read:
            problem = Problem(
                file, "the file as it was read", "a change by someone else", hint="read it again"
            )
            raise ProblemsError([problem])
        _write(root / file, text)


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
        _write(root / file, yaml_text(changed, schema_link(file)))
        return changed


def _write(path: Path, text: str) -> None:
    """Write under the lock, where what other writers left can only be of killed ones."""
    for leftover in leftovers(path):
        leftover.unlink(missing_ok=True)
    write_text(path, text)
