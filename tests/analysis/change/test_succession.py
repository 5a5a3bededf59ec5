from __future__ import annotations

import datetime
from typing import Any

import pytest

from cati.analysis.change.changes import Leaver, Newcomer
from cati.analysis.change.succession import Succession, succession
from cati.model.entity import Entity

DAY = datetime.date(2025, 6, 30)


def entity(name: str, *relations: dict[str, Any]) -> Entity:
    return Entity.model_validate(
        {
            "format": 1,
            "id": name,
            "kind": "automaker",
            "name": {"en": name, "zh": name},
            "name_zh": {"basis": "none"},
            "relations": [{**r, "basis": "outside_report"} for r in relations],
        }
    )


def paired(old: str, new: str, *entities: Entity) -> Succession:
    known = {name: entity(name) for name in (*old.split(), *new.split())}
    known |= {e.id: e for e in entities}
    return succession(old.split(), new.split(), known, DAY)


def test_who_is_in_both_stays() -> None:
    found = paired("a b", "b a")
    assert found.stayed == {"a": "a", "b": "b"}
    assert (found.entering, found.leaving) == ((), ())


def test_a_renamed_company_is_followed_also_through_a_name_in_between() -> None:
    chain = (
        entity("c", {"kind": "renamed_from", "to": "b"}),
        entity("b", {"kind": "renamed_from", "to": "a"}),
    )
    found = paired("a", "c", *chain)
    assert found.stayed == {"c": "a"}
    assert (found.entering, found.leaving) == ((), ())


def test_a_merged_company_leaves_into_the_other() -> None:
    found = paired("a b", "b", entity("a", {"kind": "merged_into", "to": "b"}))
    assert found.stayed == {"b": "b"}
    assert found.merged == {"b": ("a",)}
    assert found.leaving == (Leaver("a", "b"),)


def test_two_that_merge_into_a_new_one_form_a_newcomer() -> None:
    found = paired(
        "a b",
        "c",
        entity("a", {"kind": "merged_into", "to": "c"}),
        entity("b", {"kind": "merged_into", "to": "c"}),
    )
    assert found.stayed == {}
    assert found.entering == (Newcomer("c", ("a", "b")),)
    assert found.leaving == (Leaver("a", "c"), Leaver("b", "c"))


def test_who_merges_into_somebody_unranked_leaves_all_the_same() -> None:
    outsider = entity("x")
    found = paired("a b", "b", entity("a", {"kind": "merged_into", "to": "x"}), outsider)
    assert found.leaving == (Leaver("a", "x"),)
    assert found.merged == {"b": ()}


@pytest.mark.parametrize(("since", "renamed"), [("2025-06-30", True), ("2025-07-01", False)])
def test_what_happens_after_the_cutoff_has_not_happened_yet(since: str, renamed: bool) -> None:
    new = entity("b", {"kind": "renamed_from", "to": "a", "since": since})
    assert (paired("a", "b", new).stayed == {"b": "a"}) is renamed


def test_companies_renamed_in_a_circle_end_the_search() -> None:
    found = paired(
        "a",
        "c",
        entity("c", {"kind": "renamed_from", "to": "b"}),
        entity("b", {"kind": "renamed_from", "to": "c"}),
    )
    assert found.entering == (Newcomer("c", ()),)


def test_one_that_stays_is_nobodys_former_self() -> None:
    found = paired("a", "a b", entity("b", {"kind": "renamed_from", "to": "a"}))
    assert found.stayed == {"a": "a"}
    assert found.entering == (Newcomer("b", ()),)
