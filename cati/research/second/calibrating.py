"""Whether a new assessor answers as the settled answers do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cati.analysis.agreement import Agreement, agreement
from cati.model.assessment import Original
from cati.model.calibration import ReferenceAnswer
from cati.problems import UsageError, shown
from cati.research.second.blind import known_answers
from cati.research.second.locking import require_unchanged
from cati.research.second.pairs import Hand
from cati.scoring.assessed import LATTICE
from cati.store.calibration import read_calibration
from cati.workspace import Workspace


@dataclass(frozen=True)
class Miss:
    """A settled answer that an assessor does not give; None where they give none."""

    reference: ReferenceAnswer
    given: Original | None


@dataclass(frozen=True)
class Calibrated:
    """How an assessor's answers compare with the settled ones.

    Attributes
    ----------
    references : int
        Settled answers: the base. One without an answer is missed.
    misses : tuple of Miss
    pass_mark : Decimal
        In per cent.
    found : Agreement
        Of the answers that were given.
    """

    assessor: str
    references: int
    misses: tuple[Miss, ...]
    pass_mark: Decimal
    found: Agreement

    @property
    def alike(self) -> Fraction:
        """Share of the settled answers that the assessor gives."""
        return Fraction(self.references - len(self.misses), self.references)

    @property
    def passed(self) -> bool:
        """Whether that is at least the pass mark."""
        return self.alike * 100 >= Fraction(self.pass_mark)


def calibrate(workspace: Workspace, evaluation: str, name: str) -> Calibrated:
    """Compare an assessor's locked answers with the settled ones.

    Raises
    ------
    UsageError
        If there are no settled answers, the assessor has none, or has not
        locked those about a company they are about.
    ProblemsError
        If the files have errors, or locked answers have been changed.
    """
    store = workspace.store
    store.require_sound()
    found = workspace.evaluation(evaluation)
    methodology = workspace.methodology(found.methodology)
    calibration = read_calibration(store.root, found, methodology)
    own = known_answers(store, evaluation, name)
    require_unchanged(own)
    companies = sorted({entry.company for entry in calibration.references})
    if open_ones := [company for company in companies if not own.is_locked(company)]:
        raise UsageError(
            f"{shown(own.assessor.name)} has not locked {', '.join(open_ones)}; "
            f"'cati lock {evaluation} --assessor …' does"
        )
    hands = {c: Hand(own.assessor.name, own.assessments[c]) for c in companies}
    given = [hands[entry.company].original(entry.criterion) for entry in calibration.references]
    both = list(zip(calibration.references, given, strict=True))
    return Calibrated(
        assessor=own.assessor.name,
        references=len(both),
        misses=tuple(
            Miss(entry, one) for entry, one in both if one is None or one.answer != entry.answer
        ),
        pass_mark=calibration.pass_mark,
        found=agreement(
            [LATTICE[entry.answer] for entry, _ in both],
            [None if one is None else LATTICE[one.answer] for _, one in both],
        ),
    )
