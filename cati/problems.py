"""One way to say what is wrong.

Everything that reads a file reports what it finds as a `Problem`: where it
is, what was expected, what stands there and what to do. Problems are
collected, never raised one at a time.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

SHOWN_LENGTH = 80


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


SHOWN_OF_A_KIND = 3
MANY = 40
"""Problems up to which each is shown."""


def report_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Problems as text: all of a few, and of many some of each kind with their number."""
    if len(problems) <= MANY:
        yield from (f"{problem.severity}: {problem}" for problem in problems)
        return
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        field = re.sub(r"\[\d+\]", "[…]", problem.field).split(", ")[-1]
        kinds.setdefault((problem.severity, field, problem.expected), []).append(problem)
    for (_, field, expected), alike in kinds.items():
        yield from (f"{problem.severity}: {problem}" for problem in alike[:SHOWN_OF_A_KIND])
        if len(alike) > SHOWN_OF_A_KIND:
            files = len({problem.file for problem in alike})
            yield (
                f"  … and {len(alike) - SHOWN_OF_A_KIND:,} more like it"
                f"{f' in {field}' if field else ''} (expected {expected}), in {files:,} file"
                f"{'s' * (files != 1)}"
            )


@dataclass(frozen=True)
class Finding:
    """A `Problem` before it is known in which file and line it stands.

    Models find faults by their own structure; the store, which knows where
    each part was read, turns the path into a file and a line.
    """

    path: tuple[str | int, ...]
    expected: str
    found: str
    hint: str = ""


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
    text = ascii_controls(value) if isinstance(value, str) else str(value)
    if len(text) > SHOWN_LENGTH:
        text = f"{text[:SHOWN_LENGTH]}… ({len(text)} characters)"
    return f"'{text}'" if isinstance(value, str) else text


def ascii_controls(text: str) -> str:
    """The text with control and direction-changing characters written as escapes."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the known words nearest to a misspelt one, or all of a few."""
    names: Sequence[str] = sorted(known)
    near = difflib.get_close_matches(word, names, n=3, cutoff=0.6)
    if near:
        return f"did you mean {' or '.join(near)}?"
    if names and len(names) <= 12:
        return f"known: {', '.join(names)}"
    return ""
