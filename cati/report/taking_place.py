"""How a rendered folder takes the place of an earlier one, and what an earlier run has left.

The two are exchanged in one step where the system can. Where it cannot, the earlier one is put
aside first; a run that is killed in between leaves none in the place, and the next puts it back.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cati.problems import CatiError, reason
from cati.report.manifest import MANIFEST, listed_files, names_in
from cati.store.atomic import leftovers, sweep, temporary_name
from cati.store.editing import locked

NEW = "out-new"
"""What the temporary name of a folder is made of; git leaves alone what begins with ``.out-``."""

_OLD = ".old"
"""What the name of a folder that was put aside ends in."""

_SHOWN = 5
"""Names that a message shows before it only counts."""

_AT_FDCWD = -100
_EXCHANGE = 2
"""The same number for Linux and macOS."""


@contextmanager
def beside(root: Path, folder: Path) -> Iterator[Path]:
    """A place beside a folder to render into; what is left of runs that were killed is removed.

    Parameters
    ----------
    root : Path
        The workspace.
    folder : Path
        Whose place the rendered one is to take by `take_place`.

    Yields
    ------
    Path
        Where it is to be made. It is removed in the end with all that is still in it.

    Raises
    ------
    CatiError
        If it cannot be written, or something lies in the folder that no report has written.
    """
    try:
        require_own(folder)
        with locked(root):
            for left in leftovers(folder.parent):
                _put_back(left)
            sweep(folder.parent)
        temporary = folder.with_name(temporary_name(NEW))
        temporary.mkdir(0o700)
        try:
            yield temporary / folder.name
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise CatiError(f"{folder.parent}: cannot be written: {reason(error)}") from None


def _put_back(left: Path) -> None:
    """Put a folder back that a run had put aside when it was killed."""
    for aside in left.glob(f"*{_OLD}"):
        folder = left.parent / aside.name.removesuffix(_OLD)
        if not os.path.lexists(folder):
            aside.rename(folder)


def take_place(root: Path, fresh: Path, folder: Path) -> None:
    """Give a rendered folder the place of one that may be there.

    Raises
    ------
    CatiError
        If something lies in the earlier one that no report has written.
    OSError
        If it cannot be done; the earlier one is then where it was.
    """
    with locked(root):
        require_own(folder)
        if not folder.exists():
            fresh.rename(folder)
        elif not _exchange(fresh, folder):
            aside = fresh.with_name(f"{folder.name}{_OLD}")
            folder.rename(aside)
            try:
                fresh.rename(folder)
            except BaseException:
                aside.rename(folder)
                raise


def require_own(folder: Path) -> None:
    """Refuse to replace a folder that holds more than a report has written.

    Raises
    ------
    CatiError
        With what else there is in it, or if that cannot be told.
    """
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise CatiError(f"{folder}: expected a folder of reports; found something else")
    found = set(names_in(folder)) - {"."}
    own: set[str] = set()
    if MANIFEST in found:
        own = {MANIFEST, *listed_files(folder)}
    others = sorted({_outermost(name, own) for name in found - own})
    if others:
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        raise CatiError(
            f"{folder}: a new report would delete what no report has written: "
            f"{', '.join(others[:_SHOWN])}{more}; move it out, and have it in a copy of the report "
            "elsewhere"
        )


def _outermost(name: str, own: set[str]) -> str:
    """The outermost folder of a file that has none of the report's own in it, or the file."""
    parts = name.split("/")
    for length in range(1, len(parts)):
        folder = "/".join(parts[:length]) + "/"
        if not any(one.startswith(folder) for one in own):
            return folder
    return name


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; whether the system, and the file system, can."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _EXCHANGE) == 0)
        return bool(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0)
    except (OSError, TypeError, AttributeError):
        return False  # no such library, or no such function in it
