"""The evaluation of 2024 as it is described."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError

from cati.model.evaluation import Evaluation, Publisher
from cati.workspace import Workspace


@pytest.fixture(scope="module")
def evaluation(real: Workspace) -> Evaluation:
    return real.evaluation("automakers-2024")


def test_51_companies_up_to_30_july_2024(evaluation: Evaluation) -> None:
    assert len(evaluation.scope) == 51
    assert evaluation.cutoff == datetime.date(2024, 7, 30)
    assert evaluation.methodology == "automotive-2024"


def test_its_points_come_from_a_printed_table_with_serial_numbers(evaluation: Evaluation) -> None:
    assert evaluation.basis == "published"
    assert evaluation.published is not None
    assert evaluation.published.numbering == "serial"
    assert evaluation.published.where.source == "ipe/automotive-report-2024"


def test_the_methodology_sets_the_shares(evaluation: Evaluation) -> None:
    assert evaluation.shares is None
    assert evaluation.bands == (Decimal(30), Decimal(50), Decimal(70))


def test_it_says_that_it_is_unofficial_in_both_languages(evaluation: Evaluation) -> None:
    assert "unofficial reconstruction" in evaluation.notice.en
    assert "非官方" in evaluation.notice.zh
    for text in (evaluation.notice.en, evaluation.notice.zh):
        assert "IPE" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": []},
        {"reasons": []},
        {"basis": "guessed"},
        {"shares": {"Scope 3": 50}},
        {"published": {"where": {"source": "a/b", "locator": "x"}, "numbering": "alphabetical"}},
        {"contact": [{"id": "x", "name": {"en": "x", "zh": "x"}, "companies": -1}]},
    ],
)
def test_what_an_evaluation_cannot_be_is_refused(
    evaluation: Evaluation, wrong: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        Evaluation.model_validate(evaluation.model_dump(mode="python") | wrong)


NAME = {"en": "North Institute", "zh": "北方研究所"}


def test_nobody_is_named_as_publisher_of_the_reconstruction(evaluation: Evaluation) -> None:
    assert evaluation.publisher is None


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        (None, None),
        ("ranking+2025@north.example", "mailto:ranking+2025@north.example"),
        ("https://north.example/contact", "https://north.example/contact"),
    ],
)
def test_a_contact_is_an_address_or_a_page(contact: str | None, link: str | None) -> None:
    publisher = Publisher.model_validate({"name": NAME, "contact": contact})
    assert publisher.contact_link == link


@pytest.mark.parametrize(
    "wrong",
    [
        {"contact": "javascript:alert(1)"},
        {"contact": "javascript://north.example/%0aalert(1)@north.example"},
        {"contact": "http://north.example"},
        {"contact": "mailto:a@north.example"},
        {"contact": "a@north.example?bcc=b@north.example"},
        {"contact": "a@north.example,b@north.example"},
        {"contact": "a@north"},
        {"contact": '<b>"a"@north.example'},
        {"contact": "call us"},
        {"url": "north.example"},
        {"url": "data:text/html,a"},
        {"name": "North Institute"},
    ],
)
def test_what_a_publisher_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Publisher.model_validate({"name": NAME} | wrong)
