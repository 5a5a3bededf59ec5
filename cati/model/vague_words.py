"""Words in a sentence that claim a measure and name none: where it lies is the editor's choice."""

from __future__ import annotations

import re

_FURTHER = r"(?: (?:more|less|fewer|higher|lower|better|worse|above|below|ahead|behind)\b)"

_VAGUE = re.compile(
    r"\b(?:nearly|almost|close to|significant(?:ly)?|considerabl[ey]|substantial(?:ly)?"
    r"|marked(?:ly)?|notabl[ey]|slight(?:ly)?|wide(?:ly|spread)|generally|largely|mostly|hardly|barely|many|few"
    rf"|several|numerous|most(?= (?:of|companies|automakers|carmakers|makers)\b)"
    rf"|(?:far|much)(?={_FURTHER}))\b(?! than)"
    r"|几乎|接近|将近|近(?=[0-9一二三四五六七八九十百半两])|显著|明显|大幅|普遍|大多|少数|许多|众多"
    r"|略(?=[高低多少超])|远(?=[高低多少超]|不及)",
    re.IGNORECASE,
)


def vague_words(text: str) -> tuple[str, ...]:
    """The vague words of a sentence, in order, each once.

    Examples
    --------
    >>> vague_words("Nearly all of the 51 companies score significantly higher.")
    ('Nearly', 'significantly')
    """
    plain = re.sub(r"\bat most\b", " ", text, flags=re.IGNORECASE)
    return tuple(dict.fromkeys(match[0] for match in _VAGUE.finditer(plain)))
