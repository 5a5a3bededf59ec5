"""A scorecard as pandas tables; pandas is imported only here."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from cati.scoring.scorecard import Level, Scorecard

ENDS = ("low", "high")


def ranking_frame(card: Scorecard) -> pd.DataFrame:
    """See `Scorecard.ranking`."""
    rows = []
    for company in card.order:
        rank, total = card.rank(company), card.total(company)
        ends, coverage = (float(total.low), float(total.high)), float(card.coverage(company))
        rows.append((rank.best, rank.worst, *ends, coverage))
    columns = ["rank", "worst_rank", *ENDS, "coverage"]
    return pd.DataFrame(rows, index=_companies(card), columns=columns)


def points_frame(card: Scorecard, level: Level) -> pd.DataFrame:
    """See `Scorecard.points`."""
    return _group_frame(card, level, dict.fromkeys(card.groups(level), Fraction(1)))


def rates_frame(card: Scorecard, level: Level) -> pd.DataFrame:
    """See `Scorecard.rates`."""
    groups = card.groups(level)
    return _group_frame(card, level, {name: 1 / g.most_points for name, g in groups.items()})


def contributions_frame(card: Scorecard) -> pd.DataFrame:
    """See `Scorecard.contributions`."""
    return _group_frame(card, "blocks", {b.id: card.factors[b.track] for b in card.blocks})


def _group_frame(card: Scorecard, level: Level, factors: dict[str, Fraction]) -> pd.DataFrame:
    groups = card.groups(level)
    rows = [
        [
            float(end)
            for name, group in groups.items()
            for interval in (group.points(company).scaled(factors[name]),)
            for end in (interval.low, interval.high)
        ]
        for company in card.order
    ]
    columns = pd.MultiIndex.from_product([list(groups), ENDS], names=["group", "end"])
    return pd.DataFrame(rows, index=_companies(card), columns=columns, dtype=float)


def _companies(card: Scorecard) -> pd.Index[str]:
    return pd.Index(list(card.order), name="company", dtype=str)
