"""What would be if, as text and as data."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from rich.console import Console
from rich.table import Table

from cati.analysis.carry_over import carry_over
from cati.analysis.paths import own_share, rank_paths, swaps
from cati.analysis.ranking import moves
from cati.analysis.what_if import at_shares, parse_change, plain_sum, with_points
from cati.report.texts import bench_what_if as bench
from cati.scoring.scorecard import Rank, Scorecard
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score("automakers-2024")


def lines(table: Table) -> list[str]:
    console = Console(width=250)
    with console.capture() as capture:
        console.print(table)
    return [" ".join(line.split()) for line in capture.get().splitlines() if line.strip()]


def test_rankings_are_named_by_what_differs(card: Scorecard) -> None:
    other = with_points(card, [parse_change("byd.governance=10")])
    third = at_shares(card, {"scope12": Fraction(100, 3), "scope3": Fraction(200, 3)})
    assert bench.titles(plain_sum(card), card, "en") == ("plain sum", "30 : 70")
    assert bench.titles(card, third, "en") == ("30 : 70", "100/3 : 200/3")
    assert bench.titles(card, other, "en") == ("as it is", "other points")
    assert bench.titles(card, plain_sum(other), "en") == ("30 : 70", "plain sum, other points")


def test_only_what_changes_is_listed_and_all_is_data(real: Workspace, card: Scorecard) -> None:
    entities = real.store.entities
    other = with_points(card, [parse_change("byd.scope3_action=6")])
    found = moves(card, other)
    shown = lines(bench.moves_table(card, found, ("now", "then"), entities, "en"))[2:]
    assert shown[0] == "BYD 16.3 22.6 36 30 +6"
    assert len(shown) == 7
    assert all(line.endswith("−1") for line in shown[1:])
    records = bench.moves_records(card, found, entities)
    assert len(records) == 51
    assert next(r for r in records if r["company"] == "byd")["after_low"] == "22.6"
    assert bench.moves_note(found, "en") == (
        "Of 51 companies: 1 up, 6 down, 44 with the same rank; for 0 it depends on open points."
    )


def test_open_moves_have_two_ends(real: Workspace, card: Scorecard) -> None:
    found = moves(plain_sum(card), card)
    shown = lines(bench.moves_table(card, found, ("plain", "own"), real.store.entities, "en"))
    (geely,) = (line for line in shown if line.startswith("Geely Auto"))
    assert geely == "Geely Auto 63.5–65.5 61.9 3–5 4 −1 … +1"


def test_paths_say_between_which_shares_a_rank_holds(real: Workspace, card: Scorecard) -> None:
    paths = rank_paths(card)
    shown = lines(bench.paths_table(card, paths, own_share(card), real.store.entities, "en"))
    assert len(shown) == 2 + 51
    assert "2 Volvo Cars 0 200/3 (66.67) 2 2 3–4 2 4" in shown
    piece = bench.piece_at(paths.pieces("subaru"), Fraction(30))
    assert (piece.start, piece.with_start, piece.rank) == (30, True, Rank(17, 17))
    assert bench.piece_at(paths.pieces("subaru"), Fraction(2999, 100)).rank == Rank(18, 18)


def test_the_closest_changes_of_order_are_listed(real: Workspace, card: Scorecard) -> None:
    found = swaps(card)
    said = list(bench.swap_lines(found, Fraction(30), real.store.entities, "en"))
    assert said[0] == f"{len(found)} pairs of companies change their order; closest to 30 %:"
    assert "  30 %: Rivian is ahead below it, Subaru above it" in said
    assert len(said) == 1 + bench.NEAREST
    alone = bench.swap_lines(found[:1], Fraction(30), real.store.entities, "en")
    assert next(alone) == "1 pair of companies changes its order; closest to 30 %:"
    around_geely = [s for s in found if "geely-auto" in (s.below, s.above)]
    text = "\n".join(bench.swap_lines(around_geely, Fraction(30), real.store.entities, "en"))
    assert "open between" in text
    assert "Scopes 1 and 2, in per cent of the weighted points" in bench.paths_note(
        card, Fraction(30), "en"
    )


def test_paths_and_swaps_as_data_are_exact(card: Scorecard) -> None:
    records = bench.path_records(rank_paths(card), ["volvo-cars"])
    assert records[0] == {
        "company": "volvo-cars",
        "start": "0",
        "end": "200/3",
        "with_start": "true",
        "with_end": "true",
        "rank": "2",
    }
    assert {"below": "rivian", "above": "subaru", "start": "30", "end": "30"} in bench.swap_records(
        swaps(card)
    )


def test_carried_totals_are_intervals_with_what_is_settled(
    real: Workspace, card: Scorecard
) -> None:
    crosswalk = real.store.crosswalk
    assert crosswalk is not None
    carried = carry_over(card, crosswalk, real.methodology("corporate-2023"))
    shown = lines(bench.carried_table(carried, real.store.entities, "en"))
    assert len(shown) == 2 + 51
    record = bench.carried_records(carried, real.store.entities)[0]
    low, high = float(record["total_low"]), float(record["total_high"])
    assert float(record["settled"]) == pytest.approx(1 - (high - low) / 100)
    notes = "\n".join(bench.carried_notes(carried, "en"))
    assert "28 indicators, 58 points: the same question for the same points" in notes
    assert "% is settled; the rest may be anything in between" in notes
    one = replace(carried.parts[0], indicators=1, points=Fraction(1))
    alone = "\n".join(bench.carried_notes(replace(carried, parts=(one,)), "en"))
    assert "  1 indicator, 1 point: the same question" in alone
    assert bench.part_records(carried)[2] == {
        "carry": "related",
        "indicators": "14",
        "points": "27",
    }
