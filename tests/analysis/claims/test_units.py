"""Numbers of different units are neither compared nor added, and per cent is told from parts."""

from __future__ import annotations

import pytest

from cati.analysis.claims.evaluation import Definition, evaluate
from cati.analysis.claims.expression import ExpressionError, parse
from cati.analysis.claims.inquiry import Inquiry
from cati.analysis.claims.units import takes_per_cent_for_part, unit_of
from cati.workspace import Workspace

SCRAP = 'figure("mazda", unit: "t")'
CUT = 'figure("bmw", unit: "tCO2e/yr", of: "expected reduction")'


@pytest.fixture(scope="module")
def inquiry(real: Workspace) -> Inquiry:
    return Inquiry(real, "automakers-2024")


@pytest.mark.parametrize(
    "text",
    [
        f"{SCRAP} > {CUT}",
        f"{SCRAP} + {CUT} > 3",
        f"high({SCRAP}) < 5 < low({CUT})",
        f"-{SCRAP} == {CUT}",
        f"scrap > {CUT}",
        f"more({SCRAP}) > {CUT}",
        'fact("electricity-factor-2023") > fact("steel-traditional")',
        'sum(figure(unit: "t")) > sum(figure(unit: "tCO2"))',
    ],
)
def test_different_units_are_refused(inquiry: Inquiry, text: str) -> None:
    definitions = {"scrap": Definition(SCRAP), "more": Definition("1 + x", ("x",))}
    if text.startswith("more("):
        definitions["more"] = Definition(f"x + {SCRAP}", ("x",))
    with pytest.raises(ExpressionError, match=r"expected a number in .+; found one in .+multiply"):
        evaluate(text, inquiry.facts, definitions)


@pytest.mark.parametrize(
    "text",
    [
        f"{SCRAP} > 3",
        f"{SCRAP} > 2 * {CUT}",
        f"share({SCRAP}, {CUT}) > 3",
        f"{SCRAP} - {SCRAP} == 0",
        'fact("electricity-factor-2023") > fact("electricity-factor-2024")',
    ],
)
def test_one_unit_and_numbers_without_one_are_fine(inquiry: Inquiry, text: str) -> None:
    evaluate(text, inquiry.facts)


def test_a_part_has_the_unit_of_what_it_is_made_of() -> None:
    figure = parse("f(1)")
    told = {figure: "t"}
    assert unit_of(figure, told, {}) == "t"
    assert unit_of(parse("scrap where chinese"), {}, {"scrap": "t"}) == "t"
    assert unit_of(parse("mean(-scrap + 3)"), {}, {"scrap": "t"}) == "t"
    assert unit_of(parse("scrap / 3"), {}, {"scrap": "t"}) is None
    assert unit_of(parse('scrap("bmw")'), {}, {"scrap": "t"}) == "t"
    assert unit_of(parse("count(scrap > 3)"), {}, {"scrap": "t"}) is None


@pytest.mark.parametrize(
    ("text", "mistaken"),
    [
        ("share(listed) > 0.5", True),
        ("0.5 < mean(governance where chinese)", True),
        ('rate("byd", "5.3") == 0.25', True),
        ("governance('byd') == 0.25", True),
        ("share(listed) > 0.5%", False),
        ("share(listed) > 50", False),
        ("share(listed) / 100 > 0.5", False),
        ("total > 0.5", False),
        ("governance > 0", False),
    ],
)
def test_a_part_is_told_from_per_cent(text: str, mistaken: bool) -> None:
    (comparison,) = [parse(text)]
    assert takes_per_cent_for_part(comparison.parts, {"governance"}) is mistaken  # type: ignore[union-attr]
