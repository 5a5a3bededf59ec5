"""Scores and their reasons."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import change, run
from tests.conftest import ROOT, Spoilable
from tests.scoring.test_backing import PARENT, VENTURE, venture
from tests.six import six_companies


def printed() -> list[dict[str, str]]:
    with (ROOT / "reports/automakers-2024/published.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_score_as_csv_gives_the_printed_totals_and_rates_in_printed_order() -> None:
    result = run("score", "automakers-2024", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0])[:7] == ["rank", "company", "name", "total", "low", "high", "coverage"]
    rates = list(printed()[0])[4:]
    assert [[row[c] for c in ("company", "total", *rates)] for row in rows] == [
        [row[c] for c in ("company", "total", *rates)] for row in printed()
    ]


def test_score_keeps_notes_out_of_machine_formats() -> None:
    result = run("score", "automakers-2024", "--format", "json")
    assert json.loads(result.stdout)["evaluation"] == "automakers-2024"
    assert "Base: 51 of 51 companies" in result.stderr
    assert "IPE has not endorsed it" in result.stderr


def test_score_at_equal_shares_leaves_geely_auto_an_interval() -> None:
    result = run("score", "automakers-2024", "--shares", "50:50", "--format", "csv")
    (geely,) = (
        r for r in csv.DictReader(io.StringIO(result.stdout)) if r["company"] == "geely-auto"
    )
    assert (geely["rank"], geely["total"]) == ("3..5", "")
    assert (geely["low"], geely["high"]) == ("63.5", "65.5")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_score_says_that_shares_are_not_those_of_the_evaluation(form: str) -> None:
    result = run("score", "automakers-2024", "--shares", "0:100", "--format", form)
    assert result.stderr.splitlines()[:2] == [
        "Other shares than those of the evaluation (30 : 70): 0 : 100.",
        "Points of Governance and Product footprint count as before.",
    ]
    own = run("score", "automakers-2024", "--shares", "30:70", "--format", form)
    assert own.stderr == run("score", "automakers-2024", "--format", form).stderr


def test_score_without_joint_ventures_ranks_the_others_among_themselves() -> None:
    result = run("score", "automakers-2024", "--without", "joint-ventures", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 37
    assert rows[-1]["rank"] == "37"
    assert "Base: 37 of 51 companies" in result.stderr


def test_score_in_chinese_names_companies_in_chinese() -> None:
    assert "比亚迪" in run("score", "automakers-2024", "--lang", "zh").stdout


def test_score_on_the_assessed_basis_gives_intervals_and_says_what_they_rest_on() -> None:
    result = run("score", "automakers-2024", "--basis", "assessed", "--format", "csv")
    rows = {row["company"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert len(rows) == 51
    assert (rows["byd"]["total"], rows["byd"]["high"]) == ("", "100.0")
    assert float(rows["mercedes-benz"]["low"]) > 0
    assert "Lowest verification level of each company: unverified 51." in result.stderr


@pytest.mark.slow
def test_every_total_says_how_far_its_answers_are_verified(copy: Path) -> None:
    tesla = copy / "companies/tesla/assessments/automakers-2024.yaml"
    text = tesla.read_text(encoding="utf-8")
    reviewed = text.replace("\n    date:", "\n    level: reviewed\n    date:")
    tesla.write_text(reviewed, encoding="utf-8")

    def score(*more: str) -> str:
        return run("score", "automakers-2024", "--basis", "assessed", *more, workspace=copy).stdout

    rows = list(csv.DictReader(io.StringIO(score("--format", "csv"))))
    levels = {row["company"]: row["level"] for row in rows}
    assert list(rows[0])[-1] == "level"
    assert [company for company in levels if levels[company] != "unverified"] == ["tesla"]
    content = json.loads(score("--format", "json"))
    assert {company["company"]: company["level"] for company in content["companies"]} == levels
    english, chinese = score().splitlines(), score("--lang", "zh").splitlines()
    assert [line.split()[1] for line in english if " reviewed " in line] == ["Tesla"]
    assert [line.split()[1] for line in chinese if " 已复核 " in line] == ["特斯拉"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("criterion", "found"),
    [
        (
            "3.1.1/quantified",
            {"inherited": {"worth": "0.5", "basis": "inferred"}},
        ),
        (
            "2.3.1/value",
            {"uncounted": {"reasons": ["not_inheritable"]}},
        ),
    ],
)
def test_json_says_what_was_inherited_and_what_did_not_count(
    real_copy: Spoilable, criterion: str, found: dict[str, dict[str, object]]
) -> None:
    venture(real_copy, criterion, PARENT)
    told = {"company": VENTURE, "criterion": criterion, "disclosures": [f"{PARENT}/found"]}
    arguments = ("score", "automakers-2024", "--basis", "assessed", "--format", "json")
    content = json.loads(run(*arguments, workspace=real_copy.root).stdout)
    assert {name: content[name] for name in ("inherited", "uncounted") if content[name]} == {
        name: [told | more] for name, more in found.items()
    }
    others = run(*arguments, "--without", "joint-ventures", workspace=real_copy.root)
    content = json.loads(others.stdout)
    assert content["inherited"] == content["uncounted"] == []
    assert "Lowest verification level of each company: unverified 37." in others.stderr


def test_explain_ends_in_the_sum() -> None:
    result = run("explain", "automakers-2024", "stellantis")
    assert result.stdout.splitlines()[-1].strip() == "8 + 0.6 x 26 + 1.4 x 16 = 46.0"


def test_explain_shows_every_solution() -> None:
    lines = run("explain", "automakers-2024", "geely-auto").stdout.splitlines()
    assert [line.strip() for line in lines[-2:]] == [
        "14.5 + 0.6 x 26.5 + 1.4 x 22.5 = 61.9",
        "14.5 + 0.6 x 30 + 1.4 x 21 = 61.9",
    ]


def test_explain_of_an_indicator_says_how_far_the_table_determines_it() -> None:
    text = run("explain", "automakers-2024", "geely-auto", "1.1.2").stdout
    assert "between max(0, 8.5 - 9) and min(1, 8.5), so 0–1" in text


def test_verify_says_what_is_equal_and_what_is_independent() -> None:
    result = run("verify", "automakers-2024")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "51 of 51 totals equal",
        "510 of 510 rates equal",
        "23 totals independent: the printed columns alone suffice",
        "28 totals through the remainder: points that no column shows are solved from the total",
    ]


def test_explain_on_the_assessed_basis_ends_at_source_and_page() -> None:
    result = run("explain", "automakers-2024", "Polestar", "2.3.1", "--basis", "assessed")
    assert result.exit_code == 0
    assert "2.3.1/value: met, 1 of 1" in result.stdout
    assert "published October 2024; Table 3-5-3" in result.stdout


def test_explain_follows_the_basis_of_the_evaluation(copy: Path) -> None:
    evaluation = copy / "reports/automakers-2024/evaluation.yaml"
    change(evaluation, "basis: published", "basis: assessed")
    assert "4.4–98.6" in run("explain", "automakers-2024", "polestar", workspace=copy).stdout
    printed = run(
        "explain", "automakers-2024", "stellantis", "--basis", "published", workspace=copy
    )
    assert printed.stdout.splitlines()[-1].strip() == "8 + 0.6 x 26 + 1.4 x 16 = 46.0"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ipe",), "no company ipe in automakers-2024"),
        (("polestar", "9.9.9"), "no code or column 9.9.9 in automotive-2024"),
        (("polestar", "--shares", "50:60"), "shares: expected"),
    ],
)
def test_explain_on_the_assessed_basis_refuses_what_is_not_there(
    arguments: tuple[str, ...], message: str
) -> None:
    result = run("explain", "automakers-2024", *arguments, "--basis", "assessed")
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize("basis", ["published", "assessed"])
@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("steel", "no code or column steel in automotive-2024: did you mean steel_aluminium?"),
        ("钢", "no code or column 钢 in automotive-2024: did you mean steel_aluminium?"),
        ("9.9", "no code or column 9.9 in automotive-2024"),
    ],
)
def test_explain_names_the_columns_with_a_word_in_their_names(
    code: str, message: str, basis: str
) -> None:
    result = run("explain", "automakers-2024", "stellantis", code, "--basis", basis)
    assert result.exit_code == 2
    assert result.stderr == f"cati: {message}\n"


@pytest.mark.slow
@pytest.mark.parametrize("basis", ["published", "assessed"])
def test_explain_takes_a_column_by_its_printed_name(basis: str) -> None:
    by_id, *others = (
        run("explain", "automakers-2024", "stellantis", name, "--basis", basis)
        for name in ("steel_aluminium", "Steel and aluminium", "STEEL AND ALUMINIUM", "钢铝减排")
    )
    assert by_id.exit_code == 0
    assert {other.stdout for other in others} == {by_id.stdout}


def test_explain_asks_whether_evaluation_and_company_are_swapped() -> None:
    result = run("explain", "stellantis", "automakers-2024")
    assert result.exit_code == 2
    assert result.stderr == (
        "cati: no evaluation stellantis; automakers-2024 is one: are the two swapped?\n"
    )
    other = run("explain", "stellantis", "nobody-knows-it")
    assert "no evaluation stellantis" in other.stderr


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_verify_sets_the_bases_side_by_side(language: str) -> None:
    result = run("verify", "automakers-2024", "--basis", "assessed", "--lang", language)
    assert result.exit_code == 0
    assert "560" in result.stdout
    assert "baic-group/steel-agreement-beijing-benz" in result.stdout


def test_verify_names_a_changed_rate_with_both_values(copy: Path) -> None:
    change(copy / "reports/automakers-2024/published.csv", "46.0,80,60", "46.0,85,60")
    result = run("verify", "automakers-2024", workspace=copy)
    assert result.exit_code == 1
    assert (
        "reports/automakers-2024/published.csv:16: stellantis, governance: expected 80 % from 8 of "
        "10 points in reports/automakers-2024/points.csv:530; found 85 %" in result.stdout
    )


def test_derive_agrees_and_can_write_the_file(copy: Path) -> None:
    points = copy / "reports/automakers-2024/points.csv"
    before = points.read_bytes()
    assert run("derive", "automakers-2024", workspace=copy).exit_code == 0
    points.unlink()
    missing = run("score", "automakers-2024", workspace=copy)
    assert missing.exit_code == 2
    assert "'cati derive automakers-2024 --write' works it out" in missing.stderr
    assert run("derive", "automakers-2024", "--write", workspace=copy).exit_code == 0
    assert points.read_bytes() == before


def test_derive_speaks_chinese() -> None:
    result = run("derive", "automakers-2024", "--lang", "zh")
    assert result.stdout.endswith("points.csv 逐行一致\n")


def test_derive_names_rows_that_differ(copy: Path) -> None:
    change(
        copy / "reports/automakers-2024/points.csv",
        "stellantis,1,governance,8,10,rate",
        "stellantis,1,governance,8.5,10,rate",
    )
    result = run("derive", "automakers-2024", workspace=copy)
    assert result.exit_code == 1
    assert "stellantis, 1, governance, points: expected 8; found 8.5" in result.stdout


@pytest.mark.slow
def test_report_on_the_assessed_basis_stands_beside_the_other(tmp_path: Path) -> None:
    copy = six_companies(tmp_path, "published").root
    arguments = ("report", "automakers-2024", "--basis", "assessed")
    refused = run(*arguments, workspace=copy)
    assert refused.exit_code == 1
    assert "evaluation.yaml: expected 'settled', the least share" in refused.stderr
    result = run(*arguments, "--incomplete", workspace=copy)
    assert result.exit_code == 0
    out = copy / "reports/automakers-2024/out-assessed-incomplete"
    assert result.stdout == f"{(out / 'index.html').as_uri()}\n"
    assert result.stderr.endswith(
        "The ranking of 6 companies: pages, printed report, workbooks, figures and data.\n"
    )
    assert (out / "data/answers-incomplete.csv").is_file()
    assert not (out.parent / "out").exists()


def test_report_of_an_evaluation_that_nobody_assessed_says_so(assessed: Spoilable) -> None:
    result = run("report", "first", workspace=assessed.root)
    assert result.exit_code == 2
    assert "first has no assessments yet" in result.stderr


@pytest.mark.slow
def test_a_report_under_embargo_says_the_date_and_makes_nothing(tiny: Spoilable) -> None:
    tiny.change("reports/first/evaluation.yaml", "bands:", "embargo: '2999-01-01'\nbands:")
    result = run("report", "first", workspace=tiny.root)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "under embargo until 2999-01-01" in result.stderr
    assert "--draft" in result.stderr
    assert not (tiny.root / "reports/first/out").exists()
    result = run("report", "first", "--draft", workspace=tiny.root)
    assert result.exit_code == 0
    link = (tiny.root / "reports/first/out-draft/index.html").as_uri()
    assert result.stdout == f"{link}\n"


def test_a_folder_to_check_must_have_been_published(tiny: Spoilable, tmp_path: Path) -> None:
    result = run("report", "first", "--check", str(tmp_path), workspace=tiny.root)
    assert result.exit_code == 2
    assert "no manifest here" in result.stderr


def test_of_an_evaluation_that_is_not_there_nothing_is_published(tiny: Spoilable) -> None:
    for more in ([], ["--draft"]):
        result = run("report", "second", *more, workspace=tiny.root)
        assert result.exit_code == 2
        assert "second" in result.stderr
