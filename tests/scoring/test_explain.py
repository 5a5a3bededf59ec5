"""Explanations: every number in them is one the scorecard or the files give."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from cati.model.interval import Interval
from cati.problems import UsageError
from cati.scoring.scorecard import Rank, Scorecard
from cati.workspace import Workspace
from tests.conftest import Spoilable

EVALUATION = "automakers-2024"


@pytest.fixture(scope="module")
def card(real: Workspace) -> Scorecard:
    return real.score(EVALUATION)


def exactly(value: int | str) -> Interval:
    return Interval(Fraction(value), Fraction(value))


def test_stellantis_sums_to_8_and_26_and_16_points(real: Workspace) -> None:
    explained = real.explain(EVALUATION, "stellantis")
    (total,) = explained.sums
    assert [(term.factor, term.points) for term in total.terms] == [
        (1, exactly(8)),
        (Fraction("0.6"), exactly(26)),
        (Fraction("1.4"), exactly(16)),
    ]
    assert total.total == explained.total == exactly(46)
    assert (explained.rank, explained.of) == (Rank(15, 15), 51)
    assert explained.where.locator == "Table 3-3-1"
    assert explained.printed.total == Decimal("46.0")


def test_both_sums_of_geely_are_given_and_come_to_the_same_total(real: Workspace) -> None:
    sums = real.explain(EVALUATION, "geely-auto").sums
    assert [[term.points.low for term in total.terms] for total in sums] == [
        [Fraction("14.5"), Fraction("26.5"), Fraction("22.5")],
        [Fraction("14.5"), 30, 21],
    ]
    assert {total.total.low for total in sums} == {Fraction("61.9")}


@pytest.mark.slow
def test_every_sum_of_every_company_is_its_total(real: Workspace, card: Scorecard) -> None:
    for company in card.companies:
        explained = real.explain(EVALUATION, company)
        totals = [sum(term.factor * term.points.low for term in s.terms) for s in explained.sums]
        assert min(totals) == card.total(company).low
        assert max(totals) == card.total(company).high


@pytest.mark.slow
def test_contributions_of_the_counting_columns_are_the_total(
    real: Workspace, card: Scorecard
) -> None:
    for company in set(card.companies) - {"geely-auto"}:
        steps = real.explain(EVALUATION, company).columns
        counted = [step.contribution.low for step in steps if step.contribution is not None]
        assert sum(counted) == card.total(company).low


def test_a_column_step_leads_from_the_printed_rate_to_the_contribution(real: Workspace) -> None:
    steps = {step.column.id: step for step in real.explain(EVALUATION, "mercedes-benz").columns}
    targets = steps["scope3_targets"]
    assert targets.printed_rate == 87
    assert (targets.points, targets.most) == (exactly(13), 15)
    assert targets.rate == Interval(Fraction(13, 15), Fraction(13, 15))
    assert (targets.factor, targets.contribution) == (Fraction("1.4"), exactly("18.2"))
    assert targets.how == "rate"


def test_a_column_that_overlaps_adds_nothing_by_itself(real: Workspace) -> None:
    steps = {step.column.id: step for step in real.explain(EVALUATION, "mercedes-benz").columns}
    for name in ("steel_aluminium", "supplier_guidance"):
        assert steps[name].factor is None
        assert steps[name].contribution is None


def test_a_column_that_is_not_printed_says_that_it_is_a_remainder(real: Workspace) -> None:
    steps = {step.column.id: step for step in real.explain(EVALUATION, "geely-auto").columns}
    assert steps["affiliates"].printed_rate is None
    assert steps["affiliates"].how == "remainder"
    hozon = {step.column.id: step for step in real.explain(EVALUATION, "hozon").columns}
    assert hozon["affiliates"].how == "nothing_left"


def test_the_line_of_a_step_is_where_its_points_stand(real: Workspace) -> None:
    lines = (real.store.root / f"reports/{EVALUATION}/points.csv").read_text("utf-8").splitlines()
    for step in real.explain(EVALUATION, "geely-auto").columns:
        assert lines[step.line - 1].startswith(f"geely-auto,1,{step.column.id},")


@pytest.mark.parametrize("code", ["1", "2.1", "5.3.2", "5.3", "4", "1.1.1", "steel_aluminium"])
def test_the_shares_of_blocks_add_up_to_the_group(
    real: Workspace, card: Scorecard, code: str
) -> None:
    for company in ("mercedes-benz", "saic-gm", "jlr"):
        part = real.explain_part(EVALUATION, company, code)
        low = sum((share.points.low for share in part.shares), Fraction(0))
        high = sum((share.points.high for share in part.shares), Fraction(0))
        assert part.points == Interval(low, high)
        for share in part.shares:
            block = card.block(share.block)
            assert share.block_points == block.points(company)
            assert share.inside + share.outside == block.most_points
            points = share.block_points.low
            assert share.points.low == max(Fraction(0), points - share.outside)
            assert share.points.high == min(share.inside, points)


def test_a_part_of_a_column_is_an_interval_and_says_why(real: Workspace) -> None:
    part = real.explain_part(EVALUATION, "stellantis", "1.1.1")
    (share,) = part.shares
    assert part.points == Interval(Fraction(0), Fraction(1))
    assert (share.block, share.inside, share.outside) == ("governance", 1, 9)
    assert part.most == 1
    assert part.rate == Interval(Fraction(0), Fraction(1))


def test_5_3_2_is_known_exactly_from_its_own_column(real: Workspace) -> None:
    part = real.explain_part(EVALUATION, "volvo-cars", "5.3.2")
    assert part.points == exactly(2)
    assert [step.column.id for step in part.shares[0].columns] == ["steel_aluminium"]


def test_the_rest_of_5_3_is_named_by_the_column_and_the_one_taken_out(real: Workspace) -> None:
    part = real.explain_part(EVALUATION, "volvo-cars", "5.3.1")
    (share,) = part.shares
    assert [step.column.id for step in share.columns] == ["scope3_action", "steel_aluminium"]
    assert share.factor == Fraction("1.4")


def test_a_column_of_unproven_make_up_is_explained_by_its_own_rate(real: Workspace) -> None:
    part = real.explain_part(EVALUATION, "mercedes-benz", "supplier_guidance")
    assert part.direct is not None
    assert part.direct.printed_rate == 28
    assert part.points == exactly("4.5")
    assert part.shares == ()


def test_an_unknown_company_or_part_is_named_with_the_nearest(real: Workspace) -> None:
    with pytest.raises(UsageError) as company:
        real.explain(EVALUATION, "stelantis")
    assert "stellantis" in str(company.value)
    with pytest.raises(UsageError) as part:
        real.explain_part(EVALUATION, "stellantis", "govrnance")
    assert str(part.value) == (
        "no code or column govrnance in automotive-2024: did you mean governance?"
    )


def test_a_printed_table_is_explained_though_the_evaluation_is_assessed(tiny: Spoilable) -> None:
    tiny.change("reports/first/evaluation.yaml", "basis: published", "basis: assessed")
    tiny.write("companies/alpha/assessments/first.yaml", "format: 1\nevaluation: first\n")
    workspace = tiny.open()
    assert workspace.score("first").basis == "assessed"
    assert str(workspace.explain("first", "alpha").printed.total) == "13.3"


def test_an_evaluation_without_a_printed_table_cannot_be_explained(assessed: Spoilable) -> None:
    with pytest.raises(UsageError, match="first has no assessments yet"):
        assessed.open().explain("first", "alpha")
