"""Functions of expressions on a base of three companies, where everything can be seen."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from cati.analysis.claims.evaluation import evaluate
from cati.analysis.claims.functions import FUNCTIONS
from cati.analysis.claims.inquiry import Inquiry
from cati.analysis.claims.values import Companies, Number, Truth, Value, exact
from tests.conftest import ROOT, Spoilable


@pytest.fixture
def inquiry(tiny: Spoilable) -> Inquiry:
    """Alpha has 13.3 points, beta and gamma 2.9 each."""
    return Inquiry(tiny.open(), "first")


def value(inquiry: Inquiry, text: str) -> Value:
    return evaluate(text, inquiry.facts).value


def test_the_companies_are_as_said(inquiry: Inquiry) -> None:
    totals = {c: inquiry.card.total(c) for c in inquiry.card.companies}
    assert {c: (t.low, t.high) for c, t in totals.items()} == {
        "alpha": (Fraction("13.3"), Fraction("13.3")),
        "beta": (Fraction("2.9"), Fraction("2.9")),
        "gamma": (Fraction("2.9"), Fraction("2.9")),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count(total > 2.9)", exact(1)),
        ("share(total > 2.9)", exact(Fraction(100, 3))),
        ("share(1, 4)", exact(25)),
        ("sum(total)", exact(Fraction("19.1"))),
        ("mean(total)", exact(Fraction("19.1") / 3)),
        ("median(total)", exact(Fraction("2.9"))),
        ("min(total)", exact(Fraction("2.9"))),
        ("max(total)", exact(Fraction("13.3"))),
        ("max(1, 2, 3)", exact(3)),
        ("min(max(total), 5)", exact(5)),
        ("all(total > 2)", Truth(True)),
        ("any(total > 13)", Truth(True)),
        ("any(total > 14)", Truth(False)),
        ("rank('gamma')", exact(2)),
        ("rank('alpha', -total)", exact(3)),
        ("value('alpha', rank_by(-total))", exact(3)),
        ("rate('alpha', rules)", exact(75)),
        ("points('alpha', rules)", exact(3)),
        ("points('alpha', '1')", exact(3)),
        ("ordered(total, ['alpha', 'beta'])", Truth(True)),
        ("ordered(total, ['beta', 'gamma'])", Truth(False)),
        ("abs(2 - 5)", exact(3)),
        ("value('gamma', parents(total))", exact(Fraction("13.3"))),
        ("known(value('beta', parents(total)))", Truth(False)),
        ("all(total < parents(total) where joint_venture)", Truth(True)),
        ("round(2.45, 1)", exact(Fraction("2.5"))),
        ("low(total('alpha'))", exact(Fraction("13.3"))),
    ],
)
def test_what_each_comes_to(inquiry: Inquiry, text: str, expected: Value) -> None:
    assert value(inquiry, text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("companies(total < 5)", {"beta", "gamma"}),
        ("leader(total)", {"alpha"}),
        ("last(total)", {"beta", "gamma"}),
        ("top(1)", {"alpha"}),
        ("top(2)", {"alpha", "beta", "gamma"}),
        ("bottom(1, total)", {"beta", "gamma"}),
        ("leader(total where total < 5)", {"beta", "gamma"}),
    ],
)
def test_companies_that_tie_share_a_place(inquiry: Inquiry, text: str, names: set[str]) -> None:
    assert value(inquiry, text) == Companies(frozenset(names), frozenset(names))


def test_an_indicator_that_the_table_leaves_open_has_bounds(inquiry: Inquiry) -> None:
    group = inquiry.card.group(["1.1.1"]).points("alpha")
    assert group.low < group.high
    assert value(inquiry, "points('alpha', '1.1.1')") == Number(group.low, group.high)
    assert value(inquiry, f"points('alpha', '1.1.1') > {group.low}") == Truth(None)
    assert value(inquiry, "known(points('alpha', '1.1.1'))") == Truth(False)


def test_every_function_is_described_on_its_page() -> None:
    page = (ROOT / "docs/howto/claims.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`([a-z_]+)\(", page))
    assert set(FUNCTIONS) <= described
