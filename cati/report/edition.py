"""What an edition of a report is rendered from: one scorecard and all that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from cati.model.crosswalk import Crosswalk
from cati.model.entity import Entity
from cati.model.errata import Errata, KeptEdition
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.source import Source
from cati.model.standing import Standing
from cati.scoring.explain import CompanyExplanation, explain_company
from cati.scoring.reasons import AssessedCompany, Reasons
from cati.scoring.scorecard import Scorecard
from cati.scoring.verify import Verification
from cati.store.file_kinds import ERRATA
from cati.store.store import Store
from cati.workspace import Workspace

if TYPE_CHECKING:
    from cati.report.facts import Facts

Mark = Literal["draft", "incomplete"]
"""What is not a final report: one that must not be published, or one that is not complete."""


@dataclass(frozen=True)
class Edition:
    """An evaluation with its scores, ready to be rendered.

    Attributes
    ----------
    workspace : Workspace
        Whose evaluation it is, without anything that may not be published.
    methodologies : mapping of str to Methodology
        All that the crosswalk may lead to, by id.
    entities : mapping of str to Entity
        The companies of the scorecard and everyone they are related to, by id.
    sources : mapping of str to Source
        By reference.
    explanations : mapping of str to CompanyExplanation or AssessedCompany
        By company, from the highest total to the lowest.
    verification : Verification, optional
        How the printed table compares with the recomputed one; None on the assessed basis.
    reasons : Reasons, optional
        Criteria with their answers and evidence, where anyone has assessed a company.
    standings : mapping of str to Standing
        What each disclosure is good for in this evaluation, by reference.
    draft : bool
        Whether it must not be published; every form then says so.
    incomplete : bool
        Whether it is published as no final ranking; every form then says so.
    corrected : tuple of str
        Files in which it differs from the latest edition that was kept: it is not that edition.
    """

    workspace: Workspace
    evaluation: Evaluation
    methodology: Methodology
    methodologies: Mapping[str, Methodology]
    crosswalk: Crosswalk | None
    card: Scorecard
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    explanations: Mapping[str, CompanyExplanation | AssessedCompany]
    verification: Verification | None
    reasons: Reasons | None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    draft: bool = False
    incomplete: bool = False
    corrected: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        workspace: Workspace,
        card: Scorecard,
        reasons: Reasons | None = None,
        *,
        draft: bool = False,
        incomplete: bool = False,
        corrected: tuple[str, ...] = (),
    ) -> Edition:
        """The edition of a scorecard.

        Parameters
        ----------
        workspace : Workspace
            What the scorecard comes from.
        card : Scorecard
        reasons : Reasons, optional
            Of the same evaluation; on the assessed basis those of the scorecard.
        draft, incomplete : bool
            Whether it must not be published, or is no final ranking.
        corrected : tuple of str
            Files in which it differs from the latest kept edition.

        Raises
        ------
        ValueError
            If a scorecard on the assessed basis comes without its reasons.
        """
        store, view = workspace.store, workspace.view(card.evaluation)
        explanations: dict[str, CompanyExplanation | AssessedCompany]
        verification = None
        if card.basis == "assessed":
            if reasons is None:
                raise ValueError("a scorecard on the assessed basis needs its reasons")
            explanations = {company: reasons.company(company) for company in card.order}
        else:
            verification = view.verification
            explanations = {
                company: explain_company(card, view.evaluation, view.printed, company)
                for company in card.order
            }
        return cls(
            workspace=workspace,
            evaluation=view.evaluation,
            methodology=card.methodology,
            methodologies=store.methodologies,
            crosswalk=store.crosswalk,
            card=card,
            entities=store.entities,
            sources=store.sources,
            explanations=explanations,
            verification=verification,
            reasons=reasons,
            standings=view.standings,
            draft=draft,
            incomplete=incomplete,
            corrected=corrected,
        )

    @property
    def store(self) -> Store:
        """The files it comes from."""
        return self.workspace.store

    @cached_property
    def facts(self) -> Facts:
        """What its forms say beyond itself, worked out once for all of them."""
        from cati.report.facts import Facts

        return Facts(self)

    @property
    def mark(self) -> Mark | None:
        """What every form says across it; nothing of a final one."""
        if self.draft:
            return "draft"
        return "incomplete" if self.incomplete else None

    @property
    def is_assessed(self) -> bool:
        """Whether its points come from assessments and not from a printed table."""
        return self.card.basis == "assessed"

    @property
    def printed(self) -> dict[str, CompanyExplanation]:
        """The explanations that start from a printed table, by company."""
        found = self.explanations.items()
        return {c: e for c, e in found if isinstance(e, CompanyExplanation)}

    @property
    def errata(self) -> Errata | None:
        """Editions that were kept and the corrections between them; None before the first."""
        return self.store.of(ERRATA).get(self.evaluation.id)

    @property
    def kept(self) -> KeptEdition | None:
        """The kept edition that this is; None where none was kept, or it is another by now."""
        return self.errata.editions[-1] if self.errata and not self.corrected else None

    @property
    def joint_ventures(self) -> tuple[str, ...]:
        """The companies of the scorecard that are joint ventures."""
        return tuple(c for c in self.card.companies if self.entities[c].is_joint_venture)
