"""A report is complete or not there, says what it was made from, and a draft says it is one."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from cati.problems import CatiError, ProblemsError
from cati.report import publish as publishing
from cati.report.fonts import MissingFontError
from cati.report.manifest import CHECKSUMS, MANIFEST, digests, write_manifest
from cati.report.publish import OUT, edition_of, publish
from cati.report.release import NotReleasableError
from cati.scoring.scorecard import Basis
from cati.store.file_kinds import CONTACTS
from cati.store.new_workspace import new_workspace
from tests.conftest import ROOT, Spoilable, missing
from tests.six import NAME, six_companies

pytestmark = pytest.mark.slow

DAY = datetime.date(2031, 2, 1)
EVE = DAY - datetime.timedelta(days=1)
ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}


@dataclass(frozen=True)
class Made:
    """The tiny workspace with a draft from the eve of its day and a report from the day itself."""

    workspace: Spoilable
    draft: Path
    final: Path


def under_embargo(workspace: Spoilable) -> Spoilable:
    workspace.change("reports/first/evaluation.yaml", "bands:", f"embargo: '{DAY}'\nbands:")
    return workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """No test changes it."""
    tiny = under_embargo(Spoilable(ROOT / "tests/tiny", tmp_path_factory.mktemp("made")))
    draft = publish(tiny.open(), "first", draft=True, today=EVE).folder
    return Made(tiny, draft, publish(tiny.open(), "first", today=DAY).folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("basis", "workspace"),
    [
        pytest.param("published", six_companies, id="published"),
        pytest.param("assessed", six_companies, id="assessed"),
        pytest.param(
            "published", lambda root, _: Spoilable(ROOT, root), id="real", marks=pytest.mark.soak
        ),
    ],
)
def test_two_runs_give_the_same_bytes_in_every_form_but_for_the_manifest(
    tmp_path: Path, basis: Basis, workspace: Callable[[Path, Basis], Spoilable]
) -> None:
    incomplete = basis == "assessed"
    more = ["--incomplete"] if incomplete else []
    here = workspace(tmp_path / "here", basis).open()
    folder = publish(here, NAME, incomplete=incomplete).folder
    there = workspace(tmp_path / "some where/else", basis)
    run = subprocess.run(
        [sys.executable, "-m", "cati", "-C", str(there.root), "report", NAME, *more],
        env=os.environ | ELSEWHERE | {"PYTHONPATH": str(ROOT)},
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    *notes, contents_told = run.stderr.splitlines()
    assert all(line.startswith("note: ") for line in notes), "no terminal, no progress"
    assert contents_told.startswith("The ranking of ")
    other = there.root / "reports" / NAME / folder.name
    assert run.stdout == f"{(other / 'index.html').as_uri()}\n"
    first, second = contents(folder), contents(other)
    assert {name for name in first if first[name] != second.get(name)} <= {MANIFEST}
    assert first.keys() == second.keys()
    forms = {Path(name).suffix for name in first}
    assert {".html", ".pdf", ".xlsx", ".svg", ".png", ".csv", ".json", ".txt"} <= forms


def test_every_form_is_there_in_both_languages_with_its_checksum(made: Made) -> None:
    folder = made.final
    assert folder == made.workspace.root / "reports/first" / OUT
    found = contents(folder)
    for language in ("en", "zh"):
        for form in (f"first.{language}.xlsx", f"first.{language}.pdf", f"{language}/index.html"):
            assert found[form], form
    summed = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    assert dict(line.split("  ")[::-1] for line in summed) == {
        file: digest for file, digest in digests(folder).items() if file != CHECKSUMS
    }
    assert not made.workspace.problems()


def half_of_it(_: object, folder: Path) -> list[str]:
    folder.mkdir()
    (folder / "index.html").write_text("new", encoding="utf-8")
    raise OSError(28, "No space left on device")


def all_of_it(_: object, folder: Path) -> list[str]:
    folder.mkdir()
    return []


def lost(_: object, folder: Path) -> None:
    """So that the new report cannot take the place from which the old one has gone."""
    folder.rmdir()


@pytest.mark.parametrize(
    ("render", "reason"),
    [(half_of_it, "No space left on device"), (all_of_it, "No such file or directory")],
)
def test_a_failure_leaves_the_old_report_and_no_rubbish(
    tiny: Spoilable, monkeypatch: pytest.MonkeyPatch, render: object, reason: str
) -> None:
    home = tiny.root / "reports/first"
    (home / OUT).mkdir()
    (home / OUT / "index.html").write_text("old", encoding="utf-8")
    write_manifest(edition_of(tiny.open(), "first"), home / OUT)
    before = sorted(home.iterdir())

    monkeypatch.setattr(publishing, "render", render)
    monkeypatch.setattr(publishing, "write_manifest", lost)
    with pytest.raises(CatiError, match=f"cannot be written: {reason}"):
        publish(tiny.open(), "first")
    assert (home / OUT / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(home.iterdir()) == before


@pytest.mark.parametrize("rules", ["of this repository", "of a new workspace"])
def test_what_a_killed_run_leaves_is_no_fault_and_stays_out_of_git(
    tiny: Spoilable, tmp_path_factory: pytest.TempPathFactory, rules: str
) -> None:
    git = shutil.which("git")
    if git is None:
        missing("a program named git")
    if rules == "of this repository":
        source = ROOT
    else:
        source = tmp_path_factory.mktemp("new")
        new_workspace(source)
    shutil.copy(source / ".gitignore", tiny.root)
    left = [f"reports/first/{folder}/index.html" for folder in (".out-x1y2/old", "out-draft")]
    for file in left:
        tiny.write(file, "x")
    subprocess.run([git, "init", "--quiet", str(tiny.root)], check=True)
    seen = [git, "-C", str(tiny.root), "ls-files", "--others", "--exclude-standard"]
    listed = subprocess.run(seen, capture_output=True, text=True, check=True).stdout.splitlines()
    assert "reports/first/evaluation.yaml" in listed
    assert not set(left) & set(listed)
    assert not tiny.problems()


def test_without_a_chinese_font_the_report_is_made_and_says_so(
    tiny: Spoilable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cati.report.figures import drawing as figures

    draw = figures.draw_figures

    def only_english(edition: object, language: str) -> object:
        if language == "zh":
            raise MissingFontError("汉")
        return draw(edition, language)  # type: ignore[arg-type]

    monkeypatch.setattr(figures, "draw_figures", only_english)
    published = publish(tiny.open(), "first")
    assert published.notes[0].startswith("no figures in language zh, English ones instead: ")
    assert not (published.folder / "figures" / "zh").exists()
    assert (published.folder / "zh" / "index.html").is_file()


def test_before_its_embargo_nothing_but_drafts(tiny: Spoilable, made: Made) -> None:
    with pytest.raises(NotReleasableError, match="embargo until 2031-02-01"):
        publish(under_embargo(tiny).open(), "first", today=EVE)
    assert not (tiny.root / "reports/first" / OUT).exists()
    assert (made.draft.name, made.final.name) == ("out-draft", OUT)


def test_errors_in_the_files_come_first_and_stop_drafts_too(tiny: Spoilable) -> None:
    under_embargo(tiny).change("companies/alpha/company.yaml", "kind:", "knid:")
    for draft in (False, True):
        with pytest.raises(ProblemsError) as caught:
            publish(tiny.open(), "first", draft=draft, today=EVE)
        assert "embargo" not in str(caught.value)


def test_a_draft_says_so_in_every_form(made: Made) -> None:
    folder, final = made.draft, made.final
    for language, word in (("en", "Draft"), ("zh", "")):
        for page in folder.glob(f"{language}/**/*.html"):
            content = page.read_text(encoding="utf-8")
            same = (final / page.relative_to(folder)).read_text(encoding="utf-8")
            assert 'class="unfinished-banner"' in content, page
            assert 'class="unfinished-banner"' not in same, page
            assert word in content
        with pypdfium2.PdfDocument(folder / f"first-draft.{language}.pdf") as pdf:
            with pypdfium2.PdfDocument(final / f"first.{language}.pdf") as clean:
                assert len(pdf) == len(clean)
            if language == "en":
                for number in range(len(pdf)):
                    assert "draft" in pdf[number].get_textpage().get_text_range().lower()
        book = load_workbook(folder / f"first-draft.{language}.xlsx")
        assert all(sheet.oddHeader.center.text for sheet in book)
        figures = list((folder / "figures" / language).iterdir())
        assert {figure.suffix for figure in figures} == {".svg", ".png", ".csv"}
        for figure in figures:
            assert figure.stem.endswith("-draft"), figure
            clean_figure = final / "figures" / language / figure.name.replace("-draft", "")
            alike = figure.read_bytes() == clean_figure.read_bytes()
            assert alike == (figure.suffix == ".csv"), figure
    for table in folder.rglob("*.csv"):
        assert table.stem.endswith("-draft"), table
    package = json.loads((folder / "data/datapackage.json").read_text(encoding="utf-8"))
    assert (package["draft"], package["title"][:7]) == (True, "DRAFT: ")
    for file in ("data/report.json", MANIFEST):
        assert json.loads((folder / file).read_text(encoding="utf-8"))["draft"] is True
        assert json.loads((final / file).read_text(encoding="utf-8"))["draft"] is False
    assert "Draft" in (folder / "data/NOTICE.txt").read_text(encoding="utf-8")


def test_pages_lead_to_files_that_are_there(made: Made) -> None:
    for folder in (made.draft, made.final):
        for page in folder.rglob("*.html"):
            for link in re.findall(r'href="([^"#:?]+)["#?]', page.read_text(encoding="utf-8")):
                assert (page.parent / link).exists(), (page.relative_to(folder), link)


def test_an_edition_has_no_more_than_may_be_published(tiny: Spoilable) -> None:
    edition = edition_of(tiny.open(), "first")
    assert set(edition.store.evaluations) == {"first"}
    assert edition.store.of(CONTACTS) == {}
