from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from cati.model.base import Text
from cati.model.language import Language
from cati.report.edition import Edition
from cati.report.workbook.writing import write_workbook
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace
from tests.conftest import Spoilable

pytestmark = pytest.mark.slow

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Always compute afresh; otherwise LibreOffice shows the values stored in the file."""

Recalculated = Callable[[Path], Workbook]


@pytest.fixture(scope="session")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Recalculated:
    """A workbook's values as LibreOffice computes them."""
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CATI_REQUIRE_ALL") == "1":
            pytest.fail("soffice is missing and CATI_REQUIRE_ALL is set")
        pytest.skip("soffice is missing")
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    program = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless"]

    def recalculate(path: Path) -> Workbook:
        folder = tmp_path_factory.mktemp("recalculated")
        command = [*program, "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return load_workbook(folder / path.name, data_only=True)

    return recalculate


@pytest.fixture(scope="module")
def english(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("english") / "edition.xlsx"
    write_workbook(edition, path, "en")
    return path


@pytest.fixture(scope="module")
def printed(root: Path) -> list[dict[str, str]]:
    with (root / "reports/automakers-2024/published.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def header_row(sheet: Worksheet, first: str) -> int:
    return next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == first)


def rows(sheet: Worksheet, first: str, by: str) -> dict[str, dict[str, object]]:
    """The rows of a table by one of its columns; its header begins with `first`."""
    start = header_row(sheet, first)
    heads = [str(cell.value) for cell in sheet[start]]
    table: list[dict[str, object]] = [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=start + 1)
    ]
    return {str(row[by]): row for row in table if row[by] is not None}


def ranking(book: Workbook) -> dict[str, dict[str, object]]:
    return rows(book["Ranking"], "Rank", "Company")


def names(edition: Edition) -> dict[str, str]:
    return {company: edition.entities[company].name.en for company in edition.card.companies}


def assert_scored(book: Workbook, card: Scorecard, edition: Edition) -> None:
    """The ranking says what the scorecard says."""
    table = ranking(book)
    for company, name in names(edition).items():
        total, rank, row = card.total(company), card.rank(company), table[name]
        assert row["Lowest total"] == pytest.approx(float(total.low), abs=1e-6)
        assert row["Highest total"] == pytest.approx(float(total.high), abs=1e-6)
        assert (row["Best rank"], row["Worst rank"]) == (rank.best, rank.worst), company


def change_shares(path: Path, changed: Path, scope12: float, scope3: float) -> None:
    book = load_workbook(path)
    sheet = book["Columns"]
    at = header_row(sheet, "Weighted points")
    assert [sheet.cell(at + 1, 2).value, sheet.cell(at + 2, 2).value] == [30, 70]
    sheet.cell(at + 1, 2).value, sheet.cell(at + 2, 2).value = scope12, scope3
    book.save(changed)


def test_the_ranking_is_the_printed_table(
    english: Path, edition: Edition, printed: list[dict[str, str]]
) -> None:
    table = ranking(load_workbook(english, data_only=True))

    assert len(table) == 51
    for row in printed:
        mine = table[names(edition)[row["company"]]]
        assert mine["Total"] == float(row["total"])
        for column in edition.methodology.printed_columns:
            rate = mine[column.name.en + (" †" if column.overlaps else "")]
            assert isinstance(rate, float | int)
            assert int(100 * rate + 0.5) == int(row[column.id]), (row["company"], column.id)


def test_ties_share_a_rank_and_facts_are_told(english: Path) -> None:
    table = ranking(load_workbook(english, data_only=True))

    assert [table[name]["Rank"] for name in ("Rivian", "Subaru", "Brilliance BMW")] == [17, 17, 19]
    bmw = table["Brilliance BMW"]
    assert (bmw["Chinese name"], bmw["Joint venture"], bmw["Country"]) == (
        "华晨宝马",
        "yes",
        "China",
    )
    assert table["BAIC Group"]["Listed"] == "disputed"


def test_every_total_is_a_formula_that_leads_to_points(english: Path) -> None:
    book = load_workbook(english)

    for name, row in ranking(book).items():
        assert str(row["Lowest total"]).startswith("=MIN('Columns'!"), name
        assert str(row["Governance"]).startswith("='Columns'!"), name
    for name, row in rows(book["Columns"], "Company", "Company").items():
        assert str(row["Total"]).startswith("=ROUND(SUMPRODUCT("), name
        assert isinstance(row["Governance"], float | int)


def test_recomputed_the_formulas_give_the_stored_values(
    english: Path, recalculated: Recalculated
) -> None:
    stored, computed = load_workbook(english, data_only=True), recalculated(english)

    compared = 0
    for sheet in stored:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, float | int):
                    there = computed[sheet.title].cell(cell.row, cell.column).value
                    assert there == pytest.approx(cell.value, abs=1e-9), (sheet.title, cell)
                    compared += 1
    assert compared > 5000


