"""Efforts: what each step of a roadmap costs a company, in units of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Annotated

from pydantic import Field

from cati.model.base import Date, Exact, Format, Line, Many, Model, repeated
from cati.problems import Finding, did_you_mean, shown

Effort = Annotated[Exact, Field(gt=0, le=1_000, decimal_places=2)]
"""More than nothing, in any unit, with at most two decimals."""


class StepEffort(Model):
    """What one step costs, or each of several.

    Attributes
    ----------
    step : str
        A criterion as ``<code>/<criterion>``; a code, for each criterion
        under it; or a block of the published basis, for each grid step in it.
    ready : date, optional
        The earliest day on which it can be public.
    """

    step: Line
    effort: Effort
    ready: Date | None = None
    note: Line | None = None


class Efforts(Model):
    """What a file of efforts says; whatever it does not name costs 1."""

    format: Format
    efforts: Many[StepEffort] = Field(min_length=1)

    def of(self, names: Collection[str]) -> StepEffort | None:
        """The entry for the first of these names that has one."""
        by_step = {entry.step: entry for entry in self.efforts}
        return next((by_step[name] for name in names if name in by_step), None)


def check_efforts(efforts: Efforts, known: Collection[str]) -> Iterator[Finding]:
    """Breaches in a file of efforts: what it names, and whether it does so once.

    Parameters
    ----------
    efforts : Efforts
    known : collection of str
        Every name that a step can have.
    """
    for position, entry in enumerate(efforts.efforts):
        if entry.step not in known:
            expected = "a criterion, a code or a block"
            hint = did_you_mean(entry.step, known)
            yield Finding(("efforts", position, "step"), expected, shown(entry.step), hint)
    for position, name in repeated(entry.step for entry in efforts.efforts):
        found = f"{shown(name)} a second time"
        yield Finding(("efforts", position, "step"), "each step once", found)
