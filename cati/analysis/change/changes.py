"""A change between two evaluations as data: parts that add up exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cati.model.assessment import Answer
from cati.model.evaluation import Evaluation
from cati.model.interval import Interval
from cati.scoring.scorecard import Rank, Scorecard

Cause = Literal["new", "corrected", "expired", "regraded", "settled", "reopened", "unconfirmed"]
"""Why an answer changed.

``new``: evidence that was not public by the earlier cut-off date. ``corrected``: evidence that
replaces what the earlier answer rested on, or was public before and had been overlooked.
``expired``: evidence that can no longer be relied on. ``regraded``: the same evidence, judged
otherwise. ``settled``: an open question answered without new evidence. ``reopened``: not answered
any more. ``unconfirmed``: the earlier answer is proposed, and no assessor has confirmed it yet.
"""


@dataclass(frozen=True)
class Delta:
    """How the least and the greatest a number can be change; equal where both are exact.

    No interval: where a doubt is settled, the least rises and the greatest falls.
    """

    low: Fraction
    high: Fraction

    def __add__(self, other: Delta) -> Delta:
        return Delta(self.low + other.low, self.high + other.high)

    def __bool__(self) -> bool:
        return bool(self.low or self.high)

    @classmethod
    def between(cls, before: Interval, after: Interval) -> Delta:
        """From one interval to another."""
        return cls(after.low - before.low, after.high - before.high)

    @classmethod
    def total(cls, parts: Iterable[Delta]) -> Delta:
        """The sum of changes; nothing of none."""
        return sum(parts, NOTHING)


NOTHING = Delta(Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Shift:
    """How the best and the worst rank change; below zero is a rise."""

    best: int
    worst: int

    @classmethod
    def between(cls, before: Rank, after: Rank) -> Shift:
        """From one rank to another."""
        return cls(after.best - before.best, after.worst - before.worst)


@dataclass(frozen=True)
class ChangedAnswer:
    """A criterion whose answer, as it counts, is another than before.

    Attributes
    ----------
    criterion : str
        In the later methodology.
    was, now : {"met", "not_met", "unknown", "unpublished"}
        As they count, without what rests on evidence that does not.
    cause : str
    reason : str, optional
        Why, in the assessor's words; None where nobody gives a reason.
    looked_in : tuple of str
        Where nothing was found, if that is the answer.
    disclosures : tuple of str
        What the later answer rests on, or the earlier one where it is gone.
    uncounted : tuple of (str, tuple of str)
        Disclosures that do not count in the later evaluation, and why.
    """

    criterion: str
    was: Answer
    now: Answer
    cause: Cause
    reason: str | None
    looked_in: tuple[str, ...]
    disclosures: tuple[str, ...]
    uncounted: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_explained(self) -> bool:
        """Whether it is said why."""
        said = self.reason or self.looked_in or self.uncounted
        return bool(said) or self.cause == "unconfirmed"


@dataclass(frozen=True)
class Part:
    """What one changed answer, or a printed block, adds to a total's change.

    Attributes
    ----------
    code : str
        The indicator, or the block of a printed table.
    answer : ChangedAnswer, optional
        None for a block: a table does not say why.
    """

    code: str
    answer: ChangedAnswer | None
    delta: Delta


@dataclass(frozen=True)
class RankChange:
    """A change of rank, one step after the other.

    Attributes
    ----------
    method : Shift
        By the other method, on the old evidence of all.
    own : Shift
        By the company's own new score, among the others as they were.
    leaving : Shift
        By companies that are no longer ranked.
    others : Shift
        By the new scores of those that stay.
    entering : Shift
        By companies that were not ranked before.
    passed, passed_by : tuple of str
        Those that stay and were surely ahead and surely are no longer, and the reverse.
    """

    method: Shift
    own: Shift
    leaving: Shift
    others: Shift
    entering: Shift
    passed: tuple[str, ...]
    passed_by: tuple[str, ...]


@dataclass(frozen=True)
class CompanyChange:
    """A company in both evaluations.

    Attributes
    ----------
    was : str
        Its id in the earlier one; another where it was renamed.
    absorbed : tuple of str
        Companies of the earlier evaluation that merged into it; their scores play no part.
    old, carried, new : Interval
        The total before; that of the old evidence under the later method; the total now.
    parts : tuple of Part
        They add up to the change from `carried` to `new`.
    answers : tuple of ChangedAnswer
        All that changed, those without an effect on the total included.
    """

    company: str
    was: str
    absorbed: tuple[str, ...]
    old: Interval
    carried: Interval
    new: Interval
    old_rank: Rank
    new_rank: Rank
    parts: tuple[Part, ...]
    answers: tuple[ChangedAnswer, ...]
    rank: RankChange

    @property
    def method(self) -> Delta:
        """The method's part of the change."""
        return Delta.between(self.old, self.carried)

    @property
    def evidence(self) -> Delta:
        """The evidence's part of the change."""
        return Delta.between(self.carried, self.new)

    @property
    def is_open(self) -> bool:
        """Whether nobody can say if the evidence raised or lowered the total.

        It can be said where every part moves both ends alike, where all move them to the same
        side, and where the intervals do not overlap.
        """
        deltas = [part.delta for part in self.parts]
        even = all(delta.low == delta.high for delta in deltas)
        rises = all(delta.low > 0 < delta.high for delta in deltas)
        falls = all(delta.low < 0 > delta.high for delta in deltas)
        overlap = self.carried.low <= self.new.high and self.new.low <= self.carried.high
        return overlap and not (even or rises or falls)

    @property
    def unexplained(self) -> tuple[ChangedAnswer, ...]:
        """Changed answers for which nobody gives a reason."""
        return tuple(answer for answer in self.answers if not answer.is_explained)

    def by_code(self) -> dict[str, Delta]:
        """The evidence's part by indicator or block, in order."""
        found: dict[str, Delta] = {}
        for part in self.parts:
            found[part.code] = found.get(part.code, NOTHING) + part.delta
        return found

    def by_cause(self) -> dict[Cause, Delta]:
        """The evidence's part by cause."""
        found: dict[Cause, Delta] = {}
        for part in self.parts:
            if part.answer is not None:
                found[part.answer.cause] = found.get(part.answer.cause, NOTHING) + part.delta
        return found


