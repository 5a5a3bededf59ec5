"""The language of claims: text to a tree, by recursive descent.

An expression is one line such as ``count(total >= 60)`` or
``mean(total where chinese) < mean(total where overseas)``. Nothing in it is
run: length, nesting and numbers are bounded, names mean what `cati.analysis.claims.facts`
says, and `cati.analysis.claims.evaluation` works the tree out.

    expression  = condition [ "where" condition ]
    condition   = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation    = "not" negation | comparison
    comparison  = sum { ("==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not" "in") sum
                      | "about" sum [ "within" sum ] }
    sum         = product { ("+" | "-") product }
    product     = sign { ("*" | "/") sign }
    sign        = "-" sign | atom
    atom        = number [ "%" ] | text | "true" | "false" | list | name [ "(" arguments ")" ]
                | "(" expression ")"
    list        = "[" [ text { "," text } ] "]"
    arguments   = [ [ name ":" ] expression { "," [ name ":" ] expression } ]
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from cati.problems import UsageError, shown

LONGEST = 2_000
"""Characters of an expression."""

DEEPEST = 40
"""Levels of brackets and signs."""

DIGITS = 15
"""Digits of a number, on both sides of the point together."""

KEYWORDS = ("and", "or", "not", "in", "where", "about", "within", "true", "false")

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<number>[0-9]+(\.[0-9]+)?)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<mark>==|!=|<=|>=|[-+*/%<>()\[\],:])""",
    re.VERBOSE,
)

_HINTS = {
    "=": "write == to compare",
    "!": "write != or not",
    "&": "write and",
    "|": "write or",
    "≥": "write >=",
    "≤": "write <=",
    "≠": "write !=",
    "≈": "write about",
    "×": "write *",
    "÷": "write /",
    ".": "a code stands in quotes, such as rate('5.3.2')",
    "{": "a list stands in [ ]",
    **dict.fromkeys('"“”„', 'text stands in straight quotes that are closed: "byd"'),
    **dict.fromkeys("'‘’", "text stands in straight quotes that are closed: 'byd'"),
}


_WORDS = {
    **dict.fromkeys(("is", "equals", "equal", "are"), "write == to compare"),
    **dict.fromkeys(("over", "above", "exceeds", "more"), "write > to compare"),
    **dict.fromkeys(("under", "below", "less", "fewer"), "write < to compare"),
    **dict.fromkeys(("roughly", "nearly", "around", "approximately"), "write about"),
    "if": "write where before a condition that chooses companies",
}
"""What people type for a sign, behind a whole part; used in hints alone."""


class ExpressionError(UsageError):
    """An expression that means nothing.

    Attributes
    ----------
    text : str
        The expression.
    column : int
        Where in it, from 1.
    expected, found, hint : str
        As in `cati.problems.Problem`.
    """

    def __init__(self, text: str, column: int, expected: str, found: str, hint: str = "") -> None:
        self.text, self.column = text, column
        self.expected, self.found, self.hint = expected, found, hint
        behind = f" ({hint})" if hint else ""
        super().__init__(
            f"column {column} of {shown(text)}: expected {expected}; found {found}{behind}"
        )


@dataclass(frozen=True)
class Literal:
    """A number as it is typed.

    Attributes
    ----------
    percent : bool
        Whether it is typed with a %.
    """

    at: int
    end: int
    value: Fraction
    decimals: int
    percent: bool = False


@dataclass(frozen=True)
class Quoted:
    """Text in quotes; what it names depends on what it is compared with."""

    at: int
    end: int
    text: str


@dataclass(frozen=True)
class TruthLiteral:
    """``true`` or ``false``."""

    at: int
    end: int
    value: bool


@dataclass(frozen=True)
class Items:
    """A list of texts."""

    at: int
    end: int
    items: tuple[Quoted, ...]


@dataclass(frozen=True)
class Name:
    """A name alone: a figure of every company, or a constant."""

    at: int
    end: int
    name: str


@dataclass(frozen=True)
class Argument:
    """What stands between the brackets of a call, with its name where it has one."""

    at: int
    name: str | None
    value: Node


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    at: int
    end: int
    name: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class Negation:
    """``not`` before a condition, or ``-`` before a number."""

    at: int
    end: int
    sign: str
    value: Node


