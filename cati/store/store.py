"""Everything the files of a workspace say, read and checked in one go."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cati.model.crosswalk import Crosswalk
from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.evidence import Disclosure
from cati.model.methodology import Methodology
from cati.model.review import CompanyReview
from cati.model.source import Source
from cati.problems import Problem, ProblemsError, UsageError, in_order
from cati.store.assessments import Assessments, read_assessments
from cati.store.assessors import OwnAnswers, read_assessors
from cati.store.claims import ClaimsFile, read_claims
from cati.store.editing import undisturbed
from cati.store.entities import read_entities
from cati.store.evaluations import Printed, read_evaluations
from cati.store.file_kinds import ERRATA, EVALUATION, YAML_KINDS, Known, M, YamlKind
from cati.store.reading import Reading
from cati.store.registry import read_registry
from cati.store.reviews import read_replies
from cati.store.text_file import noted

FOLDERS = ("indicators", "companies", "reports")


@dataclass(frozen=True)
class Store:
    """The content of a workspace's files.

    Attributes
    ----------
    root : Path
        The folder with ``indicators/``, ``companies/`` and ``reports/``.
    methodologies : dict of str to Methodology
        By id; likewise `entities` and `evaluations`.
    sources : dict of str to Source
        By reference ``<entity>/<id>``; likewise `disclosures`.
    places : dict of str to (str, int)
        File and line of each disclosure, by reference.
    printed : dict of str to Printed
        By evaluation id, for evaluations with a printed table.
    assessments : dict of str to dict of str to Assessment
        By evaluation, then by company.
    claims : dict of str to ClaimsFile
        By evaluation, for evaluations that have some.
    replies : dict of str to dict of str to CompanyReview
        What companies replied, by evaluation, then by company; private.
    assessors : dict of str to dict of str to OwnAnswers
        Answers that assessors gave apart from each other, by evaluation, then by the assessor's
        id; private. Nothing but the comparison of locked ones shows them.
    records : dict of str to dict of str to Model
        What else there is, by the name of its kind, then by whose it is; see `of`.
    problems : list of Problem
        What is wrong with the files. What could not be read is missing above.
    read : dict of str to str
        Every file that was read, with the digest of what was read then; see `digest`.
    """

    root: Path
    methodologies: dict[str, Methodology] = field(default_factory=dict)
    crosswalk: Crosswalk | None = None
    entities: dict[str, Entity] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    disclosures: dict[str, Disclosure] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    printed: dict[str, Printed] = field(default_factory=dict)
    assessments: Assessments = field(default_factory=dict)
    claims: dict[str, ClaimsFile] = field(default_factory=dict)
    replies: dict[str, dict[str, CompanyReview]] = field(default_factory=dict)
    assessors: dict[str, dict[str, OwnAnswers]] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Read a workspace.

        Parameters
        ----------
        folder : Path
            The workspace or a folder inside it.

        Raises
        ------
        UsageError
            If there is no workspace here.
        CatiError
            If a change of several files was broken off and cannot be finished.
        """
        root = find_workspace(folder)
        return undisturbed(root, lambda: _read(root))

    def of(self, kind: YamlKind[M]) -> dict[str, M]:
        """The files of a kind that need not be there, by whose they are.

        That is the evaluation, the methodology or the company whose name is part of the path.
        """
        return self.records.get(kind.name, {})

    def with_records(self, kind: YamlKind[M], records: dict[str, M]) -> Store:
        """The same with other files of a kind."""
        return replace(self, records={**self.records, kind.name: records})

    def digest(self, file: str) -> str:
        """The digest of a file as it was read; empty where it was not there.

        Whoever changes the file on the ground of what the store says demands that it still is
        the same: see `cati.store.editing`.
        """
        return self.read.get(file, "")

    def require_sound(self, besides: str | None = None) -> None:
        """Refuse to go on with files that cannot be trusted.

        Parameters
        ----------
        besides : str, optional
            A file that does not matter.

        Raises
        ------
        ProblemsError
            With all errors.
        """
        errors = [p for p in self.problems if p.severity == "error" and p.file != besides]
        if errors:
            raise ProblemsError(sorted(errors, key=in_order))

    def require_readable(self, folder: str, name: str = "") -> None:
        """Refuse to call something absent that may stand in a file with errors.

        Parameters
        ----------
        folder : str
            Where it would stand, as messages name it.
        name : str
            How the file is called; any file of the folder unless given.

        Raises
        ------
        ProblemsError
            With the errors there.
        """
        errors = [
            problem
            for problem in self.problems
            if problem.severity == "error" and self._concerns(problem.file, folder, name)
        ]
        if errors:
            raise ProblemsError(sorted(errors, key=in_order))

    def _concerns(self, file: str, folder: str, name: str) -> bool:
        """Whether what is wrong with a file, or with all of a folder, may hide files of a name."""
        if f"{folder}/".startswith(f"{file}/"):
            return True
        return file.startswith(f"{folder}/") and (
            file.endswith(name) or (self.root / file).is_dir()
        )

    def can_be_worked_on(self, evaluation: str) -> bool:
        """Whether nothing is wrong with an evaluation's methodology, shares and id."""
        file = EVALUATION.file(evaluation=evaluation)
        methodology = f"indicators/{self.evaluations[evaluation].methodology}/"
        return not any(
            f"{p.file}/".startswith(methodology)
            or (p.file == file and p.field.partition(".")[0] in {"id", "shares"})
            for p in self.problems
        )


def find_workspace(folder: Path) -> Path:
    """The nearest folder, upwards from this one, that is a workspace.

    Raises
    ------
    UsageError
        If there is none.
    """
    start = folder.absolute()
    for candidate in (start, *start.parents):
        if all(os.path.isdir(candidate / name) for name in FOLDERS):
            return candidate
    expected = ", ".join(f"{name}/" for name in FOLDERS)
    raise UsageError(
        f"{folder}: no workspace here (a folder with {expected}); 'cati init DIR' makes one"
    )


def _read(root: Path) -> Store:
    with noted() as read:
        return replace(_read_all(root), read=read)


def _read_all(root: Path) -> Store:
    reading = Reading(root)
    methodologies, crosswalk = read_registry(reading)
    entities = read_entities(reading)
    evaluations, printed = read_evaluations(reading, methodologies)
    assessments = read_assessments(reading, evaluations, methodologies)
    claims = read_claims(reading, evaluations)
    known = Known(evaluations, methodologies, reading.folders["companies"])
    records = {
        kind.name: reading.records(kind, known) for kind in YAML_KINDS if kind.check is not None
    }
    replies = read_replies(reading, known, assessments, records[ERRATA.name])
    assessors = read_assessors(reading, evaluations, methodologies)
    questions = {
        f"{name}/{indicator.code}": indicator
        for name, methodology in methodologies.items()
        for indicator in methodology.indicators()
    }
    reading.check_references("question", questions, "an indicator as <methodology>/<code>")
    sources = "a source in companies/<entity>/sources.yaml"
    reading.check_references("source", entities.sources, sources)
    disclosures = "a disclosure in companies/<entity>/evidence.yaml"
    reading.check_references("disclosure", entities.disclosures, disclosures)
    return Store(
        root=root,
        methodologies=methodologies,
        crosswalk=crosswalk,
        entities=entities.profiles,
        sources=entities.sources,
        disclosures=entities.disclosures,
        places=entities.places,
        evaluations=evaluations,
        printed=printed,
        assessments=assessments,
        claims=claims,
        replies=replies,
        assessors=assessors,
        records=records,
        problems=reading.problems,
    )
