"""What people type is understood where it can be, and said where it cannot."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.base import Date
from cati.report.glossary import glossary
from cati.research.typed import typed
from cati.research.workbook.file import ErrorValue, Formula
from cati.research.workbook.layout import COLUMNS, Column, Key, SheetKey
from cati.research.workbook.values import Form, UnfitError, clean

FORM = Form("en", "polestar", "automotive-2024")
DAY = datetime.date(2024, 7, 31)


def column(sheet: SheetKey, key: str) -> Column:
    return next(c for c in COLUMNS[sheet] if c.key == key)


def said(sheet: SheetKey, key: str, value: Any, form: Form = FORM) -> str:
    return form.value(column(sheet, key), value)


def unfit(sheet: SheetKey, key: str, value: Any, form: Form = FORM) -> tuple[str, str, str]:
    with pytest.raises(UnfitError) as caught:
        said(sheet, key, value, form)
    return caught.value.expected, caught.value.found, caught.value.hint


@pytest.mark.parametrize(
    ("typed_text", "answer"),
    [
        ("met", "met"),
        (" Not  MET ", "not_met"),
        ("ｎｏｔ　ｍｅｔ", "not_met"),
        ("not_met", "not_met"),
        ("不符合", "not_met"),
        ("未知\u200b", "unknown"),
        (None, ""),
        ("\xa0", ""),
    ],
)
def test_answers_are_words_of_both_languages(typed_text: str | None, answer: str) -> None:
    assert said("answers", "answer", typed_text) == answer


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("self_assessment", [False, True])
def test_every_word_of_every_list_is_read(language: Any, self_assessment: bool) -> None:
    form = Form(language, "polestar", "automotive-2024", self_assessment)
    for columns in COLUMNS.values():
        for of in columns:
            for value, words in glossary().get(of.choices or "", {}).items():
                if value != "unpublished" or self_assessment:
                    assert form.value(of, words.en) == value
                    assert form.value(of, words.zh) == value


def test_another_word_is_refused_with_the_nearest_and_a_grade_without_a_guess() -> None:
    assert unfit("sources", "kind", "annual raport")[2] == "did you mean annual report?"
    assert unfit("answers", "answer", "nott met") == ("met, not met or unknown", "'nott met'", "")
    assert unfit("disclosures", "polarity", "suports in part") == (
        *("supports, supports a part or nothing found", "'suports in part'"),
        "",
    )
    chinese = Form("zh", "polestar", "automotive-2024")
    assert unfit("answers", "answer", "不负合", chinese)[0] == "符合, 不符合 or 未知"
    assert unfit("answers", "answer", True)[1] == "'TRUE'"
    assert unfit("answers", "answer", 1)[1] == "'1'"


@pytest.mark.parametrize("text", ["partly met", "Partially met", "part", "部分符合", "half met"])
def test_a_partial_answer_is_refused_and_never_taken_for_met(text: str) -> None:
    assert unfit("answers", "answer", text) == (
        *("met, not met or unknown", f"'{text}'"),
        "no answer is partial",
    )
    for word in ("partial", "supports a part", "部分支持", "for a part"):
        assert said("disclosures", "polarity", word) == "partial"


def test_not_published_is_an_answer_of_a_self_assessment_only() -> None:
    own = Form("en", "polestar", "automotive-2024", self_assessment=True)
    assert said("answers", "answer", "done, not published", own) == "unpublished"
    assert unfit("answers", "answer", "done, not published")[0] == "met, not met or unknown"


@pytest.mark.parametrize(
    "value",
    [
        *(DAY, "2024-07-31", "2024-7-31", "2024/7/31", "2024.07.31", "２０２４－０７－３１"),
        *("2024年7月31日", "2024年 7月 31日", 45504, 45504.5),
    ],
)
def test_dates_are_read_where_the_year_comes_first(value: Any) -> None:
    assert said("answers", "date", value) == "2024-07-31"


@pytest.mark.parametrize(("sheet", "key"), [("answers", "date"), ("sources", "published")])
def test_a_date_after_today_is_not_taken_unless_exported_so(sheet: SheetKey, key: str) -> None:
    today = datetime.date.today()
    later = (today + datetime.timedelta(days=1)).isoformat()
    assert FORM.taken(column(sheet, key), today, "") == today.isoformat()
    assert FORM.taken(column(sheet, key), later, later) == later
    with pytest.raises(UnfitError, match=f"a date not after today, {today}"):
        FORM.taken(column(sheet, key), later, "")


def test_a_serial_number_is_counted_from_the_workbooks_epoch() -> None:
    mac = Form("en", "polestar", "automotive-2024", epoch_1904=True)
    assert said("answers", "date", 44042, mac) == "2024-07-31"


@pytest.mark.parametrize(
    "value", ["31.7.2024", "7/31/2024", "July 2024", "2024-07", 2024, 0.5, "x"]
)
def test_other_dates_are_refused(value: Any) -> None:
    assert unfit("answers", "date", value)[0] == "a date as YYYY-MM-DD"


@pytest.mark.parametrize("value", ["2024-02-30", "2024-13-01", "0000-01-01"])
def test_days_that_do_not_exist_are_refused(value: str) -> None:
    assert unfit("answers", "date", value)[0] == "a day that exists"


@pytest.mark.parametrize(
    ("value", "date"),
    [
        *((2024, "2024"), ("2024", "2024"), ("2024年", "2024"), ("2024-6", "2024-06")),
        *(("2024年6月", "2024-06"), (DAY, "2024-07-31"), (45504, "2024-07-31")),
        ("2024/06/01", "2024-06-01"),
    ],
)
def test_a_source_may_be_of_a_year_or_a_month(value: Any, date: str) -> None:
    assert said("sources", "published", value) == date


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day: datetime.date) -> None:
    for value in (day, day.isoformat(), f"{day.year:04}年{day.month}月{day.day}日"):
        text = said("answers", "date", value)
        assert typed("day", Date, datetime.date.fromisoformat(text)) == day


@pytest.mark.parametrize(
    "text",
    [
        *("polestar/a; ipe/b", "polestar/a;ipe/b", "polestar/a；ipe/b", "polestar/a，ipe/b"),
        *("polestar/a、ipe/b", "a\nipe/b\n", " A ; ipe/b;; a", "ｐｏｌｅｓｔａｒ／ａ ipe/b"),
    ],
)
def test_references_may_be_parted_as_people_do(text: str) -> None:
    assert said("answers", "disclosures", text) == "polestar/a; ipe/b"


def test_indicators_need_no_methodology() -> None:
    text = said("disclosures", "indicators", "2.3.1；corporate-2023/1.1.1")
    assert text == "automotive-2024/2.3.1; corporate-2023/1.1.1"


def test_places_are_parted_by_semicolons_and_lines() -> None:
    text = said("nothing_found", "looked_in", "its website, in English；\n ipe/a ;annual reports")
    assert text == "its website, in English; ipe/a; annual reports"


def test_numbers_are_text_where_text_is_asked_for() -> None:
    assert said("disclosures", "locator", 12) == "12"
    assert said("disclosures", "locator", 12.5) == "12.5"
    assert said("disclosures", "statement", False) == "FALSE"


@pytest.mark.parametrize("key", ["indicators", "locator", "id", "source", "statement"])
def test_a_date_in_the_place_of_text_is_explained(key: str) -> None:
    expected, found, hint = unfit("disclosures", key, DAY)
    assert (expected, found) == ("text", "the date 2024-07-31")
    assert hint.startswith("Excel made a date of what was typed")


@pytest.mark.parametrize("key", ["answer", "disclosures", "rationale", "date"])
def test_formulas_and_errors_are_no_values(key: str) -> None:
    assert unfit("answers", key, Formula("A1&B1")) == (
        *("a value", "the formula '=A1&B1'", "type the value"),
    )
    assert unfit("answers", key, ErrorValue("#REF!"))[1] == "the error #REF!"


def test_prose_keeps_its_punctuation_and_lines() -> None:
    assert said("answers", "rationale", " 有；依据\xa0：A  \n b ") == "有；依据 ：A\n b"


def test_characters_without_width_are_not_taken() -> None:
    copied = "\ufeffnet\u200b-\u2060ze\xadro\u200e by\u200f 2050\u061c"
    assert said("answers", "rationale", copied) == "net-zero by 2050"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_stored_cell_that_cannot_be_told_stands_as_it_is() -> None:
    assert FORM.stored(Key("answers", "2.3.1/value", "answer"), "不符合") == "not_met"
    assert FORM.stored(Key("answers", "2.3.1/value", "answer"), "perhaps ") == "perhaps"
    assert FORM.stored(Key("answers", "2.3.1/value", "no column"), " x ") == "x"