@dataclass(frozen=True)
class Series:
    """Parts with the same rank: ``a and b``, ``a or b``, ``a + b - c``, ``a * b / c``.

    Attributes
    ----------
    signs : tuple of str
        What stands before the second part and each after it.
    """

    at: int
    end: int
    signs: tuple[str, ...]
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Comparison:
    """Parts compared from left to right: ``a < b < c`` means ``a < b and b < c``.

    Attributes
    ----------
    tolerances : tuple of Node or None
        What stands behind ``within``, for each sign.
    """

    at: int
    end: int
    signs: tuple[str, ...]
    parts: tuple[Node, ...]
    tolerances: tuple[Node | None, ...]


@dataclass(frozen=True)
class Where:
    """A figure of some companies alone."""

    at: int
    end: int
    value: Node
    condition: Node


Node = (
    Literal | Quoted | TruthLiteral | Items | Name | Call | Negation | Series | Comparison | Where
)
"""A part of an expression; ``at`` and ``end`` are its place in the text, from 0."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int

    @property
    def end(self) -> int:
        return self.at + len(self.text)


def parse(text: str) -> Node:
    """An expression as a tree.

    Raises
    ------
    ExpressionError
        With the column, what was expected there and what was found.
    """
    if len(text) > LONGEST:
        raise ExpressionError(text, LONGEST + 1, f"at most {LONGEST:,} characters", "more")
    return _Parser(text, _tokens(text)).whole()


def names_in(text: str) -> set[str]:
    """The names in an expression, without those of arguments.

    Raises
    ------
    ExpressionError
        Where something in it is no part of any expression.
    """
    found = pairwise(_tokens(text))
    return {token.text for token, after in found if token.kind == "name" and after.text != ":"}


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            char = text[at]
            hint = _HINTS.get(char, "")
            if not hint and not char.isascii():
                hint = "only text in quotes may hold other than plain English letters and signs"
            raise ExpressionError(text, at + 1, "a name, a number or a sign", shown(char), hint)
        kind = str(match.lastgroup)
        if kind == "name" and match[0] in KEYWORDS:
            kind = "mark"
        if kind == "number" and len(match[0].replace(".", "")) > DIGITS:
            raise ExpressionError(text, at + 1, f"at most {DIGITS} digits", shown(match[0]))
        if kind != "space":
            tokens.append(_Token(kind, match[0], at))
        at = match.end()
    return [*tokens, _Token("end", "", len(text))]


class _Parser:
    """One method for each line of the grammar."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self.text, self.tokens = text, tokens
        self.next = 0
        self.depth = 0
        self.before: Node | None = None

    @property
    def token(self) -> _Token:
        return self.tokens[self.next]

    def whole(self) -> Node:
        node = self.expression()
        if self.token.kind != "end":
            self.refuse("the end, or a sign such as >=")
        return node

    def sign_for(self, before: Node) -> str:
        """A hint on a word that stands where a sign must, behind a part."""
        word = self.token.text.lower()
        if word != "between":
            return _WORDS.get(word, "")
        of, place = self.text[before.at : before.end], self.next
        self.next += 1
        try:
            low = self.sum()
            self.demand("and")
            high = self.sum()
        except ExpressionError:
            return f"write a chain, such as 30 <= {of} <= 50"
        finally:
            self.next = place
        least, most = (self.text[part.at : part.end] for part in (low, high))
        return f"write {least} <= {of} <= {most}"

    @property
    def taken(self) -> int:
        """The place behind the last token that was taken; a bracket of a part belongs to it."""
        return self.tokens[self.next - 1].end

    def expression(self) -> Node:
        at = self.token.at
        value = self.condition()
        if not self.accept("where"):
            return value
        condition = self.condition()
        return Where(at, self.taken, value, condition)

    def condition(self) -> Node:
        return self.series(self.conjunction, "or")

    def conjunction(self) -> Node:
        return self.series(self.negation, "and")

    def negation(self) -> Node:
        at = self.token.at
        if not self.accept("not"):
            return self.comparison()
        self.deeper()
        value = self.negation()
        self.depth -= 1
        return Negation(at, self.taken, "not", value)

    def comparison(self) -> Node:
        at = self.token.at
        parts, signs, tolerances = [self.sum()], [], []
        self.before = parts[-1]
        while sign := self.comparing():
            signs.append(sign)
            parts.append(self.sum())
            self.before = parts[-1]
            within = sign == "about" and self.accept("within")
            tolerances.append(self.sum() if within else None)
        if not signs:
            return parts[0]
        return Comparison(at, self.taken, tuple(signs), tuple(parts), tuple(tolerances))

    def comparing(self) -> str:
        token = self.token
        if token.kind == "mark" and token.text in (*COMPARISONS, "about", "in"):
            self.next += 1
            return token.text
        if token.text == "not" and token.kind == "mark" and self.tokens[self.next + 1].text == "in":
            self.next += 2
            return "not in"
        return ""

    def sum(self) -> Node:
        return self.series(self.product, "+", "-")

    def product(self) -> Node:
        return self.series(self.sign, "*", "/")

    def sign(self) -> Node:
        at = self.token.at
        if not self.accept("-"):
            return self.atom()
        self.deeper()
        value = self.sign()
        self.depth -= 1
        return Negation(at, self.taken, "-", value)

    def atom(self) -> Node:
        token = self.token
        if token.kind == "number":
            self.next += 1
            decimals = len(token.text.partition(".")[2])
            percent = self.accept("%")
            return Literal(token.at, self.taken, Fraction(token.text), decimals, percent)
        if token.kind == "text":
            self.next += 1
            return Quoted(token.at, token.end, token.text[1:-1])
        if token.kind == "name":
            return self.named()
        if token.kind == "mark" and token.text in ("true", "false"):
            self.next += 1
            return TruthLiteral(token.at, token.end, token.text == "true")
        if self.accept("["):
            return self.listed(token.at)
        if self.accept("("):
            self.deeper()
            value = self.expression()
            self.demand(")")
            self.depth -= 1
            return value
        return self.refuse("a name, a number, text in quotes or (")

    def named(self) -> Node:
        token = self.token
        self.next += 1
        if not self.accept("("):
            return Name(token.at, token.end, token.text)
        self.deeper()
        arguments: list[Argument] = []
        while not self.accept(")"):
            if arguments:
                self.demand(",", "or )")
            arguments.append(self.argument())
        self.depth -= 1
        return Call(token.at, self.taken, token.text, tuple(arguments))

    def argument(self) -> Argument:
        token = self.token
        if token.kind == "name" and self.tokens[self.next + 1].text == ":":
            self.next += 2
            return Argument(token.at, token.text, self.expression())
        return Argument(token.at, None, self.expression())

    def listed(self, at: int) -> Node:
        items: list[Quoted] = []
        while not self.accept("]"):
            if items:
                self.demand(",", "or ]")
            token = self.token
            if token.kind != "text":
                self.refuse("text in quotes")
            self.next += 1
            items.append(Quoted(token.at, token.end, token.text[1:-1]))
        return Items(at, self.taken, tuple(items))

    def series(self, part: Callable[[], Node], *signs: str) -> Node:
        at = self.token.at
        parts: list[Node] = [part()]
        found = []
        while self.token.kind == "mark" and self.token.text in signs:
            found.append(self.token.text)
            self.next += 1
            parts.append(part())
        if not found:
            return parts[0]
        return Series(at, self.taken, tuple(found), tuple(parts))

    def accept(self, mark: str) -> bool:
        if self.token.kind == "mark" and self.token.text == mark:
            self.next += 1
            return True
        return False

    def demand(self, mark: str, other: str = "") -> None:
        if not self.accept(mark):
            self.refuse(f"{mark} {other}".strip())

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(f"at most {DEEPEST} levels of brackets and signs")

    def refuse(self, expected: str) -> Node:
        token, before, hint = self.token, self.before, ""
        self.before = None
        if before is not None and token.kind == "name" and before.end == self.taken:
            hint = self.sign_for(before)
        found = shown(token.text) if token.kind != "end" else "the end"
        raise ExpressionError(self.text, token.at + 1, expected, found, hint)
