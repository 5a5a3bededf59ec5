"""The same cells come out of a file whoever wrote it."""

from __future__ import annotations

import datetime
import random
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from cati.problems import ProblemsError
from cati.research.workbook.file import (
    ErrorValue,
    Formula,
    Range,
    Struck,
    Value,
    WorkbookCells,
    address,
    day_of,
    read_workbook,
)
from cati.research.workbook.package import LIMITS, Limits
from tests.conftest import missing
from tests.research.packages import minimal, packed, rewritten

DAY = datetime.date(2024, 7, 31)


def read(tmp_path: Path, limits: Limits = LIMITS, **parts: str) -> WorkbookCells:
    return read_workbook(packed(tmp_path / "a.xlsx", minimal(**parts)), "a.xlsx", limits)


def values(tmp_path: Path, cells: str, **parts: str) -> list[Value]:
    """What the cells of the first row hold, in order."""
    found = read(tmp_path, rows=f'<row r="1">{cells}</row>', **parts).sheets["One"].cells
    return [found[place] for place in sorted(found)]


def problems(cells: WorkbookCells) -> list[str]:
    return [str(problem) for problem in cells.problems]


def test_every_kind_of_cell(tmp_path: Path) -> None:
    shared = "<si><t>shared</t></si><si><r><t>of </t></r><r><rPr><b/></rPr><t>runs</t></r>"
    shared += "<rPh><t>said</t></rPh></si>"
    cells = (
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><t>in</t></is></c>'
        '<c r="D1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>'
        '<c r="E1"><v>12</v></c><c r="F1" t="n"><v>12.0</v></c><c r="G1"><v>1.5</v></c>'
        '<c r="H1" t="b"><v>1</v></c><c r="I1" t="e"><v>#REF!</v></c>'
        '<c r="J1" t="d"><v>2024-07-31T00:00:00</v></c><c r="K1" s="1"><v>45504</v></c>'
        '<c r="L1"><f>1+1</f><v>2</v></c><c r="M1" t="str"><f>A1</f><v>x</v></c>'
        '<c r="N1" t="str"><v>text</v></c><c r="O1"/><c r="P1" t="s"/><c r="Q1"><v> </v></c>'
        '<c r="R1" t="inlineStr"><is><t>  </t></is></c>'
    )
    found = values(tmp_path, cells, shared=shared, styles='<xf/><xf numFmtId="14"/>')
    assert found == [
        *("shared", "of runs", "in", "ab", 12, 12, 1.5, True, ErrorValue("#REF!")),
        *(DAY, DAY, Formula("1+1"), Formula("A1"), "text"),
    ]
    assert [type(value) for value in found[4:6]] == [int, int]


@pytest.mark.parametrize(
    ("formats", "number"),
    [
        ("", "14"),
        ("", "22"),
        ("", "31"),
        ("", "57"),
        (
            '<numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日"/>',
            "170",
        ),
        ('<numFmt numFmtId="176" formatCode="[$-804]yyyy/m/d;@"/>', "176"),
    ],
)
def test_dates_are_known_by_their_format(tmp_path: Path, formats: str, number: str) -> None:
    cell = '<c r="A1" s="1"><v>45504.75</v></c>'
    styles = f'<xf numFmtId="0"/><xf numFmtId="{number}"/>'
    assert values(tmp_path, cell, formats=formats, styles=styles) == [DAY]
    mac = '<c r="A1" s="1"><v>44042</v></c>'
    properties = '<workbookPr date1904="1"/>'
    assert values(tmp_path, mac, formats=formats, styles=styles, properties=properties) == [DAY]


def test_a_number_with_another_format_stays_one(tmp_path: Path) -> None:
    code = '<numFmt numFmtId="170" formatCode="0.00&quot; Stand&quot;"/>'
    styles = '<xf numFmtId="0"/><xf numFmtId="170"/>'
    cell = '<c r="A1" s="1"><v>45504</v></c><c r="B1" s="0"><v>45504</v></c>'
    assert values(tmp_path, cell, formats=code, styles=styles) == [45504, 45504]


@given(st.integers(1, 2_958_465), st.booleans())
def test_days_are_as_openpyxl_counts_them(serial: int, epoch_1904: bool) -> None:
    epoch = CALENDAR_MAC_1904 if epoch_1904 else CALENDAR_WINDOWS_1900
    day = day_of(serial, epoch_1904)
    if (epoch_1904 and serial > 2_958_465 - 1_462) or (serial == 60 and not epoch_1904):
        assert day is None
    else:
        expected = from_excel(serial, epoch)
        assert isinstance(expected, datetime.datetime)
        assert day == expected.date()


def test_what_no_day_has_is_no_date(tmp_path: Path) -> None:
    cells = "".join(f'<c s="1"><v>{n}</v></c>' for n in ("-5", "0.5", "60", "2958466"))
    found = values(tmp_path, cells, styles='<xf/><xf numFmtId="14"/>')
    assert found == [-5, 0.5, 60, 2958466]


