"""The command line. Commands read arguments, call the rooms and print; no logic lives here.

Heavy imports stand inside the commands, so that ``cati --help`` is quick.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from cati import __version__
from cati.problems import CatiError, ProblemsError, UsageError, report_lines

if TYPE_CHECKING:
    from cati.model.entity import Entity
    from cati.report.language import Language
    from cati.scoring.scorecard import Basis
    from cati.workspace import Workspace

DONE, WRONG_DATA, WRONG_USAGE = 0, 1, 2

LANGUAGE = click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", help="Language of the output."
)


SHARES = click.option(
    "--shares",
    metavar="A:B",
    help="Shares of the weighted tracks in per cent, such as 50:50.",
)


class Commands(click.Group):
    """Commands whose foreseeable failures are messages and exit codes, never tracebacks."""

    def invoke(self, context: click.Context) -> object:
        """Run a command; see the class."""
        try:
            return super().invoke(context)
        except UsageError as error:
            _fail(str(error), WRONG_USAGE)
        except ProblemsError as error:
            for line in report_lines(error.problems):
                click.echo(line, err=True)
            _fail(f"{_count(len(error.problems), 'error')}; 'cati check' lists them", WRONG_DATA)
        except CatiError as error:
            _fail(str(error), WRONG_DATA)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cati")
@click.option(
    "-C",
    "--workspace",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder of the workspace; the current one unless given.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Score automakers on climate action: open, exact and explained."""
    context.obj = folder


