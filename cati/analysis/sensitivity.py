"""What the ranking hangs on: parts left out, effective weights, parts that tell nobody apart.

Works on the scorecard's own basis. A part that is not made of whole blocks, such as a
dimension of a printed table, can still be left out: its points, and so the
ranks without it, are then intervals. Statistics that need one number for each company
are given for two readings of the open points, see `Reading`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cati.analysis.ranking import by_company, direction, rank_ends
from cati.problems import CatiError, UsageError
from cati.scoring.scorecard import LARGEST, Level, Rank, Scorecard

Keep = Literal["factors", "shares"]

Reading = Literal["least", "greatest"]
"""Where a statistic needs one number for each company: every company at its
alternative of the least total with no open point earned, or at the one of the
greatest total with every open point earned. Two readings of what is open, not
bounds of the statistic; the same where nothing is open."""

READINGS: tuple[Reading, Reading] = ("least", "greatest")

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class LeftOut:
    """The ranking without some indicators.

    Attributes
    ----------
    part : str
        Id of the column, track or block, or code of the dimension or sub-dimension.
    weight : Fraction
        Part of the greatest total that is left out, by the scorecard's weighting.
    before, after : dict of str to Rank
        By company.
    """

    part: str
    weight: Fraction
    before: Mapping[str, Rank]
    after: Mapping[str, Rank]

    @property
    def moved(self) -> tuple[str, ...]:
        """Companies whose rank changes for certain."""
        return tuple(
            c for c, rank in self.before.items() if direction(rank, self.after[c]) in {"up", "down"}
        )

    @property
    def may_move(self) -> tuple[str, ...]:
        """Companies whose rank may change, those that surely do included."""
        return tuple(
            c for c, rank in self.before.items() if direction(rank, self.after[c]) != "same"
        )

    @property
    def furthest(self) -> tuple[tuple[str, ...], int]:
        """The companies that surely move by the most ranks, and by how many at least."""
        least = {
            company: max(
                rank.best - self.after[company].worst, self.after[company].best - rank.worst
            )
            for company, rank in self.before.items()
        }
        most = max(0, *least.values())
        return tuple(c for c, by in least.items() if most and by == most), most


@dataclass(frozen=True)
class EffectiveWeight:
    """How much of the differences between totals a part makes.

    Attributes
    ----------
    part : str
    nominal : Fraction
        Part of the greatest total, from 0 to 1.
    effective : dict of str to Fraction or None
        Covariance of the part's contribution with the total over the variance of the total,
        by reading; those of disjoint parts that hold everything add up to 1. None where all
        totals are equal.
    """

    part: str
    nominal: Fraction
    effective: Mapping[Reading, Fraction | None]


@dataclass(frozen=True)
class Earned:
    """How far a part tells companies apart.

    Attributes
    ----------
    part : str
    of : int
        Companies in the scorecard.
    nothing, everything, something : int
        Companies that surely hold no point of it, all of them, or some but not all.
    not_settled : int
        The others.
    """

    part: str
    of: int
    nothing: int
    everything: int
    something: int
    not_settled: int


@dataclass(frozen=True)
class Correlations:
    """Correlations between parts, and of each with the total, in one reading.

    Attributes
    ----------
    reading : {"least", "greatest"}
    companies : int
    parts : tuple of str
        The last is ``total``.
    pearson, spearman : ndarray of float, shape (parts, parts)
        ``nan`` where a part is the same for all companies. Ties share the mean of their ranks.
    """

    reading: Reading
    companies: int
    parts: tuple[str, ...]
    pearson: NDArray[np.float64]
    spearman: NDArray[np.float64]


@dataclass(frozen=True)
class Sensitivity:
    """Everything that is said of the parts of one level.

    Attributes
    ----------
    left_out, earned : tuple
        One entry for each part.
    weights : dict of str to EffectiveWeight
        By part, of those made of whole blocks.
    correlations : tuple of Correlations
        In either reading.
    """

    level: Level
    keep: Keep
    left_out: tuple[LeftOut, ...]
    earned: tuple[Earned, ...]
    weights: Mapping[str, EffectiveWeight]
    correlations: tuple[Correlations, ...]

    def with_total(self, part: str) -> dict[str, tuple[float, ...]]:
        """A part's correlations with the total in either reading; empty where there are none."""
        if part not in self.correlations[0].parts:
            return {}
        at = self.correlations[0].parts.index(part)
        return {
            "pearson": tuple(float(c.pearson[at, -1]) for c in self.correlations),
            "spearman": tuple(float(c.spearman[at, -1]) for c in self.correlations),
        }


