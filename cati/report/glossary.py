"""The glossary: for every coded value its word in each language, and what else is read for it.

`glossary.yaml` declares the words, by list. Every form shows them and takes
them back, from a cell or a command line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import TypeAdapter

from cati.model.base import Many, NameLine, Text
from cati.model.language import Language
from cati.store.yaml_file import read_yaml

GRADED = ("answer", "level", "polarity", "confidence")
"""Lists of grades. None is nearer than another to what was typed: a guess could strengthen it."""


class Word(Text):
    """What a value is called; ``also`` is read besides and never shown."""

    also: Many[NameLine] = ()


@cache
def glossary() -> Mapping[str, Mapping[str, Word]]:
    """The words by list and value, in the order in which they are offered."""
    file = Path(str(resources.files("cati.report"))) / "glossary.yaml"
    lists = TypeAdapter(dict[str, dict[str, Word]])
    return lists.validate_python(read_yaml(file, file.name).data)


def word(choices: str, value: str, language: Language) -> str:
    """What a value of a list is called; itself where the list does not name it."""
    words = glossary()[choices]
    return words[value].get(language) if value in words else value


def offered(choices: str) -> list[str]:
    """The words of a list as messages offer them: ``accept (采用)``."""
    words = (each.values() for each in glossary()[choices].values())
    return [f"{english} ({', '.join(others)})" for english, *others in words]


def value_of(choices: str, text: str) -> str | None:
    """The value of a list that a word of any language stands for, or that is typed as it is.

    Case, width and blanks do not matter.
    """
    wanted = _folded(text)
    for value, words in glossary()[choices].items():
        read = (value, value.replace("_", " "), *words.values(), *words.also)
        if wanted in map(_folded, read):
            return value
    return None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
