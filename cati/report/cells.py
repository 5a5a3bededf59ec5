"""Tables as CSV in which no spreadsheet finds a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a cell begins with that some spreadsheet takes for a formula."""

NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")
"""A number that begins as a formula does; it stands for nothing but itself."""


def harmless(cell: str) -> str:
    """A cell with an apostrophe in front where it would be taken for a formula."""
    if cell.startswith(FORMULA_STARTS) and not NEGATIVE.fullmatch(cell):
        return f"'{cell}"
    return cell


def table_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV, every cell `harmless`.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : iterable of sequence of str
    """
    return "".join(_line(map(harmless, row)) for row in (header, *rows))


def csv_text(records: Sequence[Mapping[str, str]]) -> str:
    """Records as CSV with a header.

    Parameters
    ----------
    records : sequence of dict
        All with the same fields. Of no records, nothing is written.
    """
    if not records:
        return ""
    return table_text(list(records[0]), [list(record.values()) for record in records])


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    # its own line end, or a carriage return inside a cell would not be quoted
    return out.getvalue().removesuffix("\r\n") + "\n"
