"""Profiles, sources and disclosures as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cati.model.base import Remark, said
from cati.model.entity import Citation, Entity, EntityRelation
from cati.model.evidence import Disclosure, Place, Quote, StatedValue
from cati.model.language import Language
from cati.model.methodology import Methodology, code_order
from cati.model.rounding import plain
from cati.model.source import Source
from cati.model.standing import Standing
from cati.report.language import translations
from cati.report.show import DASH
from cati.report.wording import Wording
from cati.store.lookup import Found

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


def found_lines(text: str, found: Found, language: Language) -> Iterator[str]:
    """That an entity was found by another name than its usual one, and what it is called since.

    Parameters
    ----------
    text : str
        The name that was asked for.
    found : Found
    language : {"en", "zh"}
    """
    wording = Wording(language)
    _ = wording.gettext
    if found.name is not None:
        line = _("{name} is {company} ({kind})").format(
            name=text, company=found.entity.id, kind=wording.word("name_kind", found.name.kind)
        )
        told = found.name.note if found.name.kind != "short" else None
        yield _("{label}: {text}").format(label=line, text=said(told, language)) if told else line
    for relation in found.successions:
        parts = [f"{wording.word('relation', relation.kind)} {relation.other(language)}"]
        if relation.since:
            parts.append(_("since {date}").format(date=relation.since))
        yield _("{label}: {text}").format(label=found.entity.id, text=wording.clauses(parts))


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
    wording = Wording(language)
    _ = wording.gettext
    yield f"{' / '.join(entity.name.values())} ({entity.id})"
    yield f"  {wording.clauses(_facts(entity, wording))}"
    for name in entity.names:
        yield "  " + _("also: {name} ({kind})").format(
            name=name.name, kind=_known(wording.word("name_kind", name.kind), name.where, wording)
        )
        yield from _note(name.note, language)
    for listed in entity.listed:
        yield "  " + _("{label}: {text}").format(
            label=_("listed") if listed.listed else _("not listed"),
            text=wording.plain_place(listed.where.locator),
        )
        yield from _note(listed.note, language)
    for relation in entity.relations:
        yield f"  {_relation(relation, wording)}"
        yield from _note(relation.note, language)
    for label, note in (
        (_("Chinese name"), entity.name_zh.note),
        (_("country"), entity.country_note),
        (_("product"), entity.product_note),
        (_("note"), entity.note),
    ):
        if note:
            yield "  " + _("{label}: {text}").format(label=label, text=said(note, language))
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
        if known := [f"{word} {day}" for word, day in dates.items() if day]:
            yield f"    {wording.clauses(known)}"
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
        The one indicator to list, with the grading rules that its guidance names.
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
    if code is not None:
        yield from _rule_lines(methodology, code, language)


def _rule_lines(methodology: Methodology, code: str, language: Language) -> Iterator[str]:
    """The grading rules that most often decide on an indicator."""
    _ = translations(language).gettext
    rules = methodology.rules_for(code)
    if rules:
        yield ""
        yield _("Grading rules that most often decide here:")
    for rule in rules:
        question, said = rule.question.get(language), rule.rule.get(language)
        yield "  " + _("{label}: {text}").format(label=rule.id, text=question)
        yield f"    {said}"


def exclusion_lines(found: Iterable[Record], language: Language) -> Iterator[str]:
    """Every disclosure that does not count or is worth nothing by default, and why."""
    for record in found:
        if not record.standing.counts:
            yield (
                translations(language)
                .gettext("{label}: {text}")
                .format(label=record.reference, text=_standing(record.standing, language))
            )


def rule_text(language: Language) -> str:
    """By which rule disclosures count, a few lines."""
    _ = translations(language).gettext
    return _(
        """\
What counts in an evaluation:
1. It was public by the cut-off date. For a company's own document that is the day it was published,
   or, where that is not known, the day someone read it. For a secondary source, which reports what
   other documents say, it is the day its data describe: what it reports was public by then. One
   place that passes is enough. Where companies review their answers, review.yaml may let what
   was public by the close of the first window count too.
2. It has not expired by the cut-off date, is not retracted, and is not replaced by a disclosure
   that was itself public by then.
