"""Figures of a disclosure as a cell holds them, a line each: ``steel: ≥ 10–12 % (2023)``.

The reading takes what reports and workbooks show, and what people type for
it in either language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from cati.model.evidence import Bound, StatedValue
from cati.report.texts.records import BOUNDS, YEAR

EXAMPLE = "recycled steel: ≥ 10 % (2023)"

_BOUND_WORDS: dict[Bound, tuple[str, ...]] = {
    "about": ("~", "≈", "about", "around", "approximately", "约", "大约"),
    "at_least": ("≥", ">=", "at least", "至少", "不少于", "不低于"),
    "more_than": (">", "more than", "over", "above", "超过", "大于"),
    "up_to": ("≤", "<=", "up to", "at most", "最多", "至多", "不超过", "高达"),
    "less_than": ("<", "less than", "under", "below", "低于", "小于", "不足", "不到"),
}
_BOUND_BEHIND: dict[Bound, tuple[str, ...]] = {
    "about": ("左右", "上下"),
    "at_least": ("及以上", "以上", "or more", "+"),
    "up_to": ("及以下", "以下", "以内", "or less"),
}
"""What stands behind the unit instead: 10 % or more, 10% 以上."""

_BOUND_OF = {
    word: bound
    for bounds in (_BOUND_WORDS, _BOUND_BEHIND)
    for bound, words in bounds.items()
    for word in words
}


def _any_of(bounds: dict[Bound, tuple[str, ...]]) -> str:
    words = (word for words in bounds.values() for word in words)
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEHIND = _any_of(_BOUND_BEHIND)
_NUMBER = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?:(?P<of>.*\S)\s*:\s*)?(?:(?P<bound>{_any_of(_BOUND_WORDS)})\s*)?"
    rf"(?P<value>{_NUMBER})(?:\s*%?\s*(?:–|—|-|\bto\b|至)\s*(?P<to>{_NUMBER}))?(?![\d.,])"
    rf"\s*(?P<unit>[^\s\d].*?)??\s*(?P<behind>{_BEHIND})?\s*(?:\((?P<year>[^()]*\d[^()]*)\))?",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_YEAR = re.compile(r"(?:19|20|21)\d\d")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
"""Full-width letters, digits and marks, as Chinese input methods type them."""


def stated_values_cell(figures: Iterable[StatedValue]) -> str:
    """Figures as a cell holds them; `read_stated_values` gives them back."""
    return "\n".join(map(_stated_value_text, figures))


def _stated_value_text(figure: StatedValue) -> str:
    ends = (figure.value, *([] if figure.to is None else [figure.to]))
    is_year = figure.unit == YEAR and all(_PLAIN_YEAR.fullmatch(f"{end:f}") for end in ends)
    of = "" if figure.of is None else f"{figure.of}: "
    number = BOUNDS[figure.bound] + "–".join(f"{end:{'f' if is_year else ',f'}}" for end in ends)
    unit = "" if is_year else f" {figure.unit}"
    year = "" if figure.year is None else f" ({figure.year})"
    return " ".join(f"{of}{number}{unit}{year}".split())


def read_stated_values(text: str) -> tuple[StatedValue, ...]:
    """What a cell says; a figure on each line, or with ; between them.

    Raises
    ------
    ValueError
        With the first part that is none.
    """
    return tuple(figure for line in text.splitlines() for figure in _of_line(line.strip()))


def _of_line(line: str) -> Iterator[StatedValue]:
    """The figures of a line; it may be a single one whose name holds a semicolon."""
    if not line:
        return
    parts = [part.strip() for part in line.translate(_WIDE).split(";") if part.strip()]
    figures = [_read(part) for part in parts]
    whole = _read(line) if None in figures else None
    if whole is not None:
        figures = [whole]
    for part, figure in zip(parts, figures, strict=False):
        if figure is None:
            raise ValueError(part)
        yield figure


def _read(text: str) -> StatedValue | None:
    found = _FIGURE.fullmatch(text.translate(_WIDE).strip())
    if found is None or re.search(rf";|{_BEHIND}", found["unit"] or "", re.IGNORECASE):
        return None
    bounds = [word.lower() for word in (found["bound"], found["behind"]) if word]
    if len(bounds) > 1:
        return None
    ends = [found["value"], *([found["to"]] if found["to"] else [])]
    unit = found["unit"] or (YEAR if all(map(_PLAIN_YEAR.fullmatch, ends)) else None)
    if unit is None:
        return None
    return StatedValue(
        value=_number(ends[0]),
        to=_number(ends[1]) if ends[1:] else None,
        bound=_BOUND_OF[bounds[0]] if bounds else "exactly",
        unit=unit,
        of=found["of"],
        year=found["year"],
    )


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace(" ", "").replace("−", "-"))
