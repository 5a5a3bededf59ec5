"""The indicator registry: folders of methodologies, and the crosswalk between them."""

from __future__ import annotations

import pytest

from cati.workspace import Workspace
from tests.conftest import Spoilable

METHODOLOGY = "indicators/tiny/methodology.yaml"
RULES = "indicators/tiny/1-rules.yaml"
CROSSWALK = "indicators/crosswalk.yaml"


def test_the_registry_holds_two_methodologies_and_their_crosswalk(real: Workspace) -> None:
    assert sorted(real.store.methodologies) == ["automotive-2024", "corporate-2023"]
    assert real.store.crosswalk is not None
    assert (real.store.crosswalk.left, real.store.crosswalk.right) == (
        "automotive-2024",
        "corporate-2023",
    )


def test_dimensions_come_in_the_order_of_their_numbers(tiny: Spoilable) -> None:
    rules = tiny.read(RULES)
    (tiny.root / RULES).rename(tiny.root / "indicators/tiny/10-late.yaml")
    late = rules.replace('code: "1', 'code: "10').replace("code: 1.", "code: 10.")
    tiny.write("indicators/tiny/10-late.yaml", late.replace("[1.1.1/said]", "[10.1.1/said]"))
    tiny.change(METHODOLOGY, 'members: ["1"]', 'members: ["10"]')
    tiny.change(METHODOLOGY, "members: [1.1.2, 2.2.1]", "members: [10.1.2, 2.2.1]")
    for code in ("1.1.1", "1.1.2"):
        tiny.change(CROSSWALK, f"left: {code}", f"left: 10{code[1:]}")
    assert tiny.problems() == []
    codes = [dimension.code for dimension in tiny.open().methodology("tiny").dimensions]
    assert codes == ["2", "10"]


@pytest.mark.parametrize("name", ["governance.yaml", "1-rules.yml", "notes.txt", "0-x.yaml"])
def test_a_file_that_belongs_nowhere_is_named(tiny: Spoilable, name: str) -> None:
    tiny.write(f"indicators/tiny/{name}", "format: 1\n")
    assert tiny.problems() == [
        f"indicators/tiny/{name}: expected methodology.yaml or a dimension "
        "such as 1-governance.yaml; found another file"
    ]


def test_hidden_files_are_left_alone(tiny: Spoilable) -> None:
    tiny.write("indicators/tiny/.2-action.yaml.swp", b"\0")
    tiny.write("indicators/.DS_Store", b"\0")
    assert tiny.problems() == []


def test_a_methodology_without_dimensions_is_named(tiny: Spoilable) -> None:
    (tiny.root / "indicators/other/1-rules.yaml").unlink()
    assert tiny.problems() == [
        "indicators/other: expected dimension files such as 1-governance.yaml; found none"
    ]


def test_a_missing_header_is_named_and_nothing_that_refers_to_it(tiny: Spoilable) -> None:
    (tiny.root / METHODOLOGY).unlink()
    assert tiny.problems() == [f"{METHODOLOGY}: expected a file; found nothing of that name"]


def test_a_broken_dimension_is_named_and_nothing_that_refers_to_it(tiny: Spoilable) -> None:
    tiny.change(RULES, "points: 4", "points: four")
    assert tiny.problems() == [f"{RULES}:4: points: expected a number; found 'four'"]
    assert "tiny" not in tiny.open().store.methodologies


def test_evidence_on_a_methodology_that_cannot_be_read_is_no_second_problem(
    tiny: Spoilable,
) -> None:
    tiny.write(
        "companies/alpha/evidence.yaml",
        "format: 1\n"
        "disclosures:\n"
        "  - id: target\n"
        "    statement: Alpha has a target.\n"
        "    indicators: [tiny/1.1.1, other/1.1.9]\n"
        "    polarity: supports\n"
        "    confidence: high\n"
        "    where: [{source: press/report, locator: p. 7}]\n",
    )
    tiny.change(RULES, "points: 4", "points: four")
    assert tiny.problems() == [
        "companies/alpha/evidence.yaml:5: disclosures[0].indicators[1]: "
        "expected an indicator as <methodology>/<code>; found 'other/1.1.9' "
        "(did you mean other/1.1.2 or other/1.1.1?)",
        f"{RULES}:4: points: expected a number; found 'four'",
    ]


def test_folder_and_id_agree(tiny: Spoilable) -> None:
    tiny.change(METHODOLOGY, "id: tiny", "id: tyni")
    assert tiny.problems() == [
        f"{METHODOLOGY}:2: id: expected tiny, the folder's name; found 'tyni'"
    ]


def test_the_source_of_a_methodology_is_known(tiny: Spoilable) -> None:
    tiny.change(METHODOLOGY, "source: press/report", "source: press/reprot")
    assert tiny.problems() == [
        f"{METHODOLOGY}:5: source: expected a source in companies/<entity>/sources.yaml; "
        "found 'press/reprot' (did you mean press/report or press/draft?)"
    ]


def test_a_reference_has_its_form(tiny: Spoilable) -> None:
    tiny.change(METHODOLOGY, "source: press/report", "source: report")
    assert tiny.problems() == [
        f"{METHODOLOGY}:5: source: "
        "expected a reference <entity>/<id>, such as ipe/automotive-report-2024; found 'report'"
    ]


@pytest.mark.parametrize("side", ["left: tiny", "right: other"])
def test_both_sides_of_the_crosswalk_are_methodologies(tiny: Spoilable, side: str) -> None:
    name, methodology = side.split(": ")
    tiny.change(CROSSWALK, side, f"{name}: {methodology}x")
    line = {"left": 2, "right": 3}[name]
    assert tiny.problems() == [
        f"{CROSSWALK}:{line}: {name}: expected a methodology with a folder in indicators/; "
        f"found '{methodology}x' (did you mean {methodology}?)"
    ]


def test_a_crosswalk_is_not_required(tiny: Spoilable) -> None:
    (tiny.root / CROSSWALK).unlink()
    assert tiny.problems() == []
    assert tiny.open().store.crosswalk is None
