"""Reading a file of efforts, YAML or CSV; it may lie anywhere."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from cati.model.efforts import Efforts, check_efforts
from cati.problems import Problem, ProblemsError
from cati.store.csv_file import read_csv
from cati.store.validate import located, validate
from cati.store.yaml_file import YamlDocument, YamlPath, read_yaml

HEADER = ("step", "effort", "ready")
"""Columns of a file of efforts in CSV; ``ready`` may be empty."""


def read_efforts(path: Path, known: Collection[str]) -> Efforts:
    """What a company says its steps cost.

    Parameters
    ----------
    path : Path
        A file that ends in ``.yaml`` or ``.csv``.
    known : collection of str
        Every name that a step can have.

    Raises
    ------
    ProblemsError
        If it cannot be read, or names what is not there.
    """
    file = str(path)
    if path.suffix == ".csv":
        document = _csv_document(path, file)
    elif path.suffix == ".yaml":
        document = read_yaml(path, file)
    else:
        raise ProblemsError([Problem(file, "a file that ends in .yaml or .csv", "another")])
    efforts = validate(Efforts, document)
    if problems := located(check_efforts(efforts, known), document):
        raise ProblemsError(problems)
    return efforts


def _csv_document(path: Path, file: str) -> YamlDocument:
    """The rows as the same values that YAML gives, with their lines."""
    problems: list[Problem] = []
    rows = read_csv(path, file, HEADER, problems)
    if problems:
        raise ProblemsError(problems)
    lines: dict[YamlPath, int] = {(): 1}
    entries = []
    for position, row in enumerate(rows):
        lines["efforts", position] = row.line
        entry: dict[str, object] = {name: cell for name, cell in row.cells.items() if cell}
        effort = row.read_number("effort", lambda value: value)
        if effort is not None:
            entry["effort"] = effort
        entries.append(entry)
    if problems:
        raise ProblemsError(problems)
    return YamlDocument(file, {"format": 1, "efforts": entries}, lines)
