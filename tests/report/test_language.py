"""Translations come straight from the files that translators edit."""

from __future__ import annotations

from typing import get_args

from cati.model.base import ByLanguage
from cati.model.language import LANGUAGES, Language
from cati.report.language import WRITING, translations


def test_english_texts_stand_in_the_code() -> None:
    assert translations("en").gettext("Rank") == "Rank"


def test_chinese_texts_come_from_the_catalogue() -> None:
    assert translations("zh").gettext("Company") == "企业"


def test_every_language_is_declared_throughout() -> None:
    assert tuple(ByLanguage.model_fields) == LANGUAGES == get_args(Language)
    assert tuple(WRITING) == LANGUAGES


def test_every_language_is_read_once() -> None:
    assert all(translations(language) is translations(language) for language in LANGUAGES)
