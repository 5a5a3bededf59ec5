"""Writing down what stands on a page that holds no text, and comparing it with the page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from cati.model.assessor import same_person
from cati.model.transcription import Transcription, Transcriptions
from cati.problems import UsageError, shown
from cati.research.desk.archive import WITHOUT_TEXT, Archive
from cati.research.desk.asked import record
from cati.store.canonical import yaml_text
from cati.store.editing import digest, replace
from cati.store.file_kinds import TRANSCRIPTION
from cati.store.schemas import schema_link
from cati.store.text_file import read_text


@dataclass(frozen=True)
class Written:
    """What has become of a transcription.

    Attributes
    ----------
    file : str
        Where it lies, relative to the workspace.
    checked : bool
        Whether a second person has confirmed it.
    """

    file: str
    checked: bool


def transcribe(
    archive: Archive, sha256: str, page: int, path: Path, by: str, day: datetime.date
) -> Written:
    """Keep what somebody has read on a page, or confirm it with the same words of a second person.

    A text that differs, but for spaces, from the one that is there takes its
    place and is to be confirmed anew; the earlier one stays in the file.

    Parameters
    ----------
    archive : Archive
    sha256 : str
        The document's checksum.
    page : int
        From 1.
    path : Path
        A text file.
    by : str
        Who has written it.
    day : date
        When.

    Raises
    ------
    ProblemsError
        If the text or the document cannot be read.
    UsageError
        If there is no such page, or it has text of its own.
    """
    text = read_text(path, path.name).strip()
    values = {"page": page, "text": text, "by": by, "date": day}
    entry = record(Transcription, values)
    _require_page_without_text(archive, sha256, page)
    read = digest(archive.root / TRANSCRIPTION.file(sha256=sha256))
    there = archive.transcriptions(sha256)
    latest = there.latest().get(page)
    if latest is not None and latest.text.split() == text.split():
        return confirm(archive, sha256, page, by, day)
    return _write(archive, sha256, (*there.transcriptions, entry), read)


def confirm(archive: Archive, sha256: str, page: int, by: str, day: datetime.date) -> Written:
    """Say as a second person that a transcription says what stands on the page.

    Parameters
    ----------
    archive, sha256, page, by, day
        As in `transcribe`.

    Raises
    ------
    UsageError
        If there is nothing to confirm, or the same person has written it.
    """
    read = digest(archive.root / TRANSCRIPTION.file(sha256=sha256))
    there = archive.transcriptions(sha256)
    latest = there.latest().get(page)
    if latest is None:
        raise UsageError(f"page {page} has no transcription to confirm")
    if latest.checked_by is not None:
        raise UsageError(f"page {page} was confirmed by {latest.checked_by} on {latest.checked}")
    if same_person(latest.by, by):
        raise UsageError(f"{shown(by)} has written it: expected a second person")
    values = {**latest.model_dump(), "checked_by": by, "checked": day}
    checked = record(Transcription, values)
    entries = tuple(checked if entry == latest else entry for entry in there.transcriptions)
    return _write(archive, sha256, entries, read)


def _require_page_without_text(archive: Archive, sha256: str, page: int) -> None:
    pages = archive.document(sha256).pages
    if not 1 <= page <= len(pages):
        raise UsageError(f"no page {page}: the document has {len(pages):,}")
    if pages[page - 1].state not in WITHOUT_TEXT:
        raise UsageError(f"page {page} has text of its own; only others are transcribed")


def _write(archive: Archive, sha256: str, entries: tuple[Transcription, ...], read: str) -> Written:
    """Put entries in the place of those that were read."""
    file = TRANSCRIPTION.file(sha256=sha256)
    changed = Transcriptions(format=1, sha256=sha256, transcriptions=entries)
    replace(archive.root, file, yaml_text(changed, schema_link(file)), read)
    return Written(file, entries[-1].checked_by is not None)
