"""What would be if, for a terminal and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from rich.table import Table
from rich.text import Text as Line

from cati.analysis.carry_over import CarriedOver
from cati.analysis.paths import Piece, RankPaths, Swap
from cati.analysis.ranking import Move
from cati.model.entity import Entity
from cati.model.language import Language
from cati.model.rounding import half_up, plain
from cati.model.weighting import track_points
from cati.report import show
from cati.report.data.files import Record, rank_cell
from cati.report.glossary import word
from cati.report.language import translations
from cati.report.show import DASH
from cati.report.texts.bench import (
    CHANCE_DECIMALS,
    company_name,
    empty_table,
    interval_cells,
    share,
)
from cati.report.wording import form_of
from cati.scoring.scorecard import Scorecard

NEAREST = 10
"""Changes of order that the table lists."""


def changed(moves: Sequence[Move]) -> list[Move]:
    """Those whose total or rank is not what it was."""
    return [
        move
        for move in moves
        if (move.total_before, move.rank_before) != (move.total_after, move.rank_after)
    ]


def ranking_name(card: Scorecard, language: Language) -> str:
    """A ranking by its weighting: the shares of the weighted tracks, or the plain sum."""
    _ = translations(language).gettext
    if set(card.factors.values()) == {1}:
        return _("plain sum")
    points = track_points(card.methodology)
    weighted = [track.id for track in card.methodology.weighted_tracks]
    pool = sum((points[track] for track in weighted), Fraction(0))
    return " : ".join(plain(100 * card.factors[t] * points[t] / pool) for t in weighted)


def titles(before: Scorecard, after: Scorecard, language: Language) -> tuple[str, str]:
    """What to call two rankings, by what differs between them: weighting, points or both."""
    _ = translations(language).gettext
    other_points = before.low is not after.low
    if before.factors == after.factors:
        return _("as it is"), _("other points") if other_points else _("as it is")
    first, second = ranking_name(before, language), ranking_name(after, language)
    if not other_points:
        return first, second
    return first, _("{weighting}, other points").format(weighting=second)


def moves_table(
    card: Scorecard,
    moves: Sequence[Move],
    names: tuple[str, str],
    entities: Mapping[str, Entity],
    language: Language,
) -> Table:
    """Totals and ranks before and after a change, of the companies that it concerns.

    Parameters
    ----------
    card : Scorecard
    moves : sequence of Move
    names : tuple of str
        What the two rankings are called.
    entities : mapping of str to Entity
    language : {"en", "zh"}
    """
    _ = translations(language).gettext
    before, after = names
    table = empty_table(
        _("Company"),
        _("Total: {ranking}").format(ranking=before),
        _("Total: {ranking}").format(ranking=after),
        _("Rank: {ranking}").format(ranking=before),
        _("Rank: {ranking}").format(ranking=after),
        _("Moves"),
        left=0,
    )
    decimals = card.methodology.total_decimals
    for move in changed(moves):
        table.add_row(
            Line(company_name(entities, move.company, language)),
            show.total(move.total_before, decimals),
            show.total(move.total_after, decimals),
            show.rank(move.rank_before),
            show.rank(move.rank_after),
            _change(move),
        )
    return table


def moves_records(
    card: Scorecard, moves: Sequence[Move], entities: Mapping[str, Entity]
) -> list[Record]:
    """All companies before and after a change as data."""
    decimals = card.methodology.total_decimals
    return [
        {
            "company": move.company,
            "name": entities[move.company].name.en,
            "rank_before": rank_cell(move.rank_before),
            "rank_after": rank_cell(move.rank_after),
            **interval_cells("before", move.total_before, decimals),
            **interval_cells("after", move.total_after, decimals),
        }
        for move in moves
    ]


def moves_note(moves: Sequence[Move], language: Language) -> str:
    """How many companies move up, move down and stay."""
    _ = translations(language).gettext
    ways = [move.direction for move in moves]
    return _(
        "Of {n} companies: {up} up, {down} down, {same} with the same rank; for {open} it depends "
        "on open points."
    ).format(
        n=len(ways),
        up=ways.count("up"),
        down=ways.count("down"),
        same=ways.count("same"),
        open=ways.count("open"),
    )


def paths_table(
    card: Scorecard,
    paths: RankPaths,
    own: Fraction,
    entities: Mapping[str, Entity],
    language: Language,
) -> Table:
    """Between which shares each rank of the evaluation holds, and how far it goes beyond them."""
    _ = translations(language).gettext
    table = empty_table(
        _("Rank"),
        _("Company"),
        _("Holds from share"),
        _("to share"),
        *(f"{at} : {100 - at}" for at in (0, 50, 100)),
        _("Best rank"),
        _("Worst rank"),
    )
    for company in card.order:
        pieces = paths.pieces(company)
        here = piece_at(pieces, own)
        table.add_row(
            show.rank(here.rank),
            Line(company_name(entities, company, language)),
            share(here.start),
            share(here.end),
            *(show.rank(paths.rank(company, Fraction(at))) for at in (0, 50, 100)),
            str(min(piece.rank.best for piece in pieces)),
            str(max(piece.rank.worst for piece in pieces)),
        )
    return table


def piece_at(pieces: Sequence[Piece], at: Fraction) -> Piece:
    """The piece of a path that a share lies in."""
    (found,) = (
        piece
        for piece in pieces
        if piece.start < at < piece.end
        or (at == piece.start and piece.with_start)
        or (at == piece.end and piece.with_end)
    )
    return found


def swap_lines(
    swaps: Sequence[Swap], own: Fraction, entities: Mapping[str, Entity], language: Language
) -> Iterator[str]:
    """How many pairs change their order, and those that do so closest to the evaluation's share."""
    translated = translations(language)
    _ = translated.gettext
    yield translated.ngettext(
        "{n} pair of companies changes its order; closest to {share} %:",
        "{n} pairs of companies change their order; closest to {share} %:",
        len(swaps),
    ).format(n=f"{len(swaps):,}", share=share(own))
    nearest = sorted(swaps, key=lambda s: min(abs(s.start - own), abs(s.end - own)))[:NEAREST]
    for swap in sorted(nearest, key=lambda s: (s.start, s.end)):
        names = {
            "below": company_name(entities, swap.below, language),
            "above": company_name(entities, swap.above, language),
        }
        if swap.start == swap.end:
            line = _("{share} %: {below} is ahead below it, {above} above it").format(
                share=share(swap.start), **names
            )
        else:
            line = _(
                "{start} to {end} %: {below} is ahead below it, {above} above it; open between"
            ).format(start=share(swap.start), end=share(swap.end), **names)
        yield f"  {line}"