def test_cells_and_rows_without_address_follow_each_other(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
        '<row r="5"><c r="D5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    )
    found = read(tmp_path, rows=rows).sheets["One"].cells
    assert found == {(1, 1): 1, (1, 3): 2, (5, 4): 3, (5, 5): 4, (6, 1): 5}


def test_escapes_and_line_ends_are_read(tmp_path: Path) -> None:
    cell = (
        '<c t="inlineStr"><is><t xml:space="preserve">a_x000D_\nb_x005F_x0041_ _xD800_</t></is></c>'
    )
    assert values(tmp_path, cell) == ["a\nb_x0041_ _xD800_"]


def test_faults_of_cells_are_named_and_the_others_read(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="A2" t="s"><v>7</v></c><c r="B2" t="s"><v>x</v></c>'
        '<c r="C2"><v>nan</v></c><c r="D2"><v>1e999</v></c><c r="E2"><v>ten</v></c>'
        '<c r="F2" t="d"><v>2024-13-01</v></c>'
        '<c r="G2" t="inlineStr"><is><t>a_x0007_b</t></is></c><c r="H2"><v>8</v></c>'
        '<c r="H2"><v>9</v></c><c r="2H"><v>1</v></c></row>'
    )
    found = read(tmp_path, rows=rows)
    assert found.sheets["One"].cells == {(2, 8): 9}
    assert problems(found) == [
        "a.xlsx: sheet 'One', cell A2: expected a text; found none with the number '7'",
        "a.xlsx: sheet 'One', cell B2: expected a text; found none with the number 'x'",
        "a.xlsx: sheet 'One', cell C2: expected a number; found 'nan'",
        "a.xlsx: sheet 'One', cell D2: expected a number; found '1e999'",
        "a.xlsx: sheet 'One', cell E2: expected a number; found 'ten'",
        "a.xlsx: sheet 'One', cell F2: expected a date; found '2024-13-01'",
        "a.xlsx: sheet 'One', cell G2: expected text; found the control character U+0007",
        "a.xlsx: sheet 'One', cell H2: expected one value; found a second one",
        "a.xlsx: sheet 'One', cell I2: expected a cell's address; found '2H'",
    ]


def test_text_has_a_limit(tmp_path: Path) -> None:
    cell = f'<c t="inlineStr"><is><t>{"x" * 40_000}</t></is></c>'
    found = read(tmp_path, rows=f"<row>{cell}</row>")
    assert problems(found) == [
        "a.xlsx: sheet 'One', cell A1: expected at most 32,767 characters; found 40,000"
    ]


def test_nothing_is_read_beyond_the_limits_whatever_the_sheet_declares(tmp_path: Path) -> None:
    limits = Limits(rows=10, columns=5)
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 5_000))
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row>{empty}'
    assert problems(read(tmp_path, limits, rows=rows)) == []
    many = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 100))
    found = read(tmp_path, limits, rows=many)
    assert problems(found) == [
        "a.xlsx: sheet 'One', cell A11: expected at most 10 rows and 5 columns; found a cell beyond"
    ]
    wide = '<row r="1"><c r="XFD1"><v>1</v></c></row>'
    assert "cell XFD1: expected at most" in problems(read(tmp_path, limits, rows=wide))[0]
    far = '<row r="9999999"><c><v>1</v></c></row>'
    assert "cell A9999999: expected at most" in problems(read(tmp_path, limits, rows=far))[0]


def test_merged_cells_are_told(tmp_path: Path) -> None:
    after = '<mergeCells><mergeCell ref="B2:C4"/><mergeCell ref="nonsense"/></mergeCells>'
    (merged,) = read(tmp_path, rows="", after=after).sheets["One"].merged
    assert str(merged) == "B2:C4"
    inside = {(r, c) for r in range(1, 6) for c in range(1, 6) if (r, c) in merged}
    assert inside == {(r, c) for r in (2, 3, 4) for c in (2, 3)}
    assert merged == Range((2, 2), (4, 3))


def test_targets_may_be_absolute_as_wps_writes_them(tmp_path: Path) -> None:
    found = read(tmp_path, rows="<row><c><v>1</v></c></row>", target="/xl/worksheets/sheet1.xml")
    assert found.sheets["One"].cells == {(1, 1): 1}


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", minimal("", target="worksheets/gone.xml"))
    with pytest.raises(ProblemsError, match=r"the part 'xl/worksheets/gone\.xml'; found none"):
        read_workbook(path)
    path = packed(tmp_path / "a.xlsx", minimal("", target="../../../etc/passwd"))
    with pytest.raises(ProblemsError, match=r"the part 'etc/passwd'; found none"):
        read_workbook(path)


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_addresses_are_as_excel_shows_them(column: int, letters: str) -> None:
    assert address((7, column)) == f"{letters}7"


