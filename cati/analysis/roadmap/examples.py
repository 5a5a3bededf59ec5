"""Companies that meet a criterion, with the evidence that counts."""

from __future__ import annotations

from collections.abc import Iterator

from cati.analysis.roadmap.plan import Evidence, Example
from cati.scoring.assessed import Assessed
from cati.workspace import Workspace


class Examples:
    """Finds who meets a criterion in an evaluation.

    Parameters
    ----------
    workspace : Workspace
    evaluation : str
        Its id.
    assessed : Assessed
        What its assessments come to.
    besides : str
        The company that looks for examples.
    """

    def __init__(
        self, workspace: Workspace, evaluation: str, assessed: Assessed, besides: str
    ) -> None:
        self._store = workspace.store
        self._backings = workspace.backings(evaluation)
        self._assessments = workspace.store.assessments[evaluation]
        self._answers = {c: a for c, a in assessed.answers.items() if c != besides}

    def __call__(self, criterion: str) -> tuple[Example, ...]:
        """The others that meet a criterion and all that it requires."""
        return tuple(
            Example(company, tuple(self._evidence(company, criterion)))
            for company, answers in self._answers.items()
            if answers.effective(criterion) == "met"
        )

    def _evidence(self, company: str, criterion: str) -> Iterator[Evidence]:
        for verdict in self._assessments[company].verdicts:
            if verdict.criterion == criterion:
                for backing in self._backings.of(company, verdict):
                    if backing.counts:
                        found = self._store.disclosures[backing.disclosure]
                        yield Evidence(backing.disclosure, found.where)
