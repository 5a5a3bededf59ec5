"""Recomputing the printed table from the points, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from cati.model.entity import Entity
from cati.model.evaluation import RANK, TOTAL, Evaluation, Misprint
from cati.model.methodology import Methodology
from cati.model.printed import PointsRow, PrintedRow
from cati.model.rounding import half_up, plain
from cati.model.weighting import track_factors
from cati.problems import Problem, UsageError, shown
from cati.scoring.blocks import alternatives
from cati.scoring.published import Derivation, Deriver, is_independent
from cati.scoring.scorecard import Scorecard
from cati.store.csv_file import cell_name
from cati.store.evaluations import Printed
from cati.store.file_kinds import COMPANY, POINTS, PUBLISHED
from cati.store.store import Store


@dataclass(frozen=True)
class RoundedTotal:
    """A printed total that differs from its points by no more than rounded rates allow.

    Attributes
    ----------
    printed, total : Decimal
        As the table has it, and as the points give it.
    """

    company: str
    printed: Decimal
    total: Decimal


@dataclass(frozen=True)
class Verification:
    """How the printed table compares with what the points give.

    Attributes
    ----------
    totals, rates : int
        How many printed totals and rates there are.
    equal_totals, equal_rates : int
        How many of them the points give.
    independent : tuple of str
        Companies whose printed columns alone give the printed total.
    through_remainder : tuple of str
        Companies for which points that no column shows are solved from the total. A company
        whose total is a misprint, or differs for rounded rates, is in neither list.
    misprints : tuple of Misprint
        Cells that are recorded as misprints, which are not compared as they are printed.
    rounded : tuple of RoundedTotal
        Totals that differ because the rates were rounded; only where the evaluation says so.
    problems : tuple of Problem
        Each other cell that differs, with both values.
    """

    totals: int
    equal_totals: int
    rates: int
    equal_rates: int
    independent: tuple[str, ...]
    through_remainder: tuple[str, ...]
    misprints: tuple[Misprint, ...]
    rounded: tuple[RoundedTotal, ...]
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is equal, or recorded as printed otherwise."""
        return not self.problems


def derive(store: Store, evaluation: Evaluation) -> Derivation:
    """Points worked out afresh from an evaluation's printed table."""
    return _deriver(store, evaluation).derive(
        store.printed[evaluation.id].rows, misprints_of(evaluation)
    )


def misprints_of(evaluation: Evaluation) -> tuple[Misprint, ...]:
    """What is recorded as misprints of an evaluation's printed table."""
    return () if evaluation.published is None else evaluation.published.misprints


def _deriver(store: Store, evaluation: Evaluation) -> Deriver:
    methodology = store.methodologies[evaluation.methodology]
    file = PUBLISHED.file(evaluation=evaluation.id)
    factors = track_factors(methodology, evaluation.shares)
    rounded = evaluation.published is not None and evaluation.published.rounding is not None
    return Deriver(methodology, factors, file, rounded=rounded)


def verify(store: Store, evaluation: Evaluation, derivation: Derivation) -> Verification:
    """Recompute an evaluation's printed table from its points and compare every cell.

    Raises
    ------
    UsageError
        If it has no points yet.
    """
    if not store.printed[evaluation.id].points:
        file = POINTS.file(evaluation=evaluation.id)
        raise UsageError(f"there is no {file}; 'cati derive {evaluation.id} --write' works it out")
    return _Verifier(store, evaluation, derivation).verify()


def compare(derivation: Derivation, printed: Printed, file: str) -> list[Problem]:
    """Rows in which ``points.csv`` differs from points worked out afresh.

    Companies for which nothing could be worked out are left to the
    derivation's own problems.

    Parameters
    ----------
    derivation : Derivation
    printed : Printed
    file : str
        How messages name ``points.csv``.
    """
    hint = "so published.csv has it; cati derive --write works points.csv out afresh"
    if not printed.points:
        found = "no points.csv" if derivation.rows else "nothing"
        return [Problem(file, "the points behind published.csv", found, hint=hint)]
    fresh = {_key(row): row for row in derivation.rows}
    solved = {row.company for row in derivation.rows}
    kept = {_key(row): row for row in printed.points}
    problems = []
    for key, row in fresh.items():
        there = kept.get(key)
        name = ", ".join(map(str, key))
        if there is None:
            expected = f"{plain(row.points)} points for {name}"
            problems.append(Problem(file, expected, "no row", hint=hint))
            continue
        for field in ("points", "how"):
            if getattr(there, field) != getattr(row, field):
                expected, found = (_shown_plainly(getattr(r, field)) for r in (row, there))
                cell = cell_name(name, field)
                problems.append(Problem(file, expected, found, there.line, cell, hint))
    problems += [
        Problem(file, "no such row", ", ".join(map(str, key)), row.line, hint=hint)
        for key, row in kept.items()
        if key not in fresh and row.company in solved
    ]
    return problems


