"""A methodology: what is asked of companies and what each answer is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import Field

from cati.model.base import (
    ByLanguage,
    Code,
    Exact,
    Format,
    Id,
    Line,
    Many,
    Model,
    Points,
    Reference,
    Text,
)


class Criterion(Model):
    """One yes/no statement that a reader can check in a public document.

    Attributes
    ----------
    points : Decimal
        What it is worth, in points of its indicator.
    requires : tuple of str
        Criteria that must be met first, as ``<code>/<criterion>``.
    """

    id: Id
    points: Points
    statement: Text
    requires: Many[str] = ()


class Route(Model):
    """One way to earn an indicator's points; its criteria add up to them.

    An indicator with several routes (a parallel indicator) counts its best one.
    """

    id: Id
    title: Text | None = None
    criteria: Many[Criterion] = ()


class Guidance(Model):
    """How to apply an indicator's criteria so that two strangers agree.

    Attributes
    ----------
    rules : tuple of str
        Ids of the methodology's grading rules that most often decide here. All
        of them hold everywhere.
    """

    counts: Text
    does_not_count: Text
    sources: Text
    rules: Many[Id] = ()
    max_age_years: int | None = Field(default=None, ge=0, le=20)


class SearchTerms(ByLanguage[Many[Line]]):
    """Words that lead to evidence in documents of either language."""


class Indicator(Model):
    """A question with points.

    Attributes
    ----------
    points : Decimal
        The most it can earn.
    track : str
        The scope group it belongs to, which decides its factor.
    points_basis : {"printed", "worked_out"}
        Whether the source prints the points or they follow from other numbers.
    offsets : bool
        Whether it is earned by offsetting emissions; a roadmap leaves it out unless asked.
    """

    code: Code
    title: Text
    points: Points
    track: Id
    industry_specific: bool = False
    points_basis: Literal["printed", "worked_out"] = "printed"
    offsets: bool = False
    routes: Many[Route] = Field(default=(Route(id="main"),), min_length=1)
    guidance: Guidance | None = None
    search_terms: SearchTerms | None = None
    note: Text | None = None


class SubDimension(Model):
    """A group of indicators inside a dimension."""

    code: Code
    name: Text
    points: Points
    indicators: Many[Indicator] = Field(min_length=1)


class Dimension(Model):
    """A top-level part of a methodology; one file each."""

    format: Format
    code: Code
    name: Text
    points: Points
    note: Text | None = None
    sub_dimensions: Many[SubDimension] = Field(min_length=1)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Its indicators in order."""
        return tuple(i for sub in self.sub_dimensions for i in sub.indicators)


class Track(Model):
    """A scope group of indicators.

    Attributes
    ----------
    weighted : bool
        Whether its points are re-weighted against those of the other weighted tracks.
    share : Decimal, optional
        Its share of the weighted tracks' points, in per cent. Given for all
        weighted tracks or for none; with none, every factor is 1.
    """

    id: Id
    name: Text
    weighted: bool = False
    share: Exact | None = Field(default=None, ge=0, le=100)


class Column(Model):
    """A named group of indicators that are reported together.

    Attributes
    ----------
    members : tuple of str
        Codes of indicators, or of dimensions and sub-dimensions for all of theirs.
    printed : bool
        Whether the published table has this column.
    overlaps : bool
        Whether its indicators also stand in other columns; it is then never
        added to a total.
    make_up : {"proven", "unproven"}
        Whether the members are certain. An unproven column is reported but
        says nothing about its indicators.
    """

    id: Id
    name: Text
    members: Many[Code] = Field(min_length=1)
    printed: bool = True
    overlaps: bool = False
    make_up: Literal["proven", "unproven"] = "proven"
    note: Text | None = None


class InheritanceRule(Model):
    """What an entity may claim of the disclosures of those it belongs to.

    Attributes
    ----------
    by : str
        Kind of entity that inherits.
    of : str
        Relation it inherits through.
    members : tuple of str
        Codes the rule covers.
    fraction : Decimal
        Part of the points earned this way, from 0 to 1.
    basis : {"printed", "inferred", "ours"}
        How the rule is known.
    """

    by: Id
    of: Id
    members: Many[Code] = Field(min_length=1)
    fraction: Exact = Field(ge=0, le=1)
    basis: Literal["printed", "inferred", "ours"]
    note: Text


class GradingRule(Model):
    """One answer to a question that every indicator raises; it holds for all criteria alike.

    Attributes
    ----------
    reason : Text
        Why it is answered this way.
    """

    id: Id
    question: Text
    rule: Text
    reason: Text


