"""Two assessors at work on the tiny workspace."""

from __future__ import annotations

import datetime
from typing import Any

from cati.model.assessment import Assessment, NoDisclosure, Verdict
from cati.model.assessor import Assessor
from cati.research.second.locking import lock
from cati.research.second.pairs import Pairs, locked_pairs
from cati.store.assessors import assessor_file, own_file
from cati.store.canonical import yaml_text
from cati.store.schemas import schema_link
from tests.conftest import Spoilable
from tests.research.importing import EVIDENCE, SOURCES

SAID, DATED = "1.1.1/said", "1.1.1/dated"
PLEDGE, WHEN = "alpha/pledge", "alpha/when"
DAY = datetime.date(2026, 11, 22)
ANN, BO = "Ann Lee", "王波"


def with_evidence(workspace: Spoilable) -> Spoilable:
    """Two disclosures of alpha to cite."""
    workspace.write("companies/alpha/sources.yaml", SOURCES)
    workspace.write("companies/alpha/evidence.yaml", EVIDENCE)
    return workspace


def answer(criterion: str, given: Any, *disclosures: str, why: str | None = None) -> Verdict:
    """An answer nobody has signed yet."""
    return Verdict(
        criterion=criterion,
        answer=given,
        disclosures=disclosures,
        rationale=why,
        assessor="nobody",
        date=DAY,
    )


def own(
    workspace: Spoilable,
    name: str,
    company: str,
    *verdicts: Verdict,
    nothing_in: tuple[str, ...] = (),
    code: str = "1.1.1",
) -> str:
    """Write an assessor's own answers; gives the file."""
    nothing = (
        (NoDisclosure(code=code, looked_in=nothing_in, assessor=name, date=DAY),)
        if nothing_in
        else ()
    )
    signed = tuple(verdict.model_copy(update={"assessor": name}) for verdict in verdicts)
    assessment = Assessment(format=1, evaluation="first", verdicts=signed, no_disclosure=nothing)
    file = own_file("first", name, company)
    workspace.write(file, yaml_text(assessment, schema_link(file)))
    person = assessor_file("first", name)
    if not (workspace.root / person).exists():
        assessor = Assessor(format=1, evaluation="first", name=name)
        workspace.write(person, yaml_text(assessor, schema_link(person)))
    return file


def locked(workspace: Spoilable, *names: str) -> None:
    """Lock everything that these have answered."""
    for name in names or (ANN, BO):
        lock(workspace.open(), "first", name, (), DAY)


def differing(workspace: Spoilable) -> Spoilable:
    """Ann and Bo agree on one criterion of alpha and differ on the other, both locked."""
    with_evidence(workspace)
    own(
        workspace,
        ANN,
        "alpha",
        answer(SAID, "met", PLEDGE, why="Page 3 says so."),
        answer(DATED, "met", WHEN, why="By 2040."),
    )
    own(
        workspace,
        BO,
        "alpha",
        answer(SAID, "met", WHEN),
        answer(DATED, "not_met", why="2040 is an ambition."),
    )
    locked(workspace)
    return workspace


def pairs(workspace: Spoilable) -> Pairs:
    return locked_pairs(workspace.open(), "first")


def main_verdicts(workspace: Spoilable, company: str = "alpha") -> dict[str, Verdict]:
    """What the company's own file says, once it is sound."""
    assert workspace.problems() == []
    found = workspace.open().store.assessments["first"][company]
    return {verdict.criterion: verdict for verdict in found.verdicts}
