"""What is read off the declaration of a kind of file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cati.store.editions import inputs
from cati.store.file_kinds import (
    ASSESSMENT,
    EVALUATION,
    KINDS,
    OWN_ANSWERS,
    TRANSCRIPTION,
    YAML_KINDS,
    FileKind,
    kind_of,
    names_in,
)
from cati.store.formatting import data_files
from tests.conftest import ROOT, Spoilable
from tests.research.review.packs import under_review


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_path_and_the_names_in_it_say_the_same(kind: FileKind) -> None:
    names = {"dimension": "1-governance", "sha256": "a" * 64}
    names |= {name: f"some-{name}" for name in ("evaluation", "company", "methodology", "assessor")}
    file = kind.file(**names)
    found = kind.names(file)
    assert found is not None
    assert found.items() <= names.items()
    assert [other.name for other in KINDS if other.names(file) is not None] == [kind.name]
    assert kind.names(f"{file}.bak") is None
    assert kind.names(f"elsewhere/{file}") is None


def test_kinds_have_names_of_their_own_and_share_a_schema_only_where_they_say_the_same() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert len({kind.place for kind in KINDS}) == len(KINDS)
    assert OWN_ANSWERS.schema == ASSESSMENT.schema == "assessment"
    assert OWN_ANSWERS.model is ASSESSMENT.model
    assert TRANSCRIPTION.names("private/transcriptions/notes.yaml") is None


def test_a_folder_holds_the_files_of_its_kinds_and_the_one_it_must_have_first() -> None:
    assert names_in("reports/{evaluation}") == (
        "evaluation.yaml",
        "published.csv",
        "points.csv",
        "assignments.yaml",
        "claims.yaml",
        "errata.yaml",
        "review.yaml",
    )
    assert names_in("companies/{company}") == ("company.yaml", "sources.yaml", "evidence.yaml")


def test_every_yaml_file_of_the_store_is_of_a_kind() -> None:
    folders = ("indicators", "companies", "reports")
    there = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*.yaml")
        if not any(part.startswith("out") for part in path.parts)
    }
    assert there == {file for file, _ in data_files(ROOT)}


def test_scores_follow_from_these_kinds_and_no_others() -> None:
    assert {kind.name for kind in KINDS if kind.scored} == {
        "methodology",
        "dimension",
        "crosswalk",
        "company",
        "sources",
        "evidence",
        "assessment",
        "precedents",
        "evaluation",
        "review",
        "printed table",
        "points",
    }


def test_a_kept_edition_holds_the_files_that_scores_follow_from(tiny: Spoilable) -> None:
    under_review(tiny)
    second = tiny.read("reports/first/evaluation.yaml").replace("id: first", "id: second")
    tiny.write("reports/second/evaluation.yaml", second)
    store = tiny.open().store
    kept = set(inputs(store, "first"))
    assert {"reports/first/review.yaml", "reports/first/points.csv"} <= kept
    assert {file for file in store.read if file.startswith("companies/")} <= kept
    assert not any(file.startswith(("reports/second", "private/")) for file in kept)


def test_a_kind_cannot_be_declared_without_saying_whether_scores_follow_from_it() -> None:
    with pytest.raises(TypeError, match="scored"):
        FileKind("notes", "reports/{evaluation}/notes.yaml")  # type: ignore[call-arg]
    assert replace(EVALUATION, scored=False).scored is False


def test_files_of_no_kind_are_not_read() -> None:
    assert kind_of("companies/byd/notes.yaml") is None
    assert all(kind_of(kind.file(**dict.fromkeys(NAMES, "1-x"))) for kind in YAML_KINDS[:5])


NAMES = ("methodology", "dimension", "company", "evaluation")
