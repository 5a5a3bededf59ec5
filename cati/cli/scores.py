"""Commands for scores and their reasons: score, explain, verify, derive, show, report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import (
    BASIS,
    DONE,
    FORMAT,
    LANGUAGE,
    SHARES,
    WITHOUT,
    WRONG_DATA,
    company_named,
    opened,
)
from cati.problems import UsageError, report_lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from cati.model.entity import Entity
    from cati.model.language import Language
    from cati.scoring.scorecard import Basis
    from cati.workspace import Workspace


@click.command()
@click.argument("evaluation")
@FORMAT
@BASIS
@WITHOUT
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
    parsed = workspace.parse_shares(evaluation, shares)
    assessed = None
    if workspace.basis(evaluation, basis) == "assessed":
        assessed = workspace.assess(evaluation, parsed)
    card = assessed.card if assessed else workspace.score(evaluation, basis, parsed)
    scope = len(card.companies)
    if without:
        card = card.without(workspace.joint_ventures(card))
        assessed = assessed and assessed.among(card)
    levels = assessed.levels if assessed else None
    entities = workspace.store.entities
    if form == "table":
        from cati.report.texts.terminal import console, fitted, left_out_line, ranking_table

        terminal = console()
        table = ranking_table(card, entities, lang, levels)
        left_out = fitted(table, terminal)
        terminal.print(table)
        if left_out:
            click.echo(left_out_line(left_out, lang), err=True)
    else:
        from cati.report.cells import csv_text
        from cati.report.data.files import json_text, ranking_records

        records = ranking_records(card, entities, levels)
        text = csv_text(records) if form == "csv" else json_text(card, records, assessed)
        click.echo(text, nl=False)

    from cati.report.texts.terminal import assessed_lines, footnotes, shares_lines

    notes = [
        *shares_lines(card.methodology, workspace.evaluation(evaluation), parsed, lang),
        *footnotes(card, workspace.evaluation(evaluation), scope, lang),
    ]
    if assessed:
        notes += assessed_lines(assessed, lang)
    for line in notes:
        click.echo(line, err=True)


@click.command()
@click.argument("evaluation")
@click.argument("company")
@click.argument("code", required=False)
@BASIS
@SHARES
@LANGUAGE
@click.pass_obj
def explain(
    folder: Path,
    evaluation: str,
    company: str,
    code: str | None,
    basis: Basis | None,
    shares: str | None,
    lang: Language,
) -> None:
    """Explain a COMPANY's total, or its points in a CODE: an indicator, a group or a column.

    On the assessed basis the path ends at the source and page of every disclosure.
    """
    from cati.report.texts.terminal import company_text, console, group_text

    workspace = opened(folder)
    evaluations = workspace.store.evaluations
    if evaluation not in evaluations and company in evaluations:
        message = f"no evaluation {evaluation}; {company} is one: are the two swapped?"
        raise UsageError(message)
    on = workspace.basis(evaluation, basis)
    parsed = workspace.parse_shares(evaluation, shares)
    entity = company_named(workspace, company, lang)
    if on == "assessed":
        _explain_assessed(workspace, evaluation, entity, code, parsed, lang)
    elif code is None:
        whole = workspace.explain(evaluation, entity.id, parsed)
        source = workspace.store.sources[whole.where.source]
        console().print(company_text(whole, entity, source, lang))
    else:
        part = workspace.explain_part(evaluation, entity.id, code, parsed)
        source = workspace.store.sources[part.company.where.source]
        click.echo(group_text(part, entity, source, lang))


def _explain_assessed(
    workspace: Workspace,
    evaluation: str,
    entity: Entity,
    code: str | None,
    shares: Mapping[str, Decimal] | None,
    lang: Language,
) -> None:
    from cati.report.texts.reasoning import NO_PRECEDENTS, company_text, group_lines
    from cati.report.texts.terminal import console
    from cati.report.wording import Wording
    from cati.store.file_kinds import PRECEDENTS

    reasons = workspace.reasons(evaluation, shares)
    workspace.require_in(reasons.card, entity.id)
    wording = Wording(lang)
    if code is None:
        console().print(company_text(reasons.company(entity.id), entity, wording))
        return
    code = workspace.code_named(reasons.card.methodology, code)
    methodology = reasons.card.methodology.id
    precedents = workspace.store.of(PRECEDENTS).get(methodology, NO_PRECEDENTS)
    for line in group_lines(reasons.group(entity.id, code), entity, wording, precedents):
        click.echo(line)


@click.command()
@click.argument("evaluation")
@click.option(
    "--basis",
    type=click.Choice(["published", "assessed"]),
    default="published",
    help="What is compared with the printed table: its points, or our assessments.",
)
@LANGUAGE
@click.pass_obj
def verify(folder: Path, evaluation: str, basis: Basis, lang: Language) -> None:
    """Recompute the printed table of an EVALUATION from its points.

    On the assessed basis, set what our criteria make of the evidence beside
    the printed points.
    """
    from cati.report.texts.terminal import verification_lines

    workspace = opened(folder)
    if basis == "assessed":
        _compare(workspace, evaluation, lang)
        return
    result = workspace.verify(evaluation)
    for line in (*report_lines(result.problems), *verification_lines(result, lang)):
        click.echo(line)
    sys.exit(DONE if result.holds else WRONG_DATA)


def _compare(workspace: Workspace, evaluation: str, lang: Language) -> None:
    from cati.report.texts.comparing import block_table, indicator_table, miss_lines, summary_lines
    from cati.report.texts.terminal import console
    from cati.report.wording import Wording
    from cati.scoring.comparison import compare_bases, misses

    published, reasons = workspace.score(evaluation, "published"), workspace.reasons(evaluation)
    compared = compare_bases(published, reasons.card)
    entities, wording = workspace.store.entities, Wording(lang)
    for line in summary_lines(compared, wording):
        click.echo(line)
    console().print(block_table(compared, published, wording))
    console().print(indicator_table(compared, published, entities, wording))
    for line in miss_lines(misses(compared, published, reasons), published, entities, wording):
        click.echo(line)


@click.command()
@click.argument("evaluation")
@click.option("--write", is_flag=True, help="Write the points to points.csv.")
@LANGUAGE
@click.pass_obj
def derive(folder: Path, evaluation: str, write: bool, lang: Language) -> None:
    """Work out points from the printed table of an EVALUATION and compare with points.csv."""
    from cati.report.language import translations
    from cati.report.texts.terminal import derivation_lines

    _ = translations(lang).gettext
    workspace = opened(folder)
    result = workspace.derive(evaluation)
    for line in derivation_lines(result, lang):
        click.echo(line)
    if write and not result.problems:
        file = workspace.write_points(evaluation, result)
        click.echo(_("written: {file}").format(file=file), err=True)
        return
    problems = [*result.problems, *workspace.view(evaluation).points_problems]
    for line in report_lines(problems):
        click.echo(line)
    click.echo(_("points.csv differs") if problems else _("points.csv agrees in every row"))
    sys.exit(WRONG_DATA if problems else DONE)


@click.command()
@click.argument("company", required=False)
@click.option(
    "--disclosures",
    "code",
    metavar="CODE",
    help="All disclosures on an indicator, and the grading rules that decide there.",
)
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
    from cati.report.texts.records import (
        base_line,
        disclosure_lines,
        exclusion_lines,
        profile_lines,
        records,
        rule_text,
    )

    if company is None and code is None and not excluded:
        raise UsageError("show what? Name a company, or give --disclosures CODE or --excluded")
    workspace = opened(folder)
    chosen = workspace.chosen_evaluation(evaluation)
    methodology = workspace.methodology(chosen.methodology)
    entity = None if company is None else company_named(workspace, company, lang)
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
        click.echo(rule_text(lang))
        lines = exclusion_lines(found, lang)
    else:
        lines = disclosure_lines(found, methodology, lang, code)
    for line in lines:
        click.echo(line)
    click.echo(base_line(len(found), chosen.id, lang), err=True)


@click.command()
@click.argument("evaluation")
@BASIS
@click.option("--draft", is_flag=True, help="Make a draft, marked as one everywhere.")
@click.option(
    "--incomplete",
    is_flag=True,
    help="Publish what is no final ranking yet, marked as incomplete everywhere.",
)
@click.option(
    "--check",
    "published",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Compare a published folder with what follows from the files today; write nothing.",
)
@LANGUAGE
@click.pass_obj
def report(
    folder: Path,
    evaluation: str,
    basis: Basis | None,
    draft: bool,
    incomplete: bool,
    published: Path | None,
    lang: Language,
) -> None:
    """Render the site, PDF, workbooks, figures and data files of an EVALUATION.

    A basis that is not the evaluation's own has a folder of its own, and so
    has what is not final. Nothing is published before its embargo has passed,
    while a challenge is open, while a check fails, or where the files are not
    those of the kept edition; no assessed ranking is final before the share of
    points that evaluation.yaml states is settled and every proposed answer is
    confirmed. A draft always can be made, unless the files have errors.
    """
    workspace = opened(folder)
    if published is not None:
        if basis or draft or incomplete:
            raise UsageError("--check takes basis and mark from the published folder")
        _check_published(workspace, evaluation, published, lang)
        return
    from cati.report.publish import publish

    made = publish(workspace, evaluation, basis, draft=draft, incomplete=incomplete)
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(made.contents(lang), err=True)
    click.echo(made.link)


def _check_published(workspace: Workspace, evaluation: str, folder: Path, lang: Language) -> None:
    from cati.report.following import follow, following_lines

    found = follow(workspace, evaluation, folder)
    for line in following_lines(found, lang):
        click.echo(line)
    sys.exit(DONE if found.holds else WRONG_DATA)
