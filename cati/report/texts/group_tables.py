"""Groups of companies as tables and as records, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from rich.box import SIMPLE_HEAD
from rich.console import Group as Lines
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from cati.analysis.claims.values import Number, compared, exact
from cati.analysis.groups import SMALL, Difference, Grouping, Key, Summary, size_of
from cati.model.entity import Entity
from cati.model.language import Language
from cati.report.language import translations
from cati.report.show import DASH
from cati.report.texts.findings import FindingWords


def grouping_text(
    groupings: Sequence[Grouping], entities: Mapping[str, Entity], language: Language
) -> RenderableType:
    """Groups with and without joint ventures, and how far they lie apart."""
    words = FindingWords(language, entities)
    _ = words.gettext
    parts: list[RenderableType] = []
    for grouping in groupings:
        head = _("{of} by {by}; base: {base}")
        parts.append(
            Line(
                head.format(
                    of=_called(grouping.of, words),
                    by=_called(grouping.by, words),
                    base=words.base(grouping.base),
                )
            )
        )
        if grouping.shares:
            parts.append(Line(_("Mean: per cent of the companies for which this holds")))
        parts.append(_groups_table(grouping, words))
        if grouping.differences:
            parts.append(_differences_table(grouping, words))
        parts += [Line(line) for line in _group_notes(grouping, words)]
    return Lines(*parts)


def method_lines(language: Language) -> Iterator[str]:
    """How intervals and effect sizes of groups come about."""
    _ = translations(language).gettext
    yield _(
        "Intervals: the middle 95 % of 10,000 draws with replacement from the companies of each "
        "group, from a fixed seed; they show how much hangs on single companies."
    )
    yield _(
        "Cliff's delta: how often a company of the first group is above one of the second, less "
        "how often it is below; from -1 to 1."
    )


def grouping_records(groupings: Sequence[Grouping]) -> list[dict[str, object]]:
    """Groups and differences as records; numbers are exact ends as floats."""
    records: list[dict[str, object]] = []
    for grouping in groupings:
        head: dict[str, object] = {
            "base": grouping.base.id,
            "base_companies": len(grouping.base.companies),
            "of": grouping.of,
            "by": grouping.by,
        }
        for summary in grouping.groups:
            record = {**head, "kind": "group", "group": _key_text(summary.key), "other": ""}
            record |= {"companies": len(summary.companies), "unknown": len(summary.unknown)}
            record |= {"small": summary.is_small}
            record |= _both("mean", summary.mean) | _interval("mean", summary.around)
            record |= _both("median", summary.median) | _interval("median", None)
            record |= _both("least", summary.least) | _both("greatest", summary.greatest)
            record |= _both("delta", None)
            records.append(record)
        for difference in grouping.differences:
            other = "others" if difference.second is None else _key_text(difference.second)
            record = {**head, "kind": "difference", "group": _key_text(difference.first)}
            record |= {"other": other, "companies": "", "unknown": "", "small": ""}
            record |= _both("mean", difference.means)
            record |= _interval("mean", difference.around_means)
            record |= _both("median", difference.medians)
            record |= _interval("median", difference.around_medians)
            record |= _both("least", None) | _both("greatest", None)
            record |= _both("delta", difference.delta)
            records.append(record)
    return records


def _groups_table(grouping: Grouping, words: FindingWords) -> Table:
    _ = words.gettext
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(_("Group of companies"))
    titles = (_("Companies"), _("Mean"), _("95 % interval"), _("Median"), _("Range"))
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    for summary in grouping.groups:
        table.add_row(
            group_name(summary.key, grouping, words),
            f"{len(summary.companies)}{' *' if summary.is_small else ''}",
            number_text(summary.mean),
            interval_text(summary.around),
            number_text(summary.median),
            range_text(summary),
        )
    return table


def _differences_table(grouping: Grouping, words: FindingWords) -> Table:
    _ = words.gettext
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(_("Difference"))
    titles = (
        _("Means"),
        _("95 % interval"),
        _("Medians"),
        _("95 % interval"),
        _("Cliff's delta"),
    )
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column(_("Effect"), justify="right")
    for difference in grouping.differences:
        other = _("all others")
        if difference.second is not None:
            other = group_name(difference.second, grouping, words)
        name = group_name(difference.first, grouping, words)
        table.add_row(
            _("{first} less {second}").format(first=name, second=other),
            number_text(difference.means),
            interval_text(difference.around_means),
            number_text(difference.medians),
            interval_text(difference.around_medians),
            number_text(difference.delta, 2),
            effect_text(difference, words),
        )
    return table


def _group_notes(grouping: Grouping, words: FindingWords) -> Iterator[str]:
    _ = words.gettext
    if any(summary.is_small for summary in grouping.groups):
        yield _("* fewer than {n} companies: a single one moves the figures far").format(n=SMALL)
    for summary in grouping.groups:
        name = group_name(summary.key, grouping, words)
        if summary.unknown:
            yield _("{group}: no number of {companies}, who are left out").format(
                group=name, companies=words.names(summary.unknown)
            )
        if summary.key is None:
            yield _("{group}: {companies}; not compared").format(
                group=name, companies=words.names(summary.companies)
            )


_GROUPS = {
    "joint_venture": ("joint-ventures", "no-joint-ventures"),
    "chinese": ("chinese", "overseas"),
    "overseas": ("overseas", "chinese"),
    "new_energy": ("new-energy", "traditional"),
    "traditional": ("traditional", "new-energy"),
}
"""The companies of which a grouping holds, and the others."""


def group_name(key: Key, grouping: Grouping, words: FindingWords) -> str:
    """What the companies of a group have in common, in words."""
    _ = words.gettext
    if key is None:
        return _("not known")
    if isinstance(key, str):
        return words.word(grouping.word or "", key)
    if grouping.by in _GROUPS:
        return words.wording.word("companies", _GROUPS[grouping.by][not key])
    named = (_("listed"), _("not listed")) if grouping.by == "listed" else (_("yes"), _("no"))
    return named[not key]


def _called(typed: str, words: FindingWords) -> str:
    """What a number or a grouping is called where one word names it; else as it was typed."""
    return words.wording.word("grouping", typed)


def effect_text(difference: Difference, words: FindingWords) -> str:
    """What the size of an effect is called, and whether its direction is not known."""
    _ = words.gettext
    size = difference.delta.magnitude()
    ends = [end for end in (size.low, size.high) if end is not None]
    effect = DASH.join(dict.fromkeys(words.wording.word("effect", size_of(end)) for end in ends))
    if all(compared(sign, difference.delta, exact(0)) is None for sign in "<>"):
        return _("{effect}, direction not known").format(effect=effect)
    return effect


def range_text(summary: Summary) -> str:
    """The least and the greatest number of a group."""
    ends = (summary.least.low, summary.greatest.high)
    return DASH.join(_rounded(end, 1) for end in ends if end is not None) or DASH


def number_text(number: Number, decimals: int = 1) -> str:
    """A number or its ends with some decimals; a dash where it is not known."""
    if number.low is None or number.high is None:
        return DASH
    ends = [_rounded(number.low, decimals), _rounded(number.high, decimals)]
    return ends[0] if ends[0] == ends[1] else DASH.join(ends)


def _rounded(value: Fraction, decimals: int) -> str:
    rounded = Number(value, value).rounded(decimals).low
    return f"{float(rounded or 0):.{decimals}f}"


def interval_text(ends: tuple[float, float] | None) -> str:
    """A bootstrap interval; a dash for none."""
    return DASH if ends is None else f"[{ends[0]:.1f}, {ends[1]:.1f}]"


def _both(name: str, number: Number | None) -> dict[str, object]:
    ends = (None, None) if number is None else (number.low, number.high)
    low, high = ("" if end is None else float(end) for end in ends)
    return {f"{name}_low": low, f"{name}_high": high}


def _interval(name: str, ends: tuple[float, float] | None) -> dict[str, object]:
    low, high = ("", "") if ends is None else ends
    return {f"{name}_from": low, f"{name}_to": high}


def _key_text(key: Key) -> str:
    if isinstance(key, str):
        return key
    return "unknown" if key is None else str(key).lower()
