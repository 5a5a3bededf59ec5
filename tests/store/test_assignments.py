"""Assignments are read with their evaluation, and what is wrong in them has a line."""

from __future__ import annotations

from cati.store.file_kinds import ASSIGNMENTS
from tests.conftest import Spoilable

FILE = "reports/first/assignments.yaml"
TEXT = """\
format: 1
assignments:
  - assessor: Ann
    companies: [alpha, beta]
    by: 2026-03-31
  - {assessor: Bo, companies: [alpha], indicators: ["1"], by: 2026-04-30, second: true}
"""


def test_they_are_read_by_evaluation(tiny: Spoilable) -> None:
    tiny.write(FILE, TEXT)
    assert tiny.problems() == []
    ann, bo = tiny.open().store.of(ASSIGNMENTS)["first"].assignments
    assert (ann.assessor, ann.companies, str(ann.by), ann.second) == (
        "Ann",
        ("alpha", "beta"),
        "2026-03-31",
        False,
    )
    assert (bo.indicators, bo.second) == (("1",), True)


def test_there_need_not_be_any(tiny: Spoilable) -> None:
    assert tiny.open().store.of(ASSIGNMENTS) == {}


def test_what_is_wrong_is_told_by_line(tiny: Spoilable) -> None:
    tiny.write(FILE, TEXT.replace("alpha, beta", "alpha, betta").replace('"1"', '"9.9"'))
    assert tiny.problems() == [
        f"{FILE}:4: assignments[0].companies[1]: expected a company in the scope of first; "
        "found 'betta' (did you mean beta?)",
        f"{FILE}:6: assignments[1].indicators[0]: expected a code of tiny; found '9.9'",
    ]


def test_a_file_that_cannot_be_read_hides_nothing_else(tiny: Spoilable) -> None:
    tiny.write(FILE, TEXT.replace("by: 2026-03-31", "by: March"))
    assert tiny.problems() == [
        f"{FILE}:5: assignments[0].by: expected a date as YYYY-MM-DD; found 'March'"
    ]
    store = tiny.open().store
    assert (list(store.evaluations), store.of(ASSIGNMENTS)) == (["first"], {})


def test_a_link_out_of_the_workspace_is_not_followed(tiny: Spoilable) -> None:
    outside = tiny.root.parent / "assignments-outside.yaml"
    outside.write_text(TEXT, encoding="utf-8")
    (tiny.root / FILE).symlink_to(outside)
    assert tiny.problems() == [f"{FILE}: expected a file of the workspace; found a link out"]
    assert tiny.open().store.of(ASSIGNMENTS) == {}
