"""Everything a workspace can have wrong, one fault to a folder, and the exact lines about it.

`tests.spoiling` says how a folder in ``tests/broken/`` becomes a workspace.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cati.cli import main
from cati.model.printed import PrintedRow
from cati.model.weighting import track_factors
from cati.scoring.published import Deriver, spread
from tests.conftest import Spoilable
from tests.scoring.synthetic import column, methodology
from tests.spoiling import (
    BROKEN,
    TINY,
    as_nobody,
    build,
    expected_lines,
    fingerprints,
    has_unreadable_parts,
    readable_again,
)

CASES = sorted(path for path in BROKEN.iterdir() if path.is_dir())
SECONDS = 2.0
READING = (
    ["score", "first"],
    ["show", "alpha"],
    ["verify", "first"],
    ["derive", "first"],
    ["explain", "first", "alpha"],
)


def run(workspace: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["-C", str(workspace), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture(scope="module", autouse=True)
def all_modules_are_loaded() -> None:
    """Someone who may not read everything may not be able to load modules either."""
    for arguments in (["check"], ["migrate"], ["score", "frist"], *READING):
        run(TINY, *arguments)


def check(workspace: Path, *options: str, seconds: float = SECONDS) -> Result:
    start = time.process_time()
    result = run(workspace, "check", *options)
    assert time.process_time() - start < seconds
    return result


def has_errors(lines: list[str]) -> bool:
    return any(line.startswith("error: ") for line in lines)


@pytest.fixture
def workspace() -> Iterator[Path]:
    """Where to make a workspace; not below a folder that only its owner may enter."""
    with tempfile.TemporaryDirectory(prefix="cati-") as folder:
        path = Path(folder) / "workspace"
        path.mkdir()
        yield path
        readable_again(path)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_wrong_is_told_in_exactly_these_lines(case: Path, workspace: Path) -> None:
    build(case, workspace)
    before = fingerprints(workspace)
    with as_nobody(workspace) if has_unreadable_parts(case) else nullcontext():
        result = check(workspace)
    lines = expected_lines(case)
    assert result.stdout.splitlines() == lines
    assert result.exit_code == has_errors(lines)
    assert fingerprints(workspace) == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_command_stumbles_over_it_or_changes_it(case: Path, workspace: Path) -> None:
    build(case, workspace)
    before = fingerprints(workspace)
    with as_nobody(workspace) if has_unreadable_parts(case) else nullcontext():
        codes = [run(workspace, *arguments).exit_code for arguments in READING]
    assert (codes[0] != 0) == has_errors(expected_lines(case))
    assert max(codes) <= 2
    assert fingerprints(workspace) == before


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_formatting_does_not_stumble_over_it(case: Path, workspace: Path) -> None:
    build(case, workspace)
    with as_nobody(workspace) if has_unreadable_parts(case) else nullcontext():
        for command in ("migrate", "format"):
            assert run(workspace, command).exit_code <= 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["alias-bomb", "latin-1", "pipe-for-a-file", "shares-30-60", "windows-line-ends"]
)
def test_the_installed_command_says_the_same(name: str, workspace: Path) -> None:
    build(BROKEN / name, workspace)
    command = Path(sys.executable).with_name("cati")
    result = subprocess.run(
        [command, "check"], cwd=workspace, capture_output=True, encoding="utf-8", timeout=10
    )
    lines = expected_lines(BROKEN / name)
    assert result.stdout.splitlines() == lines
    assert result.stderr == f"{len(lines)} error{'s' * (len(lines) != 1)}, 0 warnings\n"
    assert result.returncode == has_errors(lines)


# Ten faults at once, in the real workspace

PUBLISHED = "reports/automakers-2024/published.csv"
TEN = [
    (
        "companies/byd/company.yaml",
        "kind: automaker",
        "kind: carmaker",
        "kind: expected automaker, joint_venture, supplier, publisher or group; found 'carmaker'",
    ),
    (
        "companies/tesla/company.yaml",
        "region: american",
        "regoin: american",
        "regoin: expected a known field; found 'regoin' (did you mean region?)",
    ),
    (
        "companies/kia/company.yaml",
        "country: KR",
        "country: KR\ncountry: US",
        "country: expected each key once; found 'country' a second time",
    ),
    (
        "companies/bmw/company.yaml",
        "name: {en: BMW, zh: 宝马}",
        "name: {en: BMW}",
        "name.zh: expected the field zh; found nothing",
    ),
    (
        "companies/nio/company.yaml",
        "id: nio",
        "id: xpeng",
        "id: expected nio, the folder's name; found 'xpeng'",
    ),
    (
        "companies/ford/evidence.yaml",
        "indicators: [automotive-2024/1.1.2]",
        "indicators: [automotive-2024/1.1.9]",
        "indicators[0]: expected an indicator as <methodology>/<code>; "
        "found 'automotive-2024/1.1.9'",
    ),
    (
        "indicators/corporate-2023/1-governance.yaml",
        "        points: 2\n",
        "        points: 2.3\n",
        "points: expected a multiple of ",
    ),
    (
        PUBLISHED,
        "73.1,95,100",
        "73.1,101,100",
        "mercedes-benz, governance: expected a number from 0 to 100 without decimals; found '101'",
    ),
    (
        PUBLISHED,
        "65.2,95,80",
        "65.2,94,80",
        "volvo-cars, governance: expected a rate that steps of 0.5 of 10 points print as, "
        "such as 90 % or 95 %; found 94 %",
    ),
    (
        PUBLISHED,
        "BMW,62.9",
        "BMW,99.9",
        "bmw, total: expected a total that the points behind the row's rates reach",
    ),
]


def test_ten_faults_are_all_told_in_one_run(real_copy: Spoilable) -> None:
    assert len(TEN) == 10
    for file, old, new, _ in TEN:
        real_copy.change(file, old, new)
    result = check(real_copy.root)
    lines = result.stdout.splitlines()
    for file, _, _, words in TEN:
        assert any(line.startswith(f"error: {file}:") and words in line for line in lines), words
    assert result.exit_code == 1


# Many problems

EVALUATION = "reports/first/evaluation.yaml"
TABLE = "reports/first/published.csv"


def add_companies(
    tiny: Spoilable, count: int, extra: str = "country: CN", prefix: str = ""
) -> None:
    for number in range(count):
        tiny.write(
            f"companies/maker-{number}/company.yaml",
            f"format: 1\nid: {prefix or 'maker'}-{number}\nkind: automaker\n"
            f"name: {{en: Maker {number}, zh: 车企{number}}}\nname_zh: {{basis: none}}\n{extra}\n",
        )


def add_to_scope(tiny: Spoilable, count: int, prefix: str) -> None:
    lines = "".join(f"  - {{company: {prefix}-{n}, reason: sales}}\n" for n in range(count))
    tiny.change(EVALUATION, "companies: 2", f"companies: {count + 2}")
    tiny.write(EVALUATION, tiny.read(EVALUATION) + lines)
    (tiny.root / "reports/first/points.csv").unlink()


def two_faults_in_800_companies(tiny: Spoilable) -> None:
    add_companies(tiny, 800, "country: China\nregoin: chinese")


def another_id_in_1600_companies(tiny: Spoilable) -> None:
    add_companies(tiny, 1_600, prefix="m")


def unknown_companies_in_a_scope_of_1600(tiny: Spoilable) -> None:
    add_companies(tiny, 1_600)
    add_to_scope(tiny, 1_600, "maekr")
    tiny.change(EVALUATION, "basis: published", "basis: assessed")
    before, _, after = tiny.read(EVALUATION).partition("published:\n")
    tiny.write(EVALUATION, before + after[after.index("bands:") :])
    (tiny.root / TABLE).unlink()


def five_wrong_rates_in_400_rows(tiny: Spoilable) -> None:
    add_companies(tiny, 400)
    add_to_scope(tiny, 400, "maker")
    rows = (f"{n + 4},maker-{n},Maker,2.9,1{n + 100},2.6,{n + 101},-1,x\n" for n in range(400))
    tiny.write(TABLE, tiny.read(TABLE) + "".join(rows))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "number"),
    [
        (two_faults_in_800_companies, 1_600),
        (another_id_in_1600_companies, 1_600),
        (unknown_companies_in_a_scope_of_1600, 1_600),
        (five_wrong_rates_in_400_rows, 2_000),
    ],
)
def test_many_problems_fill_a_page_and_json_holds_them_all(
    tiny: Spoilable, spoil: Callable[[Spoilable], None], number: int
) -> None:
    spoil(tiny)
    result = check(tiny.root, seconds=3)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) < 60
    assert " more like it" in result.stdout
    assert result.stderr == f"{number:,} errors, 0 warnings\n"
    everything = check(tiny.root, "--format", "json", seconds=3)
    assert everything.exit_code == 1
    assert len(json.loads(everything.stdout)) == number


# Large files

EVIDENCE = "companies/alpha/evidence.yaml"
POINTS = "reports/first/points.csv"
LARGE = {
    "parts": (
        EVIDENCE,
        "format: 1\ndisclosures:\n" + "  - {a: 1}\n" * 400_000,
        f"{EVIDENCE}:25001: expected at most 100,000 keys, values and brackets; found more",
    ),
    "faults": (
        EVIDENCE,
        "format: 1\ndisclosures:\n" + "  - {}\n" * 2_000,
        f"{EVIDENCE}: expected at most 10,000 problems; found 12,000 (mend the others first)",
    ),
    "empty lists": (
        EVIDENCE,
        "format: 1\ndisclosures:\n" + "  - {indicators: [], where: []}\n" * 10_000,
        f"{EVIDENCE}: expected at most 10,000 problems; found 60,000 (mend the others first)",
    ),
    "long text": (
        EVIDENCE,
        "format: 1\ndisclosures:\nx: " + "x" * 4_900_000,
        f"{EVIDENCE}:3: x: expected a known field; found 'x' (known: disclosures, format)",
    ),
    "rows": (
        POINTS,
        "company,alternative,column,points,of,how\n" + "alpha,1,rules,3,4,rate\n" * 150_000,
        f"{POINTS}:100002: expected at most 100,000 rows; found more",
    ),
    "wrong rows": (
        POINTS,
        "company,alternative,column,points,of,how\n" + "a,b,c,d,e,f\n" * 90_000,
        f"{POINTS}: expected at most 10,000 problems; found more (mend the others first)",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("file", "content", "message"), LARGE.values(), ids=LARGE)
def test_a_large_file_is_given_up_soon(
    tiny: Spoilable, file: str, content: str, message: str
) -> None:
    tiny.write(file, content)
    start = time.process_time()
    assert message in tiny.problems()
    assert time.process_time() - start < SECONDS


def test_a_total_that_twelve_unseen_columns_do_not_reach_is_told_soon() -> None:
    names = [f"1.1.{number}" for number in range(1, 13)]
    hidden = [column(f"c{number}", [name], printed=False) for number, name in enumerate(names)]
    made_up = methodology([("1.1", 20, "once")] * 12, hidden)
    row = PrintedRow(2, 1, "alpha", "Alpha", Decimal("60.3"), {})
    start = time.process_time()
    derivation = Deriver(made_up, track_factors(made_up), "some.csv").derive([row])
    assert time.process_time() - start < SECONDS
    assert [str(problem) for problem in derivation.problems] == [
        "some.csv:2: alpha, total: "
        "expected a total that the points behind the row's rates reach; found 60.3 "
        "(if it is printed so, evaluation.yaml can record it in misprints)"
    ]


def test_steps_are_spread_in_every_way_and_rising() -> None:
    assert list(spread([2, 1, 2], 3)) == [(0, 1, 2), (1, 0, 2), (1, 1, 1), (2, 0, 1), (2, 1, 0)]
    assert list(spread([], 0)) == [()]
