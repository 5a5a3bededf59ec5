"""JSON Schemas of the files, so that editors complete and check them.

They are generated from the models and lie in ``schemas/`` of a workspace;
the first line of every YAML file points at its own.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from pydantic import BaseModel

from cati.model.assessment import Assessment
from cati.model.assessor import Assessor
from cati.model.assignment import Assignments
from cati.model.calibration import Calibration
from cati.model.claims import Claims
from cati.model.crosswalk import Crosswalk
from cati.model.efforts import Efforts
from cati.model.entity import Entity
from cati.model.errata import Errata
from cati.model.evaluation import Evaluation
from cati.model.evidence import Evidence
from cati.model.imports import Imports
from cati.model.methodology import Dimension, MethodologyHeader
from cati.model.precedent import Precedents
from cati.model.queue import Queue
from cati.model.review import CompanyReview, ContactLog, Review
from cati.model.source import Sources
from cati.model.transcription import Transcriptions

FOLDER = "schemas"

KINDS: dict[str, tuple[str, type[BaseModel]]] = {
    "methodology": (r"indicators/[^/]+/methodology\.yaml", MethodologyHeader),
    "dimension": (r"indicators/[^/]+/[0-9]+-[^/]+\.yaml", Dimension),
    "crosswalk": (r"indicators/crosswalk\.yaml", Crosswalk),
    "company": (r"companies/[^/]+/company\.yaml", Entity),
    "sources": (r"companies/[^/]+/sources\.yaml", Sources),
    "evidence": (r"companies/[^/]+/evidence\.yaml", Evidence),
    "assessment": (
        r"(companies/[^/]+/assessments|private/assessors/[^/]+/[^/]+)/[^/]+\.yaml",
        Assessment,
    ),
    "precedents": (r"indicators/[^/]+/precedents\.yaml", Precedents),
    "assessor": (r"private/assessors/[^/]+/[^/]+\.yaml", Assessor),
    "calibration": (r"private/calibration/[^/]+\.yaml", Calibration),
    "evaluation": (r"reports/[^/]+/evaluation\.yaml", Evaluation),
    "claims": (r"reports/[^/]+/claims\.yaml", Claims),
    "errata": (r"reports/[^/]+/errata\.yaml", Errata),
    "assignments": (r"reports/[^/]+/assignments\.yaml", Assignments),
    "review": (r"reports/[^/]+/review\.yaml", Review),
    "replies": (r"private/reviews/[^/]+/[^/]+\.yaml", CompanyReview),
    "contacts": (r"private/contacts/[^/]+\.yaml", ContactLog),
    "queue": (r"private/queue/[^/]+/[^/]+\.yaml", Queue),
    "imports": (r"private/imports/[^/]+\.yaml", Imports),
    "efforts": (r"private/efforts\.yaml", Efforts),
    "transcription": (r"private/transcriptions/[0-9a-f]{64}\.yaml", Transcriptions),
}
"""Kinds of files: where they lie in a workspace and what they say."""


def kind_of(file: str) -> str | None:
    """The kind of a file, by its path in the workspace; None for one that cati does not read."""
    for kind, (pattern, _) in KINDS.items():
        if re.fullmatch(pattern, file):
            return kind
    return None


def schema_text(kind: str) -> str:
    """The JSON Schema of a kind of files."""
    schema = KINDS[kind][1].model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def schema_link(file: str) -> str:
    """The path from a file to its schema, both in one workspace.

    Raises
    ------
    ValueError
        If cati does not read such a file.
    """
    kind = kind_of(file)
    if kind is None:
        raise ValueError(f"{file} has no schema")
    up = "../" * (len(PurePosixPath(file).parts) - 1)
    return f"{up}{FOLDER}/{kind}.json"
