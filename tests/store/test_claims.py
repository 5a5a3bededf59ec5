"""Files of statements are read with their evaluation, and what is wrong in them has a line."""

from __future__ import annotations

from pathlib import Path

from cati.problems import Finding, Problem
from cati.store.claims import read_claims_file
from tests.conftest import Spoilable

FILE = "reports/first/claims.yaml"
TEXT = """\
format: 1
facts:
  - {id: cars, value: 90.5, unit: million, where: {source: press/report, locator: page 2}}
statements:
  - id: high
    statement: {en: One company has more than 10 points., zh: 一家企业超过 10 分。}
    expressions: [count(total > 10) == 1]
    where: {source: press/report, locator: page 3}
"""


def test_they_are_read_by_evaluation(tiny: Spoilable) -> None:
    tiny.write(FILE, TEXT)
    assert tiny.problems() == []
    found = tiny.open().store.claims["first"]
    assert found.claims.statements[0].expressions == ("count(total > 10) == 1",)
    assert [str(p) for p in found.problems([Finding(("statements", 0, "id"), "x", "y")])] == [
        f"{FILE}:5: statements[0].id: expected x; found y"
    ]


def test_there_need_not_be_any(tiny: Spoilable) -> None:
    assert tiny.open().store.claims == {}


def test_what_is_wrong_is_told_by_line(tiny: Spoilable) -> None:
    text = TEXT.replace("press/report, locator: page 3", "press/reprot, locator: page 3")
    tiny.write(FILE, text.replace("10 points", "11 points").replace("id: cars", "id: Cars"))
    (problem,) = tiny.problems()
    assert problem.startswith(f"{FILE}:3: facts[0].id: expected an id of lower-case letters")
    tiny.write(FILE, text.replace("10 points", "11 points"))
    number, source = tiny.problems()
    assert number == (
        f"{FILE}:6: statements[0].statement.en: expected numbers that an expression checks or "
        "fills; found 11 (write {expression} for it, or check it in expressions)"
    )
    assert source.startswith(
        f"{FILE}:8: statements[0].where.source: expected a source in "
        "companies/<entity>/sources.yaml; found 'press/reprot' (did you mean press/report"
    )


def test_a_file_that_cannot_be_read_hides_nothing_else(tiny: Spoilable) -> None:
    tiny.write(FILE, TEXT.replace("statements:", "statments:"))
    assert len(tiny.problems()) == 2
    store = tiny.open().store
    assert (list(store.evaluations), store.claims) == (["first"], {})


def test_a_file_from_elsewhere_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT.replace("10 分", "12 分"), encoding="utf-8")
    problems: list[Problem] = []
    assert read_claims_file(path, "mine.yaml", problems) is not None
    assert [problem.place for problem in problems] == ["mine.yaml:6"]
