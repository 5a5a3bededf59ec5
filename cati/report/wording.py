"""What ids, dates and places in the files are called in each language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from markupsafe import Markup, escape

from cati.model.entity import Citation, Entity
from cati.report.language import LOCALES, Language, translations

PLACE = re.compile(r"(Table|Figure|Appendix|footnote|section) ([\w.()-]+)")


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

    def date(self, day: datetime.date) -> str:
        """A day, written out."""
        return format_date(day, "long", locale=self.locale)

    def partial_date(self, date: str) -> str:
        """A year, a month or a day, written out as exactly as it is known."""
        parts = [int(part) for part in date.split("-")]
        year, month, day_of_month = [*parts, 1, 1][:3]
        day = datetime.date(year, month, day_of_month)
        if len(parts) == 3:
            return self.date(day)
        return format_skeleton("yMMMM" if len(parts) == 2 else "y", day, locale=self.locale)

    def items(self, words: Iterable[object]) -> str:
        """An enumeration: ``a, b, and c``."""
        return format_list([str(word) for word in words], locale=self.locale)

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

    def doubt(self, reason: str) -> str:
        """Why a disclosure does not count, or is worth nothing by default."""
        _ = self.gettext
        names = {
            "after_cutoff": _("not public by the cut-off date"),
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
        found = PLACE.fullmatch(locator)
        return locator if found is None else self._place(found[1], found[2])

    def place(self, locator: str) -> str | Markup:
        """A place in a source; left in English where it is not a simple one."""
        found = PLACE.fullmatch(locator)
        if found is None:
            return (
                locator
                if self.language == "en"
                else Markup('<span lang="en">{}</span>').format(locator)
            )
        return self._place(found[1], found[2])

    def _place(self, kind: str, number: str) -> str:
        _ = self.gettext
        forms = {
            "Table": _("Table {number}"),
            "Figure": _("Figure {number}"),
            "Appendix": _("Appendix {number}"),
            "footnote": _("footnote {number}"),
            "section": _("section {number}"),
        }
        return forms[kind].format(number=number)

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

    def percent(self, rate: str) -> str:
        """A rate with its sign."""
        _ = self.gettext
        return _("{rate} %").format(rate=rate).replace(" ", "\u00a0")
