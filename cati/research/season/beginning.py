"""A new season: last year's evaluation again, its answers proposed and none of them taken over.

An answer of an earlier evaluation is worth nothing in the new one until an
assessor confirms it: it is unknown, with the earlier answer beside it.
Evidence grows old between the two cut-off dates; what no longer counts is
listed with what to look for again.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cati.model.assessment import Assessment, NoDisclosure, Proposal, Verdict
from cati.model.base import Id, NameLine, Text
from cati.model.dates import last_day
from cati.model.entity import Entity, EntityRelation
from cati.model.evaluation import Evaluation
from cati.model.evidence import Disclosure
from cati.model.language import Language
from cati.model.methodology import Methodology, code_order
from cati.model.references import codes_in, indicator_of, owner_of
from cati.model.source import Source
from cati.model.standing import Standings
from cati.problems import UsageError
from cati.report.language import translations
from cati.research.typed import typed
from cati.store.canonical import yaml_text
from cati.store.editing import replace_all
from cati.store.file_kinds import ASSESSMENT, EVALUATION
from cati.store.schemas import schema_link
from cati.workspace import Workspace

Expiry = Literal["expired", "retracted", "superseded", "too_old"]
"""Why evidence no longer counts: as in `cati.model.standing`, or older than the guidance allows."""

_ENDS: tuple[Expiry, ...] = ("expired", "retracted", "superseded")


@dataclass(frozen=True)
class Expired:
    """A disclosure that does not count by the new cut-off date.

    Attributes
    ----------
    disclosure : str
        Reference.
    reasons : tuple of str
    codes : tuple of str
        Indicators for which there is something to look for again.
    rests : tuple of (str, str)
        Company and criterion of each proposed answer that cites it.
    """

    disclosure: str
    reasons: tuple[Expiry, ...]
    codes: tuple[str, ...]
    rests: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Season:
    """A new evaluation with what an earlier one proposes for it.

    Attributes
    ----------
    evaluation : Evaluation
    assessments : mapping of str to Assessment
        By company, for companies with a proposed answer.
    not_carried : int
        Verdicts of the earlier evaluation that were unknown.
    expired : tuple of Expired
    successions : tuple of (str, EntityRelation)
        Companies of the scope that were renamed or merged; the first is the
        entity that the relation belongs to.
    """

    evaluation: Evaluation
    assessments: Mapping[str, Assessment]
    not_carried: int
    expired: tuple[Expired, ...]
    successions: tuple[tuple[str, EntityRelation], ...]

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The answers that are proposed, by company."""
        return tuple(
            verdict.proposed
            for assessment in self.assessments.values()
            for verdict in assessment.verdicts
            if verdict.proposed is not None
        )

    @property
    def to_look_for(self) -> dict[str, tuple[str, ...]]:
        """Companies whose evidence has to be renewed, by indicator."""
        scope = {entry.company for entry in self.evaluation.scope}
        wanted: dict[str, set[str]] = {}
        for entry in self.expired:
            owner = owner_of(entry.disclosure)
            for code in entry.codes:
                resting = {c for c, name in entry.rests if indicator_of(name) == code}
                wanted.setdefault(code, set()).update(scope & {owner, *resting})
        return {code: tuple(sorted(wanted[code])) for code in sorted(wanted, key=code_order)}


