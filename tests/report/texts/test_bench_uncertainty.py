"""How certain ranks are, as text and as data."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rich.console import Console

from cati.analysis.uncertainty import simulate
from cati.analysis.weights import BlockWeights, EqualWeights, OwnWeights, ShareWeights, Weights
from cati.report.texts import bench_uncertainty as bench
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score("automakers-2024")


def test_the_table_has_a_line_for_every_company_in_order(real: Workspace, card: Scorecard) -> None:
    drawn = simulate(card, ShareWeights(), draws=500)
    table = bench.uncertainty_table(card, drawn, 3, real.store.entities, "en")
    console = Console(width=200)
    with console.capture() as capture:
        console.print(table)
    lines = [line for line in capture.get().splitlines() if line.strip()]
    assert len(lines) == 2 + 51
    heading = "Rank Company Total Median rank Middle 90 % First 3, % of draws"
    assert " ".join(lines[0].split()) == heading
    assert lines[2].split() == ["1", "Mercedes-Benz", "73.1", "1", "1", "100.0"]


def test_records_have_ranks_and_chances(real: Workspace, card: Scorecard) -> None:
    drawn = simulate(card, ShareWeights(), draws=500)
    records = bench.uncertainty_records(card, drawn, 5, real.store.entities)
    by_company = {record["company"]: record for record in records}
    geely = by_company["geely-auto"]
    assert geely["rank"] == "4"
    assert int(geely["rank_from"]) < int(geely["rank_to"])
    assert float(geely["top_chance_low"]) < float(geely["top_chance_high"]) <= 1
    assert by_company["hozon"]["top_chance_high"] == "0.0000"
    assert {record["top"] for record in records} == {"5"}


def test_the_order_of_two_companies_is_a_sentence_and_a_record(
    real: Workspace, card: Scorecard
) -> None:
    order = simulate(card, draws=10).order("rivian", "subaru")
    line = bench.order_line(order, real.store.entities, "en")
    assert line == (
        "Rivian is ahead of Subaru in 0.0 % of the draws, behind in 0.0 %, tied in 100.0 %."
    )
    assert bench.order_record(order)["tied_low"] == "1.0000"


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (OwnWeights(), "Weights: those of the evaluation."),
        (EqualWeights(), "Weights: every block counts the same, whatever its points."),
        (
            ShareWeights(),
            "every division of 100 % among the weighted tracks (Scopes 1 and 2 : Scope 3)",
        ),
        (
            ShareWeights((Decimal(20), Decimal("40.5"))),
            "the share of Scopes 1 and 2 is drawn evenly between 20 and 40.5 %, the rest goes to",
        ),
        (
            BlockWeights(),
            "concentration 100): one of 10 % mostly lies between 4 and 16 %",
        ),
        (BlockWeights(centre="equal"), "drawn around equal weights"),
    ],
)
def test_the_weights_are_stated(card: Scorecard, weights: Weights, said: str) -> None:
    assert said in "\n".join(bench.uncertainty_notes(card, simulate(card, weights, draws=5), "en"))


def test_noise_draws_and_their_error_are_stated(card: Scorecard) -> None:
    quiet = list(bench.uncertainty_notes(card, simulate(card, draws=100), "en"))
    assert "Noise: none." in quiet
    assert quiet[-1].startswith("100 draws, seed 1: a chance of the draws is known to about ±9.8 ")
    loud = "\n".join(
        bench.uncertainty_notes(card, simulate(card, noise=Decimal("0.1"), draws=5), "en")
    )
    assert "with a chance of 10 % each, the points of a block are 0.5 off" in loud
