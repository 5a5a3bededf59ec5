"""Indicator pages: what is asked, who earned what, and the evidence of all companies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from cati.model.base import Text
from cati.model.crosswalk import Relation
from cati.model.interval import Interval
from cati.model.methodology import Indicator
from cati.report.facts import Facts, safe_url
from cati.report.site.company import along
from cati.report.site.evidence_at_hand import AtHand, EvidenceAtHand, Tally, has_foreign
from cati.report.site.frame import Site
from cati.report.site.references import References
from cati.report.texts.bench import part_name
from cati.report.texts.reasoning import guidance_parts
from cati.scoring.blocks import Block
from cati.scoring.reasons import Cited, CriterionReason
from cati.scoring.scorecard import Scorecard

BEST = 3
"""Companies that are shown as best practice."""


@dataclass(frozen=True)
class Earned:
    """What a company earned on an indicator, as far as the basis tells.

    Attributes
    ----------
    points : Interval
        Before the factor.
    rate : Interval
        From 0 to 1.
    found : AtHand, optional
        Answers and disclosures.
    """

    company: str
    points: Interval
    rate: Interval
    found: AtHand | None


@dataclass(frozen=True)
class Best:
    """A company that meets criteria of an indicator with evidence.

    Attributes
    ----------
    points : Fraction
        What these criteria are worth, before routes are compared and rounded.
    met : tuple of CriterionReason
        Each with at least one disclosure that counts.
    evidence : tuple of Cited
        The disclosures that count, each once.
    """

    company: str
    points: Fraction
    met: tuple[CriterionReason, ...]
    evidence: tuple[Cited, ...]


@dataclass(frozen=True)
class Asked:
    """A dimension, sub-dimension or indicator, and how all companies do on it.

    Attributes
    ----------
    depth : int
        0 for a dimension, 1 for a sub-dimension, 2 for an indicator.
    most : Fraction
        Points possible.
    mean : Interval
        Mean rate of the companies, from 0 to 1.
    evidence : int
        Companies with answers or disclosures on it.
    """

    code: str
    name: Text
    depth: int
    most: Fraction
    mean: Interval
    evidence: int


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The list of all indicators, and one page for each."""
    rows = asked(site.edition.card, site.facts.evidence)
    style = ["company.css"]
    yield (
        "indicators.html",
        site.render("indicator_list.html", "indicators.html", styles=style, rows=rows, along=along),
    )
    edition = site.edition
    indicators = edition.methodology.indicators()
    blocks = {code: block for block in edition.card.blocks for code in block.codes}
    for at, indicator in enumerate(indicators):
        path = f"indicators/{indicator.code}.html"
        found = site.facts.evidence.on(indicator.code)
        tallies = site.facts.evidence.tallies(indicator)
        guidance = indicator.guidance
        yield (
            path,
            site.render(
                "indicator.html",
                path,
                styles=["company.css"],
                indicator=indicator,
                counts_at_most=Fraction(indicator.points) * edition.card.factors[indicator.track],
                above=indicators[at - 1] if at else None,
                below=indicators[at + 1] if at + 1 < len(indicators) else None,
                block=blocks[indicator.code],
                part_name=partial(part_name, edition.card, language=site.language),
                guidance=guidance_parts(guidance, site.wording) if guidance else [],
                earned=earned(edition.card, site.facts.evidence, indicator),
                along=along,
                routes=list(zip(indicator.routes, tallies, strict=True)),
                best=best_practice(tallies),
                full=full(edition.card, blocks[indicator.code]),
                disclosures={company: entry.disclosures for company, entry in found.items()},
                has_foreign=has_foreign(found.values(), site.language),
                counterpart=counterpart(site.facts, indicator.code),
                safe_url=safe_url,
                references=References(),
            ),
        )


def asked(card: Scorecard, evidence: EvidenceAtHand) -> tuple[Asked, ...]:
    """Everything that is asked, in order, with the mean rate of all companies."""
    groups = {
        **card.groups("dimensions"),
        **card.groups("sub_dimensions"),
        **card.groups("indicators"),
    }
    rows = []
    for code, name in card.methodology.levels.items():
        group = groups[code]
        all_steps = group.most * len(card.companies)
        low, high = Fraction(int(group.low.sum())), Fraction(int(group.high.sum()))
        mean = Interval(low / all_steps, high / all_steps)
        rows.append(
            Asked(code, name, code.count("."), group.most_points, mean, len(evidence.on(code)))
        )
    return tuple(rows)


def earned(card: Scorecard, evidence: EvidenceAtHand, indicator: Indicator) -> tuple[Earned, ...]:
    """What every company earned: most points first, then the order of the ranking."""
    group, found = card.group([indicator.code]), evidence.on(indicator.code)
    rows = [Earned(c, group.points(c), group.rate(c), found.get(c)) for c in card.order]
    return tuple(sorted(rows, key=lambda row: (-row.points.low, -row.points.high)))


def full(card: Scorecard, block: Block) -> tuple[str, ...]:
    """Companies that surely have all points of a block, in the order of the ranking."""
    group = card.block(block.id)
    return tuple(c for c in card.order if group.points(c).low == group.most_points)


def best_practice(tallies: tuple[tuple[Tally, ...], ...]) -> tuple[Best, ...]:
    """Companies whose evidence meets criteria worth most, from the best."""
    met: dict[str, list[CriterionReason]] = {}
    for tally in (tally for route in tallies for tally in route):
        for company, reason in tally.examples:
            met.setdefault(company, []).append(reason)
    rows = [_best(company, reasons) for company, reasons in met.items()]
    return tuple(sorted(rows, key=lambda row: -row.points)[:BEST])


def _best(company: str, reasons: list[CriterionReason]) -> Best:
    points = sum((Fraction(reason.criterion.points) for reason in reasons), Fraction(0))
    counting = [cited for reason in reasons for cited in reason.cited if cited.backing.counts]
    by_reference = {cited.backing.disclosure: cited for cited in counting}
    return Best(company, points, tuple(reasons), tuple(by_reference.values()))


def counterpart(facts: Facts, code: str) -> tuple[str, str | None, Relation] | None:
    """Methodology, code and relation of what stands beside an indicator in the crosswalk."""
    if facts.crosswalk is None:
        return None
    for row in facts.crosswalk.rows:
        if row.own == code:
            return facts.crosswalk.other, row.other, row.relation
    return None
