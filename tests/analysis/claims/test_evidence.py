"""What the store says of companies: what is not recorded, what is refused, what it rests on."""

from __future__ import annotations

import pytest

from cati.analysis.claims.evidence import Evidence, OutsideBaseError, Told
from cati.analysis.claims.records import Choice, NotKnownError
from cati.analysis.claims.values import UNKNOWN, Number, Truth, exact
from cati.workspace import Workspace
from tests.conftest import Spoilable

COMPANIES = ("bmw", "byd", "geely-auto", "saic-gm")
SOURCES = "companies/ipe/sources.yaml"


@pytest.fixture(scope="module")
def evidence(real: Workspace) -> Evidence:
    return Evidence(real, "automakers-2024", real.score("automakers-2024").companies)


def tell(evidence: Evidence, function: str, weak: bool = False, **choices: str) -> Told:
    choice = Choice(**{name: (value,) for name, value in choices.items()})
    return evidence.tell(function, choice, weak, COMPANIES, set(COMPANIES))


def test_no_row_of_a_complete_table_is_a_no(evidence: Evidence) -> None:
    told = tell(evidence, "recorded", place="Table 3-4-1")
    assert told.cells == (Truth(False), Truth(True), Truth(False), Truth(False))
    assert told.rests_on == ("byd/nev-commitment-2023",)
    counted = tell(evidence, "records", place="Table 3-4-1")
    assert counted.cells == (exact(0), exact(1), exact(0), exact(0))


def test_no_row_of_another_table_says_nothing(evidence: Evidence) -> None:
    told = tell(evidence, "recorded", place="Table 3-4-3")
    assert told.cells == (Truth(True), Truth(None), Truth(True), Truth(None))
    assert tell(evidence, "records", place="Table 3-4-3").cells[1] == Number(exact(0).low, None)
    assert tell(evidence, "recorded", indicator="3.2.1").cells[1] == Truth(None)


def test_the_mark_is_taken_from_the_source(real_copy: Spoilable) -> None:
    def saic_gm() -> object:
        workspace = real_copy.open()
        companies = workspace.score("automakers-2024").companies
        found = Evidence(workspace, "automakers-2024", companies)
        return tell(found, "recorded", place="Table 3-4-1").cells[3]

    assert saic_gm() == Truth(False)
    real_copy.change(SOURCES, "complete: [Table 3-4-1, Table 3-4-2]", "complete: [Table 3-4-2]")
    assert saic_gm() == Truth(None)


def test_a_table_of_the_same_name_in_another_document_must_be_complete_too(
    real_copy: Spoilable,
) -> None:
    real_copy.write(
        "companies/bmw/sources.yaml",
        "format: 1\nsources:\n"
        "  - {id: r, kind: other, title: R, language: en, published: '2023'}\n",
    )
    file = "companies/bmw/evidence.yaml"
    text = real_copy.read(file)
    row = (
        "  - {id: own-table, statement: BMW says so., indicators: [automotive-2024/2.2.1], "
        "polarity: supports, confidence: high, where: [{source: bmw/r, locator: Table 3-4-1}]}\n"
    )
    real_copy.write(file, f"{text}{row}")
    workspace = real_copy.open()
    found = Evidence(workspace, "automakers-2024", workspace.score("automakers-2024").companies)
    assert tell(found, "recorded", place="Table 3-4-1").cells[3] == Truth(None)


def test_records_that_say_the_opposite_are_named_and_leave_it_open(evidence: Evidence) -> None:
    told = tell(evidence, "disclosed", weak=True, indicator="2.2.1", statement="supply chain")
    assert told.cells[2] == Truth(None)
    assert told.against == ("geely-auto/supply-chain-emissions-not-disclosed",)
    assert tell(evidence, "disclosed", place="Table 3-4-1").against == ()


def test_records_of_others_are_no_zero(evidence: Evidence) -> None:
    with pytest.raises(OutsideBaseError) as raised:
        tell(evidence, "recorded", place="Table 4-2-1")
    assert raised.value.choice == "place"
    assert "name their base, such as suppliers" in raised.value.hint
    choice = Choice(place=("Table 3-4-2",))
    with pytest.raises(OutsideBaseError, match="a record of the base has") as raised:
        evidence.tell("recorded", choice, False, ("baosteel",), {"baosteel"})
    assert "they are in the evaluation, not in this base" in raised.value.hint


@pytest.mark.parametrize(
    ("choices", "hint"),
    [
        ({"place": "Table 3-4-9"}, "did you mean Table 3-4-"),
        ({"of": "sales that are elektric"}, ""),
        ({"statement": "zero-emission moonshot"}, ""),
        ({"id": "nev-comitment-2023"}, "did you mean nev-commitment-2023"),
    ],
)
def test_what_no_record_has_is_refused(
    evidence: Evidence, choices: dict[str, str], hint: str
) -> None:
    with pytest.raises(NotKnownError) as raised:
        tell(evidence, "records", **choices)
    assert not isinstance(raised.value, OutsideBaseError)
    assert raised.value.choice in choices
    assert hint in raised.value.hint


def test_figures_of_several_units_are_never_put_together(evidence: Evidence) -> None:
    choice = Choice(subject=("steel",))
    for function in ("figure", "figure_sum"):
        with pytest.raises(NotKnownError, match="figures of one unit") as raised:
            evidence.tell(function, choice, False, ("bmw", "mazda"), {"bmw"})
        assert raised.value.hint.startswith("choose by unit:")
    told = evidence.tell("figure", choice, False, ("bmw", "mazda"), {"mazda"})
    assert told.cells[1] == exact(21_251)


def test_figures_add_up(evidence: Evidence) -> None:
    choice = Choice(place=("Table 3-4-3",), unit=("t",))
    told = evidence.tell("figure_sum", choice, False, ("ford", "byd"), {"ford", "byd"})
    assert told.cells == (exact(3058 + 741 + 4077 + 1128 + 534), UNKNOWN)
