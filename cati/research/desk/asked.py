"""Records made from what somebody has asked for, with words for what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydantic import BaseModel

from cati.problems import Finding, Problem, ProblemsError, UsageError
from cati.store.validate import ADD_FIELD, validate
from cati.store.yaml_file import YamlDocument

M = TypeVar("M", bound=BaseModel)


def record(model: type[M], values: Mapping[str, object]) -> M:
    """A record with these values; those that are None are left out.

    Raises
    ------
    UsageError
        If they do not fit, with a line for each that does not.
    """
    given = {key: value for key, value in values.items() if value is not None}
    try:
        return validate(model, YamlDocument("", given, {(): 1}))
    except ProblemsError as error:
        refuse(_as_asked(problem) for problem in error.problems)
        raise


def _as_asked(problem: Problem) -> Finding:
    """A problem in the words of a command line: a field that is missing is an option."""
    if problem.hint == ADD_FIELD:
        return Finding((f"--{problem.field}",), "a value", problem.found)
    return Finding((problem.field,), problem.expected, problem.found, problem.hint)


def refuse(findings: Iterable[Finding]) -> None:
    """Refuse what was asked for if anything is wrong with it.

    Raises
    ------
    UsageError
        With a line for each finding.
    """
    lines = [f"{'.'.join(map(str, finding.path))}: {finding}" for finding in findings]
    if lines:
        raise UsageError("\n".join(lines))
