"""Rounding for display; nothing is decided on a rounded number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor


def half_up(value: Fraction, decimals: int) -> Decimal:
    """The number with so many decimals, halves rounded up, as the tables print it.

    Parameters
    ----------
    value : Fraction
        Zero or more.
    decimals : int
        Digits behind the point; all are kept, so 46 with one decimal is ``46.0``.
    """
    scaled = floor(value * 10**decimals + Fraction(1, 2))
    return Decimal(scaled).scaleb(-decimals)


def plain(value: Fraction | Decimal) -> str:
    """An exact decimal number without trailing zeros, or a fraction where there is none.

    Examples
    --------
    >>> plain(Fraction(17, 2)), plain(Fraction(8)), plain(Fraction(1, 3))
    ('8.5', '8', '1/3')
    """
    fraction = Fraction(value)
    most = fraction.denominator.bit_length()
    if 10**most % fraction.denominator:
        return str(fraction)
    places = next(p for p in range(most + 1) if 10**p % fraction.denominator == 0)
    return f"{Decimal(f'{fraction * 10**places}e-{places}'):f}"
