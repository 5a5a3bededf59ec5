"""What a company does not want, cannot do in time, or finds harder than other steps."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import Literal

from cati.model.efforts import Efforts, StepEffort
from cati.model.methodology import Indicator, Methodology, criterion_names, is_within
from cati.model.references import indicator_of
from cati.problems import UsageError, did_you_mean, with_hint
from cati.scoring.blocks import Block, published_blocks
from cati.scoring.scorecard import Basis

WhyNot = Literal["offsets", "asked", "late"]
"""Why a criterion is no step: it is about offsets, it was excluded, it is not ready in time."""


@dataclass(frozen=True)
class Wishes:
    """What a roadmap has to respect.

    Attributes
    ----------
    efforts : Efforts, optional
        What steps cost; 1 each where nothing is said.
    exclude : tuple of str
        Codes of any level, or criteria as ``<code>/<criterion>``.
    include_offsets : bool
        Whether indicators that are earned by offsetting emissions are steps as well.
    by : date, optional
        Steps that the efforts call ready only later are left out; the others are taken to be in
        time.
    """

    efforts: Efforts | None = None
    exclude: tuple[str, ...] = ()
    include_offsets: bool = False
    by: datetime.date | None = None


def step_names(methodology: Methodology) -> tuple[str, ...]:
    """Every name that a step, or a group of steps, can have under a methodology."""
    return (
        *methodology.levels,
        *methodology.criteria,
        *(block.id for block in published_blocks(methodology)),
    )


@dataclass(frozen=True)
class Steps:
    """What is a step under a methodology and some wishes, and what each costs.

    Raises
    ------
    UsageError
        If something excluded is neither a code nor a criterion.
    """

    methodology: Methodology
    wishes: Wishes = field(default_factory=Wishes)

    def __post_init__(self) -> None:
        """Refuse what is not there."""
        known = (*self.methodology.levels, *self.methodology.criteria)
        for name in self.wishes.exclude:
            if name not in known:
                message = f"no code or criterion {name} in {self.methodology.id}"
                raise UsageError(with_hint(message, self._hint(name, known)))
        if self.wishes.by is not None and self.wishes.efforts is None:
            raise UsageError("a deadline needs efforts that say when steps are ready")

    def _hint(self, name: str, known: Sequence[str]) -> str:
        """What to exclude instead: the codes of a column or a block, or a name much like it."""
        printed = {block.id: block.codes for block in published_blocks(self.methodology)}
        printed |= {column.id: column.members for column in self.methodology.columns}
        if name in printed:
            return f"a part of the printed table; exclude its codes, {', '.join(printed[name])}"
        return did_you_mean(name, known)

    @cached_property
    def left_out(self) -> Mapping[str, WhyNot]:
        """Criteria that are no steps, and indicators without criteria, in order."""
        found: dict[str, WhyNot] = {}
        for indicator in self.methodology.indicators():
            for name in criterion_names(indicator) or (indicator.code,):
                why = self._why_not(indicator, name)
                if why is not None:
                    found[name] = why
        return found

    def _why_not(self, indicator: Indicator, name: str) -> WhyNot | None:
        if any(name == e or is_within(indicator.code, e) for e in self.wishes.exclude):
            return "asked"
        if indicator.offsets and not self.wishes.include_offsets:
            return "offsets"
        return "late" if self._is_late(_around(name)) else None

    def is_late(self, block: Block) -> bool:
        """Whether the efforts call the block itself ready too late; see `closed` for codes."""
        return self._is_late((block.id,))

    def _is_late(self, names: Sequence[str]) -> bool:
        entry, by = self._entry(names), self.wishes.by
        return entry is not None and by is not None and entry.ready is not None and entry.ready > by

    def effort(self, criterion: str) -> Decimal:
        """What a criterion costs: by its own entry, or that of the smallest group around it."""
        entry = self._entry(_around(criterion))
        return Decimal(1) if entry is None else entry.effort

    def block_effort(self, block: Block) -> Decimal:
        """What each grid step in a block costs: by its own entry, or that of the smallest group.

        A group that holds only a part of the block says nothing of the whole.
        """
        entry = self._entry(_around_block(block))
        return Decimal(1) if entry is None else entry.effort

    def unused(self, basis: Basis) -> tuple[str, ...]:
        """Names in the efforts from which no cost on a basis comes, in their order."""
        if self.wishes.efforts is None:
            return ()
        if basis == "published":
            priced = [_around_block(block) for block in published_blocks(self.methodology)]
        else:
            priced = [_around(name) for name in self.methodology.criteria]
        deciding = {entry.step for entry in map(self._entry, priced) if entry is not None}
        named = (entry.step for entry in self.wishes.efforts.efforts)
        return tuple(step for step in named if step not in deciding)

    def _entry(self, names: Sequence[str]) -> StepEffort | None:
        return None if self.wishes.efforts is None else self.wishes.efforts.of(names)

    def closed(self, block: Block) -> int:
        """Grid steps of a block that only what is left out can earn."""
        return sum(self._closed(self.methodology.indicator(code)) for code in block.codes)

    def _closed(self, indicator: Indicator) -> int:
        steps = self.methodology.steps
        if indicator.code in self.left_out:
            return steps(indicator.points)
        open_points = [
            sum(
                steps(c.points)
                for c in route.criteria
                if f"{indicator.code}/{c.id}" not in self.left_out
            )
            for route in indicator.routes
            if route.criteria
        ]
        return steps(indicator.points) - max(open_points, default=steps(indicator.points))


def _around(criterion: str) -> tuple[str, ...]:
    """A criterion, then its indicator and the groups that hold it, the smallest first."""
    code = indicator_of(criterion)
    parts = code.split(".")
    groups = tuple(".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return tuple(dict.fromkeys((criterion, *groups)))


def _around_block(block: Block) -> tuple[str, ...]:
    """A block, then the indicator and the groups that hold all of it, the smallest first."""
    groups = _around(block.codes[0])
    return (block.id, *(g for g in groups if all(is_within(code, g) for code in block.codes)))


def whole_costs(efforts: Mapping[str, Decimal]) -> tuple[dict[str, int], Fraction]:
    """Efforts as whole numbers without a common divisor, and what one of them stands for."""
    cents = {name: int(effort * 100) for name, effort in efforts.items()}
    divisor = gcd(*cents.values()) or 1
    return {name: value // divisor for name, value in cents.items()}, Fraction(divisor, 100)
