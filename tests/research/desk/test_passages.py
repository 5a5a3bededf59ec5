"""Passages are short, lose nothing and keep their ids."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cati.research.desk.passages import WIDTH, passage_id, passages

LINES = st.lists(
    st.text(alphabet="ab. 。绿电12\n", min_size=1, max_size=120), min_size=0, max_size=30
).map(" ".join)


@given(LINES)
def test_passages_hold_all_of_a_page_in_its_order(text: str) -> None:
    cut = passages(3, text)
    assert re.sub(r"\s", "", "".join(p.text for p in cut)) == re.sub(r"\s", "", text)
    assert [p.offset for p in cut] == sorted({p.offset for p in cut})
    assert all(len(p.text) <= WIDTH and p.page == 3 for p in cut)


def test_a_passage_ends_with_a_sentence() -> None:
    sentence = "We buy green steel from three suppliers in Europe and Asia. "
    assert all(p.text.endswith("Asia.") for p in passages(1, sentence * 30))
    chinese = "公司计划采购绿电和再生铝用于整车制造。"
    cut = passages(1, chinese * 30)
    assert all(p.text.endswith("。") for p in cut)
    assert all(len(p.text) <= WIDTH // 2 for p in cut)


def test_text_without_any_end_is_cut_between_words_or_anywhere() -> None:
    assert all(p.text.endswith("steel") for p in passages(1, "steel " * 300))
    assert [len(p.text) for p in passages(1, "x" * 1_000)] == [WIDTH, WIDTH, 1_000 - 2 * WIDTH]


def test_the_id_tells_document_page_and_place_apart() -> None:
    ids = {passage_id(d, p, o) for d in ("a" * 64, "b" * 64) for p in (1, 12) for o in (0, 21)}
    assert len(ids) == 8
    assert passage_id("a" * 64, 1, 0) == "b0d3b70fd7"
