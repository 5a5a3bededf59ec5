"""What the commands share: the workspace they run in, the options, how they fail."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cati.cli.output import lasting_output
from cati.model.language import LANGUAGES
from cati.problems import CatiError, ProblemsError, UsageError, report_lines

if TYPE_CHECKING:
    from cati.model.entity import Entity
    from cati.model.language import Language
    from cati.workspace import Workspace

DONE, WRONG_DATA, WRONG_USAGE = 0, 1, 2

LANGUAGE = click.option(
    "--lang", type=click.Choice(LANGUAGES), default="en", help="Language of the output."
)

DAY = click.DateTime(formats=["%Y-%m-%d"])

SHARES = click.option(
    "--shares",
    metavar="A:B",
    help="Shares of the weighted tracks in per cent, such as 50:50.",
)


FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="Form of the output; csv and json have documented, stable fields.",
)

BASIS = click.option(
    "--basis",
    type=click.Choice(["published", "assessed"]),
    help="Where points come from; the evaluation's own basis unless given.",
)

WITHOUT = click.option(
    "--without",
    multiple=True,
    type=click.Choice(["joint-ventures"]),
    help="Leave companies out and rank the others among themselves.",
)


class Coded(click.Choice[str]):
    """A coded value, also by the words that the reports and workbooks show for it.

    Parameters
    ----------
    words : str
        A list of the glossary.
    values : tuple of str
        As the files have them.
    """

    def __init__(self, words: str, values: tuple[str, ...]) -> None:
        super().__init__(values)
        self.words = words

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value that a word stands for; click says what is expected instead of any other."""
        from cati.report.glossary import value_of

        return super().convert(value_of(self.words, value) or value, param, ctx)


class Commands(click.Group):
    """Commands whose foreseeable failures are messages and exit codes, never tracebacks."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run what the command line says; see `lasting_output`."""
        with lasting_output():
            return super().main(*arguments, **options)

    def invoke(self, context: click.Context) -> object:
        """Run a command; see the class."""
        try:
            with _ended_in_order():
                return super().invoke(context)
        except UsageError as error:
            fail(str(error), WRONG_USAGE)
        except ProblemsError as error:
            for line in report_lines(error.problems):
                click.echo(line, err=True)
            fail(counted(len(error.problems), "error"), WRONG_DATA)
        except CatiError as error:
            fail(str(error), WRONG_DATA)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a signal to end unwind the command, so that it clears away what it was making."""
    here = threading.current_thread() is threading.main_thread()
    known = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP") if here]
    ends = [end for end in known if end is not None and signal.getsignal(end) is signal.SIG_DFL]
    for end in ends:
        signal.signal(end, _end)
    try:
        yield
    finally:
        for end in ends:
            signal.signal(end, signal.SIG_DFL)


def _end(number: int, _: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # a second one does not disturb the clearing
    sys.exit(128 + number)


def opened(folder: Path) -> Workspace:
    """The workspace that a folder is or lies in."""
    from cati.workspace import Workspace

    return Workspace.open(folder)


def company_named(workspace: Workspace, text: str, lang: Language = "en") -> Entity:
    """The company that goes by a name; says so where it is not its usual one."""
    from cati.report.texts.records import found_lines

    found = workspace.find(text)
    for line in found_lines(text, found, lang):
        click.echo(line, err=True)
    return found.entity


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 error, 2 errors."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def fail(message: str, code: int) -> NoReturn:
    """Say on standard error what is wrong and exit."""
    click.echo(f"cati: {message}", err=True)
    sys.exit(code)
