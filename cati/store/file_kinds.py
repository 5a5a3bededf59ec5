"""The kinds of files a workspace holds, each declared once.

Where a kind lies, what it says, whether scores follow from it and how it is checked stands here;
schemas, canonical forms, kept editions, the names that a folder may hold and the reading of what
need not be there are read off it. A new kind is its model, its entry here, its page and its test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from cati.model.assessment import Assessment
from cati.model.assessor import Assessor
from cati.model.assignment import Assignments, check_assignments
from cati.model.calibration import Calibration
from cati.model.claims import Claims
from cati.model.crosswalk import Crosswalk
from cati.model.efforts import Efforts
from cati.model.entity import Entity
from cati.model.errata import Errata, check_errata
from cati.model.evaluation import Evaluation
from cati.model.evidence import Evidence
from cati.model.imports import Imports
from cati.model.methodology import Dimension, Methodology, MethodologyHeader
from cati.model.precedent import Precedents, check_precedents
from cati.model.queue import Queue
from cati.model.review import (
    CompanyReview,
    ContactLog,
    Review,
    check_contacts,
    check_review,
)
from cati.model.source import Sources
from cati.model.transcription import Transcriptions
from cati.problems import Finding
from cati.store.private import is_private

M = TypeVar("M", bound=BaseModel)

FORMS = {"dimension": r"[0-9]+-[^/]+", "sha256": r"[0-9a-f]{64}"}
"""Forms of parts of a path that are no name of anybody's choice."""


@dataclass(frozen=True)
class Known:
    """What is read before the files that say something about it.

    Attributes
    ----------
    evaluations, methodologies : mapping
        By id, those that can be worked on.
    companies : collection of str
        Ids of all companies with a folder.
    """

    evaluations: Mapping[str, Evaluation]
    methodologies: Mapping[str, Methodology]
    companies: Collection[str]

    def methodology_of(self, evaluation: str) -> Methodology:
        """What an evaluation is evaluated by."""
        return self.methodologies[self.evaluations[evaluation].methodology]


@dataclass(frozen=True, eq=False)
class FileKind:
    """One kind of file.

    Attributes
    ----------
    name : str
        What the kind is called.
    place : str
        Where a file lies in a workspace, such as ``reports/{evaluation}/points.csv``.
    scored : bool
        Whether scores follow from it: it is part of every kept edition.
    """

    name: str
    place: str
    scored: bool

    def file(self, **names: str) -> str:
        """The path of a file in its workspace, from the names in it."""
        return self.place.format_map(names)

    def names(self, file: str) -> dict[str, str] | None:
        """The names in a path; None where no file of this kind lies there."""
        match = self._pattern.fullmatch(file)
        return None if match is None else match.groupdict()

    @property
    def is_private(self) -> bool:
        """Whether it must not be published, since it lies in ``private/``."""
        return is_private(self.place)

    @property
    def file_name(self) -> str:
        """How each of its files is called."""
        return PurePosixPath(self.place).name

    @property
    def folder(self) -> str:
        """Where its files lie, up to the first name that tells whose they are."""
        return self.place.partition("/{")[0]

    @property
    def owner(self) -> str:
        """What names its files apart: ``evaluation`` in ``reports/{evaluation}/claims.yaml``."""
        (name,) = re.findall(r"\{(\w+)\}", self.place)
        return str(name)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = re.split(r"\{(\w+)\}", self.place)
        for at, part in enumerate(parts):
            parts[at] = f"(?P<{part}>{FORMS.get(part, '[^/]+')})" if at % 2 else re.escape(part)
        return re.compile("".join(parts))


@dataclass(frozen=True, eq=False)
class YamlKind(FileKind, Generic[M]):
    """One kind of YAML file.

    Attributes
    ----------
    model : type
        What it says.
    check : callable, optional
        What is wrong with a file that need not be there, given what is known and whose it is.
        Files of a kind with a check are read with the rest of the workspace, into `Store.of`; the
        others where they are needed, or by a module of their own.
    like : YamlKind, optional
        Another kind that says the same and shares its schema.
    """

    model: type[M]
    check: Callable[[M, Known, str], Iterable[Finding]] | None = None
    like: YamlKind[M] | None = None

    @property
    def schema(self) -> str:
        """Name of its schema."""
        return self.name if self.like is None else self.like.name


