from __future__ import annotations

from cati.report.edition import Edition
from cati.report.figures.ranks import CLOSE, ranks
from cati.report.site.company_standing import Standings
from tests.report.drawn import drawing, rows


def test_ranges_are_those_of_the_company_pages(edition: Edition) -> None:
    standings = Standings(edition.card, edition.entities)

    for row in rows(drawing(edition, ranks)):
        by_noise = standings.range(row["company"]).by_noise
        assert by_noise is not None
        assert (int(row["from"]), int(row["to"])) == (by_noise.best, by_noise.worst)
        rank = edition.card.rank(row["company"])
        assert (int(row["rank_best"]), int(row["rank_worst"])) == (rank.best, rank.worst)


def test_the_title_counts_ranges_of_few_ranks(edition: Edition) -> None:
    drawn = drawing(edition, ranks)

    settled = sum(int(row["to"]) - int(row["from"]) < CLOSE for row in rows(drawn))
    assert drawn.title.startswith(f"{settled} of 51 companies stay within {CLOSE} ranks")
