"""The text of saved web pages: HTML and MHTML, nothing run and nothing requested."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cati.research.desk.web_looks import Look, Part
from cati.research.desk.web_marks import INLINE, put_marks
from cati.research.desk.words import JOINER, joined

if TYPE_CHECKING:
    from email.message import Message

LINK = re.compile(r"https?://[^\s<>\"]{1,1990}")

_PAGES = frozenset(("text/html", "application/xhtml+xml"))

_TAG = re.compile(r"""<[A-Za-z](?>[^"'>]+|"[^"]*"|'[^']*')*+""")
_PROGRAM = re.compile(r"(<(script|style)\b[^<>]*>).*?(?:</\2|\Z)", re.I | re.S)
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_NAME = re.compile(r"[\s/]+[^\s/=]")
ATTRIBUTES_LIMIT = 1_000
"""Attributes of an element; the parser's work grows with their square."""


@dataclass(frozen=True)
class WebText:
    """What a reader sees of a web page.

    Attributes
    ----------
    text : str
        One line for each block.
    images : bool
        Whether there are images in it, which the text leaves out.
    hidden : str
        What the page marks as hidden, likewise.
    """

    text: str
    images: bool
    hidden: str = ""


_NO_WIDTH = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_TURNED = re.compile("\u202e([^\u202a-\u202e\u2066-\u2069\n]*)\u202c?")


def as_seen(text: str) -> str:
    """Text without characters of no width, and what is turned round in the order it is seen in.

    Between two digits a `JOINER` is left: two numbers may only look like one.
    """
    if text.isascii():
        return text
    text = _TURNED.sub(lambda turned: turned[1][::-1], text)
    return _NO_WIDTH.sub(_without_width, text)


def _without_width(found: re.Match[str]) -> str:
    before, behind = (
        found.string[max(0, found.start() - 1) : found.start()],
        found.string[found.end() : found.end() + 1],
    )
    return JOINER if before.isdecimal() and behind.isdecimal() else ""


@dataclass(frozen=True)
class MailParts:
    """A saved web page taken out of its envelope.

    Attributes
    ----------
    content : bytes
        The page itself.
    charset : str, optional
        How the envelope says it is encoded.
    link : str, optional
        Where it came from.
    captured : str, optional
        The day it was saved, as YYYY-MM-DD.
    """

    content: bytes
    charset: str | None = None
    link: str | None = None
    captured: str | None = None


def is_mail(head: bytes) -> bool:
    """Whether bytes begin with the mail header of a saved web page, alone or among other parts."""
    message = _message(head)
    kind = message.get_content_type()
    page = kind in _PAGES or message.get_content_maintype() == "multipart"
    return kind == "multipart/related" or ("MIME-Version" in message and page)


def mail_parts(content: bytes) -> MailParts:
    """The page in an MHTML file: the first part that is HTML.

    Raises
    ------
    ValueError
        If there is none.
    """
    message = _message(content)
    for part in message.walk():
        page = part.get_payload(decode=True) if part.get_content_type() in _PAGES else None
        if isinstance(page, bytes):
            said = (
                message.get("Snapshot-Content-Location"),
                part.get("Content-Location"),
                message.get("Content-Location"),
            )
            unfolded = ("".join(str(link).split()) for link in said)
            return MailParts(
                page,
                part.get_content_charset(),
                next((link for link in unfolded if LINK.fullmatch(link)), None),
                _day(str(message.get("Date") or "")),
            )
    raise ValueError("no page in it")


def _message(content: bytes) -> Message[Any, Any]:
    import email
    import email.policy

    return email.message_from_bytes(content.lstrip(), policy=email.policy.compat32)


def _day(date: str) -> str | None:
    """The day of a mail's date, where it was written."""
    import email.utils

    try:
        day = email.utils.parsedate_to_datetime(date).date()
    except (ValueError, OverflowError, TypeError):
        return None
    return None if day > datetime.date.today() else day.isoformat()


def web_text(page: str) -> WebText:
    """What a reader sees of a web page, and what it hides.

    Raises
    ------
    ValueError
        If there is nothing in it that can be read.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    page = re.sub(r"^\s*<\?xml[^>]*>", "", page).replace("\x00", "")
    _refuse_overladen(page)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("one that is damaged") from error
    if any("depth" in error.message for error in parser.error_log):  # what lies deeper is lost
        raise ValueError("one that is nested too deeply")
    if root is None:
        raise ValueError("one with nothing in it")
    put_marks(root)
    parts: dict[Part, list[str]] = {"shown": [], "hidden": [], "none": []}
    looks, images = [Look()], False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            looks.append(looks[-1].inside(element))
            pieces = parts[looks[-1].part]
            images |= tag == "img" and looks[-1].part == "shown"
            turned = "\u202e" * _is_turned(element)
            pieces += [_before(tag), turned, _spaced(element.text, tag)]
        else:
            inner = parts[looks.pop().part]
            inner.append("\u202c" * _is_turned(element))
            pieces = parts[looks[-1].part]
            if inner is not pieces:
                inner.append("\n")  # or what is hidden here and there would run together
            pieces += [_before(tag) if tag not in {"br", "hr"} else "", _spaced(element.tail)]
    return WebText(_lines(parts["shown"]), images, _lines(parts["hidden"]))


def _refuse_overladen(page: str) -> None:
    """Refuse elements with more attributes than anybody writes."""
    for tag in _TAG.finditer(_PROGRAM.sub(r"\1", page)):
        if tag.end() - tag.start() > 2 * ATTRIBUTES_LIMIT:
            names = _QUOTED.sub("=", tag[0])
            if len(_NAME.findall(names)) > ATTRIBUTES_LIMIT:
                raise ValueError(
                    f"one with more than {ATTRIBUTES_LIMIT:,} attributes on an element"
                )


def _is_turned(element: Any) -> bool:
    """Whether an element sets its letters from right to left, whatever they are."""
    return bool(element.tag == "bdo" and element.get("dir", "").lower() == "rtl")


def _lines(pieces: list[str]) -> str:
    lines = as_seen("".join(pieces)).split("\n")
    kept = (re.sub(r"[ \t\x0b]+", " ", line).strip() for line in lines)
    return _blocks(line for line in kept if line)


def _blocks(lines: Iterable[str]) -> str:
    """Lines put together; between Chinese ones an empty line, or they would be taken for one."""
    pieces: list[str] = []
    for line in lines:
        if pieces:
            end = f"{pieces[-1][-1]}\n{line[0]}"
            pieces.append("\n" if joined(end) == end else "\n\n")
        pieces.append(line)
    return "".join(pieces)


def _before(tag: str) -> str:
    if tag in {"td", "th"}:
        return "\t"
    return "" if tag in INLINE else "\n"


def _spaced(text: str | None, tag: str = "") -> str:
    """Text of an element: line breaks in the file mean nothing outside ``pre``."""
    if not text:
        return ""
    return text if tag == "pre" else re.sub(r"\s+", " ", text)
