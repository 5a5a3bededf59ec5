"""A font that really has the characters to be drawn, or a clear error; never boxes.

What comes with the package is asked first, so that the same text gives the same
bytes on every machine; a system's fonts are for characters beyond it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.font_manager import FontEntry, FontPath, FontProperties

from cati.problems import CatiError, shown

FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "STHeiti",
    "Heiti SC",
    "Noto Serif CJK SC",
    "SimSun",
)
"""Families with Simplified Chinese, the best first.

A list, because taking any font that claims the characters ends at a "last
resort" font, whose glyph for every character is a box.
"""

MATPLOTLIB = Path(mpl.get_data_path(), "fonts", "ttf")
TYPEFACES = Path(str(resources.files("cati.report"))) / "typefaces"
CARRIED = {
    "DejaVu Sans": (MATPLOTLIB / "DejaVuSans.ttf", MATPLOTLIB / "DejaVuSans-Bold.ttf"),
    "Noto Sans SC Subset": (
        TYPEFACES / "NotoSansSC-Regular.otf",
        TYPEFACES / "NotoSansSC-Bold.otf",
    ),
}
"""Regular and bold face of the families that are always there, the first one preferred: one comes
with matplotlib, and not the system's, which may be of another version; one with cati."""

SHOWN = 8
"""Missing characters that a message names."""


class MissingFontError(CatiError):
    """No font on this system has all characters of a text.

    Attributes
    ----------
    missing : str
        The characters that the best font lacks.
    """

    def __init__(self, missing: str) -> None:
        self.missing = missing
        names = ", ".join(shown(char) for char in missing[:SHOWN])
        more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
        super().__init__(
            f"no font here can draw {names}{more}; for rare or traditional Chinese characters "
            "install the package fonts-noto-cjk (Debian, Ubuntu) or the font Noto Sans CJK SC "
            "(elsewhere)"
        )


def font_for(text: str) -> FontProperties:
    """A font whose character map has every character of a text.

    Parameters
    ----------
    text : str
        All that will be drawn with the font. Line breaks are not drawn.

    Returns
    -------
    FontProperties
        The first of the families `CARRIED`, which look the same everywhere, that
        suffices; else the first of `FAMILIES` that does.

    Raises
    ------
    MissingFontError
        If no known font has them all.
    """
    needed = set(text) - {"\n"}
    lacking = needed
    for font in _fonts():
        missing = needed - _characters(font)
        if not missing:
            return FontProperties(fname=font)
        lacking = min(lacking, missing, key=len)
    raise MissingFontError("".join(sorted(lacking)))


@dataclass(frozen=True)
class Faces:
    """A family of which a text can be set.

    Attributes
    ----------
    family : str
    regular : FontPath
    bold : FontPath, optional
        None where there is none with all the characters.
    """

    family: str
    regular: FontPath
    bold: FontPath | None


def faces_for(text: str) -> Faces:
    """The font of `font_for`, with its bold face.

    Raises
    ------
    MissingFontError
        If no known font has all characters of the text.
    """
    regular = font_for(text).get_file()
    assert isinstance(regular, FontPath)  # noqa: S101  font_for names a file
    family = font_manager.get_font(regular).family_name
    needed = set(text) - {"\n"}
    for bold in _bold_of(family):
        if needed <= _characters(bold):
            return Faces(family, regular, bold)
    return Faces(family, regular, None)


def chain_for(needed: str, wished: str) -> tuple[tuple[Faces, ...], str]:
    """A font for a text, a second one for what it lacks of another, and what both lack.

    Parameters
    ----------
    needed : str
        What the first font must have.
    wished : str
        All that will be printed.

    Raises
    ------
    MissingFontError
        If no known font has all that is needed.
    """
    first = faces_for(needed)
    lacking = set(wished) - _characters(first.regular)
    found = max((lacking & _characters(font) for font in _fonts()), key=len) if lacking else set()
    if not found:
        return (first,), "".join(sorted(lacking))
    second = faces_for("".join(sorted(found)))
    return (first, second), "".join(sorted(lacking - found))


def beyond(text: str) -> str:
    """Which font of this system is needed for a text, beside those that cati carries.

    Returns
    -------
    str
        Empty where the carried ones suffice; else the family that has the most of what
        they lack, with the start of the checksum of its file, or ``none here``.
    """
    carried = (FontPath(str(regular), 0) for regular, _ in CARRIED.values())
    lacking = {char for char in text if char.isprintable()}.difference(*map(_characters, carried))
    if not lacking:
        return ""
    best = max(_fonts(), key=lambda font: len(lacking & _characters(font)))
    if not lacking & _characters(best):
        return "none here"
    digest = hashlib.sha256(Path(best).read_bytes()).hexdigest()
    return f"{font_manager.get_font(best).family_name} {digest[:16]}"


def _characters(font: FontPath) -> set[str]:
    return {chr(code) for code in font_manager.get_font(font).get_charmap()}


def _bold_of(family: str) -> Iterator[FontPath]:
    if family in CARRIED:
        yield FontPath(str(CARRIED[family][1]), 0)
        return
    for entry in sorted(font_manager.fontManager.ttflist, key=lambda entry: entry.fname):
        upright = entry.style == "normal" and entry.weight in (700, "bold")
        if entry.name == family and upright and Path(entry.fname).exists():
            yield FontPath(entry.fname, entry.index)


def _fonts() -> Iterator[FontPath]:
    for regular, _ in CARRIED.values():
        yield FontPath(str(regular), 0)
    listed = list(font_manager.fontManager.ttflist)
    yield from _known(listed)
    _read_new_fonts()
    yield from _known([entry for entry in font_manager.fontManager.ttflist if entry not in listed])


def _known(entries: list[FontEntry]) -> Iterator[FontPath]:
    """Fonts of the known families that are there, by family and then upright and regular first."""
    found = [entry for entry in entries if entry.name in FAMILIES and Path(entry.fname).exists()]
    for entry in sorted(found, key=_preference):
        yield FontPath(entry.fname, entry.index)


def _preference(entry: FontEntry) -> tuple[int, bool, bool, str]:
    regular = entry.weight in (400, "normal", "regular")
    return FAMILIES.index(entry.name), not regular, entry.style != "normal", entry.fname


def _read_new_fonts() -> None:
    """Look at fonts installed since matplotlib wrote its list, which it does only once."""
    listed = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in sorted(set(font_manager.findSystemFonts()) - listed):
        try:
            font_manager.fontManager.addfont(path)
        except (OSError, RuntimeError):
            continue  # a broken font file is no font
