"""Pages without text take what two people have read on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cati.problems import ProblemsError, UsageError
from cati.research.desk.archive import Archive
from cati.research.desk.transcription import confirm, transcribe
from tests.conftest import Spoilable
from tests.research.desk_cases import DAY, add_report
from tests.research.documents import written_pdf


class Desk:
    """An archived document whose second page is an image."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sha256 = add_report(root, written_pdf(["Steel", None])).kept.sha256
        self.archive = Archive(root)

    def type(self, text: str, by: str, page: int = 2) -> bool:
        path = self.root / "typed.txt"
        path.write_text(text, encoding="utf-8")
        return transcribe(self.archive, self.sha256, page, path, by, DAY).checked

    def page(self) -> tuple[str, str]:
        with self.archive.index("alpha") as index:
            self.archive.take_in(index, [self.sha256])
            page = index.pages(self.sha256)[1]
            return page.text, page.state


@pytest.fixture
def desk(tiny: Spoilable) -> Desk:
    return Desk(tiny.root)


def test_a_transcription_gives_the_page_text_that_is_found(desk: Desk) -> None:
    assert desk.page() == ("", "image")
    assert not desk.type("采购绿钢\n12万吨", "Li")
    assert desk.page() == ("采购绿钢\n12万吨", "unchecked")
    with desk.archive.index("alpha") as index:
        assert [hit.passage.page for hit in index.search(["绿钢"], [desk.sha256], 5)] == [2]


def test_a_second_person_confirms_it(desk: Desk) -> None:
    desk.type("Steel", "Li")
    assert confirm(desk.archive, desk.sha256, 2, "Wang", DAY).checked
    assert desk.page() == ("Steel", "transcribed")
    (entry,) = desk.archive.transcriptions(desk.sha256).transcriptions
    assert (entry.by, entry.checked_by, entry.checked) == ("Li", "Wang", DAY)


def test_the_same_words_typed_by_a_second_person_confirm_it(desk: Desk) -> None:
    desk.type("12 kt of  steel", "Li")
    assert desk.type("12 kt\nof steel", "Wang")


@pytest.mark.slow
def test_other_words_take_its_place_and_wait_anew(desk: Desk) -> None:
    desk.type("12 kt", "Li")
    confirm(desk.archive, desk.sha256, 2, "Wang", DAY)
    assert not desk.type("13 kt", "Wang")
    assert desk.page() == ("13 kt", "unchecked")
    entries = desk.archive.transcriptions(desk.sha256).transcriptions
    assert [(entry.text, entry.checked_by) for entry in entries] == [
        ("12 kt", "Wang"),
        ("13 kt", None),
    ]


def test_nobody_confirms_their_own(desk: Desk) -> None:
    desk.type("12 kt", "Li Na")
    with pytest.raises(UsageError, match="expected a second person"):
        confirm(desk.archive, desk.sha256, 2, " li  na", DAY)
    with pytest.raises(UsageError, match="expected a second person"):
        desk.type("12 kt", "Li Na")


def test_what_cannot_be_confirmed_is_said(desk: Desk) -> None:
    with pytest.raises(UsageError, match="page 2 has no transcription"):
        confirm(desk.archive, desk.sha256, 2, "Wang", DAY)
    desk.type("12 kt", "Li")
    confirm(desk.archive, desk.sha256, 2, "Wang", DAY)
    with pytest.raises(UsageError, match="was confirmed by Wang"):
        confirm(desk.archive, desk.sha256, 2, "Zhao", DAY)


@pytest.mark.parametrize(
    ("page", "message"), [(1, "page 1 has text of its own"), (3, "no page 3: the document has 2")]
)
def test_only_pages_without_text_are_transcribed(desk: Desk, page: int, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        desk.type("12 kt", "Li", page)


def test_what_is_typed_must_be_text_and_have_an_author(desk: Desk) -> None:
    with pytest.raises(UsageError, match="by: expected some text"):
        desk.type("12 kt", " ")
    with pytest.raises(UsageError, match="text: expected at most 100000 characters"):
        desk.type("x" * 100_001, "Li")
    with pytest.raises(ProblemsError, match="an empty file"):
        desk.type(" ", "Li")
