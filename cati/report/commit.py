"""The commit that a workspace stands at, read from git's own files.

git itself is never run: what it does is decided by the ``config`` and the ``.git`` it finds, and
those come with the workspace. Nothing of them is looked at here but where ``HEAD`` points.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_BRANCH = re.compile(r"ref: (refs/\S+)")
_LARGEST = 16 * 1024 * 1024
"""Bytes of the largest list of branches that is read."""


def commit_of(root: Path) -> str | None:
    """The commit that is checked out where a folder lies; None where that cannot be told.

    Parameters
    ----------
    root : Path
        The folder, or one inside of what is kept in git.
    """
    start = root.resolve()
    for folder in (start, *start.parents):
        if os.path.lexists(folder / ".git"):
            return _head(folder / ".git")
    return None


def _head(place: Path) -> str | None:
    own = place if _is_folder(place) else _of_worktree(place)
    if own is None:
        return None
    shared = own.parent.parent if own != place else own
    head = _line(own, "HEAD")
    branch = _BRANCH.fullmatch(head)
    if branch is None:
        return head if _COMMIT.fullmatch(head) else None
    found = _line(shared, branch[1]) or _packed(shared, branch[1])
    return found if _COMMIT.fullmatch(found) else None


def _of_worktree(pointer: Path) -> Path | None:
    """Where git keeps what belongs to a further working tree, if that place says so itself.

    ``.git`` is a file there and names the place. Anybody can write such a file, but only git
    writes into the place which file it belongs to.
    """
    named = _line(pointer.parent, pointer.name).removeprefix("gitdir: ")
    if not named:
        return None
    place = Path(os.path.normpath(pointer.parent / named))
    is_one = place.parent.name == "worktrees" and _is_folder(place)
    back = _line(place, "gitdir") if is_one else ""
    return place if back and os.path.realpath(place / back) == os.path.realpath(pointer) else None


def _packed(shared: Path, branch: str) -> str:
    """The commit of a branch in the list of those that have no file of their own."""
    for line in _text(shared, "packed-refs").splitlines():
        commit, _, name = line.partition(" ")
        if name == branch:
            return commit
    return ""


def _line(folder: Path, name: str) -> str:
    return _text(folder, name).removesuffix("\n")


def _text(folder: Path, name: str) -> str:
    """What a file in a folder of git's says; empty where it is no plain file in there."""
    path = folder / name
    if os.path.realpath(path) != os.path.join(os.path.realpath(folder), os.path.normpath(name)):
        return ""  # a link, or a name that leads out
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        with open(os.open(path, flags), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return ""
            content = stream.read(_LARGEST + 1)
    except (OSError, ValueError):
        return ""
    return "" if len(content) > _LARGEST else content.decode("utf-8", "replace")


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
