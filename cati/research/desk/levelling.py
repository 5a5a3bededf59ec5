"""Levelling out what typesetting alone decides, so that no two numbers ever become one.

Spaces, words broken at line ends, ligatures, full-width forms, kinds of quotation
marks and dashes are made alike. Marks of notes (¹ ① ⑴ ❶ † * § [1] 【1】) are taken out and
kept apart: a quote may leave out a note that a page has, but not have another one.
What is raised for another reason keeps its meaning: 10⁶, m², 1ˢᵗ.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from cati.research.desk.raised import RAISED, plain
from cati.research.desk.words import CJK
from cati.store.characters import simplified, unified

MIXED = "\u2005"
"""Stands between the whole number and the fraction of one number: 8 1/2."""

_APART = "_"
"""Stands between two digits that are none of one number's."""

_ROUNDS = 8
_CONTEXT = 8
"""Letters and digits before a note by which its place is known."""

_ZERO_WIDTH = re.compile(r"[\xad\u200b-\u200d\u2060-\u2064\ufe0e\ufe0f\ufeff]")
_SOFT_HYPHEN_IN_NUMBER = re.compile(r"(?<=\d)\xad+(?=\s*\d)")
_KEYCAP = re.compile("([0-9*#])\ufe0f?\u20e3")
_ENCLOSED = re.compile(
    "[\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3248-\u324f\u3251-\u325f\u3280-\u3289"
    "\u32b1-\u32bf\U0001f100-\U0001f10c\U0001f110-\U0001f129\U0001f150-\U0001f169]"
)
_SYMBOLS = re.compile(r"[†‡※⁂]+|(?<=[\w%‰)])[§¶‖]+(?!\s?\d)")
_NAMED_NOTE = re.compile(
    r"[【〔〖](?:注|註)?\s?(\d{1,3})[】〕〗]"
    r"|[(（\[［](?:[见見]?(?:注|註|附注|附註)|[Nn]ote|[Ff]n\.?|[Ff]ootnote)\s?(\d{1,3})[)）\]］]"
)
_TRADE = re.compile("[®™℠©]")
_VULGAR = re.compile("[\u00bc-\u00be\u2150-\u215e\u2189]")
_OWN_DIGITS = re.compile("[\u3358-\u3370\u33e0-\u33fe\u32c0-\u32cb\u215f]")
"""Characters that stand for a number and more, such as ㏠ for 1日, or for its numerator."""

_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_LOW_DIGIT = re.compile(r"(?<=[0-9])(?=[\u2080-\u2089])")
_FORMS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』〝〞", '"'),
        **dict.fromkeys("‘’‚‛′`", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("∼〜", "~"),
        **dict.fromkeys("≦⩽", "≤"),
        **dict.fromkeys("≧⩾", "≥"),
        "⁄": "/",
        "∕": "/",
        "٫": ".",
        "٬": ",",
    }
)

_POWER_OF_TEN = re.compile(r"(?<![0-9.,])10\Z")
_UNIT_OF_POWERS = re.compile(r"(?:\A|[^A-Za-z])(?:[cdkmµμ]?m|Nm|ft|in|yd|s)\Z")
_ORDINALS = frozenset(("st", "nd", "rd", "th", "er", "re", "ère", "ème", "eme"))
_DENOMINATOR = re.compile("[/⁄∕][0-9\u2080-\u2089]")
_DEGREE = re.compile(r"\s?[CF](?![A-Za-z])")

_NOTE_IN_BRACKETS = re.compile(
    rf"\[([0-9]{{1,3}}(?:[,-] ?[0-9]{{1,3}})*|(?<=[0-9A-Za-z%‰){CJK}]\[)[a-z])\]"
    rf"|(?<=[0-9A-Za-z%‰{CJK}])\(([0-9]{{1,2}})\)"
    rf"|(?<=[0-9A-Za-z%‰){CJK}])([*#^]{{1,3}})(?![0-9A-Za-z(*#^-])"
)
_NOTE = re.compile(r"(\s*)⟦([^⟦⟧]*)⟧")

