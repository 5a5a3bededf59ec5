from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cati.problems import ProblemsError
from cati.store.efforts import read_efforts

KNOWN = {"5", "5.3", "5.3.2/method"}


def told(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_efforts(path, KNOWN)
    return [str(problem).removeprefix(str(path)) for problem in caught.value.problems]


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    yaml, table = tmp_path / "e.yaml", tmp_path / "e.csv"
    yaml.write_text(
        "format: 1\nefforts:\n  - {step: '5', effort: 2.5, ready: 2026-01-31}\n"
        "  - {step: 5.3.2/method, effort: 1}\n",
        encoding="utf-8",
    )
    table.write_text("step,effort,ready\n5,2.5,2026-01-31\n5.3.2/method,1,\n", encoding="utf-8")
    found = read_efforts(yaml, KNOWN)
    assert found == read_efforts(table, KNOWN)
    assert found.efforts[0].effort == Decimal("2.5")
    assert found.efforts[0].ready == datetime.date(2026, 1, 31)
    assert found.efforts[1].ready is None


def test_every_fault_in_a_table_has_its_line(tmp_path: Path) -> None:
    text = "step,effort,ready\n5,much,\n,1,\n5.3,-2,2026-02-30\n"
    assert told(tmp_path / "e.csv", text) == [
        ":2: efforts[0].effort: expected a number; found 'much'",
        ":3: efforts[1].step: expected the field step; found nothing (add the missing field)",
        ":4: efforts[2].effort: expected more than 0; found -2",
        ":4: efforts[2].ready: expected a day that exists, as YYYY-MM-DD; found '2026-02-30'",
    ]


def test_a_step_that_is_not_there_is_told_with_a_hint(tmp_path: Path) -> None:
    text = "format: 1\nefforts:\n  - {step: 5.3.2/metod, effort: 1}\n"
    (said,) = told(tmp_path / "e.yaml", text)
    assert said.startswith(":3: efforts[0].step: expected a criterion, a code or a block")
    assert "did you mean 5.3.2/method" in said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("e.txt", "x", "expected a file that ends in .yaml or .csv"),
        ("e.csv", "step|effort|ready\n5|1|\n", "expected column step in place 1"),
        ("e.csv", 'step,effort,ready\n5,"1,234",\n', "can be read in one way only"),
        ("e.csv", "step,effort,ready\n", "expected at least 1 entry"),
        ("e.csv", "step,effort,ready\n5,1\n", "expected 3 cells; found 2"),
        ("e.csv", "step,effort,ready\n5,1e9999999,\n", "expected a number"),
        ("e.yaml", "format: 2\nefforts: []\n", "expected 1, the format"),
        ("e.yaml", "", "expected content"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    assert said in "\n".join(told(tmp_path / name, text))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="nothing of that name"):
        read_efforts(tmp_path / "none.yaml", KNOWN)
