"""Values that do not fit their field: each is named with line, field and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.methodology import MethodologyHeader
from cati.problems import Finding, Problem
from cati.store.validate import fields_at, located, read_model
from cati.store.yaml_file import read_yaml
from tests.conftest import Spoilable

METHODOLOGY = "indicators/tiny/methodology.yaml"
RULES = "indicators/tiny/1-rules.yaml"
ALPHA = "companies/alpha/company.yaml"
GAMMA = "companies/gamma/company.yaml"
EVALUATION = "reports/first/evaluation.yaml"

BROKEN = [
    # keys
    (
        METHODOLOGY,
        "    share: 30",
        "    shar: 30",
        ":18: tracks[1].shar: expected a known field; found 'shar' (did you mean share?)",
    ),
    (
        ALPHA,
        "country: DE",
        "regio: DE",
        ":10: regio: expected a known field; found 'regio' (did you mean region?)",
    ),
    (
        ALPHA,
        "locator: Table 1",
        "locator: Table 1, pages: 4",
        ":9: names[0].where.pages: expected a known field; found 'pages' (known: locator, source)",
    ),
    (
        ALPHA,
        ", zh: 阿尔法汽车",
        "",
        ":4: name.zh: expected the field zh; found nothing (add the missing field)",
    ),
    (
        ALPHA,
        "zh: 阿尔法汽车",
        "zh: null",
        ":4: name.zh: expected text; found nothing",
    ),
    (
        ALPHA,
        "zh: 阿尔法汽车",
        "zh: '  '",
        ":4: name.zh: expected some text; found '  '",
    ),
    (
        ALPHA,
        "kind: automaker\n",
        "",
        ":1: kind: expected the field kind; found nothing (add the missing field)",
    ),
    # shapes
    (
        ALPHA,
        "{en: Alpha Motors, zh: 阿尔法汽车}",
        "Alpha Motors",
        ":4: name: expected a mapping; found 'Alpha Motors'",
    ),
    (ALPHA, "country: DE", "note: 5", ':10: note: expected text; found 5 (put it in quotes: "5")'),
    (
        ALPHA,
        "country: DE",
        "note: {en: Seat}",
        ":10: note.zh: expected the field zh; found nothing (add the missing field)",
    ),
    (
        ALPHA,
        "country: DE",
        "note: {en: Seat, zh: 总部, cn: 总部}",
        ":10: note.cn: expected a known field; found 'cn' (known: en, zh)",
    ),
    (EVALUATION, "bands: [5, 10]", "bands: 5", ":11: bands: expected a list; found 5"),
    (EVALUATION, "bands: [5, 10]", "bands: {a: 5}", ":11: bands: expected a list; found a mapping"),
    (ALPHA, "id: alpha", "id: [alpha]", ":2: id: expected text; found a list"),
    (
        EVALUATION,
        "bands: [5, 10]",
        "shares: [30, 70]",
        ":11: shares: expected a mapping; found a list",
    ),
    (
        METHODOLOGY,
        'members: ["1"]',
        "members: []",
        ":26: columns[0].members: expected at least 1 entry; found 0",
    ),
    # text
    (
        METHODOLOGY,
        'members: ["2.1"]',
        "members: [2.10]",
        ':29: columns[1].members[0]: expected text; found 2.10 (put it in quotes: "2.10")',
    ),
    (
        METHODOLOGY,
        'version: "1"',
        "version: true",
        ':3: version: expected text; found true (put it in quotes: "true")',
    ),
    (
        ALPHA,
        "country: DE",
        "country: no",
        ":10: country: expected a country as two capital letters, such as CN; found 'no'",
    ),
    (
        ALPHA,
        "country: DE",
        "country: 12:30",
        ":10: country: expected a country as two capital letters, such as CN; found '12:30'",
    ),
    (
        ALPHA,
        "id: alpha",
        "id: Alpha",
        ":2: id: expected an id of lower-case letters, digits and hyphens, such as volvo-cars; "
        "found 'Alpha'",
    ),
    (
        RULES,
        "code: 1.1.2",
        "code: 1.1.2.1",
        ":24: sub_dimensions[0].indicators[1].code: "
        "expected a code of one to three numbers with dots, such as 2.1 or 5.3.2; found '1.1.2.1'",
    ),
    (
        RULES,
        "en: A pledge",
        f"en: {'x' * 2_001}",
        ":11: sub_dimensions[0].indicators[0].title.en: "
        "expected at most 2000 characters; found 2001 characters",
    ),
    # numbers
    (
        METHODOLOGY,
        "share: 30",
        "share: abc",
        ":18: tracks[1].share: expected a number; found 'abc'",
    ),
    (
        METHODOLOGY,
        "share: 30",
        "share: '30'",
        ":18: tracks[1].share: expected a number; found '30'",
    ),
    (
        METHODOLOGY,
        "share: 30",
        "share: true",
        ":18: tracks[1].share: expected a number; found true",
    ),
    (
        METHODOLOGY,
        "share: 30",
        "share: 1e1",
        ":18: tracks[1].share: expected a number; found '1e1'",
    ),
    (
        METHODOLOGY,
        "share: 30",
        "share: 100.5",
        ":18: tracks[1].share: expected 100 or less; found 100.5",
    ),
    (METHODOLOGY, "share: 30", "share: -1", ":18: tracks[1].share: expected 0 or more; found -1"),
    (METHODOLOGY, "maximum: 24", "maximum: .inf", ":8: maximum: expected a number; found '.inf'"),
    (METHODOLOGY, "grid: 0.5", "grid: 0", ":9: grid: expected more than 0; found 0"),
    (
        METHODOLOGY,
        "total_decimals: 1",
        "total_decimals: 1.0",
        ":10: total_decimals: expected a whole number; found 1.0",
    ),
    (
        EVALUATION,
        "companies: 1",
        "companies: '1'",
        ":18: contact[0].companies: expected a whole number; found '1'",
    ),
    (
        EVALUATION,
        "companies: 1",
        "companies: false",
        ":18: contact[0].companies: expected a whole number; found false",
    ),
    # choices, truth values, dates, format
    (
        GAMMA,
        "kind: joint_venture",
        "kind: joint-venture",
        ":3: kind: expected automaker, joint_venture, supplier, publisher or group; "
        "found 'joint-venture' (did you mean joint_venture?)",
    ),
    (
        GAMMA,
        "kind: joint_venture",
        "kind: groop",
        ":3: kind: expected automaker, joint_venture, supplier, publisher or group; "
        "found 'groop' (did you mean group?)",
    ),
    (
        GAMMA,
        "kind: joint_venture",
        "kind: 3",
        ":3: kind: expected automaker, joint_venture, supplier, publisher or group; found 3",
    ),
    (
        ALPHA,
        "listed: true",
        "listed: yes",
        ":14: listed[0].listed: expected true or false; found 'yes'",
    ),
    (
        EVALUATION,
        "cutoff: 2024-06-30",
        "cutoff: 30 June 2024",
        ":5: cutoff: expected a date as YYYY-MM-DD; found '30 June 2024'",
    ),
    (
        EVALUATION,
        "cutoff: 2024-06-30",
        "cutoff: 2024",
        ":5: cutoff: expected a date as YYYY-MM-DD; found 2024",
    ),
    (
        EVALUATION,
        "cutoff: 2024-06-30",
        "cutoff: 2024-06-31",
        ":5: cutoff: expected a day that exists, as YYYY-MM-DD; found '2024-06-31'",
    ),
    *(
        (
            METHODOLOGY,
            "format: 1",
            f"format: {written}",
            f":1: format: expected 1, the format that this version of cati reads; found {found}",
        )
        for written, found in (("2", "2"), ("true", "true"), ("1.0", "1.0"), ("'1'", "'1'"))
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN)
def test_a_value_that_does_not_fit_is_the_only_thing_reported(
    tiny: Spoilable, file: str, old: str, new: str, message: str
) -> None:
    tiny.change(file, old, new)
    assert tiny.problems() == [file + message]


@pytest.mark.parametrize("country", ["NO", "ON", "CN"])
def test_norway_is_a_country_and_not_a_truth_value(tiny: Spoilable, country: str) -> None:
    tiny.change(ALPHA, "country: DE", f"country: {country}")
    assert tiny.problems() == []
    assert tiny.open().entity("alpha").country == country


def test_files_with_windows_line_ends_are_as_good(tiny: Spoilable) -> None:
    for path in tiny.root.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert tiny.problems() == []


def test_every_fault_in_a_file_is_reported_in_the_order_of_its_lines(tiny: Spoilable) -> None:
    tiny.change(ALPHA, "country: DE", "country: Germany")
    tiny.change(ALPHA, "kind: automaker", "kind: carmaker")
    tiny.change(ALPHA, "listed: true", "listed: 1")
    problems: list[Problem] = []
    assert read_model(Entity, tiny.root / ALPHA, "company.yaml", problems) is None
    assert [(problem.line, problem.field) for problem in problems] == [
        (3, "kind"),
        (10, "country"),
        (14, "listed[0].listed"),
    ]


def test_a_file_that_is_a_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("- a\n- b\n")
    problems: list[Problem] = []
    assert read_model(Entity, tmp_path / "file", "company.yaml", problems) is None
    assert [str(p) for p in problems] == ["company.yaml:1: expected a mapping; found a list"]


def test_known_fields_are_found_through_lists_options_and_mappings() -> None:
    assert fields_at(MethodologyHeader, ("tracks", 0)) == (
        "id",
        "name",
        "weighted",
        "share",
    )
    assert fields_at(Entity, ("names", 3, "where")) == ("source", "locator")
    assert fields_at(Evaluation, ("published", "where")) == ("source", "locator")
    assert fields_at(Evaluation, ("shares", "own")) == ()
    assert fields_at(Entity, ("nonsense", "where")) == ()


def test_a_finding_stands_in_the_line_of_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a:\n  - b: 1\n  - b: 2\n")
    document = read_yaml(tmp_path / "file", "some.yaml")
    finding = Finding(("a", 1, "b"), "1", "2", "count again")
    assert [str(problem) for problem in located([finding], document)] == [
        "some.yaml:3: a[1].b: expected 1; found 2 (count again)"
    ]
