"""The interface in English and Chinese.

Translations are read straight from the ``.po`` files that translators edit,
so that there is no compiled copy that could fall behind.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from importlib import resources

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cati.model.language import LANGUAGES, Language

__all__ = ["LANGUAGES", "LOCALES", "Language", "translations"]

LOCALES = {"en": "en", "zh": "zh_Hans_CN"}
"""Babel's name of each language's locale."""


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The interface texts of a language; English ones stand in the code itself."""
    if language == "en":
        return gettext.NullTranslations()
    folder = resources.files("cati.report") / "locales" / LOCALES[language] / "LC_MESSAGES"
    with (folder / "cati.po").open("rb") as stream:
        catalog = read_po(stream, locale=LOCALES[language])
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
