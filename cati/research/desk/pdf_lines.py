"""The lines of a PDF page as a reader sees them: raised and lowered characters, columns.

PDFium gives characters in the order in which they are drawn and begins a new line
wherever one is raised. Size and foot of each tell what belongs to a line, and gaps
that lie above one another where a page drawn row by row has columns of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cati.research.desk.pdf_glyphs import HYPHEN, LINE_END, Glyph, Run
from cati.research.desk.raised import lowered, raised

RAISED, LOWERED, FARTHEST = 0.15, -0.06, 0.75
"""By how much of its line's size a smaller character is raised or lowered at least; at most."""

SMALLER = 0.88
"""Share of the size of its line that a raised or lowered character has at most."""

STEP = 0.25
"""By how much of its size a character of the same size is raised or lowered at least."""

HIGH, SMALL, LOW = 0.25, 0.62, 0.38
"""Of a font's size: where the ink of a raised digit begins at least and how high it is at most;
where the ink of a lowered one ends at most. Some fonts have such digits of their own."""

SPACE, GAP = 0.17, 1.2
"""Of the size: what parts two words at least, and two columns or cells."""

ROWS, WORDS, LETTERS = 3, 3, 0.6
"""What columns of text have at least: lines with both; words in a line; share of letters."""

LEADING = 2.2
"""Of the size: by how much the lines of one column follow each other at most."""

_REFERENCE = re.compile(
    r"[\[(]?(?:[+−-]?[0-9]{1,3}(?:\s?[,–-]\s?[0-9]{1,3})*|[A-Za-z]|[ivx]{2,4}|st|nd|rd|th)[\])]?"
    r"|[*†‡§¶]+[0-9]?"
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]{1,2}")


@dataclass(frozen=True)
class _Piece:
    """A part of a line without a wide gap in it."""

    text: str
    start: float
    end: float
    foot: float
    size: float


_Row = list[_Piece]


def page_text(found: Iterable[Glyph]) -> str:
    """The text of a page, a line for each that a reader sees.

    A word that is broken at the end of a line is whole, with PDFium's mark in it.
    """
    rows = [_pieces(_set(line)) for line in _lines(found)]
    told = "\n".join(_read(_merged(row for row in rows if row)))
    whole = told.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace(f"{HYPHEN}\n", HYPHEN)


def _run(glyph: Glyph) -> Run:
    assert glyph.run is not None  # noqa: S101  only glyphs that are drawn are asked
    return glyph.run


