"""The text of a document, page by page, from bytes that somebody else has made.

A document is read in a process of its own with limits on time, memory, pages
and text, so that one made to harm can do no more than fail. Nothing is
requested from elsewhere and no script is run.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from cati.problems import Problem, ProblemsError, shown
from cati.research.desk.charsets import decoded, wide_charset
from cati.research.desk.legibility import illegible_share
from cati.research.desk.pdf_glyphs import HYPHEN
from cati.research.desk.pdf_text import pdf_page_text
from cati.research.desk.web_codecs import LOST
from cati.research.desk.web_text import (
    MailParts,
    WebText,
    as_seen,
    is_mail,
    mail_parts,
    web_text,
)

Kind = Literal["pdf", "html", "mhtml", "text"]
State = Literal["text", "image", "garbled", "empty", "transcribed", "unchecked"]

SIZE_LIMIT = 300_000_000
"""Bytes of a document."""

PAGES_LIMIT = 5_000
TEXT_LIMIT = 60_000_000
"""Characters of all pages together."""

PAGE_LIMIT = 2_000_000
"""Characters of a web page, or of a page of plain text."""

SECONDS_LIMIT = 300
PAGE_SECONDS_LIMIT = 30
"""Seconds that all pages may take, and one of them."""

MEMORY_LIMIT = 1_000_000_000
"""Bytes, beside those of the document itself."""

ENDINGS: dict[Kind, str] = {"pdf": ".pdf", "html": ".html", "mhtml": ".mhtml", "text": ".txt"}
"""How the archived copy of each kind is named."""

READABLE = 0.7
"""Share of characters that must be legible, or the page counts as garbled."""

FEW, COVERED = 20, 0.5
"""A page of at most so many letters and digits, such as a page number or a running title, with
images over at least this share of it, counts as one of images: it is most likely a scanned one."""

_ALARM: int = getattr(signal, "SIGALRM", 0)
_SOFT_HYPHEN_IN_NUMBER = re.compile(r"(?<=\d)\xad+(?=\s*\d)")
_STRUCK = re.compile("(?:[^\\s\u0335\u0336][\u0335\u0336][ \t]*)+")
_NOT_PRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_EMPTY = re.compile(r"\s{100,}")
"""What parts one thing from another; more of it says no more and costs whoever looks through it."""

_FOREIGN = {
    b"PK\x03\x04": "a zip file, such as a Word or Excel document",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a gzip file",
}


class UnreadableError(Exception):
    """Bytes that are no document cati can read.

    Parameters
    ----------
    expected, found, hint : str
        As in `Problem`.
    """

    def __init__(self, expected: str, found: str, hint: str = "") -> None:
        self.parts = (expected, found, hint)
        super().__init__(found)


@dataclass(frozen=True)
class PageText:
    """One page.

    Attributes
    ----------
    number : int
        Counted from 1, as a viewer counts them; not as printed.
    text : str
        Lines end in a line feed.
    state : {"text", "image", "garbled", "empty", "transcribed", "unchecked"}
        ``image``: nothing but images or drawings, or hardly anything else;
        ``garbled``: characters whose meaning the file does not tell;
        ``empty``: nothing; ``transcribed``: written down by one person and
        compared by another; ``unchecked``: not compared yet.
    hidden : str
        What nobody sees on the page, or sees struck out; no part of its text.
    """

    number: int
    text: str
    state: State
    hidden: str = ""

    @property
    def lost(self) -> int:
        """How many of its characters could not be read, each `LOST` in the text."""
        return self.text.count(LOST) + self.hidden.count(LOST)


@dataclass(frozen=True)
class Caveats:
    """What is to be known of a document before its text is relied on.

    Attributes
    ----------
    lost : int
        Characters that could not be read.
    hidden : int
        Characters that its pages hide.
    guessed : str, optional
        The encoding it was taken to be in, where it says none or a wrong one.
    """

    lost: int = 0
    hidden: int = 0
    guessed: str | None = None


def caveats(pages: Iterable[PageText], guessed: str | None) -> Caveats:
    """The caveats of a document with these pages."""
    lost = hidden = 0
    for page in pages:
        lost += page.lost
        hidden += len(page.hidden)
    return Caveats(lost, hidden, guessed)


@dataclass(frozen=True)
class DocumentText:
    """A document's pages and what it says of itself.

    Attributes
    ----------
    kind : {"pdf", "html", "mhtml", "text"}
    pages : tuple of PageText
        A web page is one page; a form feed parts the pages of plain text.
    link : str, optional
        Where a saved web page says it came from; likewise the day on which it was `captured`.
    guessed : str, optional
        The encoding it was taken to be in, where it says none or a wrong one.
    """

    kind: Kind
    pages: tuple[PageText, ...]
    link: str | None = None
    captured: str | None = None
    guessed: str | None = None


@dataclass(frozen=True)
class Head:
    """What is known of a document before its pages are read; see `DocumentText`."""

    kind: Kind
    pages: int
    link: str | None = None
    captured: str | None = None
    guessed: str | None = None


def kind_of_document(content: bytes) -> Kind:
    """The kind of a document, by its content and not by its name.

    Raises
    ------
    UnreadableError
        If it is none of those that can be read.
    """
    expected = "a PDF, HTML, MHTML or text document"
    if not content.strip():
        raise UnreadableError(expected, "an empty file")
    head = content[:4_096]
    if b"%PDF-" in head[:1_024]:
        return "pdf"
    for mark, what in _FOREIGN.items():
        if head.startswith(mark):
            raise UnreadableError(expected, what, "save or print it as PDF")
    if is_mail(head):
        return "mhtml"
    wide = wide_charset(content)
    if wide:
        head = head[: len(head) // 2 * 2].decode(wide, "replace").encode()
    if re.search(rb"<(!doctype\s+html|html|head|body|title|meta)[\s>]", head, re.IGNORECASE):
        return "html"
    if wide or b"\x00" not in content:
        return "text"
    raise UnreadableError(expected, "a file of another kind", "save or print it as PDF")


def read_bounded(
    path: Path, name: str, progress: Callable[[int, int], None] | None = None
) -> DocumentText:
    """A document's text, read in a process of its own, within the limits of this module.

    Parameters
    ----------
    path : Path
    name : str
        How messages name the file.
    progress : callable, optional
        Is told after each page how many are read, of how many.

    Raises
    ------
    ProblemsError
        If it cannot be read.
    """
    command = [sys.executable, "-P", "-X", "utf8", "-m", "cati.research.desk.document_text"]
    with subprocess.Popen(  # noqa: S603  this interpreter, and a path that is not a command
        [*command, str(path.absolute())],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # each thread would take address space
    ) as process:
        timer = threading.Timer(SECONDS_LIMIT, process.kill)
        timer.start()
        try:
            assert process.stdout is not None  # noqa: S101  it is a pipe
            document = _received(process.stdout, name, progress)
        finally:
            timed_out = not timer.is_alive()
            timer.cancel()
            process.kill()
    if document is None:
        found = "a reader that broke down"
        if timed_out:
            found = f"more than {SECONDS_LIMIT} s of work"
        elif process.returncode == -_ALARM:
            found = f"a page of more than {PAGE_SECONDS_LIMIT} s of work"
        hint = "print it to a new PDF, or split it"
        raise ProblemsError([Problem(name, "a document that can be read", found, hint=hint)])
    return document


def _received(
    stream: IO[str], name: str, progress: Callable[[int, int], None] | None
) -> DocumentText | None:
    """What the reading process says; None where it ended before it had said everything."""
    head: Head | None = None
    pages: list[PageText] = []
    for line in stream:
        with contextlib.suppress(ValueError):  # a line cut off by the end of the process
            said = json.loads(line)
            if "expected" in said:
                problem = Problem(name, said["expected"], said["found"], hint=said["hint"])
                raise ProblemsError([problem])
            if head is None:
                head = Head(**said)
            else:
                pages.append(PageText(**said))
                if progress is not None:
                    progress(len(pages), head.pages)
    if head is None or len(pages) != head.pages:
        return None
    return DocumentText(head.kind, tuple(pages), head.link, head.captured, head.guessed)


def parts(content: bytes) -> Iterator[Head | PageText]:
    """A document's head, then each page, read in this process.

    Raises
    ------
    UnreadableError
        If it cannot be read.
    """
    kind = kind_of_document(content)
    if kind == "pdf":
        yield from _pdf_parts(content)
        return
    mail = MailParts(content)
    if kind == "mhtml":
        try:
            mail = mail_parts(content)
        except (ValueError, LookupError, RecursionError):
            raise UnreadableError(
                "a saved web page", "one that is damaged", "save it again"
            ) from None
    read = decoded(mail.content, mail.charset)
    if len(read.text) > TEXT_LIMIT:
        raise UnreadableError(f"at most {TEXT_LIMIT:,} characters", "more", "split it")
    try:
        pages = (
            [WebText(as_seen(page), images=False) for page in read.text.split("\f")]
            if kind == "text"
            else [web_text(read.text)]
        )
    except ValueError as error:
        raise UnreadableError("a web page", str(error), "print it as PDF") from None
    _limit(len(pages))
    if any(len(page.text) + len(page.hidden) > PAGE_LIMIT for page in pages):
        raise UnreadableError(f"at most {PAGE_LIMIT:,} characters on a page", "more", "split it")
    guessed = None if read.said or read.text.isascii() else read.charset
    yield Head(kind, len(pages), mail.link, mail.captured, guessed)
    for number, page in enumerate(pages, start=1):
        clean = _clean(page.text)
        state = _state(clean, page.images) if read.certain else "garbled"
        yield PageText(number, clean, state, _clean(page.hidden))


def _limit(pages: int) -> None:
    if pages > PAGES_LIMIT:
        raise UnreadableError(f"at most {PAGES_LIMIT:,} pages", f"{pages:,}", "split it")


def _pdf_parts(content: bytes) -> Iterator[Head | PageText]:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]
    from pypdfium2 import raw

    try:
        document = pdfium.PdfDocument(content)  # opens with an empty password too
        pages = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            found, hint = "one that is locked with a password", "save a copy without a password"
            raise UnreadableError("a PDF that opens without a password", found, hint) from None
        found, hint = "a damaged one", "download it again, or print it to a new PDF"
        raise UnreadableError("a PDF", found, hint) from None
    if not pages:
        raise UnreadableError("a PDF", "one without pages")
    _limit(pages)
    yield Head("pdf", pages)
    left = TEXT_LIMIT
    for index in range(pages):
        try:
            page = document[index]
            read = pdf_page_text(page)
            text, hidden = _clean(read.text), _clean(read.hidden)
            state = _pdf_state(page, text)
        except pdfium.PdfiumError:
            text, hidden, state = "", "", "image"
        left -= len(text) + len(hidden)
        if left < 0:
            raise UnreadableError(f"at most {TEXT_LIMIT:,} characters", "more", "split it")
        yield PageText(index + 1, text, state, hidden)


def _pdf_state(page: Any, text: str) -> State:
    if not text.strip():
        return "empty" if next(page.get_objects(max_depth=2), None) is None else "image"
    if sum(map(str.isalnum, text)) <= FEW and _is_covered(page):
        return "image"
    return _state(text, images=False)


def _is_covered(page: Any) -> bool:
    """Whether images take the share `COVERED` of a page; those that overlap count each."""
    from pypdfium2 import raw

    width, height = page.get_size()
    area, scales = 0.0, [1.0]  # how much larger what a form of each level holds is drawn
    for drawn in page.get_objects():
        if drawn.type in {raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE}:
            matrix = drawn.get_matrix()
            scale = scales[drawn.level] * abs(matrix.a * matrix.d - matrix.b * matrix.c)
            if drawn.type == raw.FPDF_PAGEOBJ_FORM:
                scales[drawn.level + 1 :] = [scale]
            else:
                area += scale  # an image is drawn into the unit square
    return bool(area >= COVERED * width * height > 0)


def _clean(text: str) -> str:
    """Line ends as line feeds; marks of broken words as soft hyphens, and hyphens in numbers.

    No controls, and nothing of what is struck out letter by letter.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(HYPHEN, "\xad")
    text = _STRUCK.sub("", _SOFT_HYPHEN_IN_NUMBER.sub("-", text))
    text = _NOT_PRINTED.sub(_kept, text) if _NOT_PRINTED.search(text) else text
    return _EMPTY.sub("\n\n", text)


