"""What a page's own elements hide is told from what they show."""

from __future__ import annotations

import pytest

from cati.research.desk.web_text import web_text

HIDING = [
    "hidden",
    "hidden='until-found'",
    "aria-hidden='true'",
    "popover",
    "style='display:none'",
    "style='color: red; DISPLAY : none !important;'",
    "style='visibility: hidden; opacity: 1'",
    "style='visibility:collapse'",
    "style='opacity:0'",
    "style='opacity: 0.00'",
    "style='font-size:0'",
    "style='font-size: 0px'",
    "style='font-size:0.01pt'",
    "style='color:transparent'",
    "style='color: rgba(1, 2, 3, 0)'",
    "style='color:#fff'",
    "style='color: white; background: #FFFFFF'",
    "style='color:#123456;background-color:rgb(18, 52, 86)'",
    "style='position:absolute; left:-9999px'",
    "style='text-indent: -9999px'",
    "style='position: absolute; clip: rect(0 0 0 0)'",
    "style='clip-path: inset(50%)'",
    "style='max-height:0; overflow:hidden'",
    "style='transform: scale(0)'",
    "style='content-visibility: hidden'",
    "style='display:block !important; /* x */ display:none !important'",
    "style='font: 0/0 serif'",
    "style='font:italic 0.5px/1 serif'",
    "style='color:hsl(0, 0%, 100%)'",
    "style='color:hsla(9, 9%, 9%, 0)'",
    "style='color: rgb(1 2 3 / 0%)'",
    "style='color:#ffff'",
    "style='color:#00000000'",
    "style='-webkit-text-fill-color:transparent; color:black'",
    "style='position:absolute; left:-100em'",
    "style='position:fixed; top:-200vh'",
    "style='transform:translateX(-9999px)'",
    "style='translate: 0 -2000px'",
    "style='margin-left:-9999px'",
    "style='position:absolute; clip: rect(1px, 1px, 1px, 1px)'",
    "style='clip-path: circle(0)'",
    "style='scale: 0'",
    "style='filter:opacity(0)'",
]


@pytest.mark.parametrize("attribute", HIDING)
@pytest.mark.parametrize("tag", ["p", "div", "span"])
def test_text_is_hidden(tag: str, attribute: str) -> None:
    page = web_text(f"<div>before <{tag} {attribute}>We <b>buy</b> steel.</{tag}> behind</div>")
    assert page.hidden == "We buy steel."
    assert page.text.split() == ["before", "behind"]


@pytest.mark.parametrize(
    "attribute",
    [
        "style='display: block; --display: none-such'",
        "style='display:none; display:block'",
        "style='display:block !important; display:none'",
        "style='opacity:0.5'",
        "style='font-size:0.9em'",
        "style='visibility:visible'",
        "style='color:white; background:#000'",
        "style='color:white' class='on-dark'",
        "style='color:black'",
        "style='height:auto; overflow:hidden'",
        "style='height:0'",
        "style='width:0.5em; overflow:hidden'",
        "style='text-indent:-20px'",
        "style='font: 12px/1 serif'",
        "style='font: 700 1em serif'",
        "style='color:#fff0f0'",
        "style='color:#000f'",
        "style='color:hsl(0, 0%, 20%)'",
        "style='transform:translate(-50%, -50%)'",
        "style='position:absolute; clip: rect(0, 100px, 100px, 0)'",
        "style='clip-path: circle(50%)'",
        "style='scale: 0.9'",
        "style='filter:opacity(0.5)'",
        "aria-hidden='false'",
    ],
)
def test_text_is_shown(attribute: str) -> None:
    page = web_text(f"<p {attribute}>We buy steel.</p>")
    assert (page.text, page.hidden) == ("We buy steel.", "")


@pytest.mark.parametrize(
    ("outer", "inner", "seen"),
    [
        ("visibility:hidden", "visibility:visible", True),
        ("font-size:0", "font-size:14px", True),
        ("font-size:0", "font-size:2em", False),
        ("color:transparent", "color:black", True),
        ("background:#000;color:#000", "background:#fff", True),
        ("display:none", "display:block", False),
        ("opacity:0", "opacity:1", False),
    ],
)
def test_an_element_inside_may_say_otherwise(outer: str, inner: str, seen: bool) -> None:
    page = web_text(f"<div style='{outer}'><p style='{inner}'>We buy steel.</p></div>")
    assert page.text == ("We buy steel." if seen else "")


def test_what_lies_in_closed_details_is_hidden_but_for_their_summary() -> None:
    inner = "<details><summary>B</summary><p>b</p></details>"
    page = web_text(f"<details><summary>A</summary><p>a</p>{inner}</details><p>C</p>")
    assert page.text.split() == ["A", "C"]
    assert page.hidden.split() == ["a", "B", "b"]
    shown = web_text(f"<details open><summary>A</summary><p>a</p>{inner}</details>")
    assert shown.text.split() == ["A", "a", "B"]


def test_light_text_on_a_dark_element_is_seen() -> None:
    cell = "<td><font color='white'>We buy steel.</font></td>"
    page = f"<table><tr bgcolor='#000080'>{cell}</tr></table>"
    assert web_text(page).text == "We buy steel."


def test_programs_are_neither_shown_nor_hidden() -> None:
    page = web_text("<div hidden><script>var steel</script><p>We buy steel.</p></div>")
    assert (page.text, page.hidden) == ("", "We buy steel.")
