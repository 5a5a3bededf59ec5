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
from cati.report.language import LOCALES, Language, translations
from cati.report.places import ENGLISH, Places

DATES = LOCALES | {"en": "en_GB"}
"""Babel's name of the locale that each language writes dates by."""

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
        self.locale = Locale.parse(LOCALES[language])
        self.gettext = translations(language).gettext
        self.ngettext = translations(language).ngettext
        self.pgettext = translations(language).pgettext
        self._dates = Locale.parse(DATES[language])
        self._places = Places(language)
        self._units = self._words_of_units()

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

    def country(self, code: str | None) -> str:
        """A country by its ISO 3166-1 code."""
        _ = self.gettext
        return _("not known") if code is None else self.locale.territories.get(code, code)

    def region(self, region: str | None) -> str:
        """The group of companies by origin that a company belongs to."""
        _ = self.gettext
        if region is None:
            return _("not known")
        names = {
            "chinese": _("Chinese company"),
            "chinese-joint-venture": _("Joint venture in China"),
            "european": _("European company"),
            "american": _("American company"),
            "japanese": _("Japanese company"),
            "korean": _("Korean company"),
        }
        return names.get(region, region)

    def companies_of(self, region: str | None) -> str:
        """The companies of a group by origin; all companies where there is no group."""
        _ = self.gettext
        names = {
            None: _("all companies"),
            "chinese": _("Chinese companies"),
            "chinese-joint-venture": _("joint ventures in China"),
            "european": _("European companies"),
            "american": _("American companies"),
            "japanese": _("Japanese companies"),
            "korean": _("Korean companies"),
        }
        return names.get(region) or self.region(region)

    def entity_kind(self, kind: str) -> str:
        """What kind of entity an entity is."""
        _ = self.gettext
        names = {
            "automaker": _("automaker"),
            "joint_venture": _("joint venture"),
            "supplier": _("supplier"),
            "publisher": _("publisher"),
            "group": _("group of companies"),
        }
        return names[kind]

    def product(self, product: str | None) -> str:
        """What a company mainly makes."""
        _ = self.gettext
        names = {
            None: _("not known"),
            "new_energy": _("new energy"),
            "fuel_and_new_energy": _("fuel and new energy"),
        }
        return names[product]

    def listed(self, entity: Entity) -> str:
        """Whether a company is listed, in one word; says where sources disagree."""
        _ = self.gettext
        flags = {item.listed for item in entity.listed}
        if not flags:
            return _("not known")
        if len(flags) > 1:
            return _("disputed")
        return _("yes") if flags == {True} else _("no")

    def name_kind(self, kind: str) -> str:
        """What kind of name a name is."""
        _ = self.gettext
        names = {
            "printed": _("as printed"),
            "short": _("short name"),
            "legal": _("legal name"),
            "former": _("former name"),
            "translation": _("translation"),
            "brand": _("brand"),
            "misprint": _("misprint"),
        }
        return names[kind]

    def chinese_name_basis(self, basis: str) -> str:
        """How a Chinese name is known."""
        _ = self.gettext
        names = {
            "printed": _("printed in the source"),
            "brand_usage": _("the name the company goes by in China, not taken from the report"),
            "none": _("no established Chinese name; the other one is repeated"),
        }
        return names[basis]

    def relation(self, kind: str) -> str:
        """A relation to another entity."""
        _ = self.gettext
        names = {
            "parent": _("Parent company"),
            "group": _("Group"),
            "supplier_of": _("Supplier of"),
            "renamed_from": _("Renamed from"),
            "merged_into": _("Merged into"),
        }
        return names[kind]

    def relation_basis(self, basis: str) -> str:
        """How a relation is known."""
        _ = self.gettext
        names = {
            "stated": _("stated in the report"),
            "read_from_name": _("read from the name"),
            "outside_report": _("known from elsewhere, without a source here"),
        }
        return names[basis]

    def inheritance_basis(self, basis: str) -> str:
        """How a rule on inheritance is known."""
        _ = self.gettext
        names = {
            "printed": _("printed"),
            "inferred": _("inferred from the table"),
            "ours": _("our own rule"),
        }
        return names[basis]

    def answer(self, answer: str) -> str:
        """An answer to a criterion."""
        _ = self.gettext
        names = {
            "met": _("met"),
            "not_met": _("not met"),
            "unknown": _("unknown"),
            "unpublished": _("done, not published"),
        }
        return names[answer]

    def change(self, change: Change) -> str:
        """From which answer to which one, or that only what it rests on changed."""
        _ = self.gettext
        now = self.answer(change.now)
        if change.was == change.now:
            return _("still {answer}, but its evidence or rationale changed").format(answer=now)
        return _("{was}, now {now}").format(was=self.answer(change.was), now=now)

    def outcome(self, outcome: str) -> str:
        """What came of a challenge."""
        _ = self.gettext
        names = {
            "accepted": _("accepted"),
            "partly": _("accepted in part"),
            "rejected": _("rejected"),
        }
        return names[outcome]

    def stage(self, stage: str) -> str:
        """A stage of the company review."""
        _ = self.gettext
        return {"review": _("company review"), "appeal": _("appeal")}[stage]

    def level(self, level: str) -> str:
        """A verification level."""
        _ = self.gettext
        names = {
            "unverified": _("unverified"),
            "reviewed": _("reviewed"),
            "reconciled": _("reconciled"),
            "company_reviewed": _("company reviewed"),
        }
        return names[level]

    def polarity(self, polarity: str) -> str:
        """Whether a disclosure speaks for an indicator."""
        _ = self.gettext
        names = {
            "supports": _("supports"),
            "partial": _("supports a part"),
            "absent": self.pgettext("polarity", "nothing found"),
        }
        return names[polarity]

    def confidence(self, confidence: str) -> str:
        """How sure the reading of a disclosure is."""
        pgettext = self.pgettext
        names = {
            "high": pgettext("confidence", "high"),
            "medium": pgettext("confidence", "medium"),
            "low": pgettext("confidence", "low"),
        }
        return names[confidence]

    def doubt(self, reason: str) -> str:
        """Why a disclosure does not count, or is worth nothing by default."""
        _ = self.gettext
        names = {
            "after_cutoff": _("not public by the last day that counts"),
            "no_date": _("not known when it became public"),
            "expired": _("expired"),
            "retracted": _("retracted"),
            "superseded": _("replaced by a later disclosure"),
            "unnamed_members": _("about a group whose members are not named"),
            "low_confidence": _("low confidence"),
            "verdict": _("repeats a grade"),
            "conflict": _("contradicted"),
            "not_inheritable": _("a parent's, and no rule lets the company claim it"),
        }
        return names[reason]

    def pairing(self, relation: str) -> str:
        """How two indicators of a crosswalk relate."""
        _ = self.gettext
        names = {"same": _("same"), "related": _("related"), "none": _("no counterpart")}
        return names[relation]

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
        space = Markup(" ") if self.language == "en" else Markup()
        return space.join(sentences)

    def heading(self, name: str) -> str | Markup:
        """A column's name that may be broken where its parts meet; Chinese has no spaces."""
        if self.language == "en":
            return name
        first, joined, rest = name.partition("和")
        return Markup("{}<wbr>{}").format(first + joined, rest) if rest else name

    def _words_of_units(self) -> dict[str, str]:
        pgettext = self.pgettext
        return {
            "million": pgettext("unit", "million"),
            "lb": pgettext("unit", "lb"),
            "g": pgettext("unit", "g"),
            "kg": pgettext("unit", "kg"),
            "t": pgettext("unit", "t"),
            "kgce": pgettext("unit", "kgce"),
            "gCO₂e": pgettext("unit", "gCO₂e"),
            "kgCO₂": pgettext("unit", "kgCO₂"),
            "kgCO₂e": pgettext("unit", "kgCO₂e"),
            "tCO₂": pgettext("unit", "tCO₂"),
            "tCO₂e": pgettext("unit", "tCO₂e"),
            "km": pgettext("unit", "km"),
            "month": pgettext("unit", "month"),
            "yr": pgettext("unit", "yr"),
            "car": pgettext("unit", "car"),
            "vehicle": pgettext("unit", "vehicle"),
            "product": pgettext("unit", "product"),
            "suppliers": pgettext("unit", "suppliers"),
            "contracts": pgettext("unit", "contracts"),
        }

    def unit(self, unit: str) -> str:
        """A unit, word by word: ``t/yr``, ``million tCO2``; with the 2 of CO2 set low."""
        parts = re.split("([ /])", unit.replace("CO2", "CO₂"))
        parts = [self._units.get(part, part) for part in parts]
        return "".join(parts) if self.language == "en" else "".join(p for p in parts if p != " ")

    def percent(self, rate: str) -> str:
        """A rate with its sign."""
        _ = self.gettext
        return _("{rate} %").format(rate=rate).replace(" ", "\u00a0")
