"""Commands of the research desk: document, find, queue, quote."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cati.cli.base import (
    DONE,
    LANGUAGE,
    WRONG_DATA,
    Coded,
    Commands,
    company_named,
    counted,
    opened,
)

if TYPE_CHECKING:
    from cati.model.language import Language
    from cati.research.desk.evidence_queue import Plan

BY = click.option("--by", required=True, metavar="NAME", help="Who does this.")
FORM = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Form of the output.",
)


@click.group(cls=Commands)
def document() -> None:
    """Keep copies of public documents, and read them."""


@document.command("add")
@click.argument("company")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "name", metavar="ID", help="Id of the source, new or known.")
@click.option("--title", help="As printed.")
@click.option("--kind", metavar="KIND", help="Such as sustainability_report, website or cdp.")
@click.option("--language", metavar="en|zh", help="Language of the document.")
@click.option("--link", help="Where it is, or was, public.")
@click.option("--published", metavar="DATE", help="When it came out: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--accessed", metavar="DATE", help="When it was downloaded or saved.")
@click.option("--data-as-of", metavar="DATE", help="The day its data describe.")
@LANGUAGE
@click.pass_obj
def document_add(
    folder: Path, /, company: str, file: Path, name: str | None, lang: Language, **given: str | None
) -> None:
    """Keep a copy of FILE, a public document of COMPANY, and its source record.

    A new source needs --id, --title, --kind and --language. A file that differs
    from the copy of a source with the same id or link becomes a new version of it,
    under the id of --id if that is new.
    """
    from cati.report.glossary import value_of
    from cati.research.desk.desk_lines import added_lines
    from cati.research.desk.documents import add_document

    workspace = opened(folder)
    entity = company_named(workspace, company, lang)
    with _progress("pages") as told:
        worded = {key: value_of(key, given[key] or "") for key in ("kind", "language")}
        said = {"id": name, **given, **{key: value for key, value in worded.items() if value}}
        added = add_document(workspace.store, entity.id, file, said, _today(), told)
    for line in added_lines(added, lang):
        click.echo(line)


@document.command("list")
@click.argument("company", required=False)
@LANGUAGE
@click.pass_obj
def document_list(folder: Path, company: str | None, lang: Language) -> None:
    """List the documents of COMPANY, or of all, and which copies are here."""
    from cati.research.desk.desk_lines import document_lines
    from cati.research.desk.documents import documents

    workspace = opened(folder)
    named = company_named(workspace, company, lang).id if company else None
    for entity in [named] if named else sorted(workspace.store.entities):
        for line in document_lines(documents(workspace.store, entity), lang):
            click.echo(line)


@document.command("show")
@click.argument("company")
@click.argument("source")
@click.argument("page", required=False, type=click.IntRange(min=1))
@LANGUAGE
@click.pass_obj
def document_show(
    folder: Path, company: str, source: str, page: int | None, lang: Language
) -> None:
    """Show a document of COMPANY from the archived copy: its facts, or the text of a PAGE."""
    from cati.problems import UsageError
    from cati.research.desk.archive import Archive
    from cati.research.desk.desk_lines import (
        caveat_lines,
        head_lines,
        page_count_lines,
        page_lines,
    )
    from cati.research.desk.documents import document_named

    workspace = opened(folder)
    entity = company_named(workspace, company, lang)
    found = document_named(workspace.store, entity.id, source)
    for line in head_lines(found, lang):
        click.echo(line)
    if found.copy is None:
        sys.exit(WRONG_DATA if page else DONE)
    sha256 = found.copy.stem
    archive = Archive(workspace.store.root)
    with archive.index(found.reference.split("/")[0]) as index, _progress("pages") as told:
        archive.take_in(index, [sha256], told)
        pages, told_of = index.pages(sha256), index.caveats(sha256)
    if page is not None and page > len(pages):
        raise UsageError(f"no page {page}: the document has {len(pages):,}")
    if page is None:
        facts = [*page_count_lines(pages, lang), *map("  {}".format, caveat_lines(told_of, lang))]
    for line in facts if page is None else page_lines(pages[page - 1], lang):
        click.echo(line)


@document.command("transcribe")
@click.argument("company")
@click.argument("source")
@click.argument("page", type=click.IntRange(min=1))
@click.argument("file", type=click.Path(path_type=Path))
@BY
@click.pass_obj
def document_transcribe(
    folder: Path, company: str, source: str, page: int, file: Path, by: str
) -> None:
    """Keep FILE as what stands on a PAGE that has no text of its own.

    The same words typed by a second person confirm it.
    """
    from cati.research.desk.transcription import transcribe

    archive, sha256 = _archived(folder, company, source)
    written = transcribe(archive, sha256, page, file, by, _today())
    _tell_transcription(page, written.checked)


@document.command("confirm")
@click.argument("company")
@click.argument("source")
@click.argument("page", type=click.IntRange(min=1))
@BY
@click.pass_obj
def document_confirm(folder: Path, company: str, source: str, page: int, by: str) -> None:
    """Confirm, as a second person, the transcription of a PAGE."""
    from cati.research.desk.transcription import confirm

    archive, sha256 = _archived(folder, company, source)
    _tell_transcription(page, confirm(archive, sha256, page, by, _today()).checked)


@click.command()
@click.argument("evaluation")
@click.argument("company")
@click.argument("code", required=False)
@click.option(
    "--top", type=click.IntRange(1, 50), default=5, show_default=True, help="Of each indicator."
)
@FORM
@LANGUAGE
@click.pass_obj
def find(
    folder: Path,
    evaluation: str,
    company: str,
    code: str | None,
    top: int,
    form: str,
    lang: Language,
) -> None:
    """Find passages of COMPANY's documents for the indicators of an EVALUATION.

    CODE names an indicator or a group of them. What is found goes into a queue;
    'cati queue' accepts or dismisses it. Passages decided on are not shown again.
    """
    from cati.research.desk.desk_lines import passage_lines
    from cati.research.desk.documents import current
    from cati.research.desk.evidence_queue import offer, waiting
    from cati.research.desk.find import chosen_indicators
    from cati.research.desk.find import find as search

    workspace = opened(folder)
    workspace.store.require_sound()
    chosen = workspace.evaluation(evaluation)
    entity = company_named(workspace, company, lang)
    methodology = workspace.methodology(chosen.methodology)
    indicators = chosen_indicators(methodology, code)
    with _progress("pages") as told:
        found = search(workspace.store, entity.id, indicators, told)
    root = workspace.store.root
    queue = offer(root, chosen.id, entity.id, found, top, _today())
    entries = waiting(queue, found, top)
    scores = {(one.indicator, one.passage): one.score for many in found.values() for one in many}
    if form == "json":
        records = [
            {**entry.model_dump(mode="json"), "score": round(scores[code, entry.passage], 3)}
            for code, many in entries.items()
            for entry in many
        ]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        for line in passage_lines(entries, methodology, scores, lang):
            click.echo(line)
    _tell_caveats(root, current(workspace.store, entity.id), lang)
    total = sum(map(len, entries.values()))
    what = counted(total, "open passage")
    click.echo(
        f"{what} on {sum(map(bool, entries.values()))} of {len(entries)} indicators", err=True
    )


@click.group(cls=Commands)
def queue() -> None:
    """Decide on the passages that were found."""


@queue.command("list")
@click.argument("evaluation")
@click.argument("company")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="Also those that are decided.")
@LANGUAGE
@click.pass_obj
def queue_list(
    folder: Path, evaluation: str, company: str, code: str | None, every: bool, lang: Language
) -> None:
    """List the passages that wait for a decision."""
    from cati.research.desk.desk_lines import queue_lines
    from cati.research.desk.documents import outdated
    from cati.research.desk.evidence_queue import read_queue

    workspace = opened(folder)
    chosen = workspace.evaluation(evaluation)
    methodology = workspace.methodology(chosen.methodology)
    entity = company_named(workspace, company, lang)
    there = read_queue(workspace.store.root, chosen.id, entity.id)
    entries = [
        entry
        for entry in there.passages
        if (every or entry.state == "open")
        and (code is None or f"{entry.indicator}.".startswith(f"{code}."))
    ]
    for line in queue_lines(entries, outdated(workspace.store, entity.id), methodology, lang):
        click.echo(line)
    click.echo(f"{len(entries)} of {counted(len(there.passages), 'passage')}", err=True)


def _decision(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments that name a passage of a queue."""
    for argument in ("passage", "code", "company", "evaluation"):
        command = click.argument(argument)(command)
    return command