def _lines(found: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Lines, with those put together that were parted beside a raised or lowered character."""
    line: list[Glyph] = []
    last: Glyph | None = None
    waiting: list[Glyph] = []
    tallest = 0.0
    for glyph in found:
        if glyph.run is None:
            waiting.append(glyph)
            continue
        if last is not None and _ends(last, glyph, waiting, tallest):
            yield line
            line, tallest = [], 0.0
        elif not any(one.char == LINE_END for one in waiting):
            line += waiting
        elif last is not None:
            size = max(_run(last).size, _run(glyph).size)
            line += [Glyph(" ")] if glyph.start - last.end > SPACE * size else []
        line.append(glyph)
        last, waiting, tallest = glyph, [], max(tallest, glyph.run.size)
    yield line


def _ends(last: Glyph, glyph: Glyph, between: Sequence[Glyph], tallest: float) -> bool:
    """Whether a line, with a tallest character so far, ends between two characters."""
    if last.char == HYPHEN:
        return True
    if not any(one.char == LINE_END for one in between):
        return False
    size = max(tallest, _run(glyph).size)
    small = min(_run(last).size, _run(glyph).size) <= SMALLER * size
    near = -0.3 * size <= glyph.start - last.end <= size
    moved = abs(glyph.foot - last.foot)
    return not (
        glyph.is_in_line_with(last) and near and moved <= (FARTHEST if small else 2 * STEP) * size
    )


def _set(line: Sequence[Glyph]) -> list[Glyph]:
    """A line with raised and lowered characters written as such."""
    parts = [list(part) for _, part in groupby(_in_parts(line), key=lambda pair: pair[0])]
    told: list[Glyph] = []
    base: Glyph | None = None
    for at, part in enumerate(parts):
        glyphs = [glyph for _, glyph in part]
        first = next((one for one in glyphs if one.run and not one.char.isspace()), None)
        if first is None:
            told += glyphs
            continue
        beside = base or _first(parts[at + 1 :])
        alike = base is None and beside is not None and not _is_smaller(first, beside)
        height = "" if beside is None or alike else _height(first, beside)
        if not height:
            if base is not None and _parts_numbers(told[-1], base, first):
                told.append(Glyph(" "))
            base = first
            told += _by_shape(glyphs)
        else:
            told += _written(glyphs, height, told[-1].char if told else " ")
    return told


def _in_parts(line: Sequence[Glyph]) -> Iterator[tuple[int, Glyph]]:
    """Characters with the number of the part of one size and foot that they belong to."""
    number, last = 0, None
    for glyph in line:
        if glyph.run is not None and not glyph.char.isspace():
            if last is not None:
                size = _run(last).size
                number += (
                    abs(glyph.foot - last.foot) > 0.05 * size
                    or abs(glyph.run.size - size) > 0.05 * size
                )
            last = glyph
        yield number, glyph


def _first(parts: Iterable[Sequence[tuple[int, Glyph]]]) -> Glyph | None:
    return next(
        (one for part in parts for _, one in part if one.run and not one.char.isspace()), None
    )


def _height(glyph: Glyph, base: Glyph) -> str:
    """Whether a character is raised or lowered beside another one."""
    size = _run(base).size
    moved = (glyph.foot - base.foot) / size if size else 0.0
    smaller = _is_smaller(glyph, base)
    if not glyph.is_in_line_with(base) or _run(glyph).size > 1.05 * size:
        return ""
    if (RAISED if smaller else STEP) < moved < FARTHEST:
        return "raised"
    return "lowered" if -FARTHEST < moved < (LOWERED if smaller else -STEP) else ""


def _parts_numbers(before: Glyph, base: Glyph, glyph: Glyph) -> bool:
    """Whether two digits side by side are of two sizes, as those of a number and a note are."""
    sized = _is_smaller(glyph, base) or _is_smaller(base, glyph)
    return before.char.isdigit() and glyph.char.isdigit() and sized


def _is_smaller(glyph: Glyph, base: Glyph) -> bool:
    return _run(glyph).size <= SMALLER * _run(base).size


def _written(glyphs: list[Glyph], height: str, before: str) -> Iterator[Glyph]:
    """A raised or lowered part as it is written; what is no reference or index stays apart."""
    text = "".join(glyph.char for glyph in glyphs)
    said = text.strip()
    if height == "raised" and _REFERENCE.fullmatch(said):
        said = raised(said)
    elif height == "lowered":
        said = lowered(said)
    elif before.isalnum() and said[:1].isalnum():
        yield Glyph(" ")
    drawn = [glyph for glyph in glyphs if glyph.run is not None]
    yield replace(drawn[0], char=said, end=max(one.end for one in drawn))
    if text[-1:].isspace() or (said == text.strip() and said[-1:].isalnum()):
        yield Glyph(" ")


def _by_shape(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Digits that a font draws raised or lowered, written as such."""
    for glyph in glyphs:
        char = glyph.char
        if char.isdecimal() and glyph.run is not None and glyph.high > glyph.low:
            size = glyph.run.size
            if glyph.low > HIGH * size and glyph.high - glyph.low < SMALL * size:
                char = raised(char)
            elif glyph.low < LOWERED * size and glyph.high < LOW * size:
                char = lowered(char)
        yield glyph if char == glyph.char else replace(glyph, char=char)


def _pieces(line: Sequence[Glyph]) -> _Row:
    """The parts of a line between wide gaps."""
    row: _Row = []
    part: list[Glyph] = []
    for glyph in line:
        last = next((one for one in reversed(part) if one.run), None)
        if glyph.run and last is not None and not glyph.char.isspace():
            seen = next((one for one in reversed(part) if one.run and one.char.strip()), last)
            if glyph.start - seen.end > GAP * _run(seen).size:
                row.append(_piece(part))
                part = []
        part.append(glyph)
    row.append(_piece(part))
    return [piece for piece in row if piece.text]


def _piece(part: Sequence[Glyph]) -> _Piece:
    text = "".join(glyph.char for glyph in part).strip()
    drawn = [glyph for glyph in part if glyph.run and glyph.char.strip()]
    if not drawn:
        return _Piece("", 0, 0, 0, 0)
    size = max(_run(glyph).size for glyph in drawn)
    foot = sorted(glyph.foot for glyph in drawn)[len(drawn) // 2]
    start, end = min(glyph.start for glyph in drawn), max(glyph.end for glyph in drawn)
    return _Piece(text, start, end, foot, size)


def _merged(rows: Iterable[_Row]) -> list[_Row]:
    """Rows, with those drawn piece by piece put together: one beside the other, at one height."""
    merged: list[_Row] = []
    for row in rows:
        last = merged[-1] if merged else None
        if last is not None:
            size = max(last[0].size, row[0].size)
            level = abs(last[0].foot - row[0].foot) < 0.5 * size
            if level and row[0].start - last[-1].end > GAP * size:
                last += row
                continue
        merged.append(list(row))
    return merged


def _read(rows: Sequence[_Row]) -> Iterator[str]:
    """The lines of rows in reading order: columns of text one behind the other."""
    at = 0
    while at < len(rows):
        band = max((_band(rows, at, gap) for gap in range(len(rows[at]) - 1)), default=(0, 0.0))
        end, gutter = band
        if not end:
            yield " ".join(piece.text for piece in rows[at])
            at += 1
            continue
        for left in (True, False):
            side = [[one for one in row if (one.start < gutter) is left] for row in rows[at:end]]
            yield from _read([row for row in side if row])
        at = end


def _band(rows: Sequence[_Row], at: int, gap: int) -> tuple[int, float]:
    """Where two columns end that begin in a row on both sides of a gap, and what parts them."""
    left, right = rows[at][gap].end, rows[at][gap + 1].start
    sides: tuple[list[str], list[str]] = ([], [])
    both, end = 0, at
    for number in range(at, len(rows)):
        row = rows[number]
        before = [piece for piece in row if piece.start < right and piece.end <= right]
        behind = [piece for piece in row if piece.start >= left and piece not in before]
        size = row[0].size
        step = rows[number - 1][0].foot - row[0].foot if number > at else size
        nearer = max([left, *(piece.end for piece in before)])
        farther = min([right, *(piece.start for piece in behind)])
        crossed = len(before) + len(behind) < len(row) or farther - nearer < GAP * size * 0.8
        if crossed or not 0 < step < LEADING * size:
            break
        left, right, end = nearer, farther, number + 1
        both += bool(before and behind)
        for texts, pieces in zip(sides, (before, behind), strict=True):
            texts += [piece.text for piece in pieces]
    columns = both >= ROWS and all(map(_is_text, sides))
    return (end, (left + right) / 2) if columns else (0, 0.0)


def _is_text(lines: Sequence[str]) -> bool:
    """Whether lines are running text and not the cells of a table."""
    whole = "".join("".join(lines).split())
    words = sum(len(_WORD.findall(line)) for line in lines)
    letters = len(_LETTER.findall(whole))
    return words >= WORDS * len(lines) and letters >= LETTERS * len(whole)
