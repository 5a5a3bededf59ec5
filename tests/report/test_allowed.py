"""Nothing gets out but what is listed: markers in all other fields are looked for everywhere."""

from __future__ import annotations

import base64
import re
import textwrap
import typing
import zipfile
import zlib
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

from cati.model.assessment import Assessment, Proposal, Verdict
from cati.model.assessor import assessor_id
from cati.model.evidence import Disclosure
from cati.model.review import Challenge, CompanyReview, ReviewDecision
from cati.problems import Problem
from cati.report.allowed import ALLOWED, public, public_store
from cati.report.publish import publish
from cati.scoring.scorecard import Basis
from cati.store.assessors import OwnAnswers
from cati.store.claims import ClaimsFile
from cati.store.evaluations import Printed
from cati.store.file_kinds import (
    ASSIGNMENTS,
    CONTACTS,
    DIMENSION,
    EVIDENCE,
    IMPORTS,
    METHODOLOGY,
    PRECEDENTS,
    REPLIES,
    REVIEW,
    SOURCES,
    YAML_KINDS,
    kind_of,
)
from cati.store.store import Store
from cati.store.validate import read_model
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.six import six_companies

NAME = "automakers-2024"
MARK = re.compile(r"LEAK[0-9]{6}", re.IGNORECASE)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
HEXADECIMAL = re.compile(r"<FEFF([0-9A-F]+)>")
"""A string of a PDF that is not plain ASCII."""
INNER = {ClaimsFile: ("claims",), Printed: (), OwnAnswers: ("assessor", "assessments")}
"""Parts of what the store holds that are made of models."""
NEVER = {REVIEW, CONTACTS, ASSIGNMENTS, PRECEDENTS, IMPORTS}
"""Kinds of files that the store holds and of which nothing is told."""

OF_PARTS = {METHODOLOGY, DIMENSION, SOURCES, EVIDENCE}
"""Kinds whose records are told one by one, or as part of something larger."""

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
        if part.name not in ("assessors", "records"):
            models_in(hints[part.name], told)
    for kind in YAML_KINDS:
        if kind.check is not None and kind not in NEVER:
            models_in(kind.model, told)
    hidden = {
        inner
        for model, names in ALLOWED.items()
        for name, part in model.model_fields.items()
        if name not in names
        for inner in models_in(part.annotation, set())
    }
    assert told - hidden <= set(ALLOWED)
    assert Verdict in told


def test_a_private_kind_stays_inside_even_where_its_model_is_listed(
    tiny: Spoilable,
) -> None:
    assert REPLIES.model in ALLOWED
    undecided = CompanyReview(format=1, evaluation="first", company="alpha")
    store = tiny.open().store.with_records(REPLIES, {"first": undecided})
    assert public_store(store, "first").of(REPLIES) == {}


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


def test_what_an_earlier_season_proposes_is_nobodys_answer_yet(real: Workspace) -> None:
    assessments = real.store.assessments["automakers-2024"]
    verdict, *others = assessments["polestar"].verdicts
    proposal = Proposal(evaluation="automakers-2023", answer="met")
    proposed = verdict.model_copy(update={"answer": "unknown", "proposed": proposal})
    changed = assessments["polestar"].model_copy(update={"verdicts": (proposed, *others)})
    every = {"automakers-2024": {**assessments, "polestar": changed}}
    shown = public_store(replace(real.store, assessments=every), "automakers-2024")
    names = [v.criterion for v in shown.assessments["automakers-2024"]["polestar"].verdicts]
    assert names == [v.criterion for v in others]


