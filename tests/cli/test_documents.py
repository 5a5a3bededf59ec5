"""The research desk from the command line: from a document to a checked quote."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.research.documents import saved_page, set_pdf, written_pdf

PAGES = (
    "About the company.",
    "In 2023 our Scope 1 and Scope 2 emissions were 1.2 Mt CO2e (market-based).",
    "2023年公司范围一和范围二温室气体排放量为120万吨二氧化碳当量。",
)
NEW = ("--id", "csr-2023", "--title", "CSR report", "--kind", "sustainability_report")


def document(copy: Path, content: bytes, name: str = "report.pdf") -> str:
    path = copy / name
    path.write_bytes(content)
    return str(path)


@pytest.fixture
def desk(copy: Path) -> Path:
    """A copy of the real workspace with a report of BYD's."""
    file = document(copy, set_pdf(*PAGES))
    dates = ("--language", "en", "--published", "2024-03", "--accessed", "2024-04-02")
    result = run("document", "add", "BYD", file, *NEW, *dates, workspace=copy)
    assert (result.exit_code, result.stdout) == (0, "byd/csr-2023: a new source\n  3 pages\n")
    return copy


def found(desk: Path) -> list[dict[str, object]]:
    result = run("find", "automakers-2024", "byd", "2.1.1", "--format", "json", workspace=desk)
    assert result.exit_code == 0
    records: list[dict[str, object]] = json.loads(result.stdout)
    return records


@pytest.mark.slow
def test_from_a_document_to_a_checked_quote(desk: Path) -> None:
    passages = found(desk)
    assert {record["page"] for record in passages} == {2, 3}
    passage = next(str(record["passage"]) for record in passages if record["page"] == 2)
    place = ("automakers-2024", "byd", "2.1.1", passage)
    statement = ("--statement", "Scopes 1 and 2 were 1.2 Mt CO2e in 2023.", "--by", "Li")
    accepted = run("queue", "accept", *place, *statement, workspace=desk)
    assert accepted.stdout == f"byd/page-2-{passage[:6]}\n"
    assert run("check", workspace=desk).exit_code == 0
    checked = run("quote", "check", "byd", workspace=desk)
    assert (checked.exit_code, checked.stdout) == (
        0,
        "1 quote: 1 found, 0 not as cited, 0 not checked\n",
    )
    evidence = desk / "companies/byd/evidence.yaml"
    text = evidence.read_text(encoding="utf-8").replace("were 1.2 Mt", "were 1.3 Mt")
    evidence.write_text(text, encoding="utf-8")
    spoilt = run("quote", "check", "--format", "json", workspace=desk)
    assert spoilt.exit_code == 1
    (record,) = json.loads(spoilt.stdout)
    assert (record["outcome"], record["found_on"]) == ("changed", [2])


def test_found_passages_show_their_place_and_terms(desk: Path) -> None:
    result = run("find", "automakers-2024", "byd", "2.1.1", workspace=desk)
    assert "byd/csr-2023, page 2" in result.stdout
    assert "«Scope 1»" in result.stdout
    assert "«范围一»" in result.stdout
    assert "2 open passages on 1 of 1 indicators" in result.stderr


def test_decisions_are_listed_with_who_and_why(desk: Path) -> None:
    passage = str(found(desk)[0]["passage"])
    place = ("automakers-2024", "byd", "2.1.1", passage)
    run("queue", "dismiss", *place, "--reason", "a repeat", "--by", "Li", workspace=desk)
    run("queue", "reopen", *place, "--reason", "not one", "--by", "Wang", workspace=desk)
    listed = run("queue", "list", "automakers-2024", "byd", "2", workspace=desk)
    assert "> dismissed: Li, " in listed.stdout
    assert "; not one" in listed.stdout
    assert "2 of 2 passages" in listed.stderr
    refused = run("queue", "reopen", *place, "--reason", "x", "--by", "Li", workspace=desk)
    assert (refused.exit_code, refused.stderr) == (2, f"cati: passage {passage} of 2.1.1 is open\n")


