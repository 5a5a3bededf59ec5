"""Units of numbers, so that those of different ones are neither compared nor added unnoticed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from cati.analysis.claims.expression import Call, Literal, Name, Negation, Node, Series, Where

KEEPING = ("sum", "mean", "median", "min", "max", "round", "abs", "low", "high", "value")
"""Functions whose result has the unit of what they are given."""


def unit_of(node: Node, told: Mapping[Node, str], named: Mapping[str, str]) -> str | None:
    """The unit of a part; None where it has none that is known, such as a product.

    Parameters
    ----------
    node : Node
    told : mapping of Node to str
        Units of the figures, facts and definitions with parameters in the expression.
    named : mapping of str to str
        Units of definitions and parameters.
    """
    if node in told:
        return told[node]
    parts: tuple[Node, ...] = ()
    if isinstance(node, Name):
        return named.get(node.name)
    if isinstance(node, Where | Negation):
        parts = (node.value,)
    elif isinstance(node, Series) and set(node.signs) <= {"+", "-"}:
        parts = node.parts
    elif isinstance(node, Call) and node.name in named:
        return named[node.name]
    elif isinstance(node, Call) and node.name in KEEPING:
        parts = tuple(argument.value for argument in node.arguments)
    return next((u for part in parts if (u := unit_of(part, told, named)) is not None), None)


def takes_per_cent_for_part(parts: Sequence[Node], rates: Collection[str]) -> bool:
    """Whether a rate or share, from 0 to 100, is compared with a number such as 0.5.

    A number typed with a % is meant as it stands.

    Parameters
    ----------
    parts : sequence of Node
        Of a comparison.
    rates : collection of str
        The names of rates.
    """
    is_part = any(isinstance(p, Literal) and 0 < p.value < 1 and not p.percent for p in parts)
    return is_part and any(_is_per_cent(part, rates) for part in parts)


def _is_per_cent(node: Node, rates: Collection[str]) -> bool:
    """Whether a part is plainly a rate or a share."""
    if isinstance(node, Where):
        return _is_per_cent(node.value, rates)
    if isinstance(node, Name):
        return node.name in rates
    if not isinstance(node, Call):
        return False
    if node.name in ("share", "rate", "printed_rate") or node.name in rates:
        return True
    values = (argument.value for argument in node.arguments)
    return node.name in KEEPING and any(_is_per_cent(value, rates) for value in values)
