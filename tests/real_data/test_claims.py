"""The statements of the report against the verdicts and values that come with its tables."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from cati.analysis.claims.inquiry import Checked, Inquiry
from cati.analysis.claims.values import Companies, Number
from cati.workspace import Workspace

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "report_claims_sample.csv"
"""Beside the project; what was worked out there did not use this code."""

VERDICTS = {
    "CONFIRMS": ("confirmed", {"all"}),
    "CONTRADICTS": ("contradicted", {"all", "suppliers"}),
    "CONTRADICTS_ON_51": ("subset", {"all"}),
    "CONFIRMS_ON_SUBSET": ("confirmed", {"without-joint-ventures"}),
    "NOT_DECIDABLE": ("undecided", {"all"}),
}
"""Our verdict and the bases it may stand on, by theirs."""

pytestmark = pytest.mark.skipif(
    not SAMPLE.is_file() and os.environ.get("CATI_REQUIRE_ALL") != "1",
    reason="the statements are not beside the project",
)


def rows() -> list[dict[str, str]]:
    if not SAMPLE.is_file():
        return []
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def checked(real: Workspace) -> dict[str, Checked]:
    return {c.statement.id: c for c in Inquiry(real, "automakers-2024").check()}


def test_every_statement_of_the_sample_is_there_and_no_other(checked: dict[str, Checked]) -> None:
    assert [row["claim_id"].lower() for row in rows()] == list(checked)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["claim_id"]) for row in rows()])
def test_each_has_the_verdict_of_the_sample(
    row: dict[str, str], checked: dict[str, Checked]
) -> None:
    found = checked[row["claim_id"].lower()]
    verdict, bases = VERDICTS[row["verdict"]]
    assert found.verdict == verdict
    assert found.as_expected
    assert found.base.id in bases
    if verdict == "subset":
        assert "without-joint-ventures" in {base.id for base in found.true_on}


OTHER_UNITS = {("C75", Decimal("0.0034")): 1_000}
"""Values that the sample gives in another unit: tonnes, where the statement says kilogrammes."""


@pytest.mark.parametrize("row", [pytest.param(row, id=row["claim_id"]) for row in rows()])
def test_each_has_the_values_of_the_sample(
    row: dict[str, str], checked: dict[str, Checked]
) -> None:
    found = checked[row["claim_id"].lower()]
    numbers = set(_numbers(found))
    companies = set(_companies(found))
    computed = json.loads(row["computed"], parse_float=Decimal)
    if computed is False:
        assert found.answers[0].truth is False
        return
    for value in computed if isinstance(computed, list) else [computed]:
        if isinstance(value, str):
            assert value.replace("_", "-") in companies
        else:
            exponent = Decimal(value).as_tuple().exponent
            assert isinstance(exponent, int)
            rounded = {Number(n, n).rounded(-exponent).low for n in numbers}
            in_our_unit = Fraction(value) * OTHER_UNITS.get((row["claim_id"], value), 1)
            assert {Fraction(value), in_our_unit} & rounded, (value, numbers)
    if isinstance(computed, list) and isinstance(computed[0], str):
        assert companies == {value.replace("_", "-") for value in computed}


def test_the_statement_holds_without_joint_ventures_as_the_sample_says(
    checked: dict[str, Checked],
) -> None:
    """37 companies; 10 makers of new-energy vehicles against 27 others."""
    steps = checked["c33"].answers[0].steps
    assert [(step.base.low if step.base else None) for step in steps] == [10, 27]
    assert len(checked["c59"].base.companies) == 37


def _numbers(found: Checked) -> Iterator[Fraction]:
    for answer in found.answers:
        for step in answer.steps:
            if isinstance(step.value, Number):
                yield from (end for end in (step.value.low, step.value.high) if end is not None)


def _companies(found: Checked) -> Iterator[str]:
    for answer in found.answers:
        for step in answer.steps:
            if isinstance(step.value, Companies):
                assert step.value.sure == step.value.possible
                yield from step.value.sure
