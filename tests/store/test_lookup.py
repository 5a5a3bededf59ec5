"""Every known name leads to its entity; no other name does."""

from __future__ import annotations

import pytest

from cati.model.base import said
from cati.problems import UsageError
from cati.store.lookup import Lookup
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def lookup(real: Workspace) -> Lookup:
    return Lookup(real.store.entities)


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Ideal Auto", "li-auto"),
        ("SAIC Motors", "saic-gm"),
        ("China FAW Group", "faw-group"),
        ("ЈМС", "jmc"),
        ("FAW- Volkswagen", "faw-volkswagen"),
        ("mercedes benz", "mercedes-benz"),
        ("ＢＹＤ", "byd"),
        ("比亚迪", "byd"),
        ("比亞迪", "byd"),
        ("⽐亚迪", "byd"),
        ("比亚\u200b迪", "byd"),
        ("廣汽豐田", "gac-toyota"),
        ("長城汽車", "great-wall"),
    ],
)
def test_names_of_the_printed_tables_are_found(lookup: Lookup, name: str, entity: str) -> None:
    assert lookup.find(name).entity.id == entity


def test_a_variant_carries_its_doubt(lookup: Lookup) -> None:
    name = lookup.find("SAIC Motors").name
    assert name is not None
    assert name.kind == "misprint"
    assert "by elimination" in said(name.note or "", "en")


def test_every_name_in_the_store_leads_to_its_own_entity(real: Workspace, lookup: Lookup) -> None:
    for entity in real.store.entities.values():
        for name in (entity.id, *entity.all_names):
            assert lookup.find(name).entity == entity, name


@pytest.mark.parametrize(("typed", "first"), [("Stelantis", "stellantis"), ("Toyta", "toyota")])
def test_a_misspelling_gets_candidates_and_no_match(lookup: Lookup, typed: str, first: str) -> None:
    with pytest.raises(UsageError) as caught:
        lookup.find(typed)
    assert str(caught.value).startswith(f"no company of the name '{typed}'; like it: {first} (")


def test_a_similar_name_of_another_company_is_never_taken_silently(lookup: Lookup) -> None:
    with pytest.raises(UsageError, match=r"saic-gm .*saic-group"):
        lookup.find("SAIC Motor")


def test_nothing_similar_is_said_so(lookup: Lookup) -> None:
    with pytest.raises(UsageError, match="nor one like it"):
        lookup.find("qqqq")


def test_a_name_of_several_entities_names_them(real: Workspace) -> None:
    entities = dict(real.store.entities)
    twin = entities["byd"].model_copy(update={"id": "byd-two"})
    with pytest.raises(UsageError, match="'BYD' is a name of several: byd, byd-two"):
        Lookup({**entities, "byd-two": twin}).find("BYD")
