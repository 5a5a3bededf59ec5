"""A disclosure or source as the cells of its row, and cells put back into a record.

A record may say more than its row shows; what has no cell, such as a third
place, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

from cati.model.base import Model
from cati.model.references import owner_of
from cati.research.desk.words import language_of
from cati.research.workbook.layout import COLUMNS, CONTENT, SheetKey, column_of
from cati.research.workbook.values import KINDS, Form

PLACES = ("where[0].", "where[1].")
"""What the fields of a disclosure's places begin with."""

REFERENCES = tuple(column.key for column in COLUMNS["disclosures"] if column.kind == "source")
"""Columns that name a source."""

CELL_OF = {c.field: c.key for c in COLUMNS["disclosures"] if c.field not in ("", c.key)}
"""The column of each part of a record that has another name there."""

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


def record_cells(sheet: SheetKey, record: Model, form: Form) -> dict[str, str]:
    """What the cells of a record's row show; indicators of the form's methodology by code alone."""
    columns = [column for key in CONTENT[sheet] if (column := column_of(sheet, key))]
    return {c.key: form.written(c, _part(record, c.field)) for c in columns}


def _part(record: Any, path: str) -> Any:
    """What a record says under a path; None where it has no such part."""
    for name, number in _STEP.findall(path):
        record = getattr(record, name)
        if number:
            record = record[int(number)] if int(number) < len(record) else None
        if record is None:
            return None
    return record


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
    for column in COLUMNS[sheet]:
        if column.key in texts and column.field == column.key:
            value = KINDS[column.kind].field(texts[column.key])
            if value:
                made[column.field] = value
            else:
                made.pop(column.field, None)
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
    for number, place_path in enumerate(PLACES):
        cells = {
            path.removeprefix(place_path): texts[column]
            for path, column in CELL_OF.items()
            if path.startswith(place_path) and column in texts
        }
        if not cells or (number >= len(made) and not any(cells.values())):
            continue
        made += [{}] * (number >= len(made))
        place = {**made[number], **cells}
        place = {name: value for name, value in place.items() if value not in ("", None)}
        owner = owner_of(str(place.get("source", "")))
        cites = any(cells.get(name) for name in ("original", "cites"))
        if cites or ("source" in cells and owner in publishers):
            place["secondary"] = True
        made[number] = place
    return [place for place in made if place.keys() - {"secondary"}]
