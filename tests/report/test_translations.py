"""Every interface text is found, and said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from cati.report.language import translations
from cati.store.yaml_file import read_yaml
from tests.report.conftest import ROOT

LOCALES = ROOT / "cati/report/locales"
PLACEHOLDER = re.compile(r"%\(\w+\)s|(?<!\{)\{\w+\}(?!\})")
TAG = re.compile(r"</?\w+>")

HAN = "[\u4e00-\u9fff]"
CLOSED_UP = re.compile(f"{HAN}[0-9A-Za-z]|[0-9A-Za-z%℃]{HAN}")
DATE = re.compile("[0-9]+年([0-9]+月)([0-9]+日)?")
"""A month or a day is written closed up, as in ``2024年7月30日``."""

MessageId = str | tuple[str, ...]


def catalog(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream)


def identity(message: Message) -> MessageId:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def messages(path: Path) -> dict[MessageId, Message]:
    return {identity(message): message for message in catalog(path) if message.id}


def chinese() -> dict[MessageId, Message]:
    return messages(LOCALES / "zh_Hans_CN/LC_MESSAGES/cati.po")


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def without_marks(text: str) -> str:
    """A message without tags, and with a mark for whatever is put into it."""
    return PLACEHOLDER.sub("…", re.sub("<[^>]*>", "", text))


def closed_up(text: str) -> bool:
    return CLOSED_UP.search(DATE.sub("…", text)) is not None


def bilingual(data: object) -> Iterator[str]:
    """The Chinese of every text that stands in two languages."""
    if isinstance(data, dict):
        if data.keys() >= {"en", "zh"} and isinstance(data["zh"], str):
            yield data["zh"]
        for value in data.values():
            yield from bilingual(value)
    elif isinstance(data, list):
        for value in data:
            yield from bilingual(value)


@pytest.mark.slow
def test_template_holds_every_text_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    found = tmp_path / "cati.pot"
    command = ["pybabel", "-q", "extract", "-F", "babel.cfg", "-o", str(found), "."]
    CommandLineInterface().run(command)
    missing = messages(found).keys() - messages(LOCALES / "cati.pot").keys()
    unused = messages(LOCALES / "cati.pot").keys() - messages(found).keys()
    assert not missing, "extract the messages as babel.cfg says, and translate the new ones"
    assert not unused, "extract the messages as babel.cfg says: some are no longer used"


def test_every_text_has_a_chinese_translation_and_none_is_left_over() -> None:
    assert chinese().keys() == messages(LOCALES / "cati.pot").keys()
    for message in chinese().values():
        assert not message.fuzzy, message.id
        assert all(text.strip() for text in texts(message)), message.id
    assert not catalog(LOCALES / "zh_Hans_CN/LC_MESSAGES/cati.po").obsolete


def test_translations_keep_placeholders_and_tags() -> None:
    for message_id, message in chinese().items():
        source = message_id if isinstance(message_id, str) else message_id[-1]
        for text in texts(message):
            for pattern in (PLACEHOLDER, TAG):
                expected = sorted(set(pattern.findall(source)))
                assert sorted(set(pattern.findall(text))) == expected, message_id


def test_chinese_is_written_with_chinese_punctuation() -> None:
    wrong = re.compile(r"[\u4e00-\u9fff] ?[,;:?!()]|[(][\u4e00-\u9fff]")
    for message in chinese().values():
        for text in texts(message):
            assert not wrong.search(text), text


def test_chinese_stands_apart_from_figures_and_latin_letters() -> None:
    closed = [
        text
        for message in chinese().values()
        for text in map(without_marks, texts(message))
        if closed_up(text)
    ]
    assert closed == []


def test_the_chinese_of_the_data_stands_apart_from_figures_and_latin_letters() -> None:
    files = [*ROOT.glob("indicators/**/*.yaml"), *ROOT.glob("reports/*/*.yaml")]
    files.append(ROOT / "cati/report/glossary.yaml")
    files += [*ROOT.glob("companies/*/company.yaml"), *ROOT.glob("companies/*/sources.yaml")]
    said = [text for file in files for text in bilingual(read_yaml(file, file.name).data)]
    assert len(said) > 300
    assert [text for text in said if closed_up(text)] == []


def test_chinese_is_what_readers_get() -> None:
    chinese_text = translations("zh")
    assert chinese_text.gettext("Joint ventures") == "合资企业"
    plural = chinese_text.ngettext("%(num)s company", "%(num)s companies", 51)
    assert plural % {"num": 51} == "共 51 家企业"
    assert translations("en").gettext("Joint ventures") == "Joint ventures"
