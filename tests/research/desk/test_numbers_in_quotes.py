"""Whatever a note, a fraction or a broken line does to a number, a wrong one is never confirmed."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.research.desk.document_text import PageText, parts
from cati.research.desk.quote_matching import Near
from cati.research.desk.quotes import GOOD, Outcome, SearchedDocument
from tests.research.documents import drawn_pdf, line


def looked_for(content: bytes, quote: str) -> tuple[Outcome, bool]:
    """What becomes of a quote, and whether the page may have a note's digit more."""
    document = SearchedDocument([part for part in parts(content) if isinstance(part, PageText)])
    outcome, _, match = document.look(quote, 1)
    return outcome, isinstance(match, Near) and match.digit_more


def found(content: bytes, quote: str) -> bool:
    return looked_for(content, quote)[0] in GOOD


def html(body: str) -> bytes:
    return f"<!doctype html><meta charset=utf-8><body>{body}</body>".encode()


CIRCLED = """\
2023年公司范围一排放量为125①万吨，采购绿电3②亿千瓦时，回收废钢2⑶万吨。
2023年公司范围二排放量为88[4]万吨，范围三排放量为96†万吨，绿证1200*张，光伏装机35㎿，用水12㎥。
In 2023➀ emissions were 310❷ kt; 45㊀ plants; 7½ % less; 10⁻³ t per car; 5⁄8 of plants.
We cut emissions by 8½ %. 1,250 (2) kt were bought. Emissions² fell. 50 %1 of it is green."""


@pytest.mark.parametrize(
    ("quote", "is_found"),
    [
        ("公司范围一排放量为125万吨，采购绿电3亿千瓦时，回收废钢2万吨", True),
        ("公司范围一排放量为125①万吨", True),
        ("公司范围一排放量为125[1]万吨", True),
        ("公司范围一排放量为125②万吨", False),
        ("公司范围一排放量为1251万吨", False),
        ("采购绿电32亿千瓦时", False),
        ("回收废钢23万吨", False),
        ("范围二排放量为88万吨，范围三排放量为96万吨，绿证1200张，光伏装机35MW，用水12m3", True),
        ("范围二排放量为884万吨", False),
        ("In 2023 emissions were 310 kt; 45 plants; 7 1/2 % less; 10⁻³ t per car", True),
        ("emissions were 3102 kt", False),
        ("7½% less; 10^-3 t per car; 5/8 of plants", True),
        ("71/2 % less", False),
        ("1/2 % less", False),
        ("10-3 t per car", False),
        ("cut emissions by 8 1/2 %", True),
        ("cut emissions by 81/2 %", False),
        ("Emissions fell", True),
    ],
)
def test_notes_and_fractions_of_plain_text(quote: str, is_found: bool) -> None:
    assert found(CIRCLED.encode(), quote) is is_found


SUP = """\
<p>In 2023<sup>1</sup> our Scope 1 and 2 emissions were 1,250<sup>2</sup> kt CO<sub>2</sub>e.</p>
<p>We recycled 92<sup>a</sup> % of water and used 10<sup>6</sup> m<sup>3</sup> of it.</p>
<p>2023年<sup>3</sup>采购绿电3亿<sup>[4]</sup>千瓦时，降低125<sup>①</sup>万吨。</p>
<table><tr><td>Scope 1</td><td>1.2<sup>1)</sup></td><td>Mt</td></tr></table>
<p>Model years 2021&shy;2023: a third&shy;party verified cut of 5&shy;7 %, not of −12 %.</p>
<p>The target was <del>50 %</del> <ins>60 %</ins>, then 8<sup>1</sup>⁄<sub>2</sub> points.</p>"""
SUP_PDF = (
    line(
        *(("In 2023", 11, 0), ("1", 6, 4), (" our Scope 1 and 2 emissions were 1,250", 11, 0)),
        *(("2", 6, 4), (" kt CO", 11, 0), ("2", 7, -3), ("e.", 11, 0)),
    )
    + line(
        *(("We recycled 92", 11, 0), ("a", 6, 4), (" % of water and used 10", 11, 0)),
        *(("6", 6, 4), (" m", 11, 0), ("3", 6, 4), (" of it.", 11, 0)),
        y=680,
    )
    + line(
        ("Model years 2021\\2552023: a third\\255party verified cut of 5\\2557 %.", 11, 0), y=660
    )
)


NAMED = """\
排放量为125【1】万吨，绿电3〔２〕亿千瓦时，废钢2（注3）万吨，用水5［4］万吨，见【2023】年。
We used 46§ GWh, 47¶ GWh, 48‖ GWh, 49 (note 5) GWh and 50[Note 6] GWh under § 7 of the act."""


@pytest.mark.parametrize(
    ("quote", "is_found"),
    [
        ("排放量为125万吨，绿电3亿千瓦时，废钢2万吨，用水5万吨，见【2023】年", True),
        ("排放量为125【1】万吨", True),
        ("排放量为125【2】万吨", False),
        ("排放量为1251万吨", False),
        ("绿电32亿千瓦时", False),
        ("废钢23万吨", False),
        ("We used 46 GWh, 47 GWh, 48 GWh, 49 GWh and 50 GWh under § 7 of the act", True),
        ("used 46 GWh, 47 GWh, 48 GWh, 495 GWh", False),
        ("and 506 GWh", False),
        ("under § 8 of the act", False),
    ],
)
def test_notes_in_other_brackets_and_with_other_marks(quote: str, is_found: bool) -> None:
    assert found(NAMED.encode(), quote) is is_found


