"""Blocks: the smallest units a basis knows points for.

A printed table knows the points of its columns. Where one column lies inside
another, the difference is known as well, so both become blocks of their own:
5.3.2, and the rest of 5.3. A column whose make-up is not proven divides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cati.model.methodology import Column, Methodology
from cati.model.printed import PointsRow


@dataclass(frozen=True)
class Block:
    """Indicators whose points are known only together.

    Attributes
    ----------
    id : str
        The id of the column it is, with ``_rest`` where other columns are taken out.
    codes : tuple of str
        Its indicators.
    track : str
    steps : int
        The most points it can hold, in grid steps.
    column : str
        The column it comes from.
    without : tuple of str
        Columns inside that column that are blocks of their own.
    """

    id: str
    codes: tuple[str, ...]
    track: str
    steps: int
    column: str
    without: tuple[str, ...]


def published_blocks(methodology: Methodology) -> tuple[Block, ...]:
    """The blocks of a printed table, in the order of its columns.

    They are disjoint and together hold every indicator, since loading a
    methodology makes sure that its columns do.
    """
    return tuple(block for block in nested_columns(methodology) if block.codes)


def nested_columns(methodology: Methodology) -> tuple[Block, ...]:
    """Every proven column as what it holds beside the columns inside it.

    Those that hold something are the blocks; one that other columns fill
    completely has no codes, and its points are the sum of theirs.
    """
    proven = [column for column in methodology.columns if column.make_up == "proven"]
    codes = {column.id: methodology.codes(column.members) for column in proven}
    blocks = []
    for column in proven:
        inside = _largest_inside(column, proven, codes)
        taken = {code for child in inside for code in codes[child]}
        own = tuple(code for code in codes[column.id] if code not in taken)
        blocks.append(
            Block(
                id=f"{column.id}_rest" if inside else column.id,
                codes=own,
                track=methodology.indicator(codes[column.id][0]).track,
                steps=sum(methodology.steps(methodology.indicator(c).points) for c in own),
                column=column.id,
                without=inside,
            )
        )
    return tuple(blocks)


def _largest_inside(
    column: Column, columns: list[Column], codes: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The columns directly inside this one, leaving out those inside another of them."""
    inside = [
        other.id
        for other in columns
        if other.id != column.id and set(codes[other.id]) < set(codes[column.id])
    ]
    return tuple(
        child
        for child in inside
        if not any(set(codes[child]) < set(codes[other]) for other in inside)
    )


def block_steps(block: Block, columns: Mapping[str, int]) -> int:
    """Grid steps in a block, from the steps in each column."""
    return columns[block.column] - sum(columns[column] for column in block.without)


def steps_by_column(methodology: Methodology, rows: tuple[PointsRow, ...]) -> dict[str, int]:
    """Grid steps by column, from one alternative's rows of ``points.csv``."""
    return {row.column: methodology.steps(row.points) for row in rows}


def alternatives(
    rows: tuple[PointsRow, ...],
) -> dict[tuple[str, int], tuple[PointsRow, ...]]:
    """The rows of ``points.csv`` by company and number of the alternative, sorted."""
    groups: dict[tuple[str, int], list[PointsRow]] = {}
    for row in rows:
        groups.setdefault((row.company, row.alternative), []).append(row)
    return {key: tuple(groups[key]) for key in sorted(groups)}
