"""Transcriptions: what people have read on pages that hold no text."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cati.model.base import Date, Format, Many, Model, NameLine
from cati.model.source import Sha256

PageContent = Annotated[str, Field(min_length=1, max_length=100_000)]


class Transcription(Model):
    """The text of one page as somebody has written it down.

    Attributes
    ----------
    checked_by : str, optional
        The second person, who has compared it with the page.
    """

    page: int = Field(ge=1)
    text: PageContent
    by: NameLine
    date: Date
    checked_by: NameLine | None = None
    checked: Date | None = None


class Transcriptions(Model):
    """What ``private/transcriptions/<sha256>.yaml`` says: one document's transcribed pages.

    Attributes
    ----------
    transcriptions : tuple of Transcription
        Of the transcriptions of one page the last one holds; the earlier ones stay.
    """

    format: Format
    sha256: Sha256
    transcriptions: Many[Transcription]

    def latest(self) -> dict[int, Transcription]:
        """The transcription that holds, by page."""
        return {entry.page: entry for entry in self.transcriptions}
