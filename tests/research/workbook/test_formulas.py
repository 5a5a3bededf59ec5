"""The formulas agree with the scorer: answers are filled in and LibreOffice computes."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from cati.model.assessment import Answer, Assessment, NoDisclosure, Verdict
from cati.model.language import Language
from cati.model.methodology import Methodology
from cati.model.standing import Standing
from cati.report.glossary import word
from cati.research.workbook.cells import company_records
from cati.research.workbook.formulas import COUNTS, NEEDS_REASON, NEVER, carryings, needs
from cati.scoring.assessed import assess
from cati.workspace import Workspace
from tests.research.office import saved_by_libreoffice
from tests.research.workbooks import (
    EVALUATION,
    assert_scored,
    exported,
    fill,
    loaded,
    rows,
    value,
    with_evaluation,
)

DAY = date(2024, 9, 1)
SEPARATORS = ("; ", ";", "；", ",", "，", "、", "\n", " ; ")


@dataclass(frozen=True)
class Case:
    """Answers as they are typed, and the workspace they are typed for."""

    name: str
    workspace: Workspace
    company: str
    language: Language
    assessment: Assessment


def verdict(name: str, answer: Answer, disclosures: tuple[str, ...], why: str | None) -> Verdict:
    return Verdict(
        criterion=name,
        answer=answer,
        disclosures=disclosures,
        rationale=why,
        assessor="Li",
        date=DAY,
    )


def assessment(*verdicts: Verdict, nothing: tuple[str, ...] = ()) -> Assessment:
    found = tuple(
        NoDisclosure(code=code, looked_in=("its website",), assessor="Li", date=DAY)
        for code in nothing
    )
    return Assessment(format=1, evaluation=EVALUATION, verdicts=verdicts, no_disclosure=found)


def spoilt(workspace: Workspace) -> Workspace:
    """Some evidence no longer counts, some only with a rationale."""
    disclosures = dict(workspace.store.disclosures)
    for number, (reference, disclosure) in enumerate(sorted(disclosures.items())):
        change: dict[str, object] = {}
        if number % 3 == 1:
            change = {"confidence": "low"}
        elif number % 3 == 2:
            change = {"retracted": "withdrawn"}
        disclosures[reference] = disclosure.model_copy(update=change)
    return Workspace(replace(workspace.store, disclosures=disclosures))


def at_random(case: str, workspace: Workspace, company: str, language: Language) -> Case:
    """Answers to most criteria, on evidence that counts or not, with a reason or without."""
    chance = random.Random(case)  # noqa: S311
    evaluation = workspace.evaluation(EVALUATION)
    methodology = workspace.methodology(evaluation.methodology)
    cited = sorted(company_records(workspace.store, evaluation, company).disclosures)
    answers: list[Answer] = ["met", "met", "met", "met", "unknown", "not_met"]
    if evaluation.self_assessment:
        answers += ["unpublished", "unpublished"]
    verdicts, nothing = [], []
    for indicator in methodology.indicators():
        if chance.random() < 0.15:
            nothing.append(indicator.code)
            continue
        for route in indicator.routes:
            for criterion in route.criteria:
                if chance.random() < 0.9:
                    name = f"{indicator.code}/{criterion.id}"
                    refs = tuple(chance.sample(cited, chance.choice([0, 1, 1, 2, 3])))
                    why = chance.choice([None, "because"])
                    verdicts.append(verdict(name, chance.choice(answers), refs, why))
    return Case(case, workspace, company, language, assessment(*verdicts, nothing=tuple(nothing)))


def ladder(workspace: Workspace) -> Case:
    """A rung is met and the one below is not; of two routes the better one counts."""
    good = ("polestar/steel-target-2030",)
    return Case(
        "ladder",
        workspace,
        "polestar",
        "en",
        assessment(
            verdict("2.1.1/latest-figure", "not_met", (), None),
            verdict("2.1.1/separate", "met", good, None),
            verdict("2.1.3/latest-figure", "met", good, None),
            verdict("2.1.3/three-years", "unknown", (), None),
            verdict("5.4.7/in-operation", "met", good, None),
            verdict("5.4.7/users", "met", good, None),
            verdict("5.4.7/supplier-use", "not_met", (), None),
            verdict("5.4.7/outcome", "not_met", (), None),
            verdict("5.4.7/asks-footprints", "met", good, None),
            verdict("5.4.7/verified", "met", good, None),
            verdict("5.4.7/footprint-published", "not_met", (), None),
            nothing=("3.1.1",),
        ),
    )


def typed(case: Case, folder: Path) -> Path:
    """The case typed into the workbook that was exported before."""
    language = case.language
    book = loaded(exported(case.workspace, case.company, language))
    line = rows(book, "answers", "criterion", language)
    for row in line.values():
        fill(
            book, "answers", row, {"answer": None, "disclosures": None, "rationale": None}, language
        )
    for number, given in enumerate(case.assessment.verdicts):
        cells = {
            "answer": word("answer", given.answer, language),
            "disclosures": SEPARATORS[number % len(SEPARATORS)].join(given.disclosures) or None,
            "rationale": given.rationale,
        }
        fill(book, "answers", line[given.criterion], cells, language)
    line = rows(book, "nothing_found", "code", language)
    for entry in case.assessment.no_disclosure:
        cells = {
            "nothing_found": word("nothing_found", "yes", language),
            "looked_in": "its website",
        }
        fill(book, "nothing_found", line[entry.code], cells, language)
    path = folder / f"{case.name}.xlsx"
    book.save(path)
    return path


@pytest.mark.slow
def test_libreoffice_computes_what_the_scorer_does(real: Workspace, tmp_path: Path) -> None:
    private = with_evaluation(real, self_assessment=True)
    cases = [
        ladder(real),
        at_random("joint-venture", real, "beijing-benz", "en"),
        at_random("joint-venture-spoilt", spoilt(real), "beijing-benz", "zh"),
        at_random("another-joint-venture", spoilt(real), "saic-volkswagen", "en"),
        at_random("spoilt", spoilt(real), "polestar", "zh"),
        at_random("self-assessment", private, "polestar", "en"),
        at_random("self-assessment-zh", spoilt(private), "volvo-cars", "zh"),
    ]

    saved = saved_by_libreoffice([typed(case, tmp_path) for case in cases], tmp_path)

    for case, path in zip(cases, saved, strict=True):
        evaluation = case.workspace.evaluation(EVALUATION)
        methodology = case.workspace.methodology(evaluation.methodology)
        backings = case.workspace.backings(EVALUATION)
        found = assess(evaluation, methodology, {case.company: case.assessment}, backings)
        book = loaded(path, data_only=True)
        assert_scored(book, found.card, case.company, case.language)
        line = rows(book, "answers", "criterion", case.language)
        for name, row in line.items():
            reached = found.answers[case.company].effective(name)
            reached = "not_met" if reached == "unpublished" else reached
            effective = value(book, "answers", row, "effective", case.language)
            assert effective == word("answer", reached, case.language), (case.name, name)
        assert case.name == "ladder" or found.uncounted
        assert bool(found.inherited) == ("joint-venture" in case.name)


@pytest.mark.slow
def test_a_new_disclosure_counts_once_it_has_an_id(real: Workspace, tmp_path: Path) -> None:
    book = loaded(exported(real, "bmw"))
    first = max(rows(book, "disclosures", "reference").values())
    new = next(
        row
        for row in range(5, first + 1)
        if str(value(book, "disclosures", row, "reference")).startswith("=")
    )
    fill(book, "disclosures", new, {"id": "new-one", "confidence": "high"})
    fill(book, "disclosures", new + 1, {"id": "doubtful", "confidence": "low"})
    line = rows(book, "answers", "criterion")
    fill(
        book,
        "answers",
        line["2.1.1/latest-figure"],
        {"answer": "met", "disclosures": "bmw/new-one"},
    )
    fill(book, "answers", line["2.1.2/total"], {"answer": "met", "disclosures": "bmw/doubtful"})
    fill(book, "answers", line["2.1.2/by-source"], {"answer": "met", "disclosures": "bmw/no-such"})
    book.save(tmp_path / "new.xlsx")

    (saved,) = saved_by_libreoffice([tmp_path / "new.xlsx"], tmp_path)

    book = loaded(saved, data_only=True)
    counts = [
        value(book, "answers", line[name], "effective")
        for name in ("2.1.1/latest-figure", "2.1.2/total", "2.1.2/by-source")
    ]
    assert counts == ["met", "unknown", "unknown"]
    assert value(book, "disclosures", new, "reference") == "bmw/new-one"


@pytest.mark.parametrize(
    ("standing", "needed"),
    [
        (Standing((), (), DAY), COUNTS),
        (Standing((), ("low_confidence",), DAY), NEEDS_REASON),
        (Standing(("retracted",), (), DAY), NEVER),
        (Standing(("after_cutoff",), ("verdict",), DAY), NEVER),
    ],
)
def test_what_a_disclosure_needs_follows_from_its_standing(standing: Standing, needed: int) -> None:
    assert needs(standing) == needed


def carried_by(workspace: Workspace, company: str, code: str) -> dict[str, float]:
    evaluation = workspace.evaluation(EVALUATION)
    methodology: Methodology = workspace.methodology(evaluation.methodology)
    records = company_records(workspace.store, evaluation, company)
    found = carryings(
        workspace.backings(EVALUATION), records.entity, methodology, tuple(records.disclosures)
    )
    (only,) = [carrying for carrying in found if code in carrying.codes]
    assert sorted(c for carrying in found for c in carrying.codes) == sorted(
        indicator.code for indicator in methodology.indicators()
    )
    return dict(only.values)


def test_a_joint_venture_claims_a_part_of_its_parents_targets_and_nothing_else(
    real: Workspace,
) -> None:
    targets = carried_by(real, "beijing-benz", "3.2.1")
    actions = carried_by(real, "beijing-benz", "5.3.2")

    assert targets["beijing-benz/steel-baosteel"] == actions["beijing-benz/steel-baosteel"] == 2
    assert targets["mercedes-benz/steel-aluminium-targets"] == 1.5
    assert actions["mercedes-benz/steel-aluminium-targets"] == 0


def test_for_others_every_disclosure_carries_the_whole(real: Workspace) -> None:
    assert set(carried_by(real, "polestar", "3.2.1").values()) == {2}
