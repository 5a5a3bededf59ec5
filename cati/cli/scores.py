"""Commands for scores and their reasons: score, explain, verify, derive, show, report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import DONE, LANGUAGE, SHARES, WRONG_DATA, company_named, counted, opened
from cati.problems import UsageError, report_lines

if TYPE_CHECKING:
    from cati.report.language import Language
    from cati.scoring.scorecard import Basis


@click.command()
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
    workspace = opened(folder)
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
            what = counted(left_out, "column")
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


@click.command()
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

    workspace = opened(folder)
    parsed = workspace.parse_shares(evaluation, shares)
    entity = company_named(workspace, company)
    if code is None:
        whole = workspace.explain(evaluation, entity.id, parsed)
        source = workspace.store.sources[whole.where.source]
        console().print(company_text(whole, entity, source, lang))
    else:
        part = workspace.explain_part(evaluation, entity.id, code, parsed)
        source = workspace.store.sources[part.company.where.source]
        click.echo(group_text(part, entity, source, lang))


@click.command()
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
    workspace = opened(folder)
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
    alone = counted(len(result.independent), "total")
    click.echo(f"{alone} independent: the printed columns alone suffice")
    click.echo(
        f"{counted(len(result.through_remainder), 'total')} through the remainder: points that no "
        "column shows are solved from the total"
    )
    sys.exit(DONE if result.holds else WRONG_DATA)


@click.command()
@click.argument("evaluation")
@click.option("--write", is_flag=True, help="Write the points to points.csv.")
@click.pass_obj
def derive(folder: Path, evaluation: str, write: bool) -> None:
    """Work out points from the printed table of an EVALUATION and compare with points.csv."""
    from cati.report.terminal import derivation_lines

    workspace = opened(folder)
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


@click.command()
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
    workspace = opened(folder)
    chosen = workspace.chosen_evaluation(evaluation)
    methodology = workspace.methodology(chosen.methodology)
    entity = None if company is None else company_named(workspace, company)
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
    click.echo(f"Base: {counted(len(found), 'disclosure')}, judged for {chosen.id}", err=True)


@click.command()
@click.argument("evaluation")
@click.pass_obj
def report(folder: Path, evaluation: str) -> None:
    """Render the pages, workbook, figures and data files of an EVALUATION."""
    from cati.report.publish import publish

    workspace = opened(folder)
    published = publish(workspace.store, workspace.score(evaluation, "published"))
    for note in published.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(published.folder / "index.html")