def sensitivity(card: Scorecard, level: Level = "columns", keep: Keep = "factors") -> Sensitivity:
    """Everything on the parts of a level; see the functions below.

    Raises
    ------
    UsageError
        For single indicators of a printed table, which does not show them.
    """
    if level == "indicators" and card.basis == "published":
        raise UsageError(
            "level: a printed table gives no points of single indicators; expected blocks or "
            "columns, or the assessed basis"
        )
    return Sensitivity(
        level,
        keep,
        each_left_out(card, level, keep),
        earned(card, level),
        {weight.part: weight for weight in effective_weights(card, level)},
        tuple(correlations(card, level, reading) for reading in READINGS),
    )


def members(card: Scorecard, level: Level) -> dict[str, tuple[str, ...]]:
    """Codes of the indicators in every part of a level; columns of unproven make-up have none."""
    methodology = card.methodology
    if level == "blocks":
        return {block.id: block.codes for block in card.blocks}
    if level == "columns":
        proven = [column for column in methodology.columns if column.make_up == "proven"]
        return {column.id: methodology.codes(column.members) for column in proven}
    if level == "tracks":
        return {
            track.id: tuple(i.code for i in methodology.indicators() if i.track == track.id)
            for track in methodology.tracks
        }
    return {code: methodology.codes([code]) for code in card.groups(level)}


def whole_blocks(card: Scorecard, codes: Sequence[str]) -> tuple[int, ...] | None:
    """Places of the blocks that indicators make up together; None if they cut one."""
    inside = set(codes)
    found = []
    for at, block in enumerate(card.blocks):
        shared = inside.intersection(block.codes)
        if shared and len(shared) < len(block.codes):
            return None
        if shared:
            found.append(at)
    return tuple(found)


def leave_out(card: Scorecard, part: str, codes: Sequence[str], keep: Keep = "factors") -> LeftOut:
    """The ranking without some indicators.

    Parameters
    ----------
    card : Scorecard
    part : str
        What to call them.
    codes : sequence of str
        Codes of indicators.
    keep : {"factors", "shares"}
        ``factors``: every remaining point counts as before; nothing is rescaled.
        ``shares``: what remains of a track is scaled up so that the track can add
        as much to a total as before. Rescaling the total as a whole would move no rank.

    Raises
    ------
    CatiError
        If the factors are too finely divided to compute with.
    """
    steps = {i.code: card.methodology.steps(i.points) for i in card.methodology.indicators()}
    left = set(codes)
    inside = np.array([sum(steps[c] for c in b.codes if c in left) for b in card.blocks])
    outside = np.array([block.steps for block in card.blocks]) - inside
    gone, stays = dict.fromkeys(card.factors, 0), dict.fromkeys(card.factors, 0)
    for block, some, others in zip(card.blocks, inside.tolist(), outside.tolist(), strict=True):
        gone[block.track] += some
        stays[block.track] += others
    factors = dict(card.factors)
    if keep == "shares":
        factors = {
            t: f * (1 + Fraction(gone[t], stays[t])) if stays[t] else f for t, f in factors.items()
        }
    numerators = _numerators(card, factors)
    low = np.maximum(0, card.low - inside) @ numerators
    high = np.minimum(outside, card.high) @ numerators
    ends = by_company(card, low[:, None], high[:, None])
    best, worst = rank_ends(*ends)
    most = sum((card.factors[t] * (gone[t] + stays[t]) for t in gone), Fraction(0))
    return LeftOut(
        part,
        sum((card.factors[t] * gone[t] for t in gone), Fraction(0)) / most,
        {company: card.rank(company) for company in card.order},
        {
            company: Rank(int(best[at, 0]), int(worst[at, 0]))
            for at, company in enumerate(card.companies)
        },
    )


def each_left_out(card: Scorecard, level: Level, keep: Keep = "factors") -> tuple[LeftOut, ...]:
    """The ranking without each part of a level in turn; see `leave_out`."""
    return tuple(leave_out(card, part, codes, keep) for part, codes in members(card, level).items())


