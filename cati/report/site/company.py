"""Company pages: from points to total, beside others, and all that is known of the company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial

from babel.numbers import format_decimal
from markupsafe import Markup

from cati.model.assessment import Change
from cati.model.errata import Effect, Erratum
from cati.model.methodology import Indicator
from cati.model.rounding import half_up, plain
from cati.report import show
from cati.report.site.company_standing import DRAWS
from cati.report.site.evidence_at_hand import AtHand, has_foreign
from cati.report.site.facts import safe_url
from cati.report.site.frame import Site
from cati.report.site.next_points import NextPoints
from cati.report.site.references import References
from cati.report.texts.bench import part_name
from cati.report.texts.correcting import result_text
from cati.scoring.scorecard import Interval

SCALE = 200
"""Pixels from a rate of 0 to one of 100 per cent."""

ROOMS = 12
"""Rows of open points that a page shows at most."""


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """One page for each company of the ranking."""
    facts = site.facts
    out_of = cache(partial(points_of, site))
    plain_criteria = {
        indicator.code: criteria_list(site, indicator)
        for indicator in site.edition.methodology.indicators()
    }
    entries = {entry.company: entry for entry in site.edition.evaluation.scope}
    reasons = {reason.id: reason for reason in site.edition.evaluation.reasons}
    for company, explanation in site.edition.explanations.items():
        path = f"companies/{company}.html"
        evidence = facts.evidence.of(company)
        following = facts.next_points(company)
        yield (
            path,
            site.render(
                "company.html",
                path,
                styles=["company.css"],
                scripts=["company.js"],
                entity=site.edition.entities[company],
                explanation=explanation,
                entry=entries[company],
                reason=reasons[entries[company].reason],
                range=facts.standings.range(company),
                draws=format_decimal(DRAWS, locale=site.wording.locale),
                beside=facts.standings.beside(company),
                along=along,
                out_of=out_of,
                next=following,
                next_told=None if following is None else next_text(site, following),
                next_rank=None if following is None else next_rank_text(site, following),
                rooms_shown=ROOMS,
                level_rows=facts.level_rows(company),
                evidence={code: evidence.get(code) for code in plain_criteria},
                plain_criteria=plain_criteria,
                has_foreign=has_foreign(evidence.values(), site.language),
                challenges=facts.evidence.challenges(company),
                changes=changes(evidence),
                corrections=corrections(site, company),
                result=partial(result_text, lang=site.language),
                part_name=partial(part_name, site.edition.card, language=site.language),
                safe_url=safe_url,
                references=References(),
            ),
        )


def criteria_list(site: Site, indicator: Indicator) -> Markup:
    """The criteria of an indicator of which nothing is at hand; the same for every company."""
    _ = site.wording.gettext
    parts = []
    for route in indicator.routes:
        if len(indicator.routes) > 1:
            name = route.title.get(site.language) if route.title else route.id
            parts.append(Markup("<p>{}</p>").format(name))
        rows = [
            Markup("<li>{} <small>{}</small></li>").format(
                criterion.statement.get(site.language),
                _("1 point")
                if criterion.points == 1
                else _("%(points)s points") % {"points": plain(criterion.points)},
            )
            for criterion in route.criteria
        ]
        if rows:
            parts.append(Markup("<ul>{}</ul>").format(Markup().join(rows)))
    return Markup().join(parts)


def points_of(site: Site, points: Interval, most: Fraction) -> str:
    """Points out of those possible, in words."""
    text = site.wording.gettext("%(points)s of %(most)s")
    return text % {"points": show.points(points), "most": plain(most)}


@cache
def along(rate: Fraction) -> Decimal:
    """How far along the bar of a rate from 0 to 1 lies, in pixels."""
    return half_up(SCALE * rate, 1)


def next_text(site: Site, following: NextPoints) -> str:
    """How many steps it takes at least to a higher total, in a sentence."""
    methodology = site.edition.methodology
    text = site.wording.gettext(
        "From a total of %(start)s to %(target)s it takes at least %(steps)s steps of %(grid)s, "
        "%(points)s points before the factor, all of them where a step counts most."
    )
    return text % {
        "start": _total(following.start, methodology.total_decimals),
        "target": _total(following.target, methodology.total_decimals),
        "steps": show.points(following.steps),
        "grid": plain(methodology.grid),
        "points": show.points(following.points),
    }


def next_rank_text(site: Site, following: NextPoints) -> str:
    """The rank that the higher total would have, in a sentence."""
    text = site.wording.gettext("With all others as they are, that total would be rank %(rank)s.")
    return text % {"rank": show.rank(following.rank)}


def _total(total: Fraction, decimals: int) -> str:
    return show.total(Interval(total, total), decimals)


def changes(evidence: Mapping[str, AtHand]) -> list[tuple[str, Change]]:
    """Every change of an answer with the name of its criterion, from the earliest."""
    found = [
        (reason.name, change)
        for entry in evidence.values()
        for reason in entry.reason.criteria
        if reason.verdict is not None
        for change in reason.verdict.history
    ]
    return sorted(found, key=lambda entry: (entry[1].when, entry[0]))


def corrections(site: Site, company: str) -> list[tuple[Erratum, Effect]]:
    """Errata that changed a company's total or rank, from the first."""
    errata = site.edition.store.errata.get(site.edition.evaluation.id)
    return [
        (erratum, effect)
        for erratum in (errata.errata if errata else ())
        for effect in erratum.effects
        if effect.company == company
    ]
