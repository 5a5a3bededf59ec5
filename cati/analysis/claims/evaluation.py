"""Working out an expression over the facts of one base.

A name is a figure of every company of the base; signs work company by
company; functions such as ``count`` and ``median`` make one value of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cati.analysis.claims.expression import (
    Call,
    Comparison,
    ExpressionError,
    Items,
    Literal,
    Name,
    Negation,
    Node,
    Quoted,
    Series,
    TruthLiteral,
    Where,
    names_in,
    parse,
)
from cati.analysis.claims.facts import Facts
from cati.analysis.claims.functions import FUNCTIONS, Functions
from cati.analysis.claims.records import NotKnownError
from cati.analysis.claims.units import takes_per_cent_for_part, unit_of
from cati.analysis.claims.values import (
    Cell,
    Column,
    Companies,
    Kind,
    Number,
    Open,
    Texts,
    Truth,
    Value,
    Word,
    both,
    compared,
    either,
    exact,
    number_in,
    opposite,
    truth_in,
    word_in,
)
from cati.analysis.claims.working import (
    Found,
    Step,
    described,
    hint_for,
    holds,
    negated,
    word_of,
)
from cati.problems import shown

MOST_STEPS = 5_000
"""Parts that may be worked out, those of definitions included."""

MOST_DEFINITIONS = 40
"""Definitions that an expression may rest on, those that they use included."""

MOST_NESTED = 3
"""Definitions with parameters inside one another, since each is worked out in its user's midst."""

MOST_DIGITS = 20
"""Digits of a number before the point."""

MOST_BITS = 2_048
"""Of the whole numbers that a fraction is kept as: the work on longer ones has no end in sight."""


@dataclass(frozen=True)
class Definition:
    """What a name stands for.

    Attributes
    ----------
    expression : str
    parameters : tuple of str
        Names in it that each use gives a value, as ``above(50)`` does.
    """

    expression: str
    parameters: tuple[str, ...] = ()

    @cached_property
    def tree(self) -> Node:
        """The expression, parsed once and not where it is used, which may be deep inside."""
        return parse(self.expression)


@dataclass(frozen=True)
class Answer:
    """What an expression comes to.

    Attributes
    ----------
    text : str
    value : Value
    steps : tuple of Step
        Definitions, counts, statistics and figures of single companies, as they stand in the text.
    rests_on, against : tuple of str
        References to records of evidence that the answer rests on, or that say the opposite.
    per_cent : tuple of str
        Comparisons of a per cent with a number from 0 to 1, which may be meant as a part.
    """

    text: str
    value: Value
    steps: tuple[Step, ...]
    rests_on: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    per_cent: tuple[str, ...] = ()

    @property
    def truth(self) -> Open:
        """Whether it holds, where it is a statement."""
        return self.value.value if isinstance(self.value, Truth) else None

    @property
    def is_empty(self) -> bool:
        """Whether some part of it looked at no company at all, and says nothing for that reason."""
        return any(step.base is not None and step.base.high == 0 for step in self.steps)


def evaluate(
    text: str, facts: Facts, definitions: Mapping[str, Definition] | None = None
) -> Answer:
    """The value of an expression.

    Parameters
    ----------
    text : str
    facts : Facts
        The base, and what names mean.
    definitions : mapping of str to Definition, optional
        One may use those before it.

    Raises
    ------
    ExpressionError
        If it means nothing, with the column.
    """
    definitions, found = definitions or {}, Found()
    whole, names = parse(text), list(definitions)
    known: dict[str, Value] = {}
    for name in _used(text, definitions):
        definition, tree = definitions[name], definitions[name].tree
        if definition.parameters:
            continue
        before = {n: definitions[n] for n in names[: names.index(name)]}
        inner = _Evaluation(definition.expression, facts, known, before, found)
        known[name] = inner.value(tree)
        inner.keep_unit(name, tree)
        found.steps.append(Step(name, known[name], None))
    value = _Evaluation(text, facts, known, definitions, found).value(whole)
    return Answer(
        text,
        value,
        tuple(found.steps),
        tuple(found.rests_on),
        tuple(found.against),
        tuple(dict.fromkeys(found.per_cent)),
    )


