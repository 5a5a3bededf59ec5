"""Cutting a page into passages short enough to be quoted."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from cati.research.desk.words import CJK, JOINER, joined

WIDTH = 440
"""Characters of a passage; a Chinese one counts twice."""

_BREAK = re.compile(r"(?P<sentence>[.!?;](?=\s)|[。！？；])\s*|\s*\n\s*")
_CHINESE = re.compile(rf"[{CJK}]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Passage:
    """A part of a page.

    Attributes
    ----------
    page : int
        From 1.
    offset : int
        Characters of the page before it, with broken lines put together.
    text : str
        On one line.
    hidden : bool
        Whether it is text that the page hides, which stands behind all that it shows.
    """

    page: int
    offset: int
    text: str
    hidden: bool = False


def passage_id(sha256: str, page: int, offset: int) -> str:
    """The id of a passage: the same for the same document, page and offset, on any machine."""
    return hashlib.sha256(f"{sha256}/{page}/{offset}".encode()).hexdigest()[:10]


def page_passages(page: int, text: str, hidden: str = "") -> list[Passage]:
    """The passages of a page: of what it shows, then of what it hides."""
    behind = len(joined(text)) + 1
    return passages(page, text) + [
        replace(one, offset=behind + one.offset, hidden=True) for one in passages(page, hidden)
    ]


def passages(page: int, text: str) -> list[Passage]:
    """The passages of a text on a page.

    A passage ends with the last sentence that fits, or else with the last
    line, the last word, or wherever it is full.
    """
    whole = joined(text)
    limit = WIDTH
    if not whole.isascii():
        chinese = len(_CHINESE.findall(whole))
        limit = WIDTH * len(whole) // (len(whole) + chinese)
    breaks = [(found.end(), found["sentence"] is not None) for found in _BREAK.finditer(whole)]
    cut: list[Passage] = []
    start, at = 0, 0
    while start < len(whole):
        end, sentence, line = start + limit, 0, 0
        while at < len(breaks) and breaks[at][0] <= end:
            if breaks[at][1]:
                sentence = breaks[at][0]
            else:
                line = breaks[at][0]
            at += 1
        if end >= len(whole):
            end = len(whole)
        else:
            end = sentence or line or whole.rfind(" ", start + 1, end) + 1 or end
        part = _SPACES.sub(" ", whole[start:end].replace(JOINER, " ")).strip()
        if part:
            cut.append(Passage(page, start, part))
        start = end
        while at and breaks[at - 1][0] > start:
            at -= 1
    return cut
