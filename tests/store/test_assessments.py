"""Where assessments lie, and for whom."""

from __future__ import annotations

from tests.conftest import Spoilable

EMPTY = "format: 1\nevaluation: first\n"


def test_an_assessment_belongs_to_an_evaluation(tiny: Spoilable) -> None:
    tiny.write("companies/alpha/assessments/frist.yaml", EMPTY)
    assert tiny.problems() == [
        "companies/alpha/assessments/frist.yaml:1: expected a file named after an evaluation in "
        "reports/; found 'frist.yaml' (did you mean first?)"
    ]


def test_and_to_a_company_of_its_scope(tiny: Spoilable) -> None:
    tiny.write("companies/press/assessments/first.yaml", EMPTY)
    assert tiny.problems() == [
        "companies/press/assessments/first.yaml:1: expected a company in the scope of first; "
        "found press (put it back into the scope, or delete this file; it holds nothing but "
        "proposals)"
    ]


def test_its_disclosures_must_exist(tiny: Spoilable) -> None:
    verdict = (
        "verdicts:\n  - {criterion: 1.1.1/a, answer: met, disclosures: [alpha/none], assessor: W, "
        "date: 2025-03-01}\n"
    )
    tiny.write("companies/alpha/assessments/first.yaml", EMPTY + verdict)
    said = tiny.problems()
    assert any("expected a disclosure in companies/<entity>/evidence.yaml" in line for line in said)


def test_a_broken_assessment_is_a_problem(tiny: Spoilable) -> None:
    tiny.write("companies/alpha/assessments/first.yaml", EMPTY + "verdict: []\n")
    (problem,) = tiny.problems()
    assert "verdict: expected a known field; found 'verdict' (did you mean verdicts?)" in problem


def test_a_proposal_comes_from_an_evaluation_that_is_there(tiny: Spoilable) -> None:
    verdict = (
        "verdicts:\n  - criterion: 1.1.1/said\n    answer: unknown\n    assessor: W\n"
        "    date: 2025-03-01\n    proposed: {evaluation: frist, answer: met}\n"
    )
    file = "companies/alpha/assessments/first.yaml"
    tiny.write(file, EMPTY + verdict)
    assert tiny.problems() == [
        f"{file}:8: verdicts[0].proposed.evaluation: expected an evaluation in reports/; "
        "found 'frist' (did you mean first?)"
    ]
    tiny.change(file, "frist", "first")
    assert tiny.problems() == []
