"""Writing so that a reader finds the old content or the new, never a part of it."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cati.problems import CatiError, UsageError, reason

_OWN = re.compile(r"\.(.+)\.cati-([0-9]{1,10})-[0-9a-f]{8}\.tmp")
"""How temporary files and folders are named: what they become, whose process makes them."""


def temporary_name(name: str) -> str:
    """A name for what will take the place of a file or folder, which nothing else bears."""
    return f".{name}.cati-{os.getpid()}-{secrets.token_hex(4)}.tmp"


def is_temporary_of(name: str, temporary: str) -> bool:
    """Whether a name is one that `temporary_name` gives for another."""
    match = _OWN.fullmatch(temporary)
    return match is not None and match[1] == name


def leftovers(folder: Path) -> Iterator[Path]:
    """What writers that were killed have left in a folder; what somebody else put there is not.

    Where the system cannot tell whether a process runs, it is taken to.
    """
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            match = _OWN.fullmatch(path.name)
            if match is not None and not _is_running(int(match[2])):
                yield path


def sweep(folder: Path) -> None:
    """Remove what writers that were killed have left in a folder."""
    for path in leftovers(folder):
        with suppress(OSError):  # another one may be sweeping
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def refuse_existing(path: Path, other: str) -> None:
    """Refuse to overwrite a file that somebody may have filled.

    Parameters
    ----------
    path : Path
    other : str
        What else can be chosen, such as ``folder``.

    Raises
    ------
    UsageError
        If it is there.
    """
    if path.exists():
        raise UsageError(f"{path}: would be overwritten; move it away or choose another {other}")


def require_inside(root: Path, path: Path) -> None:
    """Refuse to write into a folder that a link puts elsewhere.

    Raises
    ------
    CatiError
        If a path in a workspace leads out of it.
    """
    target = os.path.realpath(path)
    if not Path(target).is_relative_to(os.path.realpath(root)):
        raise CatiError(
            f"{path}: expected a folder of the workspace; found a link to {target}; "
            "put a folder in the place of the link"
        )


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder, and those it lies in, unless it is there.

    Parameters
    ----------
    path : Path
    mode : int
        Who may use those that are made, as far as the user's own mask allows.

    Raises
    ------
    CatiError
        If it cannot be made.
    """
    for folder in reversed((path, *path.parents)):
        try:
            if not folder.is_dir():
                folder.mkdir(mode, exist_ok=True)
        except OSError as error:
            raise CatiError(f"{folder}: cannot be made: {reason(error)}") from None


@contextmanager
def filled_folder(folder: Path) -> Iterator[None]:
    """Fill a folder that is new or empty; where that fails, it is again what it was.

    Raises
    ------
    UsageError
        If there is something in it.
    CatiError
        If it cannot be written.
    """
    there = os.path.lexists(folder)
    try:
        if there and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder}: expected a new or empty folder; it holds something")
        made = [one for one in (folder, *folder.parents) if not one.exists()]
        make_folder(folder)
        try:
            yield
        except BaseException:
            for path in folder.iterdir():
                _remove(path)
            for path in made:
                path.rmdir()
            raise
    except OSError as error:
        raise CatiError(f"{folder}: cannot be written: {reason(error)}") from None


def write_text(path: Path, text: str) -> None:
    """Replace a file's content in one step.

    The text goes to a temporary file in the same folder, reaches the disk,
    and takes the old file's place.

    Raises
    ------
    CatiError
        If it cannot be written; the old file is then untouched.
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Replace a file's content in one step, as `write_text` does.

    Parameters
    ----------
    path : Path
    content : bytes
    mode : int
        As in `prepare_bytes`.

    Raises
    ------
    CatiError
        If it cannot be written; the old file is then untouched.
    """
    temporary = prepare_bytes(path, content, mode)
    try:
        temporary.replace(path)
    except BaseException as error:
        raise _failure(temporary, path, error) from None


def prepare_bytes(path: Path, content: bytes, mode: int = 0o666) -> Path:
    """Write what is to become a file's content, to a temporary file in the same folder.

    Parameters
    ----------
    path : Path
        The file. Whoever may use it may use it afterwards.
    content : bytes
    mode : int
        Who may use it where it is new, as far as the user's own mask allows.

    Raises
    ------
    CatiError
        If it cannot be written; nothing is left of it.
    """
    temporary = path.with_name(temporary_name(path.name))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        there = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
        with open(os.open(temporary, flags, mode if there is None else 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if there is not None:
            temporary.chmod(there)
    except BaseException as error:
        raise _failure(temporary, path, error) from None
    return temporary


def _failure(temporary: Path, path: Path, error: BaseException) -> BaseException:
    """What to raise once nothing is left of a temporary file."""
    temporary.unlink(missing_ok=True)
    if isinstance(error, OSError):
        return CatiError(f"{path}: cannot be written: {reason(error)}")
    return error
