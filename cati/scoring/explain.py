"""The path from what a table prints to points, factor and total, as data.

Nothing is computed here that the scorecard does not give; an explanation
puts the numbers in the order in which a reader follows them. How it reads
in English or Chinese is a matter of the report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cati.model.base import Text
from cati.model.entity import Citation
from cati.model.evaluation import TOTAL, Evaluation, Misprint
from cati.model.interval import Interval
from cati.model.methodology import Column, Methodology
from cati.model.printed import How, PointsRow, PrintedRow
from cati.model.rounding import half_up
from cati.model.weighting import track_factors
from cati.scoring.scorecard import Rank, Scorecard
from cati.store.evaluations import Printed


@dataclass(frozen=True)
class ColumnStep:
    """From a column's printed rate to what it adds to the total.

    Attributes
    ----------
    printed_rate : Decimal, optional
        Per cent; None where the table has no such column.
    points : Interval
    most : Fraction
        Points possible.
    rate : Interval
        From 0 to 1.
    factor : Fraction, optional
        None for a column that overlaps others and adds nothing by itself.
    contribution : Interval, optional
        Points times factor.
    how : {"rate", "remainder", "nothing_left", "open"}
        How the points were found.
    misprint : Misprint, optional
        Why the printed rate is not the one that points follow from.
    line : int
        Line in ``points.csv`` of the first alternative.
    """

    column: Column
    printed_rate: Decimal | None
    points: Interval
    most: Fraction
    rate: Interval
    factor: Fraction | None
    contribution: Interval | None
    how: How
    line: int
    misprint: Misprint | None = None


@dataclass(frozen=True)
class Term:
    """One summand of a total: a factor times points."""

    factor: Fraction
    points: Interval


@dataclass(frozen=True)
class TotalSum:
    """The total of one alternative as a sum of factors times points.

    Attributes
    ----------
    terms : tuple of Term
        Tracks that count once come first, taken together; then one term for
        each weighted track, in order.
    total : Interval
    solved : tuple of (Column, Fraction)
        Points that no column shows, as this alternative solves them.
    """

    terms: tuple[Term, ...]
    total: Interval
    solved: tuple[tuple[Column, Fraction], ...]


@dataclass(frozen=True)
class CompanyExplanation:
    """Why a company has the total and rank it has.

    Attributes
    ----------
    company : str
        Its id.
    of : int
        Companies in the ranking.
    coverage : Fraction
        Share of all possible points that is settled, from 0 to 1.
    where : Citation
        Where the printed table stands.
    printed : PrintedRow
        The company's row in it.
    columns : tuple of ColumnStep
        In the methodology's order.
    sums : tuple of TotalSum
        One for each alternative.
    misprints : tuple of Misprint
        Of the company's row.
    rounding : Text, optional
        Why the printed total is another, where it is one.
    """

    evaluation: Evaluation
    methodology: Methodology
    company: str
    rank: Rank
    of: int
    total: Interval
    coverage: Fraction
    where: Citation
    printed: PrintedRow
    columns: tuple[ColumnStep, ...]
    sums: tuple[TotalSum, ...]
    misprints: tuple[Misprint, ...]
    rounding: Text | None

    @property
    def is_open(self) -> bool:
        """Whether the total tells nothing, since it is a misprint."""
        return any(step.how == "open" for step in self.columns)


@dataclass(frozen=True)
class BlockShare:
    """What one block says about a group of indicators.

    Of `block_points` in the block, between ``max(0, points - outside)`` and
    ``min(inside, points)`` lie in the group.

    Attributes
    ----------
    inside, outside : Fraction
        Room in the block for points inside and outside the group.
    columns : tuple of ColumnStep
        The column the block comes from, then those taken out of it.
    points : Interval
        Points of the block that lie in the group.
    """

    block: str
    block_points: Interval
    inside: Fraction
    outside: Fraction
    columns: tuple[ColumnStep, ...]
    points: Interval
    factor: Fraction


@dataclass(frozen=True)
class GroupExplanation:
    """Why a company has the points it has in a column or a code.

    Attributes
    ----------
    code : str
        The code, or the column's id.
    members : tuple of str
        Codes of the indicators it stands for.
    direct : ColumnStep, optional
        The step of the column itself, where it is one.
    shares : tuple of BlockShare
        What each block says about it; empty where the column gives its points by itself.
    points : Interval
    most : Fraction
        Points possible.
    rate : Interval
        From 0 to 1.
    """

    company: CompanyExplanation
    name: Text
    code: str
    members: tuple[str, ...]
    direct: ColumnStep | None
    shares: tuple[BlockShare, ...]
    points: Interval
    most: Fraction
    rate: Interval


def explain_company(
    card: Scorecard, evaluation: Evaluation, printed: Printed, company: str
) -> CompanyExplanation:
    """The path to a company's total.

    Parameters
    ----------
    card : Scorecard
        On the published basis.
    evaluation : Evaluation
    printed : Printed
        Its printed table and points.
    company : str
        A company of the scorecard.

    Raises
    ------
    ValueError
        If the evaluation has no printed table.
    """
    if evaluation.published is None:
        raise ValueError(f"{evaluation.id} has no printed table")
    row = next(row for row in printed.rows if row.company == company)
    points = [point for point in printed.points if point.company == company]
    misprints = tuple(m for m in evaluation.published.misprints if m.company == company)
    return CompanyExplanation(
        evaluation=evaluation,
        methodology=card.methodology,
        company=company,
        rank=card.rank(company),
        of=len(card.companies),
        total=card.total(company),
        coverage=card.coverage(company),
        where=evaluation.published.where,
        printed=row,
        columns=tuple(
            _column_step(card, row, points, column, misprints)
            for column in card.methodology.columns
        ),
        sums=_sums(card, company, points),
        misprints=misprints,
        rounding=_rounding(card, evaluation, row, misprints),
    )


def _rounding(
    card: Scorecard, evaluation: Evaluation, row: PrintedRow, misprints: Sequence[Misprint]
) -> Text | None:
    """Why a total under the table's own weights is printed otherwise, though it is no misprint."""
    own = card.factors == track_factors(card.methodology, evaluation.shares)
    total = half_up(card.total(row.company).low, card.methodology.total_decimals)
    misprinted = any(misprint.column == TOTAL for misprint in misprints)
    if evaluation.published is None or misprinted or not own or total == row.total:
        return None
    return evaluation.published.rounding


