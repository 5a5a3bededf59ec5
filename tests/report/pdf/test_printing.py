from __future__ import annotations

import ctypes
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from matplotlib import font_manager

from cati.model.language import LANGUAGES, Language
from cati.report import show
from cati.report.edition import Edition
from cati.report.figures.drawing import Figure, draw_figures
from cati.report.pdf.content import report_content
from cati.report.pdf.printing import faces_of, printable, spelt_out, write_pdf
from tests.conftest import Spoilable
from tests.report.conftest import NAME
from tests.report.drawn import renamed

pytestmark = pytest.mark.slow

Figures = dict[Language, Mapping[str, Figure]]


@pytest.fixture(scope="module")
def reports(
    published: Path,
) -> dict[Language, Path]:
    """The real report in both languages."""
    return {language: published / f"{NAME}.{language}.pdf" for language in LANGUAGES}


@pytest.fixture
def small(tiny: Spoilable) -> Edition:
    """Three companies, quick to print."""
    workspace = tiny.open()
    return Edition.of(workspace, workspace.score("first"))


def texts(path: Path) -> list[str]:
    """The text of every page, with runs of space made one."""
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in list(document)]


def compact(text: str) -> str:
    """The text without spaces and places where a word may be broken."""
    return re.sub(r"[\s\u200b]+", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_company_has_its_page_with_total_and_rank(
    reports: dict[Language, Path], edition: Edition, language: Language
) -> None:
    pages = texts(reports[language])
    with pypdfium2.PdfDocument(reports[language]) as document:
        dests = {mark.get_title(): mark.get_dest() for mark in document.get_toc()}
        marks = {title: dest.get_index() for title, dest in dests.items() if dest is not None}
    card = edition.card

    numbers = []
    for company in card.order:
        numbers.append(marks[edition.entities[company].name.get(language)])
        page = pages[numbers[-1]]
        assert show.total(card.total(company), 1) in page
        assert show.rank(card.rank(company)) in page
        assert all(f"{code}:" in page for code in ("1.1.1", "5.4.7"))
    assert numbers == list(range(numbers[0], numbers[0] + 51))  # one page each, in rank order


def test_bookmarks_lead_to_every_chapter_figure_and_company(
    reports: dict[Language, Path], edition: Edition
) -> None:
    with pypdfium2.PdfDocument(reports["en"]) as document:
        found = [(mark.level, mark.get_title()) for mark in document.get_toc()]

    chapters = [title for level, title in found if level == 0]
    assert chapters[-6:] == [
        *("Summary", "Ranking", "Figures", "Company pages", "Method", "Sources"),
    ]
    marked = {title for level, title in found if level == 1}
    assert {edition.entities[c].name.en for c in edition.card.order} <= marked
    assert "All rates" in marked


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_titled_and_in_its_language(
    reports: dict[Language, Path], edition: Edition, language: Language
) -> None:
    content = reports[language].read_bytes()
    with pypdfium2.PdfDocument(reports[language]) as document:
        told = document.get_metadata_dict()
        assert told["Title"] == edition.evaluation.name.get(language)
        assert told["Subject"] == edition.evaluation.notice.get(language)
        assert "cati" in told["Author"]
        assert edition.methodology.name.get(language) in told["Keywords"]
        assert document.is_tagged()
    assert b"pdfuaid:part>1<" in content or b'pdfuaid:part="1"' in content
    assert b"CreationDate" not in content


def embedded(path: Path) -> Iterator[tuple[str, bool]]:
    """The fonts of all texts, and whether the file carries them."""
    with pypdfium2.PdfDocument(path) as document:
        for page in list(document)[:20]:
            for thing in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
                font = pdfium.FPDFTextObj_GetFont(thing)
                name = ctypes.create_string_buffer(200)
                pdfium.FPDFFont_GetBaseFontName(font, name, 200)
                yield name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_fonts_are_embedded(reports: dict[Language, Path], language: Language) -> None:
    found = set(embedded(reports[language]))

    assert found
    assert all(is_embedded for _, is_embedded in found)
    assert len({name.partition("+")[2].partition("-")[0] for name, _ in found}) == 1


def test_chinese_is_chinese(reports: dict[Language, Path]) -> None:
    pages = texts(reports["zh"])

    assert "\ufffd" not in "".join(pages)
    assert sum(bool(re.search(r"[\u4e00-\u9fff]{4}", page)) for page in pages) == len(pages)


def test_the_same_inputs_give_the_same_bytes(small: Edition, tmp_path: Path) -> None:
    drawn: Figures = {"en": draw_figures(small, "en")}
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"

    write_pdf(small, one, "en", drawn)
    time.sleep(1.1)  # a date in the file would be another second
    write_pdf(small, two, "en", drawn)

    assert one.read_bytes() == two.read_bytes()


def test_every_page_of_a_draft_says_so(small: Edition, tmp_path: Path) -> None:
    draft, final = tmp_path / "draft.pdf", tmp_path / "final.pdf"

    write_pdf(replace(small, draft=True), draft, "en", {})
    write_pdf(small, final, "en", {})

    assert all("Draft" in page for page in texts(draft))
    assert not any("Draft" in page for page in texts(final))


@pytest.mark.parametrize(("language", "mark"), [("en", "Incomplete"), ("zh", "未完成")])
def test_the_foot_of_every_page_says_that_a_report_is_incomplete(
    small: Edition, tmp_path: Path, language: Language, mark: str
) -> None:
    path = tmp_path / "incomplete.pdf"

    write_pdf(replace(small, incomplete=True), path, language, {})

    title = small.evaluation.name.get(language)
    assert all(f"{mark} · {title[:10]}" in page for page in texts(path))


def test_page_numbers_count_to_the_last_page(small: Edition, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_pdf(small, path, "en", {})

    pages = texts(path)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page


HOSTILE = (
    '#panic("x") *b* _i_ $a$ `c` <script>alert(1)</script> @ref = h \\ // c',
    "W" * 2_000,
)


def test_a_hostile_name_is_text_and_nothing_else(small: Edition, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"

    assert write_pdf(renamed(small, *HOSTILE), path, "en", {}) == []

    whole = compact(" ".join(texts(path)))
    assert compact(HOSTILE[0]) in whole


def test_what_nobody_sees_is_written_out() -> None:
    (shown,) = cast(
        "list[str]", printable({"texts": ["left \u202eright\u2066 hidden\x07"]})["texts"]
    )

    assert compact(shown) == "left\\u202eright\\u2066hidden\\u0007"


def test_a_long_word_stays_on_the_page(small: Edition, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_pdf(renamed(small, "W" * 2_000), path, "en", {})

    with pypdfium2.PdfDocument(path) as document:
        for page in list(document):
            text = page.get_textpage()
            right = max((text.get_charbox(at)[2] for at in range(text.count_chars())), default=0)
            assert right < page.get_width() - 40


def test_a_link_is_broken_between_its_parts() -> None:
    link = "https://group.example.com/responsibility/sustainability-report.html"
    (shown,) = cast("list[str]", printable({"texts": [link]})["texts"])

    parts = shown.split("\u200b")
    assert "".join(parts) == link
    assert parts[1:] == ["group.", "example.", "com/", "responsibility/", *parts[5:]]
    assert parts[5:] == ["sustainability-report.", "html"]


def test_a_character_that_no_font_has_is_given_by_its_code(small: Edition, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"

    notes = write_pdf(renamed(small, "By\ue000d"), path, "en", {})

    assert (
        notes
        == [
            "PDF in language en: no font here has 1 characters of the files; "
            "their codes stand instead (U+E000)"
        ]
        or notes == []
    )  # private characters are written out like hidden ones
    assert "\ue000" not in "".join(texts(path))
    assert re.search(r"By(\[U\+E000\]|\\ue000)d", "".join(texts(path)))


def test_a_name_in_another_script_is_given_by_codes(small: Edition, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"

    notes = write_pdf(renamed(small, "Car \U0001f9ff"), path, "en", {})

    assert len(notes) == 1
    assert "U+1F9FF" in notes[0]
    assert "Car [U+1F9FF]" in " ".join(texts(path))


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any font of its own."""
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(font_manager, "findSystemFonts", list)


@pytest.mark.usefixtures("no_fonts")
def test_both_reports_are_the_same_bytes_on_a_machine_without_fonts(
    small: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = [tmp_path / f"bare.{language}.pdf" for language in LANGUAGES]
    assert [write_pdf(small, path, path.suffixes[0][1:], {}) for path in bare] == [
        [],
        [],
    ]
    monkeypatch.undo()

    for path in bare:
        own = path.with_name(path.name.replace("bare", "own"))
        assert write_pdf(small, own, path.suffixes[0][1:], {}) == []
        assert own.read_bytes() == path.read_bytes()


@pytest.mark.usefixtures("no_fonts")
def test_a_rare_character_that_no_font_here_has_is_given_by_its_code(
    small: Edition, tmp_path: Path
) -> None:
    path = tmp_path / "zh.pdf"

    notes = write_pdf(renamed(small, "㫈车"), path, "zh", {})

    assert "U+3AC8" in notes[0]
    assert "[U+3AC8]车" in "".join(texts(path))


def test_a_chinese_name_takes_a_second_font_for_itself_alone(
    small: Edition, tmp_path: Path
) -> None:
    edition = renamed(small, "车 ₂")
    faces, unknown = faces_of(printable(report_content(edition, "en", {})))
    assert ([one.family for one in faces], unknown) == (["DejaVu Sans", "Noto Sans SC Subset"], "")
    path = tmp_path / "en.pdf"
    assert write_pdf(edition, path, "en", {}) == []
    assert "车 ₂" in "".join(texts(path))
    printed = path.read_bytes()
    assert b"DejaVuSans" in printed
    assert b"NotoSansSCSubset" in printed


def test_nothing_printed_lacks_a_glyph(small: Edition) -> None:
    content = printable(report_content(small, "en", {}))
    faces, unknown = faces_of(content)

    assert not unknown
    assert [one.family for one in faces] == ["DejaVu Sans"]
    changed = spelt_out({"name": "aé", "svg": "é"}, "é")
    assert changed == {"name": "a[U+00E9]", "svg": "é"}


def test_the_assessed_basis_is_printed_too(real_copy: Spoilable, tmp_path: Path) -> None:
    workspace = real_copy.open()
    reasons = workspace.reasons("automakers-2024")
    edition = Edition.of(workspace, reasons.card, reasons)
    path = tmp_path / "assessed.pdf"

    assert write_pdf(edition, path, "en", {}) == []

    pages = texts(path)
    assert any("they are not complete" in page for page in pages)
    assert any("4.4–98.6" in page for page in pages)  # Polestar, from certain to possible


def test_an_evaluation_without_companies_of_one_kind_is_printed(
    small: Edition, tmp_path: Path
) -> None:
    one = small.card.order[0]
    card = small.card.without([c for c in small.card.companies if c != one])
    path = tmp_path / "one.pdf"

    assert write_pdf(replace(small, card=card), path, "en", {}) == []
    assert small.entities[one].name.en in " ".join(texts(path))
