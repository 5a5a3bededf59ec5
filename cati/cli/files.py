"""Commands for the files of a workspace: init, check, format, migrate."""

from __future__ import annotations

import datetime
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import DAY, DONE, LANGUAGE, WRONG_DATA, counted, opened
from cati.problems import UsageError, report_lines

if TYPE_CHECKING:
    from cati.model.language import Language


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option(
    "--example",
    is_flag=True,
    help="With the ranking of 2024: its companies, their evidence, the answers, the printed table.",
)
@click.option(
    "--self-assessment",
    is_flag=True,
    help="A private workspace in which one company assesses itself, with the workbook to fill.",
)
@click.option("--company", metavar="NAME", help="The company that assesses itself.")
@click.option("--id", "company_id", metavar="ID", help="Its id; made of the name unless given.")
@click.option("--methodology", metavar="ID", help="automotive-2024 unless given.")
@click.option(
    "--cutoff",
    type=DAY,
    metavar="DATE",
    help="Cut-off date of the self-assessment; today unless given.",
)
@LANGUAGE
def init(
    directory: Path,
    example: bool,
    self_assessment: bool,
    company: str | None,
    company_id: str | None,
    methodology: str | None,
    cutoff: datetime.datetime | None,
    lang: Language,
) -> None:
    """Make a new workspace in DIRECTORY."""
    if self_assessment:
        if example:
            raise UsageError("--example does not go with --self-assessment")
        if company is None:
            raise UsageError("which company assesses itself? Give --company")
        day = datetime.date.today() if cutoff is None else cutoff.date()
        _init_self_assessment(directory, company, company_id, methodology, day, lang)
        return
    if company or company_id or methodology or cutoff:
        raise UsageError("--company, --id, --methodology and --cutoff go with --self-assessment")
    from cati.store.new_workspace import PEERS, new_workspace

    new_workspace(directory, example=example)
    held = f"the whole of {PEERS}" if example else "the bundled methodologies"
    click.echo(f"{directory}: a workspace with {held}", err=True)
    step = f"cati report {PEERS}" if example else "cati check"
    click.echo(f"next: cd {directory} && {step}", err=True)


def _init_self_assessment(
    directory: Path,
    company: str,
    company_id: str | None,
    methodology: str | None,
    cutoff: datetime.date,
    lang: Language,
) -> None:
    from cati.research.self_assessment.workspace import METHODOLOGY, WORKBOOKS, start
    from cati.research.workbook.export import WorkbookExport, export_workbooks
    from cati.store.atomic import filled_folder

    with filled_folder(directory):
        started = start(directory, company, methodology or METHODOLOGY, cutoff, company_id)
        export = WorkbookExport(opened(directory), started.evaluation, lang)
        for path in export_workbooks(export, export.companies, directory / WORKBOOKS):
            click.echo(path)
    known = ", one of the companies with a published score" if started.is_peer else ""
    click.echo(f"{company} is {started.company}{known}", err=True)
    click.echo(f"{directory}: private; keep it inside the company", err=True)
    click.echo(f"next: fill the workbook, then cd {directory} && cati self-assess FILES", err=True)


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Many problems are grouped as text; json holds every one.",
)
@click.pass_obj
def check(folder: Path, form: str) -> None:
    """Say everything that is wrong with the workspace."""
    from cati.analysis.claims.inquiry import expression_problems

    workspace = opened(folder)
    problems = workspace.check()
    if not any(problem.severity == "error" for problem in problems):
        problems += expression_problems(workspace)
    if form == "json":
        click.echo(json.dumps([asdict(problem) for problem in problems], indent=2))
    else:
        for line in report_lines(problems):
            click.echo(line)
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    click.echo(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}", err=True)
    sys.exit(WRONG_DATA if errors else DONE)


@click.command("format")
@click.pass_obj
def format_command(folder: Path) -> None:
    """Write every file in its canonical form, and the schemas that editors use."""
    from cati.store.formatting import format_workspace
    from cati.store.store import find_workspace

    for file in format_workspace(find_workspace(folder)):
        click.echo(file)


@click.command()
@click.pass_obj
def migrate(folder: Path) -> None:
    """Bring files of an older format up to the one this version reads."""
    from cati.store import migrations
    from cati.store.store import find_workspace

    changed = migrations.migrate(find_workspace(folder))
    for file in changed:
        click.echo(file)
    click.echo(f"{counted(len(changed), 'file')} brought to format {migrations.CURRENT}", err=True)
