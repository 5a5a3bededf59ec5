from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.running import run


@pytest.mark.slow
def test_export_writes_the_companies_asked_for_by_any_name(tmp_path: Path) -> None:
    names = "Polestar, 北京奔驰,polestar"
    result = run("workbook", "export", "automakers-2024", str(tmp_path), "--companies", names)

    assert result.exit_code == 0
    assert f"{tmp_path}: 2 workbooks of automakers-2024" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "beijing-benz.automakers-2024.en.xlsx",
        "polestar.automakers-2024.en.xlsx",
    ]


@pytest.mark.slow
def test_export_speaks_chinese(tmp_path: Path) -> None:
    arguments = ["automakers-2024", str(tmp_path), "--companies", "bmw", "--lang", "zh"]
    assert run("workbook", "export", *arguments).exit_code == 0

    book = load_workbook(tmp_path / "bmw.automakers-2024.zh.xlsx")
    assert book.sheetnames[:2] == ["开始", "评判"]


@pytest.mark.slow
def test_export_never_replaces_a_file(tmp_path: Path) -> None:
    arguments = ["workbook", "export", "automakers-2024", str(tmp_path), "--companies", "bmw"]
    assert run(*arguments).exit_code == 0
    result = run(*arguments)

    assert result.exit_code == 2
    assert "bmw.automakers-2024.en.xlsx would be overwritten" in result.stderr


def test_export_says_what_it_does_not_know(tmp_path: Path) -> None:
    for arguments, said in (
        (["nothing", str(tmp_path)], "no evaluation nothing"),
        (["automakers-2024", str(tmp_path), "--companies", "bmw,ipe"], "no company ipe in"),
        (["automakers-2024", str(tmp_path), "--companies", "bnw-"], "no company of the name"),
    ):
        result = run("workbook", "export", *arguments)
        assert result.exit_code == 2
        assert said in result.stderr
        assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = str(tmp_path / "file" / "folder")
    result = run("workbook", "export", "automakers-2024", folder, "--companies", "bmw")

    assert result.exit_code == 1
    assert result.stderr == f"cati: {tmp_path}/file: cannot be made: File exists\n"
