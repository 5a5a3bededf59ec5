"""The same drawing in about half of the bytes: matplotlib's SVG for pages that carry it as data.

matplotlib draws each of the thousand numbers of a heat map in a group of its
own, digit by digit, and gives outlines of Chinese characters in 64ths of
their unit. Here equal texts are drawn once and repeated, and outlines are
written as short steps.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
GROUP, USE, HREF = f"{{{SVG}}}g", f"{{{SVG}}}use", f"{{{XLINK}}}href"

PLACED = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\) (scale\(.*\))")
ALONG = re.compile(r"translate\(([\d.]+) 0\)")
GLYPH_SCALE, SHORT_SCALE, COARSER = "scale(0.015625)", "scale(0.125)", 8
HUNDREDTHS = re.compile(r"(\d\d\.\d\d)\d+")
"""More digits than a hundredth of a point; numbers below 10 are scales and stay whole."""
COMMAND = re.compile(r"([MLQCz])([^MLQCz]*)")


def compact(svg: bytes) -> bytes:
    """An SVG as matplotlib writes it, with texts as paths, made smaller.

    Parameters
    ----------
    svg : bytes
        Written with ``svg.fonttype: path`` and one font.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    for element in list(root.iter()):
        _shorten(element)
        _unwrap(element)
    _rename_glyphs(root)
    _draw_once(root)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return bytes(ElementTree.tostring(root, encoding="utf-8")) + b"\n"


def _shorten(element: Element) -> None:
    """Leave out indents, digits nobody can see and outlines' absolute coordinates."""
    element.text = (element.text or "").strip()
    element.tail = ""
    along = ALONG.fullmatch(element.get("transform", ""))
    if element.tag == USE and along:
        del element.attrib["transform"]
        element.set("x", along[1])
    if element.get("transform") == GLYPH_SCALE:
        element.set("transform", SHORT_SCALE)
        element.set("d", _outline(element.get("d", "")))
    for name in {"transform", "x", "y", "d"} & element.attrib.keys():
        element.set(name, HUNDREDTHS.sub(r"\1", element.get(name, "")))


def _unwrap(element: Element) -> None:
    """Take texts out of the named groups around them."""
    for place, child in enumerate(list(element)):
        if child.get("id", "").startswith("text_") and len(child) == 1:
            element[place] = child[0]


def _outline(path: str) -> str:
    """A glyph's outline with relative steps."""
    at = start = (0, 0)
    steps = []
    for command, numbers in COMMAND.findall(path):
        ends = [round(float(number) / COARSER) for number in numbers.split()]
        relative = [end - at[axis % 2] for axis, end in enumerate(ends)]
        if command == "L" and 0 in relative:
            steps.append(f"v{relative[1]}" if relative[0] == 0 else f"h{relative[0]}")
        else:
            steps.append(command.lower() + " ".join(map(str, relative)).replace(" -", "-"))
        at = (ends[-2], ends[-1]) if ends else start
        start = at if command == "M" else start
    return "".join(steps)


def _rename_glyphs(root: Element) -> None:
    """Number the glyphs, which otherwise carry the font's whole name each time."""
    glyphs = [e for e in root.iter() if e.get("transform") == SHORT_SCALE and "id" in e.attrib]
    names = {glyph.get("id", ""): f"g{number}" for number, glyph in enumerate(glyphs)}
    for glyph in glyphs:
        glyph.set("id", names[glyph.get("id", "")])
    for use in root.iter(USE):
        name = use.get(HREF, "")[1:]
        use.set(HREF, f"#{names.get(name, name)}")


def _draw_once(root: Element) -> None:
    """Repeat a text that was drawn before by a reference to it."""
    drawn: dict[str, tuple[Element, float, float]] = {}
    for parent in list(root.iter()):
        for place, element in enumerate(list(parent)):
            match = PLACED.fullmatch(element.get("transform", ""))
            if element.tag != GROUP or match is None:
                continue
            x, y = float(match[1]), float(match[2])
            looks = [match[3], element.get("style", ""), *map(_attributes, element)]
            first, first_x, first_y = drawn.setdefault("\n".join(looks), (element, x, y))
            if first is element:
                first.set("id", f"t{len(drawn)}")
            else:
                step = {"x": f"{x - first_x:.2f}", "y": f"{y - first_y:.2f}"}
                parent[place] = Element(USE, {HREF: f"#{first.get('id')}", **step})


def _attributes(element: Element) -> str:
    return element.tag + str(sorted(element.items()))
