"""From shares to factors.

The 2024 table is reproduced by multiplying Scope 1&2 points by 0.6 and
Scope 3 points by 1.4. With 42 points in either group this is a 30 : 70 split
of 84 points, which is how a methodology states it; the factors follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from cati.model.methodology import Methodology


def track_points(methodology: Methodology) -> dict[str, Fraction]:
    """The most points that each track's indicators can earn together."""
    points = {track.id: Fraction(0) for track in methodology.tracks}
    for indicator in methodology.indicators():
        points[indicator.track] += Fraction(indicator.points)
    return points


def track_shares(
    methodology: Methodology, shares: Mapping[str, Decimal] | None = None
) -> dict[str, Fraction]:
    """Share of each weighted track, in per cent; without any given, by its points.

    Parameters
    ----------
    methodology : Methodology
    shares : mapping of str to Decimal, optional
        Shares to use in place of the methodology's own.
    """
    weighted = methodology.weighted_tracks
    if shares is None and all(track.share is not None for track in weighted):
        shares = {track.id: track.share for track in weighted if track.share is not None}
    if shares is not None:
        return {track.id: Fraction(shares[track.id]) for track in weighted}
    points = track_points(methodology)
    pool = sum(points[track.id] for track in weighted)
    return {track.id: 100 * points[track.id] / pool for track in weighted}


def track_factors(
    methodology: Methodology, shares: Mapping[str, Decimal] | None = None
) -> dict[str, Fraction]:
    """Factor by which the points of each track count in the total.

    A weighted track's factor brings its points to its share of all weighted
    points, so the methodology's maximum stays what it is. Tracks that are
    not weighted count once.

    Parameters
    ----------
    methodology : Methodology
    shares : mapping of str to Decimal, optional
        Shares to use in place of the methodology's own; per cent, 100 together.

    Returns
    -------
    dict of str to Fraction
        By track id.
    """
    points = track_points(methodology)
    of_share = track_shares(methodology, shares)
    pool = sum(points[track_id] for track_id in of_share)
    factors = {track.id: Fraction(1) for track in methodology.tracks}
    for track_id, share in of_share.items():
        factors[track_id] = share / 100 * pool / points[track_id]
    return factors
