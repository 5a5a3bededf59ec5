"""What the pages say beyond the edition itself, worked out once for both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from cati.model.base import Text
from cati.model.crosswalk import Relation
from cati.model.methodology import Track
from cati.model.source import Source
from cati.model.weighting import track_points
from cati.report.edition import Edition
from cati.scoring.explain import CompanyExplanation
from cati.scoring.scorecard import Group, Interval, Rank, Scorecard

BAR_LENGTH = 200
"""Length of the longest bar that a contribution can have, in pixels."""

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
    def ties(self) -> tuple[Tie, ...]:
        """Ranks at which the printed table numbers companies otherwise."""
        card, explanations = self.edition.card, self.edition.explanations
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
        rows = []
        for code, name in self.edition.methodology.levels.items():
            group = self._groups[code]
            points, rate = group.points(company), group.rate(company)
            rows.append(LevelRow(code, name, code.count("."), points, group.most_points, rate))
        return rows

    @cached_property
    def pixels_per_point(self) -> Fraction:
        """Scale of the contribution bars: the largest possible one has the full length."""
        first = next(iter(self.edition.explanations.values()))
        most = (step.most * step.factor for step in first.columns if step.factor is not None)
        return BAR_LENGTH / max(most)

    def remainder(self, explanation: CompanyExplanation) -> Fraction:
        """What a total leaves for the columns that are not printed."""
        printed = (
            step.contribution.low
            for step in explanation.columns
            if step.contribution is not None and step.column.printed
        )
        return explanation.total.low - sum(printed, Fraction(0))

    def neighbours(self, company: str) -> tuple[str | None, str | None]:
        """The companies above and below in the ranking."""
        order = self.edition.card.order
        at = order.index(company)
        above = order[at - 1] if at > 0 else None
        return above, order[at + 1] if at + 1 < len(order) else None

    def joint_ventures_of(self, company: str) -> list[str]:
        """Joint ventures of the ranking that name this company as a parent."""
        return [
            other
            for other in self.edition.joint_ventures
            if any(
                r.kind == "parent" and r.to == company
                for r in self.edition.entities[other].relations
            )
        ]

    def publisher(self, reference: str) -> Text:
        """Name of the entity with which a source is kept."""
        return self.edition.entities[reference.partition("/")[0]].name


def safe_link(source: Source) -> str | None:
    """A source's link, if it is of a kind that a page may lead to."""
    link = source.link
    return link if link is not None and link.lower().startswith(LINK_SCHEMES) else None
