"""A company's page of the printed report, as plain data."""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import format_decimal

from cati.analysis.company_standing import DRAWS, Beside
from cati.model.rounding import plain
from cati.report import show
from cati.report.arithmetic import solution_text, sum_text
from cati.report.data.evidence import indicator_codes
from cati.report.facts import BAR_LENGTH, Facts
from cati.report.wording import Wording
from cati.scoring.explain import ColumnStep
from cati.scoring.reasons import AssessedColumn

Content = dict[str, object]

MOST_LEADERS = 1
"""Companies with the highest rate that a row has room to name."""


def company_page(facts: Facts, words: Wording, company: str) -> Content:
    """Total, rank and its range, from points to total, beside others, and every part.

    Parameters
    ----------
    facts : Facts
    words : Wording
        Of the language.
    company : str
        A company of the scorecard.
    """
    entity = facts.edition.entities[company]
    group = facts.standings.beside(company)
    steps: Sequence[ColumnStep | AssessedColumn] = facts.edition.explanations[company].columns
    _ = words.gettext
    return {
        "name": entity.name.get(words.language),
        "about": _about(facts, words, company),
        "key": _key(facts, words, company),
        "range": _range(facts, words, company),
        "sum-label": _sum_label(facts, words),
        "sums": _sums(facts, words, company),
        "beside": _("Median and highest rate: {group} ({n}).").format(
            group=words.word("companies", group.region or "all"), n=len(group.companies)
        ),
        "columns": [
            _column(facts, words, row, step) for row, step in zip(group.rows, steps, strict=True)
        ],
        "parts": _parts(facts, words, company),
        "evidence": _evidence(facts, words, company),
    }


def _about(facts: Facts, words: Wording, company: str) -> str:
    _ = words.gettext
    entity = facts.edition.entities[company]
    other = entity.name.en if words.language != "en" else None
    told = [
        other if other != entity.name.get(words.language) else None,
        _("Joint venture") if entity.is_joint_venture else None,
        words.country(entity.country),
        _("main product: {product}").format(product=words.word("product", entity.product)),
        _("listed: {answer}").format(answer=words.listed(entity)),
    ]
    return " · ".join(part for part in told if part)


def _key(facts: Facts, words: Wording, company: str) -> list[list[str]]:
    _ = words.gettext
    card = facts.edition.card
    decimals = card.methodology.total_decimals
    key = [
        [
            _("Total"),
            show.total(card.total(company), decimals),
            _("of {most} points").format(most=card.methodology.maximum),
        ],
        [
            _("Rank"),
            show.rank(card.rank(company)),
            _("of {n}").format(n=len(card.companies)),
        ],
    ]
    without = facts.without
    if without is not None and company in without.companies:
        rank = show.rank(without.rank(company))
        of = _("of {n}").format(n=len(without.companies))
        key.append([_("Rank without joint ventures"), rank, of])
    if facts.edition.is_assessed:
        settled = words.percent(show.cut_percent(card.coverage(company)))
        key.append([_("Coverage"), settled, _("of all possible points are settled")])
    return key


def _range(facts: Facts, words: Wording, company: str) -> list[str]:
    """How firm the rank is."""
    _ = words.gettext
    found, methodology = facts.standings.range(company), facts.edition.methodology
    told = []
    if found.by_shares is not None:
        first, second = (track.name.get(words.language) for track in methodology.weighted_tracks)
        text = _(
            "Whatever the weighting of {first} against {second}, from 0 : 100 to 100 : 0 in whole "
            "per cent, the rank stays within {rank}."
        )
        if found.by_shares.best == found.by_shares.worst:
            text = _(
                "Whatever the weighting of {first} against {second}, from 0 : 100 to 100 : 0 in "
                "whole per cent, the rank stays {rank}."
            )
        told.append(text.format(first=first, second=second, rank=show.rank(found.by_shares)))
    if found.by_noise is not None:
        draws = format_decimal(DRAWS, locale=words.locale)
        told.append(
            _(
                "If each known number of points had a one-in-ten chance of being {grid} too high "
                "or too low, the rank would be {rank} in the middle nine tenths of {draws} draws."
            ).format(grid=methodology.grid, rank=show.rank(found.by_noise), draws=draws)
        )
    return told


