"""A workbook is opened without trust: what is refused says so, and nothing is unpacked."""

from __future__ import annotations

import os
import random
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from cati.problems import ProblemsError
from cati.research.workbook.file import read_workbook
from cati.research.workbook.package import LIMITS, Limits, open_package
from tests.research.packages import HEAD, minimal, packed

ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'


def refusal(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(ProblemsError) as caught:
        read_workbook(path, path.name, limits)
    (problem,) = caught.value.problems
    return str(problem)


@pytest.fixture
def parts() -> dict[str, str | bytes]:
    return dict(minimal(ROW))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected an .xlsx workbook; found an empty file"),
        (b"name,answer\n", "expected an .xlsx workbook; found another kind of file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "expected an .xlsx workbook; found an .xls or encrypted file "
            "(save it as .xlsx, without a password)",
        ),
        (b"PK\x03\x04" + b"\0" * 100, "expected an .xlsx workbook; found a damaged file"),
        (
            b"PK\x05\x06" + b"\0" * 18,
            "expected the part 'xl/workbook.xml'; found none (save it again from Excel)",
        ),
    ],
)
def test_what_is_no_workbook_is_said(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal(path) == f"a.xlsx: {message}"


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.xlsx") == "no.xlsx: expected a file; found nothing of that name"
    assert refusal(tmp_path).endswith("expected a file; found a folder")
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert refusal(tmp_path / "pipe.xlsx").endswith("found neither a file nor a folder")


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("xl/vbaProject.bin", "expected a workbook without macros; found macros"),
        ("xl/macrosheets/sheet1.xml", "expected a workbook without macros; found a macro sheet"),
        ("xl/externalLinks/externalLink1.xml", "found a link to another workbook"),
        ("xl/embeddings/oleObject1.bin", "found an embedded object"),
        ("xl/activeX/activeX1.bin", "found an ActiveX control"),
        ("xl/ctrlProps/ctrlProp1.xml", "found a form control"),
        ("/etc/passwd", "expected parts inside the workbook; found a part named '/etc/passwd'"),
        ("xl/../../out.xml", "expected parts inside the workbook"),
        ("XL/WORKBOOK.XML", "expected each part once; found 'xl/workbook.xml' a second time"),
    ],
)
def test_parts_that_no_filled_workbook_has_are_refused(
    tmp_path: Path, parts: dict[str, str | bytes], part: str, message: str
) -> None:
    path = packed(tmp_path / "a.xlsx", {**parts, part: b"x"})
    assert message in refusal(path)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "_rels/.rels"]
)
@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_a_document_type_is_refused_in_every_part(
    tmp_path: Path, parts: dict[str, str | bytes], part: str, entity: str
) -> None:
    parts[part] = str(parts[part]).replace(HEAD, HEAD + entity)
    message = f"a.xlsx: expected XML without a document type; found one in the part '{part}'"
    assert refusal(packed(tmp_path / "a.xlsx", parts)) == message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "cp037"])
def test_no_other_encoding_hides_one(
    tmp_path: Path, parts: dict[str, str | bytes], encoding: str
) -> None:
    text = str(parts["xl/workbook.xml"]).replace(HEAD, "<!DOCTYPE x>")
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    whole = (
        (head + text).encode(encoding)
        if encoding == "utf-16"
        else head.encode() + text.encode(encoding)
    )
    parts["xl/workbook.xml"] = whole
    assert "expected XML in UTF-8; found another encoding" in refusal(
        packed(tmp_path / "a.xlsx", parts)
    )


def test_xml_that_breaks_off_is_said(tmp_path: Path, parts: dict[str, str | bytes]) -> None:
    parts["xl/worksheets/sheet1.xml"] = str(parts["xl/worksheets/sheet1.xml"])[:-20]
    message = "expected XML; found something else in the part 'xl/worksheets/sheet1.xml'"
    assert refusal(packed(tmp_path / "a.xlsx", parts)) == f"a.xlsx: {message}"


def test_deep_nesting_is_refused(tmp_path: Path, parts: dict[str, str | bytes]) -> None:
    parts["xl/worksheets/sheet1.xml"] = HEAD + "<a>" * 100_000
    assert "expected XML; found something else" in refusal(packed(tmp_path / "a.xlsx", parts))


def test_sizes_have_limits(tmp_path: Path, parts: dict[str, str | bytes]) -> None:
    path = packed(tmp_path / "a.xlsx", parts)
    size = path.stat().st_size
    assert "found a larger file" in refusal(path, replace(LIMITS, file=size - 1))
    assert "bytes unpacked; found" in refusal(path, replace(LIMITS, unpacked=500))
    assert refusal(path, replace(LIMITS, parts=3)).endswith("expected at most 3 parts; found 7")
    assert open_package(path, "a.xlsx", replace(LIMITS, file=size)).read("xl/workbook.xml")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, parts: dict[str, str | bytes]) -> None:
    bomb = packed(tmp_path / "a.xlsx", {**parts, "xl/media/x.png": b"\0" * 50_000_000})
    assert bomb.stat().st_size < 100_000
    assert "expected a workbook; found one that unpacks to 50," in refusal(bomb)


def test_a_part_that_is_larger_than_it_says_is_cut(
    tmp_path: Path, parts: dict[str, str | bytes]
) -> None:
    parts["xl/sharedStrings.xml"] = str(parts["xl/sharedStrings.xml"]) + " " * 100_000
    path = packed(tmp_path / "a.xlsx", parts)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    lying = content.replace(struct.pack("<I", size), struct.pack("<I", 10))
    assert lying != content
    path.write_bytes(lying)
    assert "found a damaged part 'xl/sharedStrings.xml'" in refusal(path)


def test_an_encrypted_part_is_refused(tmp_path: Path, parts: dict[str, str | bytes]) -> None:
    path = packed(tmp_path / "a.xlsx", parts)
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    path.write_bytes(bytes(content))
    assert "expected a workbook without a password; found an encrypted part" in refusal(path)


def broken(content: bytes, rng: random.Random) -> bytes:
    """The file with a few bytes changed, cut out or cut off."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        place = rng.randrange(len(changed) or 1)
        kind = rng.randrange(4)
        if kind == 0 and changed:
            changed[place] = rng.randrange(256)
        elif kind == 1:
            del changed[place : place + rng.randint(1, 40)]
        elif kind == 2:
            changed[place:place] = rng.randbytes(rng.randint(1, 8))
        else:
            del changed[max(place, 1) :]
    return bytes(changed)


@pytest.mark.parametrize(
    "times", [pytest.param(300, id="some"), pytest.param(10_000, id="many", marks=pytest.mark.soak)]
)
def test_damaged_files_are_problems_and_nothing_else(tmp_path: Path, times: int) -> None:
    text = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 50))
    content = packed(tmp_path / "a.xlsx", minimal(text)).read_bytes()
    rng = random.Random(2024)  # noqa: S311  a fuzz test is no secret
    path = tmp_path / "b.xlsx"
    refused, named = 0, True
    for _ in range(times):
        path.write_bytes(broken(content, rng))
        try:
            read_workbook(path)
        except ProblemsError as error:
            named &= error.problems[0].file == "b.xlsx"
            refused += 1
    assert named
    assert refused > times / 2
