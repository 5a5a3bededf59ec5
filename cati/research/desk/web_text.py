"""The text of saved web pages: HTML and MHTML, nothing run and nothing requested."""

from __future__ import annotations

import codecs
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cati.research.desk.web_marks import put_marks
from cati.research.desk.words import joined

if TYPE_CHECKING:
    from email.message import Message

LINK = re.compile(r"https?://[^\s<>\"]{1,1990}")

HIDDEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "math", "object", "iframe", "canvas")
)
"""Elements whose content a reader does not see."""

_NOT_SHOWN = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.I)
"""In an element's ``style``; what style sheets and scripts hide is not known here."""

_PAGES = frozenset(("text/html", "application/xhtml+xml"))

INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
        *("font", "i", "ins", "kbd", "mark", "q", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "label"),
    )
)
"""Elements that do not begin a new line."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}
"""What the web means by these encodings."""


@dataclass(frozen=True)
class WebText:
    """What a reader sees of a web page.

    Attributes
    ----------
    text : str
        One line for each block.
    images : bool
        Whether there are images in it, which the text leaves out.
    """

    text: str
    images: bool


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


def decoded(content: bytes, charset: str | None = None) -> str:
    """Bytes as text: by their mark, by what they or their envelope say, or as UTF-8 or GB 18030."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    said = _CHARSET.search(content[:4_096])
    for name in (charset, said and said[1].decode("ascii"), "utf-8", "gb18030"):
        try:
            encoding = codecs.lookup(name or "").name
            return content.decode(_WIDER.get(encoding, encoding))
        except (LookupError, ValueError):  # ValueError: bytes of another encoding
            continue
    return content.decode("cp1252", "replace")


def web_text(page: str) -> WebText:
    """What a reader sees of a web page.

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
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("one that is damaged") from error
    if any("depth" in error.message for error in parser.error_log):  # what lies deeper is lost
        raise ValueError("one that is nested too deeply")
    if root is None:
        raise ValueError("one with nothing in it")
    put_marks(root)
    pieces: list[str] = []
    hidden, images = 0, False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        style = _NOT_SHOWN.search(element.get("style", ""))
        secret = tag in HIDDEN or "hidden" in element.attrib or style is not None
        if event == "start":
            hidden += secret
            if not hidden:
                images |= tag == "img"
                pieces += [_before(tag), _spaced(element.text, tag)]
        else:
            hidden -= secret
            if not hidden:
                pieces += [_before(tag) if tag not in {"br", "hr"} else "", _spaced(element.tail)]
    lines = "".join(pieces).split("\n")
    kept = (re.sub(r"[ \t\x0b]+", " ", line).strip() for line in lines)
    return WebText(_blocks(line for line in kept if line), images)


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
