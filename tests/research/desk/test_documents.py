"""Adding a document: one copy, one record, versions that replace one another."""

from __future__ import annotations

import pytest

from cati.problems import ProblemsError, UsageError
from cati.research.desk.documents import citing, current, document_named, documents
from cati.store.store import Store
from tests.conftest import Spoilable
from tests.research.desk_cases import add, add_report
from tests.research.documents import saved_page, written_pdf

FIRST, SECOND = written_pdf(["Steel 2023"]), written_pdf(["Steel 2024"])
EVIDENCE = """\
format: 1
disclosures:
  - id: steel
    statement: It buys steel.
    indicators: [tiny/1.1.1]
    polarity: supports
    confidence: high
    where:
      - {source: alpha/report-2024, locator: page 1}
"""


def test_a_new_document_gets_a_record(tiny: Spoilable) -> None:
    added = add_report(tiny.root, FIRST, published="2024-05", link="https://alpha.example/r.pdf")
    assert (added.reference, added.what) == ("alpha/report-2024", "new")
    source = Store.open(tiny.root).sources["alpha/report-2024"]
    assert source.sha256 == added.kept.sha256
    assert (source.title, source.published) == ("Report 2024", "2024-05")
    assert tiny.problems() == []


def test_the_same_file_twice_changes_nothing_but_what_is_said(tiny: Spoilable) -> None:
    add_report(tiny.root, FIRST)
    before = tiny.read("companies/alpha/sources.yaml")
    again = add(tiny.root, "alpha", FIRST, "another-name.pdf")
    assert (again.reference, again.what) == ("alpha/report-2024", "same")
    assert tiny.read("companies/alpha/sources.yaml") == before
    add(tiny.root, "alpha", FIRST, published="2024-06")
    assert Store.open(tiny.root).sources["alpha/report-2024"].published == "2024-06"


def test_a_known_source_without_a_copy_gets_one(tiny: Spoilable) -> None:
    added = add(tiny.root, "press", FIRST, id="report")
    assert (added.reference, added.what) == ("press/report", "attached")
    source = Store.open(tiny.root).sources["press/report"]
    assert (source.title, source.sha256) == ("The report", added.kept.sha256)


@pytest.mark.parametrize("given", [{"id": "report-2024"}, {"link": "https://alpha.example/r.pdf"}])
def test_a_changed_file_is_a_new_version_and_names_what_cites_the_old(
    tiny: Spoilable, given: dict[str, str]
) -> None:
    add_report(tiny.root, FIRST, link="https://alpha.example/r.pdf", published="2024-05")
    tiny.write("companies/alpha/evidence.yaml", EVIDENCE)
    added = add(tiny.root, "alpha", SECOND, **given)
    assert (added.reference, added.what) == ("alpha/report-2024-v2", "version")
    (cited,) = added.citing
    place = (cited.file, cited.line)
    assert (cited.reference, place) == ("alpha/steel", ("companies/alpha/evidence.yaml", 3))
    store = Store.open(tiny.root)
    version = store.sources["alpha/report-2024-v2"]
    assert (version.title, version.supersedes) == ("Report 2024", "alpha/report-2024")
    assert (version.published, version.link) == (None, "https://alpha.example/r.pdf")
    assert list(current(store, "alpha").values()) == ["alpha/report-2024-v2"]
    third = add(tiny.root, "alpha", written_pdf(["Steel 2025"]), **given)
    assert third.reference == "alpha/report-2024-v3"
    assert third.citing == ()
    source = Store.open(tiny.root).sources["alpha/report-2024-v3"]
    assert source.supersedes == "alpha/report-2024-v2"
    assert tiny.problems() == []


def test_a_saved_web_page_brings_its_link_and_day(tiny: Spoilable) -> None:
    page = saved_page("<p>采购绿钢</p>")
    added = add(
        tiny.root, "alpha", page, id="website", title="Website", kind="website", language="zh"
    )
    source = Store.open(tiny.root).sources[added.reference]
    assert source.link == "https://aurora.example/supply-chain"
    assert str(source.accessed) == "2025-03-20"


def test_a_new_source_needs_what_cannot_be_guessed(tiny: Spoilable) -> None:
    with pytest.raises(UsageError) as error:
        add(tiny.root, "alpha", FIRST)
    for field in ("id", "kind", "title", "language"):
        assert f"expected the field {field}" in str(error.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"published": "May"}, "published: expected a date as YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"link": "ftp://x"}, "link: expected a link that begins with https://"),
        ({"kind": "book"}, "kind: expected benchmark_report"),
        ({"accessed": "2024-02-30"}, "accessed: expected a day that exists"),
        (
            {"published": "2024-05", "accessed": "2023-05-01"},
            "accessed: expected a date not before",
        ),
    ],
)
def test_what_does_not_fit_a_source_is_refused(
    tiny: Spoilable, given: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError) as error:
        add_report(tiny.root, FIRST, **given)
    assert message in str(error.value)
    assert not (tiny.root / "companies/alpha/sources.yaml").exists()
    assert list((tiny.root / "private/documents").iterdir()) == []


def test_a_file_is_kept_with_one_publisher(tiny: Spoilable) -> None:
    add_report(tiny.root, FIRST)
    with pytest.raises(UsageError, match="kept as alpha/report-2024; cite that"):
        add_report(tiny.root, FIRST, "beta")
    with pytest.raises(UsageError, match="kept as alpha/report-2024; cite that"):
        add(tiny.root, "alpha", FIRST, id="other")


def test_a_workspace_with_errors_is_refused(tiny: Spoilable) -> None:
    tiny.write("companies/beta/evidence.yaml", "format: 2\n")
    with pytest.raises(ProblemsError, match=r"companies/beta/evidence\.yaml"):
        add_report(tiny.root, FIRST)


def test_documents_are_listed_with_their_copies(tiny: Spoilable) -> None:
    add(tiny.root, "press", FIRST, id="report")
    found = {d.reference: d for d in documents(Store.open(tiny.root), "press")}
    assert found["press/report"].copy is not None
    assert found["press/draft"].copy is None
    assert found["press/draft"].replaced_by == "press/report"


def test_a_document_is_found_by_id_or_reference(tiny: Spoilable) -> None:
    store = Store.open(tiny.root)
    assert document_named(store, "press", "report").reference == "press/report"
    assert document_named(store, "alpha", "press/report").reference == "press/report"
    with pytest.raises(UsageError, match="did you mean report"):
        document_named(store, "press", "reprot")


def test_nothing_cites_a_source_that_nobody_cites(tiny: Spoilable) -> None:
    assert citing(Store.open(tiny.root), "press/draft") == ()
