"""Side by side on a screen, as records and as a sheet."""

from __future__ import annotations

import io
import json

from openpyxl import load_workbook

from cati.research.review.consistency import Flag, side_by_side
from cati.research.review.consistency_texts import (
    answer_records,
    flag_line,
    flag_records,
    notes,
    side_by_side_json,
    side_by_side_workbook,
)
from tests.conftest import Spoilable
from tests.research.review.test_consistency import RECYCLED, with_two_answers


def like(numbers: tuple[str, str]) -> Flag:
    return Flag(
        kind="like_evidence",
        criterion="1.1.1/said",
        companies=("alpha", "beta"),
        answers=("met", "not_met"),
        disclosures=("alpha/fact", "beta/fact"),
        alike=93,
        numbers=numbers,
    )


def test_a_flag_says_why_it_stands() -> None:
    who = "1.1.1/said: alpha met and beta not met: alpha/fact, beta/fact read alike (93 %), and the"
    assert flag_line(like(("12 %", "48 %")), "en") == (
        f"{who} answers differ; the numbers are others: 12 % and 48 %"
    )
    assert flag_line(like(("12 %", "12 %")), "en").endswith("; the numbers are the same: 12 %")
    assert flag_line(like(("", "")), "en").endswith("; neither gives numbers")
    weak = Flag("weak_evidence", "1.1.1/said", ("a",), ("met",), ("a/x",), reasons=("expired",))
    assert flag_line(weak, "en") == ("1.1.1/said: a met: rests on weak evidence, a/x: expired")


def test_records_hold_answers_with_their_evidence(tiny: Spoilable) -> None:
    found = side_by_side(with_two_answers(tiny, RECYCLED).open(), "first", "1.1.1")
    alpha, beta = answer_records(found)
    assert (alpha["company"], alpha["answer"], alpha["counts_as"]) == ("alpha", "met", "met")
    assert (beta["disclosure"], beta["places"]) == ("beta/fact", "beta/page, p. 1")
    assert beta["statement"] == RECYCLED
    (flag,) = flag_records(found, "en")
    assert (flag["companies"], flag["answers"]) == ("alpha; beta", "met; not_met")
    told = json.loads(side_by_side_json(found, "en"))
    assert (told["companies"], told["answered"], told["flags"]) == (3, 2, [flag])


def test_the_base_is_told(tiny: Spoilable) -> None:
    found = side_by_side(with_two_answers(tiny, RECYCLED).open(), "first", "1.1.1")
    first = next(iter(notes(found, "en")))
    assert first.startswith("1.1.1 ")
    assert first.endswith("Base: 3 companies, 2 with an answer. Flags: 1.")


def test_the_sheet_holds_the_same_and_its_bytes_repeat(tiny: Spoilable) -> None:
    with_two_answers(tiny, "=1+1")
    workspace = tiny.open()
    found = side_by_side(workspace, "first", "1.1.1")
    evaluation = workspace.evaluation("first")
    content = side_by_side_workbook(found, evaluation, "en")
    assert side_by_side_workbook(found, evaluation, "en") == content
    book = load_workbook(io.BytesIO(content))
    rows = list(book["Answers"].iter_rows(min_row=5, values_only=True))
    assert list(rows[0]) == list(answer_records(found)[0])
    beta = next(row for row in rows if row[0] == "beta")
    assert "=1+1" in beta
    types = {c.data_type for row in book["Answers"].iter_rows() for c in row if c.value}
    assert types == {"s"}
