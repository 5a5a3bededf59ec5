"""Adding a document: one copy, one record, versions that replace one another."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from cati.problems import CatiError, ProblemsError, UsageError
from cati.research.desk.archive import Archive
from cati.research.desk.documents import (
    add_document,
    citing,
    current,
    document_named,
    documents,
    outdated,
)
from cati.store.store import Store
from tests.at_once import DONE, at_once
from tests.conftest import Spoilable
from tests.research.desk_cases import DAY, add, add_report
from tests.research.documents import saved_page, written_pdf

FIRST, SECOND = written_pdf(["Steel 2023"]), written_pdf(["Steel 2024"])
UNDATED = b"\n".join(
    line for line in saved_page("<p>Green steel</p>").split(b"\n") if not line.startswith(b"Date")
)
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


@pytest.mark.slow
def test_the_same_file_twice_changes_nothing_but_what_is_said(tiny: Spoilable) -> None:
    add_report(tiny.root, FIRST)
    before = tiny.read("companies/alpha/sources.yaml")
    again = add(tiny.root, "alpha", FIRST, "another-name.pdf")
    assert (again.reference, again.what) == ("alpha/report-2024", "same")
    assert tiny.read("companies/alpha/sources.yaml") == before
    (tiny.root / f"private/documents/{again.kept.sha256}.pdf").unlink()
    assert add(tiny.root, "alpha", FIRST).what == "back"
    add(tiny.root, "alpha", FIRST, published="2024-06")
    assert Store.open(tiny.root).sources["alpha/report-2024"].published == "2024-06"


def test_a_known_source_without_a_copy_gets_one(tiny: Spoilable) -> None:
    added = add(tiny.root, "press", FIRST, id="report")
    assert (added.reference, added.what) == ("press/report", "attached")
    source = Store.open(tiny.root).sources["press/report"]
    assert (source.title, source.sha256) == ("The report", added.kept.sha256)


@pytest.mark.slow
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
    assert (third.reference, third.earlier) == ("alpha/report-2024-v3", "alpha/report-2024-v2")
    assert third.citing == added.citing  # nobody has taken it to the second version
    source = Store.open(tiny.root).sources["alpha/report-2024-v3"]
    assert source.supersedes == "alpha/report-2024-v2"
    assert tiny.problems() == []


@pytest.mark.slow
def test_a_known_link_under_a_new_id_is_a_new_version_of_that_id(tiny: Spoilable) -> None:
    link = "https://alpha.example/r.pdf"
    add_report(tiny.root, FIRST, link=link, published="2024-05")
    tiny.write("companies/alpha/evidence.yaml", EVIDENCE)
    added = add(tiny.root, "alpha", SECOND, id="r24b", link=link)
    assert (added.reference, added.what) == ("alpha/r24b", "version")
    assert [one.reference for one in added.citing] == ["alpha/steel"]
    store = Store.open(tiny.root)
    assert store.sources["alpha/r24b"].supersedes == "alpha/report-2024"
    assert list(current(store, "alpha").values()) == ["alpha/r24b"]
    third = add(tiny.root, "alpha", written_pdf(["Steel 2025"]), id="r24c", link=link)
    assert third.earlier == "alpha/r24b"
    assert tiny.problems() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "settled",
    [
        "    retracted: Not in the second edition.\n",
        """\
  - id: steel-2
    statement: It buys green steel.
    indicators: [tiny/1.1.1]
    polarity: supports
    confidence: high
    where:
      - {source: alpha/report-2024-v2, locator: page 1}
    supersedes: {disclosure: alpha/steel, was: It buys steel., reason: The second edition.}
