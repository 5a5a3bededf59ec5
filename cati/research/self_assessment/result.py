"""What a company's assessment of itself comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from cati.model.evaluation import Evaluation
from cati.model.interval import Interval
from cati.model.methodology import Column, Methodology
from cati.problems import UsageError
from cati.research.season.progress import Counts, count
from cati.research.self_assessment.gaps import Gap, gaps
from cati.research.self_assessment.peers import Comparison, compare_with_peers
from cati.scoring.assessed import Assessed
from cati.store.assessments import FOLDER as ASSESSMENTS
from cati.workspace import Workspace


@dataclass(frozen=True)
class PeerComparison:
    """A company beside the companies of a published evaluation.

    Attributes
    ----------
    evaluation : Evaluation
        The published one.
    columns : tuple of Comparison
        The total first.
    """

    evaluation: Evaluation
    columns: tuple[Comparison, ...]


@dataclass(frozen=True)
class SelfAssessment:
    """The result of a self-assessment.

    Attributes
    ----------
    evaluation : Evaluation
    company : str
    methodology : Methodology
    public, if_published : Assessed
        With what is done and not published worth nothing, and counted as met.
    counts : Counts
        Criteria by what is known of them.
    unpublished : int
        Criteria that are done and not published.
    peers : PeerComparison, optional
        None where no published evaluation has the same methodology.
    gaps : tuple of Gap
    """

    evaluation: Evaluation
    company: str
    methodology: Methodology
    public: Assessed
    if_published: Assessed
    counts: Counts
    unpublished: int
    peers: PeerComparison | None
    gaps: tuple[Gap, ...]

    @property
    def total(self) -> Interval:
        """The public total."""
        return self.public.card.total(self.company)

    @property
    def total_if_published(self) -> Interval:
        """The total if all that is done were published."""
        return self.if_published.card.total(self.company)

    @property
    def coverage(self) -> Fraction:
        """Share of all possible points that the answers settle, from 0 to 1."""
        return self.public.card.coverage(self.company)

    @property
    def without_criteria(self) -> tuple[str, ...]:
        """Codes of indicators that nobody can answer, since they have no criteria."""
        return tuple(
            indicator.code
            for indicator in self.methodology.indicators()
            if not any(route.criteria for route in indicator.routes)
        )

    def column(self, code: str) -> Column | None:
        """The smallest printed column that is known to hold an indicator; peers are told by it."""
        holding = [
            (len(self.methodology.codes(column.members)), column.id)
            for column in self.methodology.printed_columns
            if column.make_up == "proven" and code in self.methodology.codes(column.members)
        ]
        return self.methodology.column(min(holding)[1]) if holding else None


def own_evaluation(workspace: Workspace, name: str | None = None) -> Evaluation:
    """The self-assessment of a workspace.

    Raises
    ------
    UsageError
        If there is none, or several and no name; or if it is of several companies.
    """
    own = [e for e in workspace.store.evaluations.values() if e.self_assessment]
    if name is not None:
        chosen = workspace.evaluation(name)
        if not chosen.self_assessment:
            raise UsageError(f"{name} is no self-assessment")
    elif len(own) == 1:
        chosen = own[0]
    elif own:
        raise UsageError(f"which self-assessment? {', '.join(e.id for e in own)}: --evaluation")
    else:
        raise UsageError("no self-assessment here; 'cati init --self-assessment DIR' makes one")
    if len(chosen.scope) != 1:
        raise UsageError(f"{chosen.id}: expected one company; found {len(chosen.scope)}")
    return chosen


def require_own(files: Iterable[str], name: str) -> None:
    """Refuse changes of files that belong to another evaluation than a self-assessment.

    Parameters
    ----------
    files : iterable of str
        Files that workbooks would change, relative to the workspace.
    name : str
        The self-assessment's id.

    Raises
    ------
    UsageError
        If there is an assessment of another evaluation.
    """
    for file in files:
        folder, _, last = file.rpartition("/")
        if folder.endswith(f"/{ASSESSMENTS}") and last != f"{name}.yaml":
            other = last.removesuffix(".yaml")
            raise UsageError(f"expected workbooks of {name}; found one of {other}")


def self_assess(workspace: Workspace, name: str | None = None) -> SelfAssessment:
    """The result of a workspace's self-assessment.

    Parameters
    ----------
    workspace : Workspace
    name : str, optional
        The self-assessment's id; needed only where there are several.

    Raises
    ------
    ProblemsError
        If the files have errors.
    UsageError
        As `own_evaluation`; or if nobody has answered anything.
    """
    workspace.store.require_sound()
    evaluation = own_evaluation(workspace, name)
    methodology = workspace.methodology(evaluation.methodology)
    company = evaluation.scope[0].company
    public = workspace.assess(evaluation.id)
    if_published = workspace.assess(evaluation.id, as_if_published=True)
    assessment = workspace.store.assessments[evaluation.id].get(company)
    verdicts = assessment.verdicts if assessment else ()
    return SelfAssessment(
        evaluation=evaluation,
        company=company,
        methodology=methodology,
        public=public,
        if_published=if_published,
        counts=count(methodology, assessment),
        unpublished=sum(verdict.answer == "unpublished" for verdict in verdicts),
        peers=_peers(workspace, evaluation, public, if_published),
        gaps=gaps(public, company),
    )


def _peers(
    workspace: Workspace, own: Evaluation, public: Assessed, if_published: Assessed
) -> PeerComparison | None:
    """The comparison with the latest published evaluation of the same methodology."""
    published = [
        workspace.evaluation(name)
        for name, printed in workspace.store.printed.items()
        if printed.points and workspace.evaluation(name).methodology == own.methodology
    ]
    if not published:
        return None
    latest = max(published, key=lambda evaluation: (evaluation.cutoff, evaluation.id))
    card = workspace.score(latest.id, "published", own.shares)
    company = own.scope[0].company
    joint_ventures = workspace.joint_ventures(card)
    if not set(card.companies) - {company, *joint_ventures}:
        return None
    columns = compare_with_peers(public.card, if_published.card, card, company, joint_ventures)
    return PeerComparison(latest, columns)
