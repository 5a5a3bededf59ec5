"""The folder ``private/``: what must not be published, outside git and for its owner alone."""

from __future__ import annotations

import os
from pathlib import Path

from cati.store.atomic import make_folder, require_inside, write_bytes
from cati.store.text_file import read_bytes

PRIVATE = "private"
"""Holds what must not be published, outside git."""

FILE_MODE, FOLDER_MODE = 0o600, 0o700
"""Nobody but the owner may use what is made in it."""

_IGNORE_ALL = b"*\n"
_LARGEST = 100_000
"""Bytes of the largest list of what git ignores that is read."""


def is_private(file: str) -> bool:
    """Whether a file lies in ``private/``, by its path in the workspace."""
    return file.startswith(f"{PRIVATE}/")


def private_folder(root: Path, name: str) -> Path:
    """A folder in ``private/``, made where it is missing; git is told to leave all of it alone.

    Parameters
    ----------
    root : Path
        The workspace.
    name : str
        Relative to ``private/``.

    Raises
    ------
    ProblemsError, CatiError
        If it cannot be made, git cannot be told, or a link leads out of the workspace.
    """
    folder = root / PRIVATE / name
    require_inside(root, folder)
    make_folder(folder, FOLDER_MODE)
    _tell_git(root / PRIVATE / ".gitignore")
    return folder


def _tell_git(path: Path) -> None:
    """Have git ignore the folder; what else somebody has written there stays."""
    there = b""
    if os.path.lexists(path):
        there = read_bytes(path, f"{PRIVATE}/{path.name}", _LARGEST)
    if _IGNORE_ALL.strip() not in (line.strip() for line in there.splitlines()):
        write_bytes(path, _IGNORE_ALL + there, FILE_MODE)
