"""The queue of passages that were found for an evaluation and wait for a person's decision."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cati.model.base import Code, Date, Format, Id, Line, Many, Matching, Model, NameLine, Reference

PassageId = Annotated[
    str, Matching(r"[0-9a-f]{10}", "a passage's id of ten characters, 0 to 9 and a to f")
]

Step = Literal["accepted", "dismissed", "reopened"]
QueueState = Literal["open", "accepted", "dismissed"]


class Decision(Model):
    """What somebody decided on a passage; decisions are added and never taken away.

    Attributes
    ----------
    what : {"accepted", "dismissed", "reopened"}
    reason : str, optional
        Why; given unless the passage was accepted.
    disclosure : str, optional
        Reference to what became of an accepted passage.
    """

    what: Step
    who: NameLine
    when: Date
    reason: Line | None = None
    disclosure: Reference | None = None


class QueuedPassage(Model):
    """A passage found for an indicator.

    Attributes
    ----------
    indicator : str
        Code.
    passage : str
        Follows from the document's checksum, the page and the place on it.
    terms : tuple of str
        The search terms it holds.
    hidden : bool
        Whether the page hides it.
    found : date
        When it was first found.
    """

    indicator: Code
    passage: PassageId
    source: Reference
    page: int = Field(ge=1)
    text: Line
    terms: Many[Line] = ()
    hidden: bool = False
    found: Date
    decisions: Many[Decision] = ()

    @property
    def state(self) -> QueueState:
        """What the last decision made of it."""
        last = self.decisions[-1].what if self.decisions else "reopened"
        return "open" if last == "reopened" else last


class Queue(Model):
    """What ``private/queue/<evaluation>/<company>.yaml`` says."""

    format: Format
    evaluation: Id
    company: Id
    passages: Many[QueuedPassage] = ()
