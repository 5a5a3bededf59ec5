"""Writing so that a reader finds the old content or the new, never a part of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cati.problems import CatiError, UsageError


def leftovers(path: Path) -> Iterator[Path]:
    """Temporary files of writers of this file that were killed, or are still writing."""
    return path.parent.glob(f".{path.name}.*")


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


def make_folder(path: Path) -> None:
    """Make a folder, and those it lies in, unless it is there.

    Raises
    ------
    CatiError
        If it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CatiError(f"{path}: cannot be made: {error.strerror}") from None


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


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file's content in one step, as `write_text` does.

    Raises
    ------
    CatiError
        If it cannot be written; the old file is then untouched.
    """
    temporary = prepare_bytes(path, content)
    try:
        temporary.replace(path)
    except OSError as error:
        raise _failure(temporary, path, error) from None


def prepare_text(path: Path, text: str) -> Path:
    """Write what is to become a file's content, to a temporary file in the same folder.

    Raises
    ------
    CatiError
        If it cannot be written; nothing is left of it.
    """
    return prepare_bytes(path, text.encode())


def prepare_bytes(path: Path, content: bytes) -> Path:
    """Write bytes as `prepare_text` writes text.

    Raises
    ------
    CatiError
        If they cannot be written; nothing is left of them.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
    except OSError as error:
        raise _failure(temporary, path, error) from None
    return temporary


def _failure(temporary: Path | None, path: Path, error: OSError) -> CatiError:
    if temporary is not None:
        temporary.unlink(missing_ok=True)
    return CatiError(f"{path}: cannot be written: {error.strerror}")
