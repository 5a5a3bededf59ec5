"""Checked statements and answers as text and as records, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

from cati.analysis.claims.evaluation import Answer
from cati.analysis.claims.facts import Base
from cati.analysis.claims.inquiry import Asked, Checked
from cati.analysis.claims.values import (
    Column,
    Companies,
    Number,
    Texts,
    Truth,
    Value,
    Word,
    count_of,
    exact,
)
from cati.model.claims import Verdict
from cati.model.entity import Entity
from cati.model.language import LANGUAGES, Language
from cati.model.vague_words import vague_words
from cati.report.language import translations
from cati.report.show import DASH
from cati.report.wording import Wording

MOST_DECIMALS, MOST_DECIMALS_BELOW_ONE = 2, 4
"""A number with more decimals is rounded, halves up: to one decimal, or below 1 to three digits."""

FINEST = 12
"""Decimals up to which a small number is written out."""

GROUPED = 10_000
"""Numbers from here have commas: 2024 has none, since it may be a year."""

RECORDS_SHOWN = 3

VERDICTS: tuple[Verdict, ...] = ("confirmed", "subset", "contradicted", "undecided")


class FindingWords:
    """Words and numbers of checked statements in one language.

    Parameters
    ----------
    language : {"en", "zh"}
    entities : mapping of str to Entity
        By id.
    """

    def __init__(self, language: Language, entities: Mapping[str, Entity]) -> None:
        self.language, self.entities = language, entities
        self.wording = Wording(language)
        self.gettext = translations(language).gettext
        self.ngettext = translations(language).ngettext

    # Values

    def value(self, value: Value) -> str:
        """A value as people read it."""
        _ = self.gettext
        if isinstance(value, Number):
            return self.number(value)
        if isinstance(value, Truth):
            words = {True: _("true"), False: _("false"), None: _("not known")}
            return words[value.value]
        if isinstance(value, Word):
            return self.word(value.of, value.value)
        if isinstance(value, Texts):
            return self.wording.items(value.texts)
        if isinstance(value, Companies):
            return self._companies(value)
        assert isinstance(value, Column)  # noqa: S101  there are no other values
        return self._column(value)

    def _column(self, column: Column) -> str:
        """What a figure of every company comes to, in short."""
        _, base = self.gettext, self.number(column.base)
        inside = [c for c, m in zip(column.cells, column.members, strict=True) if m is not False]
        if any(isinstance(cell, Truth) for cell in inside):
            held = self.number(count_of(column))
            return _("true of {n} of {of} companies").format(n=held, of=base)
        numbers = [cell for cell in inside if isinstance(cell, Number)]
        if not numbers:
            return self.ngettext(
                "one value for {n} company", "one value for each of {n} companies", len(inside)
            ).format(n=len(inside))
        known = [n for n in numbers if n.low is not None and n.high is not None]
        if not known:
            return _("known of none of {of} companies").format(of=base)
        ends = Number(min(n.low for n in known), max(n.high for n in known))  # type: ignore[type-var]
        return _("{span}, known of {n} of {of} companies").format(
            span=self.number(ends), n=len(known), of=base
        )

    def number(self, number: Number) -> str:
        """A number, or its bounds: ``11``, ``54.9``, ``40.6–46.9``, ``more than 3``."""
        _ = self.gettext
        if number.low is None and number.high is None:
            return _("not known")
        if number.high is None and number.low is not None:
            text = _("more than {n}") if number.above else _("at least {n}")
            return text.format(n=self._exact(number.low))
        if number.low is None and number.high is not None:
            text = _("less than {n}") if number.below else _("at most {n}")
            return text.format(n=self._exact(number.high))
        assert number.low is not None and number.high is not None  # noqa: S101, PT018
        ends = self._exact(number.low), self._exact(number.high)
        return ends[0] if number.is_exact else DASH.join(ends)

    def word(self, of: str, value: str | None) -> str:
        """A word of a profile, by the name that has it."""
        _ = self.gettext
        if value is None:
            return _("not known")
        if of == "company":
            return self.company(value)
        if of == "country":
            return self.wording.country(value)
        if of in ("region", "product"):
            return self.wording.word(of, value)
        if of == "kind":
            return self.wording.word("entity_kind", value)
        return value.replace("_", " ")

    def company(self, company: str) -> str:
        """A company's name."""
        return self.entities[company].name.get(self.language)

    def names(self, companies: Sequence[str]) -> str:
        """Names of companies, enumerated; a dash for none."""
        return self.wording.items(map(self.company, companies)) if companies else DASH

    def _companies(self, companies: Companies) -> str:
        _ = self.gettext
        sure = self.names(sorted(companies.sure))
        maybe = sorted(companies.possible - companies.sure)
        if not maybe:
            return sure
        return _("{sure}; perhaps {maybe}").format(sure=sure, maybe=self.names(maybe))

    def _exact(self, value: Fraction) -> str:
        most = MOST_DECIMALS if abs(value) >= 1 else MOST_DECIMALS_BELOW_ONE
        is_short = 10**most % value.denominator == 0
        decimals = most if is_short else 1
        if not is_short and abs(value) < 1:
            decimals = 3 + _zeros(abs(value))
        if decimals > FINEST:
            return f"{Decimal(value.numerator) / Decimal(value.denominator):.2e}"
        rounded = exact(value).rounded(decimals).low
        assert rounded is not None  # noqa: S101  it has an end
        number = Decimal(rounded.numerator) / Decimal(rounded.denominator)
        form = "#,##0" if abs(rounded) >= GROUPED else "0"
        form += ".0" if not is_short and abs(value) >= 1 else f".{'#' * decimals}"
        return str(format_decimal(number, format=form, locale=self.wording.locale))

    # Statements

    def verdict(self, verdict: Verdict) -> str:
        """A verdict."""
        return self.wording.word("verdict", verdict)

    def base_of(self, checked: Checked) -> str:
        """What a statement's numbers were counted on; nothing where readings count no companies."""
        whole = len(checked.base.companies)
        counted = {step.base for answer in checked.answers for step in answer.steps if step.base}
        if not counted and checked.answers:
            return ""
        if len(counted) == 1 and (part := counted.pop()).is_exact and part.low != whole:
            text = self.ngettext(
                "the {part} company it speaks of, out of: {base}",
                "the {part} companies it speaks of, out of: {base}",
                int(part.low or 0),
            )
            return text.format(part=self.number(part), base=self.base(checked.base))
        return self.base(checked.base)

    def base(self, base: Base) -> str:
        """A base with the number of its companies."""
        _ = self.gettext
        return _("{name} ({n})").format(name=self._base_name(base), n=len(base.companies))

    def _base_name(self, base: Base) -> str:
        return self.wording.word("companies", base.id)

    def bases(self, bases: Sequence[Base]) -> str:
        """Bases, one behind the other."""
        return self.gettext("; ").join(map(self.base, bases))

    def sentence(self, checked: Checked) -> str:
        """A statement with its values in place."""
        return checked.statement.filled(
            self.language, lambda text: self.value(checked.values[text])
        )

    def records(self, references: Sequence[str]) -> str:
        """The first of some records of evidence, and how many more there are."""
        _ = self.gettext
        listed = _(", ").join(references[:RECORDS_SHOWN])
        more = len(references) - RECORDS_SHOWN
        return listed if more <= 0 else _("{listed} and {n} more").format(listed=listed, n=more)

    def remarks(self, answer: Answer) -> Iterator[str]:
        """What a reader of an answer must know to take it for what it is."""
        _ = self.gettext
        if answer.against:
            yield _("Says the opposite: {records}").format(records=self.records(answer.against))
        for comparison in answer.per_cent:
            yield _("Mind: {comparison} compares per cent, from 0 to 100; a half is 50").format(
                comparison=_one_line(comparison)
            )

    def caveats(self, checked: Checked) -> Iterator[str]:
        """What belongs to a statement wherever it is told, so that nobody takes it for more."""
        _, threshold = self.gettext, checked.statement.threshold
        if checked.circular:
            text = _("Circular: it rests on records that only repeat the statement: {records}")
            yield text.format(records=self.records(checked.circular))
        if threshold is not None:
            text = _("Threshold chosen here: {text}")
            yield text.format(text=threshold.get(self.language))

    def steps(self, answer: Answer) -> list[str]:
        """What was found on the way, with the base of every count."""
        _ = self.gettext
        lines = []
        for step in answer.steps:
            value = self.value(step.value)
            if step.base is None:
                lines.append(f"{_one_line(step.text)} = {value}")
            else:
                of = _("{value} (base: {n})").format(value=value, n=self.number(step.base))
                lines.append(f"{_one_line(step.text)} = {of}")
        return list(dict.fromkeys(lines))


