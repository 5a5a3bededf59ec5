from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from cati.model.evidence import Disclosure
from cati.report.edition import Edition
from cati.report.figures.series import TOTAL, UNIT, most_split, series, series_of, split_of
from cati.report.figures.sheet import Sheet
from tests.report.drawn import drawing, rows

REFERENCE = "mercedes-benz/scope3-by-category-2021-2023"


def test_the_real_series_is_that_of_mercedes_benz(edition: Edition) -> None:
    found = most_split(Sheet(edition, "en"))

    assert found is not None
    assert found.disclosure == REFERENCE
    every = (found.total, *found.shown, found.rest, *found.smaller)
    assert {one.of: [str(value) for _, value in one.values] for one in every} == {
        "total printed, Scope 1 and 2 included": ["99.2", "97.8", "93.0"],
        "use phase, tank to wheel (category 3.11)": ["65.5", "62.7", "58.2"],
        "purchased goods (category 3.1)": ["17", "17.7", "18.0"],
        "use phase, well to tank (category 3.11)": ["12.7", "13.6", "13.1"],
        "rest of the total, computed": ["4.0", "3.8", "3.7"],
        "logistics (categories 3.4 and 3.9)": ["2.2", "2.2", "2.0"],
        "dismantling and treatment (category 3.12)": ["0.8", "0.8", "0.8"],
        "employee traffic (category 3.7)": ["0.107", "0.107", "0.11"],
        "business travel (category 3.6)": ["0.019", "0.057", "0.07"],
    }
    assert len(found.shown) == 3


def test_the_figure_says_how_it_went_and_where_it_stands(edition: Edition) -> None:
    drawn = drawing(edition, series)

    assert drawn.title == (
        "Mercedes-Benz's emissions, Scopes 1 to 3: down from 99.2 million tonnes of CO₂ in 2021 "
        "to 93.0 in 2023"
    )
    assert "Affairs, Automotive-Steel and Aluminum" in drawn.description
    assert "Report, Figure 3-5-2." in drawn.description
    assert {row["unit"] for row in rows(drawn)} == {"million tCO2"}
    assert len(rows(drawn)) == 27
    assert "4 smaller series are in the data" in drawn.description


def changed(edition: Edition, of: str, year: str, change: dict[str, object]) -> Disclosure:
    """The real disclosure with one figure in million tonnes that is another."""
    whole = edition.store.disclosures[REFERENCE]
    figures = tuple(
        f.model_copy(update=change) if (f.of, f.year, f.unit) == (of, year, UNIT) else f
        for f in whole.figures
    )
    return whole.model_copy(update={"figures": figures})


def test_the_parts_shown_and_the_rest_come_to_the_total(edition: Edition) -> None:
    found = split_of("mercedes-benz", REFERENCE, edition.store.disclosures[REFERENCE])

    assert found is not None
    for at, (year, total) in enumerate(found.total.values):
        parts = [one.values[at] for one in (*found.shown, found.rest)]
        assert {one for one, _ in parts} == {year}
        assert sum((value for _, value in parts), Decimal(0)) == total


def test_a_part_that_lacks_a_year_is_in_the_rest(edition: Edition) -> None:
    found = split_of(
        "mercedes-benz",
        REFERENCE,
        changed(edition, "purchased goods (category 3.1)", "2021", {"year": "2024"}),
    )

    assert found is not None
    assert "purchased goods (category 3.1)" not in [one.of for one in found.shown]
    assert dict(found.rest.values)["2022"] > Decimal("17.7")


def test_parts_beyond_the_total_are_no_parts_of_it(edition: Edition) -> None:
    beyond = changed(edition, TOTAL, "2022", {"value": Decimal(97)})
    without = changed(edition, TOTAL, "2022", {"bound": "about"})

    assert split_of("mercedes-benz", REFERENCE, beyond) is None
    assert split_of("mercedes-benz", REFERENCE, without) is None


def test_values_that_are_not_exact_or_too_few_make_no_series(edition: Edition) -> None:
    whole = edition.store.disclosures[REFERENCE]

    def with_figures(change: dict[str, object]) -> Disclosure:
        first = whole.figures[3].model_copy(update=change)
        return whole.model_copy(update={"figures": (first, *whole.figures[4:])})

    assert len(series_of(whole)) == 8
    for change in ({"bound": "about"}, {"to": Decimal(20)}, {"unit": "t"}, {"year": None}):
        found = series_of(with_figures(change))
        assert [one.of for one in found] == [
            one.of for one in series_of(whole) if one.of != "purchased goods (category 3.1)"
        ]


def test_chinese_words_stand_for_what_is_measured(edition: Edition) -> None:
    drawn = drawing(edition, series, "zh")

    assert drawn.title.startswith(edition.entities["mercedes-benz"].name.zh)


def test_the_data_are_those_of_the_evidence(edition: Edition, tmp_path: Path) -> None:
    file = tmp_path / "series.csv"
    file.write_bytes(drawing(edition, series).data.csv())

    with file.open(encoding="utf-8") as stream:
        assert {row["disclosure"] for row in csv.DictReader(stream)} == {REFERENCE}
