"""Two texts that differ in a number, unit, currency, bound or direction never pass for alike."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cati.research.desk.levelling import levelled
from cati.research.desk.quote_matching import (
    Match,
    Near,
    SearchedPage,
    Wanted,
    find_exact,
    find_similar,
)
from cati.research.desk.telling import differing

PLAIN = "Our emissions across those production sites worldwide have changed considerably"
ENGLISH = (
    ("In FY2023 {}", "In FY2024 {}"),
    ("{} in Q3 of the period", "{} in Q4 of the period"),
    ("{} under ISO14064 rules", "{} under ISO14067 rules"),
    ("{}, see A1 for the details", "{}, see A2 for the details"),
    ("{} in phase Ⅲ of the plan", "{} in phase Ⅱ of the plan"),
    ("{} in ScopeⅢ of the plan", "{} in ScopeⅡ of the plan"),
    ("{} as under point (iii)", "{} as under point (ii)"),
    ("{} by ⅓ of those", "{} by ⅔ of those"),
    ("{} by sixteen percent", "{} by thirteen percent"),
    ("{} by thirteen percent", "{} by eighteen percent"),
    ("{} by ten percent", "{} by 10 percent"),
    ("{} in the third year", "{} in the tenth year"),
    ("{} by twenty-five percent", "{} by twenty-six percent"),
    ("{} with zero-emission steel", "{} with low-emission steel"),
    ("{} (Mt CO2e) in the reporting year: 412", "{} (kt CO2e) in the reporting year: 412"),
    ("{}, stated in tonnes, to 412", "{}, stated in kilotonnes, to 412"),
    ("{} with HK$100 million", "{} with US$100 million"),
    ("{} with GBP 100 million", "{} with JPY 100 million"),
    ("{}, stated in euros", "{}, stated in dollars"),
    ("{}: <5 %", "{}: >5 %"),
    ("{}: ≤5 %", "{}: ≥5 %"),
    ("{}: ±5 %", "{}: ~5 %"),
    ("{}: -5 %", "{}: 5 %"),
    ("{}: - 5 %", "{}: + 5 %"),
    ("{}: (5) %", "{}: 5 %"),
    ("{}: at least 5 %", "{}: at most 5 %"),
    ("{}: more than 5 %", "{}: less than 5 %"),
    ("{}: above the limit", "{}: below the limit"),
    ("{}: up in the year", "{}: down in the year"),
    ("{}, reduced by 5 t", "{}, reduced to 5 t"),
    ("{} and increased in the year", "{} and decreased in the year"),
    ("{} and rose in the year", "{} and fell in the year"),
    ("{} per vehicle sold (12.5)", "{} per kilometre sold (12.5)"),
    ("{} in g/km as sold (12.5)", "{} in g/mile as sold (12.5)"),
    ("{}, market-based, as told", "{}, location-based, as told"),
    ("{} and are verified by others", "{} and are unverified by others"),
    ("{} from renewable power", "{} from non-renewable power"),
    ("{}, which we do report", "{}, which we don't report"),
    ("{}, 10 t in the one and 8 t in the other", "{}, 8 t in the one and 10 t in the other"),
)
SCALE = "所有工厂均采购绿色电力，合计排放情况与公司计划一致，详见本报告附录"
CHINESE = (
    ("{}（单位：吨）", "{}（单位：克）"),
    ("{}（万吨二氧化碳当量）", "{}（千吨二氧化碳当量）"),
    ("{}共计三亿元", "{}共计三万元"),
    ("{}增加", "{}减少"),
    ("{}且同比上升", "{}且同比下降"),
    ("{}同比变化", "{}环比变化"),
    ("{}至少五成", "{}至多五成"),
    ("{}共十三项", "{}共十六项"),
    ("{}，2030年减排一百万吨", "{}，2030年减排一千万吨"),
    ("{}高于目标", "{}低于目标"),
    ("{}投入港元", "{}投入美元"),
    ("{}每辆车", "{}每吨钢"),
    ("{}元/股", "{}元/辆"),
    ("{}已经核证", "{}未经核证"),
    ("{}降低5%", "{}降低至5%"),
)
CASES = [
    *((one.format(PLAIN), other.format(PLAIN)) for one, other in ENGLISH),
    *((one.format(SCALE), other.format(SCALE)) for one, other in CHINESE),
]


def look(quote: str, page: str) -> Match | Near | None:
    wanted, searched = Wanted(quote), SearchedPage(page)
    return find_exact(wanted, searched) or find_similar(wanted, searched)


@pytest.mark.parametrize(("one", "other"), CASES, ids=lambda text: text[-24:])
def test_one_thing_told_otherwise_is_no_match(one: str, other: str) -> None:
    for quote, printed in ((one, other), (other, one)):
        page = f"About us. {printed}. More of it."
        assert isinstance(look(quote, page), Near)
        assert isinstance(look(printed, page), Match)


@pytest.mark.parametrize(
    ("quote", "printed"),
    [
        (
            "In 2023 the suppliers of our plants delivered 12 kt of low-carbon steel",
            "In 2023 the suppliers of our plarits delivered 12 kt of low carbon steel",
        ),
        (
            "The Group's emissions fell by 7 % against the baseline of 2019",
            "The Group’s ernissions fell by 7 % against the base-\nline of 2019",
        ),
        (
            "OUR CLIMATE STRATEGY HAS A TARGET: LESS COAL BY 2030",
            "Our climate strategy has a target: less coal by 2030",
        ),
        (
            "集团持续推进绿色电力采购，2030年较2019年降低50%",
            "集团待续推进绿色电力采购，2030年较2019年降低50%",
        ),
    ],
)
def test_letters_of_plain_words_may_differ(quote: str, printed: str) -> None:
    found = look(quote, f"Before. {printed}. Behind.")
    assert isinstance(found, Match)
    assert found.how == "fuzzy"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1,234 t", "1234 t", True),
        ("1'234 t", "1,234 t", True),
        ("1’234 t", "1,234 t", True),
        ("1 234 t", "1,234 t", True),
        ("1\u202f234\u202f567 t", "1,234,567 t", True),
        ("1 234.5 t", "1,234.5 t", True),
        ("1.234 t", "1,234 t", False),
        ("1.234,5 t", "1,234.5 t", False),
        ("0,125 t", "0125 t", False),
        ("12 34 t", "1234 t", False),
        ("2020,150 t", "2020150 t", False),
        ("1 235 t", "1,234 t", False),
    ],
)
def test_grouped_numbers_are_the_same_where_that_is_certain(
    one: str, other: str, same: bool
) -> None:
    for quote, printed in ((one, other), (other, one)):
        found = look(f"{PLAIN} by {quote}", f"{PLAIN} by {printed}.")
        assert isinstance(found, Match) == same


def test_numbers_in_a_row_of_a_table_stay_apart() -> None:
    page = SearchedPage("Scope 1 120 115 110\nScope 2 1 345 1 222")
    for quote in ("Scope 1 120", "120 115 110", "115 110", "Scope 2 1 345"):
        assert find_exact(Wanted(quote), page) is not None


def test_what_stands_right_before_a_similar_place_counts() -> None:
    page = "Scope 3 emissions of our plants and of our suppliers have changed in those years"
    assert look(page.replace("Scope 3", "The"), page) == Near(("",), ("3",))
    found = look(page.replace("Scope 3", "Scpoe 3"), page)
    assert isinstance(found, Match)


def test_what_differs_is_told_as_it_stands_there() -> None:
    told = differing(
        levelled("It increased by HK$ 5 million").text,
        levelled("It fell by HK$ 4 million").text,
    )
    assert told == (("increased", "HK$ 5 million"), ("fell", "HK$ 4 million"))
    assert differing("one car", "one car") is None


WORDS = (
    *("suppliers", "steel", "plants", "report", "battery", "journey", "people", "engine", "water"),
    *("policy", "forest", "climate", "logistics", "dealers", "software", "bridge", "answers"),
)
ZH_WORDS = (
    *(
        "供应商",
        "钢材",
        "报告",
        "电池",
        "政策",
        "森林",
        "厂房",
        "员工",
        "品牌",
        "物流",
        "气候",
        "设计",
    ),
    *("经销商", "软件", "桥梁", "答复", "水源", "技术", "董事会", "标准", "运营", "社会", "材质"),
)
CLASSES = (
    ("412", "413", "1,234", "1.5", "-7", "FY2023", "Q3", "A1", "ISO14064", "12^6"),
    ("three", "thirteen", "sixteen", "twenty-one", "half", "double", "Ⅱ", "Ⅲ", "ⅳ"),
    ("t", "kt", "Mt", "tonnes", "kilotonnes", "g", "kWh", "MWh", "%", "percent", "tCO2e"),
    ("US$", "HK$", "€", "GBP", "JPY", "RMB", "euros", "yuan"),
    ("<", ">", "≤", "≥", "±", "~"),
    ("increase", "decrease", "rise", "fall", "more", "less", "above", "below", "up", "down"),
    ("at least", "at most", "not", "never", "without", "per vehicle", "per kilometre"),
)
ZH_CLASSES = (
    ("412", "413", "1,234", "1.5", "十三", "十六", "三", "五", "一半"),
    ("吨", "克", "万", "亿", "千克", "公里", "百分点", "%", "美元", "港元"),
    ("增加", "减少", "上升", "下降", "至少", "至多", "高于", "低于", "不", "超过"),
)


@pytest.mark.slow
@given(st.data(), st.booleans())
def test_no_piece_that_tells_can_be_altered_or_left_out(data: st.DataObject, chinese: bool) -> None:
    words, classes = (ZH_WORDS, ZH_CLASSES) if chinese else (WORDS, CLASSES)
    plain = data.draw(st.permutations(words))
    kinds = data.draw(st.lists(st.sampled_from(classes), min_size=1, max_size=5))
    pieces = [data.draw(st.sampled_from(kind)) for kind in kinds]
    places = [data.draw(st.integers(1, len(plain) - 1)) for _ in kinds]
    at = data.draw(st.integers(0, len(kinds) - 1))
    other = data.draw(st.sampled_from(("", *kinds[at])))
    assume(other != pieces[at])
    space = "" if chinese else " "
    one = _sentence(plain, places, pieces, space)
    altered = _sentence(plain, places, [*pieces[:at], other, *pieces[at + 1 :]], space)
    for quote, page in ((one, altered), (altered, one)):
        assert not isinstance(look(quote, f"{page}."), Match)
        typed_wrongly = quote.replace("suppliers", "supplyers").replace("供应商", "供应向")
        assert not isinstance(look(typed_wrongly, f"{page}."), Match)
        assert isinstance(look(page, f"{page}."), Match)


def _sentence(plain: Sequence[str], places: list[int], pieces: list[str], space: str) -> str:
    """Plain words with pieces put in before some of them."""
    there = sorted(zip(places, pieces, strict=True), key=lambda one: one[0])
    words = [
        word
        for at, plain_word in enumerate(plain)
        for word in (*(piece for place, piece in there if place == at and piece), plain_word)
    ]
    return space.join(words)