def claim_lines(
    checked: Sequence[Checked], entities: Mapping[str, Entity], language: Language
) -> Iterator[str]:
    """Statements with their verdicts, and what was found."""
    words = FindingWords(language, entities)
    for entry in checked:
        yield words.gettext("{id}  {verdict}: {sentence}").format(
            id=entry.statement.id,
            verdict=words.verdict(entry.verdict),
            sentence=words.sentence(entry),
        )
        for line in (*_reading_lines(entry, words), *_base_lines(entry, words)):
            yield f"    {line}"
        yield from (f"    {line}" for line in _author_lines(entry, words))


def _reading_lines(entry: Checked, words: FindingWords) -> Iterator[str]:
    """Each reading of a statement with what was found on the way."""
    _ = words.gettext
    for answer in entry.answers:
        if not any(step.text == answer.text for step in answer.steps):
            yield _("{expression} : {value}").format(
                expression=_one_line(answer.text), value=words.value(answer.value)
            )
        yield from words.steps(answer)
        yield from words.remarks(answer)
    yield from words.caveats(entry)


def _base_lines(entry: Checked, words: FindingWords) -> Iterator[str]:
    """What a statement was counted on, and on which other bases it holds or may hold."""
    _ = words.gettext
    if base := words.base_of(entry):
        yield _("Base: {base}").format(base=base)
    if entry.true_on:
        yield _("True on: {bases}").format(bases=words.bases(entry.true_on))
    if entry.open_on and entry.verdict == "undecided":
        yield _("Open on: {bases}").format(bases=words.bases(entry.open_on))


