"""Reading what was imported from workbooks, when somebody asks what became of it."""

from __future__ import annotations

from pathlib import Path

from cati.model.imports import Imports
from cati.problems import Problem, ProblemsError
from cati.store.validate import read_model

FOLDER = "private/imports"


def imports_file(company: str) -> str:
    """Where it stands what was imported of a company, relative to the workspace."""
    return f"{FOLDER}/{company}.yaml"


def read_imports(root: Path, company: str) -> Imports:
    """What was imported of a company; nothing where it does not stand.

    Raises
    ------
    ProblemsError
        If the file cannot be read.
    """
    file = imports_file(company)
    if not (root / file).is_file():
        return Imports(format=1)
    problems: list[Problem] = []
    read = read_model(Imports, root / file, file, problems)
    if read is None:
        raise ProblemsError(problems)
    return read[0]
