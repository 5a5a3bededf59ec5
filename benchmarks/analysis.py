"""How fast ten thousand weightings are ranked: medians, beside plain numpy and pandas.

``python -m benchmarks.analysis``. All three are given the same drawn shares and
rank the 51 companies in every draw. Ours draws as well, gives competition ranks of exact
totals, best and worst where points are open, and the median and the middle 90 % of
every company; numpy's ranks know no ties, and both others round totals to floats.
"""

from __future__ import annotations

import platform
import resource
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import numpy as np
import pandas as pd

from benchmarks.run import ROOT, interleaved, synthetic
from cati import Workspace
from cati.analysis.paths import rank_paths, swaps
from cati.analysis.sensitivity import sensitivity
from cati.analysis.uncertainty import simulate
from cati.analysis.weights import BlockWeights, ShareWeights, Weights
from cati.scoring.scorecard import Scorecard

DRAWS = 10_000
AIM = 25


def ours(card: Scorecard, weights: Weights, noise: Decimal = Decimal(0)) -> object:
    drawn = simulate(card, weights, noise, DRAWS)
    return [(drawn.median(c), drawn.interval(c)) for c in card.companies]


def drawing(card: Scorecard) -> None:
    """The aim: shares drawn and ranked, quantiles included."""
    of_steps = ShareWeights().steps(card, np.random.default_rng(1), DRAWS).astype(float)
    points = card.low[np.unique(card.owner, return_index=True)[1]].astype(float)

    def numpy() -> object:
        ranks = np.argsort(np.argsort(-(points @ of_steps), axis=0), axis=0)
        return np.quantile(ranks, (0.05, 0.5, 0.95), axis=1)

    def pandas() -> object:
        ranks = pd.DataFrame(points @ of_steps).rank(method="min", ascending=False)
        return ranks.quantile([0.05, 0.5, 0.95], axis=1)

    times = interleaved(
        lambda: ours(card, ShareWeights()),
        lambda: ours(card, BlockWeights()),
        numpy,
        lambda: ours(card, ShareWeights(), Decimal("0.1")),
        rounds=31,
    )
    slow = interleaved(pandas, rounds=3)
    names = (
        f"{DRAWS:,} shares, ranks and quantiles",
        f"{DRAWS:,} weights of blocks, the same",
        "numpy: argsort of argsort, quantile",
        f"{DRAWS:,} shares with noise, ranks, quantiles",
        "pandas: rank, quantile",
    )
    for at, (name, taken) in enumerate(zip(names, times + slow, strict=True)):
        aim = f"   (aim: {AIM} ms)" if at < 2 else ""
        print(f"{name:44} {taken * 1e3:8.1f} ms{aim}")


def answers(card: Scorecard) -> None:
    """What is exact."""
    functions = {
        "rank paths over all shares": lambda: rank_paths(card),
        "all swaps": lambda: swaps(card),
        "sensitivity of all columns": lambda: sensitivity(card),
    }
    for name, taken in zip(functions, interleaved(*functions.values(), rounds=11), strict=True):
        print(f"{name:44} {taken * 1e3:8.1f} ms")


GROWING: tuple[Callable[[Scorecard], object], ...] = (
    lambda card: ours(card, ShareWeights()),
    rank_paths,
    sensitivity,
)


def growth() -> None:
    """Time and memory from 51 to 2,000 companies, each size in a process of its own."""
    heads = ("10,000 shares", "rank paths", "sensitivity")
    print(f"{'companies':>10} {''.join(f'{head:>14}' for head in heads)} {'peak':>8}")
    for companies in (51, 200, 500, 1_000, 2_000):
        command = [sys.executable, "-m", "benchmarks.analysis", str(companies)]
        taken = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        *seconds, peak = map(float, taken.stdout.split())
        times = "".join(f"{second:12.2f} s" for second in seconds)
        print(f"{companies:>10,} {times} {peak:5.0f} MB")


def grown(companies: int) -> None:
    """The median of three runs of each, in seconds, and the peak of the process, in MB."""
    card = synthetic(companies)
    for run in GROWING:
        (taken,) = interleaved(partial(run, card), rounds=3)
        print(taken)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


def run() -> None:
    real = Workspace.open(ROOT).score("automakers-2024")
    drawing(real)
    answers(real)
    growth()


if __name__ == "__main__":
    if sys.argv[1:]:
        grown(int(sys.argv[1]))
    else:
        print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}")
        run()
