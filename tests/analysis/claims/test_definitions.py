"""Definitions: what they may use, their parameters, and what is shown of them."""

from __future__ import annotations

import pytest

from cati.analysis.claims.evaluation import Definition, evaluate
from cati.analysis.claims.expression import ExpressionError
from cati.analysis.claims.inquiry import Inquiry
from cati.analysis.claims.values import exact
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def inquiry(real: Workspace) -> Inquiry:
    return Inquiry(real, "automakers-2024")


ABOVE = {"above": Definition("total > least", ("least",))}
ROWS = {
    "table": Definition('"Table 3-4-1"'),
    "metals": Definition('["steel", "aluminium"]'),
    "row_of": Definition("recorded(place: where_it_is)", ("where_it_is",)),
    "share_of": Definition("share(row_of(place) where kind == what)", ("place", "what")),
}


@pytest.mark.parametrize(
    ("text", "definitions", "truth"),
    [
        ("count(above(50)) == 11", ABOVE, True),
        ("count(above(50)) - count(above(60)) == 7", ABOVE, True),
        ("count(above(median(total))) == 25", ABOVE, True),
        ("count(recorded(place: table)) == 17", ROWS, True),
        ("count(row_of(table)) == 17", ROWS, True),
        ('count(row_of("Table 3-4-1")) == 17', ROWS, True),
        ('share_of(table, "automaker") about 46', ROWS, True),
        ('recorded("bmw", subject: metals)', ROWS, True),
    ],
)
def test_definitions_may_have_parameters(
    inquiry: Inquiry, text: str, definitions: dict[str, Definition], truth: bool
) -> None:
    assert evaluate(text, inquiry.facts, definitions).truth is truth


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "count(above) == 1",
            "expected a definition with its parameters; found above (write above",
        ),
        ("count(above()) == 1", "expected 1 argument of above; found 0"),
        ("count(above(1, 2)) == 1", "column 16 of 'count(above(1, 2)) == 1': expected 1 argument"),
        ("least > 1", "expected a known name; found 'least'"),
        ("count(above('a')) == 1", "expected numbers to compare; found names"),
    ],
)
def test_definitions_with_parameters_are_used_as_such(
    inquiry: Inquiry, text: str, message: str
) -> None:
    with pytest.raises(ExpressionError) as raised:
        evaluate(text, inquiry.facts, ABOVE)
    assert message in str(raised.value)


def test_definitions_inside_one_another_end(inquiry: Inquiry) -> None:
    """Each may nest 40 brackets; all of them together must not overflow anything."""
    body = "-" * 38 + "(x + {})"
    definitions = {"f0": Definition(body.format("x"), ("x",))}
    for level in range(1, 6):
        used = f"f{level - 1}(x) + f{level - 1}(x)"
        definitions[f"f{level}"] = Definition(body.format(used), ("x",))
    evaluate("f2(1) > 0", inquiry.facts, definitions)
    with pytest.raises(ExpressionError, match="at most 3 definitions with parameters inside"):
        evaluate("f5(1) > 0", inquiry.facts, definitions)


def test_what_definitions_come_to_is_shown(inquiry: Inquiry) -> None:
    definitions = {"least": Definition("100 / 2"), "high_total": Definition("total > least")}
    found = evaluate("count(high_total) == 11", inquiry.facts, definitions)
    assert [(step.text, step.base) for step in found.steps] == [
        ("least", None),
        ("high_total", None),
        ("count(high_total)", exact(51)),
    ]
    assert found.steps[0].value == exact(50)
    given = evaluate("count(above(50)) == 11", inquiry.facts, ABOVE)
    assert [step.text for step in given.steps] == ["above(50)", "count(above(50))"]
