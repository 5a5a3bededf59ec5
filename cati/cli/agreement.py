"""Commands for two assessors: lock, agree, reconcile, precedent, calibrate."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import DONE, LANGUAGE, WRONG_DATA, Coded, company_named, opened
from cati.problems import UsageError

if TYPE_CHECKING:
    from cati.model.language import Language
    from cati.research.second.pairs import Pairs
    from cati.research.second.reconciling import Decision
    from cati.workspace import Workspace

COMPANIES = click.option(
    "--companies", metavar="A,B,…", help="By id or any name; all unless given."
)
ASSESSOR = click.option("--assessor", required=True, metavar="NAME", help="Whose answers.")
ASSESSORS = click.option(
    "--assessors", metavar="A,B", help="Which two, where more have answered a company."
)


@click.command()
@click.argument("evaluation")
@ASSESSOR
@COMPANIES
@LANGUAGE
@click.pass_obj
def lock(
    folder: Path, evaluation: str, assessor: str, companies: str | None, lang: Language
) -> None:
    """Lock an assessor's own answers of an EVALUATION, for good.

    Only when both assessors of a company have locked are their answers compared.
    """
    from cati.research.second.locking import lock as lock_answers
    from cati.research.second.texts import lock_lines

    workspace = opened(folder)
    today = datetime.date.today()
    locked = lock_answers(workspace, evaluation, assessor, _ids(workspace, companies), today)
    for line in lock_lines(locked, lang):
        click.echo(line)


@click.command()
@click.argument("evaluation")
@COMPANIES
@ASSESSORS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="The table has dimensions; csv and json also indicators and criteria.",
)
@LANGUAGE
@click.pass_obj
def agree(
    folder: Path,
    evaluation: str,
    companies: str | None,
    assessors: str | None,
    form: str,
    lang: Language,
) -> None:
    """Say how far two assessors of an EVALUATION agree, and list where they do not."""
    from rich.progress import track

    from cati.report.cells import csv_text
    from cati.report.texts.terminal import console
    from cati.research.second import comparison, texts
    from cati.research.second.pairs import locked_pairs

    workspace = opened(folder)
    names = _parts(assessors)
    pairs = locked_pairs(workspace, evaluation, _ids(workspace, companies), names)
    methodology = workspace.methodology(workspace.evaluation(evaluation).methodology)
    answers = comparison.answer_units(pairs.pairs, methodology)
    points = comparison.point_units(workspace, evaluation, pairs.pairs)
    levels = comparison.LEVELS[: 2 if form == "table" else None]
    screen = console(stderr=True)
    groups = [
        *comparison.groups("answers", answers, levels),
        *comparison.groups("points", points, levels),
    ]
    hidden = not screen.is_terminal
    bar = track(groups, "agreement", console=screen, transient=True, disable=hidden)
    rows = [group.row() for group in bar]
    differing = comparison.disagreements(pairs.pairs, methodology)
    if form == "csv":
        click.echo(csv_text(texts.agreement_records(rows)), nl=False)
    elif form == "json":
        records = texts.agreement_records(rows)
        click.echo(texts.agreement_json(evaluation, pairs, records, differing), nl=False)
    elif rows:
        console().print(texts.agreement_table(rows, methodology, lang))
        for line in texts.disagreement_lines(differing, lang):
            click.echo(line)
    for line in texts.agreement_notes(pairs, rows, lang):
        click.echo(line, err=True)
    _require_pairs(evaluation, pairs)


@click.command()
@click.argument("evaluation")
@click.argument("company", required=False)
@click.argument("criterion", required=False)
@click.option(
    "--answer",
    type=Coded("answer", ("met", "not_met", "unknown")),
    help="What it comes to.",
)
@click.option("--why", metavar="TEXT", help="The reason, kept in the history.")
@click.option("--by", metavar="NAME", help="Who decides.")
@click.option("--agreed", is_flag=True, help="Take over whatever two assessors agree on.")
@COMPANIES
@ASSESSORS
@LANGUAGE
@click.pass_obj
def reconcile(
    folder: Path,
    evaluation: str,
    company: str | None,
    criterion: str | None,
    answer: Decision | None,
    why: str | None,
    by: str | None,
    agreed: bool,
    companies: str | None,
    assessors: str | None,
    lang: Language,
) -> None:
    """Decide a CRITERION of a COMPANY that two assessors answered, or take over what they agree on.

    What is decided goes into the company's own file, with both answers and the reason.
    """
    from cati.research.second import reconciling, texts
    from cati.research.second.pairs import locked_pairs

    one = (company, criterion, answer, why, by)
    named = [part is not None for part in one]
    if agreed == any(named) or (not agreed and (companies or not all(named))):
        raise UsageError(
            "reconcile what? Give COMPANY CRITERION --answer --why --by, or --agreed alone"
        )
    workspace = opened(folder)
    names = _parts(assessors)
    if agreed:
        pairs = locked_pairs(workspace, evaluation, _ids(workspace, companies), names)
        if not pairs.pairs:
            for line in texts.agreement_notes(pairs, (), lang):
                click.echo(line, err=True)
        _require_pairs(evaluation, pairs)
        taken = reconciling.take_agreed(workspace, evaluation, pairs.pairs)
        for line in texts.taken_lines(taken, lang):
            click.echo(line)
    elif not (company is None or criterion is None or answer is None or why is None or by is None):
        name = company_named(workspace, company, lang).id
        pairs = locked_pairs(workspace, evaluation, [name], names)
        today = datetime.date.today()
        place = (evaluation, name, criterion)
        verdict = reconciling.reconcile(workspace, pairs, place, answer, why, by, today)
        click.echo(texts.verdict_line(name, verdict, lang))
        for line in texts.verdict_notes(verdict, lang):
            click.echo(line, err=True)


@click.group()
def precedent() -> None:
    """Note how a doubtful case was decided, for the next assessor."""


@precedent.command("add")
@click.argument("criterion")
@click.option("--text", required=True, help="What was decided, and why.")
@click.option("--company", required=True, metavar="NAME", help="Whose case it was.")
@click.option("--by", required=True, metavar="NAME", help="Who notes it.")
@click.option("--evaluation", help="In which it was decided; the only one if there is one.")
@click.pass_obj
def precedent_add(
    folder: Path, criterion: str, text: str, company: str, by: str, evaluation: str | None
) -> None:
    """Note a precedent on a CRITERION; workbooks show it, and explain where it is unknown."""
    from cati.research.second.precedents import add_precedent

    workspace = opened(folder)
    chosen = workspace.chosen_evaluation(evaluation)
    place = (criterion, company_named(workspace, company).id)
    file = add_precedent(workspace, chosen, place, text, by, datetime.date.today())
    click.echo(f"written: {file}", err=True)


@click.command()
@click.argument("evaluation")
@ASSESSOR
@LANGUAGE
@click.pass_obj
def calibrate(folder: Path, evaluation: str, assessor: str, lang: Language) -> None:
    """Measure an assessor's locked answers by the settled ones of an EVALUATION.

    They lie in private/calibration/. The exit code is 1 below the pass mark.
    """
    from cati.research.second.calibrating import calibrate as measure
    from cati.research.second.texts import calibration_lines

    found = measure(opened(folder), evaluation, assessor)
    for line in calibration_lines(found, lang):
        click.echo(line)
    sys.exit(DONE if found.passed else WRONG_DATA)


def _require_pairs(evaluation: str, pairs: Pairs) -> None:
    if not pairs.pairs:
        raise UsageError(f"{evaluation}: no company that two assessors have answered and locked")


def _ids(workspace: Workspace, names: str | None) -> list[str]:
    """The ids of companies typed by any of their names."""
    return list(dict.fromkeys(company_named(workspace, name).id for name in _parts(names)))


def _parts(text: str | None) -> list[str]:
    """The parts of a list typed with commas of either script."""
    return [part.strip() for part in (text or "").replace("，", ",").split(",") if part.strip()]
