"""How long roadmaps take: one company, then all of them, on both bases."""

from __future__ import annotations

import statistics
import time
from fractions import Fraction
from pathlib import Path

from cati import Workspace
from cati.analysis.roadmap.planner import roadmap
from cati.scoring.scorecard import Basis

ROOT = Path(__file__).parents[1]
EVALUATION = "automakers-2024"
TARGET = Fraction(70)
BASES: tuple[Basis, ...] = ("published", "assessed")


def main() -> None:
    workspace = Workspace.open(ROOT)
    roadmap(workspace, EVALUATION, "bmw", target=TARGET)  # imports the solver
    for basis in BASES:
        for alternatives in (1, 10):
            times = []
            for company in workspace.score(EVALUATION, basis).companies:
                start = time.perf_counter()
                roadmap(
                    workspace,
                    EVALUATION,
                    company,
                    target=TARGET,
                    basis=basis,
                    alternatives=alternatives,
                )
                times.append(time.perf_counter() - start)
            name = f"{TARGET} points, {basis}, {alternatives} alternatives"
            print(
                f"{name:45} one {statistics.median(times):6.3f} s   slowest {max(times):6.3f} s   "
                f"all {len(times)}: {sum(times):6.2f} s"
            )


if __name__ == "__main__":
    main()