class MethodologyHeader(Model):
    """What ``methodology.yaml`` says; the dimensions stand in files of their own."""

    format: Format
    id: Id
    version: Line
    name: Text
    source: Reference
    locator: Line
    notice: Text
    maximum: Points
    grid: Points = Field(gt=0)
    total_decimals: int = Field(ge=0, le=6)
    rate_decimals: int = Field(ge=0, le=6)
    tracks: Many[Track] = Field(min_length=1)
    columns: Many[Column] = ()
    inheritance: Many[InheritanceRule] = ()
    grading_rules: Many[GradingRule] = ()
    note: Text | None = None


class Methodology(MethodologyHeader):
    """A versioned set of dimensions, sub-dimensions and indicators.

    Points are decimal numbers on the methodology's grid; `steps` gives them
    as whole numbers of grid steps, in which everything is computed.
    """

    dimensions: Many[Dimension]

    @classmethod
    def from_parts(cls, header: MethodologyHeader, dimensions: Sequence[Dimension]) -> Methodology:
        """The whole from ``methodology.yaml`` and its dimension files."""
        return cls.model_construct(**dict(header), dimensions=tuple(dimensions))

    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in order."""
        return tuple(self._by_code.values())

    @cached_property
    def levels(self) -> dict[str, Text]:
        """Name of every dimension, sub-dimension and indicator by code."""
        names: dict[str, Text] = {}
        for dimension in self.dimensions:
            names[dimension.code] = dimension.name
            for sub in dimension.sub_dimensions:
                names[sub.code] = sub.name
                names.update((i.code, i.title) for i in sub.indicators)
        return names

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code.

        Raises
        ------
        KeyError
            If there is none.
        """
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Indicator]:
        return {i.code: i for dimension in self.dimensions for i in dimension.indicators}

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion in order, by its name ``<code>/<criterion>``."""
        return {
            f"{indicator.code}/{criterion.id}": criterion
            for indicator in self.indicators()
            for route in indicator.routes
            for criterion in route.criteria
        }

    def rules_for(self, code: str) -> tuple[GradingRule, ...]:
        """The grading rules that an indicator's guidance names, in the methodology's order."""
        guidance = self.indicator(code).guidance
        named = () if guidance is None else guidance.rules
        return tuple(rule for rule in self.grading_rules if rule.id in named)

    def part(self, code: str) -> tuple[Text, tuple[str, ...]]:
        """Name and members of a column, by its id, or of a code of any level.

        Raises
        ------
        KeyError
            If there is neither.
        """
        if code in self.levels:
            return self.levels[code], (code,)
        column = self.column(code)
        return column.name, column.members

    def codes(self, members: Sequence[str]) -> tuple[str, ...]:
        """Codes of the indicators that these codes stand for, in order.

        A dimension or sub-dimension stands for all of its indicators.
        """
        return tuple(
            i.code for i in self.indicators() if any(is_within(i.code, code) for code in members)
        )

    def steps(self, points: Decimal) -> int:
        """Points as a whole number of grid steps.

        Raises
        ------
        ValueError
            If the points lie off the grid.
        """
        steps = Fraction(points) / Fraction(self.grid)
        if steps.denominator != 1:
            raise ValueError(f"{points} is not a multiple of {self.grid}")
        return steps.numerator

    def column(self, column_id: str) -> Column:
        """The column with this id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for column in self.columns:
            if column.id == column_id:
                return column
        raise KeyError(column_id)

    @property
    def printed_columns(self) -> tuple[Column, ...]:
        """The columns of the published table, in its order."""
        return tuple(column for column in self.columns if column.printed)

    @property
    def weighted_tracks(self) -> tuple[Track, ...]:
        """The tracks that share the weighted points, in order."""
        return tuple(track for track in self.tracks if track.weighted)


def is_within(code: str, group: str) -> bool:
    """Whether a code is this group or lies under it: ``5.3.2`` within ``5.3`` and ``5``."""
    return code == group or code.startswith(group + ".")


def criterion_names(indicator: Indicator) -> tuple[str, ...]:
    """All criteria of an indicator as ``<code>/<criterion>``, route by route."""
    return tuple(f"{indicator.code}/{c.id}" for route in indicator.routes for c in route.criteria)


def code_order(code: str) -> tuple[int, ...]:
    """Sort key that puts ``5.3.10`` behind ``5.3.9``."""
    return tuple(int(part) for part in code.split("."))


def walk(methodology: Methodology) -> Iterator[tuple[tuple[str | int, ...], Indicator]]:
    """Every indicator with its place in the methodology's structure."""
    for d, dimension in enumerate(methodology.dimensions):
        for s, sub in enumerate(dimension.sub_dimensions):
            for i, indicator in enumerate(sub.indicators):
                yield ("dimensions", d, "sub_dimensions", s, "indicators", i), indicator
