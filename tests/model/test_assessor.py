"""Who answers apart from others, and when two names are one person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from cati.model.assessor import Assessor, assessor_id, check_assessor, same_person
from cati.model.base import Id


@pytest.mark.parametrize(
    ("name", "made"),
    [("Li Na", "lina"), ("Ünal Özgür", "unalozgur"), ("O'Hara, J.", "oharaj")],
)
def test_a_latin_name_makes_a_legible_id(name: str, made: str) -> None:
    assert assessor_id(name) == made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("Li Na", "li-na"), ("LI  NA", "Li Na"), ("Li-Na", "LiNa"), ("Chen.", "Chen")],
        *[("王波", "王 波"), ("王·波", "王波"), ("Ｌｉ Ｎａ", "Li Na")],
    ],
)
def test_spelling_does_not_make_another_person(one: str, other: str) -> None:
    assert assessor_id(one) == assessor_id(other)
    assert same_person(one, other)


def test_other_names_are_other_people() -> None:
    names = ["Li Na", "Li Nan", "李娜", "李楠", "王波", "Wang 波", "…", "x" * 60, "x" * 61]
    assert len({assessor_id(name) for name in names}) == len(names)
    assert not same_person("Li Na", "Li Nan")


@given(st.text(min_size=1, max_size=300))
def test_every_name_has_an_id_that_can_be_a_folder(name: str) -> None:
    made = assessor_id(name)
    assert TypeAdapter(Id).validate_python(made) == made


def test_what_does_not_fit_its_file_is_found() -> None:
    lock = {"company": "alpha", "date": "2026-11-22", "sha256": "0" * 64}
    assessor = Assessor.model_validate(
        {"format": 1, "evaluation": "first", "name": "Li Na", "locks": [lock, lock]}
    )
    found = list(check_assessor(assessor, "ann", "second"))
    assert [finding.path for finding in found] == [
        ("evaluation",),
        ("name",),
        ("locks", 1, "company"),
    ]
    assert assessor.lock("alpha") == assessor.locks[0]
    assert assessor.lock("beta") is None
