"""Statements and groups on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import change, run
from tests.conftest import Spoilable

FILE = "reports/automakers-2024/claims.yaml"


def test_the_statements_of_the_report_have_the_verdicts_the_file_demands() -> None:
    result = run("claims", "automakers-2024")
    assert result.exit_code == 0
    assert "c04  confirmed: One company has a total above 70.\n" in result.stdout
    assert "24 statements: " in result.stderr
    assert "Standard bases: all companies (51)" in result.stderr
    assert "IPE has not endorsed it" in result.stderr


@pytest.mark.slow
def test_a_statement_that_is_not_as_demanded_is_exit_code_1(copy: Path) -> None:
    change(copy / FILE, '== "geely-auto"', '== "byd"')
    result = run("claims", "automakers-2024", workspace=copy)
    assert result.exit_code == 1
    assert "c69  contradicted by the data: " in result.stdout
    assert "The file demands: confirmed" in result.stdout


@pytest.mark.slow
def test_an_expression_that_means_nothing_is_told_by_file_and_line(copy: Path) -> None:
    change(copy / FILE, "count(total > 70) == 1]", "count(totl > 70) == 1]")
    result = run("claims", "automakers-2024", workspace=copy)
    assert result.exit_code == 1
    assert f"error: {FILE}:" in result.stderr
    assert "found 'totl' in column 7" in result.stderr
    assert "c03  confirmed: " in result.stdout, "the others are checked"
    assert "c04  " not in result.stdout
    assert "24 statements: confirmed 15; " in result.stderr
    assert "; could not be checked 1\n" in result.stderr
    checked = run("check", workspace=copy)
    assert checked.exit_code == 0
    assert f"warning: {FILE}:" in checked.stdout
    assert "found 'totl' in column 7" in checked.stdout


@pytest.mark.parametrize("form", ["json", "csv"])
def test_machine_formats_stand_alone(form: str) -> None:
    result = run("claims", "automakers-2024", "--format", form)
    records = (
        json.loads(result.stdout)
        if form == "json"
        else list(csv.DictReader(io.StringIO(result.stdout)))
    )
    assert [record["id"] for record in records][:2] == ["c03", "c04"]
    assert len(records) == 24


def test_a_question_is_answered_at_once() -> None:
    result = run("claims", "automakers-2024", "--ask", "count(total >= 60) == 4")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        "confirmed",
        "  count(total >= 60) = 4 (base: 51)",
        "  Base: all companies (51)",
    ]


def test_a_question_that_means_nothing_is_wrong_usage() -> None:
    result = run("claims", "automakers-2024", "--ask", "count(totl > 1)")
    assert result.exit_code == 2
    assert result.stderr == (
        "cati: column 7 of 'count(totl > 1)': expected a known name; found 'totl' "
        "(did you mean total?)\n"
    )


@pytest.mark.parametrize(
    "question",
    ["999999999999999 * 999999999999999", "sum(total)*999999999999999*999999999999999"],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_numbers_too_large_to_work_with_are_refused(question: str, lang: str) -> None:
    result = run("claims", "automakers-2024", "--ask", question, "--lang", lang)
    assert result.exit_code == 2
    assert "expected numbers below 10^20; found a larger one" in result.stderr


def test_the_largest_numbers_are_printed_in_full() -> None:
    question = "99999999999999 * 999999 + 1 / 3"
    result = run("claims", "automakers-2024", "--ask", question, "--lang", "zh")
    assert "99,999,899,999,999,000,001.3" in result.stdout
    result = run("claims", "automakers-2024", "--ask", question, "--format", "json")
    assert json.loads(result.stdout)[0]["low"] == pytest.approx(1e20, rel=0.01)


def test_questions_as_records() -> None:
    result = run("claims", "automakers-2024", "--ask", "max(total)", "--format", "csv")
    (first, *_) = csv.DictReader(io.StringIO(result.stdout))
    assert (first["base"], first["low"], first["high"]) == ("all", "73.1", "73.1")


def test_another_file_may_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "article.yaml"
    text = (
        "format: 1\nstatements:\n  - id: lead\n    statement:\n"
        '      en: "{leader(total)} leads with {max(total)} points."\n'
        '      zh: "{leader(total)}以 {max(total)} 分居首。"\n'
    )
    path.write_text(text, encoding="utf-8")
    result = run("claims", "automakers-2024", "--file", str(path))
    assert result.exit_code == 0
    assert "lead  confirmed: Mercedes-Benz leads with 73.1 points.\n" in result.stdout
    path.write_text(text.replace("leads with", "and 2 others lead with"), encoding="utf-8")
    result = run("claims", "automakers-2024", "--file", str(path))
    assert result.exit_code == 1
    assert f"error: {path}:5: statements[0].statement.en: expected numbers that" in result.stderr


def test_an_evaluation_without_statements_says_so(tiny: Spoilable) -> None:
    result = run("claims", "first", workspace=tiny.root)
    assert result.exit_code == 2
    assert "first has no claims.yaml" in result.stderr
    assert run("claims", "first", "--ask", "companies", workspace=tiny.root).exit_code == 0


def test_groups_with_and_without_joint_ventures() -> None:
    result = run("groups", "automakers-2024", "--by", "chinese")
    assert result.exit_code == 0
    assert "base: all companies (51)" in result.stdout
    assert "base: without joint ventures (37)" in result.stdout
    assert "Intervals: the middle 95 %" in result.stderr


def test_groups_of_some_companies_are_the_same_whichever_option_leaves_the_others_out() -> None:
    by = run("groups", "automakers-2024", "--by", "chinese where not joint_venture")
    of = run(
        *("groups", "automakers-2024", "--by", "chinese", "--of", "total where not joint_venture")
    )
    for result, name in ((by, " yes "), (of, " Chinese companies ")):
        (row, *_) = (line for line in result.stdout.splitlines() if line.startswith(name))
        assert row.split()[-5:-4] + row.split()[-1:] == ["21.9", "2.0–61.9"]


def test_groups_as_records() -> None:
    result = run("groups", "automakers-2024", "--by", "region", "--format", "csv")
    records = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {record["kind"] for record in records} == {"group", "difference"}
    (european,) = (
        r for r in records if (r["kind"], r["group"], r["base"]) == ("group", "european", "all")
    )
    assert european["companies"] == "8"
    (ventures,) = (
        r
        for r in records
        if (r["kind"], r["group"], r["base"]) == ("difference", "chinese-joint-venture", "all")
    )
    assert float(ventures["mean_low"]) < 0, "a negative number is a number"
    loaded = json.loads(
        run("groups", "automakers-2024", "--by", "region", "--format", "json").stdout
    )
    assert len(loaded) == len(records)


def test_groups_by_something_unknown_is_wrong_usage() -> None:
    result = run("groups", "automakers-2024", "--by", "continent")
    assert result.exit_code == 2
    assert "expected a known name; found 'continent'" in result.stderr


@pytest.mark.parametrize("command", [("claims",), ("groups", "--by", "region")])
def test_an_evaluation_that_is_not_there_is_wrong_usage(command: tuple[str, ...]) -> None:
    result = run(*command, "automakers-2023")
    assert result.exit_code == 2
    assert "no evaluation automakers-2023" in result.stderr


ARTICLE = """format: 1
definitions:
  - {name: above, parameters: [least], expression: total > least}
