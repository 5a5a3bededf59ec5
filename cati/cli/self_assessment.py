"""The command for a company that assesses itself: self-assess."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import LANGUAGE, WRONG_DATA, counted, fail, opened
from cati.problems import ProblemsError, report_lines

if TYPE_CHECKING:
    from cati.model.language import Language


@click.command("self-assess")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--evaluation", metavar="EVALUATION", help="Needed only where there are several.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="Form of the output; csv has the list of gaps, json everything.",
)
@LANGUAGE
@click.pass_obj
def self_assess(
    folder: Path, files: tuple[Path, ...], evaluation: str | None, form: str, lang: Language
) -> None:
    """Take filled workbook FILES into a self-assessment, and print what it comes to.

    Without FILES, print what the answers so far come to.
    """
    from cati.report.cells import csv_text
    from cati.report.texts.terminal import console
    from cati.research.self_assessment import texts
    from cati.research.self_assessment.result import own_evaluation
    from cati.research.self_assessment.result import self_assess as assess_oneself

    workspace = opened(folder)
    chosen = own_evaluation(workspace, evaluation).id
    if files:
        _take_in(folder, files, chosen, lang)
        workspace = opened(folder)
    result = assess_oneself(workspace, chosen)
    entities = workspace.store.entities
    if form == "csv":
        click.echo(csv_text(texts.gap_records(result, lang, exact=False)), nl=False)
    elif form == "json":
        records = texts.gap_records(result, lang)
        click.echo(texts.result_json(result, records), nl=False)
    else:
        terminal = console()
        for line in texts.result_lines(result, entities, lang):
            click.echo(line)
        for joint_ventures in (True, False):
            table = texts.peer_table(result, entities, lang, joint_ventures)
            if table is not None:
                terminal.print(table)
        terminal.print(texts.gap_table(result, lang))
    for line in texts.result_notes(result, lang):
        click.echo(line, err=True)


def _take_in(folder: Path, files: tuple[Path, ...], evaluation: str, lang: Language) -> None:
    """Import workbooks of a self-assessment; what changes is told on standard error."""
    from cati.research.self_assessment.result import require_own
    from cati.research.workbook.importing import plan_import
    from cati.research.workbook.texts import import_lines

    try:
        plan = plan_import(folder, files)
        require_own(plan.texts, evaluation)
        plan.carry_out()
    except ProblemsError as error:
        for line in report_lines(error.problems):
            click.echo(line, err=True)
        fail(f"{counted(len(error.problems), 'error')}; nothing written", WRONG_DATA)
    for line in (*plan.notes, *import_lines(plan, lang)):
        click.echo(line, err=True)
