"""A workspace with an archived document, for tests of the research desk."""

from __future__ import annotations

import datetime
from pathlib import Path

from cati.research.desk.documents import Added, add_document
from cati.store.store import Store
from tests.conftest import Spoilable

DAY = datetime.date(2025, 6, 2)
TERMS = """\
        search_terms:
          en: [green steel, low-carbon steel, steel]
          zh: [绿钢, 废钢, 低碳钢]
"""


def add(root: Path, company: str, content: bytes, name: str = "report.pdf", **given: str) -> Added:
    """Archive a document of a company."""
    path = root / name
    path.write_bytes(content)
    added = add_document(Store.open(root), company, path, given, DAY)
    path.unlink()
    return added


def add_report(root: Path, content: bytes, company: str = "alpha", **given: str) -> Added:
    """Archive a new sustainability report."""
    said = {"id": "report-2024", "title": "Report 2024", "kind": "sustainability_report"}
    return add(root, company, content, **{**said, "language": "en", **given})


def with_terms(tiny: Spoilable) -> Spoilable:
    """Give the indicator 1.1.2 of the tiny methodology search terms."""
    file = "indicators/tiny/1-rules.yaml"
    text = tiny.read(file)
    start = text.index("      - code: 1.1.2")
    end = text.find("      - ", start + 10)
    end = len(text) if end < 0 else end
    tiny.write(file, text[:end].rstrip("\n") + "\n" + TERMS + text[end:])
    return tiny
