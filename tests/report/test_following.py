"""A published folder that was changed, that no longer follows, or that another cati made."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from cati.cli import main
from cati.problems import UsageError
from cati.report.following import (
    Differences,
    Following,
    compare,
    follow,
    following_lines,
    manifest_today,
)
from cati.report.manifest import MANIFEST, Manifest, digests, read_manifest
from cati.report.publish import publish
from cati.report.release import NotReleasableError
from cati.research.errata import keep_first
from tests.conftest import ROOT, Spoilable

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Spoilable:
    """The tiny workspace with its report; no test changes it."""
    tiny = Spoilable(ROOT / "tests/tiny", tmp_path_factory.mktemp("made"))
    publish(tiny.open(), "first", draft=True)
    return tiny


@pytest.fixture(scope="module")
def today(made: Spoilable) -> Manifest:
    """What its manifest would say today; the rendering that every check of it begins with."""
    return manifest_today(made.open(), "first", "published", draft=True)


@pytest.fixture
def published(made: Spoilable, tmp_path: Path) -> Path:
    """A copy of the report, somewhere else."""
    return Path(shutil.copytree(made.root / "reports/first/out-draft", tmp_path / "site"))


def check(workspace: Spoilable, folder: Path, *more: str) -> tuple[int, str]:
    """Exit code, and everything that is printed."""
    arguments = ["-C", str(workspace.root), "report", "first", "--check", str(folder), *more]
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def compared(folder: Path, today: Manifest) -> Following:
    return compare(read_manifest(folder), digests(folder), today)


def state(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_what_was_published_follows_and_nothing_is_written(
    made: Spoilable, published: Path
) -> None:
    before = state(made.root), state(published)
    code, said = check(made, published)
    count = len(json.loads((published / MANIFEST).read_text(encoding="utf-8"))["files"])
    assert (code, said.splitlines()) == (
        0,
        [
            f"The folder agrees with its own manifest: {count} files.",
            "Every published file follows from today's files.",
            "What it was made from has not changed.",
        ],
    )
    assert (state(made.root), state(published)) == before


def test_files_that_were_changed_removed_or_added_are_named(
    today: Manifest, published: Path
) -> None:
    ranking = published / "data/ranking-draft.csv"
    ranking.write_bytes(ranking.read_bytes().replace(b"13", b"99"))
    (published / "first-draft.en.xlsx").unlink()
    (published / "en/extra.html").write_text("x", encoding="utf-8")
    (published / "evil.html").symlink_to("/etc/passwd")
    found = compared(published, today)
    assert found.tampered == Differences(
        ("data/ranking-draft.csv",), ("first-draft.en.xlsx",), ("en/extra.html", "evil.html")
    )
    assert not found.stale
    assert not found.holds
    lines = list(following_lines(found, "en"))
    assert lines[0] == "The folder is not what was published:"
    assert "  changed: data/ranking-draft.csv" in lines
    assert lines[-1] == "What it was made from has not changed."


def test_changed_inputs_are_named_and_told_from_tampering(tiny: Spoilable, published: Path) -> None:
    tiny.change("companies/alpha/company.yaml", "Alpha", "Alpha Motors")
    found = follow(tiny.open(), "first", published)
    assert not found.holds
    assert not found.tampered
    assert found.inputs.changed == ("companies/alpha/company.yaml",)
    assert "data/companies-draft.csv" in found.stale.changed
    assert "data/indicators-draft.csv" not in found.stale.changed
    assert found.versions == {}
    lines = list(following_lines(found, "en"))
    assert lines[0].startswith("The folder agrees with its own manifest: ")
    assert lines[1] == "These files no longer follow:"
    assert lines[-1] == "  changed: companies/alpha/company.yaml"


def test_inputs_that_change_nothing_leave_it_standing(tiny: Spoilable, published: Path) -> None:
    tiny.write(
        "companies/omega/company.yaml",
        tiny.read("companies/alpha/company.yaml").replace("id: alpha", "id: omega"),
    )
    found = follow(tiny.open(), "first", published)
    assert found.inputs.added == ("companies/omega/company.yaml",)
    assert found.holds


def test_another_version_is_named(today: Manifest, published: Path) -> None:
    text = (published / MANIFEST).read_text(encoding="utf-8")
    older = re.sub(r'"cati": "[^"]*"', '"cati": "0.0.1"', text, count=1)
    (published / MANIFEST).write_text(older, encoding="utf-8")
    found = compared(published, today)
    assert found.versions["cati"][0] == "0.0.1"
    assert found.holds
    assert any("cati: 0.0.1 then, " in line for line in following_lines(found, "en"))


def test_a_changed_manifest_does_not_hide_a_changed_file(today: Manifest, published: Path) -> None:
    page = published / "en/index.html"
    page.write_bytes(page.read_bytes() + b"<p>x</p>")
    content = json.loads((published / MANIFEST).read_text(encoding="utf-8"))
    content["files"]["en/index.html"] = hashlib.sha256(page.read_bytes()).hexdigest()
    (published / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    found = compared(published, today)
    assert not found.tampered
    assert found.stale.changed == ("en/index.html",)
    last = list(following_lines(found, "en"))[-1]
    assert last == "Files and versions are the same: the manifest was changed."


def relisted(folder: Path, changed: str) -> None:
    """As if other files had been published: their checksums in the manifest are others."""
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    other = hashlib.sha256(b"other").hexdigest()
    for file in [name for name in content["files"] if re.search(changed, name)]:
        content["files"][file] = other
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")


def test_another_font_of_the_machine_is_named_as_a_cause(today: Manifest, published: Path) -> None:
    relisted(published, r"\.(svg|png|pdf)$|SHA256SUMS")
    found = compared(published, today)
    assert found.stale
    last = list(following_lines(found, "en"))[-1]
    assert last == "Files and versions are the same: the manifest was changed."

    text = (published / MANIFEST).read_text(encoding="utf-8")
    with_font = text.replace('"versions": {', '"versions": {"a font of the machine": "Other 01",')
    (published / MANIFEST).write_text(with_font, encoding="utf-8")
    lines = list(following_lines(compared(published, today), "en"))
    assert lines[-1] == "a font of the machine: Other 01 then, none now"


@pytest.mark.parametrize(
    ("field", "said"),
    [("evaluation", "is of 'other', not of first"), ("methodology", "is by 'other', not by ")],
)
def test_a_folder_of_another_evaluation_or_methodology_is_wrong_usage(
    made: Spoilable, published: Path, field: str, said: str
) -> None:
    content = json.loads((published / MANIFEST).read_text(encoding="utf-8"))
    (published / MANIFEST).write_text(json.dumps({**content, field: "other"}), encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        follow(made.open(), "first", published)
    assert check(made, published)[0] == 2


@pytest.mark.parametrize("more", [["--draft"], ["--basis", "published"]])
def test_basis_and_draft_come_from_the_folder(
    made: Spoilable, published: Path, more: list[str]
) -> None:
    assert check(made, published, *more)[0] == 2


def test_many_names_are_counted_and_strange_ones_are_harmless() -> None:
    none = Differences((), (), ())
    many = Differences(tuple(f"{n:03}" for n in range(100)), ("\x1b[2J\u202e",), ())
    found = Following(100, many, none, none, {"\x1b[2J": ("\u202e", "")})
    lines = list(following_lines(found, "en"))
    assert "  changed: and 80 more" in lines
    assert not any(char in line for line in lines for char in "\x1b\u202e")


def test_a_report_of_an_edition_that_was_corrected_is_told_with_the_mend(
    tiny: Spoilable, tmp_path: Path
) -> None:
    """Also where somebody has rendered it anew, so that every file follows."""
    keep_first(tiny.open(), "first", "Wen", datetime.date(2026, 3, 1))
    folder = publish(tiny.open(), "first").folder
    tiny.change("reports/first/evaluation.yaml", "bands: [5, 10]", "bands: [5, 11]")
    with pytest.raises(NotReleasableError, match="not edition 1 any more, which is kept"):
        publish(tiny.open(), "first")
    code, said = check(tiny, folder)
    assert code == 1
    assert "Today it would be refused as a final report:" in said
    assert "not edition 1 any more, which is kept: reports/first/evaluation.yaml" in said
    assert "'cati erratum add first' tells the correction" in said
    found = follow(tiny.open(), "first", folder)
    same = Differences((), (), ())
    assert found.refused
    assert not replace(found, stale=same, tampered=same).holds
