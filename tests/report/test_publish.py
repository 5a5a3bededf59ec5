"""A report is complete or not there, and says what it was made from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from cati.problems import CatiError
from cati.report import publish as publishing
from cati.report.fonts import MissingFontError
from cati.report.publish import MANIFEST, OUT, publish
from tests.conftest import Spoilable

NAME = "automakers-2024"


def make(workspace: Spoilable) -> Path:
    opened = workspace.open()
    return publish(opened.store, opened.score(NAME)).folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_two_runs_give_the_same_bytes_but_for_the_manifest(real_copy: Spoilable) -> None:
    first, second = (contents(make(real_copy)) for _ in range(2))
    assert {name for name in first if first[name] != second.get(name)} <= {MANIFEST}
    assert first.keys() == second.keys()


@pytest.mark.slow
def test_the_manifest_lists_every_file_with_its_checksum(real_copy: Spoilable) -> None:
    folder = make(real_copy)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    found = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in contents(folder).items()
        if name != MANIFEST
    }
    assert manifest["files"] == found
    assert (manifest["evaluation"], manifest["basis"]) == (NAME, "published")


@pytest.mark.slow
def test_a_failure_leaves_the_old_report_and_no_rubbish(
    real_copy: Spoilable, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = real_copy.root / "reports" / NAME
    (home / OUT).mkdir()
    (home / OUT / "index.html").write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "_write_manifest", fail)
    with pytest.raises(CatiError, match="cannot be written: No space left on device"):
        make(real_copy)
    assert (home / OUT / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in home.iterdir()) == [
        "evaluation.yaml",
        "out",
        "points.csv",
        "published.csv",
    ]


@pytest.mark.slow
def test_without_a_chinese_font_the_report_is_made_and_says_so(
    real_copy: Spoilable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cati.report import figures

    draw = figures.draw_figures

    def only_english(edition: object, language: str) -> object:
        if language == "zh":
            raise MissingFontError("汉")
        return draw(edition, language)  # type: ignore[arg-type]

    monkeypatch.setattr(figures, "draw_figures", only_english)
    opened = real_copy.open()
    published = publish(opened.store, opened.score(NAME))
    (note,) = published.notes
    assert note.startswith("no figures in language zh, English ones instead: ")
    assert not (published.folder / "figures" / "zh").exists()
    assert (published.folder / "zh" / "index.html").is_file()