@dataclass(frozen=True)
class Newcomer:
    """A company that was not in the earlier evaluation.

    Attributes
    ----------
    formed_from : tuple of str
        Companies of the earlier one that merged into it.
    """

    company: str
    formed_from: tuple[str, ...]


@dataclass(frozen=True)
class Leaver:
    """A company that is not in the later evaluation.

    Attributes
    ----------
    into : str, optional
        The entity it merged into.
    """

    company: str
    into: str | None


@dataclass(frozen=True)
class Carrying:
    """How far the old evidence can be scored by the later method.

    Attributes
    ----------
    same_methodology, same_factors : bool
    unanswered : tuple of str
        Criteria, indicators without criteria, or blocks of the later methodology that nothing
        old answers.
    dropped : tuple of str
        Criteria, or blocks, of the earlier one that have no place in the later.
    reworded : tuple of str
        Criteria carried over though their statement reads otherwise.
    """

    same_methodology: bool
    same_factors: bool
    unanswered: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()

    @property
    def same_method(self) -> bool:
        """Whether the totals of both evaluations can be compared directly."""
        return self.same_methodology and self.same_factors


@dataclass(frozen=True)
class EvaluationChange:
    """What changed from one evaluation to another.

    Attributes
    ----------
    before, now : Scorecard
        Of the earlier and of the later evaluation, each by its own method.
    companies : tuple of CompanyChange
        Those in both, in the order of the later ranking.
    """

    old: Evaluation
    new: Evaluation
    before: Scorecard
    now: Scorecard
    carrying: Carrying
    companies: tuple[CompanyChange, ...]
    entering: tuple[Newcomer, ...]
    leaving: tuple[Leaver, ...]
