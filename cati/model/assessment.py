"""Assessments: which criteria a company meets, on what evidence, in whose judgement."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from cati.model.base import (
    LONGEST_LINE,
    Code,
    Date,
    Format,
    Id,
    Line,
    Many,
    Matching,
    Model,
    NameLine,
    Reference,
)

Answer = Literal["met", "not_met", "unknown", "unpublished"]
"""``unpublished`` is what a company that assesses itself has done and not made public: worth
nothing in a public score, and what it would earn is told apart."""

Level = Literal["unverified", "reviewed", "reconciled", "company_reviewed"]
LEVELS: tuple[Level, ...] = ("unverified", "reviewed", "reconciled", "company_reviewed")
"""Verification levels from the lowest to the highest."""

CriterionName = Annotated[
    str,
    Matching(
        r"[1-9][0-9]?\.[1-9][0-9]?\.[1-9][0-9]?/[a-z0-9]+([-_][a-z0-9]+)*",
        "a criterion as <code>/<criterion>, such as 2.3.1/third-party",
    ),
]
"""A criterion of a methodology, ``<code>/<criterion>``."""


class Change(Model):
    """One change of an answer, or of what it rests on; changes are added and never taken away.

    Attributes
    ----------
    was, now : {"met", "not_met", "unknown", "unpublished"}
        The same where only what the answer rests on has changed.
    why : str
        The reason, in the assessor's words.
    disclosures : tuple of str
        References to what the answer rested on before.
    rationale : str, optional
        How they led to it.
    assessor : str, optional
        Whose answer it was; None where nobody had answered.
    date : datetime.date, optional
        When that was given.
    level : str, optional
        How far it was verified.
    """

    who: NameLine
    when: Date
    was: Answer
    now: Answer
    why: Line
    disclosures: Many[Reference] = ()
    rationale: Line | None = None
    assessor: NameLine | None = None
    date: Date | None = None
    level: Level | None = None


class Proposal(Model):
    """What an earlier evaluation answered; worth nothing until an assessor confirms it.

    Attributes
    ----------
    evaluation : str
        The earlier one.
    answer : {"met", "not_met"}
    """

    evaluation: Id
    answer: Literal["met", "not_met"]


class Original(Model):
    """What one of two assessors answered, apart from the other."""

    assessor: NameLine
    date: Date
    answer: Answer
    disclosures: Many[Reference] = ()
    rationale: Line | None = None


class Verdict(Model):
    """The answer to one criterion.

    Attributes
    ----------
    proposed : Proposal, optional
        The answer carried over from an earlier evaluation.
    disclosures : tuple of str
        References to what the answer rests on.
    rationale : str, optional
        How the disclosures lead to the answer.
    originals : tuple of Original
        What was answered independently before the two were brought together.
    """

    criterion: CriterionName
    answer: Answer
    disclosures: Many[Reference] = ()
    rationale: Line | None = None
    assessor: NameLine
    date: Date
    level: Level = "unverified"
    proposed: Proposal | None = None
    originals: Many[Original] = Field(default=(), max_length=2)
    history: Many[Change] = ()

    @property
    def is_proposal(self) -> bool:
        """Whether an earlier evaluation proposes it and nobody has answered it yet."""
        return self.proposed is not None and self.answer == "unknown" and not self.history

    def superseded(self) -> dict[str, Any]:
        """What a `Change` of it says of what was before."""
        return {"was": self.answer} | self.model_dump(
            include={"disclosures", "rationale", "assessor", "date", "level"}
        )


class Search(Model):
    """Where somebody had looked in vain before another did."""

    looked_in: Many[Line] = Field(min_length=1)
    assessor: NameLine
    date: Date


class NoDisclosure(Model):
    """Nothing was found for a whole indicator, though someone looked.

    Attributes
    ----------
    looked_in : tuple of str
        Where: references to sources, or words for places without one.
    earlier : tuple of Search
        What this replaced, the oldest first.
    """

    code: Code
    looked_in: Many[Line] = Field(min_length=1)
    assessor: NameLine
    date: Date
    level: Level = "unverified"
    earlier: Many[Search] = ()

    def as_search(self) -> Search:
        """What it says of where was looked, by whom and when."""
        return Search(looked_in=self.looked_in, assessor=self.assessor, date=self.date)

    def as_verdict(self, criterion: str) -> Verdict:
        """The same as the answer to one criterion of the indicator."""
        searches = (*self.earlier, self.as_search())
        places = dict.fromkeys(place for search in searches for place in search.looked_in)
        return Verdict(
            criterion=criterion,
            answer="not_met",
            rationale=f"Nothing found; looked in: {'; '.join(places)}"[:LONGEST_LINE],
            assessor=self.assessor,
            date=self.date,
            level=self.level,
        )


class Assessment(Model):
    """What ``assessments/<evaluation>.yaml`` says of a company.

    A criterion without a verdict is unknown, which is worth an interval and
    never a silent zero.
    """

    format: Format
    evaluation: Id
    verdicts: Many[Verdict] = ()
    no_disclosure: Many[NoDisclosure] = ()
    note: Line | None = None
