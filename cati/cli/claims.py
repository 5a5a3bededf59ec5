"""Commands for statements and groups: claims, groups."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import BASIS, DONE, FORMAT, LANGUAGE, WRONG_DATA, opened

if TYPE_CHECKING:
    from cati.model.language import Language
    from cati.scoring.scorecard import Basis
    from cati.store.claims import ClaimsFile


@click.command()
@click.argument("evaluation")
@click.option(
    "--ask",
    "question",
    metavar="EXPRESSION",
    help="Answer one question instead, such as 'rank(\"Geely Auto\") == 4'.",
)
@click.option(
    "--base",
    metavar="BASE",
    help="Ask of one base alone: a standard base, suppliers, or a condition; with --ask.",
)
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Another file of statements; the evaluation's claims.yaml unless given.",
)
@BASIS
@FORMAT
@LANGUAGE
@click.pass_obj
def claims(
    folder: Path,
    evaluation: str,
    question: str | None,
    base: str | None,
    path: Path | None,
    basis: Basis | None,
    form: str,
    lang: Language,
) -> None:
    """Check statements about an EVALUATION, or answer one question."""
    from cati.analysis.claims.inquiry import Inquiry
    from cati.problems import report_lines
    from cati.report.texts import findings

    if base is not None and question is None:
        raise click.UsageError("--base belongs to --ask; a statement names its base itself")
    workspace = opened(folder)
    entities = workspace.store.entities
    inquiry = Inquiry(workspace, evaluation, basis, None if path is None else _read(path))
    notice = workspace.evaluation(evaluation).notice.get(lang)
    if question is not None:
        asked = inquiry.ask(question, base)
        if form == "table":
            for line in findings.answer_lines(asked, entities, lang):
                click.echo(line)
        else:
            _print(findings.answer_records(asked, entities), form)
        click.echo(notice, err=True)
        return
    checked = inquiry.check()
    if form == "table":
        for line in findings.claim_lines(checked, entities, lang):
            click.echo(line)
    else:
        _print(findings.claim_records(checked, entities), form)
    for line in findings.summary_lines(checked, lang, inquiry.unchecked):
        click.echo(line, err=True)
    click.echo(findings.bases_line(tuple(inquiry.bases.values()), lang), err=True)
    click.echo(notice, err=True)
    for line in report_lines(inquiry.problems()):
        click.echo(line, err=True)
    sound = not inquiry.problems() and all(entry.as_expected for entry in checked)
    sys.exit(DONE if sound else WRONG_DATA)


@click.command()
@click.argument("evaluation")
@click.option(
    "--by",
    required=True,
    metavar="NAME",
    help="country, region, product, listed, joint_venture, kind, chinese, or a condition.",
)
@click.option("--of", default="total", help="The number looked at; the total unless given.")
@BASIS
@FORMAT
@LANGUAGE
@click.pass_obj
def groups(
    folder: Path,
    evaluation: str,
    by: str,
    of: str,
    basis: Basis | None,
    form: str,
    lang: Language,
) -> None:
    """Compare groups of companies in an EVALUATION, with and without joint ventures."""
    from cati.analysis.claims.inquiry import Inquiry
    from cati.analysis.groups import with_and_without_joint_ventures
    from cati.report.texts import group_tables
    from cati.report.texts.terminal import console

    workspace = opened(folder)
    inquiry = Inquiry(workspace, evaluation, basis)
    found = with_and_without_joint_ventures(inquiry, by, of)
    if form == "table":
        console().print(group_tables.grouping_text(found, workspace.store.entities, lang))
    else:
        _print(group_tables.grouping_records(found), form)
    for line in group_tables.method_lines(lang):
        click.echo(line, err=True)
    click.echo(workspace.evaluation(evaluation).notice.get(lang), err=True)


def _read(path: Path) -> ClaimsFile:
    """A file of statements from anywhere."""
    from cati.problems import Problem, ProblemsError
    from cati.store.claims import read_claims_file

    problems: list[Problem] = []
    read = read_claims_file(path, str(path), problems)
    if problems or read is None:
        raise ProblemsError(problems)
    return read


def _print(records: list[dict[str, object]], form: str) -> None:
    """Records as JSON, or as CSV with lists in one cell."""
    from cati.report.cells import csv_text

    if form == "json":
        click.echo(json.dumps(records, indent=2, ensure_ascii=False))
        return
    flat = [{name: _cell(value) for name, value in record.items()} for record in records]
    click.echo(csv_text(flat), nl=False)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
