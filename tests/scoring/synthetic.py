"""Small made-up methodologies and tables, for properties that brute force can decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from cati.model.base import Text
from cati.model.consistency import check_methodology
from cati.model.methodology import (
    Column,
    Dimension,
    Indicator,
    Methodology,
    MethodologyHeader,
    SubDimension,
    Track,
)
from cati.model.printed import PointsRow, PrintedRow
from cati.model.rounding import half_up

Steps = Mapping[str, int]
"""Grid steps by code of an indicator."""

TEXT = Text(en="x", zh="x")
WEIGHTED = ("own", "chain")


def column(column_id: str, members: Iterable[str], **more: object) -> Column:
    fields = {"id": column_id, "name": TEXT, "members": sorted(members), **more}
    return Column.model_validate(fields)


def methodology(
    indicators: Sequence[tuple[str, int, str]],
    columns: Sequence[Column],
    *,
    grid: Decimal = Decimal("0.5"),
    shares: Mapping[str, Decimal] | None = None,
    decimals: tuple[int, int] = (1, 0),
) -> Methodology:
    """A sound methodology of indicators ``(sub-dimension, grid steps, track)``.

    Parameters
    ----------
    indicators : sequence of tuple
        In order of the sub-dimensions; codes are given out.
    columns : sequence of Column
    grid : Decimal
    shares : mapping of str to Decimal, optional
    decimals : tuple of int
        Of totals and of rates.
    """
    built = [
        Indicator(code=code, title=TEXT, points=steps * grid, track=track)
        for code, (_, steps, track) in zip(codes(indicators), indicators, strict=True)
    ]
    subs = []
    for sub in dict.fromkeys(sub for sub, _, _ in indicators):
        inside = [i for i in built if i.code.startswith(f"{sub}.")]
        points = sum((i.points for i in inside), Decimal(0))
        subs.append(SubDimension(code=sub, name=TEXT, points=points, indicators=tuple(inside)))
    maximum = sum((i.points for i in built), Decimal(0))
    used = {track for _, _, track in indicators}
    header = MethodologyHeader(
        format=1,
        id="made-up",
        version="1",
        name=TEXT,
        source="press/report",
        locator="Annex",
        notice=TEXT,
        maximum=maximum,
        grid=grid,
        total_decimals=decimals[0],
        rate_decimals=decimals[1],
        tracks=tuple(
            Track(
                id=track,
                name=TEXT,
                weighted=track in WEIGHTED,
                share=shares[track] if shares and track in WEIGHTED else None,
            )
            for track in ("once", *WEIGHTED)
            if track in used
        ),
        columns=tuple(columns),
    )
    dimension = Dimension(format=1, code="1", name=TEXT, points=maximum, sub_dimensions=tuple(subs))
    whole = Methodology.from_parts(header, [dimension])
    assert list(check_methodology(whole)) == []
    return whole


def codes(indicators: Sequence[tuple[str, int, str]]) -> list[str]:
    """Codes of the indicators, numbered inside their sub-dimension."""
    given: list[str] = []
    for sub, _, _ in indicators:
        given.append(f"{sub}.{sum(code.startswith(f'{sub}.') for code in given) + 1}")
    return given


@st.composite
def methodologies(
    draw: st.DrawFn, most_indicators: int = 5, decimals: tuple[int, int] | None = None
) -> Methodology:
    """Methodologies of few indicators with columns printed, hidden, nested and unproven."""
    count = draw(st.integers(2, most_indicators))
    subs = sorted(
        draw(st.lists(st.sampled_from(["1.1", "1.2", "1.3"]), min_size=count, max_size=count))
    )
    tracks = st.sampled_from(["once", "own", "chain"])
    indicators = [(sub, draw(st.integers(1, 3)), draw(tracks)) for sub in subs]
    track_of = {
        code: track for code, (_, _, track) in zip(codes(indicators), indicators, strict=True)
    }
    columns = []
    for track in dict.fromkeys(track_of.values()):
        inside = [code for code, other in track_of.items() if other == track]
        cut = draw(st.integers(0, len(inside) - 1))
        for number, members in enumerate(filter(None, (inside[:cut], inside[cut:]))):
            printed = draw(st.booleans())
            columns.append(column(f"{track}-{number}", members, printed=printed))
            if len(members) > 1 and draw(st.booleans()):
                nested = members[: draw(st.integers(1, len(members) - 1))]
                columns.append(column(f"{track}-{number}-part", nested, overlaps=True))
    counting = [c for c in columns if not c.overlaps]
    if len(counting) > 2 and draw(st.booleans()):
        both = [*counting[0].members, *counting[1].members]
        columns.append(column("container", both, overlaps=True))
    if draw(st.booleans()):
        any_codes = draw(st.sets(st.sampled_from(sorted(track_of)), min_size=1))
        columns.append(column("unsure", any_codes, overlaps=True, make_up="unproven"))
    return methodology(
        indicators,
        columns,
        grid=draw(st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1)])),
        shares=draw(weighted_shares({t for t in track_of.values() if t in WEIGHTED})),
        decimals=decimals or (draw(st.integers(0, 2)), draw(st.integers(0, 1))),
    )


def weighted_shares(tracks: Iterable[str]) -> st.SearchStrategy[dict[str, Decimal] | None]:
    """Shares of these weighted tracks that add up to 100, or none."""
    names = sorted(tracks)
    if not names:
        return st.none()
    if len(names) == 1:
        return st.sampled_from([None, {names[0]: Decimal(100)}])
    first = st.sampled_from([Decimal(n) for n in ("30", "50", "12.5", "33.3", "0", "99.99")])
    return st.none() | first.map(lambda share: {names[0]: share, names[1]: 100 - share})


def assignments(methodology: Methodology) -> st.SearchStrategy[dict[str, int]]:
    """Grid steps for every indicator."""
    return st.fixed_dictionaries(
        {i.code: st.integers(0, methodology.steps(i.points)) for i in methodology.indicators()}
    )


def every_assignment(methodology: Methodology) -> Iterator[dict[str, int]]:
    """All grid steps that all indicators can have, one after the other."""
    ranges = {i.code: range(methodology.steps(i.points) + 1) for i in methodology.indicators()}
    for values in product(*ranges.values()):
        yield dict(zip(ranges, values, strict=True))


def column_steps(methodology: Methodology, steps: Steps) -> dict[str, int]:
    """Grid steps in every column."""
    return {
        column.id: sum(steps[code] for code in methodology.codes(column.members))
        for column in methodology.columns
    }


def column_most(methodology: Methodology) -> dict[str, int]:
    """The most grid steps that every column can hold."""
    full = {i.code: methodology.steps(i.points) for i in methodology.indicators()}
    return column_steps(methodology, full)


def total(methodology: Methodology, factors: Mapping[str, Fraction], steps: Steps) -> Fraction:
    """The weighted total of all indicators."""
    return sum(
        (
            factors[i.track] * steps[i.code] * Fraction(methodology.grid)
            for i in methodology.indicators()
        ),
        Fraction(0),
    )


def printed_row(
    methodology: Methodology, factors: Mapping[str, Fraction], steps: Steps, company: str = "alpha"
) -> PrintedRow:
    """The row that a table prints for a company."""
    most = column_most(methodology)
    inside = column_steps(methodology, steps)
    return PrintedRow(
        line=2,
        rank=1,
        company=company,
        name="Alpha",
        total=half_up(total(methodology, factors, steps), methodology.total_decimals),
        rates={
            c.id: half_up(Fraction(100 * inside[c.id], most[c.id]), methodology.rate_decimals)
            for c in methodology.printed_columns
        },
    )


def points_rows(
    methodology: Methodology, company: str, alternative: int, columns: Mapping[str, int]
) -> list[PointsRow]:
    """One alternative's rows of ``points.csv``."""
    most, grid = column_most(methodology), methodology.grid
    return [
        PointsRow(0, company, alternative, name, steps * grid, most[name] * grid, "rate")
        for name, steps in columns.items()
    ]
