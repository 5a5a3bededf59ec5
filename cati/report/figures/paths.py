"""Ranks over the share of the points that the scopes have, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes

from cati.analysis.paths import Piece, RankPaths, own_share, rank_paths
from cati.model.rounding import half_up, plain
from cati.report.figures.sheet import (
    ACCENT,
    DARK,
    GREY,
    ROW,
    RULE,
    SMALL,
    Drawing,
    Sheet,
    Table,
    at,
)

Dashes = tuple[float, ...]

MARKED = 3
"""So many paths stand out; more could not be followed."""
LINES: tuple[Dashes, ...] = ((), (5, 1.5), (1.5, 1.2))
"""Dashes and gaps, so that they can be told apart without colour; none for a whole line."""


@dataclass(frozen=True)
class Reach:
    """The best and the worst rank of a company over all shares."""

    company: str
    best: int
    worst: int


def reaches(found: RankPaths) -> tuple[Reach, ...]:
    """From the company that moves furthest to the one that moves least."""
    ends = []
    for company in found.companies:
        pieces = [piece.rank for piece in found.pieces(company)]
        ends.append(Reach(company, min(r.best for r in pieces), max(r.worst for r in pieces)))
    return tuple(sorted(ends, key=lambda reach: (reach.best - reach.worst, reach.company)))


def paths(sheet: Sheet) -> Drawing | None:
    """Ranks at every division of the weighted points; None unless two tracks are weighted."""
    _ = sheet.gettext
    card = sheet.card
    if len(card.methodology.weighted_tracks) != 2:
        return None
    found = rank_paths(card)
    ends = reaches(found)
    first, second = card.methodology.weighted_tracks
    names = {"first": sheet.text(first.name), "second": sheet.text(second.name)}
    title = _(
        "Whatever the weight of the scopes, {n} of {of} companies stay within {close} ranks; "
        "{company} moves furthest, from {best} to {worst}"
    ).format(
        n=sum(reach.worst - reach.best < MARKED for reach in ends),
        of=len(ends),
        close=MARKED,
        company=sheet.short_name(ends[0].company),
        best=ends[0].best,
        worst=ends[0].worst,
    )
    subtitle = _("Rank by the share of {first}, in per cent; {second} has the rest").format(**names)
    own = plain(own_share(card)) if _is_short(own_share(card)) else str(half_up(own_share(card), 1))
    notes = sheet.notes_on_rows(
        _("Dashed line: the share of the evaluation, {share} %.").format(share=own)
    )
    canvas, axes = sheet.canvas(title, subtitle, notes, ROW * (len(card.order) + 3))
    _draw(sheet, axes, found, [reach.company for reach in ends[:MARKED]])
    numbers = [
        _("{company}: ranks {best} to {worst}").format(
            company=sheet.name(r.company), best=r.best, worst=r.worst
        )
        for r in ends
    ]
    return sheet.finish(canvas, "paths", title, numbers, notes, _data(found, card.order))


def _is_short(share: Fraction) -> bool:
    """Whether a share can be written out in full."""
    return 1000 % share.denominator == 0


def _data(found: RankPaths, order: tuple[str, ...]) -> Table:
    rows = tuple(
        (
            company,
            str(half_up(piece.start, 4)),
            str(half_up(piece.end, 4)),
            str(piece.rank.best),
            str(piece.rank.worst),
        )
        for company in order
        for piece in found.pieces(company)
    )
    return Table(("company", "share_from", "share_to", "rank_best", "rank_worst"), rows)


def _draw(sheet: Sheet, axes: Axes, found: RankPaths, marked: list[str]) -> None:
    size = len(sheet.card.order)
    for company in sheet.card.order:
        pieces = [p for p in found.pieces(company) if p.start < p.end]
        if company not in marked:
            _line(axes, pieces, RULE, 0.7, (), 1)
    for company, line in zip(marked, LINES, strict=False):
        pieces = [p for p in found.pieces(company) if p.start < p.end]
        _line(axes, pieces, ACCENT if company == marked[0] else DARK, 1.8, line, 3)
    for side, share, away in (("right", Fraction(0), -1.2), ("left", Fraction(100), 1.2)):
        ranked = sorted(sheet.card.order, key=lambda c: (found.rank(c, share).best, c))
        for y, company in enumerate(ranked, 1):
            rank = found.rank(company, share).best
            axes.plot([float(share), float(share) + away], [rank, y], color=RULE, linewidth=0.4)
            colour = _colour(company, marked)
            name = sheet.name(company)
            text = f"{name}  {rank}" if away < 0 else f"{rank}  {name}"
            place = float(share) + 1.5 * away
            axes.text(place, y, text, color=colour, **at(SMALL, "center_baseline", side))
    own = float(own_share(sheet.card))
    axes.plot([own, own], [0.2, size + 0.6], color=GREY, linewidth=0.8, linestyle=(0, (3, 2)))
    for share_shown in (0, 25, 50, 75, 100):
        axes.text(share_shown, -0.3, str(share_shown), color=GREY, **at(7))
    axes.set(xlim=(-43, 143), ylim=(size + 0.8, -1.5))


def _colour(company: str, marked: list[str]) -> str:
    if company not in marked:
        return "black"
    return ACCENT if company == marked[0] else DARK


def _line(
    axes: Axes,
    pieces: list[Piece],
    colour: str,
    width: float,
    dashes: Dashes,
    order: int,
) -> None:
    """A path in steps, from the best rank; its worst one beside it where that is another."""
    shares = [float(end) for piece in pieces for end in (piece.start, piece.end)]
    best = [piece.rank.best for piece in pieces for _ in range(2)]
    worst = [piece.rank.worst for piece in pieces for _ in range(2)]
    for ranks in (best, worst) if best != worst else (best,):
        (drawn,) = axes.plot(shares, ranks, color=colour, linewidth=width, zorder=order)
        if dashes:
            drawn.set_dashes(dashes)
