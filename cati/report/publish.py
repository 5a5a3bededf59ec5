"""Rendering an edition into a folder, all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cati import __version__
from cati.problems import CatiError
from cati.report.edition import Edition
from cati.report.language import LANGUAGES, Language
from cati.scoring.scorecard import Scorecard
from cati.store.store import Store

if TYPE_CHECKING:
    from cati.report.figures import Figure

OUT = "out"
MANIFEST = "manifest.json"

Figures = dict[Language, dict[str, "Figure"]]


@dataclass(frozen=True)
class Published:
    """Where an edition was written, and what a reader of it should know.

    Attributes
    ----------
    folder : Path
    notes : tuple of str
        What could not be made and why.
    """

    folder: Path
    notes: tuple[str, ...]


def publish(store: Store, card: Scorecard) -> Published:
    """Write pages, workbooks, figures and data files of a scorecard.

    The edition is made beside the folder ``out`` of its evaluation and then
    takes its place, so that what lies there is always complete.

    Parameters
    ----------
    store : Store
        The files the scorecard comes from.
    card : Scorecard

    Raises
    ------
    CatiError
        If the folder cannot be written.
    """
    edition = Edition.from_store(store, card)
    home = store.root / "reports" / card.evaluation
    try:
        with tempfile.TemporaryDirectory(prefix=".out-", dir=home) as temporary:
            fresh = Path(temporary) / OUT
            fresh.mkdir()
            notes = _render(edition, fresh)
            _write_manifest(store, card, fresh)
            if (home / OUT).exists():
                (home / OUT).rename(Path(temporary) / "old")
            fresh.rename(home / OUT)
    except OSError as error:
        raise CatiError(f"{home}: cannot be written: {error.strerror}") from None
    return Published(home / OUT, tuple(notes))


def _render(edition: Edition, folder: Path) -> list[str]:
    """Everything but the manifest; gives what could not be made."""
    from rich.progress import Progress

    from cati.report.data_files import write_data
    from cati.report.pages import write_pages
    from cati.report.terminal import console
    from cati.report.workbook import write_workbook

    notes: list[str] = []
    figures: Figures = {}

    def draw() -> None:
        drawn, missing = _draw(edition)
        figures.update(drawn)
        notes.extend(missing)
        _write_figures(figures, folder / "figures")

    def workbooks() -> None:
        for language in LANGUAGES:
            name = f"{edition.evaluation.id}.{language}.xlsx"
            write_workbook(edition, folder / name, language)

    steps: list[tuple[str, Callable[[], None]]] = [
        ("figures", draw),
        ("pages", lambda: write_pages(edition, folder, figures)),
        ("workbooks", workbooks),
        ("data files", lambda: write_data(edition, folder / "data")),
    ]
    with Progress(console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("report", total=len(steps))
        for name, step in steps:
            progress.update(task, description=name)
            step()
            progress.advance(task)
    return notes


def _draw(edition: Edition) -> tuple[Figures, list[str]]:
    from cati.report.figures import draw_figures
    from cati.report.fonts import MissingFontError

    figures: Figures = {}
    missing = []
    for language in LANGUAGES:
        try:
            figures[language] = draw_figures(edition, language)
        except MissingFontError as error:
            missing.append(f"no figures in language {language}, English ones instead: {error}")
    return figures, missing


def _write_figures(figures: Figures, folder: Path) -> None:
    for language, drawn in figures.items():
        (folder / language).mkdir(parents=True)
        for name, figure in drawn.items():
            (folder / language / f"{name}.svg").write_bytes(figure.svg)
            (folder / language / f"{name}.png").write_bytes(figure.png)


def _write_manifest(store: Store, card: Scorecard, folder: Path) -> None:
    """What was made from what; the one file that differs from run to run."""
    manifest = {
        "cati": __version__,
        "evaluation": card.evaluation,
        "methodology": card.methodology.id,
        "basis": card.basis,
        "commit": _commit(store.root),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.system(),
        "files": {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _commit(root: Path) -> str | None:
    """The commit the workspace stands at, where it is kept in git."""
    git = shutil.which("git")
    if git is None:
        return None
    command = [git, "-C", str(root), "rev-parse", "HEAD"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return result.stdout.strip() or None
