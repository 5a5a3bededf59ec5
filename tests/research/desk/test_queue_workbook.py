"""The queue as a workbook: filled, read back, and every cell that makes no sense named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cati.model.language import Language
from cati.model.queue import QueuedPassage
from cati.problems import CatiError, ProblemsError, UsageError
from cati.research.desk.documents import outdated
from cati.research.desk.evidence_queue import read_queue
from cati.research.desk.queue_workbook import (
    COLUMNS,
    Filled,
    export_queue,
    import_queue,
    read_decisions,
    undecided,
)
from cati.store.store import Store
from tests.conftest import Spoilable
from tests.research.desk.test_evidence_queue import CODE, Desk
from tests.research.desk_cases import DAY, add
from tests.research.documents import set_pdf

pytestmark = pytest.mark.slow


class Book:
    """A queue of three passages, exported."""

    def __init__(self, tiny: Spoilable, language: Language) -> None:
        self.desk = Desk(tiny)
        self.desk.offer()
        self.path = self.desk.root / "queue.xlsx"
        self.export(self.path, language)

    @property
    def entries(self) -> tuple[QueuedPassage, ...]:
        return read_queue(self.desk.root, "first", "alpha").passages

    def export(self, path: Path, language: Language = "en") -> None:
        store = Store.open(self.desk.root)
        evaluation = store.evaluations["first"]
        queue = read_queue(self.desk.root, "first", "alpha")
        old = outdated(store, "alpha")
        export_queue(queue, old, evaluation, store.methodologies["tiny"], path, language)

    def fill(self, row: int, **cells: Any) -> None:
        book = openpyxl.load_workbook(self.path)
        for name, value in cells.items():
            book.worksheets[0].cell(row, list(COLUMNS).index(name) + 1).value = value
        book.save(self.path)

    def undecided(self, by: str | None = "Li") -> tuple[Filled, int]:
        store, queue = Store.open(self.desk.root), read_queue(self.desk.root, "first", "alpha")
        return undecided(store, queue, read_decisions(self.path, by))

    def carry_out(self, by: str | None = "Li") -> list[str]:
        store = Store.open(self.desk.root)
        evaluation = store.evaluations["first"]
        return import_queue(store, evaluation, "alpha", self.path, by, DAY)[0].made

    def problems(self, by: str | None = "Li") -> list[str]:
        with pytest.raises(ProblemsError) as error:
            self.carry_out(by)
        return [str(problem) for problem in error.value.problems]


@pytest.fixture(params=["en", "zh"])
def book(tiny: Spoilable, request: pytest.FixtureRequest) -> Book:
    return Book(tiny, request.param)


def test_an_untouched_workbook_decides_nothing(book: Book) -> None:
    assert read_decisions(book.path, "Li").requests == ()


def test_the_same_queue_gives_the_same_bytes(book: Book) -> None:
    first, second = book.desk.root / "1.xlsx", book.desk.root / "2.xlsx"
    book.export(first)
    book.export(second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(("accept", "dismiss"), [("accept", "Dismiss"), ("采用", "排除")])
def test_decisions_are_carried_out_in_words_of_either_language(
    book: Book, accept: str, dismiss: str
) -> None:
    book.fill(2, decision=accept, statement="It buys steel.", polarity="部分支持", by="Wang")
    book.fill(3, decision=dismiss, reason="a slogan")
    (made,) = book.carry_out()
    disclosure = Store.open(book.desk.root).disclosures[made]
    assert (disclosure.statement, disclosure.polarity) == ("It buys steel.", "partial")
    first, second, third = book.entries
    assert (first.state, first.decisions[-1].who) == ("accepted", "Wang")
    assert (second.state, second.decisions[-1].who) == ("dismissed", "Li")
    assert third.state == "open"


def test_a_workbook_carried_out_twice_decides_nothing_new(book: Book) -> None:
    book.fill(2, decision="accept", statement="It buys steel.")
    book.fill(3, decision="dismiss", reason="a slogan")
    book.carry_out()
    filled, known = book.undecided()
    assert (filled.requests, known) == ((), 2)


def test_another_word_on_a_decided_passage_is_not_swallowed(book: Book) -> None:
    book.fill(2, decision="accept", statement="It buys steel.")
    book.carry_out()
    book.fill(2, statement="It buys green steel.")
    (told,) = book.problems()
    assert "cell I2: expected a decision that can be carried out" in told
    assert "reopen it first" in told


@pytest.mark.parametrize(
    ("cells", "cell", "message"),
    [
        ({"decision": "acept", "statement": "x"}, "I2", "found 'acept' (did you mean accept"),
        ({"decision": "accept"}, "J2", "expected a statement; found nothing"),
        ({"decision": "dismiss"}, "N2", "expected a reason; found nothing"),
        ({"statement": "It buys."}, "I2", "expected a decision; found nothing"),
        (
            {"decision": "accept", "statement": "x", "polarity": "yes"},
            "K2",
            "expected supports (支持), supports a part (部分支持), nothing found (未见披露); "
            "found 'yes'",
        ),
        ({"decision": "accept", "statement": True}, "J2", "expected text"),
        (
            {"decision": "accept", "statement": "=1+1"},
            "J2",
            "expected text; found the formula '=1+1' (type its value)",
        ),
        (
            {"decision": "accept", "statement": "x", "quote": "13 kt"},
            "M2",
            "quote: expected words of passage",
        ),
    ],
)
def test_a_cell_that_makes_no_sense_is_named(
    book: Book, cells: dict[str, Any], cell: str, message: str
) -> None:
    book.fill(2, **cells)
    told = book.problems()
    assert any(f", cell {cell}: " in problem and message in problem for problem in told), told


def test_every_cell_that_is_wrong_is_named_at_once(book: Book) -> None:
    book.fill(2, decision="accept", quote="13 kt")
    book.fill(3, decision="acept")
    book.fill(4, decision="accept", statement="It buys.", quote="14 kt")
    cells = [told.split("cell ")[1].split(":")[0] for told in book.problems()]
    assert cells == ["J2", "I3", "M2", "M4"]
    assert not any(entry.decisions for entry in book.entries)


def test_a_filled_workbook_is_not_overwritten(book: Book) -> None:
    before = book.path.read_bytes()
    with pytest.raises(UsageError, match=r"queue\.xlsx: would be overwritten; move it away"):
        book.export(book.path)
    assert book.path.read_bytes() == before


def test_passages_of_an_earlier_version_say_so(book: Book) -> None:
    add(book.desk.root, "alpha", set_pdf("Another edition."), id="report-2024")
    path = book.desk.root / "again.xlsx"
    book.export(path)
    state = openpyxl.load_workbook(path).worksheets[0].cell(2, list(COLUMNS).index("state") + 1)
    assert state.value == "open\nreplaced by alpha/report-2024-v2"


def test_who_decided_must_be_known(book: Book) -> None:
    book.fill(2, decision="dismiss", reason="a slogan")
    (told,) = book.problems(by=None)
    assert "cell O2: expected who has decided; found nothing (fill it, or say --by)" in told


def test_columns_that_were_moved_are_noticed(book: Book) -> None:
    book.fill(1, indicator="Passage")
    assert "expected the title Indicator or 指标; found 'Passage'" in book.problems()[0]


def test_a_sheet_that_was_renamed_is_noticed(book: Book) -> None:
    opened = openpyxl.load_workbook(book.path)
    opened.worksheets[0].title = "Mine"
    opened.save(book.path)
    assert "expected a sheet named Queue or 待处理" in book.problems()[0]


def test_another_workbook_is_not_taken_for_a_queue(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(ProblemsError, match="expected a workbook of a queue"):
        read_decisions(path, "Li")


def test_the_workbook_of_another_company_is_refused(book: Book) -> None:
    other = read_queue(book.desk.root, "first", "beta")
    with pytest.raises(UsageError, match="the workbook is of alpha in first, not of beta in first"):
        undecided(Store.open(book.desk.root), other, read_decisions(book.path, "Li"))


def test_text_that_looks_like_a_formula_stays_text(book: Book) -> None:
    queue = read_queue(book.desk.root, "first", "alpha")
    entry = queue.passages[0].model_copy(update={"text": '=HYPERLINK("https://x.example")'})
    queue = queue.model_copy(update={"passages": (entry,)})
    store = Store.open(book.desk.root)
    path = book.desk.root / "hostile.xlsx"
    export_queue(queue, {}, store.evaluations["first"], store.methodologies["tiny"], path, "en")
    cell = openpyxl.load_workbook(path).worksheets[0].cell(2, list(COLUMNS).index("text") + 1)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("https://x.example")')


def test_a_folder_that_is_not_there_is_said(book: Book) -> None:
    with pytest.raises(CatiError, match="cannot be written"):
        book.export(book.desk.root / "nowhere" / "queue.xlsx")


def test_the_queue_is_of_the_indicator_it_says(book: Book) -> None:
    sheet = openpyxl.load_workbook(book.path).worksheets[0]
    assert {sheet.cell(row, 1).value for row in (2, 3, 4)} == {CODE}
