"""Parts of the names by which records point at one another.

``<entity>/<id>`` is a source or a disclosure, ``<methodology>/<code>`` a question,
``<code>/<id>`` a criterion.
"""

from __future__ import annotations

from collections.abc import Iterable


def owner_of(reference: str) -> str:
    """What a record belongs to: the entity of a source, the methodology of a question."""
    return reference.partition("/")[0]


def id_of(reference: str) -> str:
    """The id of a source, a disclosure or a criterion within what it belongs to."""
    return reference.partition("/")[2]


def indicator_of(criterion: str) -> str:
    """The code of the indicator that a criterion belongs to."""
    return criterion.partition("/")[0]


def code_of(question: str) -> str:
    """The code in a question."""
    return question.partition("/")[2]


def codes_in(methodology: str, questions: Iterable[str]) -> tuple[str, ...]:
    """The codes in the questions of one methodology."""
    return tuple(code_of(question) for question in questions if owner_of(question) == methodology)
