"""The index finds what stands in the pages it was given, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.problems import CatiError
from cati.research.desk.document_text import Caveats, PageText
from cati.research.desk.index import Index, opened, version
from cati.research.desk.words import spans

A, B = "a" * 64, "b" * 64


def page(number: int, text: str) -> PageText:
    return PageText(number, text, "text")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with opened(tmp_path / "company.sqlite") as made:
        yield made


@pytest.mark.parametrize("term", ["绿电", "废钢", "再生铝", "green steel", "CO2"])
def test_terms_of_two_characters_and_of_two_words_are_found(index: Index, term: str) -> None:
    index.put(A, "1", [page(1, "没有。"), page(2, f"公司 {term} 2030。"), page(3, "Nothing.")])
    assert [hit.passage.page for hit in index.search([term], [A], 10)] == [2]


def test_chinese_terms_are_found_inside_chinese_sentences(index: Index) -> None:
    index.put(A, "1", [page(1, "公司计划采购绿电和再生铝用于整车制造。")])
    assert index.search(["绿电"], [A], 10)
    assert index.search(["再生铝"], [A], 10)
    assert not index.search(["铝用电"], [A], 10)


def test_only_the_documents_asked_for_are_searched(index: Index) -> None:
    index.put(A, "1", [page(1, "green steel")])
    index.put(B, "1", [page(1, "green steel")])
    assert [hit.sha256 for hit in index.search(["steel"], [B], 10)] == [B]
    assert index.search(["steel"], [], 10) == []
    assert index.search(["steel"], ["c" * 64], 10) == []


def test_a_new_edition_takes_the_place_of_the_old(index: Index) -> None:
    index.put(A, "1", [page(1, "green steel")])
    index.put(B, "1", [page(1, "red steel")])
    index.put(A, "2", [page(1, "low-carbon aluminium")])
    assert (index.edition(A), index.edition("c" * 64)) == ("2", None)
    assert index.search(["green steel"], [A, B], 10) == []
    assert len(index.search(["aluminium"], [A, B], 10)) == 1
    assert index.pages(A) == (page(1, "low-carbon aluminium"),)


@pytest.mark.parametrize("terms", [[], [""], ['"'], ["*"], ["，"], ['steel" OR "x']])
def test_no_term_is_taken_for_a_command(index: Index, terms: list[str]) -> None:
    index.put(A, "1", [page(1, "iron")])
    assert index.search(terms, [A], 10) == []


@given(
    st.lists(st.text(alphabet="ab 绿电铝。", max_size=60), min_size=1, max_size=4),
    st.text(alphabet="ab 绿电", min_size=1, max_size=4),
)
def test_the_index_agrees_with_looking_at_every_passage(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], term: str
) -> None:
    path = tmp_path_factory.mktemp("index") / "i.sqlite"
    with opened(path) as index:
        index.put(A, "1", [page(n, text) for n, text in enumerate(texts, start=1)])
        rows = sqlite3.connect(path).execute("SELECT page, text FROM passage").fetchall()
        wanted = {number for number, text in rows if spans(text, [term])}
        assert {hit.passage.page for hit in index.search([term], [A], 1_000)} == wanted


def test_rarer_words_and_shorter_passages_weigh_more(index: Index) -> None:
    common = [page(n, "steel and cars") for n in range(1, 9)]
    index.put(A, "1", [*common, page(9, "green steel")])
    assert index.search(["steel", "green"], [A], 10)[0].passage.page == 9


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite"
    with opened(path) as index:
        index.put(A, "1", [page(1, "steel")])
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with opened(path) as index:
        assert index.edition(A) is None


def test_an_index_of_other_characters_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "i.sqlite"
    with opened(path) as index:
        index.put(A, "1", [page(1, "綠電")])
    with opened(path) as index:
        assert index.edition(A) == "1"
    version.cache_clear()
    monkeypatch.setattr("cati.research.desk.index.forms_version", lambda: "綠绿")
    with opened(path) as index:
        assert index.edition(A) is None
    version.cache_clear()


def test_what_a_page_hides_is_found_and_said_to_be_hidden(index: Index) -> None:
    hiding = PageText(1, "We buy green steel.", "text", "All green steel is Swedish. \ufffd")
    index.put(A, "1", [hiding, page(2, "red steel\ufffd")], "big5")
    found = {hit.passage.text: hit for hit in index.search(["green steel"], [A], 10)}
    shown, hidden = found["We buy green steel."], found["All green steel is Swedish. \ufffd"]
    assert (shown.passage.hidden, hidden.passage.hidden) == (False, True)
    assert shown.id != hidden.id
    assert index.pages(A)[0] == hiding
    assert index.caveats(A) == Caveats(lost=2, hidden=29, guessed="big5")


@pytest.mark.parametrize("term", ["绿电", "綠電", "采购绿电", "比⼤"])
def test_terms_are_found_in_every_form_of_their_characters(index: Index, term: str) -> None:
    index.put(A, "1", [page(1, "公司採購綠電，佔⽐大。"), page(2, "没有")])
    assert [hit.passage.page for hit in index.search([term], [A], 10)] == [1]


def test_a_damaged_index_is_removed_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(CatiError, match="was damaged and has been removed"), opened(path):
        pass
    with opened(path) as index:
        assert index.edition(A) is None
