"""Where everything that is printed goes: whatever the terminal lacks, the command comes to its end.

A character that the terminal's encoding does not have is written as an escape. Output that can
be written no more, since the disk is full or the reader has gone, is dropped: what a command does
to files must not hang on whether it could be told.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TextIO

    from _typeshed import ReadableBuffer

READER_GONE = {errno.EPIPE, errno.EINVAL}
"""How it is told that nobody reads on; the second on Windows."""

_ESCAPING = "cati.escaping"


class _Sink(io.RawIOBase):
    """A file to which bytes are written as long as it takes them.

    Attributes
    ----------
    fault : OSError, optional
        Why it does no more.
    """

    def __init__(self, raw: io.RawIOBase) -> None:
        self.raw = raw
        self.fault: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.raw.fileno()

    def isatty(self) -> bool:
        return self.raw.isatty()

    def write(self, data: ReadableBuffer, /) -> int | None:
        if self.fault is None:
            try:
                return self.raw.write(data)
            except OSError as error:
                self.fault = error
        return memoryview(data).nbytes


class _Output:
    """Standard output or standard error, in a form that never fails."""

    def __init__(self, stream: TextIO) -> None:
        raw: Any = getattr(stream.buffer, "raw", stream.buffer)  # unbuffered, it is the file
        self.encoding = stream.encoding
        if not stream.isatty() and not os.environ.get("PYTHONIOENCODING"):
            self.encoding = "utf-8"  # a file, or another program: what it holds is data
        self.sink = _Sink(raw)
        self.escaped = False
        codecs.register_error(f"{_ESCAPING}.{id(self)}", self._escape)
        self.text = io.TextIOWrapper(
            io.BufferedWriter(self.sink),
            encoding=self.encoding,
            errors=f"{_ESCAPING}.{id(self)}",
            line_buffering=True,
        )

    def _escape(self, error: UnicodeError) -> tuple[str | bytes, int]:
        self.escaped = True
        return codecs.backslashreplace_errors(error)


@contextmanager
def lasting_output() -> Iterator[None]:
    """Run a command so that printing never breaks it; says afterwards what was lost.

    Raises
    ------
    SystemExit
        The command's own, or with code 1 where its output could not be written.
    """
    if not _is_own(sys.stdout, sys.__stdout__) or not _is_own(sys.stderr, sys.__stderr__):
        yield
        return
    before = sys.stdout, sys.stderr
    out, err = _Output(sys.stdout), _Output(sys.stderr)
    sys.stdout, sys.stderr = out.text, err.text
    try:
        yield
    except SystemExit as leaving:
        out.text.flush()
        if out.escaped:
            print(_escapes(out), file=err.text)
        fault = out.sink.fault
        if fault is not None and fault.errno not in READER_GONE:
            message = "the output cannot be written"
            print(f"cati: {message}: {fault.strerror}; what was changed stays so", file=err.text)
            raise SystemExit(leaving.code or 1) from None
        raise
    finally:
        for output in (out, err):
            output.text.flush()
        sys.stdout, sys.stderr = before


def _is_own(stream: TextIO | None, at_start: TextIO | None) -> bool:
    """Whether a stream is the program's, not that of a test that takes what is printed."""
    return stream is at_start and hasattr(stream, "buffer")


def _escapes(out: _Output) -> str:
    """That some characters were written as escapes, and what to do about it."""
    return (
        f"note: {out.encoding} lacks characters of this output, which are written as \\uXXXX; "
        "PYTHONIOENCODING=utf-8 writes all"
    )
