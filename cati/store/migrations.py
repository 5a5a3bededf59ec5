"""Bringing files of an older format up to the one this version reads.

A migration changes the plain values of one kind of file from one format to
the next. Formats are never guessed: a file without one, or with a newer
one, is a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cati.problems import Finding, Problem, ProblemsError, shown
from cati.store.canonical import yaml_text
from cati.store.editing import digest, replace
from cati.store.formatting import data_files, ordered
from cati.store.schemas import schema_link
from cati.store.validate import located, validate
from cati.store.yaml_file import YamlDocument, read_yaml

CURRENT = 1

Values = dict[str, Any]
Migration = Callable[[Values], Values]

MIGRATIONS: Mapping[tuple[str, int], Migration] = {}
"""By kind of file and the format it comes from. Format 1 is the first."""


def migrate(
    root: Path,
    current: int = CURRENT,
    migrations: Mapping[tuple[str, int], Migration] = MIGRATIONS,
) -> list[str]:
    """Bring every file of a workspace to the current format; gives those that changed.

    All files are brought up to date in memory and checked before the first
    is written.

    Parameters
    ----------
    root : Path
        The workspace.
    current : int
        The format to reach.
    migrations : mapping of (str, int) to callable
        One step each, by kind of file and format; a kind without a step
        changes its number alone.

    Raises
    ------
    ProblemsError
        If a file cannot be read, has no format or a newer one, or does not
        fit its model after the last step.
    """
    problems: list[Problem] = []
    texts = []
    for file, kind in data_files(root):
        before = digest(root / file)
        try:
            document = read_yaml(root / file, file)
            values = _migrated(document, kind.schema, current, migrations)
            if values is not None:
                model = validate(kind.model, YamlDocument(file, values, document.lines))
                texts.append((file, yaml_text(ordered(model), schema_link(file)), before))
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    for file, text, before in texts:
        replace(root, file, text, before)
    return [file for file, _, _ in texts]


def _migrated(
    document: YamlDocument,
    kind: str,
    current: int,
    migrations: Mapping[tuple[str, int], Migration],
) -> Values | None:
    """The values in the current format; None where they are in it already."""
    values = document.data
    found = values.get("format") if isinstance(values, dict) else None
    if not isinstance(values, dict) or not isinstance(found, int) or isinstance(found, bool):
        expected = f"a format from 1 to {current}"
        raise ProblemsError(located([Finding(("format",), expected, shown(found))], document))
    if found > current:
        finding = Finding(("format",), f"{current} or older", str(found), "update cati")
        raise ProblemsError(located([finding], document))
    if found == current:
        return None
    for step in range(found, current):
        values = {**migrations.get((kind, step), dict)(values), "format": step + 1}
    return values
