"""A source: a public document, kept with its publisher."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from cati.model.base import (
    Date,
    Format,
    Id,
    Line,
    Many,
    Matching,
    Model,
    PartialDate,
    Reference,
    Remark,
    seen,
)
from cati.model.language import Language

Link = Annotated[
    str,
    Field(max_length=2_000),
    Matching(r"https?://[^\s<>\"]+", "a link that begins with https:// or http://"),
    AfterValidator(seen),
]
Sha256 = Annotated[str, Matching(r"[0-9a-f]{64}", "a SHA-256 checksum of 64 hexadecimal digits")]


class Source(Model):
    """A public document.

    Attributes
    ----------
    published : str, optional
        When it came out, as exactly as known.
    accessed : date, optional
        When it was read.
    data_as_of : date, optional
        The day its data describe.
    sha256 : str, optional
        Checksum of the archived copy.
    supersedes : str, optional
        The earlier source this one replaces.
    complete : tuple of str
        Places in it, such as tables, of which every row is in the store: a company without a
        record of the place is not in it.
    """

    id: Id
    kind: Literal[
        "benchmark_report", "annual_report", "sustainability_report", "website", "cdp", "other"
    ]
    title: Line
    language: Language
    link: Link | None = None
    published: PartialDate | None = None
    accessed: Date | None = None
    data_as_of: Date | None = None
    sha256: Sha256 | None = None
    supersedes: Reference | None = None
    complete: Many[Line] = ()
    note: Remark | None = None


class Sources(Model):
    """What ``sources.yaml`` says: an entity's documents."""

    format: Format
    sources: Many[Source]
