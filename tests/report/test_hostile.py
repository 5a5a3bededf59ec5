"""A company whose own files attack the reader, from its YAML through every form of a report."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pypdfium2
import pytest

if os.environ.get("CATI_REQUIRE_ALL") != "1":
    pytest.importorskip("playwright", reason="the package playwright is missing")

from playwright.sync_api import Page
from pydantic import BaseModel, TypeAdapter, ValidationError

from cati.model.base import UNSEEN as NO_NAME
from cati.model.entity import Citation, EntityRelation, Name
from cati.model.evidence import Evidence, Quote
from cati.model.language import LANGUAGES
from cati.model.source import Sources
from cati.report.cells import FORMULA_STARTS, NEGATIVE
from cati.report.figures.series import TOTAL
from cati.report.publish import publish
from cati.store.canonical import yaml_text
from tests.conftest import Spoilable
from tests.six import NAME, six_companies

pytestmark = pytest.mark.slow

PAGES = (
    *("index.html", "ranking.html", "compare.html#c=byd+mercedes-benz", "groups.html"),
    *("figures.html", "indicators.html", "indicators/1.1.2.html", "indicators/2.2.1.html"),
    *("companies/byd.html", "companies/mercedes-benz.html"),
)
PHONE = {"width": 390, "height": 844}

SCRIPT = "<script>window.ran=1</script>"
CODE = (
    f"{SCRIPT}\"'><img src=x onerror=window.ran=1><svg onload=window.ran=1>"
    "</style></title></textarea>[x](javascript:window.ran=1){{7*7}}{% raw %}"
    '#eval("window.ran") *b* _i_ `c` $x$ @ref <label> // c /* \\u{41}'
)
UNSEEN = "\N{RIGHT-TO-LEFT OVERRIDE}\N{RIGHT-TO-LEFT ISOLATE}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\t"
LINK = "https://example.org/'onclick=window.ran=1;(javascript:window.ran=1)?a={{7*7}}&b=%22$*#_"
LONGEST = (2_000, 500)
"""Characters of a text and of a quote, as the models limit them."""

M = TypeVar("M", bound=BaseModel)

# The files


@dataclass(frozen=True)
class Attack:
    """What stands instead of texts: formulas, code of all kinds and words without an end.

    Attributes
    ----------
    starts : tuple of str
        What they begin with, in turn.
    code : str
    kept : frozenset of str
        Names of fields, and texts, that stay as they are.
    """

    starts: tuple[str, ...]
    code: str
    kept: frozenset[str]

    def on(self, record: M) -> M:
        """A record with an attack in every text, also an empty one, that may be anything."""
        changed = {
            name: self._on_value(getattr(record, name), TypeAdapter(field.rebuild_annotation()))
            for name, field in type(record).model_fields.items()
            if name not in self.kept
        }
        return record.model_copy(update=changed)

    def _on_value(self, value: Any, form: TypeAdapter[Any]) -> Any:
        if isinstance(value, BaseModel):
            return self.on(value)
        if isinstance(value, tuple):
            return tuple(self.on(v) if isinstance(v, BaseModel) else v for v in value)
        if value is None or (isinstance(value, str) and value not in self.kept):
            return next((text for text in self._texts(value or "") if _fits(text, form)), value)
        return value

    def _texts(self, old: str) -> Iterator[str]:
        start = self.starts[len(old) % len(self.starts)]
        for longest in LONGEST:
            text = f"{start}1+1 {old[:60]} {self.code}"
            yield text.ljust(longest, "W")
            yield NO_NAME.sub("", text).ljust(longest, "W")  # of a name, every character is seen
        yield LINK.ljust(LONGEST[0], "w")


def _fits(text: str, form: TypeAdapter[Any]) -> bool:
    try:
        form.validate_python(text)
    except ValidationError:
        return False
    return True


ATTACKS = {
    "byd": Attack(FORMULA_STARTS, CODE + UNSEEN, frozenset({"retracted"})),
    # a series is drawn of what fonts have, and has its units, its years and the name of its total
    "mercedes-benz": Attack(
        ("=", "+", "-", "@"), CODE + UNSEEN, frozenset({"retracted", "unit", "year", TOTAL})
    ),
}


def spoil(workspace: Spoilable, company: str, attack: Attack) -> None:
    """Write a company's files anew: everything it can say, hostile."""
    store = workspace.open().store
    own = f"{company}/"
    place = Citation(source="ipe/automotive-report-2024", locator="a")
    profile = store.entities[company]
    more = {
        "names": (*profile.names, Name(name="a", kind="brand", where=place)),
        "relations": (EntityRelation(kind="parent", name="b", basis="stated", where=place),),
    }
    quote = {"quote": Quote(text="a", language="en", translation="b")}
    evidence = [d.model_copy(update=quote) for r, d in store.disclosures.items() if own in r]
    sources = [source for reference, source in store.sources.items() if own in reference]
    files = {
        "company": profile.model_copy(update=more),
        "evidence": Evidence(format=1, disclosures=tuple(evidence)),
        "sources": Sources(format=1, sources=tuple(sources)),
    }
    for name, said in files.items():
        workspace.write(f"companies/{company}/{name}.yaml", yaml_text(attack.on(said)))
    print_by_its_name(workspace, company)


