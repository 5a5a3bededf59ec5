"""What working out an expression rests on: its state, its messages, kinds of values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from cati.analysis.claims.evidence import OutsideBaseError
from cati.analysis.claims.expression import (
    Call,
    ExpressionError,
    Items,
    Name,
    Node,
    Quoted,
)
from cati.analysis.claims.facts import Facts
from cati.analysis.claims.records import NotKnownError
from cati.analysis.claims.units import unit_of
from cati.analysis.claims.values import (
    Cell,
    Column,
    Companies,
    Kind,
    Number,
    Texts,
    Truth,
    Value,
    Word,
    both,
    opposite,
    truth_in,
)
from cati.problems import did_you_mean, shown

T = TypeVar("T")

OTHER_WORDS = {
    "average": "mean",
    "avg": "mean",
    "number": "count",
    "len": "count",
    "percent": "share",
    "percentage": "share",
    "largest": "max",
    "highest": "max",
    "smallest": "min",
    "lowest": "min",
    "which": "companies",
    "every": "all",
    "first": "top",
    "best": "leader",
    "score": "total",
    "china": "chinese",
    "foreign": "overseas",
    "nev": "new_energy",
    "jv": "joint_venture",
}
"""What people type for a name; used in hints alone."""

_KINDS: dict[type, Kind] = {Number: "number", Truth: "truth", Word: "word"}
_WORDS = {
    "number": "numbers",
    "truth": "a condition",
    "word": "words, such as countries",
}


class ElsewhereError(ExpressionError):
    """What means nothing on this base, and may on another: the question cannot be asked here.

    A company that exists but is not in the base, or a number worked out from the base that is
    none of those that can stand there.
    """


@dataclass(frozen=True)
class Step:
    """A value on the way to the answer.

    Attributes
    ----------
    text : str
        The part of the expression it is the value of.
    value : Number, Truth, Word, Companies or Column
        A column only for a definition.
    base : Number, optional
        How many companies were looked at.
    """

    text: str
    value: Value
    base: Number | None


@dataclass
class Found:
    """What working out an expression came by, its definitions included.

    Attributes
    ----------
    steps : list of Step
    rests_on, against : dict of str to None
        References to records of evidence, in order: those that the answer rests on, and those that
        say the opposite.
    per_cent : list of str
        Comparisons of a per cent with a part of one.
    units : dict of str to str
        Units of definitions.
    parts, nested : int
        How many parts were worked out, and how many definitions with parameters are being.
    """

    steps: list[Step] = field(default_factory=list)
    rests_on: dict[str, None] = field(default_factory=dict)
    against: dict[str, None] = field(default_factory=dict)
    per_cent: list[str] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    parts: int = 0
    nested: int = 0


class Working:
    """The state of working out one expression, and what all its parts need.

    Parameters
    ----------
    text : str
        The expression, for messages.
    facts : Facts
    definitions : mapping of str to Value
        Names with what each comes to.
    found : Found
        Receives what is come by.
    """

    def __init__(
        self, text: str, facts: Facts, definitions: Mapping[str, Value], found: Found
    ) -> None:
        self.text, self.facts, self.definitions = text, facts, definitions
        self.found = found
        self.units: dict[Node, str] = {}

    def value(self, node: Node) -> Value:
        """The value of a part."""
        raise NotImplementedError

    # What arguments must be

    def _positional(self, node: Call, least: int, most: int, hint: str = "") -> list[Node]:
        for argument in node.arguments:
            if argument.name is not None:
                expected, found = "an argument without a name", f"{argument.name}:"
                raise ExpressionError(self.text, argument.at + 1, expected, found)
        number = len(node.arguments)
        if not least <= number <= most:
            span = str(least) if least == most else f"{least} to {most}"
            expected = f"{span} argument{'s' * (most != 1)} of {node.name}"
            at = node.arguments[most].at if number > most else node.at
            raise ExpressionError(self.text, at + 1, expected, str(number), hint)
        return [argument.value for argument in node.arguments]

    def _text(self, node: Node) -> str:
        texts = self._texts(node)
        if len(texts) != 1:
            raise self.refused(node, "one text", str(len(texts)))
        return texts[0]

    def _texts(self, node: Node) -> tuple[str, ...]:
        """Texts in quotes: one, a list, or a definition or parameter that is one of these."""
        if isinstance(node, Quoted):
            return (node.text,)
        if isinstance(node, Items):
            return tuple(item.text for item in node.items)
        if isinstance(node, Name):
            value = self.definitions.get(node.name)
            if isinstance(value, Texts):
                return value.texts
            raise self.refused(node, "text in quotes", node.name, f'write "{node.name}"')
        raise self.refused(node, "text in quotes", "something else")

    def _each_of(self, node: Node, value: Texts) -> list[tuple[Node, str]]:
        """Texts with the part that each stands in."""
        if isinstance(node, Items):
            return [(item, item.text) for item in node.items]
        return [(node, text) for text in value.texts]

    def _number(self, node: Node) -> Number:
        value = self.value(node)
        if not isinstance(value, Number):
            raise self.refused(node, "one number", described(value))
        return value

    def _every(self, node: Node, value: Value, kind: Kind) -> Column:
        value = self._kind(node, value, kind)
        if isinstance(value, Column):
            return value
        if isinstance(value, Truth):
            return self._column(tuple(value for _ in self.facts.companies))
        raise self.refused(node, f"{_WORDS[kind]} of every company", described(value))

    def _kind(self, node: Node, value: Value, kind: Kind) -> Value:
        if kind_of(value) == kind:
            return value
        hint = ""
        if kind == "truth" and kind_of(value) == "number":
            hint = f"compare it, such as {self.text[node.at : node.end]} > 0"
        raise self.refused(node, _WORDS[kind], described(value), hint)

    def _set(self, node: Node, value: Value) -> Companies:
        if isinstance(value, Texts):
            named = self._each_of(node, value)
            positions = [self._position(part, text) for part, text in named]
            found = frozenset(self.facts.companies[position] for position in positions)
            return Companies(found, found)
        if isinstance(value, Companies):
            return value
        raise self.refused(node, "companies", described(value))

    def _position(self, node: Node, text: str) -> int:
        return self._asked(node, lambda: self.facts.position(text))

    def _spelt(self, node: Node, name: str, text: str) -> str:
        return self._asked(node, lambda: self.facts.spelt(name, text))

    # Columns

    def _column(self, cells: tuple[Cell, ...]) -> Column:
        return Column(cells, tuple(True for _ in cells))

    def _mapped(self, node: Node, value: Value, kind: Kind, work: Callable[[Cell], Cell]) -> Value:
        value = self._kind(node, value, kind)
        if isinstance(value, Column):
            return Column(tuple(map(work, value.cells)), value.members)
        assert isinstance(value, (Number, Truth, Word))  # noqa: S101  what a kind has
        return work(value)

    def _joined(self, left: Value, right: Value, work: Callable[[Cell, Cell], Cell]) -> Value:
        if not isinstance(left, Column) and not isinstance(right, Column):
            assert isinstance(left, (Number, Truth, Word))  # noqa: S101  what a kind has
            assert isinstance(right, (Number, Truth, Word))  # noqa: S101
            return work(left, right)
        first, second = self._spread(left), self._spread(right)
        members = [both(a, b) for a, b in zip(first.members, second.members, strict=True)]
        cells = [work(a, b) for a, b in zip(first.cells, second.cells, strict=True)]
        return Column(tuple(cells), tuple(members))

    def _spread(self, value: Value) -> Column:
        if isinstance(value, Column):
            return value
        assert isinstance(value, (Number, Truth, Word))  # noqa: S101  what a kind has
        return self._column(tuple(value for _ in self.facts.companies))

    def _step(self, node: Node, value: Value, base: Number | None) -> Value:
        self.found.steps.append(Step(self.text[node.at : node.end], value, base))
        return value

    def _asked(
        self, node: Node, ask: Callable[[], T], choices: Mapping[str, Node] | None = None
    ) -> T:
        """What the facts answer; a message points at the choice of evidence that it is about."""
        try:
            return ask()
        except NotKnownError as error:
            outside = isinstance(error, OutsideBaseError)
            kind = ElsewhereError if outside else ExpressionError
            at = (choices or {}).get(error.choice or "", node).at + 1
            raise kind(self.text, at, error.expected, error.found, error.hint) from None

    def _check_units(self, parts: Sequence[Node]) -> None:
        """Refuse to compare or to add numbers that are known to have different units."""
        known = [(part, unit_of(part, self.units, self.found.units)) for part in parts]
        units = [(part, unit) for part, unit in known if unit is not None]
        for part, unit in units[1:]:
            if unit != units[0][1]:
                expected, hint = f"a number in {units[0][1]}", "multiply one into the other's unit"
                raise self.refused(part, expected, f"one in {unit}", hint)

    def refused(self, node: Node, expected: str, found: str, hint: str = "") -> ExpressionError:
        """What is wrong with a part, to be raised."""
        return ExpressionError(self.text, node.at + 1, expected, found, hint)

    def elsewhere(self, node: Node, expected: str) -> ElsewhereError:
        """What is wrong with the number that a part comes to on this base, to be raised."""
        found = shown(self.text[node.at : node.end])
        return ElsewhereError(self.text, node.at + 1, expected, found)


def negated(cell: Cell) -> Truth:
    """Not."""
    return Truth(opposite(truth_in(cell)))


def _first(value: Value) -> Value:
    """A cell of a column, or the value itself."""
    return value.cells[0] if isinstance(value, Column) and value.cells else value


def kind_of(value: Value) -> Kind | None:
    """What a value or its cells are; None for sets and texts."""
    return _KINDS.get(type(_first(value)))


def word_of(value: Value) -> str | None:
    """The name whose words a value has; None where it has none."""
    first = _first(value)
    return first.of if isinstance(first, Word) else None


def holds(value: Value, kind: type) -> bool:
    """Whether a value or its cells are of a kind."""
    return isinstance(_first(value), kind)


def described(value: Value) -> str:
    """What a value is, in words for a message."""
    if isinstance(value, Texts):
        return "text"
    if isinstance(value, Companies):
        return "a set of companies"
    of_each = " of every company" if isinstance(value, Column) else ""
    singular = {"number": "a number", "truth": "a condition", "word": "a word"}
    kind = kind_of(value)
    assert kind is not None  # noqa: S101  sets and texts are dealt with
    return (_WORDS[kind] if of_each else singular[kind]) + of_each


def hint_for(name: str, known: Sequence[str]) -> str:
    """What may have been meant by a name that is not known."""
    other = OTHER_WORDS.get(name.lower())
    if other is not None:
        return f"did you mean {other}?"
    near = did_you_mean(name.lower(), known)
    return near or "docs/howto/claims.md lists the names"
