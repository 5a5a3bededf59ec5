"""What names mean: profiles, scores and bases, as the files have them."""

from __future__ import annotations

import csv
import re

import pytest

from cati.analysis.claims.facts import (
    Base,
    Facts,
    OutsideBaseError,
    listed,
    standard_bases,
    suppliers,
)
from cati.analysis.claims.records import NotKnownError
from cati.analysis.claims.values import Truth, Word, exact, number_in
from cati.workspace import Workspace
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def facts(real: Workspace) -> Facts:
    card = real.score("automakers-2024")
    return Facts(real, card, standard_bases(real, card)["all"])


def of(facts: Facts, company: str, name: str) -> object:
    cells = facts.figure(name)
    assert cells is not None
    return cells[facts.companies.index(company)]


def test_bases_have_the_companies_they_name(real: Workspace) -> None:
    bases = standard_bases(real, real.score("automakers-2024"))
    assert {name: len(base.companies) for name, base in bases.items()} == {
        "all": 51,
        "without-joint-ventures": 37,
        "joint-ventures": 14,
        "chinese": 32,
        "chinese-without-joint-ventures": 18,
        "overseas": 19,
        "listed": 32,
        "new-energy": 10,
        "traditional": 41,
        "traditional-without-joint-ventures": 27,
        "american": 4,
        "european": 8,
        "japanese": 5,
        "korean": 2,
    }
    chinese, ventures = (set(bases[name].companies) for name in ("chinese", "joint-ventures"))
    assert set(bases["chinese-without-joint-ventures"].companies) == chinese - ventures


def test_listing_is_open_where_sources_disagree(real: Workspace, facts: Facts) -> None:
    open_ones = [c for c in facts.companies if listed(real.entity(c)) is None]
    assert open_ones == ["baic-group", "dongfeng"]
    assert of(facts, "baic-group", "listed") == Truth(None)


def test_profiles_and_scores_have_names(facts: Facts) -> None:
    assert of(facts, "byd", "country") == Word("CN", "country")
    assert of(facts, "byd", "reason") == Word("fortune-500", "reason")
    assert of(facts, "byd", "new_energy") == Truth(True)
    assert of(facts, "byd", "rank") == exact(36)
    assert of(facts, "mercedes-benz", "columns_scored") == exact(10)
    assert of(facts, "hozon", "lowest_rate") == exact(0)
    assert facts.constant("columns") == exact(10)
    assert facts.constant("total") is None
    assert facts.figure("nonsense") is None


@pytest.mark.slow
def test_rates_round_to_the_printed_ones(facts: Facts) -> None:
    path = ROOT / "reports/automakers-2024/published.csv"
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            for column in list(row)[4:]:
                rate = number_in(facts.rates(column)[facts.companies.index(row["company"])])
                assert rate.rounded(0) == exact(int(row[column])), (row["company"], column)


def test_ranks_are_among_the_base(facts: Facts) -> None:
    chinese = facts.on(standard_bases(facts.workspace, facts.whole)["chinese"])
    assert of(chinese, "geely-auto", "rank") == exact(1)
    assert chinese.constant("companies") == exact(32)
    assert chinese.constant("scope") == exact(51)


@pytest.mark.parametrize("text", ["China", "CN", "中国", "china"])
def test_countries_go_by_code_and_name(facts: Facts, text: str) -> None:
    assert facts.spelt("country", text) == "CN"


def test_other_spellings_lead_to_the_word_of_the_files(facts: Facts) -> None:
    assert facts.spelt("region", "Chinese Joint Venture") == "chinese-joint-venture"
    assert facts.spelt("product", "new-energy") == "new_energy"
    assert facts.spelt("company", "比亚迪") == "byd"
    assert facts.spelt("reason", "fortune 500") == "fortune-500"
    with pytest.raises(NotKnownError, match="a known kind"):
        facts.spelt("kind", "bank")


def test_companies_outside_the_base_are_told_from_unknown_ones(facts: Facts) -> None:
    korean = facts.on(Base("korean", ("hyundai", "kia")))
    assert korean.position("Kia") == 1
    with pytest.raises(OutsideBaseError):
        korean.position("byd")
    with pytest.raises(NotKnownError) as raised:
        korean.position("nobody at all")
    assert not isinstance(raised.value, OutsideBaseError)


def test_suppliers_have_evidence_and_no_scores(real: Workspace, facts: Facts) -> None:
    base = suppliers(real)
    assert "baosteel" in base.companies
    with pytest.raises(NotKnownError, match="a name of the profile or of evidence"):
        facts.on(base).figure("total")
    assert facts.on(base).figure("country") is not None


def test_a_joint_venture_is_part_of_its_parents(facts: Facts) -> None:
    cells = facts.parts_of("bmw")
    assert [c for c, cell in zip(facts.companies, cells, strict=True) if cell.value] == [
        "brilliance-bmw"
    ]


def test_every_name_is_described_on_its_page(facts: Facts) -> None:
    page = (ROOT / "docs/howto/claims.md").read_text(encoding="utf-8")
    ids = {c.id for c in facts.whole.methodology.columns}
    ids |= {t.id for t in facts.whole.methodology.tracks}
    described = set(re.findall(r"`([a-z_]+)`", page))
    assert set(facts.names) - ids <= described
