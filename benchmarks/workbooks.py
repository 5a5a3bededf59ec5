"""Workbooks to fill: writing those of the real evaluation, beside XlsxWriter alone, and reading
them, beside openpyxl alone."""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from openpyxl import load_workbook

from cati import Workspace
from cati.report.xlsx import OPTIONS
from cati.research.workbook.export import WorkbookExport, export_workbooks
from cati.research.workbook.file import read_workbook
from cati.research.workbook.importing import plan_import

ROOT = Path(__file__).parents[1]
EVALUATION = "automakers-2024"
ROUNDS = 3

Call = tuple[int, str, tuple[Any, ...], dict[str, Any]]
"""An object by its number, its method and the arguments."""


class Recorder:
    """Stands for an object of XlsxWriter and keeps every call, so that it can be repeated."""

    def __init__(self, target: Any, calls: list[Call], known: list[Any]) -> None:
        self.target, self.calls, self.known = target, calls, known
        self.number = len(known)
        known.append(target)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.calls.append((self.number, name, arguments, named))
            result = getattr(self.target, name)(*map(_bare, arguments), **_bare(named))
            if name in {"add_format", "add_worksheet"}:
                return Recorder(result, self.calls, self.known)
            return result

        return call


def _bare(value: Any) -> Any:
    """A value without recorders."""
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items()}
    return value.target if isinstance(value, Recorder) else value


def recorded(export: WorkbookExport, company: str) -> list[Call]:
    """The calls that write a company's workbook; objects in them by their number."""
    calls: list[Call] = []
    with xlsxwriter.Workbook(io.BytesIO(), OPTIONS) as book:
        export.fill(Recorder(book, calls, []), company)
    return [(n, name, *_numbered(arguments, named)) for n, name, arguments, named in calls]


def _numbered(arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    def number(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: number(part) for key, part in value.items()}
        return _Object(value.number) if isinstance(value, Recorder) else value

    return tuple(map(number, arguments)), number(named)


class _Object(int):
    """An object's number, which is no number that is written."""


def repeated(calls: list[Call]) -> bytes:
    """The same cells, formulas and formats by XlsxWriter alone."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        known: list[Any] = [book]
        for number, name, arguments, named in calls:
            given = [known[a] if type(a) is _Object else a for a in arguments]
            if name == "conditional_format":
                rule = {k: known[v] if type(v) is _Object else v for k, v in given[-1].items()}
                given[-1] = rule
            result = getattr(known[number], name)(*given, **named)
            if name in {"add_format", "add_worksheet"}:
                known.append(result)
    return stream.getvalue()


def export() -> None:
    """All workbooks of the real evaluation, beside XlsxWriter writing the same cells."""
    workspace = Workspace.open(ROOT)
    exporter = WorkbookExport(workspace, EVALUATION, "en")
    calls = {company: recorded(exporter, company) for company in exporter.companies}
    ours, alone = [], []
    for _ in range(ROUNDS):
        fresh = WorkbookExport(workspace, EVALUATION, "en")
        own = plain = 0.0
        for company in fresh.companies:
            start = time.perf_counter()
            fresh.workbook(company)
            middle = time.perf_counter()
            repeated(calls[company])
            own += middle - start
            plain += time.perf_counter() - middle
        ours.append(own)
        alone.append(plain)
    base, taken = statistics.median(alone), statistics.median(ours)
    print(f"{f'XlsxWriter alone, {len(calls)} workbooks':40} {base:8.2f} s")
    print(
        f"{f'export {len(calls)} workbooks':40} {taken:8.2f} s"
        f"   {taken / base:5.2f} x alone    (aim: 2 x)"
    )


def read_by_openpyxl(path: Path) -> None:
    """Every cell of a workbook."""
    book = load_workbook(path, read_only=True, data_only=False)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def reading() -> None:
    """Reading and importing all workbooks, beside openpyxl reading the same cells."""
    exporter = WorkbookExport(Workspace.open(ROOT), EVALUATION, "en")
    with tempfile.TemporaryDirectory() as folder:
        paths = list(export_workbooks(exporter, exporter.companies, Path(folder)))

        def alone() -> None:
            for path in paths:
                read_by_openpyxl(path)

        def cells() -> None:
            for path in paths:
                read_workbook(path)

        def imported() -> None:
            plan_import(ROOT, paths)

        taken: dict[Callable[[], None], list[float]] = {alone: [], cells: [], imported: []}
        for _ in range(ROUNDS):
            for function, times in taken.items():
                start = time.perf_counter()
                function()
                times.append(time.perf_counter() - start)
    base, ours, whole = (statistics.median(times) for times in taken.values())
    print(f"{f'openpyxl alone, {len(paths)} workbooks':40} {base:8.2f} s")
    for what, seconds in (("read", ours), ("read, merge and check", whole)):
        print(
            f"{f'{what} {len(paths)} workbooks':40} {seconds:8.2f} s"
            f"   {seconds / base:5.2f} x alone    (aim: 2 x)"
        )


if __name__ == "__main__":
    export()
    reading()