@main.command()
@click.argument("directory", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Make a new workspace in DIRECTORY."""
    from cati.store.new_workspace import new_workspace

    new_workspace(directory)
    click.echo(f"{directory}: a workspace with the bundled methodologies", err=True)
    click.echo(f"next: cd {directory} && cati check", err=True)


@main.command()
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
    problems = _open(folder).check()
    if form == "json":
        click.echo(json.dumps([asdict(problem) for problem in problems], indent=2))
    else:
        for line in report_lines(problems):
            click.echo(line)
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}", err=True)
    sys.exit(WRONG_DATA if errors else DONE)


@main.command("format")
@click.pass_obj
def format_command(folder: Path) -> None:
    """Write every file in its canonical form, and the schemas that editors use."""
    from cati.store.formatting import format_workspace
    from cati.store.store import find_workspace

    for file in format_workspace(find_workspace(folder)):
        click.echo(file)


@main.command()
@click.pass_obj
def migrate(folder: Path) -> None:
    """Bring files of an older format up to the one this version reads."""
    from cati.store import migrations
    from cati.store.store import find_workspace

    changed = migrations.migrate(find_workspace(folder))
    for file in changed:
        click.echo(file)
    click.echo(f"{_count(len(changed), 'file')} brought to format {migrations.CURRENT}", err=True)


@main.command()
@click.argument("evaluation")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="Form of the output; csv and json have documented, stable fields.",
)
@click.option(
    "--basis",
    type=click.Choice(["published", "assessed"]),
    help="Where points come from; the evaluation's own basis unless given.",
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(["joint-ventures"]),
    help="Leave companies out and rank the others among themselves.",
)
@SHARES
@LANGUAGE
@click.pass_obj
def score(
    folder: Path,
    evaluation: str,
    form: str,
    basis: Basis | None,
    without: tuple[str, ...],
    shares: str | None,
    lang: Language,
) -> None:
    """Print the ranking of an EVALUATION."""
    workspace = _open(folder)
    card = workspace.score(evaluation, basis, workspace.parse_shares(evaluation, shares))
    scope = len(card.companies)
    if without:
        card = card.without(workspace.joint_ventures(card))
    entities = workspace.store.entities
    if form == "table":
        from cati.report.terminal import console, fitted, ranking_table

        terminal = console()
        table = ranking_table(card, entities, lang)
        left_out = fitted(table, terminal)
        terminal.print(table)
        if left_out:
            what = _count(left_out, "column")
            click.echo(f"{what} left out: widen the terminal, or use --format csv", err=True)
    else:
        from cati.report.data_files import csv_text, json_text, ranking_records

        records = ranking_records(card, entities)
        click.echo(csv_text(records) if form == "csv" else json_text(card, records), nl=False)

    from cati.report.terminal import assessed_lines, footnotes

    notes = [*footnotes(card, workspace.evaluation(evaluation), scope, lang)]
    if card.basis == "assessed":
        notes += assessed_lines(workspace.assess(evaluation), lang)
    for line in notes:
        click.echo(line, err=True)


@main.command()
@click.argument("evaluation")
@click.argument("company")
@click.argument("code", required=False)
@SHARES
@LANGUAGE
@click.pass_obj
def explain(
    folder: Path,
    evaluation: str,
    company: str,
    code: str | None,
    shares: str | None,
    lang: Language,
) -> None:
    """Explain a COMPANY's total, or its points in a CODE: an indicator, a group or a column."""
    from cati.report.terminal import company_text, console, group_text

    workspace = _open(folder)
    parsed = workspace.parse_shares(evaluation, shares)
    entity = _company(workspace, company)
    if code is None:
        whole = workspace.explain(evaluation, entity.id, parsed)
        source = workspace.store.sources[whole.where.source]
        console().print(company_text(whole, entity, source, lang))
    else:
        part = workspace.explain_part(evaluation, entity.id, code, parsed)
        source = workspace.store.sources[part.company.where.source]
        click.echo(group_text(part, entity, source, lang))


@main.command()
@click.argument("evaluation")
@click.option(
    "--basis",
    type=click.Choice(["published", "assessed"]),
    default="published",
    help="What is compared with the printed table: its points, or our assessments.",
)
@click.pass_obj
def verify(folder: Path, evaluation: str, basis: Basis) -> None:
    """Recompute the printed table of an EVALUATION from its points.

    On the assessed basis, set what our criteria make of the evidence beside
    the printed points.
    """
    workspace = _open(folder)
    if basis == "assessed":
        from cati.report.terminal import comparison_lines

        for line in comparison_lines(workspace.compare_bases(evaluation)):
            click.echo(line)
        return
    result = workspace.verify(evaluation)
    for line in report_lines(result.problems):
        click.echo(line)
    click.echo(f"{result.equal_totals} of {result.totals} totals equal")
    click.echo(f"{result.equal_rates} of {result.rates} rates equal")
    click.echo(
        f"{_count(len(result.independent), 'total')} independent: the printed columns alone suffice"
    )
    click.echo(
        f"{_count(len(result.through_remainder), 'total')} through the remainder: points that no "
        "column shows are solved from the total"
    )
    sys.exit(DONE if result.holds else WRONG_DATA)


@main.command()
@click.argument("evaluation")
@click.option("--write", is_flag=True, help="Write the points to points.csv.")
@click.pass_obj
def derive(folder: Path, evaluation: str, write: bool) -> None:
    """Work out points from the printed table of an EVALUATION and compare with points.csv."""
    from cati.report.terminal import derivation_lines

    workspace = _open(folder)
    result = workspace.derive(evaluation)
    for line in derivation_lines(result):
        click.echo(line)
    if write and not result.problems:
        click.echo(f"written: {workspace.write_points(evaluation, result)}", err=True)
        return
    problems = [*result.problems, *workspace.compare_points(evaluation, result)]
    for line in report_lines(problems):
        click.echo(line)
    click.echo("points.csv differs" if problems else "points.csv agrees in every row")
    sys.exit(WRONG_DATA if problems else DONE)


@main.command()
@click.argument("company", required=False)
@click.option("--disclosures", "code", metavar="CODE", help="All disclosures on an indicator.")
@click.option("--excluded", is_flag=True, help="What does not count, by which rule, and why.")
@click.option("--evaluation", help="Evaluation whose cut-off date applies; the only one if one.")
@LANGUAGE
@click.pass_obj
def show(
    folder: Path,
    company: str | None,
    code: str | None,
    excluded: bool,
    evaluation: str | None,
    lang: Language,
) -> None:
    """Show what is known of a COMPANY: profile, sources, disclosures by indicator."""
    from cati.model.standing import RULE
    from cati.report.records import disclosure_lines, exclusion_lines, profile_lines, records

    if company is None and code is None and not excluded:
        raise UsageError("show what? Name a company, or give --disclosures CODE or --excluded")
    workspace = _open(folder)
    chosen = workspace.chosen_evaluation(evaluation)
    methodology = workspace.methodology(chosen.methodology)
    entity = None if company is None else _company(workspace, company)
    found = records(
        workspace.store.disclosures,
        workspace.standings(chosen.id),
        entity=None if entity is None else entity.id,
        question=None if code is None else workspace.question(methodology.id, code),
    )
    if entity is not None and not excluded:
        for line in profile_lines(entity, workspace.store.sources, lang):
            click.echo(line)
    if excluded:
        click.echo(RULE)
        lines = exclusion_lines(found, lang)
    else:
        lines = disclosure_lines(found, methodology, lang, code)
    for line in lines:
        click.echo(line)
    click.echo(f"Base: {_count(len(found), 'disclosure')}, judged for {chosen.id}", err=True)


@main.command()
@click.argument("evaluation")
@click.pass_obj
def report(folder: Path, evaluation: str) -> None:
    """Render the pages, workbook, figures and data files of an EVALUATION."""
    from cati.report.publish import publish

    workspace = _open(folder)
    published = publish(workspace.store, workspace.score(evaluation, "published"))
    for note in published.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(published.folder / "index.html")


def _open(folder: Path) -> Workspace:
    from cati.workspace import Workspace

    return Workspace.open(folder)


def _company(workspace: Workspace, text: str) -> Entity:
    """The company that goes by a name; says so where it is not its usual one."""
    found = workspace.find(text)
    if found.name is not None:
        note = f": {found.name.note}" if found.name.note else ""
        click.echo(f"{text} is {found.entity.id} ({found.name.kind}){note}", err=True)
    for relation in found.successions:
        what = relation.kind.replace("_", " ")
        since = f" since {relation.since}" if relation.since else ""
        click.echo(f"{found.entity.id}: {what} {relation.to or relation.name}{since}", err=True)
    return found.entity


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"cati: {message}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
