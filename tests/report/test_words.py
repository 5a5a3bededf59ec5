"""One word for one graded value, in every form; and more words that are read."""

from __future__ import annotations

import pytest

from cati.model.assessment import LEVELS, Verdict
from cati.model.evidence import Disclosure
from cati.report.language import LANGUAGES, Language
from cati.report.wording import Wording
from cati.report.words import ALSO, WORDS, value_of
from cati.research.desk.queue_workbook import CHOICES as OF_THE_QUEUE
from cati.research.workbook.layout import CHOICES as OF_THE_WORKBOOK


def test_every_value_of_the_files_has_its_words() -> None:
    assert tuple(WORDS["level"]) == LEVELS
    for model, key in ((Verdict, "answer"), (Disclosure, "polarity"), (Disclosure, "confidence")):
        values = model.model_fields[key].annotation.__args__  # type: ignore[union-attr]
        assert tuple(WORDS[key]) == values


@pytest.mark.parametrize("language", LANGUAGES)
def test_site_and_workbooks_have_one_word_for_one_value(language: Language) -> None:
    wording = Wording(language)
    shown = {
        "answer": wording.answer,
        "polarity": wording.polarity,
        "confidence": wording.confidence,
        "level": wording.level,
    }
    for key, name in shown.items():
        for value in WORDS[key]:
            for choices in (OF_THE_WORKBOOK, OF_THE_QUEUE):
                if key in choices:
                    assert choices[key][value].get(language) == name(value)


def test_no_word_stands_for_two_values() -> None:
    for key, words in WORDS.items():
        read = [
            word
            for value, text in words.items()
            for word in {value, text.en, text.zh, *ALSO.get(key, {}).get(value, ())}
        ]
        assert len(read) == len({word.casefold() for word in read})
        assert [value_of(key, word) is not None for word in read] == [True] * len(read)


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
        assert words.keys() == WORDS[key].keys()
        for value, shown in words.items():
            assert [value_of(key, word) for word in shown] == [value] * len(shown)
