"""What of a web page its elements and their styles hide, as the page was saved.

Scripts are not run, so that what they would hide counts as shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from cati.research.desk.web_sheets import declarations

Part = Literal["shown", "hidden", "none"]
"""Where the text of an element belongs: to what is shown, to what is hidden, or to no text."""

NOT_TEXT = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "math", "object", "iframe", "canvas"),
        *("audio", "video", "meter", "progress", "noframes", "noembed", "rt", "rp", "rtc"),
    )
)
"""Elements whose content is no text of the page; ruby says how characters are read."""

_TELLING = NOT_TEXT | {"details", "summary", "dialog", "datalist"}
"""Elements that say something of their look by what they are."""

_NUMBER = re.compile(r"([+-]?[0-9]*\.?[0-9]+)([a-z%]*)")
_RGB = re.compile(r"rgba?\(([0-9]+)[, ]+([0-9]+)[, ]+([0-9]+)(?:[,/ ]+([0-9.]+%?))?\)")
_HSL = re.compile(r"hsla?\([^,/ ]+[, ]+[0-9.]+%?[, ]+([0-9.]+)%?(?:[,/ ]+([0-9.]+%?))?\)")
_NOWHERE = re.compile(
    r"rect\((?:([01])(?:px)?[, ]*)(?:\1(?:px)?[, ]*){3}\)"
    r"|inset\((?:50|100)%.*\)|(?:circle|ellipse)\( *0[^1-9]*\)|polygon\((?:0[^1-9]*)\)"
)
_NOTHING = re.compile(r"scale(?:[xy]|3d)?\( *0[^.1-9]*\)")
_AWAY = re.compile(r"translate(?:x|y|3d)?\(([^()]*)\)")
_FONT_SIZE = re.compile(r"(?:\A|\s)([0-9.]+(?:[a-z]+|%)?)(?:/\S+)?\s+\S")
_OFF = -999
"""Pixels beside the page from which on nothing of it is seen."""

_IN_PIXELS = {"": 1, "px": 1, "pt": 1, "em": 16, "rem": 16, "vw": 14, "vh": 10, "%": 5}
"""About how many of them a unit is."""

Colour = tuple[int, ...] | str
_WHITE: Colour = (255, 255, 255)
_UNKNOWN = "unknown"
_NAMED: dict[str, Colour] = {"white": _WHITE, "black": (0, 0, 0), "transparent": "transparent"}


@dataclass(frozen=True)
class Look:
    """How the text of an element looks, by what the elements around it say.

    Attributes
    ----------
    text : bool
        Whether its content is text at all.
    gone : bool
        Whether it is marked as hidden, or drawn where nobody sees it, with all that is in it.
    folds : int
        How many closed elements around it must be opened first.
    invisible, tiny : bool
        Whether its text is, unless an element inside says otherwise.
    colour, ground : tuple of int or str, optional
        Of the text and of what is behind it.
    """

    text: bool = True
    gone: bool = False
    folds: int = 0
    invisible: bool = False
    tiny: bool = False
    colour: Colour | None = None
    ground: Colour = _WHITE

    @property
    def part(self) -> Part:
        """Where text that looks like this belongs."""
        if not self.text:
            return "none"
        unseen = self.colour is not None and self.colour in {"transparent", self.ground}
        hidden = self.gone or self.folds or self.invisible or self.tiny or unseen
        return "hidden" if hidden else "shown"

    def inside(self, element: Any) -> Look:
        """How the text of an element looks that lies in one that looks like this."""
        tag = element.tag if isinstance(element.tag, str) else "script"
        said = element.attrib
        if not said and tag not in _TELLING:
            return self
        style = declarations(said.get("style", ""))
        folds = self.folds
        if tag == "summary" and _is_closed(element.getparent()):
            folds -= 1
        return replace(
            self,
            text=self.text and tag not in NOT_TEXT,
            gone=self.gone or _is_marked(tag, said) or _is_away(style),
            folds=folds + _is_closed(element),
            invisible=_is_invisible(style, self.invisible),
            tiny=_is_tiny(style, self.tiny),
            colour=_colour(
                style.get("-webkit-text-fill-color") or style.get("color") or said.get("color"),
                self.colour,
            ),
            ground=_ground(style, said, self.ground),
        )


def _is_closed(element: Any) -> bool:
    return element is not None and element.tag == "details" and "open" not in element.attrib


def _is_marked(tag: str, said: Any) -> bool:
    """Whether attributes mark an element as hidden."""
    return (
        "hidden" in said
        or "popover" in said
        or said.get("aria-hidden", "").strip().lower() == "true"
        or tag == "datalist"
        or (tag == "dialog" and "open" not in said)
    )


def _is_away(style: dict[str, str]) -> bool:
    """Whether a style takes an element, with all that is in it, out of sight."""
    if not style:
        return False
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return True
    filtered = {"opacity": style.get("filter", "").removeprefix("opacity(").removesuffix(")")}
    clear = min(_least(style, "opacity"), _least(filtered, "opacity")) <= 0.01
    if clear or _NOTHING.search(style.get("transform", "")) or _least(style, "scale") == 0:
        return True
    beside = style.get("position") in {"absolute", "fixed"}
    sides = ["text-indent", "margin-left", "margin-top", *("left", "top", "right") * beside]
    moves = [*_AWAY.findall(style.get("transform", "")), style.get("translate", "")]
    places = [style.get(side, "") for side in sides]
    places += [length for move in moves for length in re.split("[, ]+", move)]
    if min(map(_pixels, places)) <= _OFF:
        return True
    clips = (style.get("clip-path", ""), style.get("clip", "") * beside)
    if any(map(_NOWHERE.fullmatch, clips)):
        return True
    cut = any(style.get(name) in {"hidden", "clip"} for name in ("overflow", "overflow-y"))
    return cut and min(_least(style, name) for name in ("height", "max-height", "width")) <= 1


def _pixels(length: str) -> float:
    found = _NUMBER.fullmatch(length)
    return float(found[1]) * _IN_PIXELS.get(found[2], 0) if found else 0.0


def _least(style: dict[str, str], name: str) -> float:
    """A property's number; a large one where it is not said, or not in pixels."""
    found = _NUMBER.fullmatch(style.get(name, ""))
    if found is None:
        return 1_000.0
    number = float(found[1])
    return number if found[2] in {"", "px", "pt"} or number == 0 else 1_000.0


