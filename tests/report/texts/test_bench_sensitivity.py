"""What the ranking hangs on, as text and as data."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.table import Table

from cati.analysis.sensitivity import Sensitivity, sensitivity
from cati.report.texts import bench_sensitivity as bench
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score("automakers-2024")


@pytest.fixture(scope="module")
def found(card: Scorecard) -> Sensitivity:
    return sensitivity(card)


def lines(table: Table) -> list[list[str]]:
    console = Console(width=250)
    with console.capture() as capture:
        console.print(table)
    return [line.split() for line in capture.get().splitlines() if line.strip()]


def test_a_line_for_every_part(real: Workspace, card: Scorecard, found: Sensitivity) -> None:
    shown = lines(bench.sensitivity_table(card, found, real.store.entities, "en"))
    assert len(shown) == 2 + len(found.left_out)
    expected = "Upstream suppliers 15.4 0.9 / 0.6 0 – 0 46 0.44 / 0.38 0.44 / 0.38"
    assert " ".join(shown[-1]) == expected


def test_what_the_basis_does_not_know_is_a_dash_and_empty_in_data(
    real: Workspace, card: Scorecard
) -> None:
    dimensions = sensitivity(card, "dimensions")
    shown = lines(bench.sensitivity_table(card, dimensions, real.store.entities, "en"))
    (targets,) = (line for line in shown if line[:3] == ["3", "Carbon", "targets"])
    assert targets[4] == "–"
    assert "–" in targets[5]
    record = bench.sensitivity_records(card, dimensions, real.store.entities)[2]
    assert record["part"] == "3"
    assert record["effective_least"] == record["pearson_least"] == ""
    assert int(record["moved"]) < int(record["may_move"])


def test_correlations_are_a_triangle_with_ones(card: Scorecard, found: Sensitivity) -> None:
    shown = lines(bench.correlation_table(card, found, "en"))[2:]
    assert len(shown) == 12
    assert all(line[-1] == "1.00" for line in shown)
    content = bench.correlation_content(found)
    assert set(content) == {"least", "greatest"}


def test_notes_say_how_parts_are_left_out_and_what_two_figures_are(card: Scorecard) -> None:
    kept = "\n".join(bench.sensitivity_notes(card, sensitivity(card), "en"))
    assert "every other point counts as before, nothing is rescaled" in kept
    assert "These are two readings, not bounds." in kept
    assert "of 51." in kept
    assert "cut a block" not in kept
    scaled = "\n".join(
        bench.sensitivity_notes(card, sensitivity(card, "dimensions", "shares"), "en")
    )
    assert "scaled up to the track's weight" in scaled
    assert "Parts that cut a block in two have ranges of ranks" in scaled