def _sum_label(facts: Facts, words: Wording) -> str:
    """Which tracks the summands are of: ``Total = (A + B) + 0.6 × C + 1.4 × D``."""
    named = [(weight.track.name.get(words.language), weight) for weight in facts.weights.values()]
    terms = [name for name, weight in named if not weight.track.weighted]
    if 1 < len(terms) < len(named):
        terms = [f"({' + '.join(terms)})"]
    for name, weight in named:
        if weight.track.weighted:
            terms.append(name if weight.factor == 1 else f"{plain(weight.factor)} × {name}")
    return f"{words.gettext('Total')} = {' + '.join(terms)}"


def _sums(facts: Facts, words: Wording, company: str) -> list[list[str]]:
    """Each sum that the total can be, with the points that tell it from the others."""
    explanation = facts.edition.explanations[company]
    decimals = facts.edition.methodology.total_decimals
    several = len(explanation.sums) > 1
    return [
        [
            sum_text(total, decimals, times="×"),
            solution_text(total, words.language) if several else "",
        ]
        for total in explanation.sums
    ]


def _column(
    facts: Facts, words: Wording, row: Beside, step: ColumnStep | AssessedColumn
) -> Content:
    """A row of the table: rates beside others, and what they add to the total."""
    decimals = facts.edition.methodology.rate_decimals
    adds = step.contribution
    return {
        "name": row.column.name.get(words.language) + (" †" if row.column.overlaps else ""),
        "rate": show.rate(row.own, decimals),
        "median": show.rate(row.median, decimals),
        "leader": f"{show.rate(row.best, decimals)} {_leaders(facts, words, row)}",
        "points": words.gettext("{points} of {most}").format(
            points=show.points(step.points), most=plain(step.most)
        ),
        "factor": show.DASH if step.factor is None else show.factor(step.factor),
        "adds": show.DASH if adds is None else show.points(adds),
        "bar": _bar(facts, step),
        "dots": {
            "low": float(row.own.low),
            "high": float(row.own.high),
            "least": float(row.least),
            "medians": [float(end) for end in sorted({row.median.low, row.median.high})],
            "highest": float(row.best.high),
        },
    }


def _leaders(facts: Facts, words: Wording, row: Beside) -> str:
    _ = words.gettext
    names = [facts.edition.entities[c].name.get(words.language) for c in row.leaders]
    if row.best.high == 0:
        return ""
    sure = row.leaders == row.sure_leaders
    if len(names) > MOST_LEADERS:
        text = _("({n} companies)") if sure else _("(up to {n})")
        return text.format(n=len(names))
    text = _("({name})") if sure else _("(perhaps {name})")
    return text.format(name=names[0])


def _bar(facts: Facts, step: ColumnStep | AssessedColumn) -> list[float] | None:
    """Least, greatest and possible contribution, as parts of the largest possible one."""
    if step.contribution is None or step.factor is None:
        return None
    part = facts.pixels_per_point / BAR_LENGTH
    ends = (step.contribution.low, step.contribution.high, step.most * step.factor)
    return [float(end * part) for end in ends]


def _parts(facts: Facts, words: Wording, company: str) -> list[Content]:
    """Sub-dimensions with their indicators, each with its points as far as they are known."""
    _ = words.gettext
    rows = facts.level_rows(company)
    decimals = facts.edition.methodology.rate_decimals
    found: list[Content] = []
    for row in rows:
        if row.depth == 2:
            continue
        inside = [r for r in rows if r.depth == 2 and r.code.startswith(f"{row.code}.")]
        found.append(
            {
                "name": f"{row.code} {row.name.get(words.language)}",
                "strong": row.depth == 0,
                "points": _("{points} of {most}").format(
                    points=show.points(row.points), most=plain(row.most)
                ),
                "rate": show.rate(row.rate, decimals),
                "indicators": []
                if row.depth == 0
                else [f"{r.code}: {show.points(r.points)}/{plain(r.most)}" for r in inside],
            }
        )
    return found


def _evidence(facts: Facts, words: Wording, company: str) -> str:
    _ = words.gettext
    edition = facts.edition
    codes: set[str] = set()
    count = 0
    for reference, disclosure in edition.store.disclosures.items():
        if reference.startswith(f"{company}/") and edition.standings[reference].counts:
            asked = indicator_codes(edition, disclosure)
            codes.update(asked)
            count += bool(asked)
    if not count:
        return _("No disclosure of this company is on record.")
    order = [i.code for i in edition.methodology.indicators() if i.code in codes]
    return _("Disclosures on record that count: {n}, on the indicators {codes}.").format(
        n=count, codes=_(", ").join(order)
    )