def _author_lines(entry: Checked, words: FindingWords) -> Iterator[str]:
    """What the file says of a statement besides, and what it leaves unsaid."""
    _, statement = words.gettext, entry.statement
    if statement.threshold is None:
        for word in vague_words(statement.statement.get(words.language)):
            text = _("'{word}' names no measure: say under threshold what it is taken for")
            yield text.format(word=word)
    if statement.note is not None:
        yield _("Note: {note}").format(note=statement.note.get(words.language))
    if not entry.as_expected:
        yield _("The file demands: {verdict}").format(verdict=words.verdict(statement.verdict))


def summary_lines(
    checked: Sequence[Checked], language: Language, unchecked: int = 0
) -> Iterator[str]:
    """How many statements came to each verdict, and how many could not be checked."""
    words = FindingWords(language, {})
    counted = Counter(entry.verdict for entry in checked)
    told = [f"{words.verdict(v)} {counted[v]}" for v in VERDICTS if counted[v]]
    if unchecked:
        told.append(words.gettext("could not be checked {n}").format(n=unchecked))
    number = len(checked) + unchecked
    yield words.ngettext("{n} statement: {verdicts}", "{n} statements: {verdicts}", number).format(
        n=number, verdicts=words.gettext("; ").join(told)
    )


def bases_line(bases: Sequence[Base], language: Language) -> str:
    """The bases that statements are tried on."""
    words = FindingWords(language, {})
    return words.gettext("Standard bases: {bases}").format(bases=words.bases(bases))


