"""What the style sheets in a web page say of its elements, put into the elements' own styles.

Rules count whose selectors are made of elements, classes and ids, one inside another, and that
hold on a screen of any width. Sheets in other files are not here, and are not requested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

_SHEET_LIMIT, _RULES_LIMIT, _ALIKE_LIMIT = 1_000_000, 20_000, 200
"""Characters of a page's sheets that are looked at, rules that count, and those of one name."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_MARK = re.compile("[{};]")
_EVERYWHERE = re.compile(r"@(?:media\s+(?:only\s+)?(?:screen|all)\s*|supports\b.*|layer\b.*)", re.S)
_COMPOUND = re.compile(r"([a-z][a-z0-9-]*)?((?:[.#][\w-]+)*)", re.I)
_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:([^;]*)")


@dataclass(frozen=True)
class _Compound:
    """An element as a selector names it: by its tag, its classes and its id."""

    tag: str
    names: frozenset[str]
    is_parent: bool = False
    """Whether what it is named for lies in it at once, and not somewhere inside."""

    def fits(self, element: Any) -> bool:
        return self.tag in {"", element.tag} and self.names <= _names(element)


@dataclass(frozen=True)
class _Rule:
    """What is said of elements that lie in others, the innermost first."""

    path: tuple[_Compound, ...]
    style: str
    number: int

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """By what of two rules the stronger one is told."""
        named = [name for one in self.path for name in one.names]
        ids = sum(name.startswith("#") for name in named)
        tags = sum(bool(one.tag) for one in self.path)
        return ids, len(named) - ids, tags, self.number

    def fits(self, element: Any) -> bool:
        if not self.path[0].fits(element):
            return False
        for one in self.path[1:]:
            element = element.getparent()
            while element is not None and not one.fits(element):
                element = None if one.is_parent else element.getparent()
            if element is None:
                return False
        return True


@dataclass
class _Open:
    """A block that has begun: its head, and what is said in it so far."""

    head: str
    counts: bool
    said: list[str] = field(default_factory=list)


def put_styles(root: Any) -> None:
    """Put what the sheets of a page say of each element before its own style.

    Parameters
    ----------
    root : lxml element
        Is changed.
    """
    by_name: dict[str, list[_Rule]] = {}
    for rule in islice(_rules(root), _RULES_LIMIT):
        alike = by_name.setdefault(min(rule.path[0].names, default=rule.path[0].tag), [])
        if len(alike) < _ALIKE_LIMIT:
            alike.append(rule)
    for element in root.iter() if by_name else ():
        if isinstance(element.tag, str):
            named = (by_name.get(name, ()) for name in {element.tag, *_names(element)})
            fitting = [rule for rules in named for rule in rules if rule.fits(element)]
            if fitting:
                fitting.sort(key=lambda rule: rule.weight)
                said = [rule.style for rule in fitting]
                element.set("style", ";".join([*said, element.get("style") or ""]))


def declarations(style: str) -> dict[str, str]:
    """What a style says of each property: what is important, or else what comes last."""
    if not style:
        return {}
    said: dict[str, str] = {}
    fixed: set[str] = set()
    for name, value in _DECLARATION.findall(_COMMENT.sub("", style.lower())):
        important = "!important" in value.replace(" ", "")
        if important or name not in fixed:
            said[name] = value.split("!")[0].strip()
        if important:
            fixed.add(name)
    return said


def _names(element: Any) -> set[str]:
    """The classes and the id of an element, as selectors write them."""
    names = {f".{name}" for name in (element.get("class") or "").split()}
    if element.get("id"):
        names.add(f"#{element.get('id')}")
    return names


def _rules(root: Any) -> Iterator[_Rule]:
    sheets = "\n".join(
        "".join(sheet.itertext())
        for sheet in root.iter("style")
        if (sheet.get("media") or "all").strip().lower() in {"all", "screen"}
        and next(sheet.iterancestors("noscript", "template"), None) is None
    )
    number = 0
    for head, style in _blocks(_COMMENT.sub("", sheets[:_SHEET_LIMIT])):
        for selector in head.split(","):
            if path := _path(selector):
                number += 1
                yield _Rule(path, style, number)


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors of rules that hold on any screen, and what they say."""
    blocks: list[_Open] = []
    at = 0
    for mark in _MARK.finditer(sheet):
        head, at = sheet[at : mark.start()].strip(), mark.end()
        if mark[0] == "{":
            counts = not head.startswith("@") or _EVERYWHERE.fullmatch(head.lower()) is not None
            blocks.append(_Open(head, counts and (not blocks or blocks[-1].counts)))
        elif blocks:
            blocks[-1].said.append(head)
            if mark[0] == "}":
                block = blocks.pop()
                if block.counts and not block.head.startswith("@"):
                    yield block.head.removeprefix("&"), ";".join(filter(None, block.said))


def _path(selector: str) -> tuple[_Compound, ...]:
    """The elements that a selector names, the innermost first; none of one that asks for more."""
    path: list[_Compound] = []
    is_parent = False
    for word in reversed(re.findall(r">|[^\s>]+", selector)):
        if word == ">":
            is_parent = True
            continue
        found = _COMPOUND.fullmatch(word)
        if found is None:
            return ()
        names = frozenset(re.findall(r"[.#][\w-]+", found[2]))
        path.append(_Compound((found[1] or "").lower(), names, is_parent))
        is_parent = False
    return tuple(path)
