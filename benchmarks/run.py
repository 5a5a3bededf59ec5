"""How fast cati is: medians of one run, each beside what it is measured against.

Nothing passes or fails here; docs/benchmarks.md holds a copy of the output.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import yaml

from benchmarks import documents, workbooks
from benchmarks.workspaces import build
from cati import Workspace
from cati.scoring.scorecard import Scorecard
from cati.store.formatting import data_files
from cati.store.validate import validate
from cati.store.yaml_file import read_yaml

ROOT = Path(__file__).parents[1]
COMPANIES = 2_000
ROUNDS = 200


def seconds(command: list[str], runs: int = 7) -> float:
    """Median wall time of a whole process."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def interleaved(*functions: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Median time of each function, called in turn so that noise hits all alike."""
    times: list[list[float]] = [[] for _ in functions]
    for _ in range(rounds):
        for function, taken in zip(functions, times, strict=True):
            start = time.perf_counter()
            function()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def processes() -> None:
    """Whole commands."""
    cati = str(Path(sys.executable).with_name("cati"))
    pandas = seconds([sys.executable, "-c", "import pandas"])
    rows = {
        "cati --help": ([cati, "--help"], "0.25 s"),
        "cati check": ([cati, "check"], "1 s"),
        "cati score automakers-2024": ([cati, "score", "automakers-2024"], "1.2 s"),
        "  the same with --basis assessed": (
            [cati, "score", "automakers-2024", "--basis", "assessed"],
            "1.5 s",
        ),
    }
    print(f"{'import pandas':40} {pandas:8.2f} s")
    for name, (command, limit) in rows.items():
        taken = seconds(command)
        print(f"{name:40} {taken:8.2f} s   {taken / pandas:5.2f} x pandas   (aim: {limit})")


def scoring() -> None:
    """Score and rank many companies, beside the plain integer product and sort."""
    card = synthetic(COMPANIES)
    points, numerators = card.low, card.numerators

    def plain() -> object:
        return np.argsort(-(points @ numerators))

    def ours() -> object:
        fresh = Scorecard(**{name: getattr(card, name) for name in FIELDS})
        return fresh.totals(), fresh.ranks()

    base, taken = interleaved(plain, ours)
    print(f"{f'product and argsort, {COMPANIES:,} companies':40} {base * 1e6:8.0f} us")
    print(
        f"{f'score and rank, {COMPANIES:,} companies':40} {taken * 1e6:8.0f} us"
        f"   {taken / base:5.2f} x plain    (aim: 3 x)"
    )


FIELDS = tuple(Scorecard.__dataclass_fields__)


def synthetic(companies: int) -> Scorecard:
    """A scorecard of random half points under the real methodology."""
    real = Workspace.open(ROOT).score("automakers-2024")
    random = np.random.default_rng(2024)
    most = [block.steps for block in real.blocks]
    points = random.integers(0, np.array(most) + 1, size=(companies, len(most)), dtype=np.int64)
    return Scorecard(
        evaluation="synthetic",
        methodology=real.methodology,
        basis="published",
        companies=tuple(f"company-{number:05d}" for number in range(companies)),
        blocks=real.blocks,
        owner=np.arange(companies),
        low=points,
        high=points,
        stated={},
        factors={track: Fraction(factor) for track, factor in real.factors.items()},
    )


def reading() -> None:
    """Reading and validating every YAML file, beside the C loader alone."""
    files = list(data_files(ROOT))

    def loader() -> None:
        for file, _ in files:
            yaml.load((ROOT / file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    def ours() -> None:
        for file, kind in files:
            validate(kind.model, read_yaml(ROOT / file, file))

    base, taken = interleaved(loader, ours, rounds=11)
    print(f"{f'C loader, {len(files)} YAML files':40} {base * 1e3:8.1f} ms")
    print(
        f"{'read and validate them':40} {taken * 1e3:8.1f} ms"
        f"   {taken / base:5.2f} x loader   (aim: 1.5 x)"
    )


def growth() -> None:
    """cati check on synthetic workspaces of growing size, with its peak memory."""
    cati = str(Path(sys.executable).with_name("cati"))
    for companies in (500, 1_000, 2_000):
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder), companies)
            command = [cati, "-C", folder, "check"]
            taken = seconds(command, runs=3)
            peak = peak_memory(command)
        print(
            f"{f'cati check, {companies:,} companies':40} {taken:8.2f} s"
            f"   {taken / companies * 1e3:5.2f} ms each   peak {peak / 1e6:5.0f} MB"
        )


def peak_memory(command: list[str]) -> float:
    """Most memory a command held, in bytes."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, *command], check=True, capture_output=True, text=True
    )
    return float(result.stdout) * (1 if sys.platform == "darwin" else 1_024)


if __name__ == "__main__":
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}")
    processes()
    scoring()
    reading()
    workbooks.export()
    workbooks.reading()
    documents.documents()
    growth()
