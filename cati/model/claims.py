"""Statements about an evaluation, with the expressions that check and fill them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Annotated, Literal

from pydantic import Field

from cati.model.base import Exact, Format, Id, Line, Many, Matching, Model, Text, repeated
from cati.model.entity import Citation
from cati.model.evidence import Bound
from cati.model.language import LANGUAGES, Language
from cati.model.typed_numbers import counts_something, typed_numbers
from cati.problems import Finding, shown

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

_QUOTED = r"\"[^\"]*\"|'[^']*'"
"""A text in an expression."""

Verdict = Literal["confirmed", "contradicted", "subset", "undecided"]
"""``subset``: contradicted on its base, and true on a standard base that is smaller."""

Expression = Annotated[Line, Field(max_length=2_000)]


Name = Annotated[
    str, Matching(r"[a-z][a-z0-9_]{0,63}", "a name of lower-case letters, digits and _")
]


class NamedExpression(Model):
    """A name for an expression, which the expressions behind it may use.

    Attributes
    ----------
    parameters : tuple of str
        Names in the expression that each use gives a value, as ``above(50)`` does.
    """

    name: Name
    parameters: Annotated[Many[Name], Field(max_length=5)] = ()
    expression: Expression
    note: Text | None = None


class NamedFact(Model):
    """A number that belongs to no company, or to one without a folder.

    Attributes
    ----------
    value, to : Decimal
        The number, or the ends of a range.
    bound : {"exactly", "about", "at_least", "more_than", "up_to", "less_than"}
        What the source says of the number.
    where : Citation, optional
        Where it stands.
    cites : str, optional
        How its source is called where it has no record. One of the two is given.
    """

    id: Id
    value: Exact
    to: Exact | None = None
    bound: Bound = "exactly"
    unit: Line
    where: Citation | None = None
    cites: Line | None = None
    note: Text | None = None


class Statement(Model):
    """A sentence about the evaluation.

    Attributes
    ----------
    statement : Text
        With ``{expression}`` wherever a value belongs.
    expressions : tuple of str
        Readings of the sentence; each is true or false. It holds if all of them hold.
    base : str, optional
        A standard base, ``suppliers``, or a condition that chooses companies; all unless given.
    whole : bool
        Whether it speaks of every company, so that a smaller base is not another reading.
    names : tuple of str
        Names in the sentence whose digits are no numbers, such as ``Polestar 2``.
    threshold : Text, optional
        The number that a word such as "nearly" is taken for, where that is the editor's choice.
    verdict : {"confirmed", "contradicted", "subset", "undecided"}
        What it must come to.
    """

    id: Id
    statement: Text
    expressions: Many[Expression] = ()
    base: Expression | None = None
    whole: bool = False
    names: Many[Line] = ()
    threshold: Text | None = None
    verdict: Verdict = "confirmed"
    where: Citation | None = None
    note: Text | None = None

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The expressions in the sentence, without repetition."""
        found = map(PLACEHOLDER.findall, self.statement.values())
        return tuple(dict.fromkeys(chain.from_iterable(found)))

    def filled(self, language: Language, value: Callable[[str], str]) -> str:
        """The sentence with a value in place of each expression in it."""
        return PLACEHOLDER.sub(lambda match: value(match[1]), self.statement.get(language))


class Claims(Model):
    """What ``claims.yaml`` says.

    Attributes
    ----------
    definitions : tuple of NamedExpression
        In order; one may use those before it.
    """

    format: Format
    definitions: Many[NamedExpression] = ()
    facts: Many[NamedFact] = ()
    statements: Many[Statement] = Field(min_length=1)
    note: Text | None = None


def check_claims(claims: Claims) -> Iterator[Finding]:
    """What is wrong between the fields of ``claims.yaml``."""
    names: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("definitions", "name", [d.name for d in claims.definitions]),
        ("facts", "id", [fact.id for fact in claims.facts]),
        ("statements", "id", [statement.id for statement in claims.statements]),
    )
    for part, field, values in names:
        for position, value in repeated(values):
            yield Finding((part, position, field), f"each {field} once", f"{shown(value)} again")
    for position, definition in enumerate(claims.definitions):
        yield from _within(("definitions", position), _check_definition(definition))
    for position, fact in enumerate(claims.facts):
        yield from _within(("facts", position), _check_fact(fact))
    for position, statement in enumerate(claims.statements):
        yield from _within(("statements", position), _check_statement(statement))


