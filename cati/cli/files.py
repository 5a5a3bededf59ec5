"""Commands for the files of a workspace: init, check, format, migrate."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from cati.cli.base import DONE, WRONG_DATA, counted, opened
from cati.problems import report_lines


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Make a new workspace in DIRECTORY."""
    from cati.store.new_workspace import new_workspace

    new_workspace(directory)
    click.echo(f"{directory}: a workspace with the bundled methodologies", err=True)
    click.echo(f"next: cd {directory} && cati check", err=True)


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
    problems = opened(folder).check()
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
