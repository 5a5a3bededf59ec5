"""Figures in a cell are those of the file, and what people type for them is understood."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.evidence import Bound, StatedValue
from cati.model.language import LANGUAGES
from cati.report.texts.records import stated_value_texts
from cati.research.workbook.stated_values import EXAMPLE, read_stated_values, stated_values_cell
from cati.workspace import Workspace

WORDS = st.text(st.sampled_from("abc 钢/.,'-"), min_size=1, max_size=20).map(str.strip)
UNITS = st.sampled_from(["%", "t", "tCO2e/vehicle", "million tCO2", "万吨", "year", "lb/month"])
NUMBERS = st.decimals(min_value=-1000, max_value=10**9, allow_nan=False, places=2) | st.integers(
    0, 3000
).map(Decimal)


@given(
    st.lists(
        st.builds(
            StatedValue,
            value=NUMBERS,
            to=st.none() | NUMBERS,
            bound=st.sampled_from(Bound.__args__),  # type: ignore[attr-defined]
            unit=UNITS,
            of=st.none() | WORDS.filter(lambda text: any(c.isalpha() for c in text)),
            year=st.none() | st.sampled_from(["2023", "2021-2023", "FY2023", "since 2017"]),
        ),
        max_size=3,
    )
)
def test_a_cell_gives_back_its_figures(figures: list[StatedValue]) -> None:
    plain = [f.model_copy(update={"of": f.of and " ".join(f.of.split())}) for f in figures]
    assert read_stated_values(stated_values_cell(plain)) == tuple(plain)


def test_all_figures_of_the_real_evidence_are_given_back(real: Workspace) -> None:
    found = [d.figures for d in real.store.disclosures.values() if d.figures]
    assert [read_stated_values(stated_values_cell(figures)) for figures in found] == found


def test_what_the_report_shows_is_read(real: Workspace) -> None:
    shown = [
        figures
        for disclosure in real.store.disclosures.values()
        if (figures := disclosure.figures)
        and not any((f.of or "") and f.unit in (f.of or "").split() for f in figures)
        and not any(";" in (f.of or "") for f in figures)
    ]
    assert len(shown) > 100
    for figures in shown:
        read = read_stated_values(stated_value_texts(figures, LANGUAGES[0]))
        plain = [
            figure.model_copy(update={"unit": f.unit})
            for figure, f in zip(read, figures, strict=True)
        ]
        assert tuple(plain) == figures


def figure(value: str, unit: str = "%", **more: object) -> dict[str, object]:
    told = {name: Decimal(str(text)) if name == "to" else text for name, text in more.items()}
    return {"value": Decimal(value), "unit": unit, **told}


@pytest.mark.parametrize(
    ("typed", "figures"),
    [
        (EXAMPLE, [figure("10", of="recycled steel", bound="at_least", year="2023")]),
        ("10%", [figure("10")]),
        ("at least 10 % (FY2023)", [figure("10", bound="at_least", year="FY2023")]),
        ("55%–60%", [figure("55", to="60")]),
        (
            "55 to 60 %; target year: 2030",
            [figure("55", to="60"), figure("2030", "year", of="target year")],
        ),
        ("1,250 kt", [figure("1250", "kt")]),
        ("1 250 kt", [figure("1250", "kt")]),
        ("10% 以上（2023）", [figure("10", bound="at_least", year="2023")]),
        ("10 % or more", [figure("10", bound="at_least")]),
        ("再生铝：10%左右", [figure("10", of="再生铝", bound="about")]),
        ("5 吨以内", [figure("5", "吨", bound="up_to")]),
        ("高达 30%", [figure("30", bound="up_to")]),
        (
            "钢：至少 29 %；铝：17%（2021）",
            [figure("29", of="钢", bound="at_least"), figure("17", of="铝", year="2021")],
        ),
        ("约３亿千瓦时", [figure("3", "亿千瓦时", bound="about")]),
        ("a; b: 5 t", [figure("5", "t", of="a; b")]),
        ("10 t\n\n 20 t", [figure("10", "t"), figure("20", "t")]),
        ("", []),
    ],
)
def test_what_people_type_is_understood(typed: str, figures: list[dict[str, object]]) -> None:
    assert [f.model_dump(exclude_defaults=True) for f in read_stated_values(typed)] == figures


@pytest.mark.parametrize(
    "typed",
    [
        "5",
        "1250",
        "10,5 %",
        "3.0.1 %",
        "half of it",
        "1,25,0 t",
        "%",
        "1 25 t",
        "10%以上的钢",
        "约 10 % 以上",
    ],
)
def test_what_is_no_figure_with_a_unit_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(typed)):
        read_stated_values(typed)
