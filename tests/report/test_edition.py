"""An edition brings together what a report is rendered from."""

from __future__ import annotations

from cati.report.edition import Edition
from cati.workspace import Workspace


def test_an_edition_explains_every_company_in_rank_order(real: Workspace) -> None:
    card = real.score("automakers-2024")
    edition = Edition.of(real, card)
    assert tuple(edition.explanations) == card.order
    assert edition.verification.holds


def test_the_fourteen_joint_ventures_are_known(real: Workspace) -> None:
    edition = Edition.of(real, real.score("automakers-2024"))
    assert len(edition.joint_ventures) == 14
    assert "brilliance-bmw" in edition.joint_ventures
