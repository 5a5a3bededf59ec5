"""A number between two ends, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Interval:
    """The least and the greatest a number can be; equal where it is exact."""

    low: Fraction
    high: Fraction

    @classmethod
    def exact(cls, value: Fraction) -> Interval:
        """A number without doubt."""
        return cls(value, value)

    @classmethod
    def total(cls, parts: Iterable[Interval]) -> Interval:
        """The sum of numbers; zero of none."""
        return sum(parts, cls.exact(Fraction(0)))

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def scaled(self, factor: Fraction) -> Interval:
        """Both ends times a factor of zero or more."""
        return Interval(self.low * factor, self.high * factor)
