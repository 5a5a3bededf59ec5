"""Weightings other than a scorecard's own, fixed and drawn, as whole numbers.

A draw weighs grid steps of blocks by whole numbers, so that two companies tie
in it exactly when their totals are equal and never for want of digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cati.analysis.ranking import Totals
from cati.model.weighting import track_points
from cati.problems import CatiError, UsageError
from cati.scoring.scorecard import LARGEST, Scorecard

StepWeights = NDArray[np.int64]
"""What a grid step of each block counts, shape (blocks, draws); comparable within a draw."""

SHARE_STEPS = 10_000
"""Shares are drawn in hundredths of a per cent."""

WHOLE = 2**29
"""Weights of blocks are drawn in parts of about so many, so that totals have 32 bits."""


@dataclass(frozen=True)
class OwnWeights:
    """The scorecard's own weighting in every draw."""

    def steps(self, card: Scorecard, random: np.random.Generator, draws: int) -> StepWeights:
        """Weights of grid steps; nothing is drawn."""
        return _repeated(card.numerators, draws)


@dataclass(frozen=True)
class EqualWeights:
    """Every block counts the same in every draw: its rate, whatever its points and track."""

    def steps(self, card: Scorecard, random: np.random.Generator, draws: int) -> StepWeights:
        """Weights of grid steps; nothing is drawn.

        Raises
        ------
        CatiError
            If the blocks' points have no common multiple that fits.
        """
        whole = lcm(*(block.steps for block in card.blocks))
        weights = [whole // block.steps for block in card.blocks]
        require_exact(whole * len(card.blocks))
        return _repeated(np.array(weights, dtype=np.int64), draws)


@dataclass(frozen=True)
class ShareWeights:
    """Shares of the weighted tracks drawn evenly; points inside a track count as before.

    Every division of 100 per cent is as likely as any other, in steps of 0.01.

    Attributes
    ----------
    between : tuple of Decimal, optional
        Least and greatest share of the first weighted track, in per cent;
        only where there are two.
    """

    between: tuple[Decimal, Decimal] | None = None

    def steps(self, card: Scorecard, random: np.random.Generator, draws: int) -> StepWeights:
        """Weights of grid steps.

        Raises
        ------
        UsageError
            If fewer than two tracks are weighted, or the bounds do not fit.
        """
        tracks = [track.id for track in card.methodology.weighted_tracks]
        if len(tracks) < 2:
            raise UsageError(f"{card.methodology.id} has no two weighted tracks to draw shares of")
        shares = self._shares(len(tracks), random, draws)
        per_share, others = share_weights(card)
        rows = []
        for block in card.blocks:
            if block.track in tracks:
                share = shares[tracks.index(block.track)]
                rows.append(share * per_share[block.track])
            else:
                rows.append(np.full(draws, others[block.track] * SHARE_STEPS, dtype=np.int64))
        return np.array(rows)

    def _shares(self, tracks: int, random: np.random.Generator, draws: int) -> StepWeights:
        """Shares that add up to `SHARE_STEPS`: the gaps between points drawn evenly."""
        low, high = 0, SHARE_STEPS
        if self.between is not None:
            low, high = (int(end * SHARE_STEPS / 100) for end in self.between)
            if tracks != 2 or not 0 <= low <= high <= SHARE_STEPS:
                raise UsageError(
                    "bounds of the share: expected two weighted tracks and two numbers from 0 to "
                    f"100, rising; found {self.between[0]} and {self.between[1]}"
                )
        cuts = np.sort(random.integers(low, high + 1, size=(tracks - 1, draws)), axis=0)
        return np.diff(cuts, axis=0, prepend=0, append=SHARE_STEPS)


@dataclass(frozen=True)
class BlockWeights:
    """Weights of the blocks drawn from a Dirichlet distribution.

    A block of nominal weight p has p as its mean, and a standard deviation
    of ``sqrt(p * (1 - p) / (concentration + 1))``: the greater the concentration,
    the closer to the centre. With the centre ``equal`` and as concentration the
    number of blocks, every weighting is as likely as any other.

    Attributes
    ----------
    concentration : int
    centre : {"nominal", "equal"}
        Around the weights that the scorecard gives, or equal ones.
    """

    concentration: int = 100
    centre: Literal["nominal", "equal"] = "nominal"

    def steps(self, card: Scorecard, random: np.random.Generator, draws: int) -> StepWeights:
        """Weights of grid steps, rounded to whole numbers after they are drawn.

        Raises
        ------
        UsageError
            If the concentration is not above 0.
        """
        if self.concentration <= 0:
            raise UsageError(
                f"concentration: expected a number above 0; found {self.concentration}"
            )
        most = np.array([block.steps for block in card.blocks])
        shape = np.full(len(most), 1 / len(most))
        if self.centre == "nominal":
            shape = np.array([float(weight) for weight in nominal_weights(card)])
        drawn = random.standard_gamma(self.concentration * shape, size=(draws, len(most)))
        scale = WHOLE / drawn.sum(axis=1, keepdims=True)
        steps: StepWeights = np.rint((drawn * scale / most).T).astype(np.int64)
        return steps


Weights = OwnWeights | EqualWeights | ShareWeights | BlockWeights


def nominal_weights(card: Scorecard) -> tuple[Fraction, ...]:
    """Each block's part of the most a total can be, by the scorecard's weighting."""
    most = [card.factors[block.track] * block.steps for block in card.blocks]
    return tuple(part / sum(most) for part in most)


def share_weights(card: Scorecard) -> tuple[dict[str, int], dict[str, int]]:
    """What a grid step counts: for each unit of its track's share, and in tracks not weighted.

    Returns
    -------
    per_share : dict of str to int
        By weighted track; to be multiplied by its share.
    others : dict of str to int
        By other track; to be multiplied by the sum of all shares.
    """
    methodology = card.methodology
    points = track_points(methodology)
    weighted = {track.id for track in methodology.weighted_tracks}
    pool = sum((points[track] for track in weighted), Fraction(0))
    exact = {
        track.id: pool / points[track.id] if track.id in weighted else card.factors[track.id]
        for track in methodology.tracks
    }
    unit = lcm(*(weight.denominator for weight in exact.values()))
    whole = {track: int(weight * unit) for track, weight in exact.items()}
    return (
        {track: weight for track, weight in whole.items() if track in weighted},
        {track: weight for track, weight in whole.items() if track not in weighted},
    )


def weighed(card: Scorecard, points: NDArray[np.int64], weights: StepWeights) -> Totals:
    """Totals of rows of the card's points under every draw, shape (rows, draws), exactly.

    Has 32 bits where no total of full points needs more, since narrow
    numbers are compared faster.

    Raises
    ------
    CatiError
        If they would not fit.
    """
    most = np.array([block.steps for block in card.blocks])
    largest = int((most[:, None] * weights).sum(axis=0).max())
    require_exact(largest)
    narrow = np.int32 if largest < 2**31 else np.int64
    totals: Totals = np.einsum("rb,bd->rd", points.astype(narrow), weights.astype(narrow))
    return totals


def require_exact(largest: int) -> None:
    """Refuse whole numbers that 64 bits do not hold.

    Raises
    ------
    CatiError
    """
    if largest > LARGEST:
        raise CatiError("the weights have too many digits to compute with exactly")


def _repeated(weights: NDArray[np.int64], draws: int) -> StepWeights:
    return np.repeat(weights[:, None], draws, axis=1)