def check_definition(
    definition: Definition, facts: Facts, before: Mapping[str, Definition]
) -> None:
    """Refuse a definition that means nothing.

    One with parameters has no value of its own: its names are looked at alone.

    Raises
    ------
    ExpressionError
    """
    if not definition.parameters:
        evaluate(definition.expression, facts, before)
        return
    parse(definition.expression)
    known = (*facts.names, *before, *FUNCTIONS, *definition.parameters)
    for name in sorted(names_in(definition.expression)):
        if name not in known:
            at = definition.expression.index(name) + 1
            hint = hint_for(name, known)
            raise ExpressionError(definition.expression, at, "a known name", shown(name), hint)


def _used(text: str, definitions: Mapping[str, Definition]) -> list[str]:
    """The definitions that an expression rests on, each behind those it uses itself."""
    names = names_in(text)
    found: list[str] = []
    for name in reversed(list(definitions)):
        if name not in names:
            continue
        if len(found) == MOST_DEFINITIONS:
            expected = f"at most {MOST_DEFINITIONS} definitions under an expression"
            raise ExpressionError(text, 1, expected, "more")
        found.append(name)
        names |= names_in(definitions[name].expression) - {*definitions[name].parameters}
    return found[::-1]


class _Evaluation(Functions):
    """One method for each kind of part."""

    def __init__(
        self,
        text: str,
        facts: Facts,
        definitions: Mapping[str, Value],
        defined: Mapping[str, Definition],
        found: Found,
    ) -> None:
        super().__init__(text, facts, definitions, found)
        self.defined = defined
        self.known = (*facts.names, *definitions, *defined, *FUNCTIONS)

    def keep_unit(self, name: str, tree: Node) -> None:
        """Remember the unit of a definition, now that it is worked out."""
        if (unit := unit_of(tree, self.units, self.found.units)) is not None:
            self.found.units[name] = unit

    def value(self, node: Node) -> Value:
        """The value of a part."""
        self.found.parts += 1
        if self.found.parts > MOST_STEPS:
            raise self.refused(node, "fewer parts", "more than can be worked out")
        return self._bounded(node, self._parts[type(node)](node))

    def _bounded(self, node: Node, value: Value) -> Value:
        """A value whose numbers are no larger than can be worked with."""
        cells = value.cells if isinstance(value, Column) else (value,)
        ends = [end for n in cells if isinstance(n, Number) for end in (n.low, n.high)]
        for end in filter(None, ends):
            whole, part = abs(end.numerator), end.denominator
            if whole >= 10**MOST_DIGITS * part:
                raise self.refused(node, f"numbers below 10^{MOST_DIGITS}", "a larger one")
            if max(whole, part).bit_length() > MOST_BITS:
                expected = f"numbers that are fractions of at most {MOST_BITS:,} bits"
                raise self.refused(node, expected, "a longer one")
        return value

    @cached_property
    def _parts(self) -> dict[type, Callable[[Any], Value]]:
        return {
            Literal: lambda node: exact(node.value),
            Quoted: lambda node: Texts((node.text,)),
            TruthLiteral: lambda node: Truth(node.value),
            Items: lambda node: Texts(tuple(item.text for item in node.items)),
            Name: self._name,
            Call: self._call,
            Negation: self._negation,
            Series: self._series,
            Comparison: self._comparison,
            Where: self._where,
        }

    # Names and signs

    def _name(self, node: Name) -> Value:
        if node.name in self.definitions:
            return self.definitions[node.name]
        if node.name in self.defined and (names := self.defined[node.name].parameters):
            hint = f"write {node.name}({', '.join(names)})"
            raise self.refused(node, "a definition with its parameters", node.name, hint)
        if (constant := self.facts.constant(node.name)) is not None:
            return constant
        try:
            cells = self.facts.figure(node.name)
        except NotKnownError as error:
            found = f"{shown(node.name)}, {error.found}"
            raise self.refused(node, error.expected, found, error.hint) from None
        if cells is None:
            hint = hint_for(node.name, self.known)
            raise self.refused(node, "a known name", shown(node.name), hint)
        return self._column(cells)

    def _call(self, node: Call) -> Value:
        if node.name in FUNCTIONS:
            return FUNCTIONS[node.name](self, node)
        if node.name in self.defined and self.defined[node.name].parameters:
            return self._given(node, self.defined[node.name])
        if node.name in self.definitions or node.name in self.facts.names:
            column = self._name(Name(node.at, node.at + len(node.name), node.name))
            if isinstance(column, Column):
                return self._at(node, column, *self._positional(node, 1, 1))
        hint = hint_for(node.name, self.known)
        raise self.refused(node, "a known function", shown(node.name), hint)

    def _given(self, node: Call, definition: Definition) -> Value:
        """The value of a definition with its parameters given."""
        if self.found.nested == MOST_NESTED:
            expected = f"at most {MOST_NESTED} definitions with parameters inside one another"
            raise self.refused(node, expected, "more")
        number = len(definition.parameters)
        arguments = self._positional(node, number, number)
        values = {p: self.value(a) for p, a in zip(definition.parameters, arguments, strict=True)}
        names = list(self.defined)
        before = {n: self.defined[n] for n in names[: names.index(node.name)]}
        known = {n: v for n, v in self.definitions.items() if n in before} | values
        for name in values:
            before.pop(name, None)
        inner = _Evaluation(definition.expression, self.facts, known, before, self.found)
        self.found.nested += 1
        value = inner.value(definition.tree)
        self.found.nested -= 1
        if (unit := unit_of(definition.tree, inner.units, self.found.units)) is not None:
            self.units[node] = unit
        return self._step(node, value, None)

    def _negation(self, node: Negation) -> Value:
        value = self.value(node.value)
        if node.sign == "-":
            return self._mapped(node.value, value, "number", lambda cell: -number_in(cell))
        return self._mapped(
            node.value, value, "truth", lambda cell: Truth(opposite(truth_in(cell)))
        )

    def _series(self, node: Series) -> Value:
        kind: Kind = "truth" if node.signs[0] in ("and", "or") else "number"
        result = self._kind(node.parts[0], self.value(node.parts[0]), kind)
        for sign, part in zip(node.signs, node.parts[1:], strict=True):
            value = self._kind(part, self.value(part), kind)
            result = self._bounded(part, self._joined(result, value, _SIGNS[sign]))
        if set(node.signs) <= {"+", "-"}:
            self._check_units(node.parts)
        return result

    def _comparison(self, node: Comparison) -> Value:
        values = [self.value(part) for part in node.parts]
        for part, value in zip(node.parts, values, strict=True):
            if isinstance(part, Series) and isinstance(value, Number):
                self._step(part, value, None)
        self._check_units(node.parts)
        if takes_per_cent_for_part(node.parts, self.facts.per_cent):
            self.found.per_cent.append(self.text[node.at : node.end])
        result: Value = Truth(True)
        for position, sign in enumerate(node.signs):
            found = self._compared(node, position, values[position], values[position + 1], sign)
            result = found if position == 0 else self._joined(result, found, _SIGNS["and"])
        return result

    def _compared(
        self, node: Comparison, position: int, left: Value, right: Value, sign: str
    ) -> Value:
        before, behind = node.parts[position], node.parts[position + 1]
        if sign == "about":
            return self._about(node, position, left, right)
        if sign in ("in", "not in"):
            found = self._inside(before, behind, left, right)
            return found if sign == "in" else self._mapped(node, found, "truth", negated)
        words = (Word, Texts, Companies)
        if (
            isinstance(left, words)
            or isinstance(right, words)
            or holds(left, Word)
            or holds(right, Word)
        ):
            if sign not in ("==", "!="):
                raise self.refused(behind, "numbers to compare", "names")
            found = self._same(before, behind, left, right)
            return found if sign == "==" else self._mapped(node, found, "truth", negated)
        if holds(left, Truth) or holds(right, Truth):
            if sign not in ("==", "!="):
                raise self.refused(behind, "numbers to compare", "a condition")
            left, right = self._kind(before, left, "truth"), self._kind(behind, right, "truth")
            found = self._joined(left, right, _equal)
            return found if sign == "==" else self._mapped(node, found, "truth", negated)
        left, right = self._kind(before, left, "number"), self._kind(behind, right, "number")
        return self._joined(
            left, right, lambda a, b: Truth(compared(sign, number_in(a), number_in(b)))
        )

    def _about(self, node: Comparison, position: int, left: Value, right: Value) -> Value:
        before, behind = node.parts[position], node.parts[position + 1]
        left, right = self._kind(before, left, "number"), self._kind(behind, right, "number")
        tolerance = node.tolerances[position]
        if tolerance is not None:
            within = self._number(tolerance)
            if within.high is not None and within.high < 0:
                raise self.elsewhere(tolerance, "a number from 0")
            return self._joined(
                left,
                right,
                lambda a, b: Truth(
                    compared("<=", (number_in(a) - number_in(b)).magnitude(), within)
                ),
            )
        typed = behind.value if isinstance(behind, Negation) else behind
        if not isinstance(typed, Literal):
            hint = "it says how exact: about 55 means rounded to 55"
            raise self.refused(behind, "a number as typed, or within", "something else", hint)
        decimals = typed.decimals
        return self._joined(
            left,
            right,
            lambda a, b: Truth(compared("==", number_in(a).rounded(decimals), number_in(b))),
        )

    def _same(self, before: Node, behind: Node, left: Value, right: Value) -> Value:
        if isinstance(left, Companies) or isinstance(right, Companies):
            first, second = self._set(before, left), self._set(behind, right)
            return Truth(first.same(second))
        if isinstance(left, Texts):
            left, right, behind = right, left, before
        if isinstance(right, Texts) and len(right.texts) != 1:
            raise self.refused(behind, "one text", f"{len(right.texts)}", "write in before a list")
        if isinstance(right, Texts):
            return self._inside(before, behind, left, right)
        left, right = self._kind(before, left, "word"), self._kind(behind, right, "word")
        if word_of(left) != word_of(right):
            raise self.refused(behind, f"a {word_of(left)}", f"a {word_of(right)}")
        return self._joined(left, right, _same_word)

    def _inside(self, before: Node, behind: Node, left: Value, right: Value) -> Value:
        if isinstance(left, Texts) and isinstance(right, Companies):
            held: Open = True
            for part, text in self._each_of(before, left):
                held = both(held, right.holds(self.facts.companies[self._position(part, text)]))
            return Truth(held)
        if isinstance(right, Companies):
            return self._mapped(
                before, left, "word", lambda cell: Truth(_in_set(word_in(cell), right))
            )
        if not isinstance(right, Texts):
            raise self.refused(behind, "a list or a set of companies", described(right))
        name = word_of(left)
        if name is None:
            raise self.refused(before, "a name such as country", described(left))
        known = {self._spelt(part, name, text) for part, text in self._each_of(behind, right)}
        return self._mapped(
            before,
            left,
            "word",
            lambda cell: Truth(None if word_in(cell) is None else word_in(cell) in known),
        )

    def _where(self, node: Where) -> Value:
        value = self.value(node.value)
        condition = self._kind(node.condition, self.value(node.condition), "truth")
        if not isinstance(condition, Column):
            raise self.refused(node.condition, "a condition on every company", described(condition))
        if isinstance(value, (Number, Truth)):
            value = self._column(tuple(value for _ in self.facts.companies))
        if not isinstance(value, Column):
            raise self.refused(node.value, "a figure of every company", described(value))
        held = [
            both(truth_in(c), m) for c, m in zip(condition.cells, condition.members, strict=True)
        ]
        return value.only(held)


_SIGNS: dict[str, Callable[[Cell, Cell], Cell]] = {
    "and": lambda a, b: Truth(both(truth_in(a), truth_in(b))),
    "or": lambda a, b: Truth(either(truth_in(a), truth_in(b))),
    "+": lambda a, b: number_in(a) + number_in(b),
    "-": lambda a, b: number_in(a) - number_in(b),
    "*": lambda a, b: number_in(a) * number_in(b),
    "/": lambda a, b: number_in(a).over(number_in(b)),
}


def _equal(first: Cell, second: Cell) -> Truth:
    one, other = truth_in(first), truth_in(second)
    return Truth(None if one is None or other is None else one == other)


def _same_word(first: Cell, second: Cell) -> Truth:
    one, other = word_in(first), word_in(second)
    return Truth(None if one is None or other is None else one == other)


def _in_set(company: str | None, companies: Companies) -> Open:
    return None if company is None else companies.holds(company)
