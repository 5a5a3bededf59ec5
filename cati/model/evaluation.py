"""An evaluation: a methodology applied to named companies at a cut-off date."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cati.model.base import Date, Exact, Format, Id, Many, Model, Text
from cati.model.entity import Citation


class Reason(Model):
    """A reason for which companies are in the scope."""

    id: Id
    name: Text


class ScopeEntry(Model):
    """A company that is evaluated, and why."""

    company: Id
    reason: Id
    note: Text | None = None


class ContactOutcome(Model):
    """How many of the companies reacted in one way when the institute wrote to them."""

    id: Id
    name: Text
    companies: int = Field(ge=0)


class Publication(Model):
    """The printed table that ``published.csv`` holds.

    Attributes
    ----------
    numbering : {"serial", "competition"}
        Whether tied companies are numbered on (1, 2, 3) or share a rank (1, 2, 2, 4).
    """

    where: Citation
    numbering: Literal["serial", "competition"]


class Evaluation(Model):
    """What ``evaluation.yaml`` says.

    Attributes
    ----------
    basis : {"published", "assessed"}
        Where points come from unless a command says otherwise.
    shares : dict of str to Decimal, optional
        Shares of the weighted tracks, in per cent, in place of the methodology's.
    self_assessment : bool
        Whether a company assesses itself: private, and answers may be ``unpublished``.
    embargo : date, optional
        The first day on which results may be published; before it only drafts are made.
        The day begins where the machine that publishes says so: by its local date.
    bands : tuple of Decimal
        Totals at which the printed distribution changes class, rising.
    """

    format: Format
    id: Id
    name: Text
    methodology: Id
    cutoff: Date
    basis: Literal["published", "assessed"]
    notice: Text
    published: Publication | None = None
    shares: dict[Id, Exact] | None = None
    self_assessment: bool = False
    embargo: Date | None = None
    bands: Many[Exact] = ()
    reasons: Many[Reason] = Field(min_length=1)
    contact: Many[ContactOutcome] = ()
    scope: Many[ScopeEntry] = Field(min_length=1)
    note: Text | None = None
