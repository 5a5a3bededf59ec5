"""Cells of a printed table that are not what they should be, and totals of rounded rates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cati.scoring.verify import Verification
from tests.conftest import Spoilable
from tests.scoring.test_verify import messages

TINY = "reports/first/published.csv"
TINY_EVALUATION = "reports/first/evaluation.yaml"


def say(tiny: Spoilable, text: str, numbering: str = "serial") -> Verification:
    """Record something of the table, work its points out anew and verify."""
    before = "  numbering: serial\n"
    tiny.change(TINY_EVALUATION, before, f"  numbering: {numbering}\n{text}")
    workspace = tiny.open()
    workspace.write_points("first", workspace.derive("first"))
    return tiny.open().verify("first")


def misprint(company: str, column: str, printed: str, instead: str = "") -> str:
    more = f", instead: {instead}" if instead else ""
    return (
        f"  misprints:\n    - {{company: {company}, column: {column}, printed: {printed}{more}, "
        "reason: {en: Told., zh: 告知。}}\n"
    )


def test_a_misprint_is_named_and_the_rest_holds(tiny: Spoilable) -> None:
    tiny.change(TINY, "Alpha,13.3", "Alpha,13.4")
    verification = say(tiny, misprint("alpha", "total", "13.4", "13.3"))
    assert messages(verification) == []
    assert [(m.company, m.column) for m in verification.misprints] == [("alpha", "total")]
    assert (verification.equal_totals, verification.totals) == (2, 3)
    assert "alpha" not in verification.independent + verification.through_remainder
    assert str(tiny.open().score("first").total("alpha").low) == "133/10"


def test_a_total_of_which_nothing_is_known_is_every_total_that_the_rates_allow(
    tiny: Spoilable,
) -> None:
    tiny.change(TINY, "Alpha,13.3", "Alpha,23.9")
    verification = say(tiny, misprint("alpha", "total", "23.9"))
    assert messages(verification) == []
    total = tiny.open().score("first").total("alpha")
    assert total.low < Decimal("13.3") < total.high


def test_a_misprinted_rate_counts_as_not_compared(tiny: Spoilable) -> None:
    tiny.change(TINY, "75,67", "74,67")
    verification = say(tiny, misprint("alpha", "rules", "74", "75"))
    assert messages(verification) == []
    assert (verification.equal_rates, verification.rates) == (14, 15)


def test_a_misprint_that_should_say_what_does_not_come_out_is_refused(tiny: Spoilable) -> None:
    tiny.change(
        TINY_EVALUATION,
        "  numbering: serial\n",
        "  numbering: serial\n" + misprint("alpha", "total", "13.3", "13.4"),
    )
    (problem, *_) = tiny.problems()
    assert problem.startswith(f"{TINY}:2: alpha, total: expected a total that the points behind")


def test_a_misprinted_rank_or_total_leaves_the_order_of_the_others(tiny: Spoilable) -> None:
    tiny.change(TINY, "1,alpha,Alpha,13.3", "2,alpha,Alpha,1.3")
    text = misprint("alpha", "total", "1.3", "13.3") + misprint("alpha", "rank", "2")[13:]
    assert messages(say(tiny, text)) == []


def test_an_unused_misprint_changes_no_other_row(tiny: Spoilable) -> None:
    verification = say(tiny, misprint("beta", "rank", "2", "7"))
    assert messages(verification) == [f"{TINY}:3: beta, rank: expected 2; found 7"]


@pytest.mark.parametrize(
    ("numbering", "ranks", "faults"),
    [
        ("dense", "2 2 3", ["2: alpha, rank: expected 1; found 2", "4: gamma, rank: expected 2"]),
        ("dense", "1 2 2", []),
        ("competition", "1 2 2", []),
        ("serial", "1 2 3", []),
    ],
)
def test_ranks_are_numbered_as_the_table_says(
    tiny: Spoilable, numbering: str, ranks: str, faults: list[str]
) -> None:
    for new, old in zip(ranks.split(), ("1,alpha", "2,beta", "3,gamma"), strict=True):
        tiny.change(TINY, old, f"{new},{old[2:]}")
    found = messages(say(tiny, "", numbering))
    assert len(found) == len(faults)
    assert all(f in m for f, m in zip(faults, found, strict=True))


def test_dense_ranks_go_on_without_a_gap_and_others_with_one(tiny: Spoilable) -> None:
    tiny.change(TINY, "1,alpha,Alpha,13.3,75,67,50,50,25", "1,alpha,Alpha,2.9,50,25,0,0,13")
    for old, new in (("2,beta", "1,beta"), ("3,gamma", "1,gamma")):
        tiny.change(TINY, old, new)
    assert messages(say(tiny, "", "dense")) == []


def test_totals_of_rounded_rates_are_named_where_the_evaluation_says_so(tiny: Spoilable) -> None:
    tiny.change(TINY, "Beta,2.9", "Beta,3.0")
    assert tiny.problems() != []
    verification = say(tiny, "  rounding: {en: Added up before., zh: 先加总后修约。}\n")
    assert messages(verification) == []
    assert [(r.company, str(r.printed), str(r.total)) for r in verification.rounded] == [
        ("beta", "3.0", "2.9")
    ]
    assert verification.equal_totals == 2
    assert "beta" not in verification.independent + verification.through_remainder


def test_rounding_does_not_excuse_more_than_rates_can_be_rounded(tiny: Spoilable) -> None:
    tiny.change(TINY, "Alpha,13.3", "Alpha,23.9")
    rounding = "  rounding: {en: Added up before., zh: 先加总后修约。}\n"
    tiny.change(TINY_EVALUATION, "  numbering: serial\n", f"  numbering: serial\n{rounding}")
    assert f"{TINY}:2: alpha, total: expected a total" in tiny.problems()[0]


def test_a_rate_that_is_left_out_is_what_the_total_leaves(tiny: Spoilable) -> None:
    tiny.change(TINY, "2,beta,Beta,2.9,50,25,0,0,13", "2,beta,Beta,2.9,50,25,0,0,n/a")
    verification = say(tiny, "")
    assert messages(verification) == []
    assert (verification.equal_rates, verification.rates) == (14, 14)
