"""Commands for what comes next and what came since: roadmap, change."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import BASIS, DAY, FORMAT, LANGUAGE, company_named, opened
from cati.problems import UsageError, shown

if TYPE_CHECKING:
    from cati.model.language import Language
    from cati.scoring.scorecard import Basis

_TOTAL = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")


@click.command()
@click.argument("evaluation")
@click.argument("company")
@click.option("--target", metavar="TOTAL", help="The total wanted, such as 70.")
@click.option("--rank", type=int, metavar="N", help="The rank wanted, all others held still.")
@BASIS
@click.option(
    "--effort",
    "efforts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file, YAML or CSV, that says what steps cost and when they are ready.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="CODE",
    help="A code of any level, or a criterion, that is no step; may be repeated.",
)
@click.option("--include-offsets", is_flag=True, help="Take in indicators about offsets.")
@click.option(
    "--by",
    type=DAY,
    metavar="DATE",
    help="Leave out what the efforts call ready only later.",
)
@click.option(
    "--alternatives",
    type=click.IntRange(1, 20),
    default=1,
    show_default=True,
    help="How many plans of equal effort are looked for.",
)
@FORMAT
@LANGUAGE
@click.pass_obj
def roadmap(
    folder: Path,
    evaluation: str,
    company: str,
    target: str | None,
    rank: int | None,
    basis: Basis | None,
    efforts: Path | None,
    exclude: tuple[str, ...],
    include_offsets: bool,
    by: datetime.datetime | None,
    alternatives: int,
    form: str,
    lang: Language,
) -> None:
    """Find the steps that lead a COMPANY to a total or a rank at the least effort."""
    from rich.progress import Progress

    from cati.analysis.roadmap import planner
    from cati.analysis.roadmap.wishes import Wishes, step_names
    from cati.report.cells import csv_text
    from cati.report.texts.planning import RoadmapText, roadmap_json, roadmap_records
    from cati.report.texts.terminal import console
    from cati.store.efforts import read_efforts

    workspace = opened(folder)
    methodology = workspace.methodology(workspace.evaluation(evaluation).methodology)
    wishes = Wishes(
        efforts=None if efforts is None else read_efforts(efforts, step_names(methodology)),
        exclude=exclude,
        include_offsets=include_offsets,
        by=None if by is None else by.date(),
    )
    entity = company_named(workspace, company, lang)
    total = None if target is None else _total(target)
    messages = console(stderr=True)
    with Progress(console=messages, transient=True, disable=not messages.is_terminal) as bar:
        task = bar.add_task("plans", total=None)
        found = planner.roadmap(
            workspace,
            evaluation,
            entity.id,
            target=total,
            rank=rank,
            basis=basis,
            wishes=wishes,
            alternatives=alternatives,
            progress=lambda: bar.advance(task),
        )
    store = workspace.store
    text = RoadmapText(found, store.entities, store.sources, lang)
    if form == "table":
        terminal = console()
        for part in text.parts():
            terminal.print(part)
    elif form == "csv":
        click.echo(csv_text(roadmap_records(found)), nl=False)
    else:
        click.echo(roadmap_json(found, list(text.notes())), nl=False)
    for line in text.notes():
        click.echo(line, err=True)


@click.command()
@click.argument("old", metavar="EVALUATION_OLD")
@click.argument("new", metavar="EVALUATION_NEW")
@click.argument("company", required=False)
@BASIS
@FORMAT
@LANGUAGE
@click.pass_obj
def change(
    folder: Path,
    old: str,
    new: str,
    company: str | None,
    basis: Basis | None,
    form: str,
    lang: Language,
) -> None:
    """Split what changed between two evaluations, for all or for one COMPANY.

    Scores and ranks by evidence, method and field. The parts add up exactly.
    Printed totals are set against printed ones, assessed against assessed.
    """
    from cati.analysis.change import comparing
    from cati.report.cells import csv_text
    from cati.report.texts.changing import ChangeText, change_json, change_records
    from cati.report.texts.terminal import console

    workspace = opened(folder)
    found = comparing.change(workspace, old, new, basis)
    chosen = None
    if company is not None:
        chosen = comparing.company_change(found, company_named(workspace, company, lang).id)
    text = ChangeText(found, workspace.store.entities, lang)
    name = None if chosen is None else chosen.company
    if form == "table":
        terminal = console()
        for part in text.overview() if chosen is None else text.company(chosen):
            terminal.print(part)
    elif form == "csv":
        click.echo(csv_text(change_records(found, name)), nl=False)
    else:
        click.echo(change_json(found, list(text.notes()), name), nl=False)
    for line in text.notes():
        click.echo(line, err=True)


def _total(text: str) -> Fraction:
    if not _TOTAL.fullmatch(text):
        raise UsageError(f"target: expected a total such as 70 or 62.5; found {shown(text)}")
    return Fraction(text)
