"""Reading a text file that somebody else may have written."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from cati.model.base import CONTROL
from cati.problems import Problem, ProblemsError, reason

SIZE_LIMIT = 5_000_000
"""Bytes; the largest file of a real evaluation is well below a tenth of this."""

_noted: ContextVar[dict[str, str] | None] = ContextVar("noted", default=None)


def digest_of(content: bytes) -> str:
    """The checksum by which contents are told apart, SHA-256."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def noted() -> Iterator[dict[str, str]]:
    """Note the digest of every file that is read meanwhile, whichever reader reads it.

    Yields
    ------
    dict of str to str
        By the name that messages have for the file.
    """
    digests: dict[str, str] = {}
    token = _noted.set(digests)
    try:
        yield digests
    finally:
        _noted.reset(token)


def read_bytes(path: Path, file: str, limit: int, hint: str = "") -> bytes:
    """The content of a regular file; nothing else is opened, since a pipe may never end.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.
    limit : int
        The most bytes that are read.
    hint : str
        What to do about a larger file.

    Raises
    ------
    ProblemsError
        If it is no file, cannot be read or is too large.
    """

    def wrong(expected: str, found: str, hint: str = "") -> ProblemsError:
        return ProblemsError([Problem(file, expected, found, hint=hint)])

    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            found = "a folder" if stat.S_ISDIR(mode) else "neither a file nor a folder"
            raise wrong("a file", found)
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError:
        link = "a link that leads nowhere"
        raise wrong("a file", link if path.is_symlink() else "nothing of that name") from None
    except OSError as error:
        raise wrong("a readable file", reason(error)) from None
    if len(content) > limit:
        raise wrong(f"at most {limit:,} bytes", "a larger file", hint)
    if (digests := _noted.get()) is not None:
        digests[file] = digest_of(content)
    return content


def read_text(path: Path, file: str) -> str:
    """The content of a UTF-8 file.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.

    Raises
    ------
    ProblemsError
        If it cannot be read, is too large or is not plain UTF-8 text.
    """
    content = read_bytes(path, file, SIZE_LIMIT)
    if content.startswith(b"\xef\xbb\xbf"):
        hint = "save as UTF-8 without BOM"
        raise ProblemsError([Problem(file, "UTF-8 text", "a byte order mark", 1, hint=hint)])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        hint = "save the file as UTF-8"
        problem = decoding_problem(content, error, file, "UTF-8 text", hint)
        raise ProblemsError([problem]) from None
    return checked_text(text.replace("\r\n", "\n"), file)


def decoding_problem(
    content: bytes, error: UnicodeDecodeError, file: str, expected: str, hint: str
) -> Problem:
    """The problem of bytes that are no text in the expected encoding."""
    line = content.count(b"\n", 0, error.start) + 1
    return Problem(file, expected, f"byte 0x{content[error.start]:02x}", line=line, hint=hint)


def checked_text(text: str, file: str, hint: str = "") -> str:
    """The text of a file, once it is found to hold something and no control characters.

    Parameters
    ----------
    text : str
    file : str
        How messages name it.
    hint : str
        What to do about a control character.

    Raises
    ------
    ProblemsError
    """
    if control := control_character(text):
        line = text.count("\n", 0, control.start()) + 1
        problem = Problem(file, "text", control_name(control), line=line, hint=hint)
        raise ProblemsError([problem])
    if not text.strip():
        raise ProblemsError([Problem(file, "content", "an empty file")])
    return text


def control_character(text: str) -> re.Match[str] | None:
    """The first character that is not text but steers a terminal or ends a string."""
    return CONTROL.search(text)


def control_name(control: re.Match[str]) -> str:
    """How messages name a control character."""
    return f"the control character U+{ord(control.group()):04X}"
