"""Sources: public documents with a link that can be followed safely."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from cati.model.source import Source

SOURCE: dict[str, Any] = {
    "id": "report-2023",
    "kind": "sustainability_report",
    "title": "Report 2023",
    "language": "en",
}


def source(**more: Any) -> Source:
    return Source.model_validate(SOURCE | more)


@pytest.mark.parametrize("link", ["https://example.org/a?b=c#d", "http://example.org/汽车.pdf"])
def test_links_lead_to_the_web(link: str) -> None:
    assert source(link=link).link == link


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "example.org",
        "https://",
        "https://example.org/a b",
        'https://example.org/"onclick="x',
        "https://example.org/<script>",
        " https://example.org",
        "https://example.org\n",
        f"https://example.org/{'x' * 2_000}",
    ],
)
def test_other_links_are_refused(link: str) -> None:
    with pytest.raises(ValidationError):
        source(link=link)


@pytest.mark.parametrize("published", ["2024", "2024-10", "2024-10-31"])
def test_a_date_of_publication_is_as_exact_as_known(published: str) -> None:
    assert source(published=published).published == published


@pytest.mark.parametrize(
    "wrong",
    [
        {"published": "October 2024"},
        {"accessed": "2024-10"},
        {"data_as_of": "2024-02-30"},
        {"sha256": "abc"},
        {"sha256": "A" * 64},
        {"kind": "blog"},
        {"language": "de"},
        {"title": " "},
        {"supersedes": "report-2022"},
        {"url": "https://example.org"},
    ],
)
def test_what_a_source_does_not_know_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        source(**wrong)


def test_a_checksum_has_64_hexadecimal_digits() -> None:
    assert source(sha256="0123456789abcdef" * 4).sha256 == "0123456789abcdef" * 4
