from __future__ import annotations

import csv
import io
import re
import statistics
import struct
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from PIL import Image

from cati.model.language import Language
from cati.report.edition import Edition
from cati.report.figures import drawing as figures
from cati.report.figures.distribution import distribution
from cati.report.figures.drawing import Figure, draw_figures
from cati.report.figures.rates import rates
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.report.drawn import drawing, renamed

pytestmark = pytest.mark.slow

OWN_SETTINGS = {
    "font.size": 20,
    "axes.facecolor": "black",
    "svg.fonttype": "none",
    "text.usetex": True,  # would run a program; a file in the current folder can ask for it
}
TITLE = "{http://www.w3.org/2000/svg}title"


@pytest.fixture(scope="module")
def english(drawn: dict[Language, dict[str, Figure]]) -> dict[str, Figure]:
    return drawn["en"]


@pytest.fixture(scope="module")
def table(root: Path) -> list[dict[str, str]]:
    with (root / "reports/automakers-2024/published.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def at_equal_shares(real: Workspace) -> Edition:
    shares = {"scope12": Decimal(50), "scope3": Decimal(50)}
    return Edition.of(real, real.score("automakers-2024", shares=shares))


def test_the_distribution_counts_what_the_table_prints(
    english: dict[str, Figure], table: list[dict[str, str]], edition: Edition
) -> None:
    ventures = set(edition.joint_ventures)
    inside = [
        (label, [r["company"] for r in table if low <= float(r["total"]) < high])
        for label, low, high in [
            *(("below 30", 0, 30), ("30 to 50", 30, 50)),
            *(("50 to 70", 50, 70), ("70 and over", 70, 101)),
        ]
    ]
    counts = "; ".join(
        f"{label}: {len(companies)} (joint ventures: {len(ventures.intersection(companies))})"
        for label, companies in inside
    )

    middle = statistics.median(float(row["total"]) for row in table)
    figure = english["distribution"]

    assert [len(companies) for _, companies in inside] == [28, 12, 10, 1]
    assert figure.title == "28 of 51 companies score below 30"
    assert figure.description == (
        f"{counts}; median {middle:.1f}. Each stroke below the bars is a company. "
        "Each class includes its lower limit. "
        "Base: 51 companies, 14 of them joint ventures."
    )


def test_the_heat_map_says_averages_and_extremes_of_the_printed_rates(
    english: dict[str, Figure], table: list[dict[str, str]], edition: Edition
) -> None:
    figure = english["rates"]

    for column in edition.methodology.printed_columns:
        rates = [int(row[column.id]) for row in table]
        none, full = rates.count(0), rates.count(100)
        found = re.search(
            rf"{column.name.en}: average (\d+) %, at 0 %: {none}, at 100 %: {full}[;.]",
            figure.description,
        )
        assert found is not None, column.id
        assert abs(int(found[1]) - sum(rates) / 51) <= 1  # printed rates are rounded
    assert figure.title == (
        "On average, companies earn most in Governance (64 %), least in Supplier guidance (10 %)"
    )
    assert figure.description.endswith("Base: 51 companies, 14 of them joint ventures.")


def test_without_joint_ventures_the_figures_say_the_smaller_base(real: Workspace) -> None:
    card = real.score("automakers-2024")
    ventures = [c for c in card.companies if real.entity(c).is_joint_venture]
    edition = Edition.of(real, card.without(ventures))

    figure = drawing(edition, distribution)

    assert figure.title == "15 of 37 companies score below 30"
    assert "Base: 37 companies, 0 of them joint ventures." in figure.description


def test_a_company_that_is_not_settled_is_said_to_be(real: Workspace) -> None:
    edition = at_equal_shares(real)
    limits = edition.evaluation.model_copy(update={"bands": (Decimal(30), Decimal(64))})

    figure = drawing(replace(edition, evaluation=limits), distribution)

    assert "not settled: 1 (joint ventures: 0)" in figure.description
    assert "the total is an interval that reaches into two classes" in figure.description


def test_all_nine_figures_are_drawn_of_the_real_evaluation(english: dict[str, Figure]) -> None:
    assert list(english) == [
        *("distribution", "rates", "contributions", "profile", "origin"),
        *("new-energy", "ranks", "paths", "scope3-series"),
    ]
    assert all(figure.title and figure.description for figure in english.values())
    assert len({figure.title for figure in english.values()}) == len(english)


def test_on_the_assessed_basis_only_what_is_certain_is_drawn(real: Workspace) -> None:
    reasons = real.reasons("automakers-2024")
    edition = Edition.of(real, real.score("automakers-2024", "assessed"), reasons)

    found = draw_figures(edition, "en")

    assert list(found) == ["intervals", "scope3-series"]


def test_another_evaluation_is_drawn_too(tiny: Spoilable) -> None:
    workspace = tiny.open()
    edition = Edition.of(workspace, workspace.score("first"))

    found = draw_figures(edition, "en")

    assert "of 3 companies score below 5" in found["distribution"].title
    assert {"rates", "contributions", "profile", "ranks"} <= set(found)
    assert "new-energy" not in found  # nobody discloses a share
    assert "scope3-series" not in found


def test_of_very_many_companies_no_figure_has_a_row_for_each(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_ROWS", 50)

    assert list(draw_figures(edition, "en")) == [
        "distribution",
        "profile",
        "origin",
        "scope3-series",
    ]


def test_the_data_of_every_figure_stand_beside_it(english: dict[str, Figure]) -> None:
    for figure in english.values():
        header, *rows = list(csv.reader(io.StringIO(figure.csv.decode())))
        assert len(rows) > 0
        assert all(len(row) == len(header) for row in rows)


def test_a_draft_says_so_in_every_figure(tiny: Spoilable, english: dict[str, Figure]) -> None:
    workspace = tiny.open()
    edition = Edition.of(workspace, workspace.score("first"))
    final, drafts = draw_figures(edition, "en"), draw_figures(replace(edition, draft=True), "en")

    for name, figure in drafts.items():
        assert figure.description.startswith("Draft. ")
        assert figure.png != final[name].png
    assert not any("Draft" in figure.description for figure in english.values())


def test_drawing_twice_gives_the_same_bytes(
    edition: Edition, drawn: dict[Language, dict[str, Figure]]
) -> None:
    with mpl.rc_context(OWN_SETTINGS):
        second = draw_figures(edition, "zh")

    assert drawn["zh"] == second


@pytest.mark.parametrize("language", ["en", "zh"])
def test_drawings_are_small_and_whole(
    drawn: dict[Language, dict[str, Figure]], language: Language
) -> None:
    for figure in drawn[language].values():
        root = ElementTree.fromstring(figure.svg)  # noqa: S314 - our own drawing
        assert root.findtext(TITLE) == figure.title
        assert b"<text" not in figure.svg  # only outlines, which look the same everywhere
        assert b"<dc:date>" not in figure.svg
        assert b"matplotlib" not in figure.svg
        assert len(figure.svg) < (140_000 if language == "en" else 180_000)
        assert figure.png.startswith(b"\x89PNG")
        width, _ = struct.unpack(">II", figure.png[16:24])
        assert width == 2160  # 7.2 inches at 300 pixels an inch
        with Image.open(io.BytesIO(figure.png)) as picture:
            assert picture.info["dpi"] == pytest.approx((300, 300), rel=0.001)
            assert picture.convert("L").getextrema() == (0, 255)
        assert b"Software" not in figure.png


def test_chinese_figures_have_no_english_text_but_names(
    edition: Edition, drawn: dict[Language, dict[str, Figure]]
) -> None:
    for figure in drawn["zh"].values():
        told = f"{figure.title} {figure.description}"
        for source in edition.sources.values():  # titles stay in the language of the source
            told = told.replace(source.title, "")
        words = re.findall(r"[A-Za-z]{3,}", told)
        assert set(words) <= {"Rivian", "Stellantis"}  # they have no Chinese name


def test_names_are_drawn_as_they_are(edition: Edition) -> None:
    hostile = renamed(edition, "$\\frac$ & <b>", "a\nb", "x" * 2000, "_^{", "{n}")

    svg = drawing(hostile, rates).svg

    ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def test_drawing_needs_no_display_and_no_pyplot() -> None:
    code = "import cati.report.figures.drawing, sys; print('matplotlib.pyplot' in sys.modules)"

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout == "False\n"
