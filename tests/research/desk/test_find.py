"""Passages are ranked by terms of both languages, and by numbers and years near them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.collection import collection
from cati.problems import UsageError
from cati.research.desk.document_text import PageText
from cati.research.desk.find import (
    chosen_indicators,
    find,
    held_terms,
    ranked,
    search_terms,
    split_terms,
)
from cati.research.desk.index import opened
from cati.store.store import Store
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.research.desk_cases import add, add_report, with_terms
from tests.research.documents import set_pdf, written_pdf

FILLER = "Our staff enjoyed a summer party in the park with music and games."


def found(root: Path, code: str = "1.1.2") -> list[tuple[int, tuple[str, ...]]]:
    store = Store.open(root)
    indicators = chosen_indicators(store.methodologies["tiny"], code)
    return [(one.page, one.terms) for one in find(store, "alpha", indicators)[code]]


def test_terms_of_both_languages_are_found(tiny: Spoilable) -> None:
    with_terms(tiny)
    pages = (FILLER, "We buy green steel.", "公司回收废钢用于零部件。", FILLER)
    add_report(tiny.root, set_pdf(*pages))
    assert sorted(found(tiny.root)) == [(2, ("green steel",)), (3, ("废钢",))]


def test_more_terms_numbers_and_years_come_first(tiny: Spoilable) -> None:
    with_terms(tiny)
    pages = (
        "We would one day be glad to buy more of the green steel offered by some suppliers.",
        "We buy 12 kt of green steel until 2030 and other low-carbon steel from new suppliers.",
    )
    add_report(tiny.root, set_pdf(*pages, *[FILLER] * 8))
    assert [page for page, _ in found(tiny.root)] == [2, 1]


def test_a_term_inside_a_longer_one_is_not_counted_twice(tiny: Spoilable) -> None:
    with_terms(tiny)
    add_report(tiny.root, set_pdf("Green steel.", "Green steel and steel."))
    assert dict(found(tiny.root)) == {1: ("green steel",), 2: ("green steel", "steel")}


def test_what_every_page_repeats_is_shown_once(tiny: Spoilable) -> None:
    with_terms(tiny)
    add_report(tiny.root, written_pdf(["Our way to green steel"] * 6))
    assert [page for page, _ in found(tiny.root)] == [1]


@pytest.mark.slow
def test_earlier_versions_are_left_out(tiny: Spoilable) -> None:
    with_terms(tiny)
    add_report(tiny.root, written_pdf(["Green steel in 2023"]))
    add(tiny.root, "alpha", written_pdf(["Green steel in 2024"]), id="report-2024")
    store = Store.open(tiny.root)
    indicators = chosen_indicators(store.methodologies["tiny"], "1.1.2")
    assert [one.source for one in find(store, "alpha", indicators)["1.1.2"]] == [
        "alpha/report-2024-v2"
    ]


@pytest.mark.slow
def test_the_same_documents_give_the_same_order(tiny: Spoilable) -> None:
    with_terms(tiny)
    add_report(tiny.root, written_pdf([f"Green steel from plant {n}" for n in range(30)]))
    first = found(tiny.root)
    (tiny.root / "private/index/alpha.sqlite").unlink()
    assert found(tiny.root) == first


def test_a_company_without_documents_is_told_what_to_do(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match="'cati document add alpha FILE' keeps one"):
        find(Store.open(tiny.root), "alpha", [])


def test_codes_of_every_level_are_understood(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    assert len(chosen_indicators(methodology, None)) == 51
    assert [i.code for i in chosen_indicators(methodology, "5.4.7")] == ["5.4.7"]
    assert all(i.code.startswith("5.4.") for i in chosen_indicators(methodology, "5.4"))
    with pytest.raises(UsageError, match=r"no code 5\.9 in automotive-2024"):
        chosen_indicators(methodology, "5.9")
    assert all(search_terms(indicator) for indicator in methodology.indicators())


def test_indicators_without_terms_are_refused(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match=r"no indicator under 1\.1\.1 has search terms"):
        chosen_indicators(Store.open(tiny.root).methodologies["tiny"], "1.1.1")


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("We offer supplier training.", ("supplier training",), ()),
        ("Our suppliers receive training in carbon accounting.", (), ("suppliers", "training")),
        ("公司为供应商开展碳减排培训。", (), ("供应商", "培训")),
        ("Our suppliers met in Oulu.", (), ()),
        ("供应商大会", (), ()),
    ],
)
def test_a_term_is_held_whole_or_in_part(
    text: str, whole: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    held = held_terms(text, split_terms(["supplier training", "供应商培训"]))
    assert (held.whole, held.parts) == (whole, parts)
    assert held.in_part == bool(parts)


def test_a_short_number_is_no_part_worth_a_mark() -> None:
    held = held_terms("Scope 1: 1.9 Mt by 2020", split_terms(["Scope 1 target 2020"]))
    assert held.parts == ("Scope", "2020")


@pytest.mark.slow
def test_most_of_a_labelled_collection_is_among_the_first_five(
    real: Workspace, tmp_path: Path
) -> None:
    made = collection(400)
    found = shown = 0
    with opened(tmp_path / "i.sqlite") as index:
        pages = [PageText(number, text, "text") for number, text in enumerate(made.pages, 1)]
        index.put("a" * 64, "1", pages)
        for indicator in real.methodology("automotive-2024").indicators():
            terms = search_terms(indicator)
            best = ranked(index, indicator.code, terms, {"a" * 64: "byd/report"})[:5]
            found += len({one.page for one in best} & set(made.answers[indicator.code]))
            shown += len(best)
    assert found / 102 >= 0.7
    assert found / shown >= 0.25


@pytest.mark.parametrize("file", ["f-plain.txt", "f-trad.txt", "f-radical.txt", "kangxi.txt"])
def test_terms_are_found_whatever_form_their_characters_have(real: Workspace, file: str) -> None:
    text = (Path(__file__).parent / "files/cjk" / file).read_text(encoding="utf-8")
    methodology = real.methodology("automotive-2024")
    codes = ("5.3.2",) if file == "kangxi.txt" else ("2.1.1", "3.1.3", "5.1.1")
    for code in codes:
        (indicator,) = chosen_indicators(methodology, code)
        held = held_terms(text, split_terms(search_terms(indicator)))
        plain_text = (Path(__file__).parent / "files/cjk/f-plain.txt").read_text(encoding="utf-8")
        expected = held_terms(plain_text, split_terms(search_terms(indicator)))
        assert held.whole or held.in_part
        if file != "kangxi.txt":
            assert (held.whole, held.places) == (expected.whole, expected.places)


def test_a_term_in_simplified_characters_is_found_in_a_traditional_report(tiny: Spoilable) -> None:
    with_terms(tiny)
    add_report(tiny.root, "本公司採用綠鋼及低碳鋼，並回收廢鋼 3 萬噸。".encode("big5hkscs"))
    assert found(tiny.root) == [(1, ("绿钢", "废钢", "低碳钢"))]


def test_what_a_page_hides_is_found_and_marked(tiny: Spoilable) -> None:
    with_terms(tiny)
    add_report(
        tiny.root, b"<html><body><p>Steel.</p><p hidden>We buy green steel.</p></body></html>"
    )
    store = Store.open(tiny.root)
    indicators = chosen_indicators(store.methodologies["tiny"], "1.1.2")
    told = {one.text: one.hidden for one in find(store, "alpha", indicators)["1.1.2"]}
    assert told == {"Steel.": False, "We buy green steel.": True}