def _within(path: tuple[str | int, ...], findings: Iterator[Finding]) -> Iterator[Finding]:
    """Findings in a part, with the place of the part."""
    for finding in findings:
        yield replace(finding, path=(*path, *finding.path))


def _check_definition(definition: NamedExpression) -> Iterator[Finding]:
    for position, name in repeated(definition.parameters):
        yield Finding(("parameters", position), "each parameter once", f"{shown(name)} again")
    used = re.findall(r"\w+", _without_texts(definition.expression))
    for position, name in enumerate(definition.parameters):
        if name not in used:
            yield Finding(("parameters", position), "a name that the expression uses", shown(name))


def _check_fact(fact: NamedFact) -> Iterator[Finding]:
    if fact.to is not None and fact.to < fact.value:
        yield Finding(("to",), f"{fact.value} or more", str(fact.to))
    if fact.to is not None and fact.bound not in ("exactly", "about"):
        yield Finding(("bound",), "a range, or a number with a bound", f"{fact.bound} beside to")
    if fact.where is None and fact.cites is None:
        yield Finding((), "where it stands, or cites", "neither")


def _check_statement(statement: Statement) -> Iterator[Finding]:
    if not statement.expressions and not statement.placeholders:
        yield Finding(("statement",), "an expression that checks or fills it", "none")
    yield from _check_names(statement)
    for language in LANGUAGES:
        text = statement.statement.get(language)
        rest = PLACEHOLDER.sub(" ", text)
        path = ("statement", language)
        if "{" in rest or "}" in rest:
            yield Finding(path, "each { closed by a }", shown(text))
        asked = (*statement.expressions, *PLACEHOLDER.findall(text), statement.base or "")
        checked = _numbers(asked)
        unnamed = rest
        for name in sorted(statement.names, key=len, reverse=True):
            unnamed = _named(name).sub(" ", unnamed)
        for typed, number in sorted(typed_numbers(unnamed).items()):
            if number not in checked:
                expected = "numbers that an expression checks or fills"
                hint = "write {expression} for it, or check it in expressions"
                if _may_be_named(number, unnamed, asked):
                    hint += "; a name that it belongs to stands under names"
                yield Finding(path, expected, typed, hint)
    wanted = _placeholders(statement.statement.en)
    for language in LANGUAGES:
        inside = _placeholders(statement.statement.get(language))
        if inside != wanted:
            path = ("statement", language)
            yield Finding(path, "the same expressions as in en", ", ".join(inside))


def _placeholders(text: str) -> list[str]:
    return sorted("".join(p.split()) for p in PLACEHOLDER.findall(text))


def _check_names(statement: Statement) -> Iterator[Finding]:
    texts = statement.statement.values()
    for position, name in enumerate(statement.names):
        path = ("names", position)
        if not any(char.isalpha() for char in name) or counts_something(name):
            expected = "a name with its number, such as Polestar 2"
            yield Finding(path, expected, shown(name), "a number is checked in expressions")
        elif not any(_named(name).search(text) for text in texts):
            yield Finding(path, "a name that stands in the sentence", shown(name))


def _may_be_named(number: str, text: str, expressions: Sequence[str]) -> bool:
    """Whether a number follows a word with a capital, or stands in a text in quotes."""
    digits = rf"{re.escape(number)}(?![\w]|[.,][0-9])"
    quoted = " ".join(part for e in expressions for part in re.findall(_QUOTED, e))
    return bool(
        re.search(rf"[A-Z][\w&.-]* {digits}", text) or re.search(rf"(?<![\w.]){digits}", quoted)
    )


def _named(name: str) -> re.Pattern[str]:
    """A name as it stands in a sentence, and not as a part of a longer one or of a number."""
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9]|[.,][0-9])")


def _numbers(expressions: Sequence[str]) -> set[str]:
    """The numbers that expressions compare with, as they are typed; those in quotes are names."""
    plain = map(_without_texts, expressions)
    return {n for text in plain for n in re.findall(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?", text)}


def _without_texts(expression: str) -> str:
    """An expression without the texts in quotes."""
    return re.sub(_QUOTED, " ", expression)
