"""Text in which no character works without being seen."""

from __future__ import annotations

import re

from cati.problems import ascii_controls

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with characters that nobody sees written as escapes.

    Controls other than tab and line feed, marks of direction, breaks and joins
    without width, and halves of characters: they change what a reader sees.
    """
    return _HIDDEN.sub(lambda found: ascii_controls(found[0]), text)
