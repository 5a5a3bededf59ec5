"""Commands for what was published: edition keep, list, restore; erratum add, list."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cati.cli.base import DONE, LANGUAGE, WRONG_DATA, counted, opened
from cati.model.language import LANGUAGES, OTHERS, Language
from cati.problems import UsageError, report_lines, shown

_CHINESE = re.compile("[\u3400-\u9fff]")

F = TypeVar("F", bound="Callable[..., Any]")

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cati.model.base import Text


@click.group()
def edition() -> None:
    """Keep what was published, and bring it back."""


@edition.command("keep")
@click.argument("evaluation")
@click.option("--by", required=True, metavar="NAME", help="Who publishes it.")
@click.pass_obj
def keep(folder: Path, evaluation: str, by: str) -> None:
    """Keep the files of an EVALUATION as its first edition, on the day it is published."""
    from cati.model.base import NameLine
    from cati.research.errata import keep_first
    from cati.research.typed import typed

    name = typed("--by", NameLine, by)
    kept = keep_first(opened(folder), evaluation, name, datetime.date.today())
    click.echo(
        f"{evaluation}: edition {kept.number} kept, files {kept.sha256[:12]}; "
        f"now run 'cati report {evaluation}': its citation names this edition"
    )


@edition.command("list")
@click.argument("evaluation")
@LANGUAGE
@click.pass_obj
def list_editions(folder: Path, evaluation: str, lang: Language) -> None:
    """Print the kept editions of an EVALUATION."""
    from cati.report.kept import corrected_files, kept
    from cati.report.texts.correcting import edition_lines

    workspace = opened(folder)
    for line in edition_lines(kept(workspace, evaluation), lang):
        click.echo(line)
    if corrected_files(workspace, evaluation):
        click.echo("the files have changed since; 'cati erratum add' tells what", err=True)


@edition.command("restore")
@click.argument("evaluation")
@click.argument("number", type=int)
@click.argument("directory", type=click.Path(path_type=Path))
@click.pass_obj
def restore(folder: Path, evaluation: str, number: int, directory: Path) -> None:
    """Write edition NUMBER of an EVALUATION into DIRECTORY, a workspace as it was."""
    from cati.report.kept import edition_files
    from cati.store.editions import restore as write

    files = edition_files(opened(folder), evaluation, number)
    write(files, directory)
    click.echo(f"{directory}: {counted(len(files), 'file')} of edition {number}", err=True)
    click.echo(f"next: cati -C {directory} score {evaluation}", err=True)


def _option(what: str, language: Language) -> str:
    return f"--{what}" if language == "en" else f"--{what}-{language}"


def _in_each_language(what: str, said: str) -> Callable[[F], F]:
    """An option for a text in each language."""

    def add(command: F) -> F:
        for language, name in reversed(OTHERS.items()):
            command = click.option(_option(what, language), help=f"The same in {name}.")(command)
        return click.option(f"--{what}", help=f"{said}, in English.")(command)

    return add


@click.group()
def erratum() -> None:
    """Number the corrections after publication."""


@erratum.command("add")
@click.argument("evaluation")
@_in_each_language("what", "What was corrected")
@_in_each_language("why", "The reason")
@click.option("--by", required=True, metavar="NAME", help="Who corrects.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Show what would be published for good, in both languages; write nothing.",
)
@LANGUAGE
@click.pass_obj
def add(
    folder: Path,
    /,
    evaluation: str,
    by: str,
    dry_run: bool,
    lang: Language,
    **texts: str | None,
) -> None:
    """Number what changed in an EVALUATION since its last edition, and keep the corrected one.

    What it says is public, in English and Chinese, and stays: try it with --dry-run.
    """
    from cati.model.base import NameLine
    from cati.report.texts.correcting import erratum_lines
    from cati.research.errata import Correction, add_erratum, new_erratum
    from cati.research.typed import typed

    said = _in_every_language(texts)
    correction = Correction(
        what=said["what"],
        why=said["why"],
        by=typed("--by", NameLine, by),
        date=datetime.date.today(),
    )
    workspace = opened(folder)
    if dry_run:
        tried = new_erratum(workspace, evaluation, correction)
        for language in LANGUAGES:
            for line in erratum_lines(tried, language):
                click.echo(line)
        click.echo("nothing written; without --dry-run this is published for good", err=True)
        return
    for line in erratum_lines(add_erratum(workspace, evaluation, correction), lang):
        click.echo(line)


def _in_every_language(texts: Mapping[str, str | None]) -> dict[str, Text]:
    """The texts by option; every one that is missing, or is not in its language, is told at once.

    Raises
    ------
    UsageError
    """
    from cati.model.base import NameLine, Text
    from cati.research.typed import typed

    wrong: list[str] = []

    def said(what: str, language: Language) -> str:
        option = _option(what, language)
        text = texts[option.strip("-").replace("-", "_")]
        wanted = f"{OTHERS.get(language, 'English')} text for the page of errata"
        if text is None:
            wrong.append(f"{option}: expected {wanted}; found nothing: give {option} TEXT")
            return ""
        line: str = typed(option, NameLine, text)
        if language == "zh" and not _CHINESE.search(line):
            wrong.append(f"{option}: expected {wanted}; found {shown(line)}")
        return line

    found = {what: {name: said(what, name) for name in LANGUAGES} for what in ("what", "why")}
    if wrong:
        raise UsageError("\n  ".join(["the page of errata is in both languages", *wrong]))
    return {what: Text(**words) for what, words in found.items()}


@erratum.command("list")
@click.argument("evaluation")
@LANGUAGE
@click.pass_obj
def list_errata(folder: Path, evaluation: str, lang: Language) -> None:
    """Print the errata of an EVALUATION, worked out again from the kept editions."""
    from cati.report.kept import kept, verify_errata
    from cati.report.texts.correcting import erratum_lines

    workspace = opened(folder)
    errata = kept(workspace, evaluation).errata
    for one in errata:
        for line in erratum_lines(one, lang):
            click.echo(line)
    problems = verify_errata(workspace, evaluation)
    for line in report_lines(problems):
        click.echo(line, err=True)
    if not errata:
        click.echo(f"{evaluation}: no errata", err=True)
    sys.exit(WRONG_DATA if problems else DONE)
