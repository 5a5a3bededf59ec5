"""The path from source and page to criteria, points and total on the assessed basis, as data.

Nothing is decided here that the assessed score does not decide; the reasons
are put in the order in which a reader follows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from cati.model.assessment import Answer, Assessment, Level, NoDisclosure, Verdict
from cati.model.base import Text
from cati.model.evaluation import Evaluation
from cati.model.evidence import Disclosure, Place
from cati.model.interval import Interval
from cati.model.methodology import Column, Criterion, Indicator, Methodology, Route
from cati.model.references import codes_in, indicator_of, owner_of
from cati.model.source import Source
from cati.scoring.assessed import (
    LATTICE,
    Answers,
    Assessed,
    criterion_points,
    indicator_points,
    route_points,
)
from cati.scoring.backing import WHOLE, Backing, Backings
from cati.scoring.explain import TotalSum, column_factor, total_sum
from cati.scoring.scorecard import Rank, Scorecard


@dataclass(frozen=True)
class AssessedColumn:
    """What the indicators of a column come to and add to the total.

    Attributes
    ----------
    points : Interval
    most : Fraction
        Points possible.
    rate : Interval
        From 0 to 1.
    factor : Fraction, optional
        None for a column that overlaps others and adds nothing by itself.
    contribution : Interval, optional
        Points times factor.
    """

    column: Column
    points: Interval
    most: Fraction
    rate: Interval
    factor: Fraction | None
    contribution: Interval | None


@dataclass(frozen=True)
class AssessedCompany:
    """What a company's total on the assessed basis is made of.

    Attributes
    ----------
    of : int
        Companies in the ranking.
    coverage : Fraction
        Share of all possible points that is settled, from 0 to 1.
    level : str
        The lowest verification level of its answers.
    answered : int
        Criteria with an answer that is not unknown.
    criteria : int
        All criteria.
    looked_into : tuple of str
        Codes of the indicators with an answer.
    note : str, optional
        What the assessor says of the whole, such as how far somebody looked.
    columns : tuple of AssessedColumn
        In the methodology's order.
    sums : tuple of TotalSum
        One: the assessed basis has no alternatives.
    """

    evaluation: Evaluation
    methodology: Methodology
    company: str
    rank: Rank
    of: int
    total: Interval
    coverage: Fraction
    level: Level
    answered: int
    criteria: int
    looked_into: tuple[str, ...]
    note: str | None
    columns: tuple[AssessedColumn, ...]
    sums: tuple[TotalSum, ...]


@dataclass(frozen=True)
class FoundAt:
    """Where a disclosure stands.

    Attributes
    ----------
    original : Source, optional
        The company's own document that a secondary source reports.
    """

    place: Place
    source: Source
    original: Source | None


@dataclass(frozen=True)
class Cited:
    """A disclosure that an answer rests on, with the places where it stands.

    Attributes
    ----------
    backing : Backing
        Whether it counts, and for how much.
    places : tuple of FoundAt
    """

    backing: Backing
    disclosure: Disclosure
    places: tuple[FoundAt, ...]


@dataclass(frozen=True)
class CriterionReason:
    """Why a criterion earns what it earns.

    Attributes
    ----------
    name : str
        ``<code>/<criterion>``.
    verdict : Verdict, optional
        None where nobody answered.
    nothing : NoDisclosure, optional
        Where someone looked for the whole indicator and found nothing.
    given, counted, effective : {"met", "not_met", "unknown", "unpublished"}
        What the assessor says; what is left of it where no evidence counts;
        and what that comes to once its requirements are looked at.
    held_by : tuple of str
        Requirements that are answered worse and so pull it down.
    worth : Fraction
        The part of its points that it can earn: below 1 where it is inherited.
    points : Interval
        What it adds to its route, before the route is rounded down to the grid.
    cited : tuple of Cited
    """

    name: str
    criterion: Criterion
    verdict: Verdict | None
    nothing: NoDisclosure | None
    given: Answer
    counted: Answer
    effective: Answer
    held_by: tuple[str, ...]
    worth: Fraction
    points: Interval
    cited: tuple[Cited, ...]


@dataclass(frozen=True)
class RouteReason:
    """One way to the points of an indicator."""

    route: Route
    points: Interval
    criteria: tuple[CriterionReason, ...]


@dataclass(frozen=True)
class IndicatorReason:
    """An indicator's points, with every route and criterion.

    Attributes
    ----------
    points : Interval
        Those of its best route.
    factor : Fraction
        Of its track.
    """

    indicator: Indicator
    points: Interval
    factor: Fraction
    routes: tuple[RouteReason, ...]

    @property
    def most(self) -> Fraction:
        """Points possible."""
        return Fraction(self.indicator.points)

    @property
    def criteria(self) -> tuple[CriterionReason, ...]:
        """The criteria of all routes."""
        return tuple(criterion for route in self.routes for criterion in route.criteria)


@dataclass(frozen=True)
class AssessedGroup:
    """Why a company has the points it has in a column or a code.

    Attributes
    ----------
    code : str
        The code, or the column's id.
    contribution : Interval
        What its indicators add to the total.
    indicators : tuple of IndicatorReason
    uncited : mapping of str to tuple of Cited
        By indicator, what bears on it and is cited by no answer there.
    """

    company: AssessedCompany
    name: Text
    code: str
    points: Interval
    most: Fraction
    rate: Interval
    contribution: Interval
    indicators: tuple[IndicatorReason, ...]
    uncited: Mapping[str, tuple[Cited, ...]]


class Reasons:
    """Everything an evaluation on the assessed basis can be asked for its reasons.

    Parameters
    ----------
    evaluation : Evaluation
    assessed : Assessed
        Its score.
    assessments : mapping of str to Assessment
        By company, those the score was made from.
    backings : Backings
        What each disclosure is worth for whoever cites it.
    disclosures : mapping of str to Disclosure
        By reference.
    sources : mapping of str to Source
        By reference.
    """

    def __init__(
        self,
        evaluation: Evaluation,
        assessed: Assessed,
        assessments: Mapping[str, Assessment],
        backings: Backings,
        disclosures: Mapping[str, Disclosure],
        sources: Mapping[str, Source],
    ) -> None:
        self.evaluation = evaluation
        self.assessed = assessed
        self.disclosures = disclosures
        self.sources = sources
        self._backings = backings
        self._verdicts = {
            company: {verdict.criterion: verdict for verdict in assessment.verdicts}
            for company, assessment in assessments.items()
        }
        self._notes = {company: assessment.note for company, assessment in assessments.items()}
        self._nothing = {
            company: {entry.code: entry for entry in assessment.no_disclosure}
            for company, assessment in assessments.items()
        }

    @property
    def card(self) -> Scorecard:
        """The scorecard they explain."""
        return self.assessed.card

    def company(self, company: str) -> AssessedCompany:
        """What a company's total is made of.

        Raises
        ------
        KeyError
            If it is not in the scorecard.
        """
        card = self.card
        (tracks,) = card.alternatives(company)
        answers = self.assessed.answers[company]
        answered = [name for name in answers.requires if answers.answer(name) != "unknown"]
        return AssessedCompany(
            evaluation=self.evaluation,
            methodology=card.methodology,
            company=company,
            rank=card.rank(company),
            of=len(card.companies),
            total=card.total(company),
            coverage=card.coverage(company),
            level=self.assessed.levels[company],
            answered=len(answered),
            criteria=len(answers.requires),
            looked_into=tuple(dict.fromkeys(indicator_of(name) for name in answered)),
            note=self._notes.get(company),
            columns=tuple(_column(card, company, column) for column in card.methodology.columns),
            sums=(total_sum(card, tracks),),
        )

    def group(self, company: str, code: str) -> AssessedGroup:
        """Why a company has the points it has in a column, or in a code of any level.

        Raises
        ------
        KeyError
            If the methodology has neither, or the company is not in the scorecard.
        """
        methodology = self.card.methodology
        name, members = methodology.part(code)
        group = self.card.group(members)
        codes = methodology.codes(members)
        reasons = tuple(self.indicator(company, c) for c in codes)
        return AssessedGroup(
            company=self.company(company),
            name=name,
            code=code,
            points=group.points(company),
            most=group.most_points,
            rate=group.rate(company),
            contribution=Interval.total(r.points.scaled(r.factor) for r in reasons),
            indicators=reasons,
            uncited={c: self.uncited(company, c) for c in codes},
        )

    def indicator(self, company: str, code: str) -> IndicatorReason:
        """Why a company has the points it has in an indicator.

        Raises
        ------
        KeyError
            If the methodology has no such indicator, or the company is not in the scorecard.
        """
        methodology = self.card.methodology
        indicator, grid = methodology.indicator(code), Fraction(methodology.grid)
        answers = self.assessed.answers[company]
        return IndicatorReason(
            indicator=indicator,
            points=indicator_points(indicator, answers, grid),
            factor=self.card.factors[indicator.track],
            routes=tuple(
                RouteReason(
                    route,
                    route_points(indicator, route, answers, grid),
                    tuple(self._criterion(company, indicator, c) for c in route.criteria),
                )
                for route in indicator.routes
            ),
        )

    def uncited(self, company: str, code: str) -> tuple[Cited, ...]:
        """Disclosures about a company that bear on an indicator and that no answer there cites."""
        cited = {
            reference
            for name, verdict in self._verdicts.get(company, {}).items()
            if indicator_of(name) == code
            for reference in verdict.disclosures
        }
        at_hand = self._at_hand.get((company, code), ())
        return tuple(self._cited(self._backings.standing(r)) for r in at_hand if r not in cited)

    @cached_property
    def _at_hand(self) -> dict[tuple[str, str], list[str]]:
        """References by the entity they are kept with and the indicators they bear on."""
        found: dict[tuple[str, str], list[str]] = {}
        for reference, disclosure in sorted(self.disclosures.items()):
            for code in codes_in(self.evaluation.methodology, disclosure.indicators):
                found.setdefault((owner_of(reference), code), []).append(reference)
        return found

    def _criterion(
        self, company: str, indicator: Indicator, criterion: Criterion
    ) -> CriterionReason:
        answers = self.assessed.answers[company]
        name = f"{indicator.code}/{criterion.id}"
        verdict = self._verdicts.get(company, {}).get(name)
        nothing = self._nothing.get(company, {}).get(indicator.code)
        counted = answers.answer(name)
        cited = self._backings.of(company, verdict) if verdict else ()
        return CriterionReason(
            name=name,
            criterion=criterion,
            verdict=verdict,
            nothing=nothing,
            given=verdict.answer if verdict else counted,
            counted=counted,
            effective=answers.effective(name),
            held_by=_holding(answers, name),
            worth=answers.worth.get(name, WHOLE),
            points=criterion_points(indicator, criterion, answers),
            cited=tuple(self._cited(backing) for backing in cited),
        )

    def _cited(self, backing: Backing) -> Cited:
        disclosure = self.disclosures[backing.disclosure]
        places = [
            FoundAt(
                place,
                self.sources[place.source],
                None if place.original is None else self.sources[place.original],
            )
            for place in disclosure.where
        ]
        return Cited(backing, disclosure, tuple(places))


def _holding(answers: Answers, name: str) -> tuple[str, ...]:
    """Requirements answered worse than the criterion itself."""
    own = LATTICE[answers.answer(name)]
    return tuple(other for other in answers.chain(name)[1:] if LATTICE[answers.answer(other)] < own)


def _column(card: Scorecard, company: str, column: Column) -> AssessedColumn:
    group = card.column(column.id)
    points, factor = group.points(company), column_factor(card, column)
    return AssessedColumn(
        column=column,
        points=points,
        most=group.most_points,
        rate=group.rate(company),
        factor=factor,
        contribution=None if factor is None else points.scaled(factor),
    )
