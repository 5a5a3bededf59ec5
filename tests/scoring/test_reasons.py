"""Reasons on the assessed basis: every number is the score's, every path ends at a page."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cati.model.interval import Interval
from cati.scoring.reasons import Reasons
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.scoring.test_backing import PARENT, VENTURE, venture

EVALUATION = "automakers-2024"


@pytest.fixture(scope="module")
def reasons(real: Workspace) -> Reasons:
    return real.reasons(EVALUATION)


def test_polestars_footprint_leads_to_the_table_it_is_printed_in(reasons: Reasons) -> None:
    found = reasons.indicator("polestar", "2.3.1")
    assert (found.points, found.most) == (Interval(Fraction(2), Fraction(6)), 6)
    value = next(c for c in found.criteria if c.name == "2.3.1/value")
    assert (value.given, value.effective) == ("met", "met")
    (cited,) = value.cited
    assert cited.backing.counts
    assert "26.1 t" in cited.disclosure.statement
    (place,) = cited.places
    assert place.place.locator == "Table 3-5-3"
    assert place.source.published == "2024-10"
    assert place.original is not None
    assert "Sustainability" in place.original.title


def test_columns_and_sum_are_the_scorecards(reasons: Reasons) -> None:
    card = reasons.card
    for company in card.companies:
        found = reasons.company(company)
        (total,) = found.sums
        assert total.total == found.total == card.total(company)
        adding = [c.contribution for c in found.columns if c.contribution is not None]
        assert sum(c.low for c in adding) == found.total.low
        assert sum(c.high for c in adding) == found.total.high


def test_every_indicator_is_the_best_of_its_routes_and_the_scorecards(reasons: Reasons) -> None:
    card = reasons.card
    for company in ("polestar", "beijing-benz", "bmw", "mercedes-benz"):
        for indicator in card.methodology.indicators():
            found = reasons.indicator(company, indicator.code)
            assert found.points == card.block(indicator.code).points(company)
            assert found.points.low == max(route.points.low for route in found.routes)
            assert found.points.high == max(route.points.high for route in found.routes)


def test_a_group_adds_what_its_indicators_add(reasons: Reasons) -> None:
    found = reasons.group("polestar", "5.3")
    assert found.indicators[0].indicator.code == "5.3.1"
    assert found.points.high == sum(r.points.high for r in found.indicators)
    assert found.contribution == found.points.scaled(Fraction(7, 5))


def test_a_column_is_explained_by_its_id(reasons: Reasons) -> None:
    found = reasons.group("polestar", "steel_aluminium")
    assert [r.indicator.code for r in found.indicators] == ["5.3.2"]


def test_an_unanswered_requirement_is_named_where_it_holds_a_criterion_back(
    reasons: Reasons,
) -> None:
    """Where nobody answered, nothing is held back: unknown is no worse than unknown."""
    for company in reasons.card.companies:
        for indicator in reasons.card.methodology.indicators():
            for criterion in reasons.indicator(company, indicator.code).criteria:
                assert bool(criterion.held_by) == (criterion.effective != criterion.counted)


def test_inherited_and_refused_evidence_say_so(real_copy: Spoilable) -> None:
    workspace = venture(real_copy, "3.1.1/quantified", PARENT)
    found = workspace.reasons(EVALUATION).indicator(VENTURE, "3.1.1").criteria[0]
    assert found.worth == Fraction(1, 2)
    assert found.cited[0].backing.inherited is not None

    file = f"companies/{VENTURE}/assessments/automakers-2024.yaml"
    real_copy.change(file, "3.1.1/quantified", "2.3.1/value")
    refused = real_copy.open().reasons(EVALUATION).indicator(VENTURE, "2.3.1").criteria[0]
    assert (refused.given, refused.counted, refused.effective) == ("met", "unknown", "unknown")
    assert refused.cited[0].backing.reasons == ("not_inheritable",)


def test_nothing_found_says_where_someone_looked(real_copy: Spoilable) -> None:
    file = "companies/volvo-cars/assessments/automakers-2024.yaml"
    real_copy.write(
        file,
        "format: 1\nevaluation: automakers-2024\nno_disclosure:\n"
        "  - {code: 5.4.1, looked_in: [annual report 2023], assessor: Wen, date: '2026-11-21'}\n",
    )
    found = real_copy.open().reasons(EVALUATION).indicator("volvo-cars", "5.4.1")
    assert found.points == Interval(Fraction(0), Fraction(0))
    assert {c.effective for c in found.criteria} == {"not_met"}
    assert found.criteria[0].nothing is not None
    assert found.criteria[0].nothing.looked_in == ("annual report 2023",)
