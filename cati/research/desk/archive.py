"""Archived copies of documents, under their checksums in ``private/documents/``, outside git."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cati.model.transcription import Transcriptions
from cati.problems import CatiError, Problem, ProblemsError, reason
from cati.research.desk import index
from cati.research.desk.document_text import (
    ENDINGS,
    SIZE_LIMIT,
    Caveats,
    DocumentText,
    PageText,
    State,
    read_bounded,
)
from cati.research.desk.index import Index
from cati.store.atomic import prepare_bytes, sweep
from cati.store.editing import digest
from cati.store.file_kinds import TRANSCRIPTION
from cati.store.private import FILE_MODE, PRIVATE, private_folder
from cati.store.text_file import digest_of, read_bytes
from cati.store.validate import read_model

DOCUMENTS = "documents"
TRANSCRIPTIONS = "transcriptions"
WITHOUT_TEXT = frozenset(("image", "garbled", "empty"))
"""States of a page that a transcription can give text to."""

Progress = Callable[[int, int], None]
"""Is told how much is done, of how much."""

NEW = "new"
"""What the temporary name of a copy is made of."""


@dataclass(frozen=True)
class Kept:
    """A copy for the archive.

    Attributes
    ----------
    sha256 : str
    document : DocumentText
    new : bool
        Whether it was not there before, or no longer what it had been.
    ready, place : Path
        Where it waits, and where it belongs.
    """

    sha256: str
    document: DocumentText
    new: bool
    ready: Path
    place: Path

    def put_in_place(self) -> None:
        """Keep the copy, unless it is there.

        Raises
        ------
        CatiError
            If it cannot be kept.
        """
        if self.new:
            try:
                self.ready.replace(self.place)
            except OSError as error:
                raise CatiError(f"{self.place}: cannot be written: {reason(error)}") from None


@dataclass(frozen=True)
class Archive:
    """The archived copies of a workspace, and what can be read in them.

    Parameters
    ----------
    root : Path
        The workspace.
    """

    root: Path

    def copy(self, sha256: str | None) -> Path | None:
        """The archived copy with a checksum; None if there is none here."""
        for ending in ENDINGS.values() if sha256 else ():
            path = self.root / PRIVATE / DOCUMENTS / f"{sha256}{ending}"
            if path.is_file():
                return path
        return None

    @contextmanager
    def received(self, path: Path, progress: Progress | None = None) -> Iterator[Kept]:
        """Read a document and hold a copy of it ready; `Kept.put_in_place` keeps it.

        Parameters
        ----------
        path : Path
        progress : callable, optional

        Raises
        ------
        ProblemsError
            If it is no document that can be read.
        CatiError
            If the copy cannot be written.
        """
        content = read_bytes(path, path.name, SIZE_LIMIT, "split it")
        sha256 = digest_of(content)
        folder = self.folder(DOCUMENTS)
        sweep(folder)
        ready = prepare_bytes(folder / NEW, content, FILE_MODE)
        try:
            document = read_bounded(ready, path.name, progress)
            there = self.copy(sha256)
            new = there is None or digest(there) != sha256
            yield Kept(sha256, document, new, ready, folder / f"{sha256}{ENDINGS[document.kind]}")
        finally:
            ready.unlink(missing_ok=True)

    def transcriptions(self, sha256: str) -> Transcriptions:
        """What people have written down of a document's pages.

        Raises
        ------
        ProblemsError
            If the file cannot be read.
        """
        file = TRANSCRIPTION.file(sha256=sha256)
        if not (self.root / file).exists():
            return Transcriptions(format=1, sha256=sha256, transcriptions=())
        problems: list[Problem] = []
        read = read_model(Transcriptions, self.root / file, file, problems)
        if read is None:
            raise ProblemsError(problems)
        return read[0]

    @contextmanager
    def index(self, entity: str) -> Iterator[Index]:
        """The index of an entity's documents.

        Raises
        ------
        CatiError
            If it cannot be used.
        """
        with index.opened(self.folder(index.FOLDER) / f"{entity}.sqlite") as opened:
            yield opened

    def take_in(
        self,
        opened: Index,
        documents: Iterable[str],
        progress: Progress | None = None,
    ) -> None:
        """Bring an index up to date with some archived documents.

        Parameters
        ----------
        opened : Index
        documents : iterable of str
            Checksums of documents that have a copy here.
        progress : callable, optional

        Raises
        ------
        ProblemsError
            If a copy is no longer what it was, or cannot be read.
        """
        for sha256 in documents:
            edition = digest(self.root / TRANSCRIPTION.file(sha256=sha256)) or "as archived"
            if opened.edition(sha256) != edition:
                self._take_in(opened, sha256, edition, progress)

    def put(self, opened: Index, kept: Kept) -> None:
        """Put a copy that has just been kept and read into an index."""
        edition = digest(self.root / TRANSCRIPTION.file(sha256=kept.sha256)) or "as archived"
        if opened.edition(kept.sha256) != edition:
            self._put(opened, kept.sha256, edition, kept.document)

    def caveats(self, entity: str, sources: Mapping[str, str]) -> dict[str, Caveats]:
        """What is to be known of documents of an entity that an index holds, by reference.

        Parameters
        ----------
        entity : str
        sources : mapping of str to str
            Reference of each document, by checksum.
        """
        with self.index(entity) as opened:
            held = {ref: opened.caveats(sha256) for sha256, ref in sources.items()}
        return {ref: caveats for ref, caveats in held.items() if caveats != Caveats()}

    def document(self, sha256: str, progress: Progress | None = None) -> DocumentText:
        """An archived document, read afresh, without transcriptions.

        Raises
        ------
        ProblemsError
            If there is no copy, it is no longer what it was, or cannot be read.
        """
        path = self.copy(sha256)
        name = f"{PRIVATE}/{DOCUMENTS}/{sha256}"
        hint = "'cati document add' with the file puts it back"
        if path is None:
            raise ProblemsError([Problem(name, "the archived copy", "nothing", hint=hint)])
        found = digest_of(read_bytes(path, path.name, SIZE_LIMIT))
        if found != sha256:
            problem = Problem(name, "the copy as archived", f"one with SHA-256 {found}", hint=hint)
            raise ProblemsError([problem])
        return read_bounded(path, name, progress)

    def _take_in(self, opened: Index, sha256: str, edition: str, progress: Progress | None) -> None:
        self._put(opened, sha256, edition, self.document(sha256, progress))

    def _put(self, opened: Index, sha256: str, edition: str, document: DocumentText) -> None:
        pages = self._with_transcriptions(sha256, document.pages)
        opened.put(sha256, edition, pages, document.guessed)

    def _with_transcriptions(
        self, sha256: str, pages: tuple[PageText, ...]
    ) -> tuple[PageText, ...]:
        latest = self.transcriptions(sha256).latest()
        told = []
        for page in pages:
            entry = latest.get(page.number)
            if entry is not None and page.state in WITHOUT_TEXT:
                state: State = "unchecked" if entry.checked_by is None else "transcribed"
                page = replace(page, text=entry.text, state=state)
            told.append(page)
        return tuple(told)

    def folder(self, name: str) -> Path:
        """A folder in ``private/``, made where it is missing; see `private_folder`."""
        return private_folder(self.root, name)
