"""Disclosures: what was found about an entity, where, and how far it can be trusted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cati.model.base import (
    Date,
    Exact,
    Format,
    Id,
    Line,
    Many,
    Matching,
    Model,
    PartialDate,
    Reference,
    Years,
)
from cati.model.entity import Citation
from cati.model.language import Language

Question = Annotated[
    str,
    Matching(
        r"[a-z0-9]+(-[a-z0-9]+)*/[1-9][0-9]?\.[1-9][0-9]?\.[1-9][0-9]?",
        "an indicator as <methodology>/<code>, such as automotive-2024/2.3.1",
    ),
]
"""An indicator of a methodology, ``<methodology>/<code>``."""

Polarity = Literal["supports", "partial", "absent"]
Confidence = Literal["high", "medium", "low"]
Bound = Literal["exactly", "about", "at_least", "more_than", "up_to", "less_than"]


class StatedValue(Model):
    """A number with its unit, as exactly as the source gives it.

    Attributes
    ----------
    value : Decimal
        The number, or the lower end of a range.
    to : Decimal, optional
        The upper end of a range.
    bound : {"exactly", "about", "at_least", "more_than", "up_to", "less_than"}
        What the source says of the number.
    of : str, optional
        What is measured, where the statement has several figures.
    year : str, optional
        The year or years it describes, as printed: ``2023``, ``2021-2023``, ``FY2023``.
    """

    value: Exact
    to: Exact | None = None
    bound: Bound = "exactly"
    unit: Line
    of: Line | None = None
    year: Years | None = None


class Place(Citation):
    """Where a disclosure was found.

    Attributes
    ----------
    secondary : bool
        Whether the source only reports what another document says. The other
        document is `original` where it is known, or named in `cites`.
    original : str, optional
        Reference to the company's own document.
    cites : str, optional
        How the secondary source names its own source.
    """

    secondary: bool = False
    original: Reference | None = None
    cites: Line | None = None


class Quote(Model):
    """A short passage in the words of the source.

    Attributes
    ----------
    text : str
        As it stands in the source, and so in its language.
    translation : str, optional
        What it says in the other language, in our words; it is not looked for in the source.
    """

    text: Annotated[Line, Field(max_length=500)]
    language: Language
    page: int | None = Field(default=None, ge=1)
    translation: Annotated[Line, Field(max_length=500)] | None = None


class Supersession(Model):
    """What a disclosure replaces, and why.

    Attributes
    ----------
    disclosure : str
        Reference to the earlier one.
    was : str
        What it said.
    reason : str
    """

    disclosure: Reference
    was: Line
    reason: Line


class Disclosure(Model):
    """One fact about an entity, found in one or more places.

    Attributes
    ----------
    indicators : tuple of str
        Indicators it bears on, first those it mainly answers.
    subject : str, optional
        Material or matter: ``steel``, ``aluminium``, ``battery``.
    act_of : str, optional
        Entity whose act it is, where it is not the entity's own.
    polarity : {"supports", "partial", "absent"}
        Whether it speaks for the indicator, for a part, or says that nothing was found.
    group : {"all_members", "unnamed_members"}, optional
        A statement about a group of companies: about all of them, or about
        some that are not named.
    verdict : bool
        Whether it repeats a grade instead of telling a fact.
    period : str, optional
        Reporting period.
    valid_until : date, optional
        Last day on which it can be relied on.
    conflicts_with : tuple of str
        References to disclosures that say otherwise; they point back.
    retracted : str, optional
        Why it was withdrawn; the record stays.
    """

    id: Id
    statement: Line
    language: Language = "en"
    indicators: Many[Question] = Field(min_length=1)
    subject: Id | None = None
    act_of: Id | None = None
    figures: Many[StatedValue] = ()
    polarity: Polarity
    confidence: Confidence
    group: Literal["all_members", "unnamed_members"] | None = None
    verdict: bool = False
    where: Many[Place] = Field(min_length=1)
    quote: Quote | None = None
    period: PartialDate | None = None
    valid_until: Date | None = None
    supersedes: Supersession | None = None
    conflicts_with: Many[Reference] = ()
    retracted: Line | None = None
    note: Line | None = None


class Evidence(Model):
    """What ``evidence.yaml`` says: an entity's disclosures."""

    format: Format
    disclosures: Many[Disclosure]


Weakness = Literal["unnamed_members", "low_confidence", "verdict", "conflict"]


def weaknesses(disclosure: Disclosure) -> tuple[Weakness, ...]:
    """Why a disclosure is worth nothing unless an assessor says otherwise; empty if nothing is.

    A statement about unnamed members of a group does not name the entity; a
    low confidence means that the reading itself is doubtful; a verdict
    repeats a grade; and of two disclosures that contradict each other
    neither can be relied on.
    """
    found: list[Weakness] = []
    if disclosure.group == "unnamed_members":
        found.append("unnamed_members")
    if disclosure.confidence == "low":
        found.append("low_confidence")
    if disclosure.verdict:
        found.append("verdict")
    if disclosure.conflicts_with:
        found.append("conflict")
    return tuple(found)
