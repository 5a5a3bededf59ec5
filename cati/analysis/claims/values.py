"""What expressions are made of: numbers with bounds, truth that may be open, sets of companies.

Three-valued logic is Kleene's: what follows whatever the unknown turns out to
be is true or false, the rest is open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

Open = bool | None
"""True, false, or not known."""


@dataclass(frozen=True)
class Number:
    """The least and the greatest a number can be; None where there is no bound.

    Attributes
    ----------
    above, below : bool
        Whether it is more than its least, less than its greatest: ``more than 5`` is not 5. What
        does not keep them says no more than it knows, since the ends then count as possible.
    """

    low: Fraction | None
    high: Fraction | None
    above: bool = False
    below: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    def __neg__(self) -> Number:
        return Number(_minus(self.high), _minus(self.low), self.below, self.above)

    def __add__(self, other: Number) -> Number:
        low, high = _plus(self.low, other.low), _plus(self.high, other.high)
        return Number(low, high, self.above or other.above, self.below or other.below)

    def __sub__(self, other: Number) -> Number:
        return self + -other

    def __mul__(self, other: Number) -> Number:
        if self.is_exact or other.is_exact or None in (self.low, self.high, other.low, other.high):
            return self._scaled(other) if other.is_exact else other._scaled(self)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]  # type: ignore[operator]
        return Number(min(ends), max(ends))

    def _scaled(self, factor: Number) -> Number:
        """Times a number, where a bound may be missing."""
        if not factor.is_exact or factor.low is None:
            return UNKNOWN
        if factor.low == 0:
            return exact(0)
        low = None if self.low is None else self.low * factor.low
        high = None if self.high is None else self.high * factor.low
        if factor.low > 0:
            return Number(low, high, self.above, self.below)
        return Number(high, low, self.below, self.above)

    def over(self, other: Number) -> Number:
        """The quotient; not known where the divisor may be zero."""
        if other.low is None or other.high is None or other.low <= 0 <= other.high:
            return UNKNOWN
        return self * Number(1 / other.high, 1 / other.low)

    def rounded(self, decimals: int) -> Number:
        """Rounded half up, as the tables print."""
        return Number(_rounded(self.low, decimals), _rounded(self.high, decimals))

    def magnitude(self) -> Number:
        """Without its sign."""
        if self.low is not None and self.low >= 0:
            return self
        if self.high is not None and self.high <= 0:
            return -self
        if self.low is None or self.high is None:
            return Number(Fraction(0), None)
        return Number(Fraction(0), max(-self.low, self.high))


UNKNOWN = Number(None, None)


def exact(value: int | Fraction) -> Number:
    """A number without doubt."""
    return Number(Fraction(value), Fraction(value))


@dataclass(frozen=True)
class Truth:
    """Whether something holds; None where it is not known."""

    value: Open


@dataclass(frozen=True)
class Word:
    """A text out of a vocabulary, such as a country; None where it is not known.

    Attributes
    ----------
    of : str
        The name that has it, whose vocabulary says how it may be spelt.
    """

    value: str | None
    of: str


@dataclass(frozen=True)
class Texts:
    """Texts as they were typed, not yet looked up."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Companies:
    """A set of companies: those surely in it, and those that may be."""

    sure: frozenset[str]
    possible: frozenset[str]

    @property
    def size(self) -> Number:
        """How many there are."""
        return Number(Fraction(len(self.sure)), Fraction(len(self.possible)))

    def holds(self, company: str) -> Open:
        """Whether a company is in it."""
        if company in self.sure:
            return True
        return None if company in self.possible else False

    def same(self, other: Companies) -> Open:
        """Whether both are the same."""
        if self.sure == self.possible and other.sure == other.possible:
            return self.sure == other.sure
        return None if self.sure <= other.possible and other.sure <= self.possible else False


Cell = Number | Truth | Word
Kind = Literal["number", "truth", "word"]


