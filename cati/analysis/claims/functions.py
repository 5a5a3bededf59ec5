"""The functions of expressions, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import pairwise

from cati.analysis.claims.expression import Call, ExpressionError, Items, Literal, Name, Node
from cati.analysis.claims.records import CHOICES, Choice
from cati.analysis.claims.values import (
    STATISTICS,
    UNKNOWN,
    Cell,
    Column,
    Companies,
    Number,
    Open,
    Truth,
    Value,
    all_of,
    both,
    compared,
    count_of,
    exact,
    greater,
    number_in,
    opposite,
    ranks_of,
    set_of,
    share_of,
    statistic_of,
)
from cati.analysis.claims.working import Working, described, kind_of, negated
from cati.problems import did_you_mean, shown

FINEST = 6
"""Decimals one can round to."""

EVIDENCE = ("recorded", "disclosed", "records", "figure", "figure_sum")

_EXTREMES: dict[str, Callable[[Cell, Cell], Cell]] = {
    "min": lambda a, b: -greater(-number_in(a), -number_in(b)),
    "max": lambda a, b: greater(number_in(a), number_in(b)),
}


class Functions(Working):
    """One method for each function."""

    # Functions that make one value of many

    def _count(self, node: Call) -> Value:
        (argument,) = self._positional(node, 1, 1)
        value = self.value(argument)
        if isinstance(value, Companies):
            return self._step(node, value.size, exact(len(self.facts.companies)))
        column = self._every(argument, value, "truth")
        return self._step(node, count_of(column), column.base)

    def _share(self, node: Call) -> Value:
        arguments = self._positional(node, 1, 2)
        if len(arguments) == 1:
            column = self._every(arguments[0], self.value(arguments[0]), "truth")
            return self._step(node, share_of(column), column.base)
        part, whole = (self._number(argument) for argument in arguments)
        return self._step(node, (exact(100) * part).over(whole), None)

    def _all(self, node: Call) -> Value:
        (argument,) = self._positional(node, 1, 1)
        column = self._every(argument, self.value(argument), "truth")
        return self._step(node, Truth(all_of(column)), column.base)

    def _any(self, node: Call) -> Value:
        (argument,) = self._positional(node, 1, 1)
        column = self._every(argument, self.value(argument), "truth")
        none = Column(tuple(negated(cell) for cell in column.cells), column.members)
        return self._step(node, Truth(opposite(all_of(none))), column.base)

    def _companies(self, node: Call) -> Value:
        (argument,) = self._positional(node, 1, 1)
        column = self._every(argument, self.value(argument), "truth")
        return self._step(node, set_of(column, self.facts.companies), column.base)

    def _statistic(self, node: Call) -> Value:
        if node.name in _EXTREMES and len(node.arguments) > 1:
            first, *others = self._positional(node, 2, 20)
            result = self._kind(first, self.value(first), "number")
            for argument in others:
                other = self._kind(argument, self.value(argument), "number")
                result = self._joined(result, other, _EXTREMES[node.name])
            return result
        (argument,) = self._positional(node, 1, 1, self._of_some(node))
        column = self._every(argument, self.value(argument), "number")
        return self._step(node, statistic_of(node.name, column), column.base)

    def _of_some(self, node: Call) -> str:
        """How to write a statistic of some companies, where a second argument says which."""
        parts = [argument.value for argument in node.arguments]
        if len(parts) != 2 or kind_of(self.value(parts[1])) != "truth":
            return ""
        figure, condition = (self.text[part.at : part.end] for part in parts)
        return f"write {node.name}({figure} where {condition})"

    def _front(self, node: Call) -> Value:
        """``top``, ``bottom``, ``leader`` and ``last``: companies by rank."""
        counted = node.name in ("top", "bottom")
        arguments = self._positional(node, counted, 1 + counted)
        most = self._places(arguments.pop(0)) if counted else exact(1)
        column = self._ranked(arguments)
        if node.name in ("bottom", "last"):
            column = Column(tuple(-number_in(cell) for cell in column.cells), column.members)
        ranks = zip(ranks_of(column), column.members, strict=True)
        front = [Truth(both(m, compared("<=", rank, most))) for rank, m in ranks]
        found = Column(tuple(front), column.members)
        return self._step(node, set_of(found, self.facts.companies), column.base)

    def _places(self, node: Node) -> Number:
        """How many places ``top`` and ``bottom`` have."""
        number = self._number(node)
        ends = [end for end in (number.low, number.high) if end is not None]
        if any(end < 1 or end.denominator > 1 for end in ends):
            raise self.elsewhere(node, "a whole number from 1")
        if self.facts.tried and ends and max(ends) >= len(self.facts.companies):
            raise self.elsewhere(node, "fewer places than the base has companies")
        return number

    # Functions of single companies

    def _rank(self, node: Call) -> Value:
        company, *by = self._positional(node, 1, 2)
        column = self._ranked(by)
        return self._at(node, Column(tuple(ranks_of(column)), column.members), company)

    def _rank_by(self, node: Call) -> Value:
        column = self._ranked(self._positional(node, 1, 1))
        return Column(tuple(ranks_of(column)), column.members)

    def _ranked(self, by: Sequence[Node]) -> Column:
        """The numbers that companies are ranked by: the total unless one is given."""
        node = by[0] if by else Name(0, 0, "total")
        return self._every(node, self.value(node), "number")

    def _value_of(self, node: Call) -> Value:
        company, argument = self._positional(node, 2, 2)
        value = self.value(argument)
        if not isinstance(value, Column):
            raise self.refused(argument, "a figure of every company", described(value))
        return self._at(node, value, company)

    def _at(self, node: Call, column: Column, company: Node) -> Value:
        text = self._text(company)
        return self._step(node, column.sure[self._position(company, text)], None)

    def _ordered(self, node: Call) -> Value:
        argument, listed = self._positional(node, 2, 2)
        column = self._every(argument, self.value(argument), "number")
        if not isinstance(listed, Items):
            raise self.refused(listed, "a list of companies", "something else")
        found = [column.sure[self._position(item, item.text)] for item in listed.items]
        held: Open = True
        for first, second in pairwise(found):
            held = both(held, compared(">", number_in(first), number_in(second)))
        return self._step(node, Truth(held), None)

    def _part(self, node: Call) -> Value:
        """``rate``, ``points`` and ``printed_rate``, of every company or of one."""
        *company, part = self._positional(node, 1, 2)
        is_name = isinstance(part, Name) and part.name not in self.definitions
        name = self.text[part.at : part.end] if is_name else self._text(part)
        reads: dict[str, Callable[[str], Sequence[Number]]] = {
            "rate": self.facts.rates,
            "points": self.facts.points,
            "printed_rate": self.facts.printed_rates,
        }
        column = self._column(tuple(self._asked(part, lambda: reads[node.name](name))))
        return self._at(node, column, company[0]) if company else column

    def _part_of(self, node: Call) -> Value:
        (argument,) = self._positional(node, 1, 1)
        text = self._text(argument)
        return self._column(tuple(self._asked(argument, lambda: self.facts.parts_of(text))))

    def _parents(self, node: Call) -> Value:
        """The greatest number that one of a company's parents in the base has."""
        (argument,) = self._positional(node, 1, 1)
        column = self._every(argument, self.value(argument), "number")
        rows = list(zip(column.sure, column.members, strict=True))
        cells = []
        for places in self.facts.parents():
            parents = [rows[place] for place in places]
            numbers = [number_in(cell) for cell, member in parents if member is not False]
            cells.append(reduce(greater, numbers) if numbers else UNKNOWN)
        return self._column(tuple(cells))

    def _met(self, node: Call) -> Value:
        *company, argument = self._positional(node, 1, 2)
        text = self._text(argument)
        column = self._column(tuple(self._asked(argument, lambda: self.facts.met(text))))
        return self._at(node, column, company[0]) if company else column

    def _fact(self, node: Call) -> Value:
        (argument,) = self._positional(node, 1, 1)
        text = self._text(argument)
        fact = self._asked(argument, lambda: self.facts.fact(text))
        self.units[node] = fact.unit
        return self._step(node, fact.number, None)

    def _contact(self, node: Call) -> Value:
        (argument,) = self._positional(node, 1, 1)
        text = self._text(argument)
        return self._step(node, self._asked(argument, lambda: self.facts.contact(text)), None)

    def _evidence(self, node: Call) -> Value:
        """``recorded``, ``disclosed``, ``records``, ``figure`` and ``figure_sum``."""
        company = [argument for argument in node.arguments if argument.name is None]
        if len(company) > 1:
            raise self.refused(company[1].value, f"one of {', '.join(CHOICES)} and :", "no name")
        choice, weak, named = self._choice(node)
        companies = self.facts.companies
        asked = set(companies)
        if company:
            place = self._position(company[0].value, self._text(company[0].value))
            asked = {companies[place]}
        tell = self.facts.evidence.tell
        told = self._asked(
            node, lambda: tell(node.name, choice, weak, companies, asked), choices=named
        )
        self.found.rests_on.update(dict.fromkeys(told.rests_on))
        self.found.against.update(dict.fromkeys(told.against))
        if told.unit is not None:
            self.units[node] = told.unit
        column = self._column(told.cells)
        return self._at(node, column, company[0].value) if company else column

    def _choice(self, node: Call) -> tuple[Choice, bool, dict[str, Node]]:
        """What the named arguments choose, whether weak evidence counts, where each stands."""
        named: dict[str, Node] = {}
        for argument in node.arguments:
            name, value = argument.name, argument.value
            if name is None:
                continue
            if name not in (*CHOICES, "weak"):
                hint = did_you_mean(name, [*CHOICES, "weak"])
                at = argument.at + 1
                raise ExpressionError(self.text, at, "a choice of evidence", shown(name), hint)
            if name in named:
                raise self.refused(value, "each choice of evidence once", f"{shown(name)} again")
            named[name] = value
        weak = "weak" in named and self.value(named.pop("weak")) == Truth(True)
        if not named:
            raise self.refused(node, f"a choice: {', '.join(CHOICES)}", "none")
        texts = {name: self._texts(value) for name, value in named.items()}
        for name, value in named.items():
            if not texts[name]:
                raise self.refused(value, "at least one text", "none")
        return Choice(**texts), weak, named

    def _each(self, node: Call) -> Value:
        """``round``, ``abs``, ``low``, ``high`` and ``known``."""
        argument, *others = self._positional(node, 1, 1 + (node.name == "round"))
        value = self.value(argument)
        if node.name == "known":
            kind = kind_of(value)
            if kind is None:
                raise self.refused(argument, "a figure", described(value))
            return self._mapped(argument, value, kind, lambda cell: Truth(_is_known(cell)))
        decimals = self._decimals(others[0]) if others else 0
        work: dict[str, Callable[[Number], Number]] = {
            "round": lambda number: number.rounded(decimals),
            "abs": lambda number: number.magnitude(),
            "low": lambda number: Number(number.low, number.low),
            "high": lambda number: Number(number.high, number.high),
        }
        return self._mapped(
            argument, value, "number", lambda cell: work[node.name](number_in(cell))
        )

    def _decimals(self, node: Node) -> int:
        if isinstance(node, Literal) and node.decimals == 0 and node.value <= FINEST:
            return int(node.value)
        raise self.refused(node, f"a number of decimals from 0 to {FINEST}", "something else")


FUNCTIONS: dict[str, Callable[[Functions, Call], Value]] = {
    **dict.fromkeys(STATISTICS, Functions._statistic),
    **dict.fromkeys(("round", "abs", "low", "high", "known"), Functions._each),
    **dict.fromkeys(("top", "bottom", "leader", "last"), Functions._front),
    **dict.fromkeys(("rate", "points", "printed_rate"), Functions._part),
    **dict.fromkeys(EVIDENCE, Functions._evidence),
    "count": Functions._count,
    "share": Functions._share,
    "all": Functions._all,
    "any": Functions._any,
    "companies": Functions._companies,
    "value": Functions._value_of,
    "rank": Functions._rank,
    "rank_by": Functions._rank_by,
    "ordered": Functions._ordered,
    "part_of": Functions._part_of,
    "parents": Functions._parents,
    "met": Functions._met,
    "fact": Functions._fact,
    "contact": Functions._contact,
}
"""What each function does, by name."""


def _is_known(cell: Cell) -> bool:
    return cell.is_exact if isinstance(cell, Number) else cell.value is not None
