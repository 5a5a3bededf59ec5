"""One way to say what is wrong.

Everything that reads a file reports what it finds as a `Problem`: where it
is, what was expected, what stands there and what to do. Problems are
collected, never raised one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Severity = Literal["error", "warning"]

SHOWN_LENGTH = 80

SIMILARITY = 60
"""Per cent of their letters that two words must have in common to be mistaken for one another."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one place.

    Parameters
    ----------
    file : str
        The file, relative to the workspace.
    expected, found : str
        What should stand there and what does.
    line : int, optional
        Line in the file, counted from 1.
    field : str
        The field's path, such as ``tracks[1].share``, or the cell's row and column.
    hint : str
        What to do about it.
    severity : {"error", "warning"}
        An error means that the file cannot be trusted; a warning, that
        something in it does not count.
    """

    file: str
    expected: str
    found: str
    line: int | None = None
    field: str = ""
    hint: str = ""
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """File and line as editors understand them, ``file:line``."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        hint = f" ({self.hint})" if self.hint else ""
        return ascii_controls(
            f"{self.place}: {field}expected {self.expected}; found {self.found}{hint}"
        )


FAULTS_LIMIT = 10_000
"""Problems of one file that are told; a file with more is not what it should be."""


def too_many(file: str, found: str = "more") -> Problem:
    """The problem of having more than `FAULTS_LIMIT`, behind those that are told."""
    return Problem(file, f"at most {FAULTS_LIMIT:,} problems", found, hint="mend the others first")


MANY = 40
"""Problems up to which each is shown."""


def in_order(problem: Problem) -> tuple[str, int, str]:
    """Sort key: by file, line and field."""
    return problem.file, problem.line or 0, problem.field


SHOWN_OF_A_KIND = 3
SHOWN_KINDS = 12
"""Many problems fill at most 12 x 4 lines and one."""


def report_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Problems as text: all of a few, and of many some of each kind with their number.

    Kinds are as narrow as fit on a page: what is expected in a field, a field
    in files of one name, or files of one name.
    """
    if len(problems) <= MANY:
        yield from (f"{problem.severity}: {problem}" for problem in problems)
        return
    for kind in (_same_expected, _same_field, _same_file_name):
        kinds: dict[_Kind, list[Problem]] = {}
        for problem in problems:
            kinds.setdefault(kind(problem), []).append(problem)
        if len(kinds) <= SHOWN_KINDS:
            break
    told = list(kinds.items())
    for (_, _, like), alike in told[:SHOWN_KINDS]:
        yield from (f"{problem.severity}: {problem}" for problem in alike[:SHOWN_OF_A_KIND])
        if len(alike) > SHOWN_OF_A_KIND:
            more = len(alike) - SHOWN_OF_A_KIND
            yield f"  … and {more:,} more like it{like}, in {_files(alike)}"
    rest = [problem for _, alike in told[SHOWN_KINDS:] for problem in alike]
    if rest:
        yield f"… and {len(rest):,} others, in {_files(rest)}"


_Kind = tuple[str, str, str]
"""Severity, what else tells a kind from others, and how its problems are alike in words."""


def _same_expected(problem: Problem) -> _Kind:
    field = _field(problem)
    place = f" in {field}" if field else ""
    return problem.severity, "", f"{place} (expected {problem.expected})"


def _same_field(problem: Problem) -> _Kind:
    field = _field(problem)
    return problem.severity, _file_name(problem), f" in {field}" if field else ""


def _same_file_name(problem: Problem) -> _Kind:
    return problem.severity, _file_name(problem), ""


def _field(problem: Problem) -> str:
    """The field without positions in lists, or the column without its row."""
    return re.sub(r"\[\d+\]", "[…]", problem.field).split(", ")[-1]


def _file_name(problem: Problem) -> str:
    return problem.file.rpartition("/")[2]


def _files(problems: Sequence[Problem]) -> str:
    number = len({problem.file for problem in problems})
    return f"{number:,} file{'s' * (number != 1)}"


@dataclass(frozen=True)
class Finding:
    """A `Problem` before it is known in which file and line it stands.

    Models find faults by their own structure; the store, which knows where
    each part was read, turns the path into a file and a line.

    Attributes
    ----------
    path : tuple of str and int
        Keys and positions from the top of the structure.
    expected, found, hint : str
        As in `Problem`.
    """

    path: tuple[str | int, ...]
    expected: str
    found: str
    hint: str = ""

    def __str__(self) -> str:
        return (
            f"expected {self.expected}; found {self.found}{f' ({self.hint})' if self.hint else ''}"
        )


class CatiError(Exception):
    """A fault that the person at the keyboard can mend; shown without a traceback."""


class UsageError(CatiError):
    """A request for something that does not exist or makes no sense here."""


class ProblemsError(CatiError):
    """Files that cannot be trusted, with every problem found in them.

    Attributes
    ----------
    problems : tuple of Problem
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shown(value: object) -> str:
    """A value from a file in a form that fits into a message.

    Text is quoted, control characters are escaped and long values are cut.
    """
    text = f"{value:f}" if isinstance(value, Decimal) else ascii_controls(str(value))
    if len(text) > SHOWN_LENGTH:
        text = f"{text[:SHOWN_LENGTH]}… ({len(text)} characters)"
    return f"'{text}'" if isinstance(value, str) else text


def ascii_controls(text: str) -> str:
    """The text with control and direction-changing characters written as escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def reason(error: OSError) -> str:
    """Why the system could not do what it was asked to, in words.

    Where several files were copied at once, the error is a list of theirs.
    """
    if error.strerror:
        return error.strerror
    inner = error.args[0] if error.args else None
    if isinstance(inner, list) and inner:
        return re.sub(r"^\[Errno \d+\] ", "", str(inner[0][-1])).partition(": '")[0]
    return str(error) or "the system gives no reason"


def with_hint(message: str, hint: str) -> str:
    """A message with a hint behind a colon, where there is one."""
    return f"{message}: {hint}" if hint else message


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the known words nearest to a misspelt one, or all of a few."""
    from rapidfuzz import fuzz, process

    names = sorted(set(known), reverse=True)
    near = process.extract(word, names, scorer=fuzz.ratio, limit=3, score_cutoff=SIMILARITY)
    if near:
        return f"did you mean {' or '.join(name for name, _, _ in near)}?"
    if names and len(names) <= 12:
        return f"known: {', '.join(reversed(names))}"
    return ""