@dataclass(frozen=True)
class Column:
    """A figure of every company of a base.

    Attributes
    ----------
    cells : tuple of Number, Truth or Word
        In the order of the base; all of one kind.
    members : tuple of bool or None
        Whether ``where`` leaves each company in.
    """

    cells: tuple[Cell, ...]
    members: tuple[Open, ...]

    @property
    def base(self) -> Number:
        """How many companies it looks at."""
        return Number(
            Fraction(sum(m is True for m in self.members)),
            Fraction(sum(m is not False for m in self.members)),
        )

    @property
    def sure(self) -> tuple[Cell, ...]:
        """The figure of each company, which is not known where `where` leaves it out, or may."""
        pairs = zip(self.cells, self.members, strict=True)
        return tuple(cell if member else _unknown(cell) for cell, member in pairs)

    def only(self, condition: Sequence[Open]) -> Column:
        """The same, of the companies for which a condition holds."""
        members = tuple(both(m, c) for m, c in zip(self.members, condition, strict=True))
        return Column(self.cells, members)


def _unknown(cell: Cell) -> Cell:
    if isinstance(cell, Number):
        return UNKNOWN
    return Truth(None) if isinstance(cell, Truth) else Word(None, cell.of)


Value = Number | Truth | Word | Texts | Companies | Column


# Truth


def both(first: Open, second: Open) -> Open:
    """And."""
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def either(first: Open, second: Open) -> Open:
    """Or."""
    return opposite(both(opposite(first), opposite(second)))


def opposite(value: Open) -> Open:
    """Not."""
    return None if value is None else not value


def compared(sign: str, left: Number, right: Number) -> Open:
    """Whether ``left sign right`` holds, whatever the numbers are within their bounds."""
    if sign == "<":
        return _less(left, right)
    if sign == ">":
        return _less(right, left)
    if sign == "<=":
        return opposite(_less(right, left))
    if sign == ">=":
        return opposite(_less(left, right))
    equal: Open = None
    if _less(left, right) or _less(right, left):
        equal = False
    elif left.is_exact and right.is_exact:
        equal = True
    return equal if sign == "==" else opposite(equal)


def _less(left: Number, right: Number) -> Open:
    if left.high is not None and right.low is not None:
        apart = left.below or right.above
        if left.high < right.low or (apart and left.high == right.low):
            return True
    if left.low is not None and right.high is not None and left.low >= right.high:
        return False
    return None


# Companies counted and weighed


def count_of(column: Column) -> Number:
    """How many companies a condition holds for."""
    held = [both(m, truth_in(c)) for c, m in zip(column.cells, column.members, strict=True)]
    return Number(
        Fraction(sum(h is True for h in held)), Fraction(sum(h is not False for h in held))
    )


def share_of(column: Column) -> Number:
    """The per cent of its base that a condition holds for; not known where the base may be empty.

    Exact: a company that may be outside the base is in it where this makes
    the share greater, or smaller.
    """
    cells = [(truth_in(c), m) for c, m in zip(column.cells, column.members, strict=True)]
    sure = [held for held, member in cells if member is True]
    maybe = [held for held, member in cells if member is None]
    if not sure:
        return UNKNOWN
    least = Fraction(sum(h is True for h in sure), len(sure) + sum(h is not True for h in maybe))
    more = sum(h is not False for h in maybe)
    greatest = Fraction(sum(h is not False for h in sure) + more, len(sure) + more)
    return Number(100 * least, 100 * greatest)


def all_of(column: Column) -> Open:
    """Whether a condition holds for every company of its base."""
    held: Open = True
    for cell, member in zip(column.cells, column.members, strict=True):
        held = both(held, either(opposite(member), truth_in(cell)))
    return held


def set_of(column: Column, companies: Sequence[str]) -> Companies:
    """The companies a condition holds for."""
    held = [both(m, truth_in(c)) for c, m in zip(column.cells, column.members, strict=True)]
    named = list(zip(companies, held, strict=True))
    return Companies(
        frozenset(c for c, h in named if h is True),
        frozenset(c for c, h in named if h is not False),
    )


Statistic = Callable[[list[Fraction], Fraction], Fraction]
"""Of sorted values and their sum; never falls when a value rises."""

