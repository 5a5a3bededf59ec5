from __future__ import annotations

from fractions import Fraction

import pytest

from cati.model.methodology import Methodology
from cati.research.workbook.layout import FIRST_ROW
from cati.research.workbook.plan import Plan
from cati.workspace import Workspace
from tests.conftest import Spoilable


@pytest.fixture(params=["automotive-2024", "corporate-2023", "tiny"])
def methodology(request: pytest.FixtureRequest, real: Workspace, tiny: Spoilable) -> Methodology:
    if request.param == "tiny":
        return tiny.open().methodology("tiny")
    return real.methodology(request.param)


def test_every_row_has_one_use(methodology: Methodology) -> None:
    plan = Plan(methodology)
    several = [line for line in plan.routes if line.row != plan.indicators[line.indicator.code].row]
    rows = [line.row for line in plan.indicators.values()]
    rows += [line.row for line in several]
    rows += [line.row for line in plan.criteria.values()]

    assert sorted(rows) == list(range(FIRST_ROW, plan.end))


def test_the_rows_of_a_route_are_its_criteria(methodology: Methodology) -> None:
    plan = Plan(methodology)
    by_row = {line.row: line for line in plan.criteria.values()}

    for line in plan.routes:
        between = [by_row[row].criterion for row in range(line.first, line.last + 1)]
        assert tuple(between) == line.route.criteria


def test_a_chain_leads_through_all_that_is_required(methodology: Methodology) -> None:
    plan = Plan(methodology)

    for line in plan.criteria.values():
        expected, ahead = {line.row}, [line]
        while ahead:
            for name in ahead.pop().criterion.requires:
                expected.add(plan.criteria[name].row)
                ahead.append(plan.criteria[name])
        assert set(line.chain) == expected
        assert line.chain[0] == line.row


def test_groups_hold_their_indicators(methodology: Methodology) -> None:
    plan = Plan(methodology)
    code = {row: code for code, row in plan.points.items()}

    def points(rows: tuple[int, ...]) -> Fraction:
        return sum((Fraction(methodology.indicator(code[r]).points) for r in rows), Fraction(0))

    assert points(plan.total.rows) == methodology.maximum
    for line, dimension in zip(plan.dimensions, methodology.dimensions, strict=True):
        assert points(line.rows) == dimension.points
    for column, line in plan.columns:
        assert tuple(code[row] for row in line.rows) == methodology.codes(column.members)
    used = [plan.total.row, *(d.row for d in plan.dimensions), *(c.row for _, c in plan.columns)]
    assert len({*used, *code}) == len(used) + len(code)
