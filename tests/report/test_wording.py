"""Ids, dates and places in words of either language."""

from __future__ import annotations

import pytest

from cati.report.wording import Wording
from cati.workspace import Workspace

EN, ZH = Wording("en"), Wording("zh")


@pytest.mark.parametrize(
    ("date", "english", "chinese"),
    [("2024", "2024", "2024年"), ("2024-10", "October 2024", "2024年10月")],
)
def test_dates_are_as_exact_as_they_are_known(date: str, english: str, chinese: str) -> None:
    assert (EN.partial_date(date), ZH.partial_date(date)) == (english, chinese)


def test_countries_have_names_and_unknown_ones_are_said_to_be_unknown() -> None:
    assert (EN.country("DE"), ZH.country("DE")) == ("Germany", "德国")
    assert EN.country(None) == "not known"


def test_a_listing_on_which_the_tables_disagree_is_disputed(real: Workspace) -> None:
    words = {name: EN.listed(real.entity(name)) for name in ("bmw", "chery", "baic-group", "ipe")}
    assert words == {"bmw": "yes", "chery": "no", "baic-group": "disputed", "ipe": "not known"}


def test_every_word_of_the_profiles_has_a_translation(real: Workspace) -> None:
    for entity in real.store.entities.values():
        for words in (ZH.region(entity.region), ZH.product(entity.product)):
            assert not words.isascii(), entity.id
        for relation in entity.relations:
            assert not ZH.relation(relation.kind).isascii()
            assert not ZH.relation_basis(relation.basis).isascii()


def test_simple_places_are_translated_and_others_marked_as_english() -> None:
    assert ZH.place("Table 3-3-1") != "Table 3-3-1"
    assert str(ZH.place("list before <b>")) == '<span lang="en">list before &lt;b&gt;</span>'
    assert EN.place("list before <b>") == "list before <b>"


def test_a_region_of_another_workspace_is_shown_as_it_is() -> None:
    assert EN.region("indian") == "indian"