METHODOLOGY = YamlKind(
    "methodology", "indicators/{methodology}/methodology.yaml", scored=True, model=MethodologyHeader
)
DIMENSION = YamlKind(
    "dimension", "indicators/{methodology}/{dimension}.yaml", scored=True, model=Dimension
)
CROSSWALK = YamlKind("crosswalk", "indicators/crosswalk.yaml", scored=True, model=Crosswalk)
COMPANY = YamlKind("company", "companies/{company}/company.yaml", scored=True, model=Entity)
SOURCES = YamlKind("sources", "companies/{company}/sources.yaml", scored=True, model=Sources)
EVIDENCE = YamlKind("evidence", "companies/{company}/evidence.yaml", scored=True, model=Evidence)
ASSESSMENT = YamlKind(
    "assessment", "companies/{company}/assessments/{evaluation}.yaml", scored=True, model=Assessment
)
PRECEDENTS = YamlKind(
    "precedents",
    "indicators/{methodology}/precedents.yaml",
    scored=True,
    model=Precedents,
    check=lambda found, known, methodology: check_precedents(
        found,
        known.methodologies[methodology],
        known.companies,
        {name: evaluation.methodology for name, evaluation in known.evaluations.items()},
    ),
)
ASSESSOR = YamlKind(
    "assessor", "private/assessors/{evaluation}/{assessor}.yaml", scored=False, model=Assessor
)
OWN_ANSWERS = YamlKind(
    "own answers",
    "private/assessors/{evaluation}/{assessor}/{company}.yaml",
    scored=False,
    model=Assessment,
    like=ASSESSMENT,
)
CALIBRATION = YamlKind(
    "calibration", "private/calibration/{evaluation}.yaml", scored=False, model=Calibration
)
EVALUATION = YamlKind(
    "evaluation", "reports/{evaluation}/evaluation.yaml", scored=True, model=Evaluation
)
PUBLISHED = FileKind("printed table", "reports/{evaluation}/published.csv", scored=True)
POINTS = FileKind("points", "reports/{evaluation}/points.csv", scored=True)
ASSIGNMENTS = YamlKind(
    "assignments",
    "reports/{evaluation}/assignments.yaml",
    scored=False,
    model=Assignments,
    check=lambda found, known, evaluation: check_assignments(
        found, known.evaluations[evaluation], known.methodology_of(evaluation)
    ),
)
CLAIMS = YamlKind("claims", "reports/{evaluation}/claims.yaml", scored=False, model=Claims)
ERRATA = YamlKind(
    "errata",
    "reports/{evaluation}/errata.yaml",
    scored=False,
    model=Errata,
    check=lambda found, known, evaluation: check_errata(found),
)
REVIEW = YamlKind(
    "review",
    "reports/{evaluation}/review.yaml",
    scored=True,
    model=Review,
    check=lambda found, known, evaluation: check_review(found, known.evaluations[evaluation]),
)
REPLIES = YamlKind(
    "replies", "private/reviews/{evaluation}/{company}.yaml", scored=False, model=CompanyReview
)
CONTACTS = YamlKind(
    "contacts",
    "private/contacts/{evaluation}.yaml",
    scored=False,
    model=ContactLog,
    check=lambda found, known, evaluation: check_contacts(found, known.evaluations[evaluation]),
)
QUEUE = YamlKind("queue", "private/queue/{evaluation}/{company}.yaml", scored=False, model=Queue)
IMPORTS = YamlKind(
    "imports",
    "private/imports/{company}.yaml",
    scored=False,
    model=Imports,
    check=lambda found, known, company: (),
)
EFFORTS = YamlKind("efforts", "private/efforts.yaml", scored=False, model=Efforts)
TRANSCRIPTION = YamlKind(
    "transcription", "private/transcriptions/{sha256}.yaml", scored=False, model=Transcriptions
)

KINDS: tuple[FileKind, ...] = tuple(
    kind for kind in list(globals().values()) if isinstance(kind, FileKind)
)
"""Every kind of file."""

YAML_KINDS: tuple[YamlKind[Any], ...] = tuple(k for k in KINDS if isinstance(k, YamlKind))


def kind_of(file: str) -> YamlKind[Any] | None:
    """The kind of a YAML file, by its path; None for one that cati does not read."""
    return next((kind for kind in YAML_KINDS if kind.names(file) is not None), None)


def names_in(folder: str) -> tuple[str, ...]:
    """How the files that lie in a folder, such as ``reports/{evaluation}``, are called.

    The one that must be there comes first.
    """
    return tuple(kind.file_name for kind in KINDS if kind.place.rpartition("/")[0] == folder)
