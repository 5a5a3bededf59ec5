"""Profiles of companies."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from cati.model.entity import Entity
from cati.workspace import Workspace

PROFILE: dict[str, Any] = {
    "format": 1,
    "id": "alpha",
    "kind": "automaker",
    "name": {"en": "Alpha Motors", "zh": "阿尔法汽车"},
    "name_zh": {"basis": "printed"},
}


def profile(**more: Any) -> Entity:
    return Entity.model_validate(PROFILE | more)


def test_all_names_come_once_with_the_main_ones_first() -> None:
    names = [{"name": "Alpha", "kind": "short"}, {"name": "Alpha Motors", "kind": "printed"}]
    assert profile(names=names).all_names == ("Alpha Motors", "阿尔法汽车", "Alpha")


def test_only_joint_ventures_are_joint_ventures() -> None:
    assert profile(kind="joint_venture").is_joint_venture
    for kind in ("automaker", "supplier", "publisher", "group"):
        assert not profile(kind=kind).is_joint_venture


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "cn"},
        {"country": "CHN"},
        {"kind": "carmaker"},
        {"product": "fuel"},
        {"format": 2},
        {"names": [{"name": "Alpha", "kind": "nickname"}]},
        {"listed": [{"listed": True}]},
        {"relations": [{"kind": "parent", "to": "beta", "basis": "stated", "share": 101}]},
        {"relations": [{"kind": "cousin", "to": "beta", "basis": "stated"}]},
        {"founded": 1999},
    ],
)
def test_what_a_profile_does_not_know_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        profile(**wrong)


def test_14_of_the_51_are_joint_ventures(real: Workspace) -> None:
    scope = [entry.company for entry in real.evaluation("automakers-2024").scope]
    assert sum(real.entity(company).is_joint_venture for company in scope) == 14


def test_every_scored_joint_venture_names_a_parent(real: Workspace) -> None:
    for entity in real.store.entities.values():
        if entity.is_joint_venture:
            assert [r for r in entity.relations if r.kind == "parent"], entity.id
