"""How far two or more people who graded the same things agree, beyond chance.

Statistics of agreement are floats: they describe a grading and decide no
score. Where chance leaves nothing to tell, because everyone gave the same
answer throughout, they are None and not 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

Metric = Literal["nominal", "ordinal", "interval"]
Weights = Literal["none", "linear", "quadratic"]

Rating = int | None
"""A rank among ordered answers, from 0; None where someone gave none."""

Unit = Sequence[Rating]
"""The ratings of one thing, one for each person."""

U = TypeVar("U")

DRAWS = 2_000
SEED = 1
LEVEL = 0.95


@dataclass(frozen=True)
class Bounded:
    """A statistic with its bootstrap interval.

    Attributes
    ----------
    value : float, optional
        None where it is not defined.
    low, high : float, optional
        Percentile bootstrap interval over the units; None with fewer than two
        units, or where the statistic is undefined in most of the draws.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Agreement:
    """How two people agree about the units both rated.

    Attributes
    ----------
    units : int
        Things both rated: the base of everything here.
    equal : Fraction, optional
        Share of them on which both say the same; None without any.
    kappa, linear, quadratic : Bounded
        Cohen's kappa, and the same with linear and quadratic weights.
    nominal, ordinal, interval : Bounded
        Krippendorff's alpha by how far answers are apart: not at all or fully,
        by the answers between them, or by their difference.
    """

    units: int
    equal: Fraction | None
    kappa: Bounded
    linear: Bounded
    quadratic: Bounded
    nominal: Bounded
    ordinal: Bounded
    interval: Bounded


def agreement(first: Sequence[Rating], second: Sequence[Rating]) -> Agreement:
    """Everything there is to say about two people's ratings.

    Parameters
    ----------
    first, second : sequence of int or None
        Of the same units in the same order.
    """
    pairs = [
        (one, other)
        for one, other in zip(first, second, strict=True)
        if one is not None and other is not None
    ]
    equal = Fraction(sum(one == other for one, other in pairs), len(pairs)) if pairs else None

    def kappa(weights: Weights) -> Bounded:
        return bootstrap(lambda kinds, often: _kappa(kinds, often, weights), pairs)

    def alpha(metric: Metric) -> Bounded:
        return bootstrap(lambda kinds, often: _alpha(kinds, often, metric), pairs)

    return Agreement(
        units=len(pairs),
        equal=equal,
        kappa=kappa("none"),
        linear=kappa("linear"),
        quadratic=kappa("quadratic"),
        nominal=alpha("nominal"),
        ordinal=alpha("ordinal"),
        interval=alpha("interval"),
    )


def weighted_kappa(
    first: Sequence[int], second: Sequence[int], weights: Weights = "none"
) -> float | None:
    """Cohen's kappa of two people's ratings.

    One minus observed over expected disagreement, where two ranks i and j
    disagree by 1 unless equal, by abs(i - j), or by its square [1]_ [2]_.

    Parameters
    ----------
    first, second : sequence of int
        Ranks of the answers to the same units.
    weights : {"none", "linear", "quadratic"}

    Returns
    -------
    float or None
        None where no disagreement can be expected by chance.

    References
    ----------
    .. [1] J. Cohen, "A coefficient of agreement for nominal scales", Educational
       and Psychological Measurement 20 (1960), 37-46.
    .. [2] J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), 213-220.
    """
    pairs = list(zip(first, second, strict=True))
    return _kappa(pairs, [1] * len(pairs), weights)


def _kappa(
    pairs: Sequence[tuple[int, int]], often: Sequence[int], weights: Weights
) -> float | None:
    """Kappa of pairs of which each occurs so often."""
    if not pairs:
        return None
    kinds = max(max(pair) for pair in pairs) + 1
    observed = np.zeros((kinds, kinds))
    np.add.at(observed, tuple(np.asarray(pairs).T), often)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / sum(often)
    apart = np.abs(np.subtract.outer(np.arange(kinds), np.arange(kinds))).astype(float)
    penalty = {"none": np.sign(apart), "linear": apart, "quadratic": apart**2}[weights]
    chance = float((expected * penalty).sum())
    return None if chance == 0 else 1 - float((observed * penalty).sum()) / chance


