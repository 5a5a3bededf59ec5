"""Profiles, sources and disclosures as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cati.model.base import Remark, said
from cati.model.entity import Entity, EntityRelation
from cati.model.evidence import Disclosure, Figure, Place
from cati.model.methodology import Methodology, code_order
from cati.model.rounding import plain
from cati.model.source import Source
from cati.model.standing import Standing
from cati.report.language import Language, translations
from cati.report.show import DASH
from cati.report.wording import Wording

BOUNDS = {
    "exactly": "",
    "about": "~",
    "at_least": "≥ ",
    "more_than": "> ",
    "up_to": "≤ ",
    "less_than": "< ",
}

YEAR = "year"
"""The unit of a number that is a year, which says so itself."""


@dataclass(frozen=True)
class Record:
    """A disclosure with its reference and its standing in an evaluation."""

    reference: str
    disclosure: Disclosure
    standing: Standing

    @property
    def entity(self) -> str:
        """Id of the entity it is about."""
        return self.reference.split("/")[0]


def records(
    disclosures: Mapping[str, Disclosure],
    standings: Mapping[str, Standing],
    entity: str | None = None,
    question: str | None = None,
) -> list[Record]:
    """Disclosures with their standing, about one entity or on one indicator if asked.

    Parameters
    ----------
    disclosures : mapping of str to Disclosure
        By reference.
    standings : mapping of str to Standing
        By reference.
    entity : str, optional
    question : str, optional
        ``<methodology>/<code>`` of an indicator.
    """
    found = [Record(ref, disclosures[ref], standing) for ref, standing in standings.items()]
    return [
        record
        for record in found
        if (entity is None or record.entity == entity)
        and (question is None or question in record.disclosure.indicators)
    ]


def profile_lines(
    entity: Entity, sources: Mapping[str, Source], language: Language
) -> Iterator[str]:
    """What ``company.yaml`` and ``sources.yaml`` say of an entity.

    Parameters
    ----------
    entity : Entity
    sources : mapping of str to Source
        By reference; only the entity's own are listed.
    language : {"en", "zh"}
    """
    _ = translations(language).gettext
    yield f"{entity.name.en} / {entity.name.zh} ({entity.id})"
    facts = [entity.kind, entity.country, entity.region, entity.product]
    yield "  " + ", ".join(fact.replace("_", " ") for fact in facts if fact)
    for name in entity.names:
        where = f", {name.where.locator}" if name.where else ""
        yield _("  also: {name} ({kind}{where})").format(
            name=name.name, kind=name.kind, where=where
        )
        yield from _note(name.note, language)
    for listed in entity.listed:
        word = _("listed") if listed.listed else _("not listed")
        yield f"  {word}: {listed.where.locator}"
        yield from _note(listed.note, language)
    for relation in entity.relations:
        yield f"  {_relation(relation, language)}"
        yield from _note(relation.note, language)
    for label, note in (
        (_("Chinese name"), entity.name_zh.note),
        (_("country"), entity.country_note),
        (_("product"), entity.product_note),
        (_("note"), entity.note),
    ):
        if note:
            yield f"  {label}: {said(note, language)}"
    own = {key: value for key, value in sources.items() if key.split("/")[0] == entity.id}
    if own:
        yield ""
        yield _("Sources")
    for reference, source in own.items():
        yield f"  {reference}: {source.title}"
        dates = {
            _("published"): source.published,
            _("read"): source.accessed,
            _("data as of"): source.data_as_of,
        }
        yield "    " + ", ".join(f"{word} {day}" for word, day in dates.items() if day)
        if source.link:
            yield f"    {source.link}"
        yield from _note(source.note, language)


def disclosure_lines(
    found: Iterable[Record], methodology: Methodology, language: Language, code: str | None = None
) -> Iterator[str]:
    """Disclosures by the indicators they bear on, or those on one indicator.

    Parameters
    ----------
    found : iterable of Record
    methodology : Methodology
        Only its indicators are listed.
    language : {"en", "zh"}
    code : str, optional
        The one indicator to list.
    """
    by_code: dict[str, list[Record]] = {}
    for record in found:
        for question in record.disclosure.indicators:
            name, number = question.split("/")
            if name == methodology.id and code in (None, number):
                by_code.setdefault(number, []).append(record)
    for number in sorted(by_code, key=code_order):
        yield ""
        yield f"{number} {methodology.levels[number].get(language)}"
        for record in by_code[number]:
            yield from _disclosure(record, language)


def exclusion_lines(found: Iterable[Record], language: Language) -> Iterator[str]:
    """Every disclosure that does not count or is worth nothing by default, and why."""
    for record in found:
        if not record.standing.counts:
            yield f"{record.reference}: {_standing(record.standing, language)}"


def figure_text(figure: Figure, language: Language) -> str:
    """A figure with bound, unit and year: ``≥ 10 % (2030)``.

    Parameters
    ----------
    figure : Figure
        What it is of stays as recorded.
    language : {"en", "zh"}
        That the number and its unit are written in.
    """
    form = "f" if figure.unit == YEAR else ",f"
    ends = (figure.value, *([] if figure.to is None else [figure.to]))
    number = BOUNDS[figure.bound] + DASH.join(format(end, form) for end in ends)
    of = f"{figure.of}: " if figure.of else ""
    year = f" ({figure.year})" if figure.year else ""
    return f"{of}{_with_unit(number, figure, Wording(language))}{year}"


def figure_texts(figures: Iterable[Figure], language: Language) -> str:
    """The figures of a disclosure, one behind the other."""
    between = translations(language).gettext("; ")
    return between.join(figure_text(figure, language) for figure in figures)


def _with_unit(number: str, figure: Figure, wording: Wording) -> str:
    _ = wording.gettext
    if figure.unit == "%":
        return _("{rate} %").format(rate=number)
    if figure.unit == YEAR or figure.unit in (figure.of or "").split():
        return number
    return f"{number} {wording.unit(figure.unit)}"


def _disclosure(record: Record, language: Language) -> Iterator[str]:
    disclosure = record.disclosure
    yield f"  {record.reference} [{disclosure.polarity}, {disclosure.confidence}]"
    yield f"    {disclosure.statement}"
    if disclosure.figures:
        yield f"    {figure_texts(disclosure.figures, language)}"
    for place in disclosure.where:
        yield f"    {_place(place, language)}"
    if not record.standing.counts:
        yield f"    ! {_standing(record.standing, language)}"
    if disclosure.conflicts_with:
        yield "    ! " + ", ".join(disclosure.conflicts_with)
    yield from _note(disclosure.note, language)


def _place(place: Place, language: Language) -> str:
    _ = translations(language).gettext
    text = f"{place.source}, {place.locator}"
    if place.secondary:
        text += " (" + _("secondary")
        named = place.original or place.cites
        text += f"; {named})" if named else ")"
    return text


def _standing(standing: Standing, language: Language) -> str:
    _ = translations(language).gettext
    wording = Wording(language)
    reasons = [wording.doubt(reason) for reason in (*standing.exclusions, *standing.weaknesses)]
    head = _("does not count") if standing.exclusions else _("worth nothing by default")
    return f"{head}: {_('; ').join(reasons)}"


def _relation(relation: EntityRelation, language: Language) -> str:
    dates = f" {relation.since or ''}{DASH}{relation.until or ''}"
    where = f", {relation.where.locator}" if relation.where else ""
    share = f" {plain(relation.share)} %" if relation.share is not None else ""
    return (
        f"{relation.kind.replace('_', ' ')}: {relation.other(language)}{share}"
        f"{dates if relation.since or relation.until else ''}"
        f" ({relation.basis.replace('_', ' ')}{where})"
    )


def _note(note: Remark | None, language: Language) -> Iterator[str]:
    if note:
        yield f"    {said(note, language)}"
