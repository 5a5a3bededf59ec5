from __future__ import annotations

from decimal import Decimal

from cati.analysis.paths import rank_paths
from cati.report.edition import Edition
from cati.report.figures.paths import paths, reaches
from cati.report.figures.sheet import Sheet
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.report.drawn import drawing, rows


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


def test_the_title_names_who_moves_furthest(edition: Edition) -> None:
    found = reaches(rank_paths(edition.card))
    drawn = drawing(edition, paths)

    furthest = max(reach.worst - reach.best for reach in found)
    assert found[0].worst - found[0].best == furthest
    name = edition.entities[found[0].company].name.en
    assert drawn.title.endswith(f"{name} moves furthest, from {found[0].best} to {found[0].worst}")
    assert "Dashed line: the share of the evaluation, 30 %." in drawn.description


def test_without_two_weighted_tracks_there_are_no_paths(tiny: Spoilable) -> None:
    workspace = tiny.open()
    edition = Edition.from_store(workspace.store, workspace.score("first"))
    weighted = edition.methodology.weighted_tracks

    assert (paths(Sheet(edition, "en")) is None) == (len(weighted) != 2)
