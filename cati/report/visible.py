"""Text in which no character works without being seen."""

from __future__ import annotations

from cati.model.base import UNSEEN
from cati.problems import ascii_controls


def visible(text: str) -> str:
    """The text with characters that nobody sees (`UNSEEN`) written as escapes."""
    return UNSEEN.sub(lambda found: ascii_controls(found[0]), text)
