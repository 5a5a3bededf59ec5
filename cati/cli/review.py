"""Commands for company review: export, import, decide, contact, status, public, indicator."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import (
    DAY,
    DONE,
    FORMAT,
    LANGUAGE,
    WRONG_DATA,
    Coded,
    Commands,
    company_named,
    counted,
    fail,
    opened,
)
from cati.model.language import LANGUAGES
from cati.problems import ProblemsError, UsageError, report_lines

if TYPE_CHECKING:
    from cati.model.language import Language
    from cati.model.review import ContactLog, Outcome, Reaction, Stage


@click.group(cls=Commands)
def review() -> None:
    """Let companies check what is held about them, and check that like is graded alike."""


@review.command("export")
@click.argument("evaluation")
@click.argument("company")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--stage",
    type=Coded("stage", ("review", "appeal")),
    default="review",
    help="The first stage unless given.",
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Language of the pack; unless given, zh for a company of China and en for others.",
)
@click.pass_obj
def export(
    folder: Path,
    evaluation: str,
    company: str,
    directory: Path,
    stage: Stage,
    lang: Language | None,
) -> None:
    """Write what is held about a COMPANY of an EVALUATION, for that company alone."""
    from cati.research.review.facts import pack_facts
    from cati.research.review.pack import language_of, write_pack

    workspace = opened(folder)
    entity = company_named(workspace, company)
    facts = pack_facts(workspace, evaluation, entity.id, stage)
    for path in write_pack(facts, directory, lang or language_of(entity)):
        click.echo(str(path))


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "sender", metavar="COMPANY", help="The company that sent it; is checked.")
@click.option("--received", type=DAY, metavar="DATE", help="When it came; today unless given.")
@LANGUAGE
@click.pass_obj
def import_command(
    folder: Path,
    file: Path,
    sender: str | None,
    received: datetime.datetime | None,
    lang: Language,
) -> None:
    """Take over what a company replied in FILE: all of it, or nothing if anything is wrong."""
    from cati.research.review.importing import import_replies
    from cati.research.review.texts import imported_lines

    day = _day("--received", received)
    try:
        imported = import_replies(folder, file, day, sender)
    except ProblemsError as error:
        for line in report_lines(error.problems):
            click.echo(line, err=True)
        fail(f"{counted(len(error.problems), 'error')}; nothing written", WRONG_DATA)
    for line in imported_lines(imported, lang):
        click.echo(line)


@review.command("decide")
@click.argument("evaluation")
@click.argument("company")
@click.argument("challenge")
@click.argument("outcome", type=Coded("outcome", ("accepted", "partly", "rejected")))
@click.option("--reason", required=True, help="Why, in words for the company.")
@click.option("--by", required=True, metavar="NAME", help="Who decides.")
@click.option("--erratum", type=int, metavar="NUMBER", help="The erratum that told of the change.")
@click.option("--on", type=DAY, metavar="DATE", help="When; today unless given.")
@LANGUAGE
@click.pass_obj
def decide(
    folder: Path,
    evaluation: str,
    company: str,
    challenge: str,
    outcome: Outcome,
    reason: str,
    by: str,
    erratum: int | None,
    on: datetime.datetime | None,
    lang: Language,
) -> None:
    """Decide on a CHALLENGE of a COMPANY. What is accepted has been changed before."""
    from cati.model.base import NameLine
    from cati.research.review.decisions import Wanted
    from cati.research.review.decisions import decide as settle
    from cati.research.review.texts import decided_line
    from cati.research.typed import typed

    wanted = Wanted(
        outcome=outcome,
        reason=typed("--reason", NameLine, reason),
        by=typed("--by", NameLine, by),
        date=_day("--on", on),
        erratum=erratum,
    )
    entity = company_named(opened(folder), company, lang)
    decided = settle(folder, evaluation, entity.id, challenge, wanted)
    click.echo(decided_line(decided, lang))
    if decided.verdict is not None and erratum is not None:
        click.echo("the level of the answer is new too; 'cati erratum add' keeps it", err=True)


@review.command("contact")
@click.argument("evaluation")
@click.argument("company", required=False)
@click.option(
    "--outcome",
    type=Coded("contact", ("sent", "bounced", "declined", "communicated", "silent", "no_address")),
    help="What came of writing to it.",
)
@click.option("--on", type=DAY, metavar="DATE", help="When; today unless given.")
@click.option("--by", metavar="NAME", help="Who wrote.")
@click.option("--address", help="Where to; is kept in private/ and printed nowhere.")
@LANGUAGE
@click.pass_obj
def contact(
    folder: Path,
    evaluation: str,
    company: str | None,
    outcome: Reaction | None,
    on: datetime.datetime | None,
    by: str | None,
    address: str | None,
    lang: Language,
) -> None:
    """Log what came of writing to a COMPANY; without one, print how the log adds up."""
    from cati.research.review.contact import add_contact, tally, tally_problems
    from cati.research.review.texts import tally_lines
    from cati.store.file_kinds import CONTACTS

    workspace = opened(folder)
    workspace.store.require_sound()
    found = workspace.evaluation(evaluation)
    if company is not None:
        from cati.model.review import Contact
        from cati.research.desk.asked import record

        if outcome is None or by is None:
            raise UsageError("what came of it? Give --outcome and --by")
        day = _day("--on", on)
        values: dict[str, object] = {"company": company_named(workspace, company, lang).id}
        values |= {"outcome": outcome, "date": day.isoformat(), "by": by, "address": address}
        log: ContactLog | None = add_contact(folder, evaluation, record(Contact, values))
    elif outcome or on or by or address:
        raise UsageError("of which company? Name it")
    else:
        log = workspace.store.of(CONTACTS).get(evaluation)
    for line in tally_lines(tally(log, found), lang):
        click.echo(line)
    problems = list(tally_problems(log, found)) if company is None else []
    for line in report_lines(problems):
        click.echo(line, err=True)
    sys.exit(WRONG_DATA if problems else DONE)


@review.command("status")
@click.argument("evaluation")
@FORMAT
@LANGUAGE
@click.pass_obj
def status(folder: Path, evaluation: str, form: str, lang: Language) -> None:
    """Print how far the review of an EVALUATION is: replied, open, decided, late, overdue."""
    from cati.report.cells import csv_text
    from cati.report.texts.terminal import console
    from cati.research.review import texts
    from cati.research.review.status import review_status

    workspace = opened(folder)
    found = review_status(workspace, evaluation, datetime.date.today())
    records = texts.status_records(found)
    if form == "csv":
        click.echo(csv_text(records), nl=False)
    elif form == "json":
        click.echo(texts.status_json(found, records), nl=False)
    else:
        console().print(texts.status_table(found, workspace.store.entities, lang))
    for line in texts.status_notes(found, lang):
        click.echo(line, err=True)


@review.command("public")
@click.argument("evaluation")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv"]),
    default="json",
    help="Form of the output; both have stable fields.",
)
@click.pass_obj
def public(folder: Path, evaluation: str, form: str) -> None:
    """Print what may be published of the review: decided, and with the company's consent."""
    from cati.report.cells import csv_text
    from cati.research.review.public import public_counts, public_records
    from cati.research.review.status import review_status
    from cati.research.review.texts import public_json

    workspace = opened(folder)
    counts = public_counts(review_status(workspace, evaluation, datetime.date.today()))
    records = public_records(workspace, evaluation)
    click.echo(csv_text(records) if form == "csv" else public_json(counts, records), nl=False)
    left = counts["challenges"] - len(records)
    click.echo(f"{counted(left, 'challenge')} open or without consent, left out", err=True)