def test_other_evaluations_and_what_assessors_do_are_left_out(tiny: Spoilable) -> None:
    second = tiny.read("reports/first/evaluation.yaml").replace("id: first", "id: second")
    tiny.write("reports/second/evaluation.yaml", second)
    for name in ("published.csv", "points.csv"):
        tiny.write(f"reports/second/{name}", tiny.read(f"reports/first/{name}"))
    store = tiny.open().store
    assert set(store.evaluations) == {"first", "second"}
    told = public_store(store, "first")
    assert set(told.evaluations) == set(told.printed) == {"first"}
    assert not told.assessors
    assert not any(map(told.of, NEVER))


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
            for text in pdf_parts(path.read_bytes()):
                yield f"{file}!inside", text
        else:
            text = path.read_bytes().decode("utf-8", "replace")
            yield file, text
            for inner in re.findall(r"base64,([A-Za-z0-9+/=]+)", text):
                yield f"{file}!data", base64.b64decode(inner).decode("utf-8", "replace")


def pdf_parts(content: bytes) -> Iterator[str]:
    """All that a PDF is made of, unpacked: outlines, annotations, attachments, alternatives."""
    parts = [content]
    for packed in STREAM.findall(content):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    for part in parts:
        text = part.decode("latin-1")
        yield text.replace("\0", "")  # of strings in UTF-16
        for string in HEXADECIMAL.findall(text):
            yield bytes.fromhex(string).decode("utf-16-be", "replace")


CRITERION = "1.1.1/commitment"
ASSESSOR = "LEAK900000"
INNER_FILES = {
    f"private/contacts/{NAME}.yaml": f"""
        format: 1
        evaluation: {NAME}
        contacts:
          - company: byd
            outcome: sent
            date: '2024-09-01'
            by: MARK
            address: MARK
            note: MARK
        """,
    f"private/reviews/{NAME}/byd.yaml": f"""
        format: 1
        evaluation: {NAME}
        company: byd
        agreements:
          - stage: review
            criterion: {CRITERION}
            received: '2024-09-01'
            answer: met
            text: MARK
        challenges:
          - id: told
            stage: review
            criterion: {CRITERION}
            received: '2024-09-01'
            answer: not_met
            text: TOLD text
            consent: true
            decision: {{outcome: rejected, reason: TOLD reason, by: MARK, date: '2024-09-02'}}
          - id: no-consent
            stage: review
            criterion: {CRITERION}
            received: '2024-09-01'
            answer: not_met
            text: MARK
            decision: {{outcome: rejected, reason: MARK, by: MARK, date: '2024-09-02'}}
          - id: not-decided
            stage: review
            criterion: {CRITERION}
            received: '2024-09-01'
            answer: not_met
            text: MARK
            consent: true
        """,
    f"private/assessors/{NAME}/{assessor_id(ASSESSOR)}.yaml": f"""
        format: 1
        evaluation: {NAME}
        name: {ASSESSOR}
        """,
    f"private/assessors/{NAME}/{assessor_id(ASSESSOR)}/byd.yaml": f"""
        format: 1
        evaluation: {NAME}
        verdicts:
          - criterion: {CRITERION}
            answer: not_met
            rationale: MARK
            assessor: {ASSESSOR}
            date: '2024-09-01'
        note: MARK
        """,
    "private/imports/byd.yaml": f"""
        format: 1
        answers:
          - evaluation: {NAME}
            criterion: {CRITERION}
            assessor: MARK
            sha256: {"0" * 64}
        """,
    f"private/queue/{NAME}/byd.yaml": f"""
        format: 1
        evaluation: {NAME}
        company: byd
        passages:
          - indicator: {CRITERION.partition("/")[0]}
            passage: 0123456abc
            source: ipe/automotive-report-2024
            page: 1
            text: MARK
            terms: [MARK]
            found: '2024-09-01'
            decisions:
              - {{what: dismissed, who: MARK, when: '2024-09-02', reason: MARK}}
        """,
    f"private/transcriptions/{'a' * 64}.yaml": f"""
        format: 1
        sha256: {"a" * 64}
        transcriptions:
          - page: 1
            text: MARK
            by: MARK
            date: '2024-09-01'
            checked_by: MARK
            checked: '2024-09-02'
        """,
    f"private/calibration/{NAME}.yaml": f"""
        format: 1
        evaluation: {NAME}
        pass_mark: 80
        references:
          - {{company: byd, criterion: {CRITERION}, answer: met, why: MARK}}
        """,
    "private/efforts.yaml": f"""
        format: 1
        efforts:
          - {{step: {CRITERION}, effort: 2, note: MARK}}
        """,
    f"reports/{NAME}/assignments.yaml": """
        format: 1
        assignments:
          - {assessor: MARK, companies: [byd], by: '2024-09-01'}
        """,
    f"reports/{NAME}/review.yaml": """
        format: 1
        evidence: cutoff
        windows:
          - stage: review
            opens: '2024-09-01'
            closes: '2024-09-02'
            decide_by: '2024-09-03'
        note: MARK
        """,
    "indicators/automotive-2024/precedents.yaml": f"""
        format: 1
        precedents:
          - criterion: {CRITERION}
            company: byd
            evaluation: {NAME}
            text: MARK
            by: MARK
            date: '2024-09-01'
        """,
}
"""A sound file of every kind that is not for readers; a marker goes wherever it says so."""


