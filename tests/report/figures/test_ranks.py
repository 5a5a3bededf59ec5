from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cati.analysis.company_standing import CompanyStandings
from cati.report.edition import Edition
from cati.report.figures.ranks import narrow, ranks
from cati.scoring.scorecard import Rank
from tests.report.drawn import drawing, rows


def test_ranges_are_those_of_the_company_pages(edition: Edition) -> None:
    standings = CompanyStandings(edition.card, edition.entities)

    for row in rows(drawing(edition, ranks)):
        by_noise = standings.range(row["company"]).by_noise
        assert by_noise is not None
        assert (int(row["from"]), int(row["to"])) == (by_noise.best, by_noise.worst)
        rank = edition.card.rank(row["company"])
        assert (int(row["rank_best"]), int(row["rank_worst"])) == (rank.best, rank.worst)


def test_the_title_counts_ranges_of_few_ranks(edition: Edition) -> None:
    drawn = drawing(edition, ranks)

    spans = [len(range(int(row["from"]), int(row["to"]) + 1)) for row in rows(drawn)]
    few = sum(span <= 3 for span in spans)
    assert drawn.title == (
        f"In nine of ten draws, the rank range of {few} of 51 companies spans at most 3 ranks "
        "if single points are misjudged"
    )


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20))))
def test_a_narrow_range_has_three_ranks_at_most(ends: list[tuple[int, int]]) -> None:
    ranges = [Rank(min(pair), max(pair)) for pair in ends]

    counted = [r for r in ranges if len([n for n in range(1, 21) if r.best <= n <= r.worst]) <= 3]
    assert narrow(ranges) == len(counted)
