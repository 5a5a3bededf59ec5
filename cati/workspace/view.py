"""One evaluation of a workspace, with a memory.

The files of a workspace are read once and stay in memory as they were read. So what follows from
them is worked out once, when it is first asked for, and never grows old: who has written a file
opens the workspace again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TypeVar, cast

from cati.model.consistency import check_shares
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.standing import Standing
from cati.problems import Problem, ProblemsError, UsageError
from cati.scoring.assessed import Assessed, assess
from cati.scoring.backing import Backings
from cati.scoring.published import Derivation
from cati.scoring.reasons import Reasons
from cati.scoring.scorecard import Scorecard
from cati.scoring.verify import Verification, compare, derive, verify
from cati.store.asked import Asked
from cati.store.evaluations import Printed
from cati.store.exclusions import standings
from cati.store.file_kinds import POINTS, PUBLISHED
from cati.store.store import Store

T = TypeVar("T")

Shares = Mapping[str, Decimal] | None
"""Share of each weighted track in per cent; the evaluation's own where there are none."""


class View:
    """What follows from the files about one evaluation.

    `Workspace` has the same questions with an evaluation's name, and says what each raises.

    Parameters
    ----------
    store : Store
    name : str
        The evaluation's id.
    """

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name
        self._memory: dict[Hashable, object] = {}

    @cached_property
    def evaluation(self) -> Evaluation:
        """The evaluation itself."""
        return Asked(self.store).evaluation(self.name)

    @cached_property
    def methodology(self) -> Methodology:
        """What it is evaluated by."""
        return Asked(self.store).methodology(self.evaluation.methodology)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """What each disclosure is good for, by reference."""
        self.store.require_sound()
        return standings(self.store, self.evaluation)

    @cached_property
    def backings(self) -> Backings:
        """What each disclosure is worth for the company that cites it."""
        return Backings(
            self.methodology,
            self.evaluation.cutoff,
            self.store.entities,
            self.store.disclosures,
            self.standings,
        )

    @cached_property
    def derivation(self) -> Derivation:
        """Points worked out afresh from the printed table."""
        return derive(self.store, self._printed_evaluation)

    @cached_property
    def verification(self) -> Verification:
        """The printed table recomputed from ``points.csv``."""
        return verify(self.store, self._printed_evaluation, self.derivation)

    @cached_property
    def printed_problems(self) -> list[Problem]:
        """What keeps a printed table from being scored: its cells, and points of another table."""
        problems = list(self.derivation.problems)
        files = {kind.file(evaluation=self.name) for kind in (PUBLISHED, POINTS)}
        broken = any(problem.file in files for problem in self.store.problems)
        if self.store.printed[self.name].points and not broken:
            problems += self.points_problems
        return problems

    @property
    def points_problems(self) -> list[Problem]:
        """What is wrong in ``points.csv``, and rows in which it differs from the derivation."""
        file = POINTS.file(evaluation=self.name)
        unreadable = [problem for problem in self.store.problems if problem.file == file]
        return unreadable + compare(self.derivation, self.store.printed[self.name], file)

    @property
    def printed(self) -> Printed:
        """Its printed table, found to be there."""
        return self.store.printed[self._printed_evaluation.id]

    @property
    def _printed_evaluation(self) -> Evaluation:
        evaluation = self.evaluation
        if self.name not in self.store.printed:
            raise UsageError(f"{self.name} has no printed table")
        return evaluation

    def published(self, shares: Shares = None) -> Scorecard:
        """The scorecard of the printed table."""
        return self._once("published", shares, lambda: self._published(shares))

    def assessed(self, shares: Shares = None, *, as_if_published: bool = False) -> Assessed:
        """The scorecard of the answers, and what did not count."""
        return self._once(
            ("assessed", as_if_published), shares, lambda: self._assessed(shares, as_if_published)
        )

    def reasons(self, shares: Shares = None) -> Reasons:
        """The reasons of the points on the assessed basis, down to source and page."""
        return self._once(
            "reasons",
            shares,
            lambda: Reasons(
                self.evaluation,
                self.assessed(shares),
                self.store.assessments[self.name],
                self.backings,
                self.store.disclosures,
                self.store.sources,
            ),
        )

    def _published(self, shares: Shares) -> Scorecard:
        methodology = self._with_shares(shares)
        if self.name not in self.store.printed:
            raise UsageError(f"{self.name} has no printed table, and so no published basis")
        if not self.printed.points:
            raise UsageError(
                f"{self.name} has no points.csv yet; 'cati derive {self.name} --write' works it out"
            )
        if problems := self.printed_problems:
            raise ProblemsError(problems)
        return Scorecard.from_points(
            self.name,
            methodology,
            self.printed.points,
            self.evaluation.shares if shares is None else shares,
        )

    def _assessed(self, shares: Shares, as_if_published: bool) -> Assessed:
        assessments = self.store.assessments[self.name]
        if not assessments:
            raise UsageError(
                f"{self.name} has no assessments yet; "
                f"'cati workbook export {self.name} DIR' begins them"
            )
        return assess(
            self.evaluation,
            self._with_shares(shares),
            assessments,
            self.backings,
            shares,
            as_if_published=as_if_published,
        )

    def _with_shares(self, shares: Shares) -> Methodology:
        """The methodology, once the shares are found to fit it."""
        for finding in [] if shares is None else check_shares((), self.methodology, shares):
            raise UsageError(f"shares: expected {finding.expected}; found {finding.found}")
        return self.methodology

    def _once(self, what: Hashable, shares: Shares, make: Callable[[], T]) -> T:
        key = (what, None if shares is None else frozenset(shares.items()))
        if key not in self._memory:
            self._memory[key] = make()
        return cast("T", self._memory[key])
