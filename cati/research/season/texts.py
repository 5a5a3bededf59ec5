"""A new season and its assignments as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cati.model.assignment import Assignment
from cati.model.entity import Entity
from cati.model.language import Language
from cati.model.methodology import Methodology
from cati.model.references import owner_of
from cati.report.glossary import word
from cati.report.language import translations
from cati.report.wording import Wording
from cati.research.season.beginning import Expired, Season
from cati.research.season.confirming import Confirmed


def season_lines(
    season: Season, methodology: Methodology, entities: Mapping[str, Entity], language: Language
) -> Iterator[str]:
    """What a new evaluation begins with, and what has to be looked for again.

    Parameters
    ----------
    season : Season
    methodology : Methodology
        The evaluation's.
    entities : mapping of str to Entity
        By id.
    language : {"en", "zh"}
    """
    _ = translations(language).gettext
    evaluation = season.evaluation
    yield _(
        "{evaluation}: cut-off date {cutoff}, methodology {methodology}, companies: {n}"
    ).format(
        evaluation=evaluation.id,
        n=len(evaluation.scope),
        cutoff=evaluation.cutoff,
        methodology=evaluation.methodology,
    )
    met = sum(proposal.answer == "met" for proposal in season.proposals)
    yield _(
        "Proposed answers: {n} ({met} met, {not_met} not met), in companies: {companies}. "
        "They are worth nothing until an assessor confirms them."
    ).format(
        n=len(season.proposals),
        companies=len(season.assessments),
        met=met,
        not_met=len(season.proposals) - met,
    )
    if season.not_carried:
        yield _("Unknown before, and not proposed: {n}.").format(n=season.not_carried)
    for name, relation in season.successions:
        kind = word("relation", relation.kind, language)
        since = f" {relation.since}" if relation.since else ""
        yield _("scope: {company}: {relation} {other}{since}").format(
            company=name, relation=kind, other=relation.other(language), since=since
        )
    if evaluation.to_confirm:
        yield _(
            "Carried over as it was; correct it in evaluation.yaml if need be, then take it out of "
            "to_confirm there:"
        )
    for place in evaluation.to_confirm:
        text = evaluation.season_texts[place][1]
        yield "  " + _("{label}: {text}").format(label=place, text=text)
    yield _("Evidence that no longer counts on {cutoff}: {n}.").format(
        cutoff=evaluation.cutoff, n=len(season.expired)
    )
    for entry in season.expired:
        yield from _expired_lines(entry, entities, language)
    if season.expired:
        yield _("Look again:")
    for code, companies in season.to_look_for.items():
        indicator = methodology.indicator(code)
        title = f"{code} {indicator.title.get(language)}"
        yield "  " + _("{label}: {text}").format(label=title, text=_(", ").join(companies))
        if indicator.search_terms is not None:
            terms = indicator.search_terms
            yield f"    {_(', ').join(terms.get(language))}"


def confirmation_lines(confirmed: Confirmed, language: Language) -> Iterator[str]:
    """What was confirmed, by company, and what is left to look at."""
    _ = translations(language).gettext
    answers = [verdict.answer for _company, verdict in confirmed.answers]
    yield _("Confirmed in {evaluation}: {n} ({met} met, {not_met} not met).").format(
        evaluation=confirmed.evaluation,
        n=len(answers),
        met=answers.count("met"),
        not_met=answers.count("not_met"),
    )
    places = ((company, verdict.criterion) for company, verdict in confirmed.answers)
    yield from _by_company(places, language)
    if confirmed.left:
        yield _("Left, since they rest on evidence that no longer counts: {n}.").format(
            n=len(confirmed.left)
        )
        yield from _by_company(confirmed.left, language)


def _by_company(places: Iterable[tuple[str, str]], language: Language) -> Iterator[str]:
    _ = translations(language).gettext
    criteria: dict[str, list[str]] = {}
    for company, criterion in places:
        criteria.setdefault(company, []).append(criterion)
    for company, names in criteria.items():
        yield "  " + _("{label}: {text}").format(label=company, text=_(", ").join(names))


def assignment_lines(assignments: Iterable[Assignment], language: Language) -> Iterator[str]:
    """Who has what by when, one line for each assignment."""
    _ = translations(language).gettext
    for entry in assignments:
        assessor = entry.assessor
        if entry.second:
            assessor = _("{name} ({note})").format(name=assessor, note=_("second assessment"))
        yield _("{assessor}, by {by}: {companies}; {indicators}").format(
            assessor=assessor,
            by=entry.by,
            companies=_(", ").join(entry.companies),
            indicators=_(", ").join(entry.indicators) or _("all indicators"),
        )


def _expired_lines(
    entry: Expired, entities: Mapping[str, Entity], language: Language
) -> Iterator[str]:
    _ = translations(language).gettext
    company = entities[owner_of(entry.disclosure)].name.get(language)
    reasons = Wording(language).items(word("doubt", reason, language) for reason in entry.reasons)
    note = _("; ").join([company, _(", ").join(entry.codes)])
    name = _("{name} ({note})").format(name=entry.disclosure, note=note)
    yield "  " + _("{label}: {text}").format(label=name, text=reasons)
    if entry.rests:
        answers = _(", ").join(f"{company} {criterion}" for company, criterion in entry.rests)
        yield "    " + _("proposed answers that rest on it: {answers}").format(answers=answers)