@queue.command("accept")
@_decision
@click.option("--statement", required=True, help="The fact, in your words.")
@click.option(
    "--polarity",
    type=Coded("polarity", ("supports", "partial", "absent")),
    default="supports",
    show_default=True,
    help="What it says on the indicator.",
)
@click.option(
    "--confidence",
    type=Coded("confidence", ("high", "medium", "low")),
    default="medium",
    show_default=True,
    help="How sure the reading is.",
)
@click.option("--quote", help="The part of the passage to quote; all of it unless given.")
@click.option("--id", metavar="ID", help="Id of the disclosure; made up unless given.")
@BY
@click.pass_obj
def queue_accept(
    folder: Path, /, evaluation: str, company: str, code: str, passage: str, **said: Any
) -> None:
    """Make a disclosure of COMPANY of a PASSAGE found for indicator CODE."""
    _decide(folder, evaluation, company, what="accepted", indicator=code, passage=passage, **said)


@queue.command("dismiss")
@_decision
@click.option("--reason", required=True, help="Why it says nothing on the indicator.")
@BY
@click.pass_obj
def queue_dismiss(
    folder: Path, /, evaluation: str, company: str, code: str, passage: str, **said: Any
) -> None:
    """Put a PASSAGE found for indicator CODE aside."""
    _decide(folder, evaluation, company, what="dismissed", indicator=code, passage=passage, **said)


