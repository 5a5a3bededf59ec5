from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure as Canvas

from cati.report.fonts import font_for
from cati.report.site.svg import compact

XLINK = "{http://www.w3.org/1999/xlink}href"
Matrix = tuple[float, float, float, float]
"""Scale and shift along either axis."""


def original(texts: list[tuple[float, float, str]], font_size: float = 6.5) -> bytes:
    canvas = Canvas(figsize=(4, 3))
    font = font_for("".join(text for _, _, text in texts))
    font.set_size(font_size)
    for x, y, text in texts:
        canvas.text(x, y, text, fontproperties=font)
    out = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "test"}):
        canvas.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def drawn(svg: bytes) -> list[tuple[float, float, tuple[float, ...]]]:
    """Every glyph of a drawing: where it stands and the ends of its strokes, on the page."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    by_id = {e.get("id"): e for e in root.iter() if e.get("id")}

    def walk(element: Element, at: Matrix) -> Iterator[tuple[float, float, tuple[float, ...]]]:
        at = times(at, transform(element.get("transform", "")))
        tag = element.tag.rpartition("}")[2]
        if tag == "use":
            shift = (1.0, 1.0, float(element.get("x", 0)), float(element.get("y", 0)))
            yield from walk(by_id[element.get(XLINK, "")[1:]], times(at, shift))
        elif tag == "path":
            ends = strokes(element.get("d", ""))
            yield at[2], at[3], tuple(v * at[i % 2] + at[2 + i % 2] for i, v in enumerate(ends))
        else:
            for child in element:
                if child.tag.rpartition("}")[2] != "defs":
                    yield from walk(child, at)

    return list(walk(root, (1.0, 1.0, 0.0, 0.0)))


def times(outer: Matrix, inner: Matrix) -> Matrix:
    return (
        outer[0] * inner[0],
        outer[1] * inner[1],
        outer[0] * inner[2] + outer[2],
        outer[1] * inner[3] + outer[3],
    )


def transform(text: str) -> Matrix:
    at: Matrix = (1.0, 1.0, 0.0, 0.0)
    for kind, numbers in re.findall(r"(\w+)\(([^)]*)\)", text):
        values = [float(number) for number in numbers.split()]
        if kind == "scale":
            at = times(at, (values[0], values[-1], 0.0, 0.0))
        elif kind == "translate":
            at = times(at, (1.0, 1.0, values[0], values[1]))
        else:
            raise AssertionError(f"no {kind} expected")
    return at


def strokes(path: str) -> list[float]:
    """Points of a path, absolute, whatever way it is written."""
    x = y = start_x = start_y = 0.0
    ends: list[float] = []
    for command, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", text)]
        if command in "hv":
            ends += (x := x + numbers[0], y) if command == "h" else (x, y := y + numbers[0])
            continue
        if command.islower():
            numbers = [n + (y if i % 2 else x) for i, n in enumerate(numbers)]
        ends += numbers
        x, y = numbers[-2:] if numbers else (start_x, start_y)
        if command in "Mm":
            start_x, start_y = x, y
    return ends


CELLS = ["95", "100", "7", "0", "0", "13", "95", "31", "59", "Kia", "Kia", "1.5", "-3", "5"]
TEXTS = [(0.1 + 0.07 * (i % 12), 0.9 - 0.1 * (i // 12), text) for i, text in enumerate(CELLS * 5)]


def test_the_smaller_drawing_shows_the_same_texts_in_the_same_places() -> None:
    svg = original(TEXTS)

    before, after = drawn(svg), drawn(compact(svg))

    assert len(before) == len(after) > 120
    for (x, y, old), (new_x, new_y, new) in zip(before, after, strict=True):
        assert (new_x, new_y) == pytest.approx((x, y), abs=0.03)  # points; a hair is 0.2
        assert new == pytest.approx(old, abs=0.05)


def test_chinese_outlines_keep_their_form() -> None:
    svg = original([(0.1, 0.5, "气候行动 95 气候行动"), (0.1, 0.2, "范围三 95")])

    for old, new in zip(drawn(svg), drawn(compact(svg)), strict=True):
        assert new[2] == pytest.approx(old[2], abs=0.05)


def test_it_is_much_smaller() -> None:
    svg = original(TEXTS)

    assert len(compact(svg)) < 0.6 * len(svg)


def test_every_name_is_given_once() -> None:
    names = re.findall(rb'id="([^"]*)"', compact(original(TEXTS)))

    assert len(names) == len(set(names))
