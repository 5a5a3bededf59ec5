from __future__ import annotations

from fractions import Fraction

from cati.analysis.roadmap.plan import Plan, Step


def test_a_plan_is_data_that_can_be_compared() -> None:
    """Alternatives are told apart by what they hold."""
    step = Step("5.4", ("5.4.1",), Fraction(1, 2), Fraction(1), Fraction(7, 10))
    assert Plan((step,), (), Fraction(1), Fraction(70)) == Plan(
        (Step("5.4", ("5.4.1",), Fraction(1, 2), Fraction(1), Fraction(7, 10)),),
        (),
        Fraction(1),
        Fraction(70),
    )
    assert step.candidates == step.examples == ()
