"""Methodologies: codes, points and columns of the registry, and how they are looked up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.methodology import Methodology, code_order, is_within, walk
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.scoring.synthetic import column, methodology

CODE = st.lists(st.integers(1, 99), min_size=1, max_size=3).map(lambda n: ".".join(map(str, n)))


@pytest.fixture(scope="module")
def automotive(real: Workspace) -> Methodology:
    return real.methodology("automotive-2024")


@pytest.fixture(scope="module")
def corporate(real: Workspace) -> Methodology:
    return real.methodology("corporate-2023")


def test_the_two_indices_have_51_and_47_indicators(
    automotive: Methodology, corporate: Methodology
) -> None:
    assert len(automotive.indicators()) == 51
    assert len(corporate.indicators()) == 47


def test_dimensions_are_worth_what_the_report_prints(
    automotive: Methodology, corporate: Methodology
) -> None:
    assert [d.points for d in automotive.dimensions] == [10, 22, 16, 12, 40]
    assert [d.points for d in corporate.dimensions] == [10, 21, 14, 12, 43]
    assert automotive.maximum == corporate.maximum == 100


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("governance", 10),
        ("scope12_disclosure", 10),
        ("scope12_targets", 13),
        ("scope12_action", 13),
        ("scope3_disclosure", 6),
        ("scope3_targets", 15),
        ("scope3_action", 10),
        ("product_footprint", 6),
        ("affiliates", 6),
        ("upstream_suppliers", 11),
        ("steel_aluminium", 3),
        ("supplier_guidance", 16),
    ],
)
def test_columns_hold_the_points_of_the_method(
    automotive: Methodology, name: str, points: int
) -> None:
    codes = automotive.codes(automotive.column(name).members)
    assert sum(automotive.indicator(code).points for code in codes) == points


def test_the_printed_columns_come_in_the_order_of_the_table(automotive: Methodology) -> None:
    assert len(automotive.printed_columns) == 10
    assert automotive.printed_columns[7].id == "steel_aluminium"
    assert {c.id for c in automotive.columns} - {c.id for c in automotive.printed_columns} == {
        "affiliates",
        "upstream_suppliers",
    }


@pytest.mark.parametrize(
    ("name", "codes"),
    [("automotive-2024", ["1.1.2", "5.2.2", "5.4.7"]), ("corporate-2023", ["5.4.5"])],
)
def test_few_indicators_have_several_routes_and_these_have_titles(
    real: Workspace, name: str, codes: list[str]
) -> None:
    several = [i for i in real.methodology(name).indicators() if len(i.routes) > 1]
    assert [i.code for i in several] == codes
    assert all(route.title is not None for i in several for route in i.routes)


def test_a_group_stands_for_its_indicators_in_order(automotive: Methodology) -> None:
    assert automotive.codes(["5.3.2", "2.3", "1.2.3"]) == ("1.2.3", "2.3.1", "5.3.2")
    assert automotive.codes(["5.4", "5.4.1"]) == automotive.codes(["5.4"])
    assert len(automotive.codes(["1", "2", "3", "4", "5"])) == 51
    assert automotive.codes(["9.9"]) == ()


def test_a_code_is_no_part_of_one_that_begins_alike() -> None:
    made_up = methodology(
        [("1.1", 1, "once")] * 10, [column("all", [f"1.1.{n}" for n in range(1, 11)])]
    )
    assert made_up.codes(["1.1.1"]) == ("1.1.1",)
    assert not is_within("1.10", "1.1")


@given(CODE, CODE)
def test_a_code_lies_within_its_beginnings(code: str, group: str) -> None:
    parts, start = code.split("."), group.split(".")
    assert is_within(code, group) == (parts[: len(start)] == start)


@given(st.lists(CODE))
def test_codes_are_ordered_by_their_numbers(codes: list[str]) -> None:
    numbers = [[int(part) for part in code.split(".")] for code in sorted(codes, key=code_order)]
    assert numbers == sorted(numbers)


def test_what_is_not_there_is_not_found(automotive: Methodology) -> None:
    with pytest.raises(KeyError):
        automotive.indicator("5.3")
    with pytest.raises(KeyError):
        automotive.column("5.3")


def test_names_are_known_for_every_level(automotive: Methodology) -> None:
    assert automotive.levels["1"].en == "Governance"
    depths = [code.count(".") for code in automotive.levels]
    assert (depths.count(0), depths.count(2)) == (5, 51)


def test_points_become_whole_steps_of_the_grid(automotive: Methodology) -> None:
    assert automotive.steps(Decimal("9.5")) == 19
    with pytest.raises(ValueError, match=r"0\.3 is not a multiple of 0\.5"):
        automotive.steps(Decimal("0.3"))


def test_walking_leads_to_every_indicator_by_its_place(automotive: Methodology) -> None:
    for path, indicator in walk(automotive):
        _, d, _, s, _, i = path
        assert isinstance(d, int)
        assert isinstance(s, int)
        assert isinstance(i, int)
        assert automotive.dimensions[d].sub_dimensions[s].indicators[i] is indicator
    assert [indicator for _, indicator in walk(automotive)] == list(automotive.indicators())
    assert automotive.dimensions[0].indicators == automotive.indicators()[:7]


def test_what_was_worked_out_is_marked(automotive: Methodology) -> None:
    worked_out = [i.code for i in automotive.indicators() if i.points_basis == "worked_out"]
    assert set(worked_out) <= {"5.1.2", "5.1.3", "5.1.4"}


def test_inheritance_is_marked_as_inferred(automotive: Methodology) -> None:
    (rule,) = automotive.inheritance
    assert (rule.by, rule.of, rule.fraction, rule.basis) == (
        "joint_venture",
        "parent",
        Decimal("0.5"),
        "inferred",
    )


HEADER = "indicators/tiny/methodology.yaml"
DIMENSION = "indicators/tiny/1-rules.yaml"
GUIDED = """\
        guidance:
          counts: {en: All., zh: 全部。}
          does_not_count: {en: None., zh: 无。}
          sources: {en: Reports., zh: 报告。}
          rules: RULES
      - code: 1.1.2