def _kept(control: re.Match[str]) -> str:
    return "\ufffd" if control.group() < " " else ""


def _state(text: str, images: bool) -> State:
    letters = len(text) - len(re.findall(r"\s", text))
    if not letters:
        return "image" if images else "empty"
    return "text" if illegible_share(text) <= 1 - READABLE else "garbled"


def _bound_this_process(size: int) -> None:
    """Limits that the system enforces, where it has them, for a document of a size."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        memory = MEMORY_LIMIT + size
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_LIMIT, SECONDS_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _begin_page() -> None:
    """Have the system end this process unless the next page is read in time."""
    if _ALARM:
        signal.alarm(PAGE_SECONDS_LIMIT)


def main(path: str, stream: IO[str]) -> None:
    """Write a document's head and pages to a stream, each as a line of JSON."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
        if len(content) > SIZE_LIMIT:
            raise UnreadableError(f"at most {SIZE_LIMIT:,} bytes", "a larger file", "split it")
        _bound_this_process(len(content))
        _begin_page()
        for part in parts(content):
            _begin_page()
            stream.write(json.dumps(vars(part), ensure_ascii=False) + "\n")
    except UnreadableError as error:
        stream.write(json.dumps(dict(zip(("expected", "found", "hint"), error.parts, strict=True))))
    except OSError as error:
        found = shown(error.strerror or "an unreadable one")
        stream.write(json.dumps({"expected": "a readable file", "found": found, "hint": ""}))
    except (MemoryError, RecursionError):
        found, hint = "one that takes too much memory", "print it to a new PDF, or split it"
        said = {"expected": "a document that can be read", "found": found, "hint": hint}
        stream.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], sys.stdout)