@review.command("indicator")
@click.argument("evaluation")
@click.argument("code")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "xlsx"]),
    default="table",
    help="Form of the output; csv and json have stable fields, xlsx goes to --out.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where xlsx goes.")
@LANGUAGE
@click.pass_obj
def indicator(
    folder: Path, evaluation: str, code: str, form: str, out: Path | None, lang: Language
) -> None:
    """Lay all companies' answers to the indicator CODE side by side, and flag what differs."""
    from cati.report.cells import csv_text
    from cati.report.texts.terminal import console
    from cati.research.review import consistency_texts as texts
    from cati.research.review.consistency import side_by_side
    from cati.store.atomic import refuse_existing, write_bytes

    if (form == "xlsx") != (out is not None):
        raise UsageError("--format xlsx and --out FILE go together")
    if out is not None:
        refuse_existing(out, "name")
    workspace = opened(folder)
    found = side_by_side(workspace, evaluation, code)
    if out is not None:
        book = texts.side_by_side_workbook(found, workspace.evaluation(evaluation), lang)
        write_bytes(out, book)
        click.echo(str(out), err=True)
    elif form == "csv":
        click.echo(csv_text(texts.answer_records(found)), nl=False)
    elif form == "json":
        click.echo(texts.side_by_side_json(found, lang), nl=False)
    else:
        console().print(texts.answer_table(found, workspace.store.entities, lang))
        for line in texts.evidence_lines(found, workspace.store.entities, lang):
            click.echo(line)
        for flag in found.flags:
            click.echo(texts.flag_line(flag, lang))
    for line in texts.notes(found, lang):
        click.echo(line, err=True)


def _day(option: str, given: datetime.datetime | None) -> datetime.date:
    """The day that was typed, or today; a later one cannot have been."""
    today = datetime.date.today()
    day = today if given is None else given.date()
    if day > today:
        raise UsageError(f"{option}: expected a day up to today, {today}; found {day}")
    return day
