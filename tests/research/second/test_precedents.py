"""How a doubtful case was decided is noted, and shown to whoever meets the next one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cati.problems import UsageError
from cati.report.texts.reasoning import group_lines
from cati.report.wording import Wording
from cati.research.second.precedents import add_precedent
from cati.store.file_kinds import PRECEDENTS
from tests.at_once import DONE, at_once
from tests.conftest import Spoilable
from tests.research.importing import Desk
from tests.research.second.hands import DATED, DAY, SAID

TEXT = "An ambition is no date."


def note(
    workspace: Spoilable, criterion: str = DATED, text: str = TEXT, company: str = "alpha"
) -> str:
    ws = workspace.open()
    return add_precedent(ws, ws.evaluation("first"), (criterion, company), text, "Chen", DAY)


def test_precedents_lie_with_the_methodology_in_the_order_of_its_criteria(tiny: Spoilable) -> None:
    assert note(tiny) == "indicators/tiny/precedents.yaml"
    note(tiny, SAID, "=An ad says nothing.")
    assert tiny.problems() == []
    found = tiny.open().store.of(PRECEDENTS)["tiny"].precedents
    assert [(p.criterion, p.company, p.by) for p in found] == [
        (SAID, "alpha", "Chen"),
        (DATED, "alpha", "Chen"),
    ]


def test_the_guidance_of_every_workbook_shows_them(tiny: Spoilable) -> None:
    note(tiny)
    desk = Desk(tiny.open(), "beta", evaluation="first").into(tiny.root)
    cells = [str(c.value) for row in desk.sheet("guidance").iter_rows() for c in row if c.value]
    assert any(TEXT in text and "alpha" in text for text in cells)


def test_explain_shows_them_where_a_criterion_is_unknown(assessed: Spoilable) -> None:
    note(assessed)
    empty = "format: 1\nevaluation: first\n"
    entry = f"{{criterion: {DATED}, answer: not_met, assessor: A, date: '2024-08-01'}}"
    assessed.write("companies/beta/assessments/first.yaml", f"{empty}verdicts:\n  - {entry}\n")
    assessed.write("companies/alpha/assessments/first.yaml", empty)
    ws = assessed.open()

    def explained(company: str) -> str:
        group = ws.reasons("first").group(company, "1.1.1")
        precedents = ws.store.of(PRECEDENTS)["tiny"]
        return "\n".join(group_lines(group, ws.entity(company), Wording("en"), precedents))

    assert f"Precedent on {DATED}, alpha in first: {TEXT} (Chen, 22 November 2026)" in explained(
        "alpha"
    )
    assert TEXT not in explained("beta")


@pytest.mark.parametrize(
    ("criterion", "text", "message"),
    [
        ("1.1.1/date", TEXT, r"expected a criterion of tiny; found '1.1.1/date' \(did you mean"),
        ("said", TEXT, "the criterion: expected a criterion as <code>/<criterion>"),
        (DATED, " ", "the text: expected some text"),
        (SAID, TEXT, "each precedent once; found the same on 1.1.1/said and alpha"),
    ],
)
def test_what_does_not_fit_is_said(
    tiny: Spoilable, criterion: str, text: str, message: str
) -> None:
    note(tiny, SAID)
    before = tiny.read("indicators/tiny/precedents.yaml")
    with pytest.raises(UsageError, match=message):
        note(tiny, criterion, text)
    assert tiny.read("indicators/tiny/precedents.yaml") == before


def test_of_several_at_once_none_is_lost_that_is_said_to_be_noted(tiny: Spoilable) -> None:
    def adding(text: str) -> Callable[[Callable[[], object]], object]:
        def add(all_have_read: Callable[[], object]) -> None:
            workspace = tiny.open()
            all_have_read()
            place = (SAID, "alpha")
            add_precedent(workspace, workspace.evaluation("first"), place, text, "Chen", DAY)

        return add

    texts = [f"Case {number}." for number in range(5)]
    said = at_once(*map(adding, texts))
    noted = {entry.text for entry in tiny.open().store.of(PRECEDENTS)["tiny"].precedents}
    assert noted == {text for text, told in zip(texts, said, strict=True) if told == DONE}
    assert noted
    assert {told for told in said if told != DONE} <= {
        "indicators/tiny/precedents.yaml: expected the file as it was read; "
        "found a change by someone else (read it again)"
    }
