"""How fast cati is: medians of one run, each beside what it is measured against.

Nothing passes or fails here; docs/benchmarks.md holds a copy of the output.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np

from cati import Workspace
from cati.scoring.scorecard import Scorecard

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


def interleaved(*functions: Callable[[], object]) -> list[float]:
    """Median time of each function, called in turn so that noise hits all alike."""
    times: list[list[float]] = [[] for _ in functions]
    for _ in range(ROUNDS):
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


if __name__ == "__main__":
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}")
    processes()
    scoring()