statements:
  - id: european
    statement:
      en: Volkswagen Group has set a Scope 3 carbon neutrality target.
      zh: 大众汽车集团设定了范围三碳中和目标。
    expressions: ['recorded("volkswagen", id: "scope3-neutrality-target-european")']
    where: {source: ipe/automotive-report-2024, locator: section 3.4(2)}
  - id: missing
    statement: {en: 3 companies stand in the table., zh: 表中有 3 家企业。}
    expressions: ['count(recorded(place: "Table 7-7-7")) == 3']
  - id: nearly
    statement: {en: Nearly half of the companies score above 30., zh: 近半数企业得分高于 30 分。}
    expressions: [50 > share(above(30)) >= 45]
    threshold: {en: Nearly half is 45 % or more., zh: “近半数”取 45% 或以上。}
  - id: many
    statement: {en: Many companies score above 30., zh: 许多企业得分高于 30 分。}
    expressions: [count(above(30)) > 20]
"""


def test_what_a_reader_must_know_stands_with_the_statement(tmp_path: Path) -> None:
    path = tmp_path / "article.yaml"
    path.write_text(ARTICLE, encoding="utf-8")
    result = run("claims", "automakers-2024", "--file", str(path))
    assert result.exit_code == 1, "one of them cannot be checked"
    assert (
        "    Circular: it rests on records that only repeat the statement: "
        "volkswagen/scope3-neutrality-target-european\n"
    ) in result.stdout
    assert "    Threshold chosen here: Nearly half is 45 % or more.\n" in result.stdout
    assert "    'Many' names no measure: say under threshold what it is" in result.stdout
    assert "'Nearly'" not in result.stdout
    assert "missing  " not in result.stdout
    assert "4 statements: confirmed 3; could not be checked 1\n" in result.stderr
    assert f"error: {path}:13: statements[1].expressions[0]: expected a value of" in result.stderr
    chinese = run("claims", "automakers-2024", "--file", str(path), "--lang", "zh").stdout
    for text in ("循环论证：", "此处自定的界限：“近半数”取 45% 或以上。", "“许多”没有给出尺度"):
        assert text in chinese
    records = json.loads(
        run("claims", "automakers-2024", "--file", str(path), "--format", "json").stdout
    )
    assert records[0]["circular"] == ["volkswagen/scope3-neutrality-target-european"]
    assert records[1]["circular"] == []


def test_a_question_of_one_base() -> None:
    question = 'count(recorded(place: "Table 4-2-1")) >= 21'
    result = run("claims", "automakers-2024", "--ask", question, "--base", "suppliers")
    assert result.stdout.splitlines()[0] == "confirmed"
    assert "  Rests on: angang-steel/climate-targets, " in result.stdout
    assert "  Base: suppliers (40)\n" in result.stdout
    refused = run("claims", "automakers-2024", "--ask", question)
    assert refused.exit_code == 2
    assert "column 23 of" in refused.stderr
    assert "of angang-steel, baoshan-iron-steel, baotou-steel-union and others" in refused.stderr
    alone = run("claims", "automakers-2024", "--base", "suppliers")
    assert alone.exit_code == 2
    assert "--base belongs to --ask" in alone.stderr


@pytest.mark.parametrize(
    "question",
    [
        'count(recorded(of: "net saving")) == 0',
        'all(disclosed(indicator: "2.2.1"))',
        'count(recorded(place: "Table 3-4-3")) == 3',
        'all(disclosed(place: "Table 3-4-1"))',
    ],
)
def test_contradicted_and_open_do_not_stand_together(question: str) -> None:
    said = run("claims", "automakers-2024", "--ask", question).stdout
    assert not ("contradicted by the data" in said and "Open on" in said)


def test_small_numbers_and_years_are_printed_as_such() -> None:
    def first(question: str) -> str:
        return run("claims", "automakers-2024", "--ask", question).stdout.splitlines()[0]

    assert first("26.1 * 29 / 100 / 391") == "all companies (51): 0.0194"
    assert first("2024") == "all companies (51): 2024"
    assert first("-1 / 3") == "all companies (51): -0.333"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "company"), [("GAC", "gac-group"), ("BAIC", "baic-group"), ("上汽", "saic-group")]
)
def test_short_names_of_groups_are_known(name: str, company: str) -> None:
    question = f'total("{name}") == total("{company}")'
    assert run("claims", "automakers-2024", "--ask", question).stdout.startswith("confirmed\n")
