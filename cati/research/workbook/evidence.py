"""A disclosure or source as the cells of its row, and cells put back into a record.

A record may say more than its row shows; what has no cell, such as a third
place, stays as it is.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from cati.model.evidence import Disclosure
from cati.model.source import Source
from cati.report.glossary import word
from cati.report.language import Language
from cati.research.desk.words import language_of
from cati.research.workbook.figures import figures_cell, read_figures
from cati.research.workbook.layout import COLUMNS, SEPARATOR, SheetKey

PLACES = ("", "_2")
"""What the columns of each place end in."""

IN_A_PLACE = ("source", "locator", "original", "cites")

REFERENCES = tuple(f"{name}{end}" for end in PLACES for name in ("source", "original"))
"""Columns that name a source."""

CELL_OF = {
    f"where[{number}].{name}": f"{name}{end}"
    for number, end in enumerate(PLACES)
    for name in IN_A_PLACE
} | {"quote.text": "quote"}
"""The column of each part of a record that has another name there."""

FILLED: dict[SheetKey, tuple[str, ...]] = {
    key: tuple(column.key for column in COLUMNS[key] if column.editable and column.key != "id")
    for key in ("disclosures", "sources")
}
"""Columns whose cells say what a record says."""


def disclosure_cells(
    disclosure: Disclosure, methodology: str, language: Language
) -> dict[str, str | None]:
    """The cells of a disclosure; indicators by their code alone, where it is this methodology's."""
    own = f"{methodology}/"
    cells = {
        "indicators": SEPARATOR.join(q.removeprefix(own) for q in disclosure.indicators),
        "statement": disclosure.statement,
        "language": word("language", disclosure.language, language),
        "polarity": word("polarity", disclosure.polarity, language),
        "confidence": word("confidence", disclosure.confidence, language),
        "quote": disclosure.quote.text if disclosure.quote else None,
        "figures": figures_cell(disclosure.figures),
        "period": disclosure.period,
        "subject": disclosure.subject,
        "note": disclosure.note,
    }
    for place, end in zip(disclosure.where, PLACES, strict=False):
        cells |= {f"{name}{end}": getattr(place, name) for name in IN_A_PLACE}
    return cells


def source_cells(source: Source, language: Language) -> dict[str, str | None]:
    """The cells of a source."""
    return {
        "kind": word("kind", source.kind, language),
        "title": source.title,
        "language": word("language", source.language, language),
        "link": source.link,
        "published": source.published,
        "accessed": source.accessed.isoformat() if source.accessed else None,
    }


def with_cells(
    sheet: SheetKey,
    fields: Mapping[str, Any],
    texts: Mapping[str, str],
    publishers: Container[str],
) -> dict[str, Any]:
    """The fields of a record with some of its cells put in.

    A place in a publisher's source, or one that names what its source cites, is secondary. A quote
    is in the language of its own characters.

    Parameters
    ----------
    sheet : {"disclosures", "sources"}
    fields : mapping of str to object
        Of the record as it is; empty for a new one.
    texts : mapping of str to str
        The cells by column, in the form of the files.
    publishers : container of str
        Ids of entities whose sources report what others say.
    """
    made = dict(fields)
    plain = {name: text for name, text in texts.items() if name not in CELL_OF.values()}
    for name, text in plain.items():
        value: Any = text
        if name == "indicators":
            value = text.split(SEPARATOR) if text else []
        elif name == "figures":
            value = [figure.model_dump(exclude_defaults=True) for figure in read_figures(text)]
        if value:
            made[name] = value
        else:
            made.pop(name, None)
    if "quote" in texts:
        kept = {"language": language_of(texts["quote"]), "text": texts["quote"]}
        made["quote"] = {**made.get("quote", {}), **kept}
        if not texts["quote"]:
            del made["quote"]
    if sheet == "disclosures":
        made["where"] = _places(made.get("where", ()), texts, publishers)
    return made


def _places(
    places: Any, texts: Mapping[str, str], publishers: Container[str]
) -> list[dict[str, Any]]:
    made = [dict(place) for place in places]
    for number, end in enumerate(PLACES):
        cells = {name: texts[f"{name}{end}"] for name in IN_A_PLACE if f"{name}{end}" in texts}
        if not cells or (number >= len(made) and not any(cells.values())):
            continue
        made += [{}] * (number >= len(made))
        place = {**made[number], **cells}
        place = {name: value for name, value in place.items() if value not in ("", None)}
        owner = str(place.get("source", "")).partition("/")[0]
        cites = any(cells.get(name) for name in ("original", "cites"))
        if cites or ("source" in cells and owner in publishers):
            place["secondary"] = True
        made[number] = place
    return [place for place in made if place.keys() - {"secondary"}]
