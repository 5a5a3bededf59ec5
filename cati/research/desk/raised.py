"""How text that a page raises or lowers is written down: in Unicode's own raised characters.

A reader of a page sees that the 2 of 1,250² is none of the number's digits. Whoever
takes text out of a document writes what is raised by `raised` and what is lowered by
`lowered`; what a raised piece means beside its neighbours, a note or a power, is for
`cati.research.desk.levelling` to tell.
"""

from __future__ import annotations

import re
import unicodedata

_UP = str.maketrans(
    "0123456789+-−=()[]abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_DOWN = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")

_UP_CHARS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"

RAISED = re.compile(rf"⁽[^⁽⁾]{{0,40}}⁾|[{_UP_CHARS}]+")
"""A raised piece of a text: raised characters, or others between raised brackets."""

LONGEST = 12
"""Characters that a raised piece may have; a longer one is text that is set in another way."""

_FRACTION = re.compile(r"([0-9]+)[/⁄]([0-9]+)")


def raised(text: str) -> str:
    """A text that a page raises, as it is written down."""
    text = " ".join(text.split())
    if not any(map(str.isalnum, text)) or len(text) > LONGEST:
        return text
    if (fraction := _FRACTION.fullmatch(text)) is not None:
        return f" {fraction[1]}⁄{fraction[2]} "
    up = text.translate(_UP)
    return up if RAISED.fullmatch(up) else f"⁽{re.sub('[⁽⁾]', '', up)}⁾"


def lowered(text: str) -> str:
    """A text that a page lowers, as it is written down: letters stay as they are."""
    return text.translate(_DOWN)


def plain(piece: str) -> str:
    """What a raised piece says, without its brackets."""
    return unicodedata.normalize("NFKC", piece).replace("−", "-").strip("()[] ")
