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
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cati.cli import main
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.spoiling import (
    BROKEN,
    as_nobody,
    build,
    expected_lines,
    fingerprints,
    has_unreadable_parts,
    readable_again,
)

CASES = sorted(path for path in BROKEN.iterdir() if path.is_dir())
SECONDS = 2.0


def run(workspace: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["-C", str(workspace), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def check(workspace: Path, *options: str, seconds: float = SECONDS) -> Result:
    start = time.perf_counter()
    result = run(workspace, "check", *options)
    assert time.perf_counter() - start < seconds
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


COMMANDS = (["verify", "first"], ["derive", "first"], ["explain", "first", "alpha"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_command_stumbles_over_it_or_changes_it(case: Path, workspace: Path) -> None:
    build(case, workspace)
    before = fingerprints(workspace)
    with as_nobody(workspace) if has_unreadable_parts(case) else nullcontext():
        sound = not Workspace.open(workspace).store.problems
        for arguments in (["score", "first"], ["show", "alpha"]):
            assert (run(workspace, *arguments).exit_code == 0) == sound
        for arguments in COMMANDS:
            assert run(workspace, *arguments).exit_code <= 2
    assert fingerprints(workspace) == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_formatting_does_not_stumble_over_it(case: Path, workspace: Path) -> None:
    build(case, workspace)
    with as_nobody(workspace) if has_unreadable_parts(case) else nullcontext():
        for command in ("migrate", "format"):
            assert run(workspace, command).exit_code <= 1


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

COMPANY = """\
format: 1
id: {id}
kind: automaker
name: {{en: Maker {number}, zh: 车企{number}}}
name_zh: {{basis: none}}
country: {country}
{extra}"""


def two_faults_in_800_companies(tiny: Spoilable) -> None:
    for number in range(800):
        content = COMPANY.format(
            id=f"maker-{number}", number=number, country="China", extra=f"k{number}: 1\n"
        )
        tiny.write(f"companies/maker-{number}/company.yaml", content)


def another_id_in_1600_companies(tiny: Spoilable) -> None:
    for number in range(1_600):
        content = COMPANY.format(id=f"m-{number}", number=number, country="CN", extra="")
        tiny.write(f"companies/maker-{number}/company.yaml", content)


def unknown_companies_in_a_scope_of_1600(tiny: Spoilable) -> None:
    for number in range(1_600):
        content = COMPANY.format(id=f"maker-{number}", number=number, country="CN", extra="")
        tiny.write(f"companies/maker-{number}/company.yaml", content)
    file = "reports/first/evaluation.yaml"
    scope = "".join(f"  - {{company: maekr-{n}, reason: sales}}\n" for n in range(1_600))
    tiny.write(file, tiny.read(file).replace("companies: 2", "companies: 1602") + scope)
    for table in ("published", "points"):
        path = tiny.root / f"reports/first/{table}.csv"
        path.unlink()
    tiny.change(file, "basis: published", "basis: assessed")
    at = tiny.read(file).index("published:")
    text = tiny.read(file)
    tiny.write(file, text[:at] + text[text.index("bands:") :])


def wrong_rates_in_400_rows(tiny: Spoilable) -> None:
    file = "reports/first/evaluation.yaml"
    names = [f"maker-{number}" for number in range(400)]
    for number, name in enumerate(names):
        content = COMPANY.format(id=name, number=number, country="CN", extra="")
        tiny.write(f"companies/{name}/company.yaml", content)
    scope = "".join(f"  - {{company: {name}, reason: sales}}\n" for name in names)
    tiny.write(file, tiny.read(file).replace("companies: 2", "companies: 402") + scope)
    rows = "".join(
        f"{4 + number},{name},{name},2.9,1{number},26,{number},-1,x\n"
        for number, name in enumerate(names, start=101)
    )
    table = "reports/first/published.csv"
    tiny.write(table, tiny.read(table) + rows.replace(",26,", ",2.6,"))
    (tiny.root / "reports/first/points.csv").unlink()


@pytest.mark.parametrize(
    ("spoil", "number"),
    [
        (two_faults_in_800_companies, 1_600),
        (another_id_in_1600_companies, 1_600),
        (unknown_companies_in_a_scope_of_1600, 1_600),
        (wrong_rates_in_400_rows, 2_000),
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
