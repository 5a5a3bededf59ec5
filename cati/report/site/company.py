"""Company pages: from points to total, beside others, and all that is known of the company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial

from babel.numbers import format_decimal
from markupsafe import Markup

from cati.analysis.company_standing import DRAWS, At, Near, Nudge
from cati.analysis.next_points import NextPoints
from cati.model.assessment import Change
from cati.model.errata import Effect, Erratum
from cati.model.interval import Interval
from cati.model.methodology import Criterion, Indicator
from cati.model.rounding import half_up, plain
from cati.report import show
from cati.report.facts import safe_url
from cati.report.site.evidence_at_hand import AtHand, has_foreign
from cati.report.site.frame import Site
from cati.report.site.references import References
from cati.report.texts.bench import part_name
from cati.report.texts.correcting import result_text

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
        near, nudge = facts.standings.near(company), facts.standings.nudge(company)
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
                worth=partial(worth, site),
                near=None if near is None else near_text(site, near),
                nudge=None if nudge is None else nudge_text(site, nudge),
                next=following,
                next_told=None if following is None else next_text(site, following),
                next_rank=None if following is None else next_rank_text(site, following),
                rooms_shown=ROOMS,
                level_rows=facts.level_rows(company),
                evidence={code: evidence.get(code) for code in plain_criteria},
                plain_criteria=plain_criteria,
                has_foreign=has_foreign(evidence.values(), site.language),
                has_unverified=has_unverified(evidence.values()),
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
    parts = []
    for route in indicator.routes:
        if len(indicator.routes) > 1:
            name = route.title.get(site.language) if route.title else route.id
            parts.append(Markup("<p>{}</p>").format(name))
        rows = [
            Markup("<li>{} <small>{}</small></li>").format(
                criterion.statement.get(site.language), worth(site, criterion)
            )
            for criterion in route.criteria
        ]
        if rows:
            parts.append(Markup("<ul>{}</ul>").format(Markup().join(rows)))
    return Markup().join(parts)


def worth(site: Site, criterion: Criterion) -> str:
    """The points of a criterion, in words."""
    _ = site.wording.gettext
    if criterion.points == 1:
        return _("1 point")
    return _("%(points)s points") % {"points": plain(criterion.points)}


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


def near_text(site: Site, near: Near) -> str:
    """How far a total lies from those around it, in a sentence."""
    _, words = site.wording.gettext, site.wording

    def names(companies: tuple[str, ...]) -> str:
        return words.items(site.edition.entities[c].name.get(site.language) for c in companies)

    def apart(text: str, at: At) -> str:
        decimals = site.edition.methodology.total_decimals
        points, rank = _total(at.apart, decimals), show.rank(at.rank)
        if Fraction(points) != at.apart:
            points = plain(at.apart)
        return text % {"points": points, "names": names(at.companies), "rank": rank}

    parts = []
    if near.above:
        parts.append(apart(_("%(points)s behind %(names)s (rank %(rank)s)"), near.above))
    if near.level:
        parts.append(_("level with %(names)s") % {"names": names(near.level)})
    if near.below:
        parts.append(apart(_("%(points)s ahead of %(names)s (rank %(rank)s)"), near.below))
    return _("The total is %(parts)s.") % {"parts": _("; ").join(parts)}


def nudge_text(site: Site, nudge: Nudge) -> str:
    """What one grid step more or less does to total and rank, in a sentence."""
    _ = site.wording.gettext
    text = (
        _(
            "%(grid)s points more or less in one column change the total by %(worths)s. With all "
            "others as they are, the rank stays %(rank)s."
        )
        if nudge.rank.best == nudge.rank.worst
        else _(
            "%(grid)s points more or less in one column change the total by %(worths)s. With all "
            "others as they are, the rank stays within %(rank)s."
        )
    )
    *others, last = map(plain, nudge.worths)
    return text % {
        "grid": plain(site.edition.methodology.grid),
        "worths": _("%(numbers)s or %(last)s") % {"numbers": _(", ").join(others), "last": last}
        if others
        else last,
        "rank": show.rank(nudge.rank),
    }


def has_unverified(entries: Iterable[AtHand]) -> bool:
    """Whether any answer has been checked by nobody but its assessor."""
    criteria = (criterion for entry in entries for criterion in entry.reason.criteria)
    signed = (criterion.verdict or criterion.nothing for criterion in criteria)
    return any(answer is not None and answer.level == "unverified" for answer in signed)


def _total(total: Fraction, decimals: int) -> str:
    return show.total(Interval.exact(total), decimals)


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
    errata = site.edition.errata
    return [
        (erratum, effect)
        for erratum in (errata.errata if errata else ())
        for effect in erratum.effects
        if effect.company == company
    ]
