"""The languages of the interface and of the texts in the files."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh"]
OTHERS: dict[Language, str] = {"zh": "Chinese"}
"""Those besides English, in which ids and fields are named, with their English names."""

LANGUAGES: tuple[Language, ...] = ("en", *OTHERS)


def beginning_with(first: Language) -> tuple[Language, ...]:
    """All languages, one of them before the others."""
    return (first, *(language for language in LANGUAGES if language != first))
