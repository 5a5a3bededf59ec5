"""How large the house is, room by room, and how long it takes: for a comparison of two checkouts.

    python -m benchmarks.house [CHECKOUT]

A line of code holds something besides comments, docstrings and imports. Nothing passes or fails
here; docs/benchmarks.md holds a copy of the output.
"""

from __future__ import annotations

import ast
import io
import os
import statistics
import subprocess
import sys
import time
import tokenize
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
EVALUATION = "automakers-2024"
NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}


def code_lines(text: str) -> int:
    """Lines that hold code; none of comments, docstrings and imports."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        documented = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        imported = isinstance(node, ast.Import | ast.ImportFrom)
        if isinstance(node, ast.stmt) and (imported or documented):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def rooms(checkout: Path) -> None:
    """Modules, lines and lines of code of each room, of all of it, and of the tests."""
    lines: Counter[str] = Counter()
    code: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    for path in sorted([*checkout.glob("cati/**/*.py"), *checkout.glob("tests/**/*.py")]):
        top, *inner = path.relative_to(checkout).parts
        room = top if top == "tests" else inner[0]
        text = path.read_text(encoding="utf-8")
        for name in (room, *(["all of cati"] if top == "cati" else [])):
            modules[name] += 1
            lines[name] += text.count("\n")
            code[name] += code_lines(text)
    print("| room | modules | lines | lines of code |\n|---|---|---|---|")
    for room in modules:
        print(f"| {room} | {modules[room]:,} | {lines[room]:,} | {code[room]:,} |")


def commands(checkout: Path, runs: int = 5) -> None:
    """Wall and processor time of whole commands: medians."""
    print("\n| command | wall | processor |\n|---|---|---|")
    cati = str(checkout / ".venv/bin/cati")
    for arguments in (["score", EVALUATION], ["check"], ["report", EVALUATION, "--draft"]):
        wall, processor = [], []
        for _ in range(runs if arguments[0] != "report" else 3):
            start, before = time.perf_counter(), os.times()
            subprocess.run([cati, *arguments], cwd=checkout, check=True, capture_output=True)
            after = os.times()
            wall.append(time.perf_counter() - start)
            used = after.children_user + after.children_system
            processor.append(used - before.children_user - before.children_system)
        row = f"| `cati {' '.join(arguments)}` | {statistics.median(wall):.2f} s "
        print(f"{row}| {statistics.median(processor):.2f} s |", flush=True)


if __name__ == "__main__":
    chosen = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    rooms(chosen)
    commands(chosen)
