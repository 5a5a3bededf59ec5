"""Small scorecards with open points, and every way in which these can fall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import cast

import numpy as np
from hypothesis import strategies as st

from cati.model.interval import Interval
from cati.model.methodology import Methodology
from cati.model.weighting import track_factors
from cati.scoring.blocks import published_blocks
from cati.scoring.scorecard import Scorecard
from tests.scoring.synthetic import column, methodology

Blocks = tuple[tuple[int, int], ...]
"""Least and greatest steps in every block."""

World = dict[str, tuple[int, ...]]
"""Steps of every company in every block."""


def two_tracks(shares: tuple[str, str] | None = ("30", "70")) -> Methodology:
    """Blocks of steps: ``once`` 2, ``own`` 3, ``chain_rest`` 1, and ``part`` 3 inside ``chain``."""
    given = (
        None if shares is None else dict(zip(("own", "chain"), map(Decimal, shares), strict=True))
    )
    return methodology(
        [
            ("1.1", 2, "once"),
            ("1.2", 2, "own"),
            ("1.2", 1, "own"),
            ("1.3", 3, "chain"),
            ("1.3", 1, "chain"),
        ],
        [
            column("once", ["1.1"]),
            column("own", ["1.2"]),
            column("chain", ["1.3"]),
            column("part", ["1.3.1"], overlaps=True),
        ],
        shares=given,
    )


def card_of(*companies: Sequence[Blocks], made_up: Methodology | None = None) -> Scorecard:
    """A scorecard of companies ``a``, ``b``, ``c``, each with its alternatives."""
    made_up = made_up or two_tracks()
    flat = [alternative for company in companies for alternative in company]
    low = np.array([[low for low, _ in row] for row in flat], dtype=np.int64)
    high = np.array([[high for _, high in row] for row in flat], dtype=np.int64)
    return Scorecard(
        evaluation="made-up",
        methodology=made_up,
        basis="published",
        companies=tuple("abcdefgh"[: len(companies)]),
        blocks=published_blocks(made_up),
        owner=np.array(
            [at for at, company in enumerate(companies) for _ in company], dtype=np.intp
        ),
        low=low,
        high=low if (low == high).all() else high,
        stated={},
        factors=track_factors(made_up),
    )


def exact(*steps: int) -> list[Blocks]:
    """One alternative of exact points."""
    return [tuple((number, number) for number in steps)]


@st.composite
def cards(draw: st.DrawFn, most_companies: int = 4) -> Scorecard:
    """Cards of few companies with alternatives and narrow intervals."""
    made_up = two_tracks(draw(st.sampled_from([("30", "70"), ("50", "50"), ("0", "100"), None])))
    ends = st.tuples(
        *(
            st.tuples(st.integers(0, b.steps), st.integers(0, 1)).map(
                lambda drawn, most=b.steps: (drawn[0], min(most, sum(drawn)))
            )
            for b in published_blocks(made_up)
        )
    )
    known = ends.map(lambda row: tuple((low, low) for low, _ in row))
    company = st.one_of(
        st.lists(known, min_size=1, max_size=1),
        st.lists(ends, min_size=1, max_size=2),
    )
    companies = draw(st.lists(company, min_size=1, max_size=most_companies))
    return card_of(
        *(cast(list[Blocks], alternatives) for alternatives in companies), made_up=made_up
    )


def ways(card: Scorecard, company: str) -> list[tuple[int, ...]]:
    """Everything a company's blocks can hold together."""
    found = []
    for row in np.flatnonzero(card.owner == card.companies.index(company)).tolist():
        ends = zip(card.low[row].tolist(), card.high[row].tolist(), strict=True)
        found += list(product(*(range(low, high + 1) for low, high in ends)))
    return found


def total_of(card: Scorecard, steps: Sequence[int]) -> Fraction:
    """The weighted total of block steps, in points."""
    grid = Fraction(card.methodology.grid)
    return sum(
        (card.factors[b.track] * grid * s for b, s in zip(card.blocks, steps, strict=True)),
        Fraction(0),
    )


def total_ends(card: Scorecard, company: str) -> Interval:
    """The least and the greatest of a company's totals, one way after the other."""
    totals = [total_of(card, steps) for steps in ways(card, company)]
    return Interval(min(totals), max(totals))


def rankings(card: Scorecard, most: int = 3_000) -> Iterator[dict[str, int]]:
    """Competition ranks in every world; where these are too many, of least and greatest totals."""
    of_company = {c: {total_of(card, steps) for steps in ways(card, c)} for c in card.companies}
    size = 1
    for totals in of_company.values():
        size *= len(totals)
    if size > most:
        of_company = {c: {min(t), max(t)} for c, t in of_company.items()}
    for totals in product(*of_company.values()):
        yield {
            c: 1 + sum(other > own for other in totals)
            for c, own in zip(of_company, totals, strict=True)
        }
