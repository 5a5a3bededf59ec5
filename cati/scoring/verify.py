"""Recomputing the printed table from the points, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.printed import PointsRow, PrintedRow
from cati.model.rounding import half_up, plain
from cati.model.weighting import track_factors
from cati.problems import Problem, UsageError, shown
from cati.scoring.blocks import alternatives
from cati.scoring.published import Derivation, Deriver, is_independent
from cati.scoring.scorecard import Scorecard
from cati.store.csv_file import cell_name
from cati.store.evaluations import POINTS_FILE, PUBLISHED_FILE, Printed
from cati.store.store import Store


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
        Companies for which points that no column shows are solved from the total.
    problems : tuple of Problem
        Each cell that differs, with both values.
    """

    totals: int
    equal_totals: int
    rates: int
    equal_rates: int
    independent: tuple[str, ...]
    through_remainder: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is equal."""
        return not self.problems


def derive(store: Store, evaluation: Evaluation) -> Derivation:
    """Points worked out afresh from an evaluation's printed table."""
    methodology = store.methodologies[evaluation.methodology]
    file = store.evaluation_file(evaluation.id, PUBLISHED_FILE)
    factors = track_factors(methodology, evaluation.shares)
    return Deriver(methodology, factors, file).derive(store.printed[evaluation.id].rows)


def verify(store: Store, evaluation: Evaluation) -> Verification:
    """Recompute an evaluation's printed table from its points and compare every cell.

    Raises
    ------
    UsageError
        If it has no points yet.
    """
    if not store.printed[evaluation.id].points:
        file = store.evaluation_file(evaluation.id, POINTS_FILE)
        raise UsageError(f"there is no {file}; 'cati derive {evaluation.id} --write' works it out")
    return _Verifier(store, evaluation).verify()


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
            expected, found = (_shown_plainly(getattr(r, field)) for r in (row, there))
            if getattr(there, field) != getattr(row, field):
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


class _Verifier:
    def __init__(self, store: Store, evaluation: Evaluation) -> None:
        self.methodology: Methodology = store.methodologies[evaluation.methodology]
        self.evaluation = evaluation
        self.entities: Mapping[str, Entity] = store.entities
        self.printed = store.printed[evaluation.id]
        self.published_file = store.evaluation_file(evaluation.id, PUBLISHED_FILE)
        self.points_file = store.evaluation_file(evaluation.id, POINTS_FILE)
        self.derivation = derive(store, evaluation)
        self.points = alternatives(self.printed.points)

    def verify(self) -> Verification:
        groups = self._groups()
        total_faults = [self._total_faults(row, groups[row.company]) for row in self.printed.rows]
        rate_faults = [
            fault
            for row in self.printed.rows
            for fault in self._rate_faults(row, groups[row.company])
        ]
        independent = {c for c, alternatives in groups.items() if self._independent(alternatives)}
        rates = len(self.printed.rows) * len(self.methodology.printed_columns)
        problems = [
            *(fault for faults in total_faults for fault in faults),
            *rate_faults,
            *self._rank_faults(),
            *self._name_faults(),
            *self.derivation.problems,
        ]
        problems += compare(self.derivation, self.printed, self.points_file)
        companies = [row.company for row in self.printed.rows]
        return Verification(
            totals=len(self.printed.rows),
            equal_totals=sum(not faults for faults in total_faults),
            rates=rates,
            equal_rates=rates - len({(p.line, p.field) for p in rate_faults}),
            independent=tuple(c for c in companies if c in independent),
            through_remainder=tuple(c for c in companies if c not in independent),
            problems=tuple(dict.fromkeys(problems)),
        )

    def _groups(self) -> dict[str, list[Sequence[PointsRow]]]:
        groups: dict[str, list[Sequence[PointsRow]]] = {}
        for (company, _), rows in self.points.items():
            groups.setdefault(company, []).append(rows)
        return groups

    def _independent(self, solutions: list[Sequence[PointsRow]]) -> bool:
        return all(is_independent(rows) for rows in solutions)

    def _total_faults(self, row: PrintedRow, solutions: list[Sequence[PointsRow]]) -> list[Problem]:
        """The printed total against the total of each alternative by itself."""
        faults = []
        for rows in solutions:
            card = Scorecard.from_points(
                self.evaluation.id, self.methodology, tuple(rows), self.evaluation.shares
            )
            total = half_up(card.total(row.company).low, self.methodology.total_decimals)
            if total != row.total:
                where = f"{self.points_file}, alternative {rows[0].alternative}"
                faults.append(self._fault(row, "total", f"{total} from {where}", str(row.total)))
        return faults

    def _rate_faults(
        self, row: PrintedRow, solutions: list[Sequence[PointsRow]]
    ) -> Iterator[Problem]:
        for points in (point for rows in solutions for point in rows):
            if points.column not in row.rates:
                continue
            exact = 100 * Fraction(points.points) / Fraction(points.of)
            rate = half_up(exact, self.methodology.rate_decimals)
            if rate != row.rates[points.column]:
                source = (
                    f"{rate} % from {plain(points.points)} of {plain(points.of)} points "
                    f"in {self.points_file}:{points.line}"
                )
                yield self._fault(row, points.column, source, f"{row.rates[points.column]} %")

    def _rank_faults(self) -> Iterator[Problem]:
        """Ranks against the order of the printed totals, numbered as the table numbers."""
        before: tuple[int, Decimal] | None = None
        for position, row in enumerate(self.printed.rows, start=1):
            if before is not None and row.total > before[1]:
                expected = f"at most {before[1]}, the total of the row above"
                yield self._fault(row, "total", expected, str(row.total))
            rank = position
            if self._numbering() == "competition" and before is not None and row.total == before[1]:
                rank = before[0]
            if row.rank != rank:
                yield self._fault(row, "rank", str(rank), str(row.rank))
            before = (rank, row.total)

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
        file = f"companies/{entity.id}/company.yaml"
        if any(name.name == row.name for name in entity.names):
            return f"{file} has {shown(row.name)} without this place: add {place}"
        return f"if it is printed so, {file} needs it in names, with {place}"

    def _fault(self, row: PrintedRow, column: str, expected: str, found: str) -> Problem:
        cell = cell_name(row.company, column)
        return Problem(self.published_file, expected, found, row.line, cell)
