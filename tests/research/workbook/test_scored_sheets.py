from __future__ import annotations

from dataclasses import replace

import pytest

from cati.model.assessment import Proposal
from cati.model.language import LANGUAGES, Language
from cati.research.workbook.cells import criteria
from cati.workspace import Workspace
from tests.research.workbooks import EVALUATION, exported, loaded, rows, sheet, value


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_of_every_route_has_its_row(real: Workspace, language: Language) -> None:
    book = loaded(exported(real, "byd", language))
    line = rows(book, "answers", "criterion", language)
    expected = list(criteria(real.methodology("automotive-2024")))

    assert list(line) == [name for name, *_ in expected]
    for name, indicator, _, criterion in expected:
        row = line[name]
        assert value(book, "answers", row, "code", language) == indicator.code
        assert value(book, "answers", row, "points", language) == float(criterion.points)
        statement = value(book, "answers", row, "statement", language)
        assert statement == criterion.statement.get(language)


def test_headings_name_indicators_and_the_routes_of_those_that_have_several(
    real: Workspace,
) -> None:
    book = loaded(exported(real, "byd"))
    place = rows(book, "answers", "statement")
    methodology = real.methodology("automotive-2024")

    for indicator in methodology.indicators():
        assert indicator.title.en in place
    routes = [text for text in place if text.startswith("Route: ")]
    assert len(routes) == sum(len(i.routes) for i in methodology.indicators() if len(i.routes) > 1)
    title = methodology.indicator("5.4.7").routes[1].title
    assert title is not None
    assert f"Route: {title.en} (the best route counts)" in routes


def test_a_proposed_answer_is_shown_and_earns_nothing(real: Workspace) -> None:
    store = real.store
    assessment = store.assessments[EVALUATION]["polestar"]
    proposal = Proposal(evaluation="earlier", answer="met")
    verdicts = tuple(
        v.model_copy(update={"answer": "unknown", "proposed": proposal})
        if v.criterion == "2.3.1/value"
        else v
        for v in assessment.verdicts
    )
    changed = assessment.model_copy(update={"verdicts": verdicts})
    assessments = {EVALUATION: {**store.assessments[EVALUATION], "polestar": changed}}
    book = loaded(
        exported(Workspace(replace(store, assessments=assessments)), "polestar"), data_only=True
    )

    row = rows(book, "answers", "criterion")["2.3.1/value"]
    assert value(book, "answers", row, "proposed") == "met"
    assert value(book, "answers", row, "answer") == "unknown"
    assert value(book, "answers", row, "least") == 0


@pytest.mark.slow
def test_totals_stand_above_dimensions_columns_and_indicators(real: Workspace) -> None:
    page = sheet(loaded(exported(real, "polestar"), data_only=True), "points")
    names = [str(row[0].value) for row in page.iter_rows(4, None, 2, 2)]

    methodology = real.methodology("automotive-2024")
    assert names[0] == "Total"
    assert names[1] == "Dimensions"
    assert names[2:7] == [d.name.en for d in methodology.dimensions]
    assert names[7].startswith("Columns")
    assert names[8:20] == [c.name.en for c in methodology.columns]
    assert names[20] == "Indicators"
    assert names[21:] == [i.title.en for i in methodology.indicators()]