def krippendorff_alpha(units: Sequence[Unit], metric: Metric = "ordinal") -> float | None:
    """Krippendorff's alpha of any number of people's ratings, some of which may be missing.

    One minus observed over expected disagreement, both from the matrix of
    coincidences within units; a unit with fewer than two ratings says nothing [1]_.

    Parameters
    ----------
    units : sequence of sequence of int or None
        The ratings of each unit.
    metric : {"nominal", "ordinal", "interval"}
        How far two ranks are apart.

    Returns
    -------
    float or None
        None where all ratings that can be paired are equal, or none can.

    References
    ----------
    .. [1] K. Krippendorff, "Computing Krippendorff's Alpha-Reliability",
       University of Pennsylvania (2011), which has the worked examples of the tests.
    """
    return _alpha(units, [1] * len(units), metric)


def _alpha(units: Sequence[Unit], often: Sequence[int], metric: Metric) -> float | None:
    """Alpha of units of which each occurs so often."""
    given = [[r for r in unit if r is not None] for unit in units]
    paired = [(ratings, n) for ratings, n in zip(given, often, strict=True) if len(ratings) > 1]
    if not paired:
        return None
    kinds = max(max(ratings) for ratings, _ in paired) + 1
    coincidences = np.zeros((kinds, kinds))
    for ratings, n in paired:
        counts = np.bincount(ratings, minlength=kinds).astype(float)
        pairs = np.outer(counts, counts) - np.diag(counts)
        coincidences += n * pairs / (len(ratings) - 1)
    totals = coincidences.sum(axis=0)
    apart = _squared_distance(totals, metric)
    expected = float((np.outer(totals, totals) * apart).sum())
    if expected == 0:
        return None
    observed = float((coincidences * apart).sum())
    return 1 - (float(totals.sum()) - 1) * observed / expected


def _squared_distance(totals: npt.NDArray[np.float64], metric: Metric) -> npt.NDArray[np.float64]:
    """How far ranks are apart, squared; ordinal distance counts the ratings between them."""
    ranks = np.arange(len(totals), dtype=np.float64)
    if metric == "ordinal":
        ranks = np.cumsum(totals) - totals / 2
    apart = np.subtract.outer(ranks, ranks)
    if metric == "nominal":
        return np.sign(np.abs(apart))
    return np.square(apart)


def bootstrap(
    statistic: Callable[[Sequence[U], Sequence[int]], float | None],
    units: Sequence[U],
    draws: int = DRAWS,
    seed: int = SEED,
    level: float = LEVEL,
) -> Bounded:
    """A statistic with the percentile bootstrap interval of B. Efron (1979).

    Units are drawn with replacement, as many as there are. Draws in which the
    statistic is undefined are left out; if they are the majority, there is no
    interval.

    Parameters
    ----------
    statistic : callable
        From distinct units, and how often each occurs, to a number.
    units : sequence
        Hashable.
    """
    kinds, often = list(Counter(units)), list(Counter(units).values())
    value = statistic(kinds, often)
    if value is None or len(units) < 2:
        return Bounded(value, None, None)
    generator = np.random.default_rng(seed)
    shares = np.asarray(often) / len(units)
    found: list[float] = []
    drawn_often = generator.multinomial(len(units), shares, size=draws)
    # few units can be drawn in few ways: each is worked out once
    for drawn, times in zip(*np.unique(drawn_often, axis=0, return_counts=True), strict=True):
        again = statistic(
            [kind for kind, n in zip(kinds, drawn, strict=True) if n], drawn[drawn > 0].tolist()
        )
        if again is not None:
            found += [again] * int(times)
    if 2 * len(found) <= draws:
        return Bounded(value, None, None)
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return Bounded(value, float(low), float(high))
