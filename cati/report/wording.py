"""What ids, dates and places in the files are called in each language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from markupsafe import Markup, escape

from cati.model.assessment import Change
from cati.model.base import Remark, Text, said
from cati.model.entity import Citation, Entity
from cati.model.language import Language
from cati.report.glossary import word
from cati.report.language import WRITING, translations
from cati.report.places import ENGLISH, Places

_BESIDE_AND = re.compile(r"(?<=[0-9A-Za-z%])(?=和)|(?<=和)(?=[0-9A-Za-z])")
"""Where the Chinese *and* of an enumeration meets figures or Latin letters, which stand apart."""


def form_of(printed: str) -> int:
    """A whole number with the form of noun that a printed one takes: 1 point, 0.5 or 0–1 points."""
    return 1 if printed == "1" else 2


class Wording:
    """Words of one language for what the files name by an id.

    Parameters
    ----------
    language : {"en", "zh"}
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.writing = WRITING[language]
        self.locale = Locale.parse(self.writing.locale)
        self.gettext = translations(language).gettext
        self.ngettext = translations(language).ngettext
        self.pgettext = translations(language).pgettext
        self._dates = Locale.parse(self.writing.dates)
        self._places = Places(language)

    def date(self, day: datetime.date) -> str:
        """A day, written out."""
        return format_date(day, "long", locale=self._dates)

    def partial_date(self, date: str) -> str:
        """A year, a month or a day, written out as exactly as it is known."""
        parts = [int(part) for part in date.split("-")]
        year, month, day_of_month = [*parts, 1, 1][:3]
        day = datetime.date(year, month, day_of_month)
        if len(parts) == 3:
            return self.date(day)
        return format_skeleton("yMMMM" if len(parts) == 2 else "y", day, locale=self._dates)

    def items(self, words: Iterable[object]) -> str:
        """An enumeration: ``a, b, and c``."""
        return _BESIDE_AND.sub(" ", format_list([str(word) for word in words], locale=self.locale))

    def clauses(self, parts: Iterable[str]) -> str:
        """What is said of one thing, part after part: ``printed, page 9``."""
        return self.pgettext("clauses", ", ").join(parts)

    def word(self, choices: str, value: str | None) -> str:
        """What a coded value is called, by the list of the glossary that names it."""
        return self.gettext("not known") if value is None else word(choices, value, self.language)

    def words(self, choices: str, values: Iterable[str]) -> list[str]:
        """What several values of a list are called."""
        return [self.word(choices, value) for value in values]

    def country(self, code: str | None) -> str:
        """A country by its ISO 3166-1 code."""
        _ = self.gettext
        return _("not known") if code is None else self.locale.territories.get(code, code)

    def listed(self, entity: Entity) -> str:
        """Whether a company is listed, in one word; says where sources disagree."""
        _ = self.gettext
        flags = {item.listed for item in entity.listed}
        if not flags:
            return _("not known")
        if len(flags) > 1:
            return _("disputed")
        return _("yes") if flags == {True} else _("no")

    def change(self, change: Change) -> str:
        """From which answer to which one, or that only what it rests on changed."""
        _ = self.gettext
        now = self.word("answer", change.now)
        if change.was == change.now:
            return _("still {answer}, but its evidence or rationale changed").format(answer=now)
        return _("{was}, now {now}").format(was=self.word("answer", change.was), now=now)

    def plain_place(self, locator: str) -> str:
        """A place in a source as text without marks."""
        return self._places.plain(locator)

    def place(self, locator: str) -> str | Markup:
        """A place in a source; what has no translation is marked as English."""
        return self._places.marked(locator)

    def remark(self, remark: Remark) -> str | Markup:
        """A remark of the files; one that they have in English alone is marked as English."""
        text = said(remark, self.language)
        is_said = self.language == "en" or isinstance(remark, Text)
        return text if is_said else ENGLISH.format(text)

    def places(self, citations: Iterable[Citation]) -> Markup:
        """The places of several citations, enumerated."""
        return Markup(self.items(escape(self.place(c.locator)) for c in citations))  # noqa: S704

    def sentences(self, sentences: Iterable[str]) -> Markup:
        """Sentences one after the other, with a space between them where the language has one."""
        return Markup(self.writing.between).join(sentences)  # noqa: S704

    def heading(self, name: str) -> str | Markup:
        """A column's name that may be broken where its parts meet; Chinese has no spaces."""
        first, joined, rest = name.partition("和")
        return Markup("{}<wbr>{}").format(first + joined, rest) if rest else name

    def unit(self, unit: str) -> str:
        """A unit, word by word: ``t/yr``, ``million tCO2``; with the 2 of CO2 set low."""
        parts = re.split("([ /])", unit.replace("CO2", "CO₂"))
        words = [word("unit", part, self.language) for part in parts]
        return "".join(self.writing.between if said == " " else said for said in words)

    def percent(self, rate: str) -> str:
        """A rate with its sign."""
        _ = self.gettext
        return _("{rate} %").format(rate=rate).replace(" ", "\u00a0")
