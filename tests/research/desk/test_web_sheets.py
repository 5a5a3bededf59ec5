"""What the style sheets in a page hide, raise or strike out is told as what its elements do."""

from __future__ import annotations

import pytest

from cati.research.desk.web_text import web_text

PAGE = (
    """<div class='a js' id='top'><p class='x y'><span class='n'>We</span> buy steel.</p></div>"""
)


def seen(sheet: str, attributes: str = "") -> str:
    return web_text(f"<style {attributes}>{sheet}</style>{PAGE}").text


@pytest.mark.parametrize(
    "sheet",
    [
        ".x {display:none}",
        "p{color:red;display:none}",
        "#top{visibility:hidden}",
        "h1, .x.y { opacity: 0 }",
        ".a .x{display:none}",
        ".a > p{display:none}",
        "DIV.a P.x{DISPLAY:NONE}",
        ".x{display:none} p{display:block}",
        ".x{display:none!important} #top .x{display:block}",
        ".x{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}",
        "@media screen {.x{display:none}} .y{}",
        "@supports (display:grid){@layer base{.x{display:none}}}",
        ".a{color:red; & .x{display:none} margin:0}",
        "/* } */ .x{display:none} /* .x{display:block}",
    ],
)
def test_what_a_sheet_hides_is_hidden(sheet: str) -> None:
    assert seen(sheet) == ""


@pytest.mark.parametrize(
    "sheet",
    [
        ".z{display:none}",
        ".x{display:none} .x.y{display:block}",
        "p{display:none} .x{display:block}",
        ".b .x{display:none}",
        ".a > span{display:none}",
        ".x:hover{display:none}",
        ".x::after{display:none}",
        ".x:not(.y){display:none}",
        ".a + .x{display:none}",
        "@media print{.x{display:none}}",
        "@media (max-width: 600px){.x{display:none}}",
        "@media screen and (min-width: 600px){.x{display:none}}",
        "@keyframes k{from{visibility:hidden} to{visibility:visible}}",
        "@font-face{display:none}",
        ".x{display:none",
        "}}}.z{",
    ],
)
def test_what_a_sheet_may_not_hide_on_a_screen_is_shown(sheet: str) -> None:
    assert seen(sheet) == "We buy steel."


def test_sheets_for_print_and_without_scripts_say_nothing() -> None:
    assert seen(".x{display:none}", "media='print'") == "We buy steel."
    page = web_text(f"<noscript><style>.x{{display:none}}</style></noscript>{PAGE}")
    assert page.text == "We buy steel."


def test_an_element_itself_has_the_last_word() -> None:
    page = "<style>p{display:none}</style><p style='display:block'>We buy steel.</p><p>a</p>"
    assert (web_text(page).text, web_text(page).hidden) == ("We buy steel.", "a")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<style>.n{vertical-align:super}</style>25<b class='n'>2</b> kt", "25² kt"),
        ("<style>@media screen{p>.n{top:-4px;position:relative}}</style><p>25<b class=n>2", "25²"),
        ("<style>b{color:#222}</style>20<b>23</b> was the year", "2023 was the year"),
        ("<style>.o b{text-decoration:line-through}</style><p class=o><b>50</b> 60 %", "60 %"),
    ],
)
def test_what_a_sheet_raises_or_strikes_out(page: str, text: str) -> None:
    assert web_text(page).text == text


@pytest.mark.parametrize(
    "sheet", ["/*" * 300_000, "a" * 900_000, "a{" * 100_000, ".x b{}" * 30_000]
)
def test_a_sheet_made_to_cost_time_costs_little(sheet: str) -> None:
    assert seen(sheet) == "We buy steel."
