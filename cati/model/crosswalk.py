"""Which indicators of two methodologies ask the same."""

from __future__ import annotations

from typing import Literal

from cati.model.base import Code, Format, Id, Many, Model, Text

Relation = Literal["same", "related", "none"]


class Pair(Model):
    """Two indicators and how they relate.

    ``same``: both ask the same, though perhaps for other points; ``related``:
    set side by side by the source but asking something else; ``none``: no
    counterpart, and one side is empty.
    """

    left: Code | None = None
    right: Code | None = None
    relation: Relation
    note: Text | None = None


class Crosswalk(Model):
    """All indicators of two methodologies, paired."""

    format: Format
    left: Id
    right: Id
    pairs: Many[Pair]
    note: Text | None = None
