"""The words for graded values of the files: one for each value and language, and what else is read.

Every form shows these words and takes them back, from a cell or a command
line. `Wording` and its catalogue declare them; what stands here besides are
other words that people type, or that earlier workbooks showed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from cati.model.base import Text
from cati.report.wording import Wording

_EN, _ZH = Wording("en"), Wording("zh")


def _words(name: Callable[[Wording, str], str], *values: str) -> dict[str, Text]:
    return {value: Text(en=name(_EN, value), zh=name(_ZH, value)) for value in values}


WORDS: dict[str, dict[str, Text]] = {
    "answer": _words(Wording.answer, "met", "not_met", "unknown", "unpublished"),
    "polarity": _words(Wording.polarity, "supports", "partial", "absent"),
    "confidence": _words(Wording.confidence, "high", "medium", "low"),
    "level": _words(Wording.level, "unverified", "reviewed", "reconciled", "company_reviewed"),
}
"""Words for the values of a list, by list."""

ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    "answer": {"not_met": ("unmet",)},
    "polarity": {
        "partial": ("for a part", "in part", "part", "partly", "支持一部分"),
        "absent": ("not found", "not disclosed", "未见", "未找到", "未披露"),
    },
    "confidence": {"high": ("高",), "medium": ("中",), "low": ("低",)},
    "level": {
        "reviewed": ("已核验",),
        "reconciled": ("已协调一致",),
        "company_reviewed": ("reviewed by the company", "企业已确认"),
    },
}
"""Other words that are read and never shown."""


def value_of(choices: str, text: str) -> str | None:
    """The value of a list that a word stands for: one that is shown, in either language, or read.

    Parameters
    ----------
    choices : str
        A key of `WORDS`.
    text : str
    """
    found = chosen(WORDS[choices], text)
    wanted = _folded(text)
    others = ALSO.get(choices, {}).items()
    return found or next((value for value, words in others if wanted in words), None)


def chosen(choices: Mapping[str, Text], text: str) -> str | None:
    """The value that a word of either language stands for, or that is typed as the files have it.

    Case, width and blanks do not matter.
    """
    wanted = _folded(text)
    for value, words in choices.items():
        own = (value, value.replace("_", " "), words.en, words.zh)
        if wanted in map(_folded, own):
            return value
    return None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