_BROKEN_NUMBER = re.compile(
    r"(?<=[0-9]-)\s*\n\s*(?=[0-9])|(?<=[0-9],)\s*\n\s*(?=[0-9]{3}(?![0-9]))"
)
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_BESIDE_CHINESE = re.compile(rf"\s+(?=[{CJK}。、])|(?<=[{CJK}。、])\s+|\s+(?=[%‰°])")
_THOUSANDS = re.compile(
    r"(?<![0-9.,'])[1-9][0-9]{0,2}([,'])[0-9]{3}(?:\1[0-9]{3})*(?![0-9]|[,'][0-9])"
)
_UNIT_POWER = re.compile(r"(?<=[A-Za-z])\^(?=[23](?![0-9]))")
_NUMBER_LETTER = re.compile(r"(?<![A-Za-z0-9.,])([0-9]+(?:[.,][0-9]+)*)(?=[A-Za-z])")
_CO2 = re.compile(r"(?<=CO) ?2(?: ?(eq|e)(?![A-Za-z]))?")
_SPACES = re.compile(r"\s+")
_MIXED_NUMBER = re.compile(
    r"(?<![0-9A-Za-z.,/_])([0-9]+) ([0-9]{1,2})/([0-9]{1,3})(?![0-9/]|[.,][0-9])"
)
_YEAR = re.compile("(?:19|20)[0-9]{2}")


@dataclass(frozen=True)
class Note:
    """The mark of a note: what it says, and the letters and digits before it."""

    mark: str
    behind: str

    def is_at(self, other: Note) -> bool:
        """Whether it is the same mark at what may be the same place."""
        same = self.behind.endswith(other.behind) or other.behind.endswith(self.behind)
        return self.mark == other.mark and same


@dataclass(frozen=True)
class Level:
    """A text with typesetting levelled out, and the notes that were in it."""

    text: str
    notes: tuple[Note, ...]


def levelled(text: str) -> Level:
    """A text without what typesetting alone decides.

    Spaces become one or, beside Chinese characters and signs of per cent,
    none; hyphens inside words go, and with them words broken at line ends;
    soft hyphens go too, but between digits they are hyphens; ligatures,
    full-width forms and digits of other scripts become plain; quotation marks
    and dashes of all kinds become one kind; thousands are not grouped; ½ is
    1/2; the lowered digit of CO2 stands in its word; notes are taken out.
    """
    notes: list[Note] = []
    for _ in range(_ROUNDS):  # what a note has parted may now be one itself
        before, text = text, _once(text, notes)
        if text == before:
            break
    return Level(text, tuple(notes))


def _once(text: str, notes: list[Note]) -> str:
    text = _NAMED_NOTE.sub(_note, text)
    if not text.isascii():
        text = _plain_characters(text)
    text = _without_notes(_NOTE_IN_BRACKETS.sub(_note, text), notes)
    text = _BROKEN_NUMBER.sub("", text)
    text = _BESIDE_CHINESE.sub("", _BROKEN_WORD.sub("", text))
    text = _THOUSANDS.sub(lambda number: re.sub("[,']", "", number[0]), text)
    text = _NUMBER_LETTER.sub(r"\1 ", _UNIT_POWER.sub("", text))
    text = _CO2.sub(r"2\1", _SPACES.sub(" ", text)).strip()
    return _MIXED_NUMBER.sub(_mixed, text)


def _plain_characters(text: str) -> str:
    """A text whose characters with a meaning of their own are written in plain ones."""
    text = unified(text)
    text = _ZERO_WIDTH.sub("", _SOFT_HYPHEN_IN_NUMBER.sub("-", _KEYCAP.sub(r"⟦\1⟧", text)))
    text = RAISED.sub(_raised, text)
    text = _ENCLOSED.sub(_enclosed, _TRADE.sub("", text))
    text = _SYMBOLS.sub(r"⟦\g<0>⟧", text)
    text = _VULGAR.sub(_spaced_out, _OWN_DIGITS.sub(_spaced_out, text))
    text = _OTHER_DIGIT.sub(_digit, _LOW_DIGIT.sub(_APART, text))
    return unicodedata.normalize("NFKC", text).translate(_FORMS)


