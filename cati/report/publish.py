"""Rendering an edition into a folder, all of it or nothing."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cati.problems import CatiError, UsageError
from cati.report.allowed import public_store
from cati.report.edition import Edition
from cati.report.file_names import DATA, figure_files, name_mark, pdf_file, workbook_file
from cati.report.kept import corrected_files
from cati.report.language import LANGUAGES, Language
from cati.report.manifest import write_checksums, write_manifest
from cati.report.release import require_release
from cati.scoring.scorecard import Basis
from cati.workspace import Workspace

if TYPE_CHECKING:
    from cati.report.figures.drawing import Figure

OUT = "out"

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


def publish(
    workspace: Workspace,
    evaluation: str,
    basis: Basis | None = None,
    *,
    draft: bool = False,
    incomplete: bool = False,
    today: datetime.date | None = None,
) -> Published:
    """Write the site, the printed reports, workbooks, figures and data files of an evaluation.

    The edition is made beside the folder ``out`` of its evaluation and then
    takes its place, so that what lies there is always complete. A basis that
    is not the evaluation's own has a folder of its own, such as
    ``out-assessed``, and so has what is not final: ``out-draft``, ``out-incomplete``.

    Parameters
    ----------
    workspace : Workspace
    evaluation : str
        Its id.
    basis : {"published", "assessed"}, optional
        The evaluation's own unless given.
    draft : bool
        Whether to make a draft, which says so in every form. Nothing stands in its way
        but files with errors.
    incomplete : bool
        Whether to publish what is no final ranking yet, which says so in every form.
    today : date, optional
        Decides whether an embargo has passed; the real one unless given.

    Raises
    ------
    NotReleasableError
        If it must not be published yet; names everything that stands in the way.
    ProblemsError
        If the files have errors; these come first and alone, since nothing else can be
        known before they are mended.
    UsageError
        If there is no such evaluation, it has no points on this basis, or it is called
        incomplete and is not.
    CatiError
        If the folder cannot be written.
    """
    if draft and incomplete:
        raise UsageError("--draft and --incomplete: give one; a draft need not be complete")
    edition = edition_of(workspace, evaluation, basis, draft=draft, incomplete=incomplete)
    home = workspace.store.root / "reports" / evaluation
    folder = home / _folder_name(edition)
    if not draft:
        day = today or datetime.date.today()
        require_release(workspace, evaluation, day, folder, edition.card, incomplete=incomplete)
    try:
        with tempfile.TemporaryDirectory(prefix=".out-", dir=home) as temporary:
            fresh = Path(temporary) / OUT
            notes = render(edition, fresh)
            write_manifest(workspace.store.root, edition, fresh)
            _take_place(fresh, folder, Path(temporary) / "old")
    except OSError as error:
        raise CatiError(f"{home}: cannot be written: {error.strerror}") from None
    return Published(folder, tuple(notes))


def edition_of(
    workspace: Workspace,
    evaluation: str,
    basis: Basis | None = None,
    *,
    draft: bool = False,
    incomplete: bool = False,
) -> Edition:
    """The edition of an evaluation, made of nothing but what may be published.

    Raises
    ------
    ProblemsError
        If the files have errors.
    UsageError
        If there is no such evaluation, or it has no points on this basis.
    CatiError
        If an edition that was kept is damaged.
    """
    chosen = workspace.basis(evaluation, basis)
    told = Workspace(public_store(workspace.store, evaluation))
    reasons = None
    if chosen == "assessed" or told.store.assessments[evaluation]:
        reasons = told.reasons(evaluation)
    card = reasons.card if reasons and chosen == "assessed" else told.score(evaluation, chosen)
    return Edition.from_store(
        told.store,
        card,
        reasons,
        draft=draft,
        incomplete=incomplete,
        corrected=corrected_files(workspace, evaluation),
    )


def render(edition: Edition, folder: Path) -> list[str]:
    """Write every file of an edition but the manifest into a new folder.

    Returns
    -------
    list of str
        What could not be made and why.
    """
    from rich.progress import Progress

    from cati.report.data.files import write_data
    from cati.report.site.pages import write_pages
    from cati.report.texts.terminal import console
    from cati.report.workbook.writing import write_workbook

    folder.mkdir()
    terminal = console(stderr=True)
    # Where there is no terminal, it would print an empty line.
    progress = Progress(console=terminal, transient=True, disable=not terminal.is_terminal)
    task = progress.add_task("report")
    notes: list[str] = []
    figures: Figures = {}

    def draw() -> None:
        drawn, missing = draw_all(edition)
        figures.update(drawn)
        notes.extend(missing)
        _write_figures(edition, figures, folder)

    def tell_page(path: str) -> None:
        progress.update(task, description=f"pages: {path}")

    def workbooks() -> None:
        for language in LANGUAGES:
            write_workbook(edition, folder / workbook_file(edition, language), language)

    def print_reports() -> None:
        from cati.report.pdf.printing import write_pdf

        for language in LANGUAGES:
            path = folder / pdf_file(edition, language)
            notes.extend(write_pdf(edition, path, language, figures))

    steps: list[tuple[str, Callable[[], None]]] = [
        ("figures", draw),
        ("pages", lambda: write_pages(edition, folder, figures, tell_page)),
        ("PDF", print_reports),
        ("workbooks", workbooks),
        ("data files", lambda: write_data(edition, folder / DATA)),
        ("checksums", lambda: write_checksums(folder)),
    ]
    progress.update(task, total=len(steps))
    with progress:
        for name, step in steps:
            progress.update(task, description=name)
            step()
            progress.advance(task)
    return notes


def draw_all(edition: Edition) -> tuple[Figures, list[str]]:
    """The figures by language, and why there are none in a language."""
    from cati.report.figures.drawing import draw_figures
    from cati.report.fonts import MissingFontError

    figures: Figures = {}
    missing = []
    for language in LANGUAGES:
        try:
            figures[language] = draw_figures(edition, language)
        except MissingFontError as error:
            missing.append(f"no figures in language {language}, English ones instead: {error}")
    return figures, missing


def _take_place(fresh: Path, folder: Path, aside: Path) -> None:
    """Give a new folder the place of one that may be there; that one is back if it fails."""
    if not folder.exists():
        fresh.rename(folder)
        return
    folder.rename(aside)
    try:
        fresh.rename(folder)
    except BaseException:
        aside.rename(folder)
        raise


def _folder_name(edition: Edition) -> str:
    own = edition.card.basis == edition.evaluation.basis
    name = OUT if own else f"{OUT}-{edition.card.basis}"
    return f"{name}{name_mark(edition)}"


def _write_figures(edition: Edition, figures: Figures, folder: Path) -> None:
    for language, drawn in figures.items():
        for name, figure in drawn.items():
            for kind, file in figure_files(edition, language, name).items():
                path = folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(getattr(figure, kind))