def effective_weights(card: Scorecard, level: Level) -> tuple[EffectiveWeight, ...]:
    """How much of the differences between totals each part of a level makes, beside its weight.

    Only parts made of whole blocks: of the others the basis knows no contribution.
    Covariance over variance: Shorrocks (1982), Inequality decomposition by factor components,
    Econometrica 50, 193-211.
    """
    numerators = card.numerators
    most = numerators * np.array([block.steps for block in card.blocks])
    tables = {reading: reading_points(card, reading) * numerators for reading in READINGS}
    found = []
    for part, codes in members(card, level).items():
        at = whole_blocks(card, codes)
        if at is None:
            continue
        effective = {
            reading: _covariance_share(table[:, at].sum(axis=1), table.sum(axis=1))
            for reading, table in tables.items()
        }
        nominal = Fraction(int(most[list(at)].sum()), int(most.sum()))
        found.append(EffectiveWeight(part, nominal, effective))
    return tuple(found)


def earned(card: Scorecard, level: Level) -> tuple[Earned, ...]:
    """How many companies hold nothing, something or everything of each part of a level."""
    found = []
    for part, codes in members(card, level).items():
        group = card.group(codes)
        nothing = group.high == 0
        everything = (group.low == group.most) & ~nothing
        something = (group.low > 0) & (group.high < group.most)
        none, some, full = (int(flags.sum()) for flags in (nothing, something, everything))
        size = len(card.companies)
        found.append(Earned(part, size, none, full, some, size - none - some - full))
    return tuple(found)


def correlations(card: Scorecard, level: Level, reading: Reading = "least") -> Correlations:
    """Pearson's and Spearman's correlations between the parts of a level and the total.

    Parts made of whole blocks only, as in `effective_weights`. A part is inside the total, which by
    itself makes for some correlation.
    """
    points = reading_points(card, reading)
    named = {part: whole_blocks(card, codes) for part, codes in members(card, level).items()}
    held = {part: points[:, at].sum(axis=1) for part, at in named.items() if at is not None}
    held["total"] = points @ card.numerators
    rows = np.array(list(held.values()))
    return Correlations(
        reading,
        len(card.companies),
        tuple(held),
        _pearson(rows),
        _pearson(np.array([_mean_ranks(row) for row in rows])),
    )


def reading_points(card: Scorecard, reading: Reading) -> Whole:
    """Grid steps of every company in every block, in one reading of what is open.

    Of alternatives with the same total, the first is the least and the last the greatest.

    Returns
    -------
    ndarray of int, shape (companies, blocks)
    """
    points = card.low if reading == "least" else card.high
    totals = points @ card.numerators
    chosen = []
    for company in range(len(card.companies)):
        rows = np.flatnonzero(card.owner == company)
        last_first = rows[::-1]
        chosen.append(
            rows[np.argmin(totals[rows])]
            if reading == "least"
            else last_first[np.argmax(totals[last_first])]
        )
    return points[chosen]


def _numerators(card: Scorecard, factors: Mapping[str, Fraction]) -> Whole:
    """What a grid step of each block counts, in whole numbers."""
    unit = lcm(*(factor.denominator for factor in factors.values()))
    whole = [int(factors[block.track] * unit) for block in card.blocks]
    most = sum(n * block.steps for n, block in zip(whole, card.blocks, strict=True))
    if most * len(card.companies) > LARGEST:
        raise CatiError("the shares have too many digits to compute with exactly")
    return np.array(whole, dtype=np.int64)


def _covariance_share(part: Whole, total: Whole) -> Fraction | None:
    """Covariance of whole numbers over the variance of the second, exactly."""
    size = len(total)
    ones, whole = part.tolist(), total.tolist()
    variance = size * sum(t * t for t in whole) - sum(whole) ** 2
    if variance == 0:
        return None
    products = sum(p * t for p, t in zip(ones, whole, strict=True))
    return Fraction(size * products - sum(ones) * sum(whole), variance)


def _pearson(rows: NDArray[np.float64] | Whole) -> NDArray[np.float64]:
    """Correlations between rows; nan for rows that do not vary."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).sum(axis=1))
    spread[np.ptp(rows, axis=1) == 0] = np.nan
    unit = centred / spread[:, None]
    found: NDArray[np.float64] = np.clip(unit @ unit.T, -1, 1)
    return found


def _mean_ranks(values: Whole) -> NDArray[np.float64]:
    """Ranks from the smallest, equal values sharing the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (count.cumsum() - (count - 1) / 2)[place]
    return ranks
