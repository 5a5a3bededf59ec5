"""A scorecard as pandas tables; pandas is imported only here."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from cati.scoring.scorecard import Level, Scorecard


def ranking_frame(card: Scorecard) -> pd.DataFrame:
    """See `Scorecard.ranking`."""
    rows = {}
    for company in card.order:
        rank, total = card.rank(company), card.total(company)
        rows[company] = {
            "rank": rank.best,
            "worst_rank": rank.worst,
            "low": float(total.low),
            "high": float(total.high),
            "coverage": float(card.coverage(company)),
        }
    return _framed(rows)


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
    rows = {}
    for company in card.order:
        ends = {name: g.points(company).scaled(factors[name]) for name, g in groups.items()}
        rows[company] = {
            (name, end): float(getattr(interval, end))
            for name, interval in ends.items()
            for end in ("low", "high")
        }
    return _framed(rows)


def _framed(
    rows: dict[str, dict[str, float]] | dict[str, dict[tuple[str, str], float]],
) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows.values()), index=list(rows))
    frame.index.name = "company"
    return frame
