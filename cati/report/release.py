"""What stands in the way of publishing.

An embargo, open challenges, changed answers without a reason, checks that fail.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from cati.analysis.change.comparing import change, continued
from cati.analysis.claims.inquiry import Inquiry
from cati.problems import CatiError
from cati.scoring.verify import verify
from cati.store.challenges import open_challenges
from cati.store.evaluations import CLAIMS_FILE
from cati.workspace import Workspace


class NotReleasableError(CatiError):
    """An evaluation must not be published, and why.

    Parameters
    ----------
    evaluation : str
        Its id.
    obstacles : tuple of str
    earlier : Path, optional
        What an earlier run has published, and still lies there.

    Attributes
    ----------
    obstacles : tuple of str
        All of them, one line each.
    """

    def __init__(
        self, evaluation: str, obstacles: tuple[str, ...], earlier: Path | None = None
    ) -> None:
        self.obstacles = obstacles
        lines = [f"{evaluation} cannot be published yet; --draft makes a draft of it.", *obstacles]
        if earlier is not None:
            lines.append(f"{earlier.name}/ of an earlier run is still there: do not pass it on")
        super().__init__("\n  ".join(lines))


def require_release(
    workspace: Workspace, evaluation: str, today: datetime.date, folder: Path
) -> None:
    """Refuse to publish what must not be published.

    Parameters
    ----------
    workspace : Workspace
        All of it, what is private included.
    evaluation : str
        Its id.
    today : date
    folder : Path
        Where it would be published.

    Raises
    ------
    NotReleasableError
        With everything that stands in the way, and with the folder if there is one already.
    """
    found = tuple(obstacles(workspace, evaluation, today))
    if found:
        raise NotReleasableError(evaluation, found, folder if folder.exists() else None)


def obstacles(workspace: Workspace, evaluation: str, today: datetime.date) -> Iterator[str]:
    """Everything that stands in the way of publishing, a line each.

    Of a challenge they tell the company and the criterion, nothing that the company wrote.
    """
    embargo = workspace.evaluation(evaluation).embargo
    if embargo is not None and today < embargo:
        yield f"under embargo until {embargo}"
    yield from unsettled(workspace, evaluation)


def unsettled(workspace: Workspace, evaluation: str) -> Iterator[str]:
    """What no passing of time settles, a line each.

    Open challenges, answers changed since the season before without a reason, checks that fail.
    """
    for challenge in open_challenges(workspace.store, evaluation):
        yield (
            f"{challenge.company}: challenge {challenge.id} on {challenge.criterion} "
            "has no decision yet"
        )
    yield from _unexplained_changes(workspace, evaluation)
    yield from _failing_checks(workspace, evaluation)


def _unexplained_changes(workspace: Workspace, evaluation: str) -> Iterator[str]:
    for earlier in continued(workspace, evaluation):
        for entry in change(workspace, earlier, evaluation).companies:
            names = ", ".join(answer.criterion for answer in entry.unexplained)
            if names:
                yield f"{entry.company}: changed since {earlier} without a reason: {names}"


def _failing_checks(workspace: Workspace, evaluation: str) -> Iterator[str]:
    for problem in workspace.check():
        if problem.severity == "error":
            yield str(problem)
    printed = workspace.store.printed.get(evaluation)
    if printed is not None and printed.points:
        result = verify(workspace.store, workspace.evaluation(evaluation))
        if not result.holds:
            yield f"the printed table does not follow from its points: 'cati verify {evaluation}'"
    if evaluation in workspace.store.claims:
        inquiry = Inquiry(workspace, evaluation)
        yield from map(str, inquiry.problems())
        for checked in inquiry.check():
            if not checked.as_expected:
                yield (
                    f"{CLAIMS_FILE}: {checked.statement.id} comes to {checked.verdict}, "
                    f"expected {checked.statement.verdict}"
                )
