"""What a joint venture may backing of its parents' disclosures, and what it may not."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from cati.model.entity import Entity, EntityRelation
from cati.model.interval import Interval
from cati.scoring.assessed import Inherited, Uncounted
from cati.scoring.backing import owners
from cati.workspace import Workspace
from tests.conftest import ROOT, Spoilable

ASSESSMENT = """\
format: 1
evaluation: automakers-2024
verdicts:
  - criterion: {criterion}
    answer: met
    disclosures: [{disclosures}]
    assessor: Wen
    date: '2026-11-21'
"""
DISCLOSURE = """
  - id: {name}
    statement: It has a target.
    indicators: [automotive-2024/3.1.1]
    polarity: supports
    confidence: high
    where:
      - {{source: ipe/automotive-report-2024, locator: page 1, secondary: true}}
"""
VENTURE, PARENT, STRANGER = "gac-toyota", "toyota", "volvo-cars"


def venture(copy: Spoilable, criterion: str, *owners: str) -> Workspace:
    """The joint venture GAC Toyota, said to meet a criterion by disclosures of some entities."""
    for owner in owners:
        file = f"companies/{owner}/evidence.yaml"
        known = (copy.root / file).exists()
        text = copy.read(file) if known else "format: 1\ndisclosures:\n"
        copy.write(file, text.rstrip() + DISCLOSURE.format(name="found"))
    copy.write(
        f"companies/{VENTURE}/assessments/automakers-2024.yaml",
        ASSESSMENT.format(
            criterion=criterion, disclosures=", ".join(f"{owner}/found" for owner in owners)
        ),
    )
    return copy.open()


def points(workspace: Workspace, code: str) -> Interval:
    return workspace.assess("automakers-2024").card.block(code).points(VENTURE)


def test_a_parents_target_earns_half(real_copy: Spoilable) -> None:
    workspace = venture(real_copy, "3.1.1/quantified", PARENT)
    found = workspace.assess("automakers-2024")
    assert found.inherited == (
        Inherited(VENTURE, "3.1.1/quantified", (f"{PARENT}/found",), Fraction(1, 2), "inferred"),
    )
    assert VENTURE not in {entry.company for entry in found.uncounted}
    assert points(workspace, "3.1.1") == Interval(Fraction(1, 2), Fraction(5, 2))


@pytest.mark.parametrize("owners", [(VENTURE,), (PARENT, VENTURE), (STRANGER,)])
def test_evidence_about_itself_earns_all(real_copy: Spoilable, owners: tuple[str, ...]) -> None:
    workspace = venture(real_copy, "3.1.1/quantified", *owners)
    assert points(workspace, "3.1.1") == Interval(Fraction(1), Fraction(3))
    assert workspace.assess("automakers-2024").inherited == ()


def test_what_a_parent_says_of_the_venture_is_the_ventures(real_copy: Spoilable) -> None:
    venture(real_copy, "3.1.1/quantified", PARENT)
    real_copy.change(
        f"companies/{PARENT}/evidence.yaml",
        "  - id: found\n",
        f"  - id: found\n    act_of: {VENTURE}\n",
    )
    assert points(real_copy.open(), "3.1.1").low == 1


def test_outside_the_rule_a_parents_evidence_does_not_count(real_copy: Spoilable) -> None:
    workspace = venture(real_copy, "2.3.1/value", PARENT)
    expected = Uncounted(VENTURE, "2.3.1/value", (f"{PARENT}/found",), ("not_inheritable",))
    assert expected in workspace.assess("automakers-2024").uncounted
    assert points(workspace, "2.3.1") == Interval(Fraction(0), Fraction(6))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dates", "least"),
    [
        ("since: '2001'", Fraction(1, 2)),
        ("since: '2024-08'", Fraction(0)),
        ("until: '2024-06'", Fraction(0)),
        ("until: '2024-07'", Fraction(1, 2)),
    ],
)
def test_only_a_parent_at_the_cutoff_passes_something_on(
    real_copy: Spoilable, dates: str, least: Fraction
) -> None:
    """The cut-off date is 30 July 2024."""
    venture(real_copy, "3.1.1/quantified", PARENT)
    profile = f"companies/{VENTURE}/company.yaml"
    real_copy.change(profile, f"to: {PARENT}, ", f"to: {PARENT}, {dates}, ")
    assert points(real_copy.open(), "3.1.1").low == least


def test_a_parents_parent_is_a_parent(real_copy: Spoilable) -> None:
    venture(real_copy, "3.1.1/quantified", STRANGER)
    profile = f"companies/{PARENT}/company.yaml"
    above = f"{{kind: parent, to: {STRANGER}, basis: outside_report}}"
    text = real_copy.read(profile)
    assert "\nrelations:" not in text
    real_copy.write(profile, f"{text}relations: [{above}]\n")
    assert points(real_copy.open(), "3.1.1").low == Fraction(1, 2)


def test_only_the_kind_that_the_rule_names_inherits(real_copy: Spoilable) -> None:
    venture(real_copy, "3.1.1/quantified", PARENT)
    real_copy.change(f"companies/{VENTURE}/company.yaml", "kind: joint_venture", "kind: automaker")
    assert points(real_copy.open(), "3.1.1").low == 1


def test_the_real_assessments_claim_nothing_of_parents() -> None:
    """What the parents of Beijing Benz are cited for is its own act."""
    found = Workspace.open(ROOT).assess("automakers-2024")
    assert found.inherited == ()
    assert not [entry for entry in found.uncounted if "not_inheritable" in entry.reasons]


def related(entity: Entity, *links: dict[str, Any]) -> Entity:
    relations = tuple(EntityRelation(basis="stated", **link) for link in links)
    return entity.model_copy(update={"relations": relations})


def test_owners_are_those_of_one_kind_of_relation_on_a_day(real: Workspace) -> None:
    one, two, three, four = list(real.store.entities.values())[:4]
    entities = {
        one.id: related(one, {"kind": "parent", "to": two.id, "until": "2023"}),
        two.id: related(two, {"kind": "parent", "to": three.id}, {"kind": "group", "to": four.id}),
        three.id: related(three, {"kind": "parent", "to": one.id}),
    }
    assert owners(entities, one.id, "parent") == {two.id, three.id}
    assert owners(entities, one.id, "parent", datetime.date(2023, 12, 31)) == {two.id, three.id}
    assert owners(entities, one.id, "parent", datetime.date(2024, 1, 1)) == set()
    assert owners(entities, two.id, "group") == {four.id}
    assert owners(entities, "unknown", "parent") == set()
