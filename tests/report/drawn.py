"""Figures for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

from matplotlib import style

from cati.model.base import Text
from cati.model.language import Language
from cati.report.edition import Edition
from cati.report.figures.sheet import STYLE, Drawing, Sheet


def drawing(
    edition: Edition, draw: Callable[[Sheet], Drawing | None], language: Language = "en"
) -> Drawing:
    """One figure of an edition."""
    with style.context(STYLE):
        found = draw(Sheet(edition, language))
    assert found is not None
    return found


def rows(drawn: Drawing) -> list[dict[str, str]]:
    """The data of a figure."""
    return list(csv.DictReader(io.StringIO(drawn.data.csv().decode())))


def renamed(edition: Edition, *names: str) -> Edition:
    """The edition with its best companies under other names, also such as no file may hold."""
    entities = dict(edition.entities)
    for company, name in zip(edition.card.order, names, strict=False):
        changed = {"name": Text.model_construct(en=name, zh=name)}
        entities[company] = entities[company].model_copy(update=changed)
    return replace(edition, entities=entities)
