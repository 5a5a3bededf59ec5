"""What the desk prints says what was found, and never steers a terminal."""

from __future__ import annotations

import pytest

from cati.model.evidence import Quote
from cati.research.desk.desk_lines import (
    caveat_lines,
    page_count_lines,
    page_lines,
    passage_lines,
    quote_lines,
    source_caveat_lines,
)
from cati.research.desk.document_text import Caveats, PageText, State
from cati.research.desk.quote_matching import Match, Near
from cati.research.desk.quotes import Outcome, QuoteCheck
from cati.store.store import Store
from tests.conftest import Spoilable


def check(outcome: Outcome, match: Match | Near | None = None, **more: bool) -> QuoteCheck:
    quote = Quote(text="by 50 % by 2036", language="en", page=3)
    place = ("alpha/d1", "companies/alpha/evidence.yaml", 7)
    return QuoteCheck(*place, quote, 3, "alpha/report", outcome, (4, 5, 6), match, **more)


@pytest.mark.parametrize(
    ("checked", "told"),
    [
        (check("elsewhere", Match("exact", "x")), "not on page 3 of alpha/report, but on 4-6"),
        (
            check("changed", Near(("2036",), ("2035",))),
            "alpha/report says otherwise: the quote has '2036', the page '2035'",
        ),
        (
            check("fuzzy", Match("fuzzy", "by 50% by 2036", 93.4)),
            "nearly found on page 4-6 (93 % alike): by 50% by 2036",
        ),
        (
            check("hidden", Match("exact", "x")),
            "not visible: page 4-6 of alpha/report has it, but not so that a reader sees it;",
        ),
        (check("not_found"), "not found in alpha/report"),
        (check("no_page"), "alpha/report has no page 3"),
        (check("no_text"), "page 3 of alpha/report has no text"),
        (check("no_copy"), "not checked: no copy of alpha/report here"),
        (check("other_language"), "not checked: not in the language of alpha/report"),
        (
            check("exact", Match("exact", "x"), unchecked=True),
            "found on page 4-6; the transcription is not confirmed",
        ),
    ],
)
def test_a_quote_that_needs_a_look_is_told_with_its_place(checked: QuoteCheck, told: str) -> None:
    first, quote, _ = quote_lines([checked], "en")
    assert first.startswith(f"companies/alpha/evidence.yaml:7: alpha/d1: {told}")
    assert quote == "  by 50 % by 2036"


def test_quotes_that_hold_are_only_counted() -> None:
    checks = [check("exact", Match("exact", "x")), check("normalised", Match("normalised", "x"))]
    assert list(quote_lines(checks, "en")) == ["2 quotes: 2 found, 0 not as cited, 0 not checked"]


def test_pages_without_text_are_named_in_runs() -> None:
    states: list[State] = ["text", "image", "image", "text", "empty", "image"]
    pages = [PageText(n, "x", state) for n, state in enumerate(states, start=1)]
    assert list(page_count_lines(pages, "en")) == [
        "  6 pages",
        "  images, and no text or hardly any: 3 (2-3, 6)",
        "  empty: 1 (5)",
    ]


def test_what_a_text_lacks_is_told() -> None:
    assert list(caveat_lines(Caveats(), "en")) == []
    assert list(caveat_lines(Caveats(1, 1_200, "big5"), "en")) == [
        "1 character could not be read and stands as \ufffd",
        "1,200 characters are hidden or struck out: a quote from there is not taken as found",
        "it says no encoding, or a wrong one: read as big5",
    ]
    told = {"alpha/b": Caveats(lost=2), "alpha/a": Caveats(guessed="gb18030")}
    assert list(source_caveat_lines(told, "zh")) == [
        "alpha/a: 文件未注明编码或注明有误：按 gb18030 读取",
        "alpha/b: 有 2 个字符无法读取，显示为 \ufffd",
    ]


def test_a_page_shows_what_it_hides_apart() -> None:
    page = PageText(1, "We buy steel.", "text", "No, we do not.")
    assert list(page_lines(page, "en"))[-3:] == ["", "hidden or struck out:", "No, we do not."]


def test_what_is_decided_on_was_found_all_the_same(tiny: Spoilable) -> None:
    methodology = Store.open(tiny.root).methodologies["tiny"]
    scores = {("1.1.1", "a" * 10): 2.0, ("1.1.1", "b" * 10): 1.0, ("1.1.2", "a" * 10): 1.0}
    assert list(passage_lines({"1.1.1": ()}, methodology, scores, "en"))[1:] == [
        "  nothing open; found and decided on: 2",
        "",
    ]
    assert list(passage_lines({"1.1.1": ()}, methodology, {}, "en"))[1:] == ["  nothing found", ""]


def test_a_page_cannot_steer_the_terminal() -> None:
    lines = list(page_lines(PageText(2, "a\u202eb\x1b[2J", "text"), "en"))
    assert lines == ["page 2", "", "a\\u202eb\\u001b[2J"]
