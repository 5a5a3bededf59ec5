"""One text for one content, and back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.base import UNSEEN, Remark, Text
from cati.model.entity import Entity
from cati.model.evidence import Evidence, StatedValue
from cati.model.source import Source, Sources
from cati.store.canonical import WIDTH, yaml_text
from cati.store.validate import read_model

LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=300,
).filter(lambda text: text.strip() != "")


def sources(title: str, note: Remark | None = None) -> Sources:
    source = Source(id="report", kind="other", title=title, language="en", note=note)
    return Sources(format=1, sources=(source,))


def read_back(model: Sources, folder: Path) -> Sources:
    path = folder / "x.yaml"
    path.write_bytes(yaml_text(model).encode())
    problems: list[object] = []
    read = read_model(Sources, path, "x.yaml", problems)  # type: ignore[arg-type]
    assert read is not None, problems
    return read[0]


@given(LINES)
def test_any_text_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    model = sources(text, note=text)
    assert read_back(model, tmp_path_factory.getbasetemp()) == model


SEEN = LINES.map(lambda text: UNSEEN.sub("", text)).filter(lambda text: text.strip() != "")


@given(SEEN, SEEN)
def test_a_note_in_two_languages_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, en: str, zh: str
) -> None:
    model = sources("A report", note=Text(en=en, zh=zh))
    assert read_back(model, tmp_path_factory.getbasetemp()) == model


@pytest.mark.parametrize(
    "text",
    ["NO", "true", "null", "~", "08", "12:30", "1.50", "2024-07-30", "- a", "a: b", "# c", "'"],
)
def test_text_that_looks_like_something_else_stays_text(tmp_path: Path, text: str) -> None:
    assert read_back(sources(text), tmp_path).sources[0].title == text


def test_short_records_stand_on_one_line_and_defaults_are_left_out() -> None:
    text = yaml_text(sources("A report"))
    assert text == (
        "format: 1\nsources:\n  - {id: report, kind: other, title: A report, language: en}\n"
    )


def test_long_text_is_folded_within_the_width() -> None:
    lines = yaml_text(sources("A report", note="word " * 60 + "end")).splitlines()
    assert "    note: >-" in lines
    assert max(map(len, lines)) <= WIDTH + 10


def test_numbers_keep_their_printed_precision() -> None:
    figure = StatedValue(value=Decimal("0.50"), to=Decimal(30), unit="%")
    assert yaml_text(figure).splitlines()[:2] == ["value: 0.50", "to: 30"]


def test_the_first_line_points_at_the_schema() -> None:
    first = yaml_text(sources("A report"), "../../schemas/sources.json").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schemas/sources.json"


@pytest.mark.parametrize("model", [Entity, Evidence])
def test_every_real_file_is_already_canonical(model: type, root: Path) -> None:
    name = {Entity: "company.yaml", Evidence: "evidence.yaml"}[model]
    files = sorted(root.glob(f"companies/*/{name}"))
    assert files
    for path in files:
        problems: list[object] = []
        read = read_model(model, path, path.name, problems)  # type: ignore[arg-type]
        assert read is not None, problems
        body = path.read_text(encoding="utf-8").split("\n", 1)[1]
        assert body == yaml_text(read[0]), path
