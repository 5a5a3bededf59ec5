"""What of a web page is raised, lowered or struck out, put down in its tree before it is read.

Raised and lowered text becomes what `cati.research.desk.raised` says; what is struck
out becomes hidden. Elements say so by what they are or by their style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from cati.research.desk.raised import LONGEST, lowered, raised
from cati.research.desk.web_looks import Look
from cati.research.desk.web_sheets import declarations, put_styles

Setting = Literal["raised", "lowered", "struck"]

_ELEMENTS: Mapping[str, Setting] = {
    "sup": "raised",
    "sub": "lowered",
    **dict.fromkeys(("del", "s", "strike"), "struck"),
}
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
        *("font", "i", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "rtc", "ruby", "s"),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"),
        "wbr",
    )
)
"""Elements that do not begin a new line. A style may raise these; of others, such as the cells
of a table, the same words mean something else."""

_LENGTH = re.compile(r"([+-]?)\s*0*\.?0*[1-9]")
_SHIFT = re.compile(r"translate(?:y\(|\([^,()]*,)\s*([^(),]*)")
_REFERENCE = re.compile(r"[\[(]?(?:[0-9]{1,3}|[a-z]|[ivx]{1,4}|[*†‡]+)[\])]?")
_DIGITS = re.compile(r"[1-9][0-9]?(?:\s?[,–-]\s?[1-9][0-9]?)*[\])]?")


def put_marks(root: Any) -> None:
    """Put down what is raised, lowered or struck out in the tree of a page.

    Parameters
    ----------
    root : lxml element
        Is changed.
    """
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    apart = {one for one in elements if _may_be_note(one)}
    put_styles(root)
    for element in elements:
        setting = _setting(element)
        if setting == "struck":
            element.set("hidden", "")
        elif setting is not None or _refers_to_note(element):
            _put(element, setting or "raised")
        elif element in apart:
            _set_apart(element)


def _put(element: Any, setting: Setting) -> None:
    """Write a raised or lowered text as such; a long one begins with the mark of a note or none."""
    text = "".join(_shown(element))
    if len(text.strip()) <= LONGEST:
        if text.strip():
            for child in list(element):
                element.remove(child)
            element.text = raised(text) if setting == "raised" else lowered(text)
        return
    mark = element.text or ""
    if not mark.strip() and len(element) and element[0].tag in INLINE:
        _put(element[0], setting)
        element[0].tail = f" {element[0].tail or ''}"
    elif len(element) and _REFERENCE.fullmatch(mark.strip()):
        element.text = raised(mark) if setting == "raised" else lowered(mark)
        element[0].text = f" {element[0].text or ''}"
    else:
        element.text = f" {mark}"
    element.tail = f" {element.tail or ''}"


def _set_apart(element: Any) -> None:
    element.text = f" {element.text or ''}"
    element.tail = f" {element.tail or ''}"


def _shown(element: Any) -> Iterator[str]:
    """The text of an element without what is hidden in it."""
    yield element.text or ""
    for child in element:
        if Look().inside(child).part == "shown":
            yield from _shown(child)
        yield child.tail or ""


def _setting(element: Any) -> Setting | None:
    """How the text of an element is set, where it differs from that around it."""
    if element.tag in _ELEMENTS:
        return _ELEMENTS[element.tag]
    own = _of_style(declarations(element.get("style") or ""))
    return own if own == "struck" or element.tag in INLINE else None


def _of_style(said: Mapping[str, str]) -> Setting | None:
    """What the declarations of a style make of a text."""
    lines = ("text-decoration", "text-decoration-line", "-webkit-text-decoration")
    if any("line-through" in said.get(name, "") for name in lines):
        return "struck"
    height = said.get("vertical-align", "")
    variant = said.get("font-variant-position", "") + said.get("font-variant", "")
    features = said.get("font-feature-settings", "")
    if height.startswith(("super", "text-top", "top")) or "super" in variant or "sups" in features:
        return "raised"
    if height.startswith("sub") or re.search(r"\bsub\b", variant) or "subs" in features:
        return "lowered"
    for length, down in _moved(said, height):
        if (found := _LENGTH.match(length)) is not None:
            return "lowered" if found[1].strip("+") == down else "raised"
    return None


def _moved(said: Mapping[str, str], height: str) -> Iterator[tuple[str, str]]:
    """By how much a style moves a text, and with which sign it moves it down."""
    yield height, "-"
    if said.get("position") == "relative":
        yield said.get("bottom", ""), "-"
        yield said.get("top", "") or said.get("inset", ""), ""
    shift = _SHIFT.match(said.get("transform", ""))
    yield shift[1] if shift else "", ""
    yield "".join(said.get("translate", "").split()[1:2]), ""


def _refers_to_note(element: Any) -> bool:
    """Whether an element is a link to a note on the same page, set behind a word or number."""
    if element.get("role") == "doc-noteref":
        return True
    link = element.tag == "a" and "#" in (element.get("href") or "")
    return bool(
        link
        and _REFERENCE.fullmatch("".join(_shown(element)).strip())
        and not _before(element).isspace()
    )


def _may_be_note(element: Any) -> bool:
    """Whether an element of a look of its own begins with a digit or two, set behind a digit."""
    if element.tag not in INLINE or not _before(element).isdigit():
        return False
    mark = element.text if len(element) and (element.text or "").strip() else None
    text = "".join(_shown(element)) if mark is None else mark
    looks = element.tag in {"small", "big"} or any(one.attrib for one in element.iter())
    return bool(looks and _DIGITS.fullmatch(text.strip()))


def _before(element: Any) -> str:
    """The character before an element; a space where it begins a line."""
    while element is not None:
        earlier = element.getprevious()
        text = (
            (element.getparent().text if element.getparent() is not None else "")
            if earlier is None
            else earlier.tail or "".join(_shown(earlier))
        )
        if text:
            return str(text)[-1]
        if earlier is None and element.getparent() is not None:
            if element.getparent().tag not in INLINE:
                return " "
            element = element.getparent()
        else:
            element = earlier
    return " "
