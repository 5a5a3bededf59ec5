"""Nothing gets out but what is listed: markers in all other fields are looked for everywhere."""

from __future__ import annotations

import base64
import re
import typing
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from itertools import count
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar

import numpy as np
import pypdfium2
import pytest
from pydantic import BaseModel

from cati.model.assessment import Assessment, Verdict
from cati.model.evidence import Disclosure
from cati.model.review import Challenge, CompanyReview, ReviewDecision
from cati.report.allowed import ALLOWED, public, public_store
from cati.report.publish import publish
from cati.store.assessors import OwnAnswers
from cati.store.claims import ClaimsFile
from cati.store.evaluations import Printed
from cati.store.store import Store
from cati.workspace import Workspace
from tests.conftest import Spoilable

NAME = "automakers-2024"
MARK = re.compile(r"LEAK[0-9]{6}")
INNER = {ClaimsFile: ("claims",), Printed: (), OwnAnswers: ("assessor", "assessments")}
"""Parts of what the store holds that are made of models."""
NEVER = {"reviews", "contacts", "assessors", "assignments", "precedents"}
"""Parts of the store of which nothing is told."""

M = TypeVar("M", bound=BaseModel)


# The list


def models_in(annotation: Any, seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Every model that a value of this type can hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in seen:
            seen.add(annotation)
            for part in annotation.model_fields.values():
                models_in(part.annotation, seen)
    elif annotation in INNER:
        hints = typing.get_type_hints(annotation)
        for part in INNER[annotation]:
            models_in(hints[part], seen)
    elif typing.get_args(annotation) or isinstance(annotation, UnionType):
        for part in typing.get_args(annotation):
            models_in(part, seen)
    return seen


def test_every_model_that_an_edition_is_made_of_has_its_list() -> None:
    hints = typing.get_type_hints(Store)
    told: set[type[BaseModel]] = set()
    for part in fields(Store):
        if part.name not in NEVER:
            models_in(hints[part.name], told)
    hidden = {
        inner
        for model, names in ALLOWED.items()
        for name, part in model.model_fields.items()
        if name not in names
        for inner in models_in(part.annotation, set())
    }
    assert told - hidden <= set(ALLOWED)
    assert Verdict in told


def test_what_is_listed_exists() -> None:
    for model, names in ALLOWED.items():
        assert names <= set(model.model_fields), model


def test_scores_follow_from_what_is_published_alone(real: Workspace) -> None:
    told = Workspace(public_store(real.store, NAME))
    for basis in ("published", "assessed"):
        ours, theirs = told.score(NAME, basis), real.score(NAME, basis)  # type: ignore[arg-type]
        assert ours.companies == theirs.companies
        assert np.array_equal(ours.low, theirs.low)
        assert np.array_equal(ours.high, theirs.high)


def test_a_record_with_nothing_to_hide_is_the_same(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    assert public(methodology) is methodology


def test_hidden_fields_are_empty_and_those_that_cannot_be_are_not_there(real: Workspace) -> None:
    disclosure = next(iter(real.store.disclosures.values()))
    noted = disclosure.model_copy(update={"note": "between us"})
    assert public(noted) == disclosure.model_copy(update={"note": None})
    decision = ReviewDecision(outcome="rejected", reason="No.", by="Wen", date="2024-09-01")
    told = public(decision)
    assert told.reason == "No."
    with pytest.raises(AttributeError):
        _ = told.by


def test_what_a_model_without_a_list_holds_does_not_get_out() -> None:
    class New(BaseModel):
        remark: str

    with pytest.raises(KeyError):
        public(New(remark="a"))


def test_other_evaluations_and_what_assessors_do_are_left_out(tiny: Spoilable) -> None:
    second = tiny.read("reports/first/evaluation.yaml").replace("id: first", "id: second")
    tiny.write("reports/second/evaluation.yaml", second)
    for name in ("published.csv", "points.csv"):
        tiny.write(f"reports/second/{name}", tiny.read(f"reports/first/{name}"))
    store = tiny.open().store
    assert set(store.evaluations) == {"first", "second"}
    told = public_store(store, "first")
    assert set(told.evaluations) == set(told.printed) == {"first"}
    for part in NEVER:
        assert not getattr(told, part)


# Markers


class Planter:
    """Puts a marker of its own into every field that is not listed."""

    def __init__(self) -> None:
        self.numbers = count()
        self.planted: dict[str, str] = {}

    def mark(self, where: str) -> str:
        mark = f"LEAK{next(self.numbers):06}"
        self.planted[mark] = where
        return mark

    def record(self, record: M) -> M:
        model = type(record)
        values: dict[str, Any] = {}
        for name in model.model_fields:
            if name in ALLOWED[model]:
                values[name] = self.value(getattr(record, name))
            else:
                values[name] = self.mark(f"{model.__name__}.{name}")
        return model.model_construct(**values)

    def value(self, value: object) -> object:
        if isinstance(value, BaseModel):
            return self.record(value)
        if isinstance(value, tuple):
            return tuple(map(self.value, value))
        return value

    def all(self, records: Mapping[str, M]) -> dict[str, M]:
        return {name: self.record(record) for name, record in records.items()}


def spoken_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that can be read in a folder, unpacked, by file."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        file = path.relative_to(folder).as_posix()
        yield file, file
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                for part in book.namelist():
                    yield f"{file}!{part}", book.read(part).decode("utf-8", "replace")
        elif path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as pdf:
                yield f"{file}!about", str(pdf.get_metadata_dict())
                for number in range(len(pdf)):
                    text = pdf[number].get_textpage().get_text_range()
                    yield f"{file}!{number}", text
            yield file, path.read_bytes().decode("latin-1")
        else:
            text = path.read_bytes().decode("utf-8", "replace")
            yield file, text
            for inner in re.findall(r"base64,([A-Za-z0-9+/=]+)", text):
                yield f"{file}!data", base64.b64decode(inner).decode("utf-8", "replace")


def challenge(number: int, criterion: str, text: str, **more: object) -> dict[str, object]:
    return {
        "id": f"c{number}",
        "stage": "review",
        "criterion": criterion,
        "received": "2024-09-01",
        "answer": "not_met",
        "text": text,
        **more,
    }


@pytest.fixture
def spied(real_copy: Spoilable) -> tuple[Workspace, Planter]:
    """The real workspace with a marker in every place that must stay inside."""
    planter = Planter()
    for file in ("archive/x.txt", "documents/x.md", f"contacts/{NAME}.txt", "notes.yaml"):
        real_copy.write(f"private/{file}", planter.mark(f"private/{file}"))
    workspace = real_copy.open()
    store = workspace.store
    criterion = next(
        f"{i.code}/{c.id}"
        for i in workspace.methodology("automotive-2024").indicators()
        for c in i.routes[0].criteria
    )
    decided = {"outcome": "rejected", "reason": "TOLD reason", "by": "Wen", "date": "2024-09-02"}
    reply = CompanyReview.model_validate(
        {
            "format": 1,
            "evaluation": NAME,
            "company": "byd",
            "challenges": [
                challenge(1, criterion, "TOLD text", consent=True, decision=decided),
                challenge(2, criterion, planter.mark("no consent"), decision=decided),
                challenge(3, criterion, planter.mark("not decided"), consent=True),
            ],
        }
    )
    secret = planter.mark("private part of the store")
    planted = replace(
        store,
        entities=planter.all(store.entities),
        sources=planter.all(store.sources),
        disclosures=planter.all(store.disclosures),
        evaluations=planter.all(store.evaluations),
        methodologies={n: planter.record(m) for n, m in store.methodologies.items()},
        assessments={NAME: planter.all(store.assessments[NAME])},
        claims={n: replace(f, claims=planter.record(f.claims)) for n, f in store.claims.items()},
        replies={NAME: {"byd": planter.record(reply)}},
        **{part: {NAME: secret} for part in NEVER},
    )
    return Workspace(planted), planter


@pytest.mark.slow
@pytest.mark.parametrize("basis", ["published", "assessed"])
def test_no_form_of_a_report_tells_what_is_not_listed(
    spied: tuple[Workspace, Planter], basis: Any
) -> None:
    workspace, planter = spied
    kinds = {where.partition(".")[0] for where in planter.planted.values()}
    assert {m.__name__ for m in (Disclosure, Verdict, Assessment, Challenge)} <= kinds
    folder = publish(workspace, NAME, basis, draft=True).folder

    searched, named, leaks, told = set(), set(), set(), set()
    for file, text in spoken_texts(folder):
        searched.add(Path(file.partition("!")[0]).suffix)
        if "Mercedes-Benz" in text or "mercedes-benz" in text:
            named.add(Path(file.partition("!")[0]).suffix)
        leaks |= {(file, planter.planted[mark]) for mark in MARK.findall(text)}
        told |= {file for _ in re.findall("TOLD text", text)}
    assert {".svg", ".png", ".txt"} <= searched
    assert {".html", ".xlsx", ".pdf", ".csv", ".json"} <= named
    assert leaks == set()
    assert "data/challenges-draft.csv" in told
    assert "en/companies/byd.html" in told