def _shown_plainly(value: Decimal | str) -> str:
    """Points without trailing zeros, or the word for how they were found."""
    return value if isinstance(value, str) else plain(value)


def _key(row: PointsRow) -> tuple[str, int, str]:
    return row.company, row.alternative, row.column


Totals = Mapping[int, Fraction]
"""A company's total by the number of the alternative."""


class _Verifier:
    def __init__(self, store: Store, evaluation: Evaluation, derivation: Derivation) -> None:
        self.methodology: Methodology = store.methodologies[evaluation.methodology]
        self.evaluation = evaluation
        self.entities: Mapping[str, Entity] = store.entities
        self.printed = store.printed[evaluation.id]
        self.published_file = PUBLISHED.file(evaluation=evaluation.id)
        self.points_file = POINTS.file(evaluation=evaluation.id)
        self.misprints = {(m.company, m.column): m for m in misprints_of(evaluation)}
        self.deriver = _deriver(store, evaluation)
        self.derivation = derivation
        self.points = alternatives(self.printed.points)

    def verify(self) -> Verification:
        groups = self._groups()
        totals = {row.company: self._totals(groups[row.company]) for row in self.printed.rows}
        rate_faults = [
            fault
            for row in self.printed.rows
            for fault in self._rate_faults(row, groups[row.company])
        ]
        rounded = tuple(self._rounded(totals))
        apart = {entry.company for entry in rounded}
        apart |= {company for company, column in self.misprints if column == TOTAL}
        compared = [row.company for row in self.printed.rows if row.company not in apart]
        independent = {c for c, alternatives in groups.items() if self._independent(alternatives)}
        rates = sum(len(row.rates) for row in self.printed.rows)
        problems = [
            *(fault for row in self.printed.rows for fault in self._total_faults(row, totals)),
            *rate_faults,
            *self._rank_faults(),
            *self._name_faults(),
            *self.derivation.problems,
        ]
        problems += compare(self.derivation, self.printed, self.points_file)
        return Verification(
            totals=len(self.printed.rows),
            equal_totals=sum(self._is_equal(row, totals) for row in self.printed.rows),
            rates=rates,
            equal_rates=rates
            - len({(p.line, p.field) for p in rate_faults})
            - sum(column not in (RANK, TOTAL) for _, column in self.misprints),
            independent=tuple(c for c in compared if c in independent),
            through_remainder=tuple(c for c in compared if c not in independent),
            misprints=tuple(self.misprints.values()),
            rounded=rounded,
            problems=tuple(dict.fromkeys(problems)),
        )

    def _groups(self) -> dict[str, list[Sequence[PointsRow]]]:
        groups: dict[str, list[Sequence[PointsRow]]] = {}
        for (company, _), rows in self.points.items():
            groups.setdefault(company, []).append(rows)
        return groups

    def _independent(self, solutions: list[Sequence[PointsRow]]) -> bool:
        return all(is_independent(rows) for rows in solutions)

    def _totals(self, solutions: list[Sequence[PointsRow]]) -> Totals:
        """The exact total of each alternative by itself."""
        shares = self.evaluation.shares
        return {
            rows[0].alternative: Scorecard.from_points(
                self.evaluation.id, self.methodology, tuple(rows), shares
            )
            .total(rows[0].company)
            .low
            for rows in solutions
        }

    def _has_misprint(self, row: PrintedRow, column: str) -> bool:
        return (row.company, column) in self.misprints

    def _as_printed(self, total: Fraction) -> Decimal:
        return half_up(total, self.methodology.total_decimals)

    def _is_equal(self, row: PrintedRow, totals: Mapping[str, Totals]) -> bool:
        return all(self._as_printed(total) == row.total for total in totals[row.company].values())

    def _total_faults(self, row: PrintedRow, totals: Mapping[str, Totals]) -> Iterator[Problem]:
        """The printed total, or what it should say, against the total of each alternative."""
        misprint = self.misprints.get((row.company, TOTAL))
        expected = row.total if misprint is None else misprint.instead
        if expected is None:
            return
        for number, total in totals[row.company].items():
            if not self.deriver.gives(total, expected):
                where = f"{self.points_file}, alternative {number}"
                found = f"{self._as_printed(total)} from {where}"
                yield self._fault(row, TOTAL, found, str(expected))

    def _rounded(self, totals: Mapping[str, Totals]) -> Iterator[RoundedTotal]:
        rows = [row for row in self.printed.rows if not self._has_misprint(row, TOTAL)]
        for row in rows if self.deriver.slack else ():
            for total in map(self._as_printed, totals[row.company].values()):
                if total != row.total:
                    yield RoundedTotal(row.company, row.total, total)
                    break

    def _rate_faults(
        self, row: PrintedRow, solutions: list[Sequence[PointsRow]]
    ) -> Iterator[Problem]:
        for points in (point for rows in solutions for point in rows):
            misprint = self.misprints.get((row.company, points.column))
            printed = row.rates.get(points.column) if misprint is None else misprint.instead
            if printed is None:
                continue
            exact = 100 * Fraction(points.points) / Fraction(points.of)
            rate = half_up(exact, self.methodology.rate_decimals)
            if rate != printed:
                source = (
                    f"{rate} % from {plain(points.points)} of {plain(points.of)} points "
                    f"in {self.points_file}:{points.line}"
                )
                yield self._fault(row, points.column, source, f"{printed} %")

    def _rank_faults(self) -> Iterator[Problem]:
        """Ranks against the order of the printed totals, numbered as the table numbers.

        A misprinted total has no place in that order; its row and the next may share a rank.
        """
        numbering = self._numbering()
        before: tuple[int, Decimal | None] | None = None
        least: Decimal | None = None
        for position, row in enumerate(self.printed.rows, start=1):
            total = None if self._has_misprint(row, TOTAL) else row.total
            if total is not None and least is not None and total > least:
                expected = f"at most {least}, the total of the row above"
                yield self._fault(row, TOTAL, expected, str(total))
            last = before[0] if before is not None else 0
            ranks = {last + 1 if numbering == "dense" else position}
            if before is not None and numbering != "serial":
                if None in (total, before[1]):
                    ranks.add(last)
                elif total == before[1]:
                    ranks = {last}
            misprint = self.misprints.get((row.company, RANK))
            rank = row.rank if misprint is None else misprint.instead
            if rank is not None and rank not in ranks:
                yield self._fault(row, RANK, " or ".join(map(str, sorted(ranks))), str(rank))
            before = (int(rank) if rank in ranks else max(ranks), total)
            least = least if total is None else total

    def _numbering(self) -> str:
        published = self.evaluation.published
        return "serial" if published is None else published.numbering

    def _name_faults(self) -> Iterator[Problem]:
        """Names against those that the profiles know from this very table."""
        where = self.evaluation.published and self.evaluation.published.where
        for row in self.printed.rows:
            entity = self.entities[row.company]
            names = [name.name for name in entity.names if name.where == where]
            if row.name not in (names or [entity.name.en]):
                expected = f"{' or '.join(map(shown, names or [entity.name.en]))}, as printed"
                hint = self._name_hint(row, entity)
                yield replace(self._fault(row, "name", expected, shown(row.name)), hint=hint)

    def _name_hint(self, row: PrintedRow, entity: Entity) -> str:
        """What company.yaml needs if a name is printed so."""
        place = ""
        if self.evaluation.published is not None:
            where = self.evaluation.published.where
            place = f"where: {{source: {where.source}, locator: {where.locator}}}"
        file = COMPANY.file(company=entity.id)
        if any(name.name == row.name for name in entity.names):
            return f"{file} has {shown(row.name)} without this place: add {place}"
        return f"if it is printed so, {file} needs it in names, with {place}"

    def _fault(self, row: PrintedRow, column: str, expected: str, found: str) -> Problem:
        cell = cell_name(row.company, column)
        return Problem(self.published_file, expected, found, row.line, cell)