3. Statements about unnamed members of a group, readings of low confidence, repeated grades and
   contradicted statements are kept but worth nothing unless an assessor says otherwise."""
    )


def base_line(number: int, evaluation: str, language: Language) -> str:
    """How many disclosures were looked at, and for which evaluation they are judged."""
    return (
        translations(language)
        .ngettext(
            "Base: {n} disclosure, judged for {evaluation}",
            "Base: {n} disclosures, judged for {evaluation}",
            number,
        )
        .format(n=f"{number:,}", evaluation=evaluation)
    )


def stated_value_text(figure: StatedValue, language: Language) -> str:
    """A figure with bound, unit and year: ``≥ 10 % (2030)``.

    Parameters
    ----------
    figure : StatedValue
        What it is of stays as recorded.
    language : {"en", "zh"}
        That the number and its unit are written in.
    """
    form = "f" if figure.unit == YEAR else ",f"
    ends = (figure.value, *([] if figure.to is None else [figure.to]))
    number = BOUNDS[figure.bound] + DASH.join(format(end, form) for end in ends)
    of = f"{figure.of}: " if figure.of else ""
    wording = Wording(language)
    told = _with_unit(number, figure, wording)
    if figure.year:
        told = wording.gettext("{figure} ({year})").format(figure=told, year=figure.year)
    return of + told


def stated_value_texts(figures: Iterable[StatedValue], language: Language) -> str:
    """The figures of a disclosure, one behind the other."""
    between = translations(language).gettext("; ")
    return between.join(stated_value_text(figure, language) for figure in figures)


def quote_text(quote: Quote, wording: Wording) -> str:
    """The words of the source with their page, and what they say in the other language."""
    _ = wording.gettext
    told = _("Quote: “{text}”").format(text=quote.text)
    parts = [] if quote.page is None else [wording.plain_place(f"page {quote.page}")]
    parts += [_("in translation: {text}").format(text=quote.translation)] * bool(quote.translation)
    return _("{name} ({note})").format(name=told, note=_("; ").join(parts)) if parts else told


def _with_unit(number: str, figure: StatedValue, wording: Wording) -> str:
    _ = wording.gettext
    if figure.unit == "%":
        return _("{rate} %").format(rate=number)
    if figure.unit == YEAR or figure.unit in (figure.of or "").split():
        return number
    return f"{number} {wording.unit(figure.unit)}"


def _disclosure(record: Record, language: Language) -> Iterator[str]:
    disclosure, wording = record.disclosure, Wording(language)
    _ = wording.gettext
    yield "  " + _("{disclosure} [{polarity}, {confidence}]").format(
        disclosure=record.reference,
        polarity=wording.word("polarity", disclosure.polarity),
        confidence=wording.word("confidence", disclosure.confidence),
    )
    yield f"    {disclosure.statement}"
    if disclosure.figures:
        yield f"    {stated_value_texts(disclosure.figures, language)}"
    if disclosure.quote:
        yield f"    {quote_text(disclosure.quote, wording)}"
    for place in disclosure.where:
        yield f"    {_place(place, wording)}"
    if not record.standing.counts:
        yield f"    ! {_standing(record.standing, language)}"
    if disclosure.conflicts_with:
        yield "    ! " + _(", ").join(disclosure.conflicts_with)
    yield from _note(disclosure.note, language)


def _place(place: Place, wording: Wording) -> str:
    _ = wording.gettext
    text = wording.clauses((place.source, wording.plain_place(place.locator)))
    if not place.secondary:
        return text
    notes = [_("secondary")]
    if named := place.original or place.cites:
        notes.append(wording.plain_place(named))
    return _("{name} ({note})").format(name=text, note=_("; ").join(notes))


def _standing(standing: Standing, language: Language) -> str:
    _ = translations(language).gettext
    wording = Wording(language)
    reasons = [
        wording.word("doubt", reason) for reason in (*standing.exclusions, *standing.weaknesses)
    ]
    head = _("does not count") if standing.exclusions else _("worth nothing by default")
    return _("{label}: {text}").format(label=head, text=_("; ").join(reasons))


def _facts(entity: Entity, wording: Wording) -> Iterator[str]:
    """What an entity is, in a few words; nothing of what is not known."""
    yield wording.word("entity_kind", entity.kind)
    if entity.country:
        yield wording.country(entity.country)
    if entity.region:
        yield wording.word("region", entity.region)
    if entity.product:
        yield wording.word("product", entity.product)


def _known(how: str, where: Citation | None, wording: Wording) -> str:
    """How something is known, and at which place."""
    return wording.clauses((how, wording.plain_place(where.locator)) if where else (how,))


def _relation(relation: EntityRelation, wording: Wording) -> str:
    _ = wording.gettext
    parts = [relation.other(wording.language)]
    if relation.share is not None:
        parts.append(_("{rate} %").format(rate=plain(relation.share)))
    if relation.since or relation.until:
        parts.append(f"{relation.since or ''}{DASH}{relation.until or ''}")
    basis = wording.word("relation_basis", relation.basis)
    return _("{relation}: {other} ({basis})").format(
        relation=wording.word("relation", relation.kind),
        other=" ".join(parts),
        basis=_known(basis, relation.where, wording),
    )


def _note(note: Remark | None, language: Language) -> Iterator[str]:
    if note:
        yield f"    {said(note, language)}"
