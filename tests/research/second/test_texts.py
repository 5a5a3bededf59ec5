"""What is printed of two assessors' work."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from rich.console import Console

from cati.analysis.agreement import Bounded
from cati.model.language import Language
from cati.research.second import texts
from cati.research.second.comparison import AgreementRow, answer_units, disagreements, groups
from cati.research.second.pairs import Pairs, Waiting
from cati.research.second.reconciling import Taken
from tests.conftest import Spoilable
from tests.research.second.hands import DATED, differing, pairs


def rows(workspace: Spoilable) -> list[AgreementRow]:
    methodology = workspace.open().methodology("tiny")
    found = groups("answers", answer_units(pairs(workspace).pairs, methodology))
    return [group.row() for group in found]


def printed(workspace: Spoilable, language: Language) -> str:
    methodology = workspace.open().methodology("tiny")
    console = Console(width=120)
    with console.capture() as capture:
        console.print(texts.agreement_table(rows(workspace)[:2], methodology, language))
    return capture.get()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Bounded(0.5, 0.25, 0.75), "0.50 (0.25; 0.75)"),
        (Bounded(0.5, None, None), "0.50"),
        (Bounded(None, None, None), "–"),
    ],
)
def test_what_is_undefined_is_a_dash_and_not_one(found: Bounded, said: str) -> None:
    assert texts.bounded(found) == said


def test_nothing_is_below_zero_by_less_than_is_printed() -> None:
    assert texts.bounded(Bounded(-0.001, -0.004, 0.5)) == "0.00 (0.00; 0.50)"


def test_the_table_names_the_dimensions_and_the_base(tiny: Spoilable) -> None:
    table = printed(differing(tiny), "en")
    assert "1 Rules" in table
    assert "50 %" in table
    assert "1 规则" in printed(tiny, "zh")


def test_the_notes_say_the_base_and_who_is_awaited(tiny: Spoilable) -> None:
    found = pairs(differing(tiny))
    waiting = (Waiting("beta", ("Ann", "Bo"), ("Bo",)), Waiting("gamma", ("Ann",), ()))
    notes = list(texts.agreement_notes(Pairs(found.pairs, waiting), rows(tiny), "en"))
    assert notes[0].startswith("Answers: criteria that both answered: 2, in companies: 1; left out")
    assert "2000 bootstrap samples" in notes[1]
    assert notes[2:] == [
        "beta: not shown, since not locked yet by Bo",
        "gamma: only Ann has answered it",
    ]


def test_what_was_taken_over_and_what_is_left_is_counted_and_named(tiny: Spoilable) -> None:
    (pair,) = pairs(differing(tiny)).pairs
    methodology = tiny.open().methodology("tiny")
    said, dated = pair.answers(methodology)
    taken = Taken((("alpha", "1.1.1/x"),), 3, (("alpha", said.criterion),), (dated,), (said,))
    assert list(texts.taken_lines(taken, "en")) == [
        "Taken over as reviewed: 1, in companies: 1.",
        "Taken over before: 3.",
        "Left as the company's file has it, which says otherwise: 1.",
        "  alpha 1.1.1/said",
        "To reconcile: 1.",
        "  alpha 1.1.1/dated",
        "Answered by one only: 1.",
        "  alpha 1.1.1/said (Ann Lee)",
    ]


def test_disagreements_have_both_reasons(tiny: Spoilable) -> None:
    differing(tiny)
    both = disagreements(pairs(tiny).pairs, tiny.open().methodology("tiny"))
    assert list(texts.disagreement_lines(both, "en")) == [
        f"alpha {DATED}",
        "  Ann Lee: met: By 2040.",
        "  王波: not met: 2040 is an ambition.",
    ]


def test_records_are_exact_and_leave_out_what_is_undefined(tiny: Spoilable) -> None:
    differing(tiny)
    records = texts.agreement_records(rows(tiny))
    assert Fraction(records[0]["equal"]) == Fraction(1, 2)
    assert (records[-1]["units"], records[-1]["kappa"]) == ("1", "")
    both = disagreements(pairs(tiny).pairs, tiny.open().methodology("tiny"))
    content = json.loads(texts.agreement_json("first", pairs(tiny), records, both))
    assert content["companies"] == ["alpha"]
    assert [a["answer"] for a in content["disagreements"][0]["answers"]] == ["met", "not_met"]