def _is_invisible(style: dict[str, str], around: bool) -> bool:
    said = style.get("visibility")
    return around if said is None else said in {"hidden", "collapse"}


def _is_tiny(style: dict[str, str], around: bool) -> bool:
    """Whether text is too small to be seen; a size in proportion to none is none."""
    short = _FONT_SIZE.search(style.get("font", ""))
    found = _NUMBER.fullmatch(style.get("font-size", "") or (short[1] if short else ""))
    if found is None:
        return around
    number, unit = float(found[1]), found[2]
    if unit in {"em", "%", "ex"}:
        return around or number == 0
    return number <= (1 if unit in {"px", "pt"} else 0)


def _colour(said: str | None, around: Colour | None) -> Colour | None:
    return around if not said else _read_colour(said)


def _ground(style: dict[str, str], said: Any, around: Colour) -> Colour:
    """What is painted behind an element; a class or an id may stand for anything."""
    told = style.get("background-color") or style.get("background") or said.get("bgcolor")
    if told:
        ground = _read_colour(told)
        return around if ground == "transparent" else ground
    return _UNKNOWN if "class" in said or "id" in said or "background" in said else around


def _read_colour(said: str) -> Colour:
    said = said.strip().lower()
    if re.fullmatch("#[0-9a-f]{3,4}", said):
        said = "#" + "".join(2 * digit for digit in said[1:])
    if re.fullmatch("#[0-9a-f]{6}(?:[0-9a-f]{2})?", said):
        *colour, solid = bytes.fromhex(f"{said[1:]}ff"[:8])
        return tuple(colour) if solid else "transparent"
    numbers, hue = _RGB.fullmatch(said), _HSL.fullmatch(said)
    clear = (numbers and numbers[4]) or (hue and hue[2])
    if clear and float(clear.rstrip("%")) == 0:
        return "transparent"
    if numbers is not None:
        return tuple(map(int, numbers.groups()[:3]))
    if hue is not None and float(hue[1]) in {0, 100}:
        return (round(float(hue[1]) * 2.55),) * 3
    return _NAMED.get(said, said.split()[0] if said else _UNKNOWN)