STATISTICS: dict[str, Statistic] = {
    "sum": lambda values, total: total,
    "mean": lambda values, total: total / len(values),
    "median": lambda values, total: (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2,
    "min": lambda values, total: values[0],
    "max": lambda values, total: values[-1],
}


def statistic_of(name: str, column: Column) -> Number:
    """A statistic of the companies in a base; not known where the base may be empty.

    Each of the statistics grows with every value. So the greatest it can be
    is found with the greatest values, and with the k greatest of those that
    may be outside the base, for one of all k.
    """
    pairs = list(zip(column.cells, column.members, strict=True))
    sure = [number_in(c) for c, m in pairs if m is True]
    maybe = [number_in(c) for c, m in pairs if m is None]
    if not sure:
        return exact(0) if name == "sum" and not maybe else UNKNOWN
    least = _extreme(name, [n.low for n in sure], [n.low for n in maybe], False)
    greatest = _extreme(name, [n.high for n in sure], [n.high for n in maybe], True)
    return Number(least, greatest)


def _extreme(
    name: str, sure: list[Fraction | None], maybe: list[Fraction | None], greatest: bool
) -> Fraction | None:
    values = sorted(value for value in sure if value is not None)
    others = sorted((value for value in maybe if value is not None), reverse=greatest)
    if len(values) < len(sure) or len(others) < len(maybe):
        return None
    statistic, total = STATISTICS[name], sum(values, Fraction(0))
    found = [statistic(values, total)]
    for value in others:
        insort(values, value)
        total += value
        found.append(statistic(values, total))
    return max(found) if greatest else min(found)


def ranks_of(column: Column) -> list[Number]:
    """Competition ranks, the greatest number first; of those outside its base it says nothing.

    A rank is one more than the number of companies with a higher number;
    best where others are as low as they can be, worst where they are as high.
    """
    pairs = list(zip(map(number_in, column.cells), column.members, strict=True))
    if any(n.low is None or n.high is None for n, m in pairs if m is not False):
        return [UNKNOWN for _ in pairs]
    lows = sorted(n.low for n, m in pairs if m is True and n.low is not None)
    highs = sorted(n.high for n, m in pairs if m is not False and n.high is not None)
    ranks = []
    for number, member in pairs:
        if member is False or number.low is None or number.high is None:
            ranks.append(UNKNOWN)
            continue
        above = len(highs) - bisect_right(highs, number.low) - (number.high > number.low)
        sure = len(lows) - bisect_right(lows, number.high)
        ranks.append(Number(Fraction(1 + sure), Fraction(1 + above)))
    return ranks


def greater(first: Number, second: Number) -> Number:
    """The greater of two numbers."""
    lows = [low for low in (first.low, second.low) if low is not None]
    if first.high is None or second.high is None:
        return Number(max(lows, default=None), None)
    return Number(max(lows, default=None), max(first.high, second.high))


def delta_of(first: Sequence[Number], second: Sequence[Number]) -> Number:
    """Cliff's delta, from -1 to 1.

    How often a number of the first group is above one of the second, less
    how often it is below, over all pairs.

    Cliff, N. (1993). Dominance statistics: ordinal analyses to answer ordinal
    questions. Psychological Bulletin 114, 494-509.
    """
    ends = [n for n in (*first, *second) if n.low is None or n.high is None]
    if ends or not first or not second:
        return UNKNOWN
    return Number(
        _dominance([n.low for n in first], [n.high for n in second]),
        _dominance([n.high for n in first], [n.low for n in second]),
    )


def _dominance(first: Iterable[Fraction | None], second: Iterable[Fraction | None]) -> Fraction:
    ordered = sorted(value for value in second if value is not None)
    values = [value for value in first if value is not None]
    net = sum(
        bisect_left(ordered, value) - (len(ordered) - bisect_right(ordered, value))
        for value in values
    )
    return Fraction(net, len(values) * len(ordered))


def truth_in(cell: Cell) -> Open:
    """The truth in a cell of that kind."""
    assert isinstance(cell, Truth)  # noqa: S101  the evaluation has looked at the kind
    return cell.value


def number_in(cell: Cell) -> Number:
    """The number in a cell of that kind."""
    assert isinstance(cell, Number)  # noqa: S101  the evaluation has looked at the kind
    return cell


def word_in(cell: Cell) -> str | None:
    """The word in a cell of that kind."""
    assert isinstance(cell, Word)  # noqa: S101  the evaluation has looked at the kind
    return cell.value


def _plus(first: Fraction | None, second: Fraction | None) -> Fraction | None:
    return None if first is None or second is None else first + second


def _minus(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


def _rounded(value: Fraction | None, decimals: int) -> Fraction | None:
    if value is None:
        return None
    scale = 10**decimals
    return Fraction(floor(value * scale + Fraction(1, 2)), scale)