@pytest.mark.parametrize("shares", [(50, 50), (37.5, 62.5), (0, 100)])
def test_with_other_shares_totals_and_ranks_follow(
    english: Path,
    edition: Edition,
    real: Workspace,
    recalculated: Recalculated,
    tmp_path: Path,
    shares: tuple[float, float],
) -> None:
    scope12, scope3 = map(Decimal, map(str, shares))
    card = real.score("automakers-2024", shares={"scope12": scope12, "scope3": scope3})
    change_shares(english, tmp_path / "changed.xlsx", *shares)

    book = recalculated(tmp_path / "changed.xlsx")

    assert_scored(book, card, edition)


def test_at_equal_shares_the_two_solutions_of_geely_part(
    english: Path, recalculated: Recalculated, tmp_path: Path
) -> None:
    change_shares(english, tmp_path / "changed.xlsx", 50, 50)

    book = recalculated(tmp_path / "changed.xlsx")

    assert ranking(book)["Geely Auto"]["Total"] == "63.5–65.5"
    assert ranking(book)["Geely Auto"]["Rank"] == "3–5"
    lines = rows(book["Columns"], "Company", "Company")
    assert (lines["Geely Auto (1)"]["Total"], lines["Geely Auto (2)"]["Total"]) == (63.5, 65.5)
    assert "Geely Auto" not in lines


def test_shares_that_do_not_add_up_are_called_out(
    english: Path, recalculated: Recalculated, tmp_path: Path
) -> None:
    change_shares(english, tmp_path / "changed.xlsx", 50, 70)

    sheet = recalculated(tmp_path / "changed.xlsx")["Columns"]

    row = header_row(sheet, "Scope 3")
    assert "The shares must add up to 100." in [cell.value for cell in sheet[row]]


def test_a_card_with_other_shares_starts_from_them(real: Workspace, tmp_path: Path) -> None:
    shares = {"scope12": Decimal(50), "scope3": Decimal(50)}
    edition = Edition.of(real, real.score("automakers-2024", shares=shares))

    write_workbook(edition, tmp_path / "equal.xlsx", "en")

    book = load_workbook(tmp_path / "equal.xlsx", data_only=True)
    at = header_row(book["Columns"], "Weighted points")
    assert [book["Columns"].cell(at + 1, column).value for column in (2, 3, 4)] == [50, 42, 1]
    assert ranking(book)["Geely Auto"]["Total"] == "63.5–65.5"
    assert_scored(book, edition.card, edition)


def test_contributions_add_up_to_the_totals(english: Path, edition: Edition) -> None:
    lines = rows(load_workbook(english, data_only=True)["Contributions"], "Company", "Company")

    stellantis = lines["Stellantis"]
    parts = [v for k, v in stellantis.items() if k not in ("Company", "Chinese name", "Total")]
    assert len(parts) == 10
    assert sum(map(float, map(str, parts))) == pytest.approx(46.0)
    assert stellantis["Scope 1 and 2 targets"] == 7.2
    assert len(lines) == 52


def test_levels_give_intervals_with_the_points_possible(english: Path, edition: Edition) -> None:
    book = load_workbook(english, data_only=True)

    for title, level in [
        *(("Dimensions", "dimensions"), ("Sub-dimensions", "sub_dimensions")),
        ("Indicators", "indicators"),
    ]:
        sheet = book[title]
        groups = edition.card.groups(level)  # type: ignore[arg-type]
        at = header_row(sheet, "Company")
        assert "no single indicators" in str(sheet.cell(2, 1).value)
        for number, (code, group) in enumerate(groups.items()):
            column = 3 + 2 * number
            assert str(sheet.cell(at - 2, column).value).startswith(f"{code} ")
            assert sheet.cell(at - 1, column).value == group.most_points
            for place, company in enumerate(edition.card.order, start=at + 1):
                points = group.points(company)
                ends = [sheet.cell(place, column + end).value for end in range(2)]
                assert ends == [float(points.low), float(points.high)], (company, code)


def test_the_methodology_counts_for_the_maximum(english: Path) -> None:
    table = rows(load_workbook(english, data_only=True)["Methodology"], "Code", "Code")

    assert len(table) == 51
    assert sum(float(str(row["Points possible"])) for row in table.values()) == 100
    assert sum(float(str(row["Counts for"])) for row in table.values()) == pytest.approx(100)
    assert table["5.3.2"]["Chinese title"] == "钢铝供应商减排行动及成效"
    assert table["5.3.2"]["Factor"] == 1.4


