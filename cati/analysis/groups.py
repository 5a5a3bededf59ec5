"""Companies in groups: what is typical of each, and how far two of them lie apart.

Means, medians and ranges are exact, with the least and the greatest where
points are intervals. What could have come out by chance in the choice of
companies is a percentile bootstrap: 10,000 times, each group is drawn anew
from its own companies with replacement, from a fixed seed, and the middle 95 %
of the results are given (Efron, B. and Tibshirani, R. (1993). An Introduction
to the Bootstrap, chapter 13). The companies of an evaluation are chosen and
not drawn, so it says how much a result hangs on single companies, no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cati.analysis.claims.evaluation import evaluate
from cati.analysis.claims.expression import ExpressionError
from cati.analysis.claims.facts import Base
from cati.analysis.claims.inquiry import Inquiry
from cati.analysis.claims.values import (
    Cell,
    Column,
    Number,
    Truth,
    Word,
    both,
    delta_of,
    number_in,
    statistic_of,
)
from cati.analysis.claims.working import ElsewhereError, described

SEED = 2024
RESAMPLES = 10_000
MIDDLE = 95
"""Per cent of the resampled results that an interval holds."""

SMALL = 5
"""Groups with fewer companies are marked and have no interval.

A single company moves them far, and draws from so few show little but their range.
"""

Key = str | bool | None
"""What the companies of a group have in common; None where it is not known."""

Size = Literal["negligible", "small", "medium", "large"]


@dataclass(frozen=True)
class Summary:
    """A group and what is typical of it.

    Attributes
    ----------
    key : str, bool or None
        The word, or whether the condition holds; None: not known.
    companies : tuple of str
        Those with a number.
    unknown : tuple of str
        Those without one; they are in no figure.
    mean, median, least, greatest : Number
    around : tuple of float, optional
        Bootstrap interval of the mean; none for a small group.
    """

    key: Key
    companies: tuple[str, ...]
    unknown: tuple[str, ...]
    mean: Number
    median: Number
    least: Number
    greatest: Number
    around: tuple[float, float] | None

    @property
    def is_small(self) -> bool:
        """Whether it has fewer than 5 companies."""
        return len(self.companies) < SMALL


@dataclass(frozen=True)
class Difference:
    """How far a group lies from another, or from all others together.

    Attributes
    ----------
    first : str or bool
    second : str, bool or None
        None: all other groups together.
    means, medians : Number
        First less second.
    around_means, around_medians : tuple of float, optional
        Bootstrap intervals; none where a group is small.
    delta : Number
        Cliff's delta, from -1 to 1.
    """

    first: Key
    second: Key
    means: Number
    around_means: tuple[float, float] | None
    medians: Number
    around_medians: tuple[float, float] | None
    delta: Number


@dataclass(frozen=True)
class Grouping:
    """The groups of a base.

    Attributes
    ----------
    by, of : str
        Expressions: what groups the companies, and the number that is looked at.
    shares : bool
        Whether `of` is a condition: 100 where it holds and 0 where not, so that the mean is the
        per cent of companies for which it holds.
    word : str, optional
        The name whose words the keys are, such as ``country``.
    base : Base
    groups : tuple of Summary
        From the highest mean to the lowest; not known last.
    differences : tuple of Difference
        Two groups: the first less the second. More: each less all others.
    """

    by: str
    of: str
    shares: bool
    word: str | None
    base: Base
    groups: tuple[Summary, ...]
    differences: tuple[Difference, ...]


def group(inquiry: Inquiry, by: str, of: str = "total", base: Base | None = None) -> Grouping:
    """Companies of a base in groups.

    Parameters
    ----------
    inquiry : Inquiry
        Points are those of its basis, published or assessed: the evaluation's own unless it was
        made with another.
    by : str
        A name such as ``country`` or ``joint_venture``, or a condition.
    of : str
        The number that is looked at, or a condition. ``where`` in one of the two leaves companies
        out of all groups.
    base : Base, optional
        All companies unless given.

    Raises
    ------
    ExpressionError
        If one of the expressions means nothing, or something else.
    """
    facts = inquiry.facts if base is None else inquiry.facts.on(base)
    keys = evaluate(by, facts, inquiry.definitions).value
    if not isinstance(keys, Column) or isinstance(keys.cells[0], Number):
        expected = "words or a condition of every company"
        hint = "such as country, joint_venture or 'total > 50'"
        raise ExpressionError(by, 1, expected, described(keys), hint)
    numbers = evaluate(of, facts, inquiry.definitions).value
    if not isinstance(numbers, Column) or isinstance(numbers.cells[0], Word):
        expected = "numbers or a condition of every company"
        raise ExpressionError(of, 1, expected, described(numbers), "such as total or scope3_action")
    inside: dict[Key, list[tuple[str, Number]]] = {}
    members = map(both, keys.members, numbers.members)
    rows = zip(facts.companies, keys.cells, numbers.cells, members, strict=True)
    for company, cell, number, member in rows:
        if member is not False:
            key = None if member is None else _key(cell)
            inside.setdefault(key, []).append((company, _measured(number)))
    groups = sorted((_summary(key, found) for key, found in inside.items()), key=_order)
    first = keys.cells[0]
    return Grouping(
        by,
        of,
        isinstance(numbers.cells[0], Truth),
        first.of if isinstance(first, Word) else None,
        facts.base,
        tuple(groups),
        tuple(_differences(groups, inside)),
    )


def with_and_without_joint_ventures(
    inquiry: Inquiry, by: str, of: str = "total"
) -> tuple[Grouping, ...]:
    """The groups of all companies, and of those that are no joint ventures.

    One alone where no company is a joint venture, or where the question names one. Points are
    those of the inquiry's basis, as in `group`.
    """
    found = [group(inquiry, by, of)]
    without = inquiry.bases.get("without-joint-ventures")
    if without is not None:
        with suppress(ElsewhereError):
            found.append(group(inquiry, by, of, without))
    return tuple(found)


def size_of(delta: Fraction) -> Size:
    """How much an effect is called: negligible, small, medium or large.

    Romano, J., Kromrey, J. D., Coraggio, J. and Skowronek, J. (2006):
    thresholds of 0.147, 0.33 and 0.474 for Cliff's delta.
    """
    magnitude = abs(delta)
    if magnitude < Fraction(147, 1000):
        return "negligible"
    if magnitude < Fraction(33, 100):
        return "small"
    return "medium" if magnitude < Fraction(474, 1000) else "large"


def _key(cell: Cell) -> Key:
    return cell.value if isinstance(cell, (Truth, Word)) else None


def _measured(cell: Cell) -> Number:
    """A number; of a condition 100 where it holds, 0 where not, anything between where open."""
    if not isinstance(cell, Truth):
        return number_in(cell)
    return Number(
        Fraction(100 if cell.value is True else 0), Fraction(0 if cell.value is False else 100)
    )


def _order(summary: Summary) -> tuple[bool, Fraction, str]:
    low = summary.mean.low
    return summary.key is None, Fraction(0) if low is None else -low, str(summary.key)


def _summary(key: Key, members: Sequence[tuple[str, Number]]) -> Summary:
    known = [(company, number) for company, number in members if _has_ends(number)]
    column = _column([number for _, number in known])
    low, high = _ends(column)
    return Summary(
        key,
        tuple(company for company, _ in known),
        tuple(company for company, number in members if not _has_ends(number)),
        statistic_of("mean", column),
        statistic_of("median", column),
        statistic_of("min", column),
        statistic_of("max", column),
        _around_mean(low, high) if len(known) >= SMALL else None,
    )


def _differences(
    groups: Sequence[Summary], inside: dict[Key, list[tuple[str, Number]]]
) -> list[Difference]:
    keys = [summary.key for summary in groups if summary.key is not None and summary.companies]
    numbers = {k: [n for _, n in inside[k] if _has_ends(n)] for k in keys}
    if len(keys) == 2:
        return [_difference(keys[0], keys[1], numbers[keys[0]], numbers[keys[1]])]
    found = []
    for key in keys if len(keys) > 2 else ():
        others = [number for other in keys if other != key for number in numbers[other]]
        found.append(_difference(key, None, numbers[key], others))
    return found


def _difference(
    first: Key, second: Key, one: Sequence[Number], other: Sequence[Number]
) -> Difference:
    left, right = _column(one), _column(other)
    around: dict[str, tuple[float, float] | None] = {"mean": None, "median": None}
    if min(len(one), len(other)) >= SMALL:
        around = {name: _around(left, right, name) for name in around}
    return Difference(
        first,
        second,
        statistic_of("mean", left) - statistic_of("mean", right),
        around["mean"],
        statistic_of("median", left) - statistic_of("median", right),
        around["median"],
        delta_of(one, other),
    )


def _around_mean(low: NDArray[np.float64], high: NDArray[np.float64]) -> tuple[float, float]:
    least = _drawn(low, "mean", _rng())
    exact = np.array_equal(low, high)
    return _middle(least, least if exact else _drawn(high, "mean", _rng()))


def _around(left: Column, right: Column, name: str) -> tuple[float, float]:
    """The bootstrap interval of a difference, from its least to its greatest."""
    low, high = _ends(left)
    other_low, other_high = _ends(right)
    one, other = _rng().spawn(2)
    states = one.bit_generator.state, other.bit_generator.state
    least = _drawn(low, name, one) - _drawn(other_high, name, other)
    if np.array_equal(low, high) and np.array_equal(other_low, other_high):
        return _middle(least, least)
    one.bit_generator.state, other.bit_generator.state = states
    greatest = _drawn(high, name, one) - _drawn(other_low, name, other)
    return _middle(least, greatest)


def _drawn(values: NDArray[np.float64], name: str, rng: np.random.Generator) -> NDArray[np.float64]:
    """A statistic of each of many groups drawn from the values, shape (10,000,)."""
    drawn = values[rng.integers(0, len(values), size=(RESAMPLES, len(values)))]
    result: NDArray[np.float64] = drawn.mean(axis=1) if name == "mean" else np.median(drawn, axis=1)
    return result


def _middle(least: NDArray[np.float64], greatest: NDArray[np.float64]) -> tuple[float, float]:
    outside = (100 - MIDDLE) / 2
    return float(np.percentile(least, outside)), float(np.percentile(greatest, 100 - outside))


def _rng() -> np.random.Generator:
    return np.random.default_rng(SEED)


def _column(numbers: Sequence[Number]) -> Column:
    return Column(tuple(numbers), tuple(True for _ in numbers))


def _ends(column: Column) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    numbers = [number_in(cell) for cell in column.cells]
    low = [float(number.low) for number in numbers if number.low is not None]
    high = [float(number.high) for number in numbers if number.high is not None]
    return np.array(low), np.array(high)


def _has_ends(number: Number) -> bool:
    return number.low is not None and number.high is not None
