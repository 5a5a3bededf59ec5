"""An evaluation: a methodology applied to named companies at a cut-off date."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from cati.model.base import Date, Exact, Format, Id, Line, Many, Matching, Model, Text, seen
from cati.model.entity import Citation
from cati.model.source import Link

Contact = Annotated[
    str,
    Field(max_length=2_000),
    Matching(
        # of an address only what needs no escaping in a mailto: link
        r"([A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|https://[^\s<>\"]+)",
        "an e-mail address, or a link that begins with https://",
    ),
    AfterValidator(seen),
]
"""Where one can write to."""


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


RANK, TOTAL = "rank", "total"
"""Columns that every printed table has, beside those of its methodology."""


class Misprint(Model):
    """A cell of the printed table that does not say what it should, and why we think so.

    ``published.csv`` keeps what is printed. Scores follow from what the cell should say, or
    where that is not known, from the other cells alone.

    Attributes
    ----------
    column : str
        ``rank``, ``total`` or a printed column of the methodology.
    printed : Decimal
        As it is printed.
    instead : Decimal, optional
        What it should say; left out where that is not known.
    """

    company: Id
    column: Id
    printed: Exact
    instead: Exact | None = None
    reason: Text


class Publication(Model):
    """The printed table that ``published.csv`` holds.

    Attributes
    ----------
    numbering : {"serial", "competition", "dense"}
        Whether tied companies are numbered on (1, 2, 3), share a rank that the next ones are
        counted from (1, 2, 2, 4), or one that the next rank follows (1, 2, 2, 3).
    rounding : Text, optional
        Why totals may differ from what the printed rates give by as much as the rates were
        rounded. Without it every total must follow exactly.
    """

    where: Citation
    numbering: Literal["serial", "competition", "dense"]
    misprints: Many[Misprint] = ()
    rounding: Text | None = None


class Publisher(Model):
    """Who publishes an evaluation's results and answers for them.

    Attributes
    ----------
    contact : str, optional
        E-mail address or page to which mistakes and disputes are reported.
    url : str, optional
        Where the report is published.
    """

    name: Text
    contact: Contact | None = None
    url: Link | None = None

    @property
    def contact_link(self) -> str | None:
        """What a page links the contact to."""
        if self.contact is None or "://" in self.contact:
            return self.contact
        return f"mailto:{self.contact}"


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
    publisher : Publisher, optional
        Author of the edition in place of the developers of cati.
    embargo : date, optional
        The first day on which results may be published; before it only drafts are made.
        The day begins where the machine that publishes says so: by its local date.
    settled : Decimal, optional
        Of each company's possible points the least share, in per cent, that answers must settle
        before an assessed ranking is final; without it none is.
    bands : tuple of Decimal
        Totals at which the printed distribution changes class, rising.
    to_confirm : tuple of str
        Places, as `season_texts` names them, of what was carried over from an earlier season and
        nobody has confirmed yet; without them a ranking is not final.
    """

    format: Format
    id: Id
    name: Text
    methodology: Id
    cutoff: Date
    basis: Literal["published", "assessed"]
    notice: Text
    publisher: Publisher | None = None
    published: Publication | None = None
    shares: dict[Id, Exact] | None = None
    self_assessment: bool = False
    embargo: Date | None = None
    settled: Annotated[Exact, Field(gt=0, le=100)] | None = None
    bands: Many[Exact] = ()
    reasons: Many[Reason] = Field(min_length=1)
    contact: Many[ContactOutcome] = ()
    scope: Many[ScopeEntry] = Field(min_length=1)
    to_confirm: Many[Line] = ()
    note: Text | None = None

    @property
    def season_texts(self) -> dict[str, tuple[tuple[str | int, ...], str]]:
        """Texts that may belong to one season only, by place: where they stand, and in English."""
        found: dict[str, tuple[tuple[str | int, ...], str]] = {
            "name": (("name",), self.name.en),
            "notice": (("notice",), self.notice.en),
        }
        if self.embargo is not None:
            found["embargo"] = (("embargo",), self.embargo.isoformat())
        if self.publisher is not None and self.publisher.url is not None:
            found["publisher.url"] = (("publisher", "url"), self.publisher.url)
        for position, reason in enumerate(self.reasons):
            found[f"reasons.{reason.id}"] = (("reasons", position, "name"), reason.name.en)
        for position, entry in enumerate(self.scope):
            if entry.note is not None:
                found[f"scope.{entry.company}"] = (("scope", position, "note"), entry.note.en)
        return found
