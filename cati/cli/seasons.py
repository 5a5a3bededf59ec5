"""Commands for a season: evaluation new, confirm, assign, progress."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import DAY, FORMAT, LANGUAGE, counted, opened
from cati.problems import UsageError

if TYPE_CHECKING:
    from cati.model.language import Language


@click.group()
def evaluation() -> None:
    """Make evaluations."""


@evaluation.command("new")
@click.argument("name")
@click.option("--from", "origin", required=True, metavar="EVALUATION", help="The earlier one.")
@click.option("--by", metavar="NAME", help="Who carries the answers over, if a person does.")
@click.option(
    "--cutoff", type=DAY, metavar="DATE", help="The new cut-off date; a year later unless given."
)
@click.option("--companies", metavar="A,B,…", help="Only these of the earlier scope, by any name.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@LANGUAGE
@click.pass_obj
def new(
    folder: Path,
    name: str,
    origin: str,
    by: str | None,
    cutoff: datetime.datetime | None,
    companies: str | None,
    dry_run: bool,
    lang: Language,
) -> None:
    """Make the evaluation NAME from an earlier one: its answers are proposed, not taken over."""
    from cati.research.season.beginning import plan_season, write_season
    from cati.research.season.texts import season_lines

    workspace = opened(folder)
    today = datetime.date.today()
    day = None if cutoff is None else cutoff.date()
    season = plan_season(
        workspace, name, origin, today, by=by, cutoff=day, companies=_parts(companies)
    )
    files = () if dry_run else write_season(workspace, season)
    methodology = workspace.methodology(season.evaluation.methodology)
    for line in season_lines(season, methodology, workspace.store.entities, lang):
        click.echo(line)
    click.echo("nothing written" if dry_run else f"{counted(len(files), 'file')} written", err=True)


@click.command()
@click.argument("evaluation")
@click.option("--by", required=True, metavar="NAME", help="Who confirms, and answers for it.")
@click.option(
    "--reason", required=True, help="Why the answers still hold; stands in their history."
)
@click.option("--companies", metavar="A,B,…", help="By id or any name; all unless given.")
@click.option("--indicators", metavar="CODE,…", help="Codes of any level; all unless given.")
@click.option("--dry-run", is_flag=True, help="Say what would be confirmed, and write nothing.")
@LANGUAGE
@click.pass_obj
def confirm(
    folder: Path,
    evaluation: str,
    by: str,
    reason: str,
    companies: str | None,
    indicators: str | None,
    dry_run: bool,
    lang: Language,
) -> None:
    """Confirm the proposed answers of an EVALUATION that nobody has touched, all for one reason.

    What rests on evidence that no longer counts is left for somebody to look at.
    """
    from cati.research.season.confirming import plan_confirmation, write_confirmation
    from cati.research.season.texts import confirmation_lines

    workspace = opened(folder)
    confirmed = plan_confirmation(
        workspace,
        evaluation,
        by,
        reason,
        datetime.date.today(),
        companies=_parts(companies),
        indicators=_parts(indicators),
    )
    files = () if dry_run else write_confirmation(workspace, confirmed)
    for line in confirmation_lines(confirmed, lang):
        click.echo(line)
    click.echo("nothing written" if dry_run else f"{counted(len(files), 'file')} written", err=True)


@click.command()
@click.argument("evaluation")
@click.argument("assessor", required=False)
@click.option("--companies", metavar="A,B,…", help="By id or any name.")
@click.option("--indicators", metavar="CODE,…", help="Codes of any level; all unless given.")
@click.option("--due", type=DAY, metavar="DATE", help="The last day.")
@click.option("--second", is_flag=True, help="As the independent second assessor.")
@click.option("--remove", is_flag=True, help="Take companies back, all unless some are named.")
@LANGUAGE
@click.pass_obj
def assign(
    folder: Path,
    evaluation: str,
    assessor: str | None,
    companies: str | None,
    indicators: str | None,
    due: datetime.datetime | None,
    second: bool,
    remove: bool,
    lang: Language,
) -> None:
    """Give an ASSESSOR companies of an EVALUATION; without one, print who has what by when."""
    from cati.report.language import translations
    from cati.research.season.assignments import assign as give
    from cati.research.season.assignments import new_assignment, unassign
    from cati.research.season.texts import assignment_lines
    from cati.store.file_kinds import ASSIGNMENTS

    workspace = opened(folder)
    workspace.store.require_sound()
    workspace.evaluation(evaluation)
    if assessor is None:
        if companies or indicators or due or second or remove:
            raise UsageError("assign to whom? Name an assessor")
        there = workspace.store.of(ASSIGNMENTS).get(evaluation)
        found = there.assignments if there else ()
    elif remove:
        if indicators or due or second:
            raise UsageError("--remove goes with --companies alone")
        found = unassign(workspace, evaluation, assessor, _parts(companies))
    else:
        if companies is None or due is None:
            raise UsageError("what by when? Give --companies and --due")
        wanted = new_assignment(
            workspace, assessor, _parts(companies), _parts(indicators), due.date(), second
        )
        found = give(workspace, evaluation, wanted)
    told = [entry for entry in found if assessor in (None, entry.assessor)]
    for line in assignment_lines(told, lang):
        click.echo(line)
    if not told:
        _ = translations(lang).gettext
        nothing = (
            _("{evaluation}: nothing is assigned to {assessor}")
            if assessor
            else _("{evaluation}: nothing is assigned")
        )
        click.echo(nothing.format(evaluation=evaluation, assessor=assessor), err=True)


@click.command()
@click.argument("evaluation")
@click.option("--assessor", metavar="NAME", help="Only what this assessor has.")
@click.option("--late", is_flag=True, help="Only what is late.")
@FORMAT
@LANGUAGE
@click.pass_obj
def progress(
    folder: Path, evaluation: str, assessor: str | None, late: bool, form: str, lang: Language
) -> None:
    """Print how far an EVALUATION is: answered, proposed, unknown, late."""
    from cati.report.cells import csv_text
    from cati.report.texts.terminal import console
    from cati.research.season import progress_texts as texts
    from cati.research.season.progress import progress as how_far

    workspace = opened(folder)
    found = how_far(workspace, evaluation, datetime.date.today())
    entities = workspace.store.entities
    tasks = [t for t in found.tasks if assessor in (None, t.assignment.assessor)]
    if assessor is not None and not tasks:
        raise UsageError(f"{evaluation}: nothing is assigned to '{assessor}'")
    tasks = [task for task in tasks if task.days_late or not late]
    companies = [c for c in found.companies if c.days_late or not late]
    records = texts.progress_records([] if assessor else companies, tasks)
    if form == "csv":
        click.echo(csv_text(records), nl=False)
    elif form == "json":
        click.echo(texts.progress_json(found, records), nl=False)
    elif assessor is not None:
        console().print(texts.task_table(tasks, entities, lang))
    else:
        console().print(texts.company_table(companies, entities, lang))
        if tasks:
            console().print(texts.assessor_table(tasks, lang))
    criteria = found.companies[0].counts.criteria
    shown = len({task.company for task in tasks}) if assessor else len(companies)
    for line in texts.progress_notes(found, shown, criteria, lang):
        click.echo(line, err=True)


def _parts(text: str | None) -> list[str]:
    """The parts of a list typed with commas of either script."""
    return [part.strip() for part in (text or "").replace("，", ",").split(",") if part.strip()]
