"""What if: another division of the weighted points, no weighting, other points.

Each function gives a scorecard of the same basis, to be asked like any other
and set beside the first by `cati.analysis.ranking.moves`. Points are
changed where the basis knows them: on the published basis in the proven columns of the printed
table, on the assessed basis in indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from cati.model.rounding import plain
from cati.model.weighting import track_points
from cati.problems import UsageError, did_you_mean, with_hint
from cati.scoring.blocks import nested_columns
from cati.scoring.scorecard import Scorecard

CHANGE = re.compile(r"(?P<company>[^.=]+)\.(?P<target>[^=]+)=(?P<points>[0-9]{1,4}(\.[0-9]{1,4})?)")


@dataclass(frozen=True)
class Change:
    """Other points for a company.

    Attributes
    ----------
    company : str
        Its id.
    target : str
        A column's id on the published basis, an indicator's code on the assessed one.
    points : Decimal
    """

    company: str
    target: str
    points: Decimal


def parse_change(text: str) -> Change:
    """A change as people type it: ``byd.scope3_targets=9``; the company as it is named there.

    Raises
    ------
    UsageError
        If it has another form.
    """
    found = CHANGE.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            f"change: expected COMPANY.COLUMN=POINTS, such as byd.scope3_targets=9; found {text}"
        )
    return Change(found["company"].strip(), found["target"].strip(), Decimal(found["points"]))


def at_shares(card: Scorecard, shares: Mapping[str, Fraction]) -> Scorecard:
    """The card with other shares of the weighted tracks, as any fractions.

    Parameters
    ----------
    card : Scorecard
    shares : mapping of str to Fraction
        Per cent, by weighted track.

    Raises
    ------
    UsageError
        If they are not one share for each weighted track, 0 or more, 100 together.
    """
    weighted = [track.id for track in card.methodology.weighted_tracks]
    given = " : ".join(f"{track} {plain(share)}" for track, share in shares.items())
    fit = all(share >= 0 for share in shares.values()) and sum(shares.values()) == 100
    if set(shares) != set(weighted) or not fit:
        raise UsageError(
            f"shares: expected {' : '.join(weighted)} in per cent, 100 together; found {given}"
        )
    points = track_points(card.methodology)
    pool = sum((points[track] for track in weighted), Fraction(0))
    factors = {track: share / 100 * pool / points[track] for track, share in shares.items()}
    return replace(card, factors={**card.factors, **factors})


def plain_sum(card: Scorecard) -> Scorecard:
    """The card without any weighting: every factor is 1, the total the sum of the points."""
    return replace(card, factors=dict.fromkeys(card.factors, Fraction(1)))


def targets(card: Scorecard) -> dict[str, tuple[int, tuple[int, ...]]]:
    """What points can be changed in.

    Returns
    -------
    dict of str to (int, tuple of int)
        By column or code: the place of the block that a change moves, and the
        places of all blocks whose points add up to the target's.
    """
    place = {block.id: at for at, block in enumerate(card.blocks)}
    if card.basis == "assessed":
        return {name: (at, (at,)) for name, at in place.items()}
    found = {}
    parts = {part.column: part for part in nested_columns(card.methodology)}
    for column, part in parts.items():
        inside: list[int] = []
        ahead = [column]
        while ahead:
            block = parts[ahead.pop()]
            inside += [place[block.id]] if block.codes else []
            ahead += block.without
        if part.codes:
            found[column] = (place[part.id], tuple(inside))
    return found


def with_points(card: Scorecard, changes: Iterable[Change]) -> Scorecard:
    """The card with other points for some companies; everything not named stays.

    Where a column holds others, such as the steel and aluminium actions
    inside all of Scope 3 action, a change of the inner column raises or lowers the
    outer one with it, and a change of the outer one leaves the inner as it is.
    What is set is exact, in all of a company's alternatives. Columns that the table
    states without their indicators are no longer stated.

    Raises
    ------
    UsageError
        If a company or target is unknown, or the points do not fit.
    """
    low, high = card.low.copy(), card.high.copy()
    known = targets(card)
    ordered = sorted(changes, key=lambda change: len(known.get(change.target, (0, ()))[1]))
    named = [(change.company, change.target) for change in ordered]
    if twice := next((name for name in named if named.count(name) > 1), None):
        raise UsageError(f"change: {'.'.join(twice)} stands twice")
    for change in ordered:
        _require_known(card, known, change)
        at, inside = known[change.target]
        steps = _steps(card, change, sum(card.blocks[i].steps for i in inside))
        others = [i for i in inside if i != at]
        for row in [i for i, o in enumerate(card.owner) if card.companies[o] == change.company]:
            rest = steps - int(low[row, others].sum())
            if not 0 <= rest <= card.blocks[at].steps:
                raise UsageError(_no_room(card, change, row_points=int(low[row, others].sum())))
            low[row, at] = high[row, at] = rest
    exact = card.high is card.low
    return replace(card, low=low, high=low if exact else high, stated={})


def _require_known(card: Scorecard, known: Iterable[str], change: Change) -> None:
    if change.company not in card.companies:
        hint = did_you_mean(change.company, card.companies)
        raise UsageError(with_hint(f"no company {change.company} in {card.evaluation}", hint))
    if change.target in known:
        return
    what = "column of the printed table" if card.basis == "published" else "indicator"
    hint = did_you_mean(change.target, known) or "see 'cati score --format csv'"
    if card.basis == "published" and change.target in card.methodology.levels:
        hint = "the table shows no single indicators; name the column that holds it"
    raise UsageError(f"no {what} {change.target} to change: {hint}")


def _steps(card: Scorecard, change: Change, most: int) -> int:
    grid = Fraction(card.methodology.grid)
    steps = Fraction(change.points) / grid
    if steps.denominator != 1 or not 0 <= steps <= most:
        raise UsageError(
            f"{change.company}.{change.target}: expected points from 0 to {plain(most * grid)} in "
            f"steps of {plain(grid)}; found {change.points}"
        )
    return int(steps)


def _no_room(card: Scorecard, change: Change, row_points: int) -> str:
    grid = Fraction(card.methodology.grid)
    at, inside = targets(card)[change.target]
    held = ", ".join(card.blocks[i].id for i in inside if i != at)
    least = plain(row_points * grid)
    most = plain((row_points + card.blocks[at].steps) * grid)
    return (
        f"{change.company}.{change.target}: expected {least} to {most} points, since {held} inside "
        f"it holds {least}; found {change.points}; set {held} too"
    )
