from __future__ import annotations

from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from cati.report.workbook.look import formats, row_height
from cati.report.xlsx import HIGHEST_ROW
from cati.workspace import Workspace


def test_a_longer_text_and_a_chinese_one_need_more_room() -> None:
    assert row_height("short", 40) == 15
    assert row_height("a" * 100, 40) == 45
    assert row_height("汉" * 19, 40) == 19
    assert row_height("汉" * 100, 40) > row_height("a" * 100, 40)
    assert row_height("a title\nhttps://example.org", 40) == 30
    assert row_height("a" * 100_000, 40) == HIGHEST_ROW


def test_no_look_rests_on_colour_alone(real: Workspace, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        looks = formats(book, real.methodology("automotive-2024"))
        assert looks["input"].bottom == 2
        assert looks["head"].bold
        assert looks["link"].underline
        assert looks["total"].num_format == "0.0"
