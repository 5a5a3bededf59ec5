"""A roadmap as data: steps, plans, cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cati.analysis.roadmap.wishes import WhyNot
from cati.model.evaluation import Evaluation
from cati.model.evidence import Place
from cati.scoring.scorecard import Scorecard

State = Literal["not_met", "unknown", "unpublished", "inherited"]
"""What a criterion is before its step; ``inherited`` earns a part of its points."""

Which = Literal["exact", "surely", "at_best", "solution"]


@dataclass(frozen=True)
class Evidence:
    """A disclosure and where it was found."""

    disclosure: str
    where: tuple[Place, ...]


@dataclass(frozen=True)
class Example:
    """A company that earned a step.

    Attributes
    ----------
    evidence : tuple of Evidence
        What its answer rests on; empty for printed points, whose evidence is not known.
    """

    company: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Met:
    """A criterion that others are assessed to meet, with their evidence."""

    criterion: str
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes
    ----------
    name : str
        A criterion as ``<code>/<criterion>``, or a block.
    codes : tuple of str
        The indicators it lies in.
    points : Fraction
        What it is worth before any factor; of a block, the points to be gained in it.
    effort : Fraction
    adds : Fraction
        What it adds to the total when it is taken in this order.
    state : {"not_met", "unknown", "unpublished", "inherited"}, optional
        None for a block.
    candidates : tuple of str
        Criteria in a block that may earn its points; indicators where they have none.
    examples : tuple of Example
        Companies that earned it, with their evidence; of a block, those that surely hold the
        most points of it, and more than the company.
    held : Fraction, optional
        The points of the block that these companies hold; None without any.
    met : tuple of Met
        Candidates that others are assessed to meet, on evidence that counts.
    """

    name: str
    codes: tuple[str, ...]
    points: Fraction
    effort: Fraction
    adds: Fraction
    state: State | None = None
    candidates: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    held: Fraction | None = None
    met: tuple[Met, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Steps that reach the target at the least effort.

    Attributes
    ----------
    steps : tuple of Step
        Requirements before what requires them, and otherwise what adds most first.
    found_out : tuple of Step
        Unknown criteria that must turn out to be met; no effort is counted for them.
    effort : Fraction
        Of all steps.
    total : Fraction
        The total that they lead to.
    """

    steps: tuple[Step, ...]
    found_out: tuple[Step, ...]
    effort: Fraction
    total: Fraction


@dataclass(frozen=True)
class Case:
    """The answer for one reading of what is not certain.

    Attributes
    ----------
    which : {"exact", "surely", "at_best", "solution"}
        ``surely``: nothing unknown counts, and peers are as high as they can be; ``at_best``:
        what is unknown may turn out met, and peers are as low as they can be; ``solution``: one
        solution of the printed table.
    start : Fraction
        The total before any step.
    target : Fraction
        The total needed.
    most : Fraction
        The total that all steps together would lead to.
    plans : tuple of Plan
        Of equal effort; empty where the target cannot be reached.
    more : bool
        Whether there are further plans of this effort.
    solved : tuple of (str, Fraction)
        Of several solutions, the points of the blocks in which they differ.
    """

    which: Which
    start: Fraction
    target: Fraction
    most: Fraction
    plans: tuple[Plan, ...]
    more: bool
    solved: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True)
class Roadmap:
    """What a company needs for a total or a rank.

    Attributes
    ----------
    card : Scorecard
        The scores as they are.
    wanted_rank : int, optional
        The rank asked for; None where a total was.
    cases : tuple of Case
        One, or the two ends of a band, or one for each solution of a printed table.
    left_out : mapping of str to str
        What is no step, and why: ``offsets``, ``asked`` or ``late``.
    without_criteria : tuple of str
        Indicators that cannot be planned, since no criteria are known; they stay at their least.
    unused_efforts : tuple of str
        What the efforts name and no cost on this basis comes from.
    """

    evaluation: Evaluation
    card: Scorecard
    company: str
    wanted_rank: int | None
    cases: tuple[Case, ...]
    left_out: Mapping[str, WhyNot]
    without_criteria: tuple[str, ...]
    unused_efforts: tuple[str, ...]