def test_the_notes_say_what_a_reader_must_know(english: Path) -> None:
    sheet = load_workbook(english)["Notes"]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows(max_col=1) for cell in row)

    for part in [
        "IPE has not endorsed it",
        "51 companies, 14 of them joint ventures",
        "Table 3-3-1",
        "Cut-off date of the data: 30 July 2024.",
        "51 of 51 printed totals and 510 of 510 printed rates",
        "(1) Affiliates 0.5, Upstream suppliers 1.5; (2) Affiliates 4, Upstream suppliers 0",
        "not a proven one",
    ]:
        assert part in text, part


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sheet_says_that_it_is_unofficial_and_prints_well(
    edition: Edition, tmp_path: Path, language: Language
) -> None:
    write_workbook(edition, tmp_path / "edition.xlsx", language)
    book = load_workbook(tmp_path / "edition.xlsx")

    assert len(book.sheetnames) == 9
    for sheet in book:
        assert len(sheet.title) <= 31
        notice = edition.evaluation.notice.get(language)
        assert str(sheet.cell(2, 1).value).startswith(notice)
        assert sheet.page_setup.orientation == "landscape"
        page = sheet.sheet_properties.pageSetUpPr
        assert page is not None
        assert page.fitToPage
        if sheet is not book.worksheets[-1]:
            assert sheet.freeze_panes
            assert sheet.auto_filter.ref
            assert sheet.print_title_rows


def test_the_chinese_workbook_has_chinese_heads(edition: Edition, tmp_path: Path) -> None:
    write_workbook(edition, tmp_path / "zh.xlsx", "zh")
    book = load_workbook(tmp_path / "zh.xlsx", data_only=True)

    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[4]][1:3] == ["梅赛德斯-奔驰", "Mercedes-Benz"]
    assert "† 与其他列重叠，不计入总分。" in str(sheet["A2"].value)
    weighting = [cell.value for cell in book.worksheets[1][3]][:4]
    assert weighting == ["参与加权的分组", "占比（%）", "分值", "系数"]
    heads = [str(cell.value) for cell in sheet[3]]
    assert [head for head in heads if not any(ord(char) > 0x2E80 for char in head)] == []
    assert not any(name.isascii() for name in book.sheetnames)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_writing_twice_gives_the_same_bytes(
    edition: Edition, tmp_path: Path, language: Language
) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(edition, tmp_path / name, language)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "https://x.org", "12", "a&b<c>"],
)
def test_hostile_names_stay_text(edition: Edition, tmp_path: Path, name: str) -> None:
    byd = edition.entities["byd"].model_copy(update={"name": Text(en=name, zh=name)})
    hostile = replace(edition, entities={**edition.entities, "byd": byd})

    write_workbook(hostile, tmp_path / "hostile.xlsx", "en")

    book = load_workbook(tmp_path / "hostile.xlsx")
    read = name.replace("\r", "_x000D_")  # as workbooks write what XML cannot hold
    for title in ("Ranking", "Columns", "Indicators", "Contributions"):
        sheet = book[title]
        cells = [c for row in sheet.iter_rows(max_col=3) for c in row if c.value == read]
        assert [c.data_type for c in cells] == ["s", "s"], title
        assert all(c.hyperlink is None for c in cells)


def test_another_methodology_gets_its_own_sheets(
    tiny: Spoilable, tmp_path: Path, recalculated: Recalculated
) -> None:
    workspace = tiny.open()
    edition = Edition.of(workspace, workspace.score("first"))
    write_workbook(edition, tmp_path / "tiny.xlsx", "en")

    assert_scored(recalculated(tmp_path / "tiny.xlsx"), edition.card, edition)


def test_without_shares_every_column_counts_once(
    tiny: Spoilable, tmp_path: Path, recalculated: Recalculated
) -> None:
    file = "indicators/tiny/methodology.yaml"
    tiny.write(file, tiny.read(file).replace("    weighted: true\n", ""))
    for share in ("30", "70"):
        tiny.change(file, f"    share: {share}\n", "")
    tiny.print_with_equal_weights()
    workspace = tiny.open()
    edition = Edition.of(workspace, workspace.score("first"))
    write_workbook(edition, tmp_path / "tiny.xlsx", "en")

    book = recalculated(tmp_path / "tiny.xlsx")

    assert_scored(book, edition.card, edition)
    assert all(cell.value != "Weighted points" for cell in book["Columns"]["A"])


