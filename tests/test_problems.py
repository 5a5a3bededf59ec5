"""What a person reads when something is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.problems import (
    MANY,
    Problem,
    ProblemsError,
    UsageError,
    ascii_controls,
    did_you_mean,
    reason,
    report_lines,
    shown,
    with_hint,
)

PROBLEM = Problem(
    file="companies/alpha/company.yaml",
    expected="a country as two capital letters",
    found="'Germany'",
    line=10,
    field="country",
    hint="such as DE",
)


def test_a_colon_stands_only_before_a_hint() -> None:
    assert with_hint("no code 9", "known: 1") == "no code 9: known: 1"
    assert with_hint("no code 9", "") == "no code 9"


def test_a_problem_says_where_what_was_expected_what_was_found_and_what_to_do() -> None:
    assert str(PROBLEM) == (
        "companies/alpha/company.yaml:10: country: expected a country as two capital letters; "
        "found 'Germany' (such as DE)"
    )


def test_a_problem_without_line_field_and_hint_leaves_them_out() -> None:
    problem = Problem("reports/first/published.csv", "a row for beta", "none")
    assert str(problem) == "reports/first/published.csv: expected a row for beta; found none"


def test_a_place_is_written_as_editors_understand_it() -> None:
    assert PROBLEM.place == "companies/alpha/company.yaml:10"
    assert Problem("a.yaml", "x", "y").place == "a.yaml"


@given(st.builds(Problem, st.text(), st.text(), st.text(), field=st.text(), hint=st.text()))
def test_a_message_is_one_line_without_control_characters(problem: Problem) -> None:
    assert str(problem).isprintable()


def test_what_stands_in_a_file_cannot_steer_the_terminal() -> None:
    assert shown("\x1b[31mred\u202e") == "'\\u001b[31mred\\u202e'"
    assert ascii_controls("汽车 é") == "汽车 é"


def test_long_values_are_cut_and_say_how_long_they_were() -> None:
    assert shown("x" * 81) == f"'{'x' * 80}… (81 characters)'"
    assert shown("x" * 80) == f"'{'x' * 80}'"
    assert shown(12) == "12"


def test_a_hint_names_the_nearest_words_first() -> None:
    assert did_you_mean("trak", ["track", "title", "trace"]) == "did you mean track or trace?"


def test_a_hint_names_all_words_where_none_is_near_and_they_are_few() -> None:
    assert did_you_mean("x", ["beta", "alpha"]) == "known: alpha, beta"
    assert did_you_mean("x", [f"company-{n}" for n in range(13)]) == ""
    assert did_you_mean("x", []) == ""


def alike(count: int, files: int = 1) -> list[Problem]:
    return [
        Problem(f"{n % files}.yaml", "a country", f"'{n}'", n + 1, f"scope[{n}].country")
        for n in range(count)
    ]


def test_a_few_problems_are_all_shown() -> None:
    problems = alike(MANY)
    assert list(report_lines(problems)) == [f"error: {problem}" for problem in problems]
    assert list(report_lines([])) == []


def test_of_many_problems_some_of_each_kind_are_shown_with_their_number() -> None:
    other = Problem("b.yaml", "x", "y", severity="warning")
    problems = [*alike(MANY), other]
    assert list(report_lines(problems)) == [
        *(f"error: {problem}" for problem in problems[:3]),
        f"  … and {MANY - 3} more like it in scope[…].country (expected a country), in 1 file",
        "warning: b.yaml: expected x; found y",
    ]


def test_many_problems_of_several_files_say_in_how_many() -> None:
    *_, last = report_lines(alike(1_500, files=3))
    assert last == (
        "  … and 1,497 more like it in scope[…].country (expected a country), in 3 files"
    )


def test_cells_of_a_table_are_alike_by_their_column() -> None:
    problems = [Problem("a.csv", "0", "1", n, f"company-{n}, rules") for n in range(MANY + 1)]
    *_, last = report_lines(problems)
    assert last == f"  … and {MANY - 2} more like it in rules (expected 0), in 1 file"


def test_all_problems_are_raised_together() -> None:
    other = Problem("b.yaml", "x", "y")
    error = ProblemsError(iter([PROBLEM, other]))
    assert error.problems == (PROBLEM, other)
    assert str(error) == f"{PROBLEM}\n{other}"


def test_problems_are_errors_unless_they_are_said_to_be_warnings() -> None:
    assert PROBLEM.severity == "error"


def test_a_wrong_request_is_no_problem_in_a_file() -> None:
    assert not issubclass(UsageError, ProblemsError)


def test_a_system_error_has_a_reason_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "link").symlink_to("nothing")
    with pytest.raises(OSError, match="link") as many:
        shutil.copytree(folder, tmp_path / "b")
    assert many.value.strerror is None
    assert reason(many.value) == "No such file or directory"
    assert reason(OSError(28, "No space left on device")) == "No space left on device"
    assert reason(OSError("odd")) == "odd"
    assert reason(OSError()) == "the system gives no reason"
