"""Writing every file of a workspace in its canonical form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from cati.model.evidence import Disclosure, Evidence
from cati.model.methodology import code_order
from cati.model.source import Sources
from cati.problems import Problem, ProblemsError
from cati.store.atomic import make_folder
from cati.store.canonical import yaml_text
from cati.store.editing import digest, replace
from cati.store.file_kinds import POINTS, PUBLISHED, YamlKind, kind_of
from cati.store.printed_files import points_text, published_text
from cati.store.private import PRIVATE
from cati.store.reading import Reading
from cati.store.schemas import FOLDER, SCHEMAS, schema_link, schema_text
from cati.store.store import FOLDERS, Store
from cati.store.text_file import digest_of
from cati.store.validate import read_model

M = TypeVar("M", bound=BaseModel)

DEEPEST = 3
"""Levels of folders between one of the workspace's own and a data file."""


def data_files(root: Path) -> Iterator[tuple[str, YamlKind[Any]]]:
    """Every YAML file that cati reads in a workspace, with its kind, sorted."""
    reading = Reading(root)
    for folder in (*FOLDERS, PRIVATE):
        for path in reading.below(root / folder, DEEPEST) if (root / folder).is_dir() else ():
            file = path.relative_to(root).as_posix()
            kind = kind_of(file)
            if kind is not None:
                yield file, kind


def canonical_texts(root: Path) -> Iterator[tuple[str, str, str]]:
    """Every file with a canonical form: its path, that form, and the digest of what is there.

    Raises
    ------
    ProblemsError
        If a file cannot be read; it is then left as it is.
    """
    for name in SCHEMAS:
        file = f"{FOLDER}/{name}.json"
        yield file, schema_text(name), digest(root / file)
    problems: list[Problem] = []
    for file, kind in data_files(root):
        before = digest(root / file)
        read = read_model(kind.model, root / file, file, problems)
        if read is not None:
            yield file, yaml_text(ordered(read[0]), schema_link(file)), before
    if problems:
        raise ProblemsError(problems)
    yield from _tables(root)


def _tables(root: Path) -> Iterator[tuple[str, str, str]]:
    """The tables of evaluations in canonical form; one with a fault in it is left as it is."""
    paths = [path for kind in (PUBLISHED, POINTS) for path in root.glob(kind.file(evaluation="*"))]
    before = {path.relative_to(root).as_posix(): digest(path) for path in paths}
    store = Store.open(root)
    broken = {problem.file for problem in store.problems}
    for name, printed in store.printed.items():
        methodology = store.methodologies[store.evaluations[name].methodology]
        texts = {
            PUBLISHED: published_text(printed.rows, methodology),
            POINTS: points_text(printed.points),
        }
        for kind, text in texts.items():
            file = kind.file(evaluation=name)
            if file in before and file not in broken:
                yield file, text, before[file]


def format_workspace(root: Path) -> list[str]:
    """Write every file in its canonical form; gives those that changed.

    Nothing is written where a file cannot be read. A comment is not part of
    what a file says and is lost.

    Raises
    ------
    ProblemsError
        If a file cannot be read, or someone else is changing it.
    CatiError
        If one cannot be written.
    """
    texts = list(canonical_texts(root))
    make_folder(root / FOLDER)
    changed = []
    for file, text, before in texts:
        if before != digest_of(text.encode()):
            replace(root, file, text, before)
            changed.append(file)
    return changed


def ordered(model: M) -> M:
    """The model with lists sorted whose order says nothing."""
    if isinstance(model, Evidence):
        disclosures = tuple(sorted(model.disclosures, key=_disclosure_order))
        return model.model_copy(update={"disclosures": disclosures})
    if isinstance(model, Sources):
        sources = tuple(sorted(model.sources, key=lambda source: source.id))
        return model.model_copy(update={"sources": sources})
    return model


def _disclosure_order(disclosure: Disclosure) -> tuple[str, tuple[int, ...], str]:
    methodology, code = disclosure.indicators[0].split("/")
    return methodology, code_order(code), disclosure.id