def plan_season(
    workspace: Workspace,
    name: str,
    origin: str,
    today: datetime.date,
    *,
    by: str | None = None,
    cutoff: datetime.date | None = None,
    companies: Sequence[str] = (),
) -> Season:
    """A new evaluation after an earlier one; nothing is written.

    Parameters
    ----------
    workspace : Workspace
    name, origin : str
        Ids of the new evaluation and of the earlier one.
    today : date
        When the answers are carried over.
    by : str, optional
        Who carries them over; unless given, where they come from stands in.
    cutoff : date, optional
        The new cut-off date; a year after the earlier one unless given.
    companies : sequence of str
        Those of the earlier scope that are evaluated again, by any name; all unless given.

    Raises
    ------
    ProblemsError
        If the files have errors.
    UsageError
        If there is no such earlier evaluation, there is a new one already, the
        new cut-off date is not later, or a company is not in the earlier scope.
    """
    workspace.store.require_sound()
    earlier = workspace.evaluation(origin)
    typed("the new evaluation", Id, name)
    by = typed("the name", NameLine, f"carried over from {origin}" if by is None else by)
    if os.path.lexists(workspace.store.root / "reports" / name):
        raise UsageError(f"reports/{name}: expected a new evaluation; it is there already")
    cutoff = cutoff or years_after(earlier.cutoff, 1)
    if cutoff <= earlier.cutoff:
        raise UsageError(
            f"cut-off date: expected a day after {earlier.cutoff}, that of {origin}; found {cutoff}"
        )
    methodology = workspace.methodology(earlier.methodology)
    chosen = {workspace.find(company).entity.id for company in companies}
    if missing := sorted(chosen - {entry.company for entry in earlier.scope}):
        raise UsageError(
            f"--companies: expected companies in the scope of {origin}; found "
            f"{', '.join(missing)}: add them to the new evaluation.yaml, with a reason"
        )
    evaluation = _evaluation(earlier, name, cutoff, methodology, chosen)
    scope = {entry.company for entry in evaluation.scope}
    assessments: dict[str, Assessment] = {}
    unknown = 0
    for company, assessment in workspace.store.assessments[origin].items():
        if company not in scope:
            continue
        carried = tuple(_carried(assessment, methodology, by, today))
        unknown += sum(verdict.answer == "unknown" for verdict in assessment.verdicts)
        if carried:
            assessments[company] = Assessment(format=1, evaluation=name, verdicts=carried)
    return Season(
        evaluation,
        assessments,
        unknown,
        tuple(expired_evidence(workspace, evaluation, assessments)),
        tuple(_successions(evaluation, workspace.store.entities)),
    )


def write_season(workspace: Workspace, season: Season) -> tuple[str, ...]:
    """Write the files of a new season, all or none; gives them.

    Raises
    ------
    ProblemsError
        If someone else has made one of them meanwhile.
    CatiError
        If they cannot be written.
    """
    name = season.evaluation.id
    models: dict[str, Evaluation | Assessment] = {
        ASSESSMENT.file(evaluation=name, company=company): assessment
        for company, assessment in season.assessments.items()
    }
    models[EVALUATION.file(evaluation=name)] = season.evaluation
    texts = {file: yaml_text(model, schema_link(file)) for file, model in models.items()}
    replace_all(workspace.store.root, texts, dict.fromkeys(texts, ""))
    return tuple(texts)


