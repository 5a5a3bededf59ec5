"""Copies are kept once, under their checksum, and never trusted blindly."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cati.problems import ProblemsError
from cati.research.desk.archive import Archive
from cati.store.file_kinds import TRANSCRIPTION
from tests.conftest import Spoilable
from tests.research.desk_cases import add_report
from tests.research.documents import written_pdf


def kept(root: Path, content: bytes) -> str:
    path = root / "file.pdf"
    path.write_bytes(content)
    with Archive(root).received(path) as copy:
        copy.put_in_place()
    return copy.sha256


def files(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "private/documents").iterdir())


def test_a_copy_lies_under_its_checksum_outside_git(tmp_path: Path) -> None:
    content = written_pdf(["Steel"])
    sha256 = kept(tmp_path, content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert files(tmp_path) == [f"{sha256}.pdf"]
    assert (tmp_path / "private/.gitignore").read_text() == "*\n"
    copy = Archive(tmp_path).copy(sha256)
    assert copy is not None
    assert copy.read_bytes() == content


def test_the_same_file_twice_is_one_copy(tmp_path: Path) -> None:
    assert kept(tmp_path, written_pdf(["Steel"])) == kept(tmp_path, written_pdf(["Steel"]))
    assert len(files(tmp_path)) == 1


def test_what_cannot_be_read_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"file\.pdf: expected a PDF"):
        kept(tmp_path, written_pdf(["Steel"], "secret"))
    assert files(tmp_path) == []


@pytest.mark.parametrize("name", ["missing.pdf", "."])
def test_only_files_are_kept(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(ProblemsError, match="expected a"),
        Archive(tmp_path).received(tmp_path / name),
    ):
        pass


def test_a_copy_that_was_changed_is_noticed(tmp_path: Path) -> None:
    sha256 = kept(tmp_path, written_pdf(["Steel"]))
    archive = Archive(tmp_path)
    (tmp_path / f"private/documents/{sha256}.pdf").write_bytes(written_pdf(["Coal"]))
    with (
        archive.index("alpha") as index,
        pytest.raises(ProblemsError, match="the copy as archived"),
    ):
        archive.take_in(index, [sha256])


@pytest.mark.slow
def test_a_copy_that_was_changed_or_lost_is_put_back_by_its_file(tmp_path: Path) -> None:
    sha256 = kept(tmp_path, written_pdf(["Steel"]))
    path = tmp_path / f"private/documents/{sha256}.pdf"
    for spoil in (lambda: path.write_bytes(b"%PDF-1.4"), path.unlink):
        spoil()
        kept(tmp_path, written_pdf(["Steel"]))
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def test_a_copy_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="puts it back"):
        Archive(tmp_path).document("a" * 64)


def test_an_index_thrown_away_is_made_again(tiny: Spoilable) -> None:
    sha256 = add_report(tiny.root, written_pdf(["Steel"])).kept.sha256
    (tiny.root / "private/index/alpha.sqlite").unlink()
    archive = Archive(tiny.root)
    with archive.index("alpha") as index:
        archive.take_in(index, [sha256])
        assert index.pages(sha256)[0].text == "Steel"


def test_a_transcription_file_of_somebody_else_s_making_is_checked(tmp_path: Path) -> None:
    sha256 = kept(tmp_path, written_pdf([None]))
    archive = Archive(tmp_path)
    file = tmp_path / TRANSCRIPTION.file(sha256=sha256)
    file.parent.mkdir()
    file.write_text("format: 1\nsha256: x\ntranscriptions: []\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"\.yaml:2: sha256: expected a SHA-256 checksum"):
        archive.transcriptions(sha256)
