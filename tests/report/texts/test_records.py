"""Profiles and disclosures as text."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from cati.model.evidence import Quote, StatedValue
from cati.model.language import LANGUAGES, Language
from cati.report.texts.records import (
    base_line,
    disclosure_lines,
    exclusion_lines,
    profile_lines,
    quote_text,
    records,
    rule_text,
    stated_value_text,
)
from cati.report.wording import Wording
from cati.workspace import Workspace

NAME = "automakers-2024"
ZH = Wording("zh")


def test_a_profile_shows_names_listings_relations_and_sources(real: Workspace) -> None:
    lines = list(profile_lines(real.entity("beijing-benz"), real.store.sources, "en"))
    assert lines[0] == "Beijing Benz / 北京奔驰 (beijing-benz)"
    assert "  also: Beijing Mercedes-Benz (as printed, Table 3-4-3)" in lines
    assert "  not listed: Table 3-3-1" in lines
    assert "  Parent company: baic-group (stated in the report, Table 3-4-3)" in lines


def test_disclosures_stand_under_each_of_their_indicators(real: Workspace) -> None:
    found = records(real.store.disclosures, real.standings(NAME), entity="polestar")
    lines = list(disclosure_lines(found, real.methodology("automotive-2024"), "en"))
    heads = [line.split()[0] for line in lines if line and not line.startswith(" ")]
    assert heads == sorted(heads, key=lambda code: [int(part) for part in code.split(".")])
    assert lines.count("  polestar/polestar-2-footprint-shares [supports, high]") == 2


def test_disclosures_on_one_indicator_come_from_all_entities(real: Workspace) -> None:
    question = real.question("automotive-2024", "5.3.2")
    found = records(real.store.disclosures, real.standings(NAME), question=question)
    assert {record.entity for record in found} >= {"bmw", "mercedes-benz", "volkswagen"}
    methodology = real.methodology("automotive-2024")
    lines = list(disclosure_lines(found, methodology, "en", "5.3.2"))
    assert [line for line in lines if line and not line.startswith(" ")] == [
        f"5.3.2 {methodology.levels['5.3.2'].en}",
        "Grading rules that most often decide here:",
    ]
    told = lines[lines.index("Grading rules that most often decide here:") :]
    for rule in methodology.grading_rules:
        assert f"  {rule.id}: {rule.question.en}" in told
        assert f"    {rule.rule.en}" in told


def test_what_is_worth_nothing_says_why(real: Workspace) -> None:
    lines = list(exclusion_lines(records(real.store.disclosures, real.standings(NAME)), "en"))
    assert "bmw/product-footprints-certified: worth nothing by default: repeats a grade" in lines
    assert (
        "polestar/scope3-accounting-overseas: worth nothing by default: about a group whose "
        "members are not named; low confidence" in lines
    )


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (StatedValue(value=Decimal(10), bound="at_least", unit="%", year="2030"), "≥ 10 % (2030)"),
        (StatedValue(value=Decimal(50), to=Decimal(80), unit="%"), "50–80 %"),
        (StatedValue(value=Decimal("9.0"), unit="t", of="per car"), "per car: 9.0 t"),
        (StatedValue(value=Decimal(560), bound="less_than", unit="kgce/t"), "< 560 kgce/t"),
        (StatedValue(value=Decimal("99.20"), unit="million tCO2"), "99.20 million tCO₂"),
        (StatedValue(value=Decimal(50000), bound="about", unit="t/yr"), "~50,000 t/yr"),
    ],
)
def test_figures_keep_bound_unit_year_and_precision(figure: StatedValue, text: str) -> None:
    assert stated_value_text(figure, "en") == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (StatedValue(value=Decimal(100), unit="%", year="2023"), "100%（2023）"),
        (StatedValue(value=Decimal(50000), bound="about", unit="t/yr"), "~50,000 吨/年"),
        (StatedValue(value=Decimal("99.2"), unit="million tCO2"), "99.2 百万吨二氧化碳"),
        (StatedValue(value=Decimal(7), unit="furlongs/CO2"), "7 furlongs/CO₂"),
    ],
)
def test_numbers_and_units_are_said_in_chinese_where_known(figure: StatedValue, text: str) -> None:
    assert stated_value_text(figure, "zh") == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_is_a_plain_year_and_a_unit_that_the_label_says_is_not_repeated(
    language: Language,
) -> None:
    year = StatedValue(value=Decimal(2030), unit="year", of="climate-neutral car")
    until = StatedValue(value=Decimal(2050), to=Decimal(2060), unit="year")
    suppliers = StatedValue(value=Decimal(3), unit="suppliers", of="steel suppliers")
    told = [stated_value_text(figure, language) for figure in (year, until, suppliers)]
    assert told == ["climate-neutral car: 2030", "2050–2060", "steel suppliers: 3"]


def test_every_unit_of_the_evidence_is_said_in_chinese(real: Workspace) -> None:
    figures = [figure for found in real.store.disclosures.values() for figure in found.figures]
    units = {figure.unit for figure in figures} - {"%", "year"}
    assert len(units) > 15
    assert [unit for unit in units if re.search("[A-Za-z]", ZH.unit(unit))] == []


def test_notes_are_told_in_the_language_of_the_reader(real: Workspace) -> None:
    lines = list(profile_lines(real.entity("volvo-cars"), real.store.sources, "zh"))
    assert any("吉利控股集团" in line for line in lines)
    ipe = list(profile_lines(real.entity("ipe"), real.store.sources, "zh"))
    assert "    所用为英文版，正式文本为中文版。我们未掌握其链接。" in ipe


def shown(real: Workspace, entity: str) -> str:
    found = records(real.store.disclosures, real.standings(NAME), entity=entity)
    told = (
        *profile_lines(real.entity(entity), real.store.sources, "zh"),
        *disclosure_lines(found, real.methodology("automotive-2024"), "zh"),
    )
    return "\n".join(told)


def test_a_profile_is_said_in_the_words_of_its_language(real: Workspace) -> None:
    assert "  汽车企业，中国，中国企业，新能源汽车\n  已上市：表 3-2-1\n" in shown(real, "byd")
    venture = shown(real, "beijing-benz")
    assert "  又名：Beijing Mercedes-Benz（原文写法，表 3-4-3）\n" in venture
    assert "  母公司：baic-group（报告载明，表 3-4-3）\n" in venture
    assert "  供货对象：mercedes-benz 2023–（报告载明，表 3-5-1）\n" in shown(real, "baosteel")
    assert "  发布机构\n" in shown(real, "ipe")


def test_a_disclosure_says_in_words_how_it_is_read_and_where_it_stands(real: Workspace) -> None:
    lines = shown(real, "beijing-benz").splitlines()
    assert "  beijing-benz/steel-baosteel（支持，可信度高）" in lines
    assert (
        "    ipe/automotive-report-2024，第 3.5(1) 节（二手来源；最近的脚注，"
        "按位置判断：脚注 60-62，Mercedes-Benz Sustainability Report 2023）" in lines
    )


def test_chinese_words_are_followed_by_chinese_marks(real: Workspace) -> None:
    halved = re.compile(r"[\u4e00-\u9fff] ?[:;,()\[]|[)\]:,;][\u4e00-\u9fff]")
    for entity in real.store.entities:
        text = shown(real, entity).partition("\n")[2]
        assert [line for line in text.splitlines() if halved.search(line)] == [], entity


@pytest.mark.parametrize(
    ("number", "language", "line"),
    [
        (1, "en", "Base: 1 disclosure, judged for automakers-2024"),
        (1200, "en", "Base: 1,200 disclosures, judged for automakers-2024"),
        (2, "zh", "基数：2 条陈述，按 automakers-2024 判定"),
    ],
)
def test_the_base_is_counted_in_both_languages(number: int, language: Language, line: str) -> None:
    assert base_line(number, NAME, language) == line


def test_the_rule_by_which_evidence_counts_is_told_in_both_languages() -> None:
    assert rule_text("en").startswith("What counts in an evaluation:\n1. It was public by")
    assert re.findall(r"^\d", rule_text("zh"), re.MULTILINE) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Quote: “产量增长8%。” (page 3; in translation: Output grew by 8 %.)"),
        ("zh", "原文：“产量增长8%。”（第 3 页；译文：Output grew by 8 %.）"),
    ],
)
def test_a_quote_is_shown_with_its_page_and_translation(
    real: Workspace, language: Language, told: str
) -> None:
    quote = Quote(text="产量增长8%。", language="zh", page=3, translation="Output grew by 8 %.")
    assert quote_text(quote, Wording(language)) == told
    plain = Quote(text="By 2030.", language="en")
    assert quote_text(plain, Wording("en")) == "Quote: “By 2030.”"
    kept = real.store.disclosures["polestar/nev-commitment-2023"]
    quoted = {"polestar/x": kept.model_copy(update={"quote": quote})}
    standings = {"polestar/x": real.standings(NAME)["polestar/nev-commitment-2023"]}
    lines = disclosure_lines(
        records(quoted, standings), real.methodology("automotive-2024"), language
    )
    assert f"    {told}" in lines