def answer_lines(asked: Asked, entities: Mapping[str, Entity], language: Language) -> Iterator[str]:
    """The answer to one question, and on the other standard bases."""
    words = FindingWords(language, entities)
    _ = words.gettext
    base, answer = asked.answers[0]
    value = answer.value
    if isinstance(value, Truth):
        yield words.verdict(asked.verdict)
        yield from (f"  {line}" for line in (*words.steps(answer), *words.remarks(answer)))
        if answer.rests_on:
            yield "  " + _("Rests on: {records}").format(records=words.records(answer.rests_on))
        yield "  " + _("Base: {base}").format(base=words.base(base))
        told = ((_("True on: {bases}"), True), (_("False on: {bases}"), False))
        for text, truth in (*told, (_("Open on: {bases}"), None)):
            if bases := asked.bases(truth):
                yield "  " + text.format(bases=words.bases(bases))
        return
    if isinstance(value, Column):
        rows = zip(base.companies, value.cells, value.members, strict=True)
        for company, cell, member in rows:
            if member is not False:
                line = (
                    _("{company}: {value}")
                    if member
                    else _("{company}: {value} (perhaps outside the base)")
                )
                yield line.format(company=words.company(company), value=words.value(cell))
        yield _("Base: {base}").format(base=words.number(value.base))
        return
    for place, found in asked.answers:
        yield _("{label}: {text}").format(label=words.base(place), text=words.value(found.value))


def claim_records(
    checked: Sequence[Checked], entities: Mapping[str, Entity]
) -> list[dict[str, object]]:
    """Statements as records, with stable fields."""
    words = {language: FindingWords(language, entities) for language in LANGUAGES}
    return [
        {
            "id": entry.statement.id,
            "verdict": entry.verdict,
            "as_expected": entry.as_expected,
            "base": entry.base.id,
            "companies": len(entry.base.companies),
            **{f"statement_{code}": said.sentence(entry) for code, said in words.items()},
            "expressions": [_one_line(answer.text) for answer in entry.answers],
            "found": [line for answer in entry.answers for line in words["en"].steps(answer)],
            "true_on": [base.id for base in entry.true_on],
            "source": entry.statement.where.source if entry.statement.where else "",
            "locator": entry.statement.where.locator if entry.statement.where else "",
            "open_on": [base.id for base in entry.open_on],
            "rests_on": _told(answer.rests_on for answer in entry.answers),
            "against": _told(answer.against for answer in entry.answers),
            "circular": list(entry.circular),
        }
        for entry in checked
    ]


def answer_records(asked: Asked, entities: Mapping[str, Entity]) -> list[dict[str, object]]:
    """The answer on every base as records; one for each company where each has a value."""
    words = FindingWords("en", entities)
    records: list[dict[str, object]] = []
    of_each = isinstance(asked.answers[0][1].value, Column)
    for base, answer in asked.answers[:1] if of_each else asked.answers:
        head: dict[str, object] = {"base": base.id, "companies": len(base.companies)}
        value = answer.value
        if isinstance(value, Column):
            for company, cell, member in zip(
                base.companies, value.cells, value.members, strict=True
            ):
                if member is not False:
                    records.append({**head, "company": company, **_plain(cell)})
        else:
            found = [*words.steps(answer), *words.remarks(answer)]
            records.append(
                {
                    **head,
                    "company": "",
                    **_plain(value),
                    "found": found,
                    "rests_on": list(answer.rests_on),
                }
            )
    return records


def _plain(value: Value) -> dict[str, object]:
    """A value as stable fields: its kind, its ends or its text."""
    if isinstance(value, Number):
        low, high = (None if end is None else float(end) for end in (value.low, value.high))
        return {"kind": "number", "low": low, "high": high, "text": ""}
    if isinstance(value, Truth):
        text = {True: "true", False: "false", None: "unknown"}[value.value]
        return {"kind": "truth", "low": None, "high": None, "text": text}
    if isinstance(value, Companies):
        text = " ".join(sorted(value.sure))
        low, high = float(len(value.sure)), float(len(value.possible))
        return {"kind": "companies", "low": low, "high": high, "text": text}
    text = (value.value or "") if isinstance(value, Word) else " ".join(getattr(value, "texts", ()))
    return {"kind": "word", "low": None, "high": None, "text": text}


def _told(references: Iterable[Sequence[str]]) -> list[str]:
    """References of several answers, each once."""
    return list(dict.fromkeys(name for several in references for name in several))


def _zeros(value: Fraction) -> int:
    """How many zeros stand between the point and the first digit of a number below 1."""
    zeros = 0
    while 0 < value * 10 ** (zeros + 1) < 1:
        zeros += 1
    return zeros


def _one_line(text: str) -> str:
    return " ".join(text.split())
