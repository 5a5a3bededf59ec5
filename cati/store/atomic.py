"""Writing so that a reader finds the old content or the new, never a part of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cati.problems import CatiError


def leftovers(path: Path) -> Iterator[Path]:
    """Temporary files of writers of this file that were killed, or are still writing."""
    return path.parent.glob(f".{path.name}.*")


def make_folder(path: Path) -> None:
    """Make a folder unless it is there.

    Raises
    ------
    CatiError
        If it cannot be made.
    """
    try:
        path.mkdir(exist_ok=True)
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
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise CatiError(f"{path}: cannot be written: {error.strerror}") from None
