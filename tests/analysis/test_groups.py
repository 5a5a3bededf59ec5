"""Groups: exact figures, bootstrap intervals against the full enumeration, effect sizes."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy import stats

from cati.analysis.claims.expression import ExpressionError
from cati.analysis.claims.inquiry import Inquiry
from cati.analysis.claims.values import exact
from cati.analysis.groups import (
    Grouping,
    Key,
    Summary,
    group,
    size_of,
    with_and_without_joint_ventures,
)
from cati.workspace import Workspace
from tests.conftest import Spoilable


@pytest.fixture(scope="module")
def inquiry(real: Workspace) -> Inquiry:
    return Inquiry(real, "automakers-2024")


def of(grouping: Grouping, key: Key) -> Summary:
    (summary,) = (summary for summary in grouping.groups if summary.key == key)
    return summary


def totals(inquiry: Inquiry, summary: Summary) -> list[float]:
    return [float(inquiry.card.total(company).low) for company in summary.companies]


def test_groups_have_exact_figures(inquiry: Inquiry) -> None:
    european = of(group(inquiry, "region"), "european")
    values = sorted(inquiry.card.total(c).low for c in european.companies)
    assert len(values) == 8
    assert european.mean == exact(sum(values, Fraction(0)) / 8)
    assert european.median == exact((values[3] + values[4]) / 2)
    assert (european.least, european.greatest) == (exact(values[0]), exact(values[-1]))


def test_groups_come_from_the_highest_mean_to_the_lowest_and_unknown_last(inquiry: Inquiry) -> None:
    keys = [summary.key for summary in group(inquiry, "region").groups]
    assert keys[0] == "korean"
    assert keys[-1] == "chinese-joint-venture"
    unknown = group(inquiry, "listed").groups[-1]
    assert (unknown.key, unknown.companies) == (None, ("baic-group", "dongfeng"))


def test_every_count_comes_with_and_without_joint_ventures(inquiry: Inquiry) -> None:
    everyone, without = with_and_without_joint_ventures(inquiry, "new_energy")
    assert [len(everyone.base.companies), len(without.base.companies)] == [51, 37]
    assert len(of(everyone, False).companies) == 41
    assert len(of(without, False).companies) == 27
    assert of(everyone, True).companies == of(without, True).companies


def test_two_groups_are_compared_once_and_more_with_all_others(inquiry: Inquiry) -> None:
    (difference,) = group(inquiry, "chinese").differences
    assert (difference.first, difference.second) == (False, True)
    by_region = group(inquiry, "region").differences
    assert len(by_region) == 6
    assert {difference.second for difference in by_region} == {None}
    european = next(d for d in by_region if d.first == "european")
    groups = group(inquiry, "region").groups
    others = [v for s in groups if s.key != "european" for v in totals(inquiry, s)]
    mean = np.mean(totals(inquiry, of(group(inquiry, "region"), "european"))) - np.mean(others)
    assert european.means.low is not None
    assert float(european.means.low) == pytest.approx(mean)


def test_cliffs_delta_follows_from_the_rank_sum_statistic(inquiry: Inquiry) -> None:
    """Delta is 2 U / (m n) - 1 with the statistic of Mann and Whitney."""
    grouping = group(inquiry, "chinese")
    one, other = (totals(inquiry, of(grouping, key)) for key in (False, True))
    u = stats.mannwhitneyu(one, other).statistic
    (difference,) = grouping.differences
    assert difference.delta.low is not None
    assert float(difference.delta.low) == pytest.approx(2 * u / (len(one) * len(other)) - 1)


def test_the_interval_of_a_mean_is_that_of_all_possible_draws(inquiry: Inquiry) -> None:
    """Of five companies there are 3,125 draws; the percentiles of all of them are known."""
    japanese = of(group(inquiry, "region"), "japanese")
    values = totals(inquiry, japanese)
    means = [np.mean(draw) for draw in product(values, repeat=5)]
    assert japanese.around == pytest.approx(
        (np.percentile(means, 2.5), np.percentile(means, 97.5)), abs=0.5
    )


def test_intervals_of_differences_agree_with_scipy(inquiry: Inquiry) -> None:
    grouping = group(inquiry, "joint_venture")
    one, other = (totals(inquiry, of(grouping, key)) for key in (False, True))
    (difference,) = grouping.differences
    for around, statistic in (
        (difference.around_means, np.mean),
        (difference.around_medians, np.median),
    ):

        def apart(x: object, y: object, axis: int, work: object = statistic) -> object:
            assert callable(work)
            return work(x, axis=axis) - work(y, axis=axis)

        expected = stats.bootstrap(
            (one, other), apart, method="percentile", n_resamples=9_999, rng=1
        ).confidence_interval
        assert around == pytest.approx((expected.low, expected.high), abs=0.8)


def test_the_same_question_has_the_same_answer(inquiry: Inquiry) -> None:
    assert group(inquiry, "region") == group(inquiry, "region")


def test_small_groups_are_marked_and_have_no_interval(tiny: Spoilable, inquiry: Inquiry) -> None:
    grouping = group(Inquiry(tiny.open(), "first"), "joint_venture")
    assert all(summary.is_small for summary in grouping.groups)
    assert [len(s.companies) for s in grouping.groups] == [2, 1]
    assert [s.around for s in grouping.groups] == [None, None]
    assert grouping.differences[0].around_means is None
    regions = group(inquiry, "region")
    assert {s.key for s in regions.groups if s.around is None} == {"korean", "american"}
    apart = {d.first for d in regions.differences if d.around_medians is None}
    assert apart == {"korean", "american"}


def test_points_with_bounds_give_figures_with_bounds(inquiry: Inquiry) -> None:
    grouping = group(inquiry, "chinese", "rate('5.2')")
    chinese = of(grouping, True)
    assert "geely-auto" in chinese.companies
    assert chinese.mean.low is not None
    assert chinese.mean.high is not None
    width = inquiry.card.group(["5.2"]).rate("geely-auto")
    spread = 100 * (width.high - width.low) / len(chinese.companies)
    assert chinese.mean.high - chinese.mean.low == spread > 0
    assert chinese.around is not None
    exactly = group(inquiry, "chinese", "low(rate('5.2'))")
    lower = of(exactly, True).around
    assert lower is not None
    assert chinese.around[0] == lower[0]
    assert chinese.around[1] >= lower[1]
    (difference,) = grouping.differences
    assert difference.delta.low is not None
    assert difference.delta.high is not None
    assert difference.delta.low <= difference.delta.high


def test_companies_without_a_number_are_left_out_and_named(inquiry: Inquiry) -> None:
    grouping = group(inquiry, "chinese", "new_energy_share")
    chinese = of(grouping, True)
    assert "dongfeng" in chinese.unknown
    assert len(chinese.companies) + len(chinese.unknown) == 32
    assert not set(chinese.companies) & set(chinese.unknown)


def test_a_question_that_names_a_joint_venture_has_no_answer_without_them(inquiry: Inquiry) -> None:
    found = with_and_without_joint_ventures(inquiry, "total > total('brilliance-bmw')")
    assert [grouping.base.id for grouping in found] == ["all"]


def test_a_condition_gives_the_share_of_each_group(inquiry: Inquiry) -> None:
    grouping = group(inquiry, "region", "scope3_targets > 0")
    assert grouping.shares
    assert of(grouping, "american").mean == exact(75)


def test_where_leaves_companies_out_wherever_it_stands(inquiry: Inquiry) -> None:
    by = group(inquiry, "chinese where not joint_venture")
    of_ = group(inquiry, "chinese", "total where not joint_venture")
    assert of_.groups == by.groups
    assert of_.differences == by.differences
    assert len(of(of_, True).companies) == 18
    either = group(inquiry, "chinese where rank <= 10", "total where rank >= 10")
    assert [len(summary.companies) for summary in either.groups] == [1]


def test_who_is_perhaps_left_out_is_in_no_group(inquiry: Inquiry) -> None:
    unknown = group(inquiry, "chinese", "total where listed").groups[-1]
    assert (unknown.key, unknown.companies) == (None, ("baic-group", "dongfeng"))


def test_where_leaves_companies_out(inquiry: Inquiry) -> None:
    grouping = group(inquiry, "region where rank <= 10")
    assert sum(len(summary.companies) for summary in grouping.groups) == 10


@pytest.mark.parametrize(
    ("by", "of", "message"),
    [
        (
            "total",
            "total",
            "expected words or a condition of every company; found numbers of every company",
        ),
        ("count(chinese)", "total", "condition of every company; found a number (such as"),
        ("top(3)", "total", "condition of every company; found a set of companies"),
        ("contry", "total", "did you mean country"),
        ("country", "region", "expected numbers or a condition of every company; found words"),
        ("country", "max(total)", "numbers or a condition of every company; found a number"),
    ],
)
def test_what_cannot_be_grouped_is_said(inquiry: Inquiry, by: str, of: str, message: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        group(inquiry, by, of)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("delta", "size"),
    [("0.146", "negligible"), ("-0.147", "small"), ("0.33", "medium"), ("-0.474", "large")],
)
def test_effects_are_called_as_romano_and_others_call_them(delta: str, size: str) -> None:
    assert size_of(Fraction(delta)) == size
