"""The cheapest steps to a total or a rank.

On the assessed basis a step is a criterion, on the published basis a grid
step of points in a block: which criteria lie behind printed points is not
known. Where points are not certain the answer is a band: what is needed
surely, and what is needed at best. Peers are held still.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from cati.analysis.roadmap.aim import Aim, unwatched
from cati.analysis.roadmap.assessed_steps import assessed_cases
from cati.analysis.roadmap.examples import Examples
from cati.analysis.roadmap.plan import Example, Roadmap
from cati.analysis.roadmap.published_steps import published_cases
from cati.analysis.roadmap.wishes import Steps, Wishes
from cati.model.methodology import criterion_names
from cati.model.rounding import plain
from cati.problems import UsageError, did_you_mean
from cati.scoring.scorecard import Basis, Scorecard
from cati.workspace import Workspace


def roadmap(
    workspace: Workspace,
    evaluation: str,
    company: str,
    *,
    target: Fraction | None = None,
    rank: int | None = None,
    basis: Basis | None = None,
    wishes: Wishes | None = None,
    alternatives: int = 1,
    progress: Callable[[], object] = unwatched,
) -> Roadmap:
    """What a company needs for a total or a rank, at the least effort.

    Parameters
    ----------
    workspace : Workspace
    evaluation, company : str
        Their ids.
    target : Fraction, optional
        The total wanted, in points. Either this or a rank is given.
    rank : int, optional
        The rank wanted among the evaluation's companies, all others held still; a shared rank
        will do.
    basis : {"published", "assessed"}, optional
        The evaluation's own unless given.
    wishes : Wishes, optional
    alternatives : int
        How many plans of equal effort are looked for.
    progress : callable
        Told of each plan that is found.

    Raises
    ------
    UsageError
        If company, target, rank or wishes do not fit the evaluation.
    """
    chosen = workspace.evaluation(evaluation)
    methodology = workspace.methodology(chosen.methodology)
    steps = Steps(methodology, wishes or Wishes())
    without: tuple[str, ...] = ()
    if (basis or chosen.basis) == "assessed":
        assessed = workspace.assess(evaluation)
        card = assessed.card
        _require(card, company, target, rank)
        aim = Aim(card, company, target, rank, alternatives, progress)
        examples = Examples(workspace, evaluation, assessed, company)
        cases = assessed_cases(aim, steps, assessed.answers[company], examples)
        without = tuple(i.code for i in methodology.indicators() if not criterion_names(i))
    else:
        card = workspace.score(evaluation, "published")
        _require(card, company, target, rank)
        aim = Aim(card, company, target, rank, alternatives, progress)
        cases = published_cases(aim, steps, _examples(workspace, evaluation, company))
    return Roadmap(
        evaluation=chosen,
        card=card,
        company=company,
        wanted_rank=rank,
        cases=cases,
        left_out=steps.left_out,
        without_criteria=without,
        unused_efforts=steps.unused(card.basis),
    )


def _examples(
    workspace: Workspace, evaluation: str, company: str
) -> Callable[[str], tuple[Example, ...]]:
    """Finds others that meet a criterion: nobody where no company has been assessed."""
    if not workspace.store.assessments[evaluation]:
        return lambda _: ()
    return Examples(workspace, evaluation, workspace.assess(evaluation), company)


def _require(card: Scorecard, company: str, target: Fraction | None, rank: int | None) -> None:
    """Refuse a company or a target that a scorecard does not have."""
    if company not in card.companies:
        hint = did_you_mean(company, card.companies)
        raise UsageError(f"no company {company} in {card.evaluation}: {hint or 'see cati score'}")
    if (target is None) == (rank is None):
        raise UsageError("which target? Give either a total or a rank")
    most = card.methodology.maximum
    if target is not None and not 0 <= target <= most:
        raise UsageError(f"target: expected a total from 0 to {most}; found {plain(target)}")
    if rank is not None and not 1 <= rank <= len(card.companies):
        raise UsageError(f"rank: expected 1 to {len(card.companies)}; found {rank}")