@pytest.mark.slow
def test_the_queue_goes_through_a_workbook(desk: Path) -> None:
    import openpyxl

    found(desk)
    file = str(desk / "queue.xlsx")
    run("queue", "export", "automakers-2024", "byd", file, "--lang", "zh", workspace=desk)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    assert sheet.title == "待处理"
    sheet.cell(2, 9).value = "排除"
    book.save(file)
    refused = run("queue", "import", "automakers-2024", "byd", file, "--by", "Li", workspace=desk)
    assert refused.exit_code == 1
    assert "queue.xlsx: sheet '待处理', cell N2: expected a reason; found nothing" in refused.stderr
    sheet.cell(2, 14).value = "重复"
    book.save(file)
    done = run("queue", "import", "automakers-2024", "byd", file, "--by", "Li", workspace=desk)
    assert (done.exit_code, done.stderr) == (0, "1 decision carried out, 0 known already\n")
    assert len(found(desk)) == 1


@pytest.mark.slow
def test_a_changed_file_names_what_cites_the_old_one(desk: Path) -> None:
    passage = next(str(one["passage"]) for one in found(desk) if one["page"] == 2)
    place = ("automakers-2024", "byd", "2.1.1", passage)
    run("queue", "accept", *place, "--statement", "A fact.", "--by", "Li", workspace=desk)
    file = document(desk, set_pdf(*PAGES, "An appendix."))
    result = run("document", "add", "byd", file, "--id", "csr-2023", workspace=desk)
    assert result.stdout.startswith("byd/csr-2023-v2: a new version of byd/csr-2023\n  4 pages\n")
    assert f": byd/page-2-{passage[:6]}\n" in result.stdout
    assert "  companies/byd/evidence.yaml:" in result.stdout
    listed = run("document", "list", "byd", workspace=desk).stdout
    assert "replaced by byd/csr-2023-v2" in listed
    queued = run("queue", "list", "automakers-2024", "byd", workspace=desk).stdout
    assert "  byd/csr-2023, page 3; replaced by byd/csr-2023-v2\n" in queued


def test_a_page_that_vanished_from_the_web_is_shown_from_its_copy(copy: Path) -> None:
    file = document(copy, saved_page("<h1>Supply chain</h1><p>采购绿钢。</p>"), "page.mhtml")
    said = ("--id", "web", "--title", "Supply chain", "--kind", "website", "--language", "zh")
    run("document", "add", "nio", file, *said, workspace=copy)
    Path(file).unlink()
    shown = run("document", "show", "NIO", "web", "1", workspace=copy).stdout.splitlines()
    assert "  link: https://aurora.example/supply-chain" in shown
    assert "  as it was on: 2025-03-20" in shown
    assert shown[-2:] == ["Supply chain", "采购绿钢。"]


def test_a_web_page_without_a_day_is_said_to_be_saved_today(copy: Path) -> None:
    file = document(copy, b"<!doctype html><p>Green steel</p>", "page.html")
    said = ("--id", "web", "--title", "Steel", "--kind", "website", "--language", "en")
    added = run("document", "add", "nio", file, *said, workspace=copy).stdout.splitlines()
    day = str(datetime.date.today())
    told = f"  it does not say when it was saved: taken as of {day}, unless --accessed is given"
    assert added == ["nio/web: a new source", told, "  1 page"]
    shown = run("document", "show", "nio", "web", workspace=copy).stdout.splitlines()
    assert f"  as it was on: {day}" in shown


@pytest.mark.slow
def test_a_copy_that_was_missing_is_said_to_be_back(desk: Path) -> None:
    (copy,) = (desk / "private/documents").glob("*.pdf")
    file = document(desk, copy.read_bytes())
    again = run("document", "add", "byd", file, workspace=desk)
    assert again.stdout == "byd/csr-2023: this copy was here already\n  3 pages\n"
    copy.unlink()
    back = run("document", "add", "byd", file, workspace=desk)
    assert back.stdout == "byd/csr-2023: its copy was missing and is here now\n  3 pages\n"
    assert copy.exists()


def test_a_disclosure_that_stands_is_named_when_its_passage_is_opened_again(desk: Path) -> None:
    passage = next(str(one["passage"]) for one in found(desk) if one["page"] == 2)
    place = ("automakers-2024", "byd", "2.1.1", passage)
    run("queue", "accept", *place, "--statement", "A fact.", "--by", "Li", workspace=desk)
    again = run("queue", "reopen", *place, "--reason", "unsure", "--by", "Li", workspace=desk)
    assert again.exit_code == 0
    assert again.stderr == (
        f"byd/page-2-{passage[:6]} was made of it and still counts; if it should not, say in its "
        "field 'retracted' why (companies/byd/evidence.yaml)\n"
    )


