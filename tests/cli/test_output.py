"""A terminal that lacks characters, a full disk or a reader that has gone break no command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cati.cli.output import lasting_output
from tests.conftest import Spoilable

CATI = [sys.executable, "-m", "cati"]
DERIVE = ["derive", "first", "--write", "--lang", "zh"]
POINTS = "reports/first/points.csv"


def run(
    tiny: Spoilable, *arguments: str, out: int = subprocess.PIPE, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONIOENCODING"} | variables
    return subprocess.run(
        [*CATI, "-C", str(tiny.root), *arguments],
        stdout=out,
        stderr=subprocess.PIPE,
        env=environment,
        timeout=60,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "gbk", "ascii", "utf-8"])
def test_what_the_terminal_lacks_is_escaped_and_the_work_is_done(
    tiny: Spoilable, encoding: str
) -> None:
    (tiny.root / POINTS).unlink()
    done = run(tiny, *DERIVE, PYTHONIOENCODING=encoding)
    assert (done.returncode, (tiny.root / POINTS).is_file()) == (0, True)
    assert b"Traceback" not in done.stderr
    if encoding == "cp1252":
        assert b"\\u" in done.stdout
        assert b"note: cp1252 lacks characters of this output" in done.stderr
    if encoding in {"gbk", "utf-8"}:
        assert "得分率" in done.stdout.decode(encoding)
        assert b"note:" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_tables_are_drawn_with_what_there_is(tiny: Spoilable, encoding: str) -> None:
    done = run(tiny, "score", "first", "--lang", "zh", PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert b"13.3" in done.stdout


@pytest.mark.slow
def test_what_goes_to_a_file_is_utf_8_whatever_the_terminal_is(tiny: Spoilable) -> None:
    terminal = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(tiny, "score", "first", "--lang", "zh", **terminal)
    assert "名次" in done.stdout.decode("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_does_not_fit_is_told_after_the_work_is_done(tiny: Spoilable) -> None:
    (tiny.root / POINTS).unlink()
    with Path("/dev/full").open("wb") as full:
        done = run(tiny, *DERIVE, out=full.fileno())
    assert done.returncode == 1
    assert (tiny.root / POINTS).is_file()
    assert done.stderr.decode().splitlines()[-1] == (
        "cati: the output cannot be written: No space left on device; what was changed stays so"
    )
    assert b"Traceback" not in done.stderr


@pytest.mark.slow
def test_a_reader_that_has_gone_is_no_failure(tiny: Spoilable) -> None:
    (tiny.root / POINTS).unlink()
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(tiny, *DERIVE, out=writing)
    finally:
        os.close(writing)
    assert (done.returncode, (tiny.root / POINTS).is_file()) == (0, True)
    assert b"cati:" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.slow
def test_a_failure_keeps_its_code_where_it_cannot_be_printed(tiny: Spoilable) -> None:
    tiny.change("reports/first/published.csv", "1,alpha", "x,alpha")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert run(tiny, "check", out=writing).returncode == 1
        assert run(tiny, "score", "frist", out=writing).returncode == 2
    finally:
        os.close(writing)


def test_a_test_that_takes_what_is_printed_still_does(capsys: pytest.CaptureFixture[str]) -> None:
    with lasting_output():
        print("汽车")
    assert capsys.readouterr().out == "汽车\n"
