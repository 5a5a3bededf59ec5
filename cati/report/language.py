"""The interface in English and Chinese.

Translations are read straight from the ``.po`` files that translators edit,
so that there is no compiled copy that could fall behind.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from functools import cache
from importlib import resources

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cati.model.language import Language


@dataclass(frozen=True)
class Writing:
    """What a language is called and how it is written.

    Attributes
    ----------
    name : str
        In the language itself.
    locale, dates : str
        Babel's names of the locale of its catalogue, and of the one that dates are written by.
    html : str
        As pages name it.
    typst : tuple of str
        Language and region as typst names them.
    clause, stop, between : str
        Marks between clauses and after a sentence; what stands between sentences and between
        words, nothing in Chinese.
    title_width : int
        Latin characters of a line of a figure's title; those of Chinese fonts are narrower.
    name_width : int
        Of a column of a sheet with the names of companies.
    """

    name: str
    locale: str
    dates: str
    html: str
    typst: tuple[str, str]
    clause: str
    stop: str
    between: str
    title_width: int
    name_width: int


WRITING: dict[Language, Writing] = {
    "en": Writing("English", "en", "en_GB", "en", ("en", "gb"), "; ", ".", " ", 78, 27),
    "zh": Writing(
        *("中文", "zh_Hans_CN", "zh_Hans_CN", "zh-Hans", ("zh", "cn"), "；", "。", "", 86, 17)
    ),
}


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The interface texts of a language; English ones stand in the code itself."""
    if language == "en":
        return gettext.NullTranslations()
    locale = WRITING[language].locale
    folder = resources.files("cati.report") / "locales" / locale / "LC_MESSAGES"
    with (folder / "cati.po").open("rb") as stream:
        catalog = read_po(stream, locale=locale)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
