"""Every coded value has one word in each language, in every form; and more words are read."""

from __future__ import annotations

from typing import get_args

import pytest

from cati.analysis.carry_over import Carry
from cati.analysis.change.changes import Cause
from cati.analysis.groups import Size
from cati.analysis.roadmap.plan import State as StepState
from cati.model import claims, crosswalk, review
from cati.model.assessment import Answer, Level
from cati.model.entity import ChineseNameBasis, Entity, EntityRelation, Kind, Name
from cati.model.evidence import Confidence, Polarity, Weakness
from cati.model.language import LANGUAGES, Language
from cati.model.methodology import InheritanceRule
from cati.model.queue import QueueState, Step
from cati.model.source import Source
from cati.model.standing import Exclusion
from cati.report.edition import Mark
from cati.report.glossary import glossary, value_of, word
from cati.report.site.methodology import Kind as Origin
from cati.research.desk.document_text import State as PageState
from cati.research.season.beginning import Expiry

VALUES: dict[str, object] = {
    "answer": Answer,
    "level": Level,
    "polarity": Polarity,
    "confidence": Confidence,
    "doubt": Exclusion | Weakness | Expiry,
    "inheritance_basis": InheritanceRule.model_fields["basis"].annotation,
    "origin": Origin,
    "entity_kind": Kind,
    "product": Entity.model_fields["product"].annotation,
    "name_kind": Name.model_fields["kind"].annotation,
    "chinese_name_basis": ChineseNameBasis.model_fields["basis"].annotation,
    "relation": EntityRelation.model_fields["kind"].annotation,
    "relation_basis": EntityRelation.model_fields["basis"].annotation,
    "verdict": claims.Verdict,
    "effect": Size,
    "cause": Cause,
    "pairing": crosswalk.Relation,
    "carry": Carry,
    "step": StepState,
    "mark": Mark,
    "language": Language,
    "kind": Source.model_fields["kind"].annotation,
    "page_state": PageState,
    "queued": QueueState | Step,
    "decision": Step,
    "stage": review.Stage,
    "contact": review.Reaction,
    "outcome": review.Outcome,
}
"""What each list of the glossary has to name."""


def literals(form: object) -> set[str]:
    """The values of a form; of a union, those of its parts."""
    found: set[str] = set()
    for part in get_args(form):
        found |= {part} if isinstance(part, str) else literals(part)
    return found


@pytest.mark.parametrize("choices", VALUES)
def test_every_value_of_the_files_has_its_words(choices: str) -> None:
    assert literals(VALUES[choices]) <= glossary()[choices].keys()


def test_what_a_list_does_not_name_is_shown_as_it_is() -> None:
    assert word("region", "indian", "zh") == "indian"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("choices", glossary())
def test_what_is_shown_is_read(choices: str, language: Language) -> None:
    """Except where one word serves two values that nobody has to tell apart."""
    twins = {"unit"}
    for value, words in glossary()[choices].items():
        shown = word(choices, value, language)
        for typed in (shown, shown.upper(), f"  {shown} ", shown.replace(" ", "\u00a0")):
            assert choices in twins or value_of(choices, typed) == value
        assert [value_of(choices, other) for other in words.also] == [value] * len(words.also)


@pytest.mark.parametrize(
    ("choices", "typed", "value"),
    [
        ("polarity", "supports a part", "partial"),
        ("polarity", "Supports  A Part", "partial"),
        ("polarity", "部分支持", "partial"),
        ("polarity", "partial", "partial"),
        ("polarity", "nothing found", "absent"),
        ("polarity", "未见披露", "absent"),
        ("polarity", "未见", "absent"),
        ("polarity", "未披露", "absent"),
        ("answer", "not met", "not_met"),
        ("answer", "not_met", "not_met"),
        ("answer", "不符合", "not_met"),
        ("level", "已核验", "reviewed"),
        ("level", "已复核", "reviewed"),
        ("confidence", "ＨＩＧＨ", "high"),
        ("polarity", "supports a lot", None),
        ("polarity", "support", None),
        ("answer", "partly", None),
    ],
)
def test_what_is_shown_or_was_shown_is_read(choices: str, typed: str, value: str | None) -> None:
    assert value_of(choices, typed) == value


EARLIER = {
    "answer": {
        "met": ("met", "符合"),
        "not_met": ("not met", "不符合"),
        "unknown": ("unknown", "未知"),
        "unpublished": ("done, not published", "已做未公开"),
    },
    "polarity": {
        "supports": ("supports", "支持"),
        "partial": ("partial", "部分支持"),
        "absent": ("absent", "未见", "未披露"),
    },
    "confidence": {
        "high": ("high", "高"),
        "medium": ("medium", "中"),
        "low": ("low", "低"),
    },
}
"""What workbooks exported before showed."""


def test_what_earlier_workbooks_showed_is_read() -> None:
    for key, words in EARLIER.items():
        assert words.keys() == glossary()[key].keys()
        for value, shown in words.items():
            assert [value_of(key, word) for word in shown] == [value] * len(shown)