def test_every_table_has_a_print_area_that_holds_all_of_it(english: Path) -> None:
    for sheet in load_workbook(english):
        area = sheet.print_area.rpartition("!")[2].replace("$", "")
        inside = {cell for row in sheet[area] for cell in row}
        if sheet.title != "Notes":
            table = {cell for row in sheet[sheet.auto_filter.ref] for cell in row}
            assert table <= inside, sheet.title
        assert sheet["A1"] in inside


def evidence(book: Workbook) -> list[dict[str, Cell]]:
    """The lines of the sheet of evidence, by what stands above each cell."""
    sheet = book["Evidence"]
    start = header_row(sheet, "Company")
    heads = [str(cell.value) for cell in sheet[start]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=start + 1)]


def test_every_disclosure_stands_in_the_evidence_with_each_of_its_places(
    english: Path, edition: Edition
) -> None:
    found = sorted(
        (str(line["Reference"].value), str(line["Source"].value))
        for line in evidence(load_workbook(english))
    )
    assert found == sorted(
        (reference, edition.sources[place.source].title)
        for reference, disclosure in edition.store.disclosures.items()
        if any(q.startswith(f"{edition.methodology.id}/") for q in disclosure.indicators)
        for place in disclosure.where
    )


@pytest.mark.parametrize(
    ("link", "leads_there"),
    [
        ("https://example.org/report.pdf?a=1&b=2", True),
        ("https://example.org/" + "a" * 3000, False),
        ("javascript:alert(1)", False),
        ("internal:Ranking!A1", False),
        ("file:///etc/passwd", False),
    ],
)
def test_evidence_leads_to_documents_on_the_web_and_nowhere_else(
    edition: Edition, tmp_path: Path, link: str, leads_there: bool
) -> None:
    report = "ipe/automotive-report-2024"
    source = edition.sources[report].model_copy(update={"link": link})
    changed = replace(edition, sources={**edition.sources, report: source})
    write_workbook(changed, tmp_path / "edition.xlsx", "en")

    cells = [line["Link"] for line in evidence(load_workbook(tmp_path / "edition.xlsx"))]
    targets = {cell.hyperlink.target for cell in cells if cell.hyperlink}
    assert (link in targets) == leads_there
    assert all(str(target).startswith(("http://", "https://")) for target in targets)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_table_is_printed_on_as_many_pages_as_it_can_be_read_on(
    edition: Edition, tmp_path: Path, language: Language
) -> None:
    write_workbook(edition, tmp_path / "edition.xlsx", language)
    for sheet in load_workbook(tmp_path / "edition.xlsx"):
        area = sheet.print_area.rpartition("!")[2].replace("$", "")
        letters = [cell.column_letter for cell in sheet[area][0]]
        repeated = sheet.print_title_cols
        again = letters.index(repeated[-1]) + 1 if repeated else 0
        alike = sheet.column_dimensions.values()  # each for neighbours of one width
        widths = [columns.width for columns in alike for _ in range(columns.min, columns.max + 1)]
        pages = sheet.page_setup.fitToWidth or 1
        on_each = sum(widths[:again]) + sum(widths[again:]) / pages
        assert on_each < 190, sheet.title  # every width has a little more for the cell's padding


def test_long_texts_of_the_evidence_are_wrapped(english: Path) -> None:
    for line in evidence(load_workbook(english)):
        for head in ("What is disclosed", "Numbers", "Source", "Original document"):
            assert line[head].alignment.wrap_text, head


def test_rates_are_shaded_so_that_grey_paper_tells_them_apart(english: Path) -> None:
    sheet = load_workbook(english)["Ranking"]
    (ranges,) = list(sheet.conditional_formatting)
    (rule,) = ranges.rules
    assert rule.type == "colorScale"
    colors = [color.rgb[-6:] for color in rule.colorScale.color]
    light, dark = (luminance(color) for color in colors)
    assert light > 1.3 * dark
    assert (dark + 0.05) / 0.05 > 7


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2.2, from 0 (black) to 1 (white)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_draft_says_so_on_every_sheet_and_every_printed_page(
    edition: Edition, tmp_path: Path, language: Language
) -> None:
    mark = "Draft. Not released"
    for draft in (False, True):
        write_workbook(replace(edition, draft=draft), tmp_path / f"{draft}.xlsx", language)
    final, book = (load_workbook(tmp_path / f"{draft}.xlsx") for draft in (False, True))

    for sheet in book:
        heading, notice = str(sheet.cell(1, 1).value), str(sheet.cell(2, 1).value)
        assert heading != str(final[sheet.title].cell(1, 1).value)
        assert sheet.oddHeader.center.text
        assert not final[sheet.title].oddHeader.center.text
        if language == "en":
            assert heading.startswith("DRAFT · ")
            assert notice.startswith(mark)
            assert mark in sheet.oddHeader.center.text
    assert book.properties.title != final.properties.title