@pytest.mark.parametrize(
    "command",
    [
        ("queue", "export", "automakers-2024", "byd"),
        ("review", "indicator", "automakers-2024", "2.1.1", "--format", "xlsx", "--out"),
    ],
)
def test_no_file_is_overwritten_by_a_workbook(copy: Path, command: tuple[str, ...]) -> None:
    file = copy / "companies/byd/company.yaml"
    before = file.read_bytes()
    refused = run(*command, str(file), workspace=copy)
    assert refused.exit_code == 2
    assert "company.yaml: would be overwritten; move it away" in refused.stderr
    assert file.read_bytes() == before


@pytest.mark.slow
def test_a_page_without_text_is_transcribed_by_two_people(copy: Path) -> None:
    file = document(copy, written_pdf(["Steel", None]))
    added = run("document", "add", "nio", file, *NEW, "--language", "en", workspace=copy)
    assert "  images, and no text or hardly any: 1 (2)" in added.stdout.splitlines()
    typed = document(copy, b"We buy green steel.", "typed.txt")
    place = ("nio", "csr-2023", "2")
    first = run("document", "transcribe", *place, typed, "--by", "Li", workspace=copy)
    assert first.stderr == "page 2: kept; a second person is to confirm it\n"
    assert run("document", "confirm", *place, "--by", "Li", workspace=copy).exit_code == 2
    assert (
        "page 2: transcribed, not confirmed"
        in run("document", "show", *place, workspace=copy).stdout
    )
    second = run("document", "confirm", *place, "--by", "Wang", workspace=copy)
    assert second.stderr == "page 2: confirmed\n"


@pytest.mark.slow
def test_what_cannot_be_done_is_said(desk: Path) -> None:
    for arguments, code, message in (
        (("find", "automakers-2024", "nio"), 2, "nio has no archived document"),
        (("find", "automakers-2024", "byd", "9.9"), 2, "no code 9.9"),
        (("document", "show", "byd", "csr-2032"), 2, "did you mean csr-2023"),
        (("document", "show", "byd", "csr-2023", "9"), 2, "no page 9: the document has 3"),
        (("document", "show", "byd", "social-responsibility-report-2023", "1"), 1, ""),
        (("document", "add", "byd", str(desk / "nothing.pdf")), 1, "nothing.pdf: expected a"),
        (
            ("document", "confirm", "byd", "social-responsibility-report-2023", "1", "--by", "Li"),
            2,
            "has no archived copy here",
        ),
    ):
        result = run(*arguments, workspace=desk)
        assert result.exit_code == code, arguments
        assert message in result.stderr


def test_the_real_workspace_has_no_quote_that_does_not_hold() -> None:
    result = run("quote", "check")
    assert result.exit_code == 0


@pytest.mark.slow
def test_what_a_text_lacks_is_said_wherever_it_is_used(desk: Path) -> None:
    content = "<meta charset=utf-8><p>公司范围一排放量为120万吨。caf\ufffd</p><p hidden>范围一</p>"
    file = document(desk, content.encode().replace("\ufffd".encode(), b"\xe9"), "page.html")
    named = ("--id", "page", "--title", "A page", "--kind", "website", "--language", "zh")
    link = ("--link", "https://byd.example/page", "--accessed", "2024-05-01")
    lost = "1 character could not be read and stands as \ufffd"
    hidden = "3 characters are hidden or struck out: a quote from there is not taken as found"
    added = run("document", "add", "byd", file, *named, *link, workspace=desk)
    assert added.stdout.splitlines()[-2:] == [f"  {lost}", f"  {hidden}"]
    shown = run("document", "show", "比亞迪", "page", workspace=desk)
    assert shown.stdout.splitlines()[-2:] == [f"  {lost}", f"  {hidden}"]
    searched = run("find", "automakers-2024", "byd", "2.1.1", workspace=desk)
    assert f"byd/page: {lost}\n" in searched.stderr
    assert "byd/page, page 1; hidden or struck out" in searched.stdout
