from __future__ import annotations

import pytest

from cati.model.language import LANGUAGES, Language
from cati.research.workbook.layout import SHEETS
from cati.workspace import Workspace
from tests.research.workbooks import exported, loaded


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_says_which_it_is_and_of_which_company(
    real: Workspace, language: Language
) -> None:
    book = loaded(exported(real, "beijing-benz", language))
    name = real.entity("beijing-benz").name.get(language)

    for page in book.worksheets[:-1]:
        title = str(page["A1"].value)
        assert title.startswith(page.title)
        assert title.endswith(name)
    assert len(book.worksheets) == len(SHEETS)


def test_dates_and_lengths_are_checked_where_they_are_typed(real: Workspace) -> None:
    rules = {
        (page.title, str(rule.sqref)): rule
        for page in loaded(exported(real, "polestar"))
        for rule in page.data_validations.dataValidation
    }

    kinds = {rule.type for rule in rules.values()}
    assert kinds == {"list", "date", "textLength"}
    for rule in rules.values():
        if rule.type != "list":
            assert rule.error
            assert len(rule.error) <= 255
