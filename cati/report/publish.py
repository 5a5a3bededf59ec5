"""Rendering an edition into a folder, all of it or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cati.model.language import LANGUAGES, Language
from cati.problems import UsageError, shown
from cati.report.allowed import public_store
from cati.report.edition import Edition
from cati.report.file_names import DATA, figure_files, name_mark, pdf_file, workbook_file
from cati.report.kept import corrected_files
from cati.report.language import translations
from cati.report.manifest import write_checksums, write_manifest
from cati.report.release import require_release
from cati.report.taking_place import beside, take_place
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
    edition : Edition
        What was written.
    """

    folder: Path
    notes: tuple[str, ...]
    edition: Edition

    @property
    def link(self) -> str:
        """What opens its first page."""
        return (self.folder / "index.html").resolve().as_uri()

    def contents(self, language: Language) -> str:
        """What lies in the folder, in a sentence."""
        count = len(self.edition.card.order)
        return (
            translations(language)
            .ngettext(
                "The ranking of {n} company: pages, printed report, workbooks, figures and data.",
                "The ranking of {n} companies: pages, printed report, workbooks, figures and data.",
                count,
            )
            .format(n=f"{count:,}")
        )


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
        If the folder cannot be written, or holds what no report has written.
    """
    if draft and incomplete:
        raise UsageError("--draft and --incomplete: give one; a draft need not be complete")
    edition = edition_of(workspace, evaluation, basis, draft=draft, incomplete=incomplete)
    root = workspace.store.root
    folder = root / "reports" / evaluation / _folder_name(edition)
    if not draft:
        day = today or datetime.date.today()
        require_release(workspace, evaluation, day, folder, edition.card, incomplete=incomplete)
    with beside(root, folder) as fresh:
        notes = render(edition, fresh)
        write_manifest(edition, fresh)
        take_place(root, fresh, folder)
    return Published(folder, tuple(notes), edition)


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
    return Edition.of(
        told,
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
    from cati.report.fonts import SHOWN, MissingFontError

    figures: Figures = {}
    missing = []
    for language in LANGUAGES:
        try:
            figures[language] = draw_figures(edition, language)
        except MissingFontError as error:
            missing.append(f"no figures in language {language}, English ones instead: {error}")
    for language, drawn in figures.items():
        for figure in drawn.values():
            if figure.undrawn:
                chars = ", ".join(map(shown, figure.undrawn[:SHOWN]))
                missing.append(
                    f"figure {figure.name} in language {language}: no font here can draw {chars}; "
                    "escapes stand in their place"
                )
    return figures, missing


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
