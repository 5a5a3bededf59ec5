"""Typesetting never hides a quote; another number, unit or 'not' never passes for it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cati.research.desk.quote_matching import (
    Match,
    Near,
    SearchedPage,
    Wanted,
    find_exact,
    find_similar,
    likely_pages,
)

PRINTED = (
    "Targets\nWe will reduce our Scope 1 and Scope 2 emissions by 50 % by 2035 against\n2019, and "
    "suppli-\ners deliver 1,200 kt of low-carbon steel in “Europe”. By 2036 the share rises by 5 "
    "percentage points. The eﬃcient plant saves 30 tCO2e and does not use coal. "
    "公司计划到 2030 年将排放量较 2019 年降低 50%，\n并采购绿电，共计１２万吨。单车碳排放下降三成。"
)
PAGE = SearchedPage(PRINTED)


def look(quote: str) -> Match | Near | None:
    wanted = Wanted(quote)
    return find_exact(wanted, PAGE) or find_similar(wanted, PAGE)


@pytest.mark.parametrize(
    ("quote", "how"),
    [
        ("does not use coal", "exact"),
        ("emissions by 50% by 2035 against 2019", "normalised"),
        ('suppliers deliver 1200 kt of low-carbon steel in "Europe"', "normalised"),
        ("The efficient plant saves 30 tCO2e", "normalised"),
        ("The eﬃcient plant saves 30 tCO2e", "exact"),
        ("The efficient plant saves 30 tCO₂e", "normalised"),
        ("公司计划到2030年将排放量较2019年降低50%，并采购绿电", "normalised"),
        ("共计12万吨", "normalised"),
        ("suppliers deliver 1,200 kt", "normalised"),
        ("supplyers deliver 1,200 kt of low carbon steel in Europe", "fuzzy"),
        ("we will reduce our scope 1 and scope 2 emissions by 50 % by 2035", "fuzzy"),
        ("公司计划至2030年将排放量较2019年降低50%，并采购绿电", "fuzzy"),
    ],
)
def test_a_quote_is_found_however_it_was_set(quote: str, how: str) -> None:
    found = look(quote)
    assert isinstance(found, Match)
    assert found.how == how


@pytest.mark.parametrize(
    ("quote", "quoted", "printed"),
    [
        ("Scope 1 and Scope 2 emissions by 50 % by 2036 against", "2036 against", "2035 against"),
        ("Scope 1 and Scope 2 emissions by 50 percent by 2035", "50 percent", "50 %"),
        (
            "Scope 1 and Scope 3 emissions by 50 % by 2035 against 2019",
            "3 emissions",
            "2 emissions",
        ),
        ("suppliers deliver 1,200 t of low-carbon steel", "1200 t", "1200 kt"),
        ("deliver 1,200 kt per car of low-carbon steel in Europe", "1200 kt per car", "1200 kt"),
        ("By 2036 the share rises by 5 percent", "5 percent", "5 percentage points"),
        ("By 2036 the share rises by 5", "5", "5 percentage points"),
        ("The efficient plant saves 30 tCO2", "30 tCO2", "30 tCO2e"),
        ("The efficient plant saves 3 tCO2e", "3 tCO2e", "30 tCO2e"),
        ("The efficient plant saves 30 tCO2e and does use coal", "", "not"),
        ("公司计划到2030年将排放量较2019年降低50个百分点，并采购绿电", "50个百分点", "50%"),
        ("公司计划到2035年将排放量较2019年降低50%，并采购绿电", "2035年将排放", "2030年将排放"),
        ("共计12亿吨", "", ""),
        ("单车碳排放下降四成", "四", "三"),
    ],
)
def test_another_number_unit_or_meaning_is_no_match(quote: str, quoted: str, printed: str) -> None:
    found = look(quote)
    assert not isinstance(found, Match)
    if isinstance(found, Near) and (quoted or printed):
        assert found == Near((quoted,), (printed,))


@pytest.mark.parametrize(
    ("quote", "printed"),
    [
        (
            "fell to 12 g CO2/km in the year of the report",
            "fell to 12 g CO2/mile in the year of the report",
        ),
        (
            "cut by 12 kg per vehicle in the year of report",
            "cut by 12 kg per tonne in the year of report",
        ),
        (
            "单车平均降低5吨/辆，较上一年度明显改善并持续推进",
            "单车平均降低5吨/台，较上一年度明显改善并持续推进",
        ),
        (
            "We aim for carbon neutrality by 2050 in all plants",
            "we do not aim for carbon neutrality by 2050 in all plants",
        ),
        ("本公司承诺在2050年前实现全部工厂碳中和", "本集团未承诺在2050年前实现全部工厂碳中和"),
        (
            "emissions of $5 million a year in all plants",
            "emissions of €5 million a year in all plants",
        ),
        ("Scope 1 was 1.2 Mt and Scope 2 was 3.4 Mt", "Scope 1 was 3.4 Mt and Scope 2 was 1.2 Mt"),
        (
            "about 1,5 Mt of steel in all of the plants",
            "about 1.5 Mt of steel in all of the plants",
        ),
        ("saved 30 MWh a year in the paint shops", "saved 30 mWh a year in the paint shops"),
    ],
)
def test_like_sentences_of_another_meaning_are_no_match(quote: str, printed: str) -> None:
    for wanted, page in ((quote, printed), (printed, quote)):
        searched = SearchedPage(f"Before. {page}. Behind.")
        assert find_exact(Wanted(wanted), searched) is None
        assert not isinstance(find_similar(Wanted(wanted), searched), Match)


SENTENCES = (
    "Emissions fell by {n} % between {y} and {z}, to {m} Mt of CO2e in all vehicle plants.",
    "到{y}年，公司将采购{n}万吨低碳钢，并将单车碳排放较{z}年降低{m}%。",
)


@pytest.mark.slow
@given(
    st.sampled_from(SENTENCES),
    st.lists(st.integers(1, 3_000), min_size=4, max_size=4),
    st.integers(0, 3),
    st.integers(1, 3_000),
    st.booleans(),
)
def test_no_changed_number_is_ever_a_match(
    sentence: str, numbers: list[int], at: int, other: int, typed_wrongly: bool
) -> None:
    assume(numbers[at] != other)
    names = "nyzm"
    page = sentence.format(**dict(zip(names, numbers, strict=True)))
    changed = [*numbers[:at], other, *numbers[at + 1 :]]
    quote = sentence.format(**dict(zip(names, changed, strict=True)))
    if typed_wrongly:
        quote = quote.replace("Emissions", "Emisions").replace("公司", "本公司")
    searched = SearchedPage(f"About us. {page} 更多信息。")
    wanted = Wanted(quote)
    assert find_exact(wanted, searched) is None
    assert not isinstance(find_similar(wanted, searched), Match)


@pytest.mark.slow
@given(st.data())
def test_what_was_cut_out_of_a_page_between_words_is_found(data: st.DataObject) -> None:
    words = PRINTED.split(" ")
    start = data.draw(st.integers(0, len(words) - 2))
    quote = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    found = find_exact(Wanted(quote), PAGE)
    cut_unit = quote.split()[-1][-1:].isdigit() or quote.endswith(("percentage", "-"))
    assert found is not None or cut_unit


def test_part_of_a_number_or_a_word_is_no_match() -> None:
    assert find_exact(Wanted("by 203"), PAGE) is None
    assert find_exact(Wanted("35 against"), PAGE) is None
    assert find_exact(Wanted("reduce our Sco"), PAGE) is None


@pytest.mark.parametrize(
    ("quote", "page", "found"),
    [
        ("降低5吨", "降低5吨/辆", False),
        ("降低5吨", "降低5吨每年", False),
        ("降低5万", "降低5万吨", False),
        ("降低5个", "降低5个百分点", False),
        ("采购5万吨", "采购5万吨绿钢", True),
        ("采购5万吨绿", "采购5万吨绿钢", True),
        ("cut by 5 t", "cut by 5 t per car", False),
        ("cut by 5 t", "cut by 5 t CO2e", False),
        ("cut by 5", "cut by 5 %", False),
        ("by 2035", "by 2035 in all plants", True),
        ("by 2035", "by 2035", True),
    ],
)
def test_a_quote_does_not_end_inside_a_quantity(quote: str, page: str, found: bool) -> None:
    assert (find_exact(Wanted(quote), SearchedPage(page)) is not None) == found


def test_of_two_like_sentences_the_one_with_the_same_year_is_found() -> None:
    page = SearchedPage(
        "In 2022 the group emitted 31 million tonnes in all of its plants. "
        "In 2023 the group emitted 31 million tonnes in all of its plants."
    )
    found = find_similar(
        Wanted("In 2023 the group emited 31 million tonnes in all of its plants"), page
    )
    assert isinstance(found, Match)
    assert "2023" in found.text


def test_likely_pages_share_most_words() -> None:
    pages = [SearchedPage(t) for t in ("nothing", "green steel from Europe", "green steel")]
    assert likely_pages(Wanted("green steel from Europe"), pages) == [1, 2]
