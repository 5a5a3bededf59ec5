"""What an edition of a report is rendered from: one scorecard and all that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cati.model.crosswalk import Crosswalk
from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.source import Source
from cati.scoring.explain import CompanyExplanation, explain_company
from cati.scoring.scorecard import Scorecard
from cati.scoring.verify import Verification, verify
from cati.store.store import Store


@dataclass(frozen=True)
class Edition:
    """An evaluation with its scores, ready to be rendered.

    Attributes
    ----------
    methodologies : mapping of str to Methodology
        All that the crosswalk may lead to, by id.
    entities : mapping of str to Entity
        The companies of the scorecard and everyone they are related to, by id.
    sources : mapping of str to Source
        By reference.
    explanations : mapping of str to CompanyExplanation
        By company, from the highest total to the lowest.
    verification : Verification
        How the printed table compares with the recomputed one.
    """

    evaluation: Evaluation
    methodology: Methodology
    methodologies: Mapping[str, Methodology]
    crosswalk: Crosswalk | None
    card: Scorecard
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    explanations: Mapping[str, CompanyExplanation]
    verification: Verification

    @classmethod
    def from_store(cls, store: Store, card: Scorecard) -> Edition:
        """The edition of a scorecard on the published basis.

        Parameters
        ----------
        store : Store
            The files the scorecard comes from.
        card : Scorecard
        """
        evaluation = store.evaluations[card.evaluation]
        printed = store.printed[card.evaluation]
        return cls(
            evaluation=evaluation,
            methodology=card.methodology,
            methodologies=store.methodologies,
            crosswalk=store.crosswalk,
            card=card,
            entities=store.entities,
            sources=store.sources,
            explanations={
                company: explain_company(card, evaluation, printed, company)
                for company in card.order
            },
            verification=verify(store, evaluation),
        )

    @property
    def joint_ventures(self) -> tuple[str, ...]:
        """The companies of the scorecard that are joint ventures."""
        return tuple(c for c in self.card.companies if self.entities[c].is_joint_venture)