@pytest.fixture
def spied(tmp_path: Path, basis: Basis) -> tuple[Workspace, Planter]:
    """A workspace of six real companies with a marker in every place that must stay inside."""
    copy = six_companies(tmp_path, basis)
    planter = Planter()
    for file in ("archive/x.txt", "documents/x.md", f"contacts/{NAME}.txt", "notes.yaml"):
        copy.write(f"private/{file}", planter.mark(f"private/{file}"))
    planter.planted[ASSESSOR] = "assessor"
    for file, text in INNER_FILES.items():
        while "MARK" in text:
            text = text.replace("MARK", planter.mark(file), 1)
        copy.write(file, textwrap.dedent(text))
    require_every_inner_kind(copy.root)

    store = copy.open().store
    store.require_sound()
    assert store.assessors
    assert all(map(store.of, NEVER))
    planted = replace(
        store,
        entities=planter.all(store.entities),
        sources=planter.all(store.sources),
        disclosures=planter.all(store.disclosures),
        evaluations=planter.all(store.evaluations),
        methodologies={n: planter.record(m) for n, m in store.methodologies.items()},
        assessments={NAME: planter.all(store.assessments[NAME])},
        claims={n: replace(f, claims=planter.record(f.claims)) for n, f in store.claims.items()},
        replies={NAME: planter.all(store.replies[NAME])},
    )
    return Workspace(planted), planter


def require_every_inner_kind(root: Path) -> None:
    """No kind of file that stays inside is forgotten, and each is one that cati reads."""
    kinds = {file: kind_of(file) for file in INNER_FILES}
    assert (
        set(kinds.values())
        == {kind for kind in YAML_KINDS if kind.is_private or kind.model not in ALLOWED} - OF_PARTS
    )
    problems: list[Problem] = []
    for file, kind in kinds.items():
        assert kind is not None
        assert read_model(kind.model, root / file, file, problems) is not None, problems


@pytest.mark.slow
@pytest.mark.parametrize("basis", ["published", "assessed"])
def test_no_form_of_a_report_tells_what_is_not_listed(
    spied: tuple[Workspace, Planter], basis: Basis
) -> None:
    workspace, planter = spied
    kinds = {where.partition(".")[0] for where in planter.planted.values()}
    assert {m.__name__ for m in (Disclosure, Verdict, Assessment, Challenge)} <= kinds
    folder = publish(workspace, NAME, basis, draft=True).folder

    searched, named, leaks, told = set(), set(), set(), set()
    for file, text in spoken_texts(folder):
        searched.add(Path(file.partition("!")[0]).suffix)
        if "Mercedes-Benz" in text or "mercedes-benz" in text:
            named |= {Path(file.partition("!")[0]).suffix, file.partition("!")[2]}
        leaks |= {(file, planter.planted[mark.upper()]) for mark in MARK.findall(text)}
        told |= {file for _ in re.findall("TOLD text", text)}
    assert {".svg", ".png", ".txt"} <= searched
    assert {".html", ".xlsx", ".pdf", ".csv", ".json", "inside"} <= named
    assert leaks == set()
    assert "data/challenges-draft.csv" in told
    assert "en/companies/byd.html" in told
