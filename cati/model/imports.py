"""What was imported from workbooks, by checksums that tell whether it still stands."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cati.model.assessment import Change, CriterionName, Verdict
from cati.model.base import Format, Id, Many, Model, NameLine
from cati.model.source import Sha256


class ImportedRecord(Model):
    """A source or disclosure that came as a new row.

    Attributes
    ----------
    sha256 : str
        Checksum of what its row said.
    """

    id: Id
    sha256: Sha256


class ImportedAnswer(Model):
    """An answer that an import wrote.

    Attributes
    ----------
    sha256 : str
        Checksum of the answer, what it rests on, who gave it and when.
    """

    evaluation: Id
    criterion: CriterionName
    assessor: NameLine
    sha256: Sha256


class Imports(Model):
    """What ``private/imports/<company>.yaml`` says of a company.

    An entry for a record or criterion stands for its latest import.
    """

    format: Format
    sources: Many[ImportedRecord] = ()
    disclosures: Many[ImportedRecord] = ()
    answers: Many[ImportedAnswer] = ()


def mark(content: Any) -> str:
    """The checksum of plain data."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def answer_mark(said: Verdict | Change) -> str:
    """The checksum of an answer, or of what a change of its history says was before."""
    before = said.superseded() if isinstance(said, Verdict) else said.model_dump()
    names = ("was", "disclosures", "rationale", "assessor", "date")
    return mark([before[name] for name in names])
