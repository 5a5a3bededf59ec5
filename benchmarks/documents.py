"""The research desk: reading, indexing, searching and checking quotes, and how well it finds."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from benchmarks.collection import collection
from cati import Workspace
from cati.research.desk.document_text import read_bounded
from cati.research.desk.find import ranked, search_terms
from cati.research.desk.index import Index, opened
from cati.research.desk.quotes import SearchedDocument
from tests.research.documents import set_pdf

ROOT = Path(__file__).parents[1]
PAGES = 2_000
DOCUMENTS = 10
QUOTES = 1_000
TOP = 5
"""Passages of an indicator that a person is shown at once."""


def timed(function: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def documents() -> None:
    """Everything on one synthetic collection of 2,000 pages in ten PDFs."""
    made = collection(PAGES)
    each = PAGES // DOCUMENTS
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(DOCUMENTS):
            path = Path(folder) / f"{number}.pdf"
            path.write_bytes(set_pdf(*made.pages[number * each : (number + 1) * each]))
            paths.append(path)
        base, ours = [], []
        for turn in range(3):
            base.append(timed(lambda: extract(paths)))
            place = Path(folder) / f"{turn}.sqlite"
            ours.append(timed(lambda: index(paths, place)))  # noqa: B023  called at once
        alone, taken = statistics.median(base), statistics.median(ours)
        print(f"{f'pypdfium2, text of {PAGES:,} pages':40} {alone:8.2f} s")
        print(
            f"{'read within limits and index them':40} {taken:8.2f} s"
            f"   {taken / alone:5.2f} x pypdfium2  (aim: 3 x)"
        )
        with opened(Path(folder) / "0.sqlite") as there:
            searching(there, each, made.answers)
            quotes(there)


def extract(paths: list[Path]) -> None:
    """The text of all pages, by pypdfium2 alone."""
    for path in paths:
        document = pdfium.PdfDocument(path.read_bytes())
        for page in range(len(document)):
            document[page].get_textpage().get_text_range()


def index(paths: list[Path], place: Path) -> None:
    """The same, each document in a bounded process, and its passages indexed."""
    with opened(place) as made:
        for path in paths:
            made.put(name(path), "1", read_bounded(path, path.name).pages)


def name(path: Path) -> str:
    """A checksum's stand-in."""
    return path.stem.rjust(64, "0")


def searching(there: Index, each: int, answers: dict[str, tuple[int, ...]]) -> None:
    """How long a search takes, and how much of what is labelled is among the first five."""
    methodology = Workspace.open(ROOT).methodology("automotive-2024")
    sources = {str(number).rjust(64, "0"): str(number) for number in range(DOCUMENTS)}
    times, found, wrong = [], 0, 0
    for indicator in methodology.indicators():
        terms = search_terms(indicator)
        times.append(timed(lambda: ranked(there, indicator.code, terms, sources)))  # noqa: B023
        best = ranked(there, indicator.code, terms, sources)[:TOP]
        pages = {int(one.source) * each + one.page for one in best}
        right = len(pages & set(answers[indicator.code]))
        found, wrong = found + right, wrong + len(best) - right
    labelled = sum(map(len, answers.values()))
    print(
        f"{f'search {PAGES:,} pages for an indicator':40} {statistics.median(times) * 1e3:8.1f} ms"
        "   median of 51             (aim: 50 ms)"
    )
    print(f"{f'recall at {TOP}, synthetic, by construction':40} {found / labelled:8.2f}")
    shown = found + wrong
    print(
        f"{f'precision at {TOP}, likewise':40} {found / shown:8.2f}"
        f"      of {shown} shown; {labelled} are labelled"
    )


def quotes(there: Index) -> None:
    """Finding many quotes, a quarter of them with a changed number or on another page."""
    searched = [SearchedDocument(there.pages(str(n).rjust(64, "0"))) for n in range(DOCUMENTS)]
    wanted = []
    for number in range(QUOTES):
        document = searched[number % DOCUMENTS]
        page = 1 + number * 7 % len(document.pages)
        text = " ".join(document.pages[page - 1].text.split())[20:160]
        if number % 8 == 0:
            text = text.replace("2", "7")
        cited = page if number % 8 != 4 else 1 + page % len(document.pages)
        wanted.append((document, text, cited))
    taken = timed(lambda: [document.look(text, page) for document, text, page in wanted])
    print(f"{f'{QUOTES:,} quotes over {PAGES:,} pages':40} {taken:8.2f} s{'(aim: 20 s)':>40}")


if __name__ == "__main__":
    documents()
