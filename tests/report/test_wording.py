"""Ids, dates and places in words of either language."""

from __future__ import annotations

import pytest

from cati.model.base import Text
from cati.report.wording import Wording, form_of
from cati.workspace import Workspace

EN, ZH = Wording("en"), Wording("zh")


@pytest.mark.parametrize(
    ("date", "english", "chinese"),
    [
        ("2024", "2024", "2024年"),
        ("2024-10", "October 2024", "2024年10月"),
        ("2024-07-30", "30 July 2024", "2024年7月30日"),
    ],
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
        for words in (ZH.word("region", entity.region), ZH.word("product", entity.product)):
            assert not words.isascii(), entity.id
        for relation in entity.relations:
            assert not ZH.word("relation", relation.kind).isascii()
            assert not ZH.word("relation_basis", relation.basis).isascii()


def test_an_enumeration_in_chinese_sets_latin_letters_and_figures_apart() -> None:
    assert ZH.items(["宝马", "Rivian", "沃尔沃"]) == "宝马、Rivian 和沃尔沃"
    assert ZH.items([17, 18]) == "17 和 18"
    assert EN.items(["BMW", "Rivian", "Volvo"]) == "BMW, Rivian, and Volvo"


def test_a_remark_in_english_alone_is_marked_on_a_chinese_page() -> None:
    both = Text(en="Not printed.", zh="原表未列。")
    assert (EN.remark(both), ZH.remark(both)) == ("Not printed.", "原表未列。")
    assert EN.remark("A <b>.") == "A <b>."
    assert str(ZH.remark("A <b>.")) == '<span lang="en">A &lt;b&gt;.</span>'


def test_groups_of_companies_have_chinese_names(real: Workspace) -> None:
    groups = {
        relation.other("zh")
        for entity in real.store.entities.values()
        for relation in entity.relations
        if relation.kind == "group" and relation.to is None
    }
    assert groups == {"吉利控股集团", "现代起亚集团", "雷诺-日产-三菱联盟"}


def test_a_region_of_another_workspace_is_shown_as_it_is() -> None:
    assert EN.word("region", "indian") == "indian"


@pytest.mark.parametrize(("printed", "form"), [("1", 1), ("0", 2), ("0.5", 2), ("0–1", 2)])
def test_one_takes_the_singular_and_any_other_number_the_plural(printed: str, form: int) -> None:
    assert form_of(printed) == form