def print_by_its_name(workspace: Spoilable, company: str) -> None:
    """Have the printed table, whose names are checked, print what the company is called now."""
    table = f"reports/{NAME}/published.csv"
    rows = list(csv.DictReader(io.StringIO(workspace.read(table))))
    for row in rows:
        if row["company"] == company:
            row["name"] = workspace.open().store.entities[company].name.en
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    workspace.write(table, stream.getvalue())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft of six companies' evaluation in which two companies' files are hostile."""
    workspace = six_companies(tmp_path_factory.mktemp("hostile"), "published")
    for company, attack in ATTACKS.items():
        spoil(workspace, company, attack)
    opened = workspace.open()
    assert [problem for problem in opened.check() if problem.severity == "error"] == []
    published = publish(opened, NAME, draft=True)
    assert published.notes == ()
    return published.folder


# What comes of them


def test_no_cell_of_a_table_is_a_formula(hostile: Path) -> None:
    attacking = set()
    for path in hostile.rglob("*.csv"):
        file = path.relative_to(hostile).as_posix()
        with path.open(encoding="utf-8", newline="") as stream:
            for cell in (cell for row in csv.reader(stream) for cell in row):
                assert not cell.startswith(FORMULA_STARTS) or NEGATIVE.fullmatch(cell), file
                if SCRIPT in cell:
                    attacking.add(file)
    assert {"data/evidence-draft.csv", "figures/en/scope3-series-draft.csv"} <= attacking


def test_no_cell_of_a_workbook_is_a_formula_or_leads_anywhere_but_to_a_page(hostile: Path) -> None:
    for path in hostile.glob("*.xlsx"):
        told = False
        with zipfile.ZipFile(path) as book:
            for part in book.namelist():
                text = book.read(part).decode("utf-8", "replace")
                told |= "window.ran" in text
                assert not any("window.ran" in f for f in re.findall(r"<f\b[^>]*>([^<]*)", text))
                for target in re.findall(r'Target="([^"]+)" TargetMode="External"', text):
                    assert target.startswith(("https://", "http://"))
        assert told, path.name


def test_pdfs_tell_the_attack_as_text_within_the_sheet(hostile: Path) -> None:
    for path in hostile.glob("*.pdf"):
        told = ""
        with pypdfium2.PdfDocument(path) as pdf:
            for number, page in enumerate(pdf, start=1):
                width, height = page.get_size()
                text = page.get_textpage()
                told += text.get_text_range()
                for index in range(text.count_rects()):
                    left, bottom, right, top = text.get_rect(index)
                    assert 0 <= left <= right <= width, (path.name, number)
                    assert 0 <= bottom <= top <= height, (path.name, number)
        plain = re.sub(r"[\s\u00ad\u200b\ufffe\x02-]", "", told)
        assert SCRIPT in plain, path.name
        assert '#eval("window.ran")' in plain, path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_run_nothing_ask_for_nothing_and_fit_a_phone(
    hostile: Path, page: Page, language: str
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    told = set()
    for name in PAGES:
        file, _, fragment = name.partition("#")
        page.goto(f"{(hostile / language / file).as_uri()}#{fragment}")
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        assert page.evaluate("window.ran") is None, name
        planted = "document.querySelectorAll('img[src=x], main script:not([type])').length"
        assert page.evaluate(planted) == 0, name
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        links = page.evaluate("Array.from(document.links, link => link.protocol)")
        assert set(links) <= {"file:", "https:", "http:"}, name
        if SCRIPT in page.inner_text("body"):
            told.add(name)
    assert {"companies/byd.html", "ranking.html", "indicators/1.1.2.html"} <= told
