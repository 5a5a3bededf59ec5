"""Figures that several pages need, for the real ranking of 2024."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cati.model.source import Source
from cati.report.edition import Edition
from cati.report.facts import Facts, safe_link
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def facts(real: Workspace) -> Facts:
    return Facts(Edition.of(real, real.score("automakers-2024")))


def test_one_tie_is_numbered_otherwise_by_the_table(facts: Facts) -> None:
    (tie,) = facts.ties
    assert tie.companies == ("rivian", "subaru")
    assert (tie.rank.best, tie.printed) == (17, (17, 18))


def test_without_joint_ventures_37_companies_are_ranked(facts: Facts) -> None:
    assert facts.without is not None
    assert len(facts.without.companies) == 37


def test_weights_show_how_shares_become_factors(facts: Facts) -> None:
    weights = facts.weights
    assert {name: weight.factor for name, weight in weights.items()} == {
        "governance": 1,
        "scope12": Fraction(3, 5),
        "scope3": Fraction(7, 5),
        "product": 1,
    }
    assert (weights["scope3"].share, weights["governance"].share) == (Fraction(7, 10), None)
    assert (facts.pool, sum(weight.counts for weight in weights.values())) == (84, 100)


def test_doubts_are_found_by_themselves(facts: Facts) -> None:
    assert facts.several_solutions == ("geely-auto",)
    assert set(facts.disputed_listings) == {"baic-group", "dongfeng"}


def test_level_rows_are_honest_intervals(facts: Facts) -> None:
    rows = {row.code: row for row in facts.level_rows("geely-auto")}
    assert (rows["1"].points.low, rows["1"].points.high) == (Fraction(17, 2), Fraction(17, 2))
    assert (rows["1.1.2"].points.low, rows["1.1.2"].points.high) == (0, 1)
    assert [rows[code].depth for code in ("5", "5.3", "5.3.2")] == [0, 1, 2]


def test_neighbours_follow_the_ranking(facts: Facts) -> None:
    assert facts.neighbours("mercedes-benz") == (None, "volvo-cars")
    assert facts.neighbours("hozon") == ("faw-toyota", None)


@pytest.mark.parametrize(
    ("link", "safe"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        (None, None),
    ],
)
def test_only_plain_links_are_followed(link: str | None, safe: str | None) -> None:
    source = Source(id="a", kind="other", title="A", language="en")
    assert safe_link(source.model_copy(update={"link": link})) == safe
