"""Ranks over the share of the points that the scopes have, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import cycle

from matplotlib.axes import Axes

from cati.analysis.paths import Piece, RankPaths, own_share, rank_paths
from cati.model.rounding import half_up, plain
from cati.report.figures.ranks import CLOSE, narrow
from cati.report.figures.sheet import (
    ACCENT,
    DARK,
    GREY,
    PARTS,
    ROW,
    RULE,
    SMALL,
    Drawing,
    Sheet,
    Table,
    at,
)
from cati.scoring.scorecard import Rank

Look = tuple[str, tuple[float, ...]]
"""Colour, then dashes and gaps; none of them for a whole line."""

FAR = 10
"""Ranks that a company moves by at least to stand out; more paths could not be followed."""
LOOKS: tuple[Look, ...] = (
    *((ACCENT, ()), (DARK, (5, 1.5)), (PARTS[4], (1.5, 1.2))),
    *((DARK, (7, 1.2, 1.5, 1.2)), (ACCENT, (3, 1)), (PARTS[4], ())),
)
"""No two alike, and next to each other told apart without colour too."""
THIN: Look = (RULE, ())


def reaches(found: RankPaths) -> dict[str, Rank]:
    """Best and worst rank over all shares, from who moves furthest to who moves least."""
    ends = {}
    for company in found.companies:
        pieces = [piece.rank for piece in found.pieces(company)]
        ends[company] = Rank(min(r.best for r in pieces), max(r.worst for r in pieces))
    return dict(sorted(ends.items(), key=lambda end: (end[1].best - end[1].worst, end[0])))


def paths(sheet: Sheet) -> Drawing | None:
    """Ranks at every division of the weighted points; None unless two tracks are weighted."""
    _ = sheet.gettext
    card = sheet.card
    if len(card.methodology.weighted_tracks) != 2:
        return None
    found = rank_paths(card)
    ends = reaches(found)
    furthest = next(iter(ends))
    first, second = card.methodology.weighted_tracks
    names = {"first": sheet.text(first.name), "second": sheet.text(second.name)}
    title = _(
        "Whatever the weight of the scopes, the rank range of {n} of {of} companies spans at most "
        "{close} ranks; {company} moves furthest, between {best} and {worst}"
    ).format(
        n=narrow(ends.values()),
        of=len(ends),
        close=CLOSE,
        company=sheet.short_name(furthest),
        best=ends[furthest].best,
        worst=ends[furthest].worst,
    )
    subtitle = _("Rank by the share of {first}, in per cent; {second} has the rest").format(**names)
    own = plain(own_share(card)) if _is_short(own_share(card)) else str(half_up(own_share(card), 1))
    notes = sheet.notes_on_rows(
        _("Thick lines: companies that move by {far} ranks or more.").format(far=FAR),
        _("Vertical dashed line: the share of the evaluation, {share} %.").format(share=own),
    )
    canvas, axes = sheet.canvas(title, subtitle, notes, ROW * (len(card.order) + 3))
    movers = [company for company, rank in ends.items() if rank.worst - rank.best >= FAR]
    _draw(sheet, axes, found, dict(zip(movers, cycle(LOOKS), strict=False)))
    numbers = [
        _("{company}: ranks {best} to {worst}").format(
            company=sheet.name(company), best=rank.best, worst=rank.worst
        )
        for company, rank in ends.items()
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


def _draw(sheet: Sheet, axes: Axes, found: RankPaths, marked: Mapping[str, Look]) -> None:
    size = len(sheet.card.order)
    for company in sheet.card.order:
        pieces = [p for p in found.pieces(company) if p.start < p.end]
        if company in marked:
            _line(axes, pieces, marked[company], 1.8, 3)
        else:
            _line(axes, pieces, THIN, 0.4, 1)
    for side, share, away in (("right", Fraction(0), -1.2), ("left", Fraction(100), 1.2)):
        ranked = sorted(sheet.card.order, key=lambda c: (found.rank(c, share).best, c))
        for y, company in enumerate(ranked, 1):
            rank = found.rank(company, share).best
            axes.plot([float(share), float(share) + away], [rank, y], color=RULE, linewidth=0.4)
            colour, _dashes = marked.get(company, (GREY, ()))
            name = sheet.name(company)
            text = f"{name}  {rank}" if away < 0 else f"{rank}  {name}"
            place = float(share) + 1.5 * away
            axes.text(place, y, text, color=colour, **at(SMALL, "center_baseline", side))
    own = float(own_share(sheet.card))
    axes.plot([own, own], [0.2, size + 0.6], color=GREY, linewidth=0.8, linestyle=(0, (3, 2)))
    for share_shown in (0, 25, 50, 75, 100):
        axes.text(share_shown, -0.3, str(share_shown), color=GREY, **at(7))
    axes.set(xlim=(-43, 143), ylim=(size + 0.8, -1.5))


def _line(axes: Axes, pieces: list[Piece], look: Look, width: float, order: int) -> None:
    """A path in steps, from the best rank; its worst one beside it where that is another."""
    colour, dashes = look
    shares = [float(end) for piece in pieces for end in (piece.start, piece.end)]
    best = [piece.rank.best for piece in pieces for _ in range(2)]
    worst = [piece.rank.worst for piece in pieces for _ in range(2)]
    for ranks in (best, worst) if best != worst else (best,):
        (drawn,) = axes.plot(shares, ranks, color=colour, linewidth=width, zorder=order)
        if dashes:
            drawn.set_dashes(dashes)
