"""The printed table recomputed: it holds, and no cell of either file can change unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.printed import How, PointsRow, PrintedRow
from cati.problems import Problem, ProblemsError, UsageError
from cati.scoring.verify import Verification, compare, derive, verify
from cati.store.evaluations import Printed
from cati.store.printed_files import POINTS_HEADER, published_header, read_points, read_published
from cati.store.store import Store
from cati.workspace import Workspace
from tests.conftest import Spoilable

EVALUATION = "automakers-2024"
PUBLISHED = f"reports/{EVALUATION}/published.csv"
POINTS = f"reports/{EVALUATION}/points.csv"
ANOTHER: dict[How, How] = {"rate": "remainder", "remainder": "nothing_left", "nothing_left": "open"}


def messages(verification: Verification) -> list[str]:
    return [str(problem) for problem in verification.problems]


def test_the_table_of_2024_is_reproduced_cell_by_cell(real: Workspace) -> None:
    verification = real.verify(EVALUATION)
    assert messages(verification) == []
    assert verification.holds
    assert (verification.totals, verification.equal_totals) == (51, 51)
    assert (verification.rates, verification.equal_rates) == (510, 510)


def test_23_totals_of_2024_are_independent_and_28_go_through_the_remainder(real: Workspace) -> None:
    verification = real.verify(EVALUATION)
    assert len(verification.independent) == 23
    assert len(verification.through_remainder) == 28
    order = [row.company for row in real.store.printed[EVALUATION].rows]
    assert sorted(order) == sorted(verification.independent + verification.through_remainder)
    assert "hozon" in verification.independent
    assert "geely-auto" in verification.through_remainder


def test_an_evaluation_without_points_says_how_to_get_them(tiny: Spoilable) -> None:
    (tiny.root / "reports/first/points.csv").unlink()
    with pytest.raises(UsageError) as caught:
        tiny.open().verify("first")
    assert str(caught.value) == (
        "there is no reports/first/points.csv; 'cati derive first --write' works it out"
    )


# Every cell of published.csv


@pytest.fixture(scope="module")
def evaluation(real: Workspace) -> Evaluation:
    return real.evaluation(EVALUATION)


@pytest.fixture(scope="module")
def methodology(real: Workspace) -> Methodology:
    return real.methodology("automotive-2024")


@pytest.fixture(scope="module")
def printed(real: Workspace) -> Printed:
    return real.store.printed[EVALUATION]


def reasons(store: Store, evaluation: Evaluation, printed: Printed) -> list[Problem]:
    """What verification says about other rows in place of the real ones."""
    changed = replace(store, printed={evaluation.id: printed})
    return list(verify(changed, evaluation, derive(changed, evaluation)).problems)


def names(problem: Problem, company: str, line: int, column: str, *values: str) -> bool:
    """Whether a message names the row by company and line, the column and both values."""
    said = str(problem)
    cell = problem.line == line and problem.field.startswith(company)
    return cell and problem.field.endswith(column) and all(value in said for value in values)


def alone(row: PrintedRow) -> PrintedRow:
    """The row as the first of a table of its own, so that its rank fits."""
    return replace(row, rank=1)


def one_company(printed: Printed, company: str) -> Printed:
    return Printed(
        tuple(alone(row) for row in printed.rows if row.company == company),
        tuple(row for row in printed.points if row.company == company),
    )


def test_a_single_company_holds_by_itself(
    real: Workspace, evaluation: Evaluation, printed: Printed
) -> None:
    for row in printed.rows:
        assert reasons(real.store, evaluation, one_company(printed, row.company)) == []


@pytest.mark.slow
def test_no_printed_rate_can_change_unnoticed(
    real: Workspace, evaluation: Evaluation, printed: Printed, methodology: Methodology
) -> None:
    unnoticed = []
    for row in printed.rows:
        single = one_company(printed, row.company)
        for column, rate in row.rates.items():
            elsewhere = (r.rates[column] for r in printed.rows if r.rates[column] != rate)
            other = next(elsewhere) if row.rank % 2 else abs(rate - 1)
            changed = replace(alone(row), rates={**row.rates, column: other})
            problems = reasons(real.store, evaluation, replace(single, rows=(changed,)))
            both = (f"{rate} %", f"{other} %")
            if not any(names(p, row.company, row.line, column, *both) for p in problems):
                unnoticed.append((row.company, column, other))
    assert unnoticed == []
    assert len(printed.rows) * len(methodology.printed_columns) == 510


@pytest.mark.slow
def test_no_printed_total_can_change_unnoticed(
    real: Workspace, evaluation: Evaluation, printed: Printed
) -> None:
    unnoticed = []
    for row in printed.rows:
        single = one_company(printed, row.company)
        for other in (row.total - Decimal("0.1"), row.total + Decimal("0.1"), row.total + 3):
            changed = replace(alone(row), total=other)
            problems = reasons(real.store, evaluation, replace(single, rows=(changed,)))
            both = (str(row.total), str(other))
            if not any(names(p, row.company, row.line, "total", *both) for p in problems):
                unnoticed.append((row.company, other))
    assert unnoticed == []


def test_no_printed_name_can_change_unnoticed(
    real: Workspace, evaluation: Evaluation, printed: Printed
) -> None:
    unnoticed = []
    for at, row in enumerate(printed.rows):
        single = one_company(printed, row.company)
        other = printed.rows[at - 1].name
        changed = replace(alone(row), name=other)
        problems = reasons(real.store, evaluation, replace(single, rows=(changed,)))
        if not any(names(p, row.company, row.line, "name", row.name, other) for p in problems):
            unnoticed.append((row.company, other))
    assert unnoticed == []


@pytest.mark.parametrize("by", [-1, 1, 10])
@pytest.mark.parametrize("odd", [0, 1])
def test_no_printed_rank_can_change_unnoticed(
    real: Workspace, evaluation: Evaluation, printed: Printed, by: int, odd: int
) -> None:
    """Every second one at a time: the table numbers serially, so each stands by itself."""
    changed = [row for row in printed.rows if row.rank % 2 == odd]
    rows = [replace(r, rank=r.rank + by) if r in changed else r for r in printed.rows]
    problems = reasons(real.store, evaluation, replace(printed, rows=tuple(rows)))
    assert [(p.line, p.field, p.expected, p.found) for p in problems] == [
        (r.line, f"{r.company}, rank", str(r.rank), str(r.rank + by)) for r in changed
    ]


def cells(text: str) -> Iterator[tuple[int, int, list[list[str]]]]:
    """Line and place of every cell below the header, with the table to spoil."""
    table = [line.split(",") for line in text.splitlines()]
    for line, row in enumerate(table[1:], start=2):
        for place in range(len(row)):
            yield line, place, [list(cells) for cells in table]


def written(table: list[list[str]], path: Path) -> Path:
    path.write_text("\n".join(",".join(row) for row in table) + "\n", encoding="utf-8")
    return path


def test_no_company_of_the_printed_table_can_change_unnoticed(
    real: Workspace, evaluation: Evaluation, methodology: Methodology, tmp_path: Path
) -> None:
    text = (real.store.root / PUBLISHED).read_text(encoding="utf-8")
    place = published_header(methodology).index("company")
    unnoticed = []
    for line, at, table in cells(text):
        if at != place:
            continue
        before, after = table[line - 1][at], table[(line - 1) % 51 + 1][at]
        table[line - 1][at] = after
        path = written(table, tmp_path / "published.csv")
        said = [str(p) for p in read_published(path, PUBLISHED, evaluation, methodology)[1]]
        second = max(line, (line - 1) % 51 + 2)
        expected = [
            f"{PUBLISHED}:{second}: {after}, company: expected each company once; "
            "found a second row",
            f"{PUBLISHED}: expected a row for {before}; found none",
        ]
        if said != expected:
            unnoticed.append((line, said))
    assert unnoticed == []


def test_two_companies_cannot_change_places_unnoticed(
    real: Workspace, evaluation: Evaluation, printed: Printed
) -> None:
    rows = list(printed.rows)
    rows[16] = replace(rows[16], company=rows[17].company)
    rows[17] = replace(rows[17], company=printed.rows[16].company)
    problems = reasons(real.store, evaluation, replace(printed, rows=tuple(rows)))
    assert any(names(p, rows[16].company, 18, "name", printed.rows[16].name) for p in problems)


# Every cell of points.csv


@pytest.mark.slow
def test_no_points_can_change_unnoticed(
    real: Workspace, evaluation: Evaluation, printed: Printed
) -> None:
    unnoticed = []
    fresh = derive(real.store, evaluation)
    assert len(printed.points) == 624
    for row in printed.points:
        for other in {row.points - Decimal("0.5"), row.points + Decimal("0.5"), Decimal(0), row.of}:
            if other == row.points or not 0 <= other <= row.of:
                continue
            changed = replace(row, points=other)
            rows = tuple(changed if kept is row else kept for kept in printed.points)
            problems = compare(fresh, replace(printed, points=rows), POINTS)
            both = (f"expected {row.points.normalize():f}", f"found {other.normalize():f}")
            label = f"{row.company}, {row.alternative}, {row.column}"
            if not any(names(p, label, row.line, "points", *both) for p in problems):
                unnoticed.append((label, other))
    assert unnoticed == []


@pytest.mark.slow
def test_no_way_of_finding_can_change_unnoticed(
    real: Workspace, evaluation: Evaluation, printed: Printed
) -> None:
    unnoticed = []
    fresh = derive(real.store, evaluation)
    for row in printed.points:
        changed = replace(row, how=ANOTHER[row.how])
        rows = tuple(changed if kept is row else kept for kept in printed.points)
        problems = compare(fresh, replace(printed, points=rows), POINTS)
        label = f"{row.company}, {row.alternative}, {row.column}"
        if not any(
            names(p, label, row.line, "how", f"expected {row.how}", f"found {changed.how}")
            for p in problems
        ):
            unnoticed.append(label)
    assert unnoticed == []


def test_verification_includes_the_comparison_with_a_fresh_derivation(
    real: Workspace, evaluation: Evaluation, printed: Printed
) -> None:
    for row in (printed.points[0], printed.points[-1]):
        changed = replace(row, how=ANOTHER[row.how])
        rows = tuple(changed if kept is row else kept for kept in printed.points)
        assert [
            (p.line, p.found)
            for p in reasons(real.store, evaluation, replace(printed, points=rows))
        ] == [(row.line, changed.how)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["company", "alternative", "column", "of"])
def test_no_other_cell_of_the_points_can_change_unnoticed(
    real: Workspace, evaluation: Evaluation, methodology: Methodology, tmp_path: Path, name: str
) -> None:
    """Within the rows of two companies, for speed: the columns of each are the same."""
    place = POINTS_HEADER.index(name)
    text = (real.store.root / POINTS).read_text(encoding="utf-8").splitlines()
    companies = list(dict.fromkeys(line.split(",")[0] for line in text[1:]))
    unnoticed = []
    for at, company in enumerate(companies):
        neighbour = companies[at - 1]
        scope = [entry for entry in evaluation.scope if entry.company in {company, neighbour}]
        two = evaluation.model_copy(update={"scope": tuple(scope)})
        rows = [line for line in text if line.split(",")[0] in {"company", company, neighbour}]
        for line, cell, table in cells("\n".join(rows)):
            row = table[line - 1]
            if cell != place or row[0] != company:
                continue
            before, label = row[place], ", ".join(row[:3])
            row[place] = another(name, before, neighbour)
            path = written(table, tmp_path / "points.csv")
            said = "\n".join(str(p) for p in read_points(path, POINTS, two, methodology)[1])
            if not noticed(said, label, name, line, before, row[place]):
                unnoticed.append((label, row[place], said))
    assert unnoticed == []


def another(name: str, before: str, neighbour: str) -> str:
    """A plausible other value of a cell."""
    if name == "company":
        return neighbour
    if name == "alternative":
        return "2" if before == "1" else "1"
    if name == "column":
        return "affiliates" if before == "governance" else "governance"
    return str(int(before) + 1)


def noticed(said: str, label: str, name: str, line: int, before: str, after: str) -> bool:
    """Whether the messages name what is now missing, doubled or wrong."""
    if name == "of":
        return f"{POINTS}:{line}: {label}, of: expected {before}, " in said and f"'{after}'" in said
    company, alternative, column = label.split(", ")
    missing = f"expected a row for {company}, alternative {alternative}, {column}; found none"
    missing_alternative = f"expected a row for {company}, alternative {after}, "
    doubled = "expected each column once; found a second row"
    if name == "alternative":
        return missing in said and (missing_alternative in said or doubled in said)
    return missing in said and (doubled in said or f"alternative {alternative}" in said)


@pytest.mark.parametrize("number", [1, 2])
def test_no_alternative_can_be_left_out_unnoticed(
    real: Workspace, evaluation: Evaluation, printed: Printed, number: int
) -> None:
    """Left out and the other one numbered 1, so that the file by itself looks sound."""
    rows = tuple(
        replace(row, alternative=1) if row.company == "geely-auto" else row
        for row in printed.points
        if (row.company, row.alternative) != ("geely-auto", number)
    )
    said = [str(p) for p in reasons(real.store, evaluation, replace(printed, points=rows))]
    assert [s for s in said if "points for geely-auto, 2, affiliates; found no row" in s]


def test_an_alternative_too_many_is_noticed(
    real: Workspace, evaluation: Evaluation, printed: Printed
) -> None:
    more = tuple(replace(r, alternative=2) for r in printed.points if r.company == "hozon")
    rows = (*printed.points, *more)
    said = [str(p) for p in reasons(real.store, evaluation, replace(printed, points=rows))]
    line = more[0].line
    said_first = f"{POINTS}:{line}: expected no such row; found hozon, 2, governance ("
    assert any(problem.startswith(said_first) for problem in said)
    assert len(said) == 12


# Through real files


SAMPLE = [
    ("1,mercedes-benz,Mercedes- Benz,73.1", "2,mercedes-benz,Mercedes- Benz,73.1", "rank"),
    ("mercedes-benz,Mercedes- Benz,73.1", "mercedes-benz,Volvo Cars,73.1", "name"),
    ("Mercedes- Benz,73.1,95", "Mercedes- Benz,73.0,95", "total"),
    ("Mercedes- Benz,73.1,95", "Mercedes- Benz,73.1,90", "governance"),
    ("100,28,100\n", "100,31,100\n", "supplier_guidance"),
    ("100,28,100\n", "100,28,92\n", "product_footprint"),
]


@pytest.mark.parametrize(("old", "new", "column"), SAMPLE)
def test_a_cell_changed_in_the_real_file_is_named(
    real_copy: Spoilable, old: str, new: str, column: str
) -> None:
    real_copy.change(PUBLISHED, old, new)
    said = messages(real_copy.open().verify(EVALUATION))
    assert [s for s in said if s.startswith(f"{PUBLISHED}:2: mercedes-benz, {column}: ")]


def test_a_message_says_both_values_and_where_the_points_are(real_copy: Spoilable) -> None:
    real_copy.change(PUBLISHED, "Mercedes- Benz,73.1,95", "Mercedes- Benz,73.1,90")
    verification = real_copy.open().verify(EVALUATION)
    assert verification.equal_rates == 509
    assert verification.equal_totals == 51
    assert messages(verification)[0] == (
        f"{PUBLISHED}:2: mercedes-benz, governance: "
        f"expected 95 % from 9.5 of 10 points in {POINTS}:398; found 90 %"
    )


def test_a_wrong_total_says_which_alternative_gives_another(real_copy: Spoilable) -> None:
    real_copy.change(PUBLISHED, "Geely Auto,61.9", "Geely Auto,62.1")
    verification = real_copy.open().verify(EVALUATION)
    assert verification.equal_totals == 50
    where = f"{PUBLISHED}:5: geely-auto, total: expected 61.9 from {POINTS}, alternative"
    assert messages(verification)[:2] == [f"{where} {n}; found 62.1" for n in (1, 2)]


def test_totals_out_of_order_are_named(real_copy: Spoilable) -> None:
    text = real_copy.read(PUBLISHED).splitlines()
    text[1], text[2] = text[2].replace("2,", "1,", 1), text[1].replace("1,", "2,", 1)
    real_copy.write(PUBLISHED, "\n".join(text) + "\n")
    assert messages(real_copy.open().verify(EVALUATION)) == [
        f"{PUBLISHED}:3: mercedes-benz, total: "
        "expected at most 65.2, the total of the row above; found 73.1"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("baic-group,1,governance,3,10,rate", "baic-group,1,governance,3.2,10,rate"),
        ("baic-group,1,governance,3,10,rate", "baic-group,1,governance,3,11,rate"),
        ("baic-group,1,governance,3,10,rate", "baic-group,1,governance,3,10,seen"),
        ("baic-group,1,governance,3,10,rate\n", ""),
    ],
)
def test_files_that_cannot_be_read_are_refused_before_anything_is_compared(
    real_copy: Spoilable, old: str, new: str
) -> None:
    real_copy.change(POINTS, old, new)
    with pytest.raises(ProblemsError, match=r"points\.csv(:2)?: .*baic-group"):
        real_copy.open().verify(EVALUATION)


def test_tied_companies_share_a_rank_where_the_table_numbers_by_competition(
    tiny: Spoilable,
) -> None:
    tiny.change("reports/first/evaluation.yaml", "numbering: serial", "numbering: competition")
    assert messages(tiny.open().verify("first")) == [
        "reports/first/published.csv:4: gamma, rank: expected 2; found 3"
    ]
    tiny.change("reports/first/published.csv", "3,gamma", "2,gamma")
    assert messages(tiny.open().verify("first")) == []


def test_points_of_a_company_that_cannot_be_worked_out_are_not_reported_twice(
    tiny: Spoilable,
) -> None:
    tiny.change("reports/first/published.csv", "75,67", "60,67")
    said = messages(tiny.open().verify("first"))
    assert not [s for s in said if s.startswith("reports/first/points.csv")]
    assert len(said) == 2


def test_rows_compare_by_company_alternative_and_column(real: Workspace, printed: Printed) -> None:
    fresh = derive(real.store, real.evaluation(EVALUATION))
    backwards: tuple[PointsRow, ...] = printed.points[::-1]
    assert compare(fresh, replace(printed, points=backwards), POINTS) == []
