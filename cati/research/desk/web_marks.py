"""What of a web page is raised, lowered or struck out, put down in its tree before it is read.

Raised and lowered text becomes what `cati.research.desk.raised` says; what is struck
out becomes hidden. Elements say so by what they are, by their own style, or by a
rule of the page's own style sheets for their element, class or id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from cati.research.desk.raised import LONGEST, lowered, raised

Setting = Literal["raised", "lowered", "struck"]

_ELEMENTS: Mapping[str, Setting] = {
    "sup": "raised",
    "sub": "lowered",
    **dict.fromkeys(("del", "s", "strike"), "struck"),
}
_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "em", "font", "i", "ins", "label", "small", "span", "strong", "u")
)
"""Elements that style sheets may raise; of others the same words mean something else."""

_SHEET_LIMIT, _RULES_LIMIT = 1_000_000, 100
"""Characters of a page's own style sheets that are looked at, and rules that count."""

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{};]{1,2000})\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?:\A|[\s>+~])([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)\s*\Z", re.I)
_PROPERTY = re.compile(r"(?:\A|;)\s*([a-z-]+)\s*:\s*([^;]*)", re.I)
_NOT_SHOWN = re.compile(r"(?:\A|;)\s*display\s*:\s*none\b", re.I)
_LENGTH = re.compile(r"([+-]?)\s*0*\.?0*[1-9]")
_REFERENCE = re.compile(r"[\[(]?(?:[0-9]{1,3}|[a-z]|[ivx]{1,4}|[*†‡]+)[\])]?")
_DIGIT_OR_TWO = re.compile(r"[1-9][0-9]?")


@dataclass(frozen=True)
class _Rule:
    """What a style sheet says of elements with a name, or any, and with classes and ids."""

    tag: str
    names: frozenset[str]
    setting: Setting


def put_marks(root: Any) -> None:
    """Put down what is raised, lowered or struck out in the tree of a page.

    Parameters
    ----------
    root : lxml element
        Is changed.
    """
    rules = list(islice(_rules(root), _RULES_LIMIT))
    for element in [one for one in root.iter() if isinstance(one.tag, str)]:
        setting = _setting(element, rules)
        if setting == "struck":
            element.set("hidden", "")
        elif setting is not None or _refers_to_note(element):
            _put(element, setting or "raised")
        elif _may_be_note(element):
            element.text = f" {element.text} "


def _put(element: Any, setting: Setting) -> None:
    text = "".join(_shown(element))
    if len(text.strip()) > LONGEST or not text.strip():
        return
    for child in list(element):
        element.remove(child)
    element.text = raised(text) if setting == "raised" else lowered(text)


def _shown(element: Any) -> Iterator[str]:
    """The text of an element without what is marked as hidden in it."""
    yield element.text or ""
    for child in element:
        unseen = "hidden" in child.attrib or _NOT_SHOWN.search(child.get("style") or "")
        if not unseen and child.tag not in {"script", "style"}:
            yield from _shown(child)
        yield child.tail or ""


def _setting(element: Any, rules: list[_Rule]) -> Setting | None:
    """How the text of an element is set, where it differs from that around it."""
    tag = element.tag
    if tag in _ELEMENTS:
        return _ELEMENTS[tag]
    own = _of_style(element.get("style") or "")
    if own is None and rules:
        names = {f".{name}" for name in (element.get("class") or "").split()}
        names.add(f"#{element.get('id')}")
        fitting = [one for one in rules if one.tag in {"", tag} and one.names <= names]
        own = fitting[-1].setting if fitting else None
    return own if own == "struck" or tag in _INLINE else None


def _of_style(style: str) -> Setting | None:
    """What the declarations of a style make of a text."""
    said = {name.lower(): value.lower().strip() for name, value in _PROPERTY.findall(style)}
    if "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", ""):
        return "struck"
    height = said.get("vertical-align", "") or said.get("font-variant-position", "")
    if height.startswith(("super", "text-top", "top")):
        return "raised"
    if height.startswith("sub"):
        return "lowered"
    moved = [(height, "-"), (said.get("bottom", ""), "-"), (said.get("top", ""), "")]
    if said.get("position") != "relative":
        moved = moved[:1]
    for length, down in moved:
        if (found := _LENGTH.match(length)) is not None:
            return "lowered" if found[1].strip("+") == down else "raised"
    return None


def _rules(root: Any) -> Iterator[_Rule]:
    """The rules of a page's own style sheets that raise, lower or strike out."""
    sheets = "\n".join("".join(sheet.itertext()) for sheet in root.iter("style"))
    for selectors, style in _RULE.findall(_COMMENT.sub("", sheets[:_SHEET_LIMIT])):
        setting = _of_style(style)
        for selector in selectors.split(",") if setting else ():
            found = _SELECTOR.search(selector)
            if setting and found is not None and (found[1] or found[2]):
                names = re.findall(r"[.#][\w-]+", found[2])
                yield _Rule((found[1] or "").lower(), frozenset(names), setting)


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
    """Whether an element is a digit or two of a look of its own, set behind a digit."""
    return bool(
        element.tag in _INLINE
        and element.attrib
        and not len(element)
        and _DIGIT_OR_TWO.fullmatch((element.text or "").strip())
        and _before(element).isdigit()
    )


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
            if element.getparent().tag not in _INLINE:
                return " "
            element = element.getparent()
        else:
            element = earlier
    return " "