"""
RULE = """\
  - id: silence
    question: {en: "A no?", zh: 是否？}
    rule: {en: Yes., zh: 是。}
    reason: {en: Someone looked., zh: 已经查找。}
"""


@pytest.mark.parametrize(
    ("named", "rules", "messages"),
    [
        ("[silence]", RULE, []),
        (
            "[silense]",
            RULE,
            [
                f"{DIMENSION}:28: sub_dimensions[0].indicators[0].guidance.rules[0]: expected a "
                "grading rule of methodology.yaml; found 'silense' (did you mean silence?)"
            ],
        ),
        (
            "[silence, silence]",
            RULE,
            [
                f"{DIMENSION}:28: sub_dimensions[0].indicators[0].guidance.rules[1]: "
                "expected each rule once; found silence a second time"
            ],
        ),
        (
            "[silence]",
            RULE * 2,
            [
                f"{HEADER}:51: grading_rules[1].id: "
                "expected each rule once; found silence a second time"
            ],
        ),
    ],
)
def test_guidance_names_grading_rules_that_there_are(
    tiny: Spoilable, named: str, rules: str, messages: list[str]
) -> None:
    tiny.change(HEADER, "inheritance:\n", f"grading_rules:\n{rules}inheritance:\n")
    tiny.change(DIMENSION, "      - code: 1.1.2\n", GUIDED.replace("RULES", named))
    assert tiny.problems() == messages


def test_rules_come_in_the_order_of_the_methodology(automotive: Methodology) -> None:
    assert automotive.rules_for("1.2.2") == ()
    assert [rule.id for rule in automotive.rules_for("1.1.4")] == ["requirement", "supplier"]