def years_after(day: datetime.date, years: int) -> datetime.date:
    """The same day some years later, or before; of 29 February, the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def described_until(
    disclosure: Disclosure, sources: Mapping[str, Source], cutoff: datetime.date
) -> datetime.date | None:
    """The last day that a disclosure tells of, as far as it is known.

    That is the end of its reporting period; without one, of the latest year
    of its figures that had begun by the cut-off date, since others are
    targets; without figures, the day of its latest document.
    """
    if disclosure.period is not None:
        return last_day(disclosure.period)
    years = [int(y) for f in disclosure.figures for y in re.findall(r"[12]\d{3}", f.year or "")]
    past = [year for year in years if year <= cutoff.year]
    if past:
        return last_day(str(max(past)))
    days = []
    for place in disclosure.where:
        source = sources[place.source]
        if place.secondary and source.data_as_of is not None:
            days.append(source.data_as_of)
        elif source.published is not None:
            days.append(last_day(source.published))
        elif source.accessed is not None:
            days.append(source.accessed)
    return max(days, default=None)


def _evaluation(
    earlier: Evaluation,
    name: str,
    cutoff: datetime.date,
    methodology: Methodology,
    companies: Collection[str],
) -> Evaluation:
    """The earlier evaluation without what belongs to its own season.

    Its notice speaks of its printed table; the methodology's does not. What
    is carried over and may belong to the earlier season is to be confirmed.
    """
    scope = tuple(e for e in earlier.scope if not companies or e.company in companies)
    evaluation = earlier.model_copy(
        update={
            "id": name,
            "name": _renamed(earlier, name, cutoff),
            "cutoff": cutoff,
            "basis": "assessed",
            "notice": earlier.notice if earlier.published is None else methodology.notice,
            "published": None,
            "contact": (),
            "scope": scope,
            "reasons": tuple(r for r in earlier.reasons if r.id in {e.reason for e in scope}),
            "note": None,
        }
    )
    places = tuple(_of_one_season(evaluation))
    return evaluation.model_copy(update={"to_confirm": places})


def _of_one_season(evaluation: Evaluation) -> Iterator[str]:
    """Places of texts with a number that is not the new year, and when and where it comes out."""
    year = str(evaluation.cutoff.year)
    for place, (_, text) in evaluation.season_texts.items():
        numbers = set(re.findall(r"\d+", text)) - {year}
        if place in ("embargo", "publisher.url") or (place != "notice" and numbers):
            yield place


def _renamed(earlier: Evaluation, name: str, cutoff: datetime.date) -> Text:
    """The earlier name with the new year; with the new id where it names no year."""
    old, new = str(earlier.cutoff.year), str(cutoff.year)
    if old != new and all(old in text for text in earlier.name.values()):
        return Text.of(lambda language: earlier.name.get(language).replace(old, new))

    def noted(language: Language) -> str:
        named = translations(language).gettext("{name} ({note})")
        return named.format(name=earlier.name.get(language), note=name)

    return Text.of(noted)


def _carried(
    assessment: Assessment, methodology: Methodology, by: str, today: datetime.date
) -> Iterator[Verdict]:
    """The verdicts of an assessment as proposals, and those that follow from nothing found."""
    for verdict in assessment.verdicts:
        if verdict.answer == "unknown":
            continue
        rationale = verdict.rationale
        if verdict.answer == "unpublished":
            rationale = rationale or f"done and not published in {assessment.evaluation}"
        yield Verdict(
            criterion=verdict.criterion,
            answer="unknown",
            disclosures=verdict.disclosures,
            rationale=rationale,
            assessor=by,
            date=today,
            proposed=Proposal(
                evaluation=assessment.evaluation,
                answer="met" if verdict.answer == "met" else "not_met",
            ),
        )
    for entry in assessment.no_disclosure:
        yield from _nothing_found(entry, assessment.evaluation, methodology, by, today)


def _nothing_found(
    entry: NoDisclosure, origin: str, methodology: Methodology, by: str, today: datetime.date
) -> Iterator[Verdict]:
    for route in methodology.indicator(entry.code).routes:
        for criterion in route.criteria:
            found = entry.as_verdict(f"{entry.code}/{criterion.id}")
            yield Verdict(
                criterion=found.criterion,
                answer="unknown",
                rationale=found.rationale,
                assessor=by,
                date=today,
                proposed=Proposal(evaluation=origin, answer="not_met"),
            )


def expired_evidence(
    workspace: Workspace, evaluation: Evaluation, assessments: Mapping[str, Assessment]
) -> Iterator[Expired]:
    """What no longer counts of the scope's disclosures and of those that proposals cite."""
    store = workspace.store
    methodology = workspace.methodology(evaluation.methodology)
    judge = Standings(evaluation.cutoff, store.sources, store.disclosures)
    rests: dict[str, list[tuple[str, str]]] = {}
    for company, assessment in assessments.items():
        for verdict in assessment.verdicts:
            for reference in verdict.disclosures:
                rests.setdefault(reference, []).append((company, verdict.criterion))
    scope = {entry.company for entry in evaluation.scope}
    for reference, disclosure in sorted(store.disclosures.items()):
        if owner_of(reference) not in scope and reference not in rests:
            continue
        codes = set(codes_in(methodology.id, disclosure.indicators))
        codes |= {indicator_of(criterion) for _, criterion in rests.get(reference, ())}
        found = judge.of(reference, disclosure).exclusions
        reasons: list[Expiry] = [reason for reason in _ENDS if reason in found]
        if not reasons:
            until = described_until(disclosure, store.sources, evaluation.cutoff)
            codes = {code for code in codes if _too_old(methodology, code, until, evaluation)}
            reasons = ["too_old"] if codes else []
        if reasons and codes:
            of_code = tuple(sorted(codes, key=code_order))
            yield Expired(reference, tuple(reasons), of_code, tuple(rests.get(reference, ())))


def _too_old(
    methodology: Methodology, code: str, until: datetime.date | None, evaluation: Evaluation
) -> bool:
    guidance = methodology.indicator(code).guidance
    if until is None or guidance is None or guidance.max_age_years is None:
        return False
    return until < years_after(evaluation.cutoff, -guidance.max_age_years)


def _successions(
    evaluation: Evaluation, entities: Mapping[str, Entity]
) -> Iterator[tuple[str, EntityRelation]]:
    """What became of the scope's companies, or what they came from."""
    scope = {entry.company for entry in evaluation.scope}
    for name, entity in entities.items():
        for relation in entity.relations:
            if relation.kind in ("renamed_from", "merged_into") and scope & {name, relation.to}:
                yield name, relation