@pytest.mark.parametrize("content", [html(SUP), drawn_pdf(SUP_PDF)], ids=["html", "pdf"])
@pytest.mark.parametrize(
    ("quote", "is_found"),
    [
        ("In 2023 our Scope 1 and 2 emissions were 1,250 kt CO2e.", True),
        ("In 2023¹ our Scope 1 and 2 emissions were 1,250² kt CO₂e.", True),
        ("In 2023 our Scope 1 and 2 emissions were 1,250³ kt CO2e.", False),
        ("Scope 1 and 2 emissions were 1,2502 kt CO2e", False),
        ("In 20231 our Scope 1 and 2 emissions", False),
        ("recycled 92 % of water and used 10⁶ m³", True),
        ("used 10^6 m3", True),
        ("used 106 m3", False),
        ("used 10 m3", False),
        ("6 m3 of it", False),
        ("Model years 2021-2023: a third-party verified cut of 5-7 %", True),
        ("verified cut of 57 %", False),
        ("years 20212023", False),
    ],
)
def test_raised_digits_and_soft_hyphens(content: bytes, quote: str, is_found: bool) -> None:
    assert found(content, quote) is is_found


@pytest.mark.parametrize(
    ("quote", "is_found"),
    [
        ("2023年采购绿电3亿千瓦时，降低125万吨", True),
        ("降低1251万吨", False),
        ("Scope 1 1.2 Mt", True),
        ("Scope 1 1.21 Mt", False),
        ("The target was 60 %", True),
        ("The target was 50 %", False),
        ("then 8 1/2 points", True),
        ("then 81/2 points", False),
        ("not of -12 %", True),
        ("not of 12 %", False),
    ],
)
def test_what_web_pages_strike_out_or_set_high(quote: str, is_found: bool) -> None:
    assert found(html(SUP), quote) is is_found


@pytest.mark.parametrize(
    "page",
    ["were 1,2502 kt in all", "were 1,250 2 kt in all", "were 1,250 (2) kt in all"],
)
def test_where_nothing_tells_a_note_no_more_is_said_than_that(page: str) -> None:
    text = f"In 2023 the emissions of all our plants {page} of the countries.".encode()
    for number in ("1,250", "1,2502"):
        quote = f"In 2023 the emissions of all our plants were {number} kt in all"
        outcome, digit_more = looked_for(text, quote)
        assert outcome not in GOOD
        assert digit_more or number == "1,2502"


def test_a_note_at_a_word_may_be_a_digit_more() -> None:
    text = b"In 2023 the Scope emissions1 of all our plants were 1,250 kt in all."
    quote = "In 2023 the Scope emissions of all our plants were 1,250 kt in all"
    assert looked_for(text, quote) == ("changed", True)


class Marked(NamedTuple):
    """A number with the mark of a note, set in each of the three kinds of documents."""

    text: str
    html: str
    runs: tuple[tuple[str, float, float], ...]
    plain: str


@st.composite
def marks(draw: st.DrawFn) -> Marked:
    number = draw(st.integers(1, 20))
    up = str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    text = draw(
        st.sampled_from(
            [
                *(up, f" {up}", f"{up}⁾", f"[{number}]", f"({number})", f" [{number}]"),
                *(chr(0x245F + number), chr(0x2473 + number), chr(0x2487 + number)),
                *(chr(0x2775 + (number - 1) % 10 + 1), "†", "‡", "※", "ᵃ"),
            ]
        )
    )
    style = draw(
        st.sampled_from(
            [
                "<sup>{}</sup>",
                "<sup><a href='#fn{0}'>{0}</a></sup>",
                "<sup>[{}]</sup>",
                "<sup>{})</sup>",
                "<a href='#fn'>{}</a>",
                "<span style='vertical-align:super'>{}</span>",
                "<sup><span class='x'><b>{}</b></span></sup>",
            ]
        )
    )
    size = draw(st.sampled_from([(6.0, 4.0), (7.0, 3.0), (8.0, 3.0), (11.0, 5.0)]))
    return Marked(text, style.format(number), ((str(number), *size),), str(number))


NUMBERS = st.one_of(
    st.integers(1, 999).filter(lambda number: number != 10).map(str),
    st.integers(1_000, 999_999).map("{:,}".format),
    st.decimals(0, 99, places=1).map(str),
    st.integers(2_011, 2_069).map(str),
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(NUMBERS, marks(), st.sampled_from([" kt", " %", " million tonnes", " plants"]))
def test_no_mark_of_a_note_ever_becomes_a_digit(number: str, mark: Marked, unit: str) -> None:
    before, behind = "The amount of all our works was ", f"{unit} in the year of the report."
    quote, wrong = (f"{before}{one}{behind}" for one in (number, number + mark.plain))
    documents = {
        "text": f"{before}{number}{mark.text}{behind}".encode(),
        "html": html(f"<p>{before}{number}{mark.html}{behind}</p>"),
        "pdf": drawn_pdf(line((before + number, 11, 0), *mark.runs, (behind, 11, 0))),
    }
    for kind, content in documents.items():
        assert found(content, quote), kind
        assert not found(content, wrong), kind