@queue.command("reopen")
@_decision
@click.option("--reason", required=True, help="Why it needs another look.")
@BY
@click.pass_obj
def queue_reopen(
    folder: Path, /, evaluation: str, company: str, code: str, passage: str, **said: Any
) -> None:
    """Open a decided PASSAGE again; a disclosure made of it stays."""
    _decide(folder, evaluation, company, what="reopened", indicator=code, passage=passage, **said)


@queue.command("export")
@click.argument("evaluation")
@click.argument("company")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@LANGUAGE
@click.pass_obj
def queue_export(folder: Path, evaluation: str, company: str, file: Path, lang: Language) -> None:
    """Write the queue of COMPANY as a workbook, to decide in."""
    from cati.research.desk.documents import outdated
    from cati.research.desk.evidence_queue import read_queue
    from cati.research.desk.queue_workbook import export_queue

    workspace = opened(folder)
    chosen = workspace.evaluation(evaluation)
    entity = company_named(workspace, company, lang)
    there = read_queue(workspace.store.root, chosen.id, entity.id)
    methodology = workspace.methodology(chosen.methodology)
    old = outdated(workspace.store, entity.id)
    export_queue(there, old, chosen, methodology, file, lang)
    click.echo(f"{file}: {counted(len(there.passages), 'passage')}", err=True)


@queue.command("import")
@click.argument("evaluation")
@click.argument("company")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", metavar="NAME", help="Who has decided, where a row does not say it.")
@click.pass_obj
def queue_import(folder: Path, evaluation: str, company: str, file: Path, by: str | None) -> None:
    """Carry out the decisions in a workbook of the queue, all of them or none."""
    from cati.research.desk.queue_workbook import import_queue

    workspace = opened(folder)
    chosen = workspace.evaluation(evaluation)
    entity = company_named(workspace, company)
    plan, known = import_queue(workspace.store, chosen, entity.id, file, by, _today())
    _tell_decided(plan)
    click.echo(f"{counted(plan.number, 'decision')} carried out, {known} known already", err=True)


