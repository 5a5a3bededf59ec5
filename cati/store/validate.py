"""Plain values to models, and pydantic's errors to problems."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cati.problems import (
    FAULTS_LIMIT,
    Finding,
    Problem,
    ProblemsError,
    did_you_mean,
    shown,
    too_many,
)
from cati.store.text_file import read_text
from cati.store.yaml_file import YamlDocument, YamlPath, field_name, parse_yaml

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "bool_type": "true or false",
    "date_type": "a date as YYYY-MM-DD",
    "dict_type": "a mapping",
    "finite_number": "a number",
    "int_type": "a whole number",
    "is_instance_of": "a number",
    "list_type": "a list",
    "model_type": "a mapping",
    "string_type": "text",
    "tuple_type": "a list",
}
_BOUNDS = {
    "greater_than": ("gt", "more than {}"),
    "greater_than_equal": ("ge", "{} or more"),
    "less_than": ("lt", "less than {}"),
    "less_than_equal": ("le", "{} or less"),
    "string_too_long": ("max_length", "at most {} characters"),
    "string_too_short": ("min_length", "at least {} characters"),
    "too_long": ("max_length", "at most {} entries"),
    "too_short": ("min_length", "at least {} entry"),
}

KEPT = 1_000
"""Files whose models are kept for the next reading, which a notebook or a server soon does; the
real workspace has three hundred."""

ADD_FIELD = "add the missing field"
"""The hint where a field is not there."""

_MARKS = {"[key]", "[line]", "[text]"}
"""Parts of pydantic's places that stand for no part of a file."""


def read_model(
    model: type[M], path: Path, file: str, problems: list[Problem]
) -> tuple[M, YamlDocument] | None:
    """A YAML file as a model, with the document for later messages.

    Parameters
    ----------
    model : type
    path : Path
    file : str
        How messages name the file.
    problems : list of Problem
        Receives what is wrong; the result is then None.
    """
    try:
        return _model_of(model, read_text(path, file), file)
    except ProblemsError as error:
        problems += error.problems
        return None


@lru_cache(maxsize=KEPT)
def _model_of(model: type[M], text: str, file: str) -> tuple[M, YamlDocument]:
    """The text of a file as a model: the same as long as nobody has changed the file.

    Nobody changes a model or a document, so that whoever reads the file again may have them.
    """
    document = parse_yaml(text, file)
    return validate(model, document), document


def validate(model: type[M], document: YamlDocument) -> M:
    """The document as a model.

    Raises
    ------
    ProblemsError
        With one problem for each part that does not fit, by line and field.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        above = {d["loc"][:length] for d in details for length in range(len(d["loc"]))}
        told = [d for d in details if d["type"] != "too_short" or d["loc"] not in above]
        problems = [_problem(model, document, detail) for detail in told[:FAULTS_LIMIT]]
        problems.sort(key=lambda p: (p.line or 0, p.field))
        if len(told) > FAULTS_LIMIT:
            problems.append(too_many(document.file, f"{len(told):,}"))
        raise ProblemsError(problems) from None


def located(findings: Iterable[Finding], document: YamlDocument) -> list[Problem]:
    """Findings in a document's structure as problems in its lines."""
    return [
        Problem(
            document.file,
            finding.expected,
            finding.found,
            line=document.line(finding.path),
            field=field_name(finding.path),
            hint=finding.hint,
        )
        for finding in findings
    ]


def _problem(model: type[BaseModel], document: YamlDocument, detail: Any) -> Problem:
    path: YamlPath = tuple(part for part in detail["loc"] if part not in _MARKS)
    expected, found, hint = _words(model, path, detail)
    return Problem(
        document.file,
        expected,
        found,
        line=document.line(path),
        field=field_name(path),
        hint=hint,
    )


def _words(model: type[BaseModel], path: YamlPath, detail: Any) -> tuple[str, str, str]:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "too_long" and isinstance(value, str):
        kind = "string_too_long"
    found = _found(value)
    if kind == "missing":
        return f"the field {path[-1]}", "nothing", ADD_FIELD
    if kind == "extra_forbidden":
        known = fields_at(model, path[:-1])
        return "a known field", shown(str(path[-1])), did_you_mean(str(path[-1]), known)
    if kind == "value_error":
        return str(context["error"]), found, ""
    if kind == "literal_error":
        options = context["expected"].replace("'", "")
        known = options.replace(" or ", ", ").split(", ")
        near = did_you_mean(value, known) if isinstance(value, str) else ""
        return options, found, near if near.startswith("did") else ""
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        if kind.startswith("string"):
            found = f"{len(value)} characters"
        elif kind in {"too_long", "too_short"}:
            found = str(context.get("actual_length", 0))
        return words.format(context[key]), found, ""
    hint = ""
    if kind == "string_type" and not isinstance(value, (dict, list, type(None))):
        hint = f'put it in quotes: "{found}"'
    return _EXPECTED.get(kind, detail["msg"]), found, hint


def _found(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    return shown(value)


def fields_at(model: type[BaseModel], path: YamlPath) -> tuple[str, ...]:
    """Names of the fields that a model allows at a path."""
    current: Any = model
    names = (part for part in path if isinstance(part, str))
    for part in names:
        if isinstance(current, type) and issubclass(current, BaseModel):
            if part not in current.model_fields:
                return ()
            current = _inner(current.model_fields[part].annotation)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return tuple(current.model_fields)
    return ()


def _inner(annotation: Any) -> Any:
    """The model inside optional, annotated, list and mapping types, if there is one."""
    origin = typing.get_origin(annotation)
    if origin is None:
        return annotation
    if origin in (typing.Union, types.UnionType, tuple, dict, typing.Annotated):
        for argument in typing.get_args(annotation):
            inner = _inner(argument)
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                return inner
    return annotation
