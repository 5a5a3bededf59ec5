from __future__ import annotations

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

from cati.report.edition import Edition
from cati.report.figures.rates import rates
from cati.report.figures.sheet import (
    ACCENT,
    DARK,
    GREY,
    LIGHT,
    LONGEST_NAME,
    PARTS,
    SCALE,
    Sheet,
    Table,
)
from cati.report.wording import Wording
from tests.report.drawn import drawing, renamed

Colour = NDArray[np.float64]

EYES = {
    "all colours": np.eye(3),
    # Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB
    "no red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no blue": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = XYZ @ np.ones(3)


def linear(colour: str) -> Colour:
    channels = np.array(to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(colour: Colour) -> Colour:
    """CIE 1976 L*a*b* of linear RGB."""
    ratio = XYZ @ np.clip(colour, 0, 1) / WHITE
    cubed = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * cubed[1] - 16, 500 * (cubed[0] - cubed[1]), 200 * (cubed[1] - cubed[2])])


def contrast(one: str, other: str) -> float:
    """Ratio of luminances as WCAG 2 defines it, from 1 to 21."""
    light = sorted(float(XYZ[1] @ linear(colour)) + 0.05 for colour in (one, other))
    return light[1] / light[0]


@pytest.mark.parametrize("eyes", list(EYES))
def test_parts_beside_each_other_can_be_told_apart(eyes: str) -> None:
    seen = [lab(EYES[eyes] @ linear(colour)) for colour in PARTS]

    for one, other in itertools.pairwise(seen):
        assert np.linalg.norm(one - other) > 20  # about ten times what can just be noticed


@pytest.mark.parametrize("eyes", list(EYES))
def test_what_stands_out_is_seen_by_everyone(eyes: str) -> None:
    seen = {c: lab(EYES[eyes] @ linear(c)) for c in (ACCENT, DARK, LIGHT, "#ffffff")}

    apart = [(ACCENT, LIGHT), (DARK, LIGHT), (ACCENT, "#ffffff"), (DARK, "#ffffff")]
    for one, other in apart:
        assert np.linalg.norm(seen[one] - seen[other]) > 20


def test_texts_have_the_contrast_that_wcag_asks_for() -> None:
    assert contrast(GREY, "#ffffff") >= 4.5
    assert contrast(DARK, "#ffffff") >= 4.5
    darkest = "#" + "".join(f"{round(255 * channel):02x}" for channel in SCALE(1.0)[:3])
    assert contrast("#000000", darkest) >= 4.5


def test_the_scale_only_gets_darker() -> None:
    light = [XYZ[1] @ linear(SCALE(step / 20)) for step in range(21)]

    assert all(one > other for one, other in itertools.pairwise(light))


def test_a_long_name_is_cut_and_set_in_one_line(edition: Edition) -> None:
    first = edition.card.order[0]
    sheet = Sheet(renamed(edition, "x\n" * 500), "en")

    assert len(sheet.short_name(first)) == LONGEST_NAME
    assert "\n" not in sheet.name(first)


def test_only_disclosures_that_count_are_shown(edition: Edition) -> None:
    sheet = Sheet(edition, "en")
    found = {ref for company in edition.card.order for ref, _ in sheet.disclosures(company)}

    assert found
    assert all(edition.standings[reference].counts for reference in found)
    left_out = {r for r, s in edition.standings.items() if not s.counts}
    assert left_out
    assert not found & left_out


def test_a_place_is_named_with_its_publisher(edition: Edition) -> None:
    disclosure = edition.store.disclosures["mercedes-benz/scope3-by-category-2021-2023"]
    sheet = Sheet(edition, "zh")

    told = sheet.places(disclosure)

    title = edition.sources["ipe/automotive-report-2024"].title
    place = Wording("zh").plain_place("Figure 3-5-2")
    assert told == f"{edition.entities['ipe'].name.zh}，{title}，{place}"


def test_data_are_plain_csv() -> None:
    table = Table(("company", "low"), (("a,b", "1"), ("c", "")))

    assert table.csv() == b'company,low\n"a,b",1\nc,\n'


def test_chinese_lines_are_full_and_no_mark_begins_one(edition: Edition) -> None:
    sheet = Sheet(edition, "zh")
    text = "本评价为非官方复现：指标分值取自公众环境研究中心（IPE）的报告，权重由该表反推得出。" * 4

    lines = sheet.wrapped(text, 60).split("\n")

    assert "".join(lines) == text
    widths = [sum(1 if char.isascii() else 2 for char in line) for line in lines]
    assert all(50 < width <= 60 for width in widths[:-1])
    assert not any(line[0] in "，。；：）、" for line in lines)
    assert sum(line.count("IPE") for line in lines) == 4


def test_a_long_chinese_text_without_marks_is_broken(edition: Edition) -> None:
    lines = Sheet(edition, "zh").wrapped("车" * 100, 60).split("\n")

    assert [len(line) for line in lines] == [30, 30, 30, 10]


def test_a_title_breaks_between_clauses_where_that_takes_no_more_lines(edition: Edition) -> None:
    sheet = Sheet(edition, "zh")
    first, second = "车" * 30 + "；", "上汽集团变动最大"

    assert sheet.headline(first + second * 2) == f"{first}\n{second * 2}"
    assert sheet.headline(second + "；" + second) == f"{second}；{second}"
    crowded = sheet.headline(second + "；" + "车" * 75)
    assert [len(line) for line in crowded.split("\n")] == [43, 41]


@pytest.mark.slow
def test_a_character_that_no_font_has_is_escaped_and_the_rest_is_drawn(edition: Edition) -> None:
    thai = drawing(renamed(edition, "Alpha กขค Motors"), rates)
    escaped = drawing(renamed(edition, r"Alpha \u0e01... Motors"), rates)
    assert (thai.undrawn, escaped.undrawn) == ("กขค", "")
    assert thai.svg == escaped.svg


@pytest.mark.slow
def test_chinese_figures_are_drawn_though_a_name_has_other_letters(edition: Edition) -> None:
    thai = drawing(renamed(edition, "北汽 กขค"), rates, "zh")
    assert thai.undrawn == "กขค"
