"""What answers on uncertainty, sensitivity and what if have in common, as tables and data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from rich.box import SIMPLE_HEAD
from rich.table import Table

from cati.model.entity import Entity
from cati.model.interval import Interval
from cati.model.language import Language
from cati.model.rounding import half_up, plain
from cati.report.data.fields import Json
from cati.report.data.files import Record
from cati.report.language import translations
from cati.report.show import DASH
from cati.report.wording import Wording
from cati.scoring.scorecard import Scorecard

CHANCE_DECIMALS = 4
"""Of chances and weights from 0 to 1 in data."""


def empty_table(*titles: str, left: int = 1, head: str | None = None) -> Table:
    """A table whose columns but one are numbers.

    Parameters
    ----------
    titles : str
    left : int
        The place of the column that holds names.
    head : str, optional
        Stands above it.
    """
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), title=head)
    table.title_justify = "left"
    for at, title in enumerate(titles):
        table.add_column(title, justify="left" if at == left else "right", no_wrap=at == left)
    return table


def part_name(card: Scorecard, part: str, language: Language) -> str:
    """The name of a column, track, block or code; of a code, behind it."""
    _ = translations(language).gettext
    methodology = card.methodology
    if part in methodology.levels:
        return f"{part} {methodology.levels[part].get(language)}"
    names = {track.id: track.name for track in methodology.tracks}
    names |= {column.id: column.name for column in methodology.columns}
    if part in names:
        return names[part].get(language)
    (block,) = (block for block in card.blocks if block.id == part)
    return _("{column} without {others}").format(
        column=names[block.column].get(language),
        others=Wording(language).items(names[other].get(language) for other in block.without),
    )


def company_name(entities: Mapping[str, Entity], company: str, language: Language) -> str:
    """What a company is called."""
    return entities[company].name.get(language)


def percent(part: Interval) -> str:
    """A chance as people read it, with one decimal: ``36.5–46.4``.

    Only what never occurs is 0.0, and only what always does 100.0.
    """
    low, high = _percent(part.low), _percent(part.high)
    return low if low == high else f"{low}{DASH}{high}"


def _percent(chance: Fraction) -> str:
    rounded = str(half_up(100 * chance, 1))
    if chance and rounded == "0.0":
        return "<0.1"
    return ">99.9" if chance != 1 and rounded == "100.0" else rounded


def share(value: Fraction) -> str:
    """A share of a track in per cent, exactly; with decimals behind a fraction that has none."""
    text = plain(value)
    return f"{text} ({half_up(value, 2)})" if "/" in text else text


def interval_cells(name: str, interval: Interval, decimals: int) -> Record:
    """The two ends of an interval in data, under ``<name>_low`` and ``<name>_high``."""
    return {
        f"{name}_low": str(half_up(interval.low, decimals)),
        f"{name}_high": str(half_up(interval.high, decimals)),
    }


def json_text(card: Scorecard, notes: Sequence[str], content: Json) -> str:
    """An answer as JSON, with what it assumes; numbers are text, exactly as in CSV.

    Parameters
    ----------
    card : Scorecard
    notes : sequence of str
        What the answer assumes.
    content : dict
        The answer itself.
    """
    answer = {
        "evaluation": card.evaluation,
        "basis": card.basis,
        "companies": len(card.companies),
        "notes": list(notes),
        **content,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def block_note(card: Scorecard, language: Language) -> str:
    """What a block is on the scorecard's basis."""
    _ = translations(language).gettext
    if card.basis == "assessed":
        return _("On the assessed basis a block is an indicator.")
    return _(
        "On the published basis a block is a column of the printed table, or what is left of one "
        "without the columns inside it; nothing is said about single indicators."
    )
