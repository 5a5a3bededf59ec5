"""Points worked out from a printed table: all that print as it, and no others."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cati.model.evaluation import Misprint
from cati.model.methodology import Methodology
from cati.model.printed import PointsRow, PrintedRow
from cati.model.weighting import track_factors
from cati.scoring import published
from cati.scoring.blocks import alternatives
from cati.scoring.published import Derivation, Deriver, is_independent
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.scoring.synthetic import (
    TEXT,
    assignments,
    column,
    column_steps,
    every_assignment,
    methodologies,
    methodology,
    printed_row,
)

PUBLISHED = "reports/first/published.csv"
HINT = "(if it is printed so, evaluation.yaml can record it in misprints)"


def derive(made_up: Methodology, *steps: dict[str, int]) -> tuple[Derivation, dict[str, Fraction]]:
    factors = track_factors(made_up)
    rows = [
        printed_row(made_up, factors, company, f"company-{number}")
        for number, company in enumerate(steps)
    ]
    return Deriver(made_up, factors, "some.csv").derive(rows), factors


def solutions(made_up: Methodology, rows: tuple[PointsRow, ...]) -> list[dict[str, int]]:
    return [
        {row.column: made_up.steps(row.points) for row in group}
        for group in alternatives(rows).values()
    ]


def ambiguous(made_up: Methodology) -> set[str]:
    """Columns in which two numbers of points print as the same rate."""
    seen: Counter[tuple[str, Decimal]] = Counter()
    most = column_steps(made_up, {i.code: made_up.steps(i.points) for i in made_up.indicators()})
    for printed in made_up.printed_columns:
        for steps in range(most[printed.id] + 1):
            rate = Decimal(100 * steps) / most[printed.id]
            seen[printed.id, round(rate, made_up.rate_decimals)] += 1
    return {name for (name, _), times in seen.items() if times > 1}


@pytest.mark.slow
@settings(max_examples=150)
@given(methodologies(most_indicators=4).flatmap(lambda m: st.tuples(st.just(m), assignments(m))))
def test_the_solutions_are_all_the_points_that_print_as_the_table_and_no_others(
    given_points: tuple[Methodology, dict[str, int]],
) -> None:
    made_up, steps = given_points
    assert ambiguous(made_up) == set()
    derivation, factors = derive(made_up, steps)
    row = printed_row(made_up, factors, steps)
    unsure = {c.id for c in made_up.columns if c.make_up == "unproven"}
    known = {name: s for name, s in column_steps(made_up, steps).items() if name in unsure}
    expected = set()
    for other in every_assignment(made_up):
        candidate = printed_row(made_up, factors, other)
        rates = {name: rate for name, rate in candidate.rates.items() if name not in unsure}
        if candidate.total == row.total and rates.items() <= row.rates.items():
            expected.add(frozenset((column_steps(made_up, other) | known).items()))
    found = [frozenset(solution.items()) for solution in solutions(made_up, derivation.rows)]
    assert derivation.problems == ()
    assert set(found) == expected
    assert len(found) == len(expected)
    assert frozenset(column_steps(made_up, steps).items()) in found


@pytest.mark.slow
@given(
    methodologies().flatmap(lambda m: st.tuples(st.just(m), st.lists(assignments(m), max_size=3)))
)
def test_companies_do_not_influence_each_other(
    given_points: tuple[Methodology, list[dict[str, int]]],
) -> None:
    made_up, companies = given_points
    together, _ = derive(made_up, *companies)
    for number, steps in enumerate(companies):
        alone, _ = derive(made_up, steps)
        rows = [row for row in together.rows if row.company == f"company-{number}"]
        assert [(r.alternative, r.column, r.points, r.how) for r in rows] == [
            (r.alternative, r.column, r.points, r.how) for r in alone.rows
        ]


def test_a_column_inside_another_narrows_what_no_column_shows() -> None:
    hidden = column("hidden", ["1.1.1", "1.1.2"], printed=False)
    part = column("part", ["1.1.1"], overlaps=True)
    rest = column("rest", ["1.2.1"], printed=False)
    made_up = methodology(
        [("1.1", 2, "once"), ("1.1", 2, "once"), ("1.2", 4, "once")], [hidden, part, rest]
    )
    derivation, _ = derive(made_up, {"1.1.1": 2, "1.1.2": 0, "1.2.1": 1})
    found = [(s["hidden"], s["rest"]) for s in solutions(made_up, derivation.rows)]
    assert found == [(2, 1), (3, 0)]


def test_a_column_filled_by_others_narrows_what_no_column_shows() -> None:
    hidden = column("hidden", ["1.1.1"], printed=False)
    other = column("other", ["1.1.2"], printed=False)
    rest = column("rest", ["1.2.1"], printed=False)
    both = column("both", ["1.1.1", "1.1.2"], overlaps=True)
    made_up = methodology(
        [("1.1", 2, "once"), ("1.1", 2, "once"), ("1.2", 2, "once")], [hidden, other, rest, both]
    )
    derivation, _ = derive(made_up, {"1.1.1": 1, "1.1.2": 0, "1.2.1": 1})
    found = [(s["hidden"], s["other"], s["rest"]) for s in solutions(made_up, derivation.rows)]
    assert found == [(0, 1, 1), (1, 0, 1)]


def test_a_rate_that_two_numbers_of_points_print_as_is_refused() -> None:
    wide = column("wide", ["1.1.1"])
    made_up = methodology([("1.1", 400, "once")], [wide])
    derivation, _ = derive(made_up, {"1.1.1": 1})
    assert derivation.rows == ()
    assert [str(problem) for problem in derivation.problems] == [
        "some.csv:2: company-0, wide: expected a rate that only one number of points prints as; "
        "found 0 %, which 0 and 0.5 of 200 points print as"
    ]


def test_a_total_with_too_many_solutions_is_refused_without_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hidden = [
        column(name, [code], printed=False) for name, code in (("a", "1.1.1"), ("b", "1.1.2"))
    ]
    made_up = methodology([("1.1", 3, "once"), ("1.1", 3, "once")], hidden)
    monkeypatch.setattr(published, "SOLUTIONS_LIMIT", 3)
    derivation, _ = derive(made_up, {"1.1.1": 3, "1.1.2": 0})
    assert derivation.rows == ()
    assert [str(problem) for problem in derivation.problems] == [
        "some.csv:2: company-0, total: expected at most 3 ways to reach the total; found more"
    ]
    monkeypatch.setattr(published, "SOLUTIONS_LIMIT", 4)
    derivation, _ = derive(made_up, {"1.1.1": 3, "1.1.2": 0})
    assert len(solutions(made_up, derivation.rows)) == 4


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            "75,67",
            "60,67",
            [
                ":2: alpha, rules: expected a rate that steps of 0.5 of 4 points print as, "
                f"such as 50 % or 63 %; found 60 % {HINT}"
            ],
        ),
        (
            "75,67",
            "60,60",
            [
                ":2: alpha, own_action: expected a rate that steps of 0.5 of 6 points print as, "
                f"such as 58 % or 67 %; found 60 % {HINT}",
                ":2: alpha, rules: expected a rate that steps of 0.5 of 4 points print as, "
                f"such as 50 % or 63 %; found 60 % {HINT}",
            ],
        ),
        (
            "13.3,",
            "13.4,",
            [
                ":2: alpha, total: expected a total that the points behind the row's rates reach, "
                f"such as 13.3 or 13.6; found 13.4 {HINT}"
            ],
        ),
        (
            "13.3,",
            "20.0,",
            [
                ":2: alpha, total: expected a total that the points behind the row's rates reach, "
                f"such as 14.5 or 14.8; found 20.0 {HINT}"
            ],
        ),
        (
            "0,0,13",
            "0,50,13",
            [
                ":3: beta, chain_action: expected 2 to 8 points, since metals inside it holds 2; "
                f"found 0 %, 0 points {HINT}"
            ],
        ),
    ],
)
def test_a_row_that_no_points_print_as_is_named_with_the_nearest_that_do(
    tiny: Spoilable, old: str, new: str, messages: list[str]
) -> None:
    tiny.change(PUBLISHED, old, new)
    assert tiny.problems() == [PUBLISHED + message for message in messages]


def test_a_column_that_holds_less_than_those_inside_it_is_named() -> None:
    parts = [column(name, [code], overlaps=True) for name, code in (("a", "1.1.1"), ("b", "1.1.2"))]
    codes = ["1.1.1", "1.1.2", "1.1.3"]
    made_up = methodology([("1.1", 2, "once")] * 3, [column("all", codes), *parts])
    factors = track_factors(made_up)
    row = printed_row(made_up, factors, {"1.1.1": 2, "1.1.2": 1, "1.1.3": 0})
    broken = replace(row, rates={**row.rates, "all": Decimal(33)})
    derivation = Deriver(made_up, factors, "some.csv").derive([broken])
    assert [str(problem) for problem in derivation.problems] == [
        "some.csv:2: alpha, all: expected 1.5 to 2.5 points, since a and b inside it hold 1.5; "
        f"found 33 %, 1 points {HINT}"
    ]


def test_columns_that_contradict_the_one_they_fill_leave_no_total() -> None:
    parts = [column("a", ["1.1.1"]), column("b", ["1.1.2"], printed=False)]
    both = column("both", ["1.1.1", "1.1.2"], overlaps=True)
    made_up = methodology([("1.1", 2, "once"), ("1.1", 2, "once")], [*parts, both])
    factors = track_factors(made_up)
    row = printed_row(made_up, factors, {"1.1.1": 2, "1.1.2": 0})
    broken = replace(row, rates={**row.rates, "both": Decimal(25)})
    derivation = Deriver(made_up, factors, "some.csv").derive([broken])
    assert [str(problem) for problem in derivation.problems] == [
        "some.csv:2: alpha, total: "
        f"expected a total that the points behind the row's rates reach; found 1.0 {HINT}"
    ]


# The table of 2024


@pytest.fixture(scope="module")
def real_derivation(real: Workspace) -> Derivation:
    return real.derive("automakers-2024")


def test_the_kept_points_of_2024_are_a_fresh_derivation(
    real: Workspace, real_derivation: Derivation
) -> None:
    kept = real.store.printed["automakers-2024"].points
    assert real_derivation.problems == ()
    assert [(r.company, r.alternative, r.column, r.points, r.of, r.how) for r in kept] == [
        (r.company, r.alternative, r.column, r.points, r.of, r.how) for r in real_derivation.rows
    ]
    assert {row.line for row in real_derivation.rows} == {0}


def test_23_companies_of_2024_need_no_unseen_points(real_derivation: Derivation) -> None:
    groups: dict[str, list[PointsRow]] = {}
    for row in real_derivation.rows:
        groups.setdefault(row.company, []).append(row)
    assert Counter(is_independent(rows) for rows in groups.values()) == {True: 23, False: 28}


def test_only_geely_has_two_solutions_in_2024(real_derivation: Derivation) -> None:
    hidden: dict[str, list[list[Decimal]]] = {}
    for (company, _), rows in alternatives(real_derivation.rows).items():
        points = {row.column: row.points for row in rows}
        hidden.setdefault(company, []).append([points["affiliates"], points["upstream_suppliers"]])
    assert sorted(hidden.pop("geely-auto")) == [[Decimal("0.5"), Decimal("1.5")], [4, 0]]
    assert {len(found) for found in hidden.values()} == {1}


def test_5_4_is_certainly_above_0_for_four_companies_of_2024_and_perhaps_for_geely(
    real_derivation: Derivation,
) -> None:
    suppliers: dict[str, list[Decimal]] = {}
    for row in real_derivation.rows:
        if row.column == "upstream_suppliers":
            suppliers.setdefault(row.company, []).append(row.points)
    certain = {company for company, points in suppliers.items() if min(points) > 0}
    possible = {company for company, points in suppliers.items() if max(points) > 0}
    assert certain == {"gm", "mercedes-benz", "polestar", "toyota"}
    assert possible - certain == {"geely-auto"}


def misprint(column: str, printed: str, instead: str | None = None) -> Misprint:
    return Misprint(
        company="company-0",
        column=column,
        printed=Decimal(printed),
        instead=None if instead is None else Decimal(instead),
        reason=TEXT,
    )


PILLARS = methodology(
    [("1.1", 10, "own"), ("1.2", 10, "chain"), ("1.3", 3, "chain")],
    [column("a", ["1.1"]), column("b", ["1.2"]), column("c", ["1.3"], printed=False)],
    grid=Decimal(1),
    shares={"own": Decimal(50), "chain": Decimal(50)},
    decimals=(2, 0),
)


def derive_printed(
    rates: dict[str, int], total: str, *misprints: Misprint, rounded: bool = False
) -> Derivation:
    row = PrintedRow(
        2,
        1,
        "company-0",
        "Company",
        Decimal(total),
        {column: Decimal(rate) for column, rate in rates.items()},
    )
    deriver = Deriver(PILLARS, track_factors(PILLARS), "some.csv", rounded=rounded)
    return deriver.derive([row], misprints)


def points_of(derivation: Derivation) -> list[dict[str, tuple[int, str]]]:
    assert derivation.problems == ()
    return [
        {row.column: (int(row.points), row.how) for row in group}
        for group in alternatives(derivation.rows).values()
    ]


# 23 points; the factor of "own" is 1.15, that of "chain" 11.5 over 13


def test_a_misprinted_total_is_replaced_by_what_it_should_say() -> None:
    rates = {"a": 40, "b": 50}
    right = derive_printed(rates, "9.91")
    wrong = derive_printed(rates, "9.19")
    assert [str(problem) for problem in wrong.problems] == [
        "some.csv:2: company-0, total: expected a total that the points behind the row's rates "
        "reach, such as 9.02 or 9.91; found 9.19 "
        "(if it is printed so, evaluation.yaml can record it in misprints)"
    ]
    assert derive_printed(rates, "9.19", misprint("total", "9.19", "9.91")) == right
    assert points_of(right) == [{"a": (4, "rate"), "b": (5, "rate"), "c": (1, "remainder")}]


def test_without_what_a_total_should_say_every_way_to_fill_is_left() -> None:
    found = points_of(derive_printed({"a": 40, "b": 50}, "9.19", misprint("total", "9.19")))
    assert found == [{"a": (4, "rate"), "b": (5, "rate"), "c": (n, "open")} for n in range(4)]


def test_a_misprinted_rate_is_solved_from_the_total_or_replaced() -> None:
    printed = derive_printed({"a": 43, "b": 50}, "9.02")
    assert len(printed.problems) == 1
    solved = points_of(derive_printed({"a": 43, "b": 50}, "9.02", misprint("a", "43")))
    assert solved == [{"a": (4, "remainder"), "b": (5, "rate"), "c": (0, "remainder")}]
    read = points_of(derive_printed({"a": 43, "b": 50}, "9.02", misprint("a", "43", "40")))
    assert read == [{"a": (4, "rate"), "b": (5, "rate"), "c": (0, "nothing_left")}]


def test_a_misprint_of_another_company_or_of_the_rank_changes_nothing() -> None:
    other = misprint("total", "9.02").model_copy(update={"company": "company-1"})
    rates = {"a": 40, "b": 50}
    assert derive_printed(rates, "9.02", other, misprint("rank", "1")) == derive_printed(
        rates, "9.02"
    )


@pytest.mark.parametrize(
    ("total", "solved"), [("9.07", [0]), ("8.92", [0]), ("8.91", []), ("9.14", []), ("9.91", [1])]
)
def test_rounded_rates_allow_a_total_to_differ_by_as_much_and_no_more(
    total: str, solved: list[int]
) -> None:
    # half a per cent of 10 points by each factor: 0.0575 + 0.0442, and half of the last digit
    derivation = derive_printed({"a": 40, "b": 50}, total, rounded=True)
    assert [int(row.points) for row in derivation.rows if row.column == "c"] == solved
    assert bool(derivation.problems) == (not solved)
