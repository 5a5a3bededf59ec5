"""What the ranking hangs on, for a terminal and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan

from rich.table import Table
from rich.text import Text as Line

from cati.analysis.sensitivity import READINGS, LeftOut, Sensitivity
from cati.model.entity import Entity
from cati.model.language import Language
from cati.model.rounding import half_up
from cati.report.data.fields import Json
from cati.report.data.files import Record
from cati.report.language import translations
from cati.report.show import DASH
from cati.report.texts.bench import CHANCE_DECIMALS, company_name, empty_table, part_name
from cati.scoring.scorecard import Scorecard


def sensitivity_table(
    card: Scorecard, found: Sensitivity, entities: Mapping[str, Entity], language: Language
) -> Table:
    """A line for each part: its weight, what moves without it, who earns it, how it correlates."""
    _ = translations(language).gettext
    table = empty_table(
        _("Part"),
        _("Weight, %"),
        _("Effective, %"),
        _("Ranks moved without it"),
        _("Furthest"),
        _("All of it"),
        _("Nothing of it"),
        _("Pearson"),
        _("Spearman"),
        left=0,
    )
    for left, held in zip(found.left_out, found.earned, strict=True):
        weight = found.weights.get(left.part)
        effective = [] if weight is None else list(weight.effective.values())
        with_total = found.with_total(left.part)
        certain, possible = len(left.moved), len(left.may_move)
        table.add_row(
            Line(part_name(card, left.part, language)),
            str(half_up(100 * left.weight, 1)),
            _both([DASH if e is None else str(half_up(100 * e, 1)) for e in effective]),
            str(certain) if certain == possible else f"{certain}{DASH}{possible}",
            _furthest(left, entities, language),
            str(held.everything),
            str(held.nothing),
            _both([_coefficient(c) for c in with_total.get("pearson", ())]),
            _both([_coefficient(c) for c in with_total.get("spearman", ())]),
        )
    return table


def correlation_table(card: Scorecard, found: Sensitivity, language: Language) -> Table:
    """Spearman's correlations between all parts, in the reading where no open point is earned."""
    _ = translations(language).gettext
    least = found.correlations[0]
    numbers = [str(at) for at in range(1, len(least.parts) + 1)]
    table = empty_table("", _("Spearman"), *numbers)
    for at, part in enumerate(least.parts):
        name = _("Total") if part == "total" else part_name(card, part, language)
        row = [_coefficient(float(value)) for value in least.spearman[at, : at + 1]]
        table.add_row(numbers[at], Line(name), *row)
    return table


def sensitivity_records(
    card: Scorecard, found: Sensitivity, entities: Mapping[str, Entity]
) -> list[Record]:
    """The same as data; weights and correlations from -1 to 1, empty where the basis knows none."""
    records = []
    for left, held in zip(found.left_out, found.earned, strict=True):
        weight = found.weights.get(left.part)
        record = {
            "part": left.part,
            "name": part_name(card, left.part, "en"),
            "weight": str(half_up(left.weight, CHANCE_DECIMALS)),
        }
        for reading in READINGS:
            effective = None if weight is None else weight.effective[reading]
            text = "" if effective is None else str(half_up(effective, CHANCE_DECIMALS))
            record[f"effective_{reading}"] = text
        companies, ranks = left.furthest
        record |= {
            "moved": str(len(left.moved)),
            "may_move": str(len(left.may_move)),
            "furthest": " ".join(companies),
            "furthest_by": str(ranks),
            "nothing": str(held.nothing),
            "something": str(held.something),
            "everything": str(held.everything),
            "not_settled": str(held.not_settled),
        }
        with_total = found.with_total(left.part)
        for name in ("pearson", "spearman"):
            values = with_total.get(name, (float("nan"),) * len(READINGS))
            for reading, value in zip(READINGS, values, strict=True):
                record[f"{name}_{reading}"] = "" if isnan(value) else f"{value:.4f}"
        records.append(record)
    return records


def correlation_content(found: Sensitivity) -> Json:
    """All correlations as data, by reading and kind: a matrix in the order of the parts."""
    content: Json = {}
    for one in found.correlations:
        content[one.reading] = {
            "parts": list(one.parts),
            "pearson": [[_data(float(v)) for v in row] for row in one.pearson],
            "spearman": [[_data(float(v)) for v in row] for row in one.spearman],
        }
    return content


def sensitivity_notes(card: Scorecard, found: Sensitivity, language: Language) -> Iterator[str]:
    """What the figures mean."""
    _ = translations(language).gettext
    yield _("Weight: the part of the greatest total that can come from here.")
    yield _(
        "Effective: covariance with the total over the variance of the total, the part of all "
        "differences between totals that is made here."
    )
    if found.keep == "factors":
        yield _(
            "Without it: every other point counts as before, nothing is rescaled. Furthest: the "
            "company that moves by the most ranks."
        )
    else:
        yield _(
            "Without it: what remains of its track is scaled up to the track's weight. Furthest: "
            "the company that moves by the most ranks."
        )
    yield _(
        "All and nothing: companies that surely hold all points of it, or none, of {n}. A part "
        "that everybody or nobody earns tells no company from another."
    ).format(n=len(card.companies))
    yield _("Pearson and Spearman: correlation with the total, of which the part is itself a part.")
    if any(len(set(w.effective.values())) > 1 for w in found.weights.values()):
        yield _(
            "Where two figures stand, points are open: no open point is earned in the first, every "
            "one in the second. These are two readings, not bounds."
        )
    if len(found.weights) < len(found.left_out):
        yield _(
            "Parts that cut a block in two have ranges of ranks, and neither effective weight nor "
            "correlation: the basis does not know their points."
        )


def _both(texts: Sequence[str]) -> str:
    return " / ".join(dict.fromkeys(texts)) or DASH


def _coefficient(value: float) -> str:
    return DASH if isnan(value) else f"{value:.2f}"


def _data(value: float) -> str:
    return "" if isnan(value) else f"{value:.4f}"


def _furthest(left: LeftOut, entities: Mapping[str, Entity], language: Language) -> str:
    _ = translations(language).gettext
    companies, ranks = left.furthest
    if not companies:
        return DASH
    name = company_name(entities, companies[0], language)
    if len(companies) > 1:
        name = _("{company} and {n} more").format(company=name, n=len(companies) - 1)
    return _("{company}: {ranks}").format(company=name, ranks=ranks)