def paths_note(card: Scorecard, own: Fraction, language: Language) -> str:
    """What shares the paths run over."""
    _ = translations(language).gettext
    first, second = (track.name.get(language) for track in card.methodology.weighted_tracks)
    return _(
        "Shares are those of {first}, in per cent of the weighted points; {second} has the rest. "
        "The evaluation: {own} : {rest}. All shares are exact."
    ).format(first=first, second=second, own=share(own), rest=share(100 - own))


def path_records(paths: RankPaths, order: Sequence[str]) -> list[Record]:
    """Every piece of every path as data; shares as exact fractions."""
    return [
        {
            "company": company,
            "start": str(piece.start),
            "end": str(piece.end),
            "with_start": "true" if piece.with_start else "false",
            "with_end": "true" if piece.with_end else "false",
            "rank": rank_cell(piece.rank),
        }
        for company in order
        for piece in paths.pieces(company)
    ]


def swap_records(swaps: Sequence[Swap]) -> list[Record]:
    """Every change of order as data; shares as exact fractions."""
    return [
        {"below": s.below, "above": s.above, "start": str(s.start), "end": str(s.end)}
        for s in swaps
    ]


def carried_table(
    carried: CarriedOver, entities: Mapping[str, Entity], language: Language
) -> Table:
    """Totals in the other methodology, as far as they are settled."""
    _ = translations(language).gettext
    table = empty_table(_("Rank"), _("Company"), _("Total"), _("Settled, %"))
    for company in carried.order:
        table.add_row(
            show.rank(carried.rank(company)),
            Line(company_name(entities, company, language)),
            show.total(carried.total(company), carried.methodology.total_decimals),
            str(half_up(100 * carried.settled(company), 1)),
        )
    return table


def carried_records(carried: CarriedOver, entities: Mapping[str, Entity]) -> list[Record]:
    """The same as data; what is settled from 0 to 1."""
    decimals = carried.methodology.total_decimals
    return [
        {
            "company": company,
            "name": entities[company].name.en,
            "rank": rank_cell(carried.rank(company)),
            **interval_cells("total", carried.total(company), decimals),
            "settled": str(half_up(carried.settled(company), CHANCE_DECIMALS)),
        }
        for company in carried.order
    ]


def part_records(carried: CarriedOver) -> list[Record]:
    """What the crosswalk lets through as data."""
    return [
        {"carry": part.carry, "indicators": str(part.indicators), "points": plain(part.points)}
        for part in carried.parts
    ]


def carried_notes(carried: CarriedOver, language: Language) -> Iterator[str]:
    """What the crosswalk lets through, and how much of all totals it settles."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    yield _(
        "Totals in {methodology}, from the points of the evaluation through the crosswalk:"
    ).format(methodology=carried.methodology.name.get(language))
    for part in carried.parts:
        indicators = ngettext("{n} indicator", "{n} indicators", part.indicators)
        points = ngettext("{n} point", "{n} points", form_of(plain(part.points)))
        yield "  " + _("{indicators}, {points}: {meaning}").format(
            indicators=indicators.format(n=part.indicators),
            points=points.format(n=plain(part.points)),
            meaning=word("carry", part.carry, language),
        )
    settled = sum((carried.settled(c) for c in carried.companies), Fraction(0))
    yield _(
        "Of all totals together, {part} % is settled; the rest may be anything in between."
    ).format(part=half_up(100 * settled / len(carried.companies), 1))


def _change(move: Move) -> str:
    least, greatest = move.change
    if least == greatest:
        return _signed(least)
    return f"{_signed(least)} … {_signed(greatest)}"


def _signed(ranks: int) -> str:
    if ranks == 0:
        return DASH
    return f"+{ranks}" if ranks > 0 else f"−{-ranks}"
