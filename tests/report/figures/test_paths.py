from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cati.analysis.paths import rank_paths
from cati.report.edition import Edition
from cati.report.figures.paths import paths, reaches
from cati.report.figures.sheet import Sheet
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.report.drawn import drawing, rows


@pytest.mark.slow
def test_the_data_agree_with_the_scorer_between_the_points_where_ranks_change(
    edition: Edition, real: Workspace
) -> None:
    found = rows(drawing(edition, paths))

    for share in (7, 43, 88):
        shares = {"scope12": Decimal(share), "scope3": Decimal(100 - share)}
        card = real.score("automakers-2024", shares=shares)
        inside = [row for row in found if float(row["share_from"]) < share < float(row["share_to"])]
        assert len(inside) > 40
        for row in inside:
            rank = card.rank(row["company"])
            assert (int(row["rank_best"]), int(row["rank_worst"])) == (rank.best, rank.worst)


@pytest.mark.slow
def test_the_title_names_who_moves_furthest(edition: Edition) -> None:
    found = reaches(rank_paths(edition.card))
    drawn = drawing(edition, paths)

    company, first = next(iter(found.items()))
    assert first.worst - first.best == max(rank.worst - rank.best for rank in found.values())
    name = edition.entities[company].name.en
    assert drawn.title.endswith(f"{name} moves furthest, between {first.best} and {first.worst}")
    assert "Vertical dashed line: the share of the evaluation, 30 %." in drawn.description


@pytest.mark.slow
@pytest.mark.parametrize("left_out", [0, 7, 30])
def test_the_title_counts_ranges_of_at_most_three_ranks(edition: Edition, left_out: int) -> None:
    card = edition.card.without(edition.card.order[:left_out])
    drawn = drawing(replace(edition, card=card), paths)

    had: dict[str, set[int]] = {company: set() for company in card.order}
    for row in rows(drawn):
        had[row["company"]] |= {int(row["rank_best"]), int(row["rank_worst"])}
    few = sum(len(range(min(ranks), max(ranks) + 1)) <= 3 for ranks in had.values())
    assert f"range of {few} of {51 - left_out} companies spans at most 3 ranks" in drawn.title


def test_without_two_weighted_tracks_there_are_no_paths(tiny: Spoilable) -> None:
    workspace = tiny.open()
    edition = Edition.of(workspace, workspace.score("first"))
    weighted = edition.methodology.weighted_tracks

    assert (paths(Sheet(edition, "en")) is None) == (len(weighted) != 2)
