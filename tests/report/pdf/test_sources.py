"""Every source is listed once, with publisher, title and dates."""

from __future__ import annotations

from cati.model.language import Language
from cati.report.edition import Edition
from cati.report.pdf.sources import sources
from cati.report.wording import Wording


def told(edition: Edition, language: Language) -> list[str]:
    return [str(source["text"]) for source in sources(edition, Wording(language))]


def test_sources_are_named_once_with_publisher(edition: Edition) -> None:
    english = told(edition, "en")
    assert len(set(english)) == len(english)
    report = edition.sources["ipe/automotive-report-2024"]
    assert any(report.title in text and edition.entities["ipe"].name.en in text for text in english)
    original = edition.sources["mercedes-benz/sustainability-report-2023"]
    assert any(original.title in text for text in english)  # the document that the report tells of


def test_chinese_sources_have_chinese_marks(edition: Edition) -> None:
    found = sources(edition, Wording("zh"))
    (byd,) = [text for text in told(edition, "zh") if text.startswith("比亚迪：")]
    linked = [str(source["text"]) for source in found if source["link"]]
    assert byd.startswith("比亚迪：《")
    assert all(text.endswith("，") for text in linked)
    assert any("》，2024" in text and text.endswith("日查阅，") for text in linked)
