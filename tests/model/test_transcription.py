"""Of several transcriptions of a page the last one holds."""

from __future__ import annotations

import datetime

from cati.model.transcription import Transcription, Transcriptions

DAY = datetime.date(2025, 6, 2)


def test_the_last_transcription_of_a_page_holds() -> None:
    entries = tuple(
        Transcription(page=page, text=text, by="Li", date=DAY)
        for page, text in ((2, "12 kt"), (7, "steel"), (2, "13 kt"))
    )
    pages = Transcriptions(format=1, sha256="a" * 64, transcriptions=entries).latest()
    assert {page: entry.text for page, entry in pages.items()} == {2: "13 kt", 7: "steel"}