def sample(path: Path) -> Path:
    """A workbook of all sorts of cells, as XlsxWriter writes it."""
    with xlsxwriter.Workbook(path) as book:
        sheet, second = book.add_worksheet("One"), book.add_worksheet("二")
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_string("A1", "plain")
        sheet.write_string("B2", "汽车 & <b>\n second line ")
        sheet.write_number("C3", 12)
        sheet.write_number("D4", 0.1)
        sheet.write_datetime("E5", datetime.datetime(2024, 7, 31), date)
        sheet.write_formula("F6", '=A1&"x"', None, "plainx")
        sheet.write_string("H8", "=not a formula")
        sheet.write_string("I9", "2024-07")
        sheet.merge_range("A20:B21", "merged")
        second.write_string("A1", "hidden")
        second.hide()
    return path


def plainly(cells: WorkbookCells) -> dict[str, object]:
    return {
        name: (sheet.state, {p: v for p, v in sheet.cells.items() if not isinstance(v, Formula)})
        for name, sheet in cells.sheets.items()
    }


def test_cells_are_those_that_openpyxl_reads(tmp_path: Path) -> None:
    path = sample(tmp_path / "a.xlsx")
    found = read_workbook(path)
    for sheet in openpyxl.load_workbook(path).worksheets:
        expected = {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for place, value in found.sheets[sheet.title].cells.items():
            theirs = expected.pop(place)
            if isinstance(theirs, datetime.datetime):
                theirs = theirs.date()
            assert (f"={value.text}" if isinstance(value, Formula) else value) == theirs
        assert expected == {}
    assert [str(merged) for merged in found.sheets["One"].merged] == ["A20:B21"]
    assert found.sheets["二"].state == "hidden"


@pytest.mark.slow
def test_openpyxl_and_libreoffice_write_the_same_cells(tmp_path: Path) -> None:
    path = sample(tmp_path / "a.xlsx")
    original = read_workbook(path)
    again = tmp_path / "again.xlsx"
    openpyxl.load_workbook(path).save(again)
    assert plainly(read_workbook(again)) == plainly(original)
    if shutil.which("soffice") is None:
        missing("a program named soffice")
    out = tmp_path / "office"
    resaved(path, out)
    assert plainly(read_workbook(out / "a.xlsx")) == plainly(original)


def resaved(path: Path, out: Path) -> None:
    """Open and save a workbook with LibreOffice."""
    profile = f"-env:UserInstallation=file://{out}-profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*command, "--outdir", out, path], check=True, capture_output=True, timeout=180)


@pytest.mark.slow
@pytest.mark.parametrize(
    "times", [pytest.param(200, id="some"), pytest.param(4_000, id="many", marks=pytest.mark.soak)]
)
def test_spoilt_xml_is_problems_and_nothing_else(tmp_path: Path, times: int) -> None:
    content = sample(tmp_path / "a.xlsx").read_bytes()
    rng = random.Random(2024)  # noqa: S311  a fuzz test is no secret
    words = [
        "",
        "0",
        "-1",
        "99999999999",
        "A",
        "nan",
        "<c>",
        "</row>",
        '"',
        "&amp;",
        "&x;",
        "s",
        "é",
    ]
    names = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
    names += ["xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"]

    def spoil(part: bytes) -> bytes:
        text = part.decode()
        for _ in range(rng.randint(1, 3)):
            place = rng.randrange(len(text))
            text = text[:place] + rng.choice(words) + text[place + rng.randint(0, 12) :]
        return text.encode()

    path = tmp_path / "b.xlsx"
    read_whole, named = 0, True
    for _ in range(times):
        path.write_bytes(content)
        rewritten(path, {rng.choice(names): spoil})
        try:
            read_whole += bool(read_workbook(path).sheets)
        except ProblemsError as error:
            named &= error.problems[0].file == "b.xlsx"
    assert named
    assert 0 < read_whole < times


def test_what_is_struck_through_is_told_from_what_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("One")
        struck, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet.write(0, 0, "met", struck)
        sheet.write(0, 1, "met", plain)
        sheet.write(0, 2, 12, struck)
        sheet.write_rich_string(0, 3, "met ", struck, "no", plain, "t met")
        sheet.write_rich_string(0, 4, "all of ", plain, "it")
        sheet.write_blank(0, 5, None, struck)
    cells = read_workbook(path).sheets["One"].cells
    assert [cells[place] for place in sorted(cells)] == [
        *(Struck("met"), "met", Struck("12"), Struck("met not met"), "all of it")
    ]


@pytest.mark.parametrize(("line", "struck"), [("<strike/>", True), ('<strike val="0"/>', False)])
def test_a_run_in_the_cell_itself_may_be_struck_through(
    tmp_path: Path, line: str, struck: bool
) -> None:
    run = f'<c r="A1" t="inlineStr"><is><r><rPr>{line}</rPr><t>a</t></r></is></c>'
    assert values(tmp_path, run) == [Struck("a") if struck else "a"]