def _raised(piece: re.Match[str]) -> str:
    """What a raised piece means where it stands; a note unless something else is known of it."""
    text, said = piece.string, plain(piece[0])
    before, behind = text[max(0, piece.start() - 4) : piece.start()], text[piece.end() :][:4]
    last = before[-1:]
    number = re.fullmatch("[+-]?[0-9]+", said)
    meant = None
    if said.isdigit() and _DENOMINATOR.match(behind):
        meant = f" {said}" if last.isdigit() else said
    elif said in {"o", "0"} and _DEGREE.match(behind):
        meant = "°"
    elif last.isascii() and last.isdigit():
        if number and (_POWER_OF_TEN.search(before) or said[0] == "-"):
            meant = "^" + said.lstrip("+")
        elif said in _ORDINALS:
            meant = said
    elif last.isascii() and last.isalpha():
        squared = said[:1] in {"2", "3"} and _UNIT_OF_POWERS.search(before)
        if squared or (said[:1] == "2" and before.endswith("CO")):
            meant = said[0] + _marked(said[1:])
        elif number and said[0] == "-":
            meant = f"^{said}"
        elif re.fullmatch("[0-9]?[+-]", said):
            meant = said
    return _marked(said) if meant is None else meant


def _marked(said: str) -> str:
    return f"⟦{said}⟧" if said else ""


def _enclosed(char: re.Match[str]) -> str:
    """A number or letter in a circle or brackets, or with a full stop of its own, as a note."""
    value = unicodedata.numeric(char[0], None)
    said = unicodedata.normalize("NFKC", char[0]).strip("().,")
    return _marked(said if value is None else f"{value:g}")


def _note(found: re.Match[str]) -> str:
    return f"⟦{next(filter(None, found.groups()))}⟧"


def _spaced_out(char: re.Match[str]) -> str:
    """A character that becomes several, apart from the digits beside it."""
    text, (start, end) = char.string, char.span()
    said = unicodedata.normalize("NFKC", char[0])
    before = " " if start and text[start - 1].isdecimal() else ""
    behind = _APART if said[-1].isdigit() and text[end : end + 1].isdecimal() else ""
    return f"{before}{said}{behind}"


def _digit(char: re.Match[str]) -> str:
    return str(unicodedata.decimal(char[0]))


def _without_notes(text: str, notes: list[Note]) -> str:
    """A text without the marks of its notes, which are added to those found so far."""
    if "⟦" not in text:
        return text
    kept: list[str] = []
    before, at = "", 0
    for note in _NOTE.finditer(text):
        kept.append(text[at : note.start()])
        before = (before + kept[-1])[-40:]
        behind, at = text[note.end() : note.end() + 1], note.end()
        notes.append(Note(note[2].strip(" ()[]"), _context(before)))
        kept.append(_between(before[-1:], note[1], behind))
        before += kept[-1]
    return "".join([*kept, text[at:]])


def _context(before: str) -> str:
    return "".join(char for char in simplified(before).lower() if char.isalnum())[-_CONTEXT:]


def _between(before: str, space: str, behind: str) -> str:
    """What stands in a note's place: digits and words beside it do not become one."""
    if before.isdecimal() and behind.isdecimal():
        return _APART
    if behind == "⟦" or not behind or behind.isspace():
        return ""
    letters = before.isascii() and before.isalpha() and behind.isascii() and behind.isalpha()
    return " " if letters or space else ""


def _mixed(number: re.Match[str]) -> str:
    """A whole number and a proper fraction as one number; a year is none of it."""
    proper = int(number[2]) < int(number[3])
    if not proper or _YEAR.fullmatch(number[1]):
        return number[0]
    return f"{number[1]}{MIXED}{number[2]}/{number[3]}"
