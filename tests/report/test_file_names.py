from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cati.report.data.files import write_data
from cati.report.edition import Edition
from cati.report.file_names import data_files, pdf_file, table_file, workbook_file


def test_drafts_have_it_in_the_name_of_every_file_that_travels_alone(edition: Edition) -> None:
    draft = replace(edition, draft=True)
    assert workbook_file(edition, "zh") == "automakers-2024.zh.xlsx"
    assert workbook_file(draft, "zh") == "automakers-2024-draft.zh.xlsx"
    assert pdf_file(draft, "en") == "automakers-2024-draft.en.pdf"
    assert (table_file(edition, "points"), table_file(draft, "points")) == (
        "points.csv",
        "points-draft.csv",
    )


@pytest.mark.slow
def test_the_data_files_are_exactly_those_that_are_named(edition: Edition, tmp_path: Path) -> None:
    for draft in (False, True):
        folder = tmp_path / str(draft)
        write_data(replace(edition, draft=draft), folder)
        named = data_files(replace(edition, draft=draft))
        assert sorted(named) == sorted(path.name for path in folder.iterdir())
