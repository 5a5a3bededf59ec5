"""What stands in the way of publishing.

An embargo, files that are not those of the kept edition, open challenges, changed answers without
a reason, checks that fail; and of a final ranking, that it is not complete.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from cati.analysis.change.comparing import change, continued
from cati.analysis.claims.inquiry import Inquiry
from cati.problems import CatiError, UsageError
from cati.report import show
from cati.report.kept import corrected_files, edition_card, effects, verify_errata
from cati.scoring.scorecard import Scorecard
from cati.store.challenges import open_challenges
from cati.store.file_kinds import CLAIMS, ERRATA, EVALUATION
from cati.workspace import Workspace

NAMED = 5
"""Files or companies that an obstacle names; of more it tells the number."""


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
    workspace: Workspace,
    evaluation: str,
    today: datetime.date,
    folder: Path,
    card: Scorecard,
    *,
    incomplete: bool = False,
) -> None:
    """Refuse to publish what must not be published, or not as it is meant to be.

    Parameters
    ----------
    workspace : Workspace
        All of it, what is private included.
    evaluation : str
        Its id.
    today : date
    folder : Path
        Where it would be published.
    card : Scorecard
        What would be published.
    incomplete : bool
        Whether it would say on every page that it is no final ranking.

    Raises
    ------
    NotReleasableError
        With everything that stands in the way, and with the folder if there is one already.
    UsageError
        If it would say that it is incomplete and is not.
    """
    missing = tuple(lacking(workspace, card))
    if incomplete and not missing:
        raise UsageError(
            f"{evaluation} is complete on the {card.basis} basis: leave out --incomplete"
        )
    found = list(obstacles(workspace, evaluation, today))
    if missing and not incomplete:
        found += missing
        found.append("--incomplete publishes it all the same, and says so on every page")
    if found:
        raise NotReleasableError(evaluation, tuple(found), folder if folder.exists() else None)


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

    Files that are not those of the kept edition, open challenges, answers changed since the season
    before without a reason, checks that fail.
    """
    yield from not_as_kept(workspace, evaluation)
    for challenge in open_challenges(workspace.store, evaluation):
        yield (
            f"{challenge.company}: challenge {challenge.id} on {challenge.criterion} "
            "has no decision yet"
        )
    yield from _unexplained_changes(workspace, evaluation)
    yield from _failing_checks(workspace, evaluation)


def lacking(workspace: Workspace, card: Scorecard) -> Iterator[str]:
    """What an assessed ranking lacks to be final, a line each; a printed one lacks nothing."""
    if card.basis == "published":
        return
    evaluation = workspace.evaluation(card.evaluation)
    file = EVALUATION.file(evaluation=card.evaluation)
    if evaluation.settled is None:
        yield (
            f"{file}: expected 'settled', the least share of each company's points, in per cent, "
            "that must be settled before a ranking is final; found nothing"
        )
    else:
        least = Fraction(evaluation.settled) / 100
        short = [
            f"{company} {show.cut_percent(card.coverage(company))} %"
            for company in card.order
            if card.coverage(company) < least
        ]
        if short:
            yield (
                f"less than {evaluation.settled:f} % of the points are settled, of "
                f"{len(short)} of {len(card.order)} companies: {_some(sorted(short))}"
            )
    yield from _unconfirmed(workspace, card)
    if evaluation.to_confirm:
        yield (
            f"{file}: carried over from an earlier season and not confirmed: "
            f"{_some(evaluation.to_confirm)}; correct what is not so any more, then take it out of "
            "to_confirm"
        )


def _unconfirmed(workspace: Workspace, card: Scorecard) -> Iterator[str]:
    assessments = workspace.store.assessments[card.evaluation]
    waiting = {
        company: sum(verdict.is_proposal for verdict in assessment.verdicts)
        for company, assessment in assessments.items()
    }
    companies = sorted(company for company, number in waiting.items() if number)
    if companies:
        yield (
            f"proposed answers that nobody has confirmed: {sum(waiting.values())}, in "
            f"{len(companies)} of {len(card.order)} companies: {_some(companies)}; "
            f"'cati confirm {card.evaluation}' confirms many"
        )


def not_as_kept(workspace: Workspace, evaluation: str) -> Iterator[str]:
    """Where the citation and the page of errata would say what is not so."""
    errata = workspace.store.of(ERRATA).get(evaluation)
    if errata is None:
        return
    last = errata.editions[-1]
    try:
        yield from map(str, verify_errata(workspace, evaluation))
        files = corrected_files(workspace, evaluation)
        if not files:
            return
        before = edition_card(workspace, evaluation, last)
    except CatiError as error:
        yield str(error)
        return
    changed = effects(before, workspace.score(evaluation))
    others = _some([effect.company for effect in changed]) if changed else "no company"
    yield (
        f"not edition {last.number} any more, which is kept: {_some(files)}; another total or "
        f"rank: {others}"
    )
    yield (
        f"'cati erratum add {evaluation}' tells the correction and keeps the next edition; "
        f"'cati edition restore {evaluation} {last.number} DIR' brings the kept one back"
    )


def _some(names: Sequence[str]) -> str:
    """All names of a few, some of many."""
    told = ", ".join(names[:NAMED])
    return told if len(names) <= NAMED else f"{told} and {len(names) - NAMED} more"


def _unexplained_changes(workspace: Workspace, evaluation: str) -> Iterator[str]:
    for earlier in continued(workspace, evaluation):
        for entry in change(workspace, earlier, evaluation, "assessed").companies:
            names = ", ".join(answer.criterion for answer in entry.unexplained)
            if names:
                yield f"{entry.company}: changed since {earlier} without a reason: {names}"


def _failing_checks(workspace: Workspace, evaluation: str) -> Iterator[str]:
    for problem in workspace.check():
        if problem.severity == "error":
            yield str(problem)
    if evaluation in workspace.store.claims:
        inquiry = Inquiry(workspace, evaluation)
        yield from map(str, inquiry.problems())
        for checked in inquiry.check():
            if not checked.as_expected:
                yield (
                    f"{CLAIMS.file_name}: {checked.statement.id} comes to {checked.verdict}, "
                    f"expected {checked.statement.verdict}"
                )