@click.group(cls=Commands)
def quote() -> None:
    """Quotes and the documents they come from."""


@quote.command("check")
@click.argument("company", required=False)
@FORM
@LANGUAGE
@click.pass_obj
def quote_check(folder: Path, company: str | None, form: str, lang: Language) -> None:
    """Look for every quote, of COMPANY or of all, on the page it is cited from."""
    from cati.research.desk.desk_lines import quote_lines
    from cati.research.desk.quotes import BAD, check_quotes

    workspace = opened(folder)
    named = company_named(workspace, company, lang).id if company else None
    with _progress("quotes") as told:
        checks = check_quotes(workspace.store, named, told)
    if form == "json":
        records = [
            {
                "disclosure": check.reference,
                "file": check.file,
                "line": check.line,
                "source": check.source,
                "page": check.page,
                "outcome": check.outcome,
                "found_on": check.found_on,
                "transcription_unchecked": check.unchecked,
                "quote": check.quote.text,
            }
            for check in checks
        ]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        for line in quote_lines(checks, lang):
            click.echo(line)
    copies = {check.source: workspace.store.sources[check.source].sha256 for check in checks}
    sources = {sha256: reference for reference, sha256 in copies.items() if sha256 is not None}
    _tell_caveats(workspace.store.root, sources, lang)
    sys.exit(WRONG_DATA if any(check.outcome in BAD for check in checks) else DONE)


def _tell_caveats(root: Path, sources: Mapping[str, str], lang: Language) -> None:
    """Say what is to be known of documents, by checksum, before their text is relied on."""
    from cati.research.desk.archive import Archive
    from cati.research.desk.desk_lines import source_caveat_lines

    archive = Archive(root)
    owned: dict[str, dict[str, str]] = {}
    for sha256, reference in sources.items():
        if archive.copy(sha256) is not None:
            owned.setdefault(reference.split("/")[0], {})[sha256] = reference
    for entity, own in owned.items():
        for line in source_caveat_lines(archive.caveats(entity, own), lang):
            click.echo(line, err=True)


def _decide(folder: Path, evaluation: str, company: str, **said: Any) -> None:
    from cati.research.desk.evidence_queue import Request, decide

    workspace = opened(folder)
    chosen = workspace.evaluation(evaluation)
    entity = company_named(workspace, company)
    _tell_decided(decide(workspace.store, chosen, entity.id, [Request(**said)], _today()))


def _tell_decided(plan: Plan) -> None:
    for reference in plan.made:
        click.echo(reference)
    for reference in plan.standing:
        file = f"companies/{plan.company}/evidence.yaml"
        told = f"{reference} was made of it and still counts; if it should not, "
        click.echo(f"{told}say in its field 'retracted' why ({file})", err=True)


def _archived(folder: Path, company: str, source: str) -> tuple[Any, str]:
    """The archive of the workspace, and the checksum of a document in it."""
    from cati.problems import UsageError
    from cati.research.desk.archive import Archive
    from cati.research.desk.documents import document_named

    workspace = opened(folder)
    found = document_named(workspace.store, company_named(workspace, company).id, source)
    if found.copy is None:
        raise UsageError(f"{found.reference} has no archived copy here")
    return Archive(workspace.store.root), found.copy.stem


def _tell_transcription(page: int, checked: bool) -> None:
    told = "confirmed" if checked else "kept; a second person is to confirm it"
    click.echo(f"page {page}: {told}", err=True)


def _today() -> Any:
    import datetime

    return datetime.date.today()


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, gone when it is done, for what is told done of how much."""
    from rich.progress import Progress

    from cati.report.texts.terminal import console

    bar = Progress(console=console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    with bar:
        task = bar.add_task(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)