""",
    ],
)
def test_a_disclosure_that_no_longer_stands_needs_no_other_look(
    tiny: Spoilable, settled: str
) -> None:
    add_report(tiny.root, FIRST)
    add(tiny.root, "alpha", SECOND, id="report-2024")
    tiny.write("companies/alpha/evidence.yaml", EVIDENCE + settled)
    third = add(tiny.root, "alpha", written_pdf(["Steel 2025"]), id="report-2024")
    assert "alpha/steel" not in [one.reference for one in third.citing]


@pytest.mark.slow
def test_an_earlier_version_is_outdated_by_the_latest_that_is_here(tiny: Spoilable) -> None:
    for content in (FIRST, SECOND, written_pdf(["Steel 2025"])):
        last = add_report(tiny.root, content)
    store = Store.open(tiny.root)
    first, second, third = (f"alpha/report-2024{end}" for end in ("", "-v2", "-v3"))
    assert outdated(store, "alpha") == {first: third, second: third}
    path = Archive(tiny.root).copy(last.kept.sha256)
    assert path is not None
    path.unlink()
    assert outdated(store, "alpha") == {first: second}
    assert list(current(store, "alpha").values()) == [second]


def test_a_copy_added_under_an_earlier_id_stays_the_later_source_s(tiny: Spoilable) -> None:
    draft = Store.open(tiny.root).sources["press/draft"]
    added = add(tiny.root, "press", FIRST, id="draft")
    assert (added.reference, added.what) == ("press/report", "attached")
    assert Store.open(tiny.root).sources["press/draft"] == draft


@pytest.mark.parametrize("content", [b"<!doctype html><p>Green steel</p>", UNDATED])
def test_a_web_page_without_a_day_is_taken_as_saved_today(tiny: Spoilable, content: bytes) -> None:
    said = {"id": "web", "title": "Web", "kind": "website", "language": "en"}
    added = add(tiny.root, "alpha", content, **said)
    assert added.saved == DAY
    assert Store.open(tiny.root).sources["alpha/web"].accessed == DAY
    dated = add(tiny.root, "beta", content + b" ", **said, accessed="2025-01-02")
    assert dated.saved is None
    assert str(Store.open(tiny.root).sources["beta/web"].accessed) == "2025-01-02"


def test_a_pdf_does_not_tell_when_it_was_downloaded(tiny: Spoilable) -> None:
    assert add_report(tiny.root, FIRST).saved is None
    assert Store.open(tiny.root).sources["alpha/report-2024"].accessed is None


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
        assert f"--{field}: expected a value; found nothing" in str(error.value)


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


@pytest.mark.slow
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
    with pytest.raises(UsageError, match="no source beta/nope: it has none yet"):
        document_named(store, "beta", "nope")


def test_of_many_documents_a_list_is_named(tiny: Spoilable) -> None:
    record = "  - {{id: report-{n}, kind: other, title: Report {n}, language: en}}\n"
    records = "".join(record.format(n=number) for number in range(13))
    tiny.write("companies/alpha/sources.yaml", f"format: 1\nsources:\n{records}")
    with pytest.raises(UsageError, match="'cati document list alpha' shows those there are"):
        document_named(Store.open(tiny.root), "alpha", "xyz")


def test_nothing_cites_a_source_that_nobody_cites(tiny: Spoilable) -> None:
    assert citing(Store.open(tiny.root), ["press/draft"]) == ()


def kept_copies(workspace: Spoilable) -> list[str]:
    return [path.name for path in (workspace.root / "private/documents").iterdir()]


def test_one_file_added_twice_at_once_is_one_source(tiny: Spoilable) -> None:
    def adding(company: str) -> Callable[[Callable[[], object]], object]:
        path = tiny.root / f"{company}.pdf"
        path.write_bytes(FIRST)
        given = {"id": "report", "title": "R", "kind": "other", "language": "en"}

        def add_it(all_have_read: Callable[[], object]) -> None:
            store = Store.open(tiny.root)
            all_have_read()
            add_document(store, company, path, given, DAY)

        return add_it

    said = at_once(adding("alpha"), adding("beta"))
    (refused,) = [told for told in said if told != DONE]
    assert re.search(
        r"sources\.yaml: expected the file as it was read|this file is kept as", refused
    )
    kept = [source.sha256 for source in tiny.open().store.sources.values() if source.sha256]
    assert kept_copies(tiny) == [f"{kept[0]}.pdf"]
    assert len(kept) == 1


@pytest.mark.slow
def test_what_is_refused_leaves_no_copy_and_takes_none_away(tiny: Spoilable) -> None:
    with pytest.raises(UsageError):
        add(tiny.root, "alpha", FIRST)  # says neither what it is nor its language
    assert kept_copies(tiny) == []
    added = add_report(tiny.root, FIRST)
    with pytest.raises(UsageError, match="this file is kept as alpha/report-2024"):
        add_report(tiny.root, FIRST, "beta")
    assert kept_copies(tiny) == [f"{added.kept.sha256}.pdf"]


@pytest.mark.slow
def test_what_others_add_while_a_document_is_read_is_known_and_stays(tiny: Spoilable) -> None:
    stale = Store.open(tiny.root)
    tiny.write("file.pdf", SECOND)
    add_report(tiny.root, FIRST)
    given = {"id": "report-2024", "title": "R", "kind": "other", "language": "en"}
    added = add_document(stale, "alpha", tiny.root / "file.pdf", given, DAY)
    assert (added.reference, added.what) == ("alpha/report-2024-v2", "version")
    assert {"alpha/report-2024", "alpha/report-2024-v2"} <= tiny.open().store.sources.keys()


ENDED = """
import os, signal, sys
from pathlib import Path
from cati.research.desk.archive import Archive
with Archive(Path(sys.argv[1])).received(Path(sys.argv[2])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_what_a_killed_run_left_is_cleared_away(tiny: Spoilable) -> None:
    path = tiny.root / "file.pdf"
    path.write_bytes(FIRST)
    run = subprocess.run([sys.executable, "-c", ENDED, tiny.root, path], check=False)
    assert run.returncode == -signal.SIGKILL
    (left,) = kept_copies(tiny)
    added = add_report(tiny.root, SECOND)
    assert kept_copies(tiny) == [f"{added.kept.sha256}.pdf"] != [left]


@pytest.mark.parametrize("link", ["private", "private/documents", "private/index"])
def test_no_document_is_written_through_a_link(
    tiny: Spoilable, tmp_path_factory: pytest.TempPathFactory, link: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (tiny.root / link).parent.mkdir(exist_ok=True)
    (tiny.root / link).symlink_to(elsewhere)
    with pytest.raises(CatiError, match="found a link to"):
        add_report(tiny.root, FIRST)
    assert list(elsewhere.iterdir()) == []
