"""Statements about an evaluation, with the expressions that check and fill them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from cati.model.base import Exact, Format, Id, Line, Many, Matching, Model, Text, repeated
from cati.model.entity import Citation
from cati.model.typed_numbers import typed_numbers
from cati.problems import Finding, shown

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Verdict = Literal["confirmed", "contradicted", "subset", "undecided"]
"""``subset``: contradicted on its base, and true on a standard base that is smaller."""

Expression = Annotated[Line, Field(max_length=2_000)]


class NamedExpression(Model):
    """A name for an expression, which the expressions behind it may use."""

    name: Annotated[
        str, Matching(r"[a-z][a-z0-9_]{0,63}", "a name of lower-case letters, digits and _")
    ]
    expression: Expression
    note: Text | None = None


class NamedFact(Model):
    """A number that belongs to no company, or to one without a folder.

    Attributes
    ----------
    value, to : Decimal
        The number, or the ends of a range.
    where : Citation, optional
        Where it stands.
    cites : str, optional
        How its source is called where it has no record. One of the two is given.
    """

    id: Id
    value: Exact
    to: Exact | None = None
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
    verdict : {"confirmed", "contradicted", "subset", "undecided"}
        What it must come to.
    """

    id: Id
    statement: Text
    expressions: Many[Expression] = ()
    base: Expression | None = None
    whole: bool = False
    verdict: Verdict = "confirmed"
    where: Citation | None = None
    note: Text | None = None

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The expressions in the sentence, without repetition."""
        texts = (self.statement.en, self.statement.zh)
        return tuple(dict.fromkeys(p for text in texts for p in PLACEHOLDER.findall(text)))

    def filled(self, language: Literal["en", "zh"], value: Callable[[str], str]) -> str:
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
    for position, fact in enumerate(claims.facts):
        if fact.to is not None and fact.to < fact.value:
            yield Finding(("facts", position, "to"), f"{fact.value} or more", str(fact.to))
        if fact.where is None and fact.cites is None:
            yield Finding(("facts", position), "where it stands, or cites", "neither")
    for position, statement in enumerate(claims.statements):
        for finding in _check_statement(statement):
            path = ("statements", position, *finding.path)
            yield Finding(path, finding.expected, finding.found, finding.hint)


def _check_statement(statement: Statement) -> Iterator[Finding]:
    if not statement.expressions and not statement.placeholders:
        yield Finding(("statement",), "an expression that checks or fills it", "none")
    languages: tuple[Literal["en", "zh"], ...] = ("en", "zh")
    for language in languages:
        text = statement.statement.get(language)
        rest = PLACEHOLDER.sub(" ", text)
        path = ("statement", language)
        if "{" in rest or "}" in rest:
            yield Finding(path, "each { closed by a }", shown(text))
        asked = (*statement.expressions, *PLACEHOLDER.findall(text), statement.base or "")
        checked = _numbers(asked)
        for typed, number in sorted(typed_numbers(rest).items()):
            if number not in checked:
                expected = "numbers that an expression checks or fills"
                hint = "write {expression} for it, or check it in expressions"
                yield Finding(path, expected, typed, hint)
    inside = [_placeholders(statement.statement.get(language)) for language in languages]
    if inside[0] != inside[1]:
        yield Finding(("statement", "zh"), "the same expressions as in en", ", ".join(inside[1]))


def _placeholders(text: str) -> list[str]:
    return sorted("".join(p.split()) for p in PLACEHOLDER.findall(text))


def _numbers(expressions: Sequence[str]) -> set[str]:
    """The numbers that stand in expressions, in quotes or not, as they are typed."""
    return {n for text in expressions for n in re.findall(r"[0-9]+(?:\.[0-9]+)?", text)}
