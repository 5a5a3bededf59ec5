"""What a web page raises, lowers or strikes out never changes a number beside it."""

from __future__ import annotations

import pytest

from cati.research.desk.web_text import web_text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("1,250<sup>2</sup> kt CO<sub>2</sub>e", "1,250² kt CO₂e"),
        ("92<sup>a</sup> % and 10<sup>6</sup> m<sup>3</sup>", "92ᵃ % and 10⁶ m³"),
        ("3亿<sup>[4]</sup>千瓦时", "3亿⁽⁴⁾千瓦时"),
        ("1.2<sup>1)</sup> Mt, 5<sup>1,2</sup> t", "1.2¹⁾ Mt, 5⁽¹,²⁾ t"),
        ("1,250<sup><a href='#fn1' aria-label='Note 1'>1</a></sup> kt", "1,250¹ kt"),
        ("1,250<a href='#fn1'>1</a> kt, see <a href='#t'>12</a>", "1,250¹ kt, see 12"),
        ("1,250<span role='doc-noteref'>3</span> kt", "1,250³ kt"),
        ("1,250<sup><span><b>2</b></span></sup> kt", "1,250² kt"),
        ("1,250<sup>2<span hidden>back to the text</span></sup> kt", "1,250² kt"),
        ("1,250<span style='font-size: 60%; vertical-align: super'>2</span> kt", "1,250² kt"),
        ("1,250<span style='vertical-align: 4px'>2</span> kt", "1,250² kt"),
        ("1,250<span style='position:relative; top:-.4em'>2</span> kt", "1,250² kt"),
        ("CO<span style='vertical-align:-2px'>2</span>", "CO₂"),
        ("<style>p .n.x {vertical-align: super}</style><p>5<i class='x n'>1</i> t", "5¹ t"),
        ("<style>.n:hover {vertical-align: super}</style><p>5<i class='n'>1</i> t", "5 1 t"),
        ("1,250<span class='n'>2</span> kt", "1,250 2 kt"),
        ("20<b>23</b> and 1<span>2</span>", "2023 and 12"),
        ("<td style='vertical-align: top'>5</td><td>6</td>", "5 6"),
        ("8<sup>1</sup>⁄<sub>2</sub> % and 8<sup>1/2</sup>", "8¹⁄₂ % and 8 1⁄2"),
        ("50<sup>%</sup>, the 1<sup>st</sup>", "50%, the 1ˢᵗ"),
        ("new<sup>a text of its own, set high</sup>", "new a text of its own, set high"),
        ("25<sup>1 million of which is steel</sup> kt", "25 1 million of which is steel kt"),
        ("25<sub>1 million of which is steel</sub> kt", "25 1 million of which is steel kt"),
        ("25<sup>2<i> Market-based, see there</i></sup> kt", "25² Market-based, see there kt"),
        ("25<sup><a>2</a><i>Market-based, as told</i></sup> kt", "25² Market-based, as told kt"),
        ("25<span class='n'><span>2</span></span> kt", "25 2 kt"),
        ("25<span class='n'>2<i>Market-based</i></span> kt", "25 2Market-based kt"),
        ("25<small>2</small> kt, 26<code class='n'>2, 3</code> kt", "25 2 kt, 26 2, 3 kt"),
        ("25<tt style='vertical-align:super'>2</tt> kt", "25² kt"),
        ("25<bdi style='transform: translateY(-4px)'>2</bdi> kt", "25² kt"),
        ("25<b style='transform:translate(0, -40%)'>2</b> kt", "25² kt"),
        ("25<b style='translate: 0 -40%'>2</b> kt", "25² kt"),
        ("25<b style='position:relative;inset:-4px auto auto'>2</b> kt", "25² kt"),
        ("25<b style='font-variant: super'>2</b> kt", "25² kt"),
        ("CO<b style='font-feature-settings: \"subs\"'>2</b>", "CO₂"),
        ("cut by <b style='-webkit-text-decoration: line-through'>50</b> 60 %", "cut by 60 %"),
        ("<del>50 %</del> <ins>60 %</ins>", "60 %"),
        ("cut by <s>50</s> <strike>55</strike> 60 %", "cut by 60 %"),
        ("by <span style='text-decoration: red line-through'>50</span> 60 %", "by 60 %"),
        ("<style>.old{text-decoration-line:line-through}</style><b class='old'>5</b> 6", "6"),
    ],
)
def test_what_is_set_otherwise_is_told_from_the_number_beside_it(page: str, text: str) -> None:
    assert web_text(page).text == text


def test_a_sheet_of_a_great_many_rules_takes_no_great_while() -> None:
    rules = "".join(f".c{n}{{vertical-align:super}}" for n in range(20_000))
    page = f"<style>{rules}</style>" + "<p>5<b class='c0'>1</b>" * 2_000
    assert web_text(page).text.startswith("5¹\n5¹")
