"""A report is complete or not there, says what it was made from, and a draft says it is one."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from cati.problems import CatiError
from cati.report import publish as publishing
from cati.report.fonts import MissingFontError
from cati.report.manifest import CHECKSUMS, MANIFEST, digests
from cati.report.publish import OUT, edition_of, publish
from cati.report.release import NotReleasableError
from tests.conftest import Spoilable

NAME = "automakers-2024"


def make(workspace: Spoilable) -> Path:
    return publish(workspace.open(), NAME).folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize("basis", ["published", "assessed"])
def test_two_runs_give_the_same_bytes_in_every_form_but_for_the_manifest(
    real_copy: Spoilable, basis: str
) -> None:
    runs = []
    for _ in range(2):
        folder = publish(real_copy.open(), NAME, basis).folder  # type: ignore[arg-type]
        runs.append(contents(folder))
    first, second = runs
    assert {name for name in first if first[name] != second.get(name)} <= {MANIFEST}
    assert first.keys() == second.keys()
    forms = {Path(name).suffix for name in first}
    assert {".html", ".pdf", ".xlsx", ".svg", ".png", ".csv", ".json", ".txt"} <= forms


def test_every_form_is_there_in_both_languages_with_its_checksum(tiny: Spoilable) -> None:
    folder = publish(tiny.open(), "first").folder
    assert folder == tiny.root / "reports/first" / OUT
    found = contents(folder)
    for language in ("en", "zh"):
        for form in (f"first.{language}.xlsx", f"first.{language}.pdf", f"{language}/index.html"):
            assert found[form], form
    summed = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    assert dict(line.split("  ")[::-1] for line in summed) == {
        file: digest for file, digest in digests(folder).items() if file != CHECKSUMS
    }
    assert not tiny.problems()


def test_a_failure_leaves_the_old_report_and_no_rubbish(
    tiny: Spoilable, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tiny.root / "reports/first"
    (home / OUT).mkdir()
    (home / OUT / "index.html").write_text("old", encoding="utf-8")
    before = sorted(home.iterdir())

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "write_manifest", fail)
    with pytest.raises(CatiError, match="cannot be written: No space left on device"):
        publish(tiny.open(), "first")
    assert (home / OUT / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(home.iterdir()) == before


@pytest.mark.slow
def test_without_a_chinese_font_the_report_is_made_and_says_so(
    real_copy: Spoilable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cati.report.figures import drawing as figures

    draw = figures.draw_figures

    def only_english(edition: object, language: str, draft: bool) -> object:
        if language == "zh":
            raise MissingFontError("汉")
        return draw(edition, language, draft)  # type: ignore[arg-type]

    monkeypatch.setattr(figures, "draw_figures", only_english)
    published = publish(real_copy.open(), NAME)
    assert published.notes[0].startswith("no figures in language zh, English ones instead: ")
    assert not (published.folder / "figures" / "zh").exists()
    assert (published.folder / "zh" / "index.html").is_file()


def test_before_its_embargo_nothing_but_drafts(tiny: Spoilable) -> None:
    tiny.change("reports/first/evaluation.yaml", "bands:", "embargo: '2031-02-01'\nbands:")
    eve, day = datetime.date(2031, 1, 31), datetime.date(2031, 2, 1)
    with pytest.raises(NotReleasableError, match="embargo until 2031-02-01"):
        publish(tiny.open(), "first", today=eve)
    assert not (tiny.root / "reports/first" / OUT).exists()

    assert publish(tiny.open(), "first", draft=True, today=eve).folder.name == "out-draft"
    assert publish(tiny.open(), "first", today=day).folder.name == OUT


def test_a_draft_says_so_in_every_form(tiny: Spoilable) -> None:
    folder = publish(tiny.open(), "first", draft=True).folder
    final = publish(tiny.open(), "first").folder

    for language, word in (("en", "Draft"), ("zh", "")):
        for page in folder.glob(f"{language}/**/*.html"):
            content = page.read_text(encoding="utf-8")
            same = (final / page.relative_to(folder)).read_text(encoding="utf-8")
            assert 'class="draft-banner"' in content, page
            assert 'class="draft-banner"' not in same, page
            assert word in content
        with pypdfium2.PdfDocument(folder / f"first-draft.{language}.pdf") as pdf:
            with pypdfium2.PdfDocument(final / f"first.{language}.pdf") as clean:
                assert len(pdf) == len(clean)
            if language == "en":
                for number in range(len(pdf)):
                    assert "draft" in pdf[number].get_textpage().get_text_range().lower()
        book = load_workbook(folder / f"first-draft.{language}.xlsx")
        assert all(sheet.oddHeader.center.text for sheet in book)
        for figure in (folder / "figures" / language).glob("*.[sp][vn]g"):
            clean_figure = final / figure.relative_to(folder)
            assert figure.read_bytes() != clean_figure.read_bytes(), figure
    for table in (folder / "data").glob("*.csv"):
        assert table.stem.endswith("-draft")
    package = json.loads((folder / "data/datapackage.json").read_text(encoding="utf-8"))
    assert (package["draft"], package["title"][:7]) == (True, "DRAFT: ")
    for file in ("data/report.json", MANIFEST):
        assert json.loads((folder / file).read_text(encoding="utf-8"))["draft"] is True
        assert json.loads((final / file).read_text(encoding="utf-8"))["draft"] is False
    assert "Draft" in (folder / "data/NOTICE.txt").read_text(encoding="utf-8")


def test_pages_lead_to_files_that_are_there(tiny: Spoilable) -> None:
    import re

    for draft in (False, True):
        folder = publish(tiny.open(), "first", draft=draft).folder
        for page in folder.rglob("*.html"):
            for link in re.findall(r'href="([^"#:?]+)["#?]', page.read_text(encoding="utf-8")):
                assert (page.parent / link).exists(), (page.relative_to(folder), link)


def test_an_edition_has_no_more_than_may_be_published(tiny: Spoilable) -> None:
    edition = edition_of(tiny.open(), "first")
    assert set(edition.store.evaluations) == {"first"}
    assert edition.store.contacts == {}
