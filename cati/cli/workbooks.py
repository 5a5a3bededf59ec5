"""Commands for the workbooks that assessors fill: workbook export, workbook import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import (
    LANGUAGE,
    WRONG_DATA,
    Commands,
    company_named,
    counted,
    fail,
    opened,
)
from cati.problems import ProblemsError, report_lines

if TYPE_CHECKING:
    from cati.model.language import Language


@click.group(cls=Commands)
def workbook() -> None:
    """Answer the criteria in Excel: one workbook for each company."""


@workbook.command("export")
@click.argument("evaluation")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--companies",
    metavar="A,B",
    help="Ids or names, with commas between them; all of the evaluation unless given.",
)
@click.option(
    "--assessor",
    metavar="NAME",
    help="For this assessor's own answers, without anybody else's.",
)
@LANGUAGE
@click.pass_obj
def workbook_export(
    folder: Path,
    evaluation: str,
    directory: Path,
    companies: str | None,
    assessor: str | None,
    lang: Language,
) -> None:
    """Write the workbooks of an EVALUATION's companies into DIRECTORY."""
    from rich.progress import Progress

    from cati.report.texts.terminal import console
    from cati.research.workbook.export import WorkbookExport, export_workbooks

    workspace = opened(folder)
    export = WorkbookExport(workspace, evaluation, lang, assessor or "")
    chosen = export.companies
    if companies is not None:
        names = [name.strip() for name in companies.split(",")]
        chosen = tuple(dict.fromkeys(company_named(workspace, name, lang).id for name in names))
    screen = console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("workbooks", total=len(chosen))
        for _ in export_workbooks(export, chosen, directory):
            progress.advance(task)
    click.echo(f"{directory}: {counted(len(chosen), 'workbook')} of {evaluation}", err=True)


@workbook.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@LANGUAGE
@click.pass_obj
def workbook_import(folder: Path, files: tuple[Path, ...], dry_run: bool, lang: Language) -> None:
    """Take over what stands in filled workbooks: all FILES, or none if anything is wrong."""
    from cati.research.workbook.importing import plan_import
    from cati.research.workbook.texts import import_lines

    try:
        plan = plan_import(folder, files)
        if not dry_run:
            plan.carry_out()
    except ProblemsError as error:
        for line in report_lines(error.problems):
            click.echo(line, err=True)
        fail(f"{counted(len(error.problems), 'error')}; nothing written", WRONG_DATA)
    for note in plan.notes:
        click.echo(note, err=True)
    for line in import_lines(plan, lang):
        click.echo(line)
    if dry_run or not plan.texts:
        click.echo("nothing written", err=True)
