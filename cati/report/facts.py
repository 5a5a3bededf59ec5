"""What the pages say beyond the edition itself, worked out once for both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from cati.analysis.claims.inquiry import Checked, Inquiry
from cati.analysis.company_standing import CompanyStandings
from cati.analysis.groups import Grouping, with_and_without_joint_ventures
from cati.analysis.next_points import NextPointsOf
from cati.model.assessment import LEVELS, Level
from cati.model.base import Text
from cati.model.crosswalk import Relation
from cati.model.interval import Interval
from cati.model.methodology import Track
from cati.model.references import owner_of
from cati.model.source import Source
from cati.model.weighting import track_points
from cati.problems import ProblemsError
from cati.report.edition import Edition
from cati.report.site.evidence_at_hand import EvidenceAtHand
from cati.scoring.explain import CompanyExplanation
from cati.scoring.reasons import AssessedCompany
from cati.scoring.scorecard import Group, Rank, Scorecard

BAR_LENGTH = 200
"""Length of the longest bar that a contribution can have, in pixels."""

GROUPED_BY = ("chinese", "region", "country", "product", "listed", "joint_venture")

LINK_SCHEMES = ("https:", "http:", "mailto:")


@dataclass(frozen=True)
class Tie:
    """Companies of one rank that the printed table numbers otherwise.

    Attributes
    ----------
    printed : tuple of int
        Their printed numbers, in the order of `companies`.
    """

    companies: tuple[str, ...]
    rank: Rank
    total: Interval
    printed: tuple[int, ...]


@dataclass(frozen=True)
class TrackWeight:
    """From a track's points to what it can add to a total.

    Attributes
    ----------
    points : Fraction
        Points possible, before the factor.
    share : Fraction, optional
        Part of all weighted points, from 0 to 1; None for a track that counts once.
    """

    track: Track
    points: Fraction
    factor: Fraction
    share: Fraction | None

    @property
    def counts(self) -> Fraction:
        """Points possible after the factor."""
        return self.points * self.factor


@dataclass(frozen=True)
class LevelRow:
    """A company's points in a dimension, a sub-dimension or an indicator.

    Attributes
    ----------
    depth : int
        0 for a dimension, 1 for a sub-dimension, 2 for an indicator.
    """

    code: str
    name: Text
    depth: int
    points: Interval
    most: Fraction
    rate: Interval


@dataclass(frozen=True)
class Counterpart:
    """An indicator and the one set beside it in another methodology, by code."""

    own: str | None
    other: str | None
    relation: Relation
    note: Text | None


@dataclass(frozen=True)
class Counterparts:
    """A crosswalk seen from one side.

    Attributes
    ----------
    other : str
        Id of the methodology on the other side.
    """

    other: str
    rows: tuple[Counterpart, ...]


@dataclass(frozen=True)
class Facts:
    """Figures that several pages need and the edition does not hold by itself."""

    edition: Edition

    @cached_property
    def without(self) -> Scorecard | None:
        """The scorecard without joint ventures; None where that changes nothing."""
        card, joint_ventures = self.edition.card, self.edition.joint_ventures
        if not joint_ventures or len(joint_ventures) == len(card.companies):
            return None
        return card.without(joint_ventures)

    @cached_property
    def checked(self) -> tuple[Checked, ...]:
        """The evaluation's statements, each with what the data make of it.

        Raises
        ------
        ProblemsError
            If one of them means nothing: a page must not leave it out.
        """
        if self.edition.evaluation.id not in self.edition.store.claims:
            return ()
        if problems := self.inquiry.problems():
            raise ProblemsError(problems)
        return self.inquiry.check()

    @cached_property
    def groupings(self) -> dict[str, tuple[Grouping, ...]]:
        """Totals by what companies have in common, with and without joint ventures."""
        return {name: with_and_without_joint_ventures(self.inquiry, name) for name in GROUPED_BY}

    @cached_property
    def inquiry(self) -> Inquiry:
        """Questions about the evaluation, on the basis of the scorecard."""
        card = self.edition.card
        return Inquiry(self.edition.workspace, card.evaluation, card.basis)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Equal totals that the printed table numbers on."""
        if self._numbering != "serial":
            return ()
        return tuple(group for group in self._renumbered if len(group.companies) > 1)

    @cached_property
    def other_ranks(self) -> tuple[Tie, ...]:
        """Ranks that the printed table gives otherwise for another reason: a misprint or so."""
        return tuple(group for group in self._renumbered if group not in self.ties)

    @property
    def _numbering(self) -> str | None:
        published = self.edition.evaluation.published
        return None if published is None else published.numbering

    @cached_property
    def _renumbered(self) -> tuple[Tie, ...]:
        """Ranks at which the printed table numbers companies otherwise."""
        card, explanations = self.edition.card, self.edition.printed
        if not explanations:
            return ()
        by_rank: dict[Rank, list[str]] = {}
        for company in card.order:
            by_rank.setdefault(card.rank(company), []).append(company)
        ties = []
        for rank, companies in by_rank.items():
            printed = tuple(explanations[company].printed.rank for company in companies)
            if any(number != rank.best for number in printed):
                ties.append(Tie(tuple(companies), rank, card.total(companies[0]), printed))
        return tuple(ties)

    @cached_property
    def several_solutions(self) -> tuple[str, ...]:
        """Companies for which the printed table allows several solutions."""
        explanations = self.edition.explanations.values()
        return tuple(e.company for e in explanations if len(e.sums) > 1)

    @cached_property
    def answered(self) -> tuple[int, int]:
        """Criteria with an answer, and all there are, over all companies."""
        found = [e for e in self.edition.explanations.values() if isinstance(e, AssessedCompany)]
        return sum(e.answered for e in found), sum(e.criteria for e in found)

    @cached_property
    def levels(self) -> tuple[tuple[Level, int], ...]:
        """How many companies have each verification level as their lowest, from the lowest."""
        reasons = self.edition.reasons
        found = Counter(reasons.assessed.levels.values()) if reasons else Counter[Level]()
        return tuple((level, found[level]) for level in LEVELS if found[level])

    @cached_property
    def evidence(self) -> EvidenceAtHand:
        """Answers, disclosures and published challenges, by company and indicator."""
        return EvidenceAtHand(self.edition)

    @cached_property
    def standings(self) -> CompanyStandings:
        """How firm each rank is, and each rate beside those of its group."""
        return CompanyStandings(self.edition.card, self.edition.entities)

    @cached_property
    def next_points(self) -> NextPointsOf:
        """Where each company's next points are."""
        return NextPointsOf(self.edition.card)

    @cached_property
    def disputed_listings(self) -> tuple[str, ...]:
        """Companies that one source calls listed and another does not."""
        entities, order = self.edition.entities, self.edition.card.order
        return tuple(c for c in order if len({item.listed for item in entities[c].listed}) > 1)

    @cached_property
    def weights(self) -> dict[str, TrackWeight]:
        """How each track counts, by id, in order."""
        methodology, factors = self.edition.methodology, self.edition.card.factors
        points = track_points(methodology)
        return {
            track.id: TrackWeight(
                track,
                points[track.id],
                factors[track.id],
                points[track.id] * factors[track.id] / self.pool if track.weighted else None,
            )
            for track in methodology.tracks
        }

    @cached_property
    def pool(self) -> Fraction:
        """Points that the weighted tracks share."""
        points = track_points(self.edition.methodology)
        weighted = self.edition.methodology.weighted_tracks
        return sum((points[track.id] for track in weighted), Fraction(0))

    @cached_property
    def crosswalk(self) -> Counterparts | None:
        """The crosswalk seen from the edition's methodology; None where it is not part of it."""
        crosswalk, own = self.edition.crosswalk, self.edition.methodology.id
        if crosswalk is None or own not in (crosswalk.left, crosswalk.right):
            return None
        is_left = own == crosswalk.left
        rows = tuple(
            Counterpart(
                own=pair.left if is_left else pair.right,
                other=pair.right if is_left else pair.left,
                relation=pair.relation,
                note=pair.note,
            )
            for pair in crosswalk.pairs
        )
        return Counterparts(crosswalk.right if is_left else crosswalk.left, rows)

    @cached_property
    def _groups(self) -> Mapping[str, Group]:
        card = self.edition.card
        return {
            **card.groups("dimensions"),
            **card.groups("sub_dimensions"),
            **card.groups("indicators"),
        }

    def level_rows(self, company: str) -> list[LevelRow]:
        """A company's points in every dimension, sub-dimension and indicator."""
        return self._level_rows[company]

    @cached_property
    def _level_rows(self) -> dict[str, list[LevelRow]]:
        return {
            company: [
                LevelRow(
                    code,
                    name,
                    code.count("."),
                    self._groups[code].points(company),
                    self._groups[code].most_points,
                    self._groups[code].rate(company),
                )
                for code, name in self.edition.methodology.levels.items()
            ]
            for company in self.edition.card.order
        }

    @cached_property
    def pixels_per_point(self) -> Fraction:
        """Scale of the contribution bars: the largest possible one has the full length."""
        first = next(iter(self.edition.explanations.values()))
        most = (step.most * step.factor for step in first.columns if step.factor is not None)
        return BAR_LENGTH / max(most)

    def remainder(self, explanation: CompanyExplanation) -> Fraction:
        """What a total leaves for the columns that no rate tells."""
        known = (
            step.contribution.low
            for step in explanation.columns
            if step.contribution is not None and step.how == "rate"
        )
        return explanation.total.low - sum(known, Fraction(0))

    def neighbours(self, company: str) -> tuple[str | None, str | None]:
        """The companies above and below in the ranking."""
        order = self.edition.card.order
        at = order.index(company)
        above = order[at - 1] if at > 0 else None
        return above, order[at + 1] if at + 1 < len(order) else None

    def joint_ventures_of(self, company: str) -> list[str]:
        """Joint ventures of the ranking that name this company as a parent."""
        return self._ventures.get(company, [])

    @cached_property
    def _ventures(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for venture in self.edition.joint_ventures:
            relations = self.edition.entities[venture].relations
            for parent in dict.fromkeys(r.to for r in relations if r.kind == "parent" and r.to):
                found.setdefault(parent, []).append(venture)
        return found

    def publisher(self, reference: str) -> Text:
        """Name of the entity with which a source is kept."""
        return self.edition.entities[owner_of(reference)].name


def safe_link(source: Source) -> str | None:
    """A source's link, if it is of a kind that a page may lead to."""
    return safe_url(source.link)


def safe_url(link: str | None) -> str | None:
    """A link, if it is of a kind that a page may lead to."""
    return link if link is not None and link.lower().startswith(LINK_SCHEMES) else None