def explain_group(card: Scorecard, company: CompanyExplanation, code: str) -> GroupExplanation:
    """The path to a company's points in a column, or in a code of any level.

    Parameters
    ----------
    card : Scorecard
    company : CompanyExplanation
    code : str
        A column's id, or the code of a dimension, sub-dimension or indicator.

    Raises
    ------
    KeyError
        If the methodology has neither.
    """
    methodology = card.methodology
    name, members = methodology.part(code)
    direct = None
    if code not in methodology.levels:
        direct = next(step for step in company.columns if step.column.id == code)
    group = card.column(code) if direct else card.group(members)
    shares = () if direct and code in card.stated else _shares(card, company, members)
    return GroupExplanation(
        company=company,
        name=name,
        code=code,
        members=methodology.codes(members),
        direct=direct,
        shares=shares,
        points=group.points(company.company),
        most=group.most_points,
        rate=group.rate(company.company),
    )


def _column_step(
    card: Scorecard,
    row: PrintedRow,
    points: Sequence[PointsRow],
    column: Column,
    misprints: Sequence[Misprint],
) -> ColumnStep:
    group = card.column(column.id)
    awarded = group.points(row.company)
    factor = column_factor(card, column)
    source = next(point for point in points if point.column == column.id)
    return ColumnStep(
        column=column,
        printed_rate=row.rates.get(column.id),
        points=awarded,
        most=group.most_points,
        rate=group.rate(row.company),
        factor=factor,
        contribution=None if factor is None else awarded.scaled(factor),
        how=source.how,
        line=source.line,
        misprint=next((m for m in misprints if m.column == column.id), None),
    )


def column_factor(card: Scorecard, column: Column) -> Fraction | None:
    """The factor of a column's track; None where it overlaps others and adds nothing by itself."""
    if column.overlaps:
        return None
    first = card.methodology.codes(column.members)[0]
    return card.factors[card.methodology.indicator(first).track]


def _sums(card: Scorecard, company: str, points: Sequence[PointsRow]) -> tuple[TotalSum, ...]:
    sums = []
    numbers = sorted({point.alternative for point in points})
    for number, tracks in zip(numbers, card.alternatives(company), strict=True):
        solved = tuple(
            (card.methodology.column(point.column), Fraction(point.points))
            for point in points
            if point.alternative == number and point.how != "rate"
        )
        sums.append(total_sum(card, tracks, solved))
    return tuple(sums)


def total_sum(
    card: Scorecard,
    tracks: Mapping[str, Interval],
    solved: tuple[tuple[Column, Fraction], ...] = (),
) -> TotalSum:
    """The total of one alternative from its points by track."""
    weighted = {track.id for track in card.methodology.weighted_tracks}
    once = [points for track, points in tracks.items() if track not in weighted]
    terms = [Term(Fraction(1), Interval.total(once))] if once else []
    terms += [
        Term(card.factors[track], points) for track, points in tracks.items() if track in weighted
    ]
    total = Interval.total(term.points.scaled(term.factor) for term in terms)
    return TotalSum(tuple(terms), total, solved)


def _shares(
    card: Scorecard, company: CompanyExplanation, members: Sequence[str]
) -> tuple[BlockShare, ...]:
    codes = set(card.methodology.codes(members))
    steps = {step.column.id: step for step in company.columns}
    shares = []
    for block in card.blocks:
        inside = card.methodology.codes([code for code in block.codes if code in codes])
        if not inside:
            continue
        room = card.group(inside)
        shares.append(
            BlockShare(
                block=block.id,
                block_points=card.block(block.id).points(company.company),
                inside=room.most_points,
                outside=card.block(block.id).most_points - room.most_points,
                columns=tuple(steps[column] for column in (block.column, *block.without)),
                points=room.points(company.company),
                factor=card.factors[block.track],
            )
        )
    return tuple(shares)
