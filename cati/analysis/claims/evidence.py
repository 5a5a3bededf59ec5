"""What the evidence store says of companies, and what it says it on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from cati.analysis.claims.records import (
    Choice,
    NotKnownError,
    Record,
    chosen,
    disclosed,
    known_values,
    range_of,
    recorded,
    stated_values_of,
    sum_of,
    within,
)
from cati.analysis.claims.values import Cell, Number, Truth
from cati.model.references import owner_of
from cati.problems import did_you_mean, shown
from cati.workspace import Workspace


class OutsideBaseError(NotKnownError):
    """What exists, but not in the base: a company, or records of others."""


@dataclass(frozen=True)
class Told:
    """An answer from evidence.

    Attributes
    ----------
    cells : tuple of Number or Truth
        One for each company.
    rests_on, against : tuple of str
        References to the records that say so, and to those that say the opposite of the same
        company.
    unit : str, optional
        Of the figures.
    """

    cells: tuple[Cell, ...]
    rests_on: tuple[str, ...]
    against: tuple[str, ...]
    unit: str | None = None


class Evidence:
    """The records that bear on an evaluation's methodology.

    Parameters
    ----------
    workspace : Workspace
    evaluation : str
        Says which evidence counts.
    scope : iterable of str
        The companies of the evaluation.
    """

    def __init__(self, workspace: Workspace, evaluation: str, scope: Iterable[str]) -> None:
        self.workspace, self.evaluation = workspace, evaluation
        self.scope = frozenset(scope)
        self.sources = workspace.store.sources
        self.every = workspace.store.disclosures

    @cached_property
    def records(self) -> dict[str, list[Record]]:
        """By company."""
        found: dict[str, list[Record]] = {}
        own = f"{self.workspace.evaluation(self.evaluation).methodology}/"
        standings = self.workspace.standings(self.evaluation)
        for reference, disclosure in self.every.items():
            if any(question.startswith(own) for question in disclosure.indicators):
                record = Record(reference, disclosure, standings[reference])
                found.setdefault(owner_of(reference), []).append(record)
        return found

    def tell(
        self, function: str, choice: Choice, weak: bool, companies: Sequence[str], asked: set[str]
    ) -> Told:
        """What a function of the language says of some companies.

        Parameters
        ----------
        function : {"recorded", "disclosed", "records", "figure", "figure_sum"}
        companies : sequence of str
            The base.
        asked : set of str
            Those of them that are asked for.

        Raises
        ------
        NotKnownError
            If a choice means nothing, no record of these companies has it, or the figures have
            different units.
        """
        self._check(choice, companies)
        found = {c: chosen(choice, self.records.get(c, ()), weak) for c in companies}
        those = [c for c in companies if c in asked]
        unit = None
        if function in ("figure", "figure_sum"):
            unit = self._unit(choice, [record for c in those for record in found[c]])
        settled = self._is_complete(choice)
        read: dict[str, Callable[[str], Cell]] = {
            "recorded": lambda c: Truth(
                recorded(choice, found[c], settled and not self._is_said_weakly(choice, c))
            ),
            "disclosed": lambda c: Truth(disclosed(choice, found[c])),
            "records": lambda c: self._number(choice, c, found[c], settled),
            "figure": lambda c: range_of(stated_values_of(choice, found[c])),
            "figure_sum": lambda c: sum_of(stated_values_of(choice, found[c])),
        }
        said, denied = (
            {c: [r.reference for r in found[c] if of(r.disclosure)] for c in those}
            for of in (choice.says, choice.denies)
        )
        return Told(
            tuple(map(read[function], companies)),
            tuple(name for names in said.values() for name in names),
            tuple(name for c, names in denied.items() if said[c] for name in names),
            unit,
        )

    def _is_said_weakly(self, choice: Choice, company: str) -> bool:
        """Whether a record says so, be it one that is worth nothing by default."""
        every = chosen(choice, self.records.get(company, ()), weak=True)
        return any(choice.says(record.disclosure) for record in every)

    def _number(
        self, choice: Choice, company: str, found: Sequence[Record], settled: bool
    ) -> Number:
        """How many records say so: at least those, where there may be others to record."""
        every = chosen(choice, self.records.get(company, ()), weak=True)
        least = sum(choice.says(record.disclosure) for record in found)
        most = sum(choice.says(record.disclosure) for record in every)
        return Number(Fraction(least), Fraction(most) if settled else None)

    def _is_complete(self, choice: Choice) -> bool:
        """Whether every source marks the places that are meant as complete."""
        return bool(choice.place) and all(map(self._is_complete_place, choice.place))

    def _is_complete_place(self, place: str) -> bool:
        alone = Choice(place=(place,))
        sources = {
            where.source
            for disclosure in self.every.values()
            for where in disclosure.where
            if alone.stands_in(where.locator)
        }
        return bool(sources) and all(
            source in self.sources
            and any(within(mark, place) for mark in self.sources[source].complete)
            for source in sources
        )

    def _check(self, choice: Choice, companies: Sequence[str]) -> None:
        choice.check_words()
        domain = self.scope if self.scope.issuperset(companies) else frozenset(companies)
        near = [r.disclosure for c in sorted(domain) for r in self.records.get(c, ())]
        for name, value in choice.missing(near):
            elsewhere = Choice(**{name: (value,)})
            others = {
                owner_of(reference)
                for reference, disclosure in self.every.items()
                if elsewhere.holds(disclosure)
            }
            if others:
                raise OutsideBaseError(
                    f"a value of {shown(name)} that a record of the base has",
                    f"{shown(value)} in records of others alone",
                    self._bases_of(others),
                    name,
                )
            hint = did_you_mean(value, known_values(name, near))
            expected = f"a value of {shown(name)} that a disclosure in the store has"
            if name == "statement":
                expected = "words of a statement that a disclosure in the store has"
            raise NotKnownError(expected, shown(value), hint, name)

    def _bases_of(self, companies: set[str]) -> str:
        names = sorted(companies)
        listed = f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''}"
        if companies & self.scope:
            return f"of {listed}: they are in the evaluation, not in this base"
        return f"of {listed}: name their base, such as suppliers"

    def _unit(self, choice: Choice, records: Iterable[Record]) -> str | None:
        """The one unit that the figures of records have."""
        units = sorted({figure.unit for figure in stated_values_of(choice, records)})
        if len(units) > 1:
            found = f"{', '.join(units[:4])}{' and others' if len(units) > 4 else ''}"
            hint = f'choose by unit:, such as unit: "{units[0]}"'
            raise NotKnownError("figures of one unit", found, hint)
        return units[0] if units else None
