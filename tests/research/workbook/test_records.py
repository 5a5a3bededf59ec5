"""New rows become sources and disclosures, each fault at its cell."""

from __future__ import annotations

import pytest

from cati.model.evidence import Disclosure, Place, Quote
from cati.model.source import Source
from tests.conftest import Spoilable
from tests.research.importing import DATED, Desk, answered, planned, refused, tiny_desk


@pytest.fixture
def workspace(assessed: Spoilable) -> Spoilable:
    return answered(assessed)


@pytest.fixture
def desk(workspace: Spoilable) -> Desk:
    return tiny_desk(workspace)


def test_a_source_a_disclosure_and_an_answer_come_together(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.add_source(link="https://example.org/a")
    desk.add_disclosure(source="news", quote="By 2030.")
    desk.answer(DATED, answer="met", disclosures="fact")
    plan = planned(workspace, desk.save())
    assert plan.records.sources["alpha/news"] == Source(
        id="news",
        kind="website",
        title="News",
        language="en",
        link="https://example.org/a",
        published="2024-06-01",
        accessed="2024-06-20",  # type: ignore[arg-type]  read as a file is
    )
    assert plan.records.disclosures["alpha/fact"] == Disclosure(
        id="fact",
        statement="It says so.",
        indicators=("tiny/1.1.1",),
        polarity="supports",
        confidence="high",
        where=(Place(source="alpha/news", locator="p. 9"),),
        quote=Quote(text="By 2030.", language="en"),
    )
    plan.carry_out()
    assert workspace.problems() == []
    store = workspace.open().store
    assert store.sources["alpha/news"] == plan.records.sources["alpha/news"]
    assert {"alpha/pledge", "alpha/when", "alpha/fact"} <= set(store.disclosures)
    assert store.assessments["first"]["alpha"].verdicts[1].disclosures == ("alpha/fact",)


def test_a_company_without_files_gets_them(workspace: Spoilable) -> None:
    desk = tiny_desk(workspace, company="gamma").add_source()
    desk.add_disclosure(source="news").answer(DATED, answer="met", disclosures="fact")
    plan = planned(workspace, desk.save())
    plan.carry_out()
    assert sorted(plan.texts) == [
        f"companies/gamma/{name}"
        for name in ("assessments/first.yaml", "evidence.yaml", "sources.yaml")
    ]
    assert workspace.problems() == []


def test_what_a_publisher_says_is_secondary_and_a_quote_in_its_own_language(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.add_disclosure(source="press/report")
    desk.add_disclosure(1, id="other", source="alpha/report", quote="是的")
    records = planned(workspace, desk.save()).records
    assert records.disclosures["alpha/fact"].where[0].secondary
    other = records.disclosures["alpha/other"]
    assert (other.where[0].secondary, other.quote) == (False, Quote(text="是的", language="zh"))


def test_what_is_missing_in_a_new_row_is_named_cell_by_cell(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.add_source(kind=None, title=None)
    desk.add_disclosure(1, id=None, polarity=None)
    assert refused(workspace, desk.save()) == [
        f"alpha.xlsx: {place}: expected an entry under '{title}'; found nothing "
        "(every new row needs one)"
        for place, title in (
            (desk.new_place("sources", "kind"), "Kind"),
            (desk.new_place("sources", "title"), "Title"),
            (desk.new_place("disclosures", "id", 1), "Id"),
            (desk.new_place("disclosures", "polarity", 1), "Speaks"),
        )
    ]


@pytest.mark.parametrize(
    ("values", "column", "message"),
    [
        ({"id": "New Fact"}, "id", "expected an id of lower-case letters, digits and hyphens"),
        ({"id": "pledge"}, "id", "expected an id that companies/alpha/evidence.yaml does not have"),
        (
            {"indicators": "1.1.9"},
            "indicators",
            "codes of indicators, such as 1.1.1; found '1.1.9'",
        ),
        ({"indicators": "1.1"}, "indicators", "codes of indicators, such as 1.1.1; found '1.1' ("),
        ({"indicators": "other/9.9.9"}, "indicators", "found 'other/9.9.9' (did you mean other/"),
        ({"source": "alpha/reprot"}, "source", "found 'alpha/reprot' (did you mean alpha/report"),
        ({"source": "report; press/report"}, "source", "expected one source"),
        ({"quote": "x" * 501}, "quote", "expected at most 500 characters; found 501 characters"),
        ({"locator": "x" * 2_001}, "locator", "expected at most 2000 characters"),
        ({"statement": "x" * 2_001}, "statement", "expected at most 2000 characters"),
        (
            {"polarity": "perhaps"},
            "polarity",
            "expected supports, supports a part or nothing found",
        ),
        ({"confidence": "hihg"}, "confidence", "expected high, medium or low; found 'hihg'"),
        ({"language": "French"}, "language", "expected English or Chinese; found 'French'"),
    ],
)
def test_a_fault_of_a_disclosure_is_named_at_its_cell_and_once(
    workspace: Spoilable, desk: Desk, values: dict[str, str], column: str, message: str
) -> None:
    desk.add_disclosure(**values)
    desk.answer(DATED, answer="met", disclosures=values.get("id", "fact").replace("New F", "f"))
    if values.get("id") == "New Fact":
        desk.answer(DATED, answer=None, disclosures=None)
    (problem,) = refused(workspace, desk.save())
    assert problem.startswith(f"alpha.xlsx: {desk.new_place('disclosures', column)}: ")
    assert message in problem


@pytest.mark.parametrize(
    ("values", "column", "message"),
    [
        ({"id": "报告"}, "id", "expected an id of lower-case letters, digits and hyphens"),
        ({"id": "report"}, "id", "expected an id that companies/alpha/sources.yaml does not have"),
        ({"link": "javascript:alert(1)"}, "link", "expected a link that begins with https:// or"),
        ({"kind": "annual raport"}, "kind", "found 'annual raport' (did you mean annual report?)"),
        ({"published": "2024-13"}, "published", "expected a day that exists; found '2024-13'"),
        ({"accessed": "2024-05"}, "accessed", "expected a date as YYYY-MM-DD; found '2024-05'"),
        (
            {"accessed": "2024-05-01"},
            "accessed",
            "expected a date not before 2024-06-01 (published); found 2024-05-01",
        ),
    ],
)
def test_a_fault_of_a_source_is_named_at_its_cell_and_once(
    workspace: Spoilable, desk: Desk, values: dict[str, str], column: str, message: str
) -> None:
    desk.add_source(**values)
    if "id" not in values:
        desk.add_disclosure(source="news")
        desk.answer(DATED, answer="met", disclosures="fact")
    (problem,) = refused(workspace, desk.save())
    assert problem.startswith(f"alpha.xlsx: {desk.new_place('sources', column)}: ")
    assert message in problem


def test_an_id_stands_once_in_a_workbook(workspace: Spoilable, desk: Desk) -> None:
    desk.add_source().add_source(1, title="Other")
    assert refused(workspace, desk.save()) == [
        f"alpha.xlsx: {desk.new_place('sources', 'id', 1)}: expected each id once; "
        "found 'news' a second time"
    ]


def test_two_workbooks_may_bring_the_same_record_but_not_two_under_one_id(
    workspace: Spoilable, desk: Desk
) -> None:
    other = tiny_desk(workspace, "other.xlsx").add_source()
    first = desk.add_source().save()
    assert len(planned(workspace, first, other.save()).records.sources) == 1
    other.add_source(title="Other")
    assert refused(workspace, first, other.save()) == [
        f"other.xlsx: {other.new_place('sources', 'id')}: expected an id of its own, or what "
        f"alpha.xlsx says in {desk.new_place('sources', 'id')}; found 'news' (choose another id)"
    ]


def test_one_workbook_may_cite_what_another_brings(workspace: Spoilable, desk: Desk) -> None:
    gamma = tiny_desk(workspace, company="gamma").add_source().add_disclosure(source="news")
    desk.answer(DATED, answer="met", disclosures="gamma/fact")
    planned(workspace, desk.save(), gamma.save()).carry_out()
    assert workspace.problems() == []


def test_what_has_been_imported_is_not_new_the_second_time(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.add_source().add_disclosure(source="news", quote="So.")
    desk.answer(DATED, answer="met", disclosures="fact")
    path = desk.save()
    planned(workspace, path).carry_out()
    again = planned(workspace, path)
    assert (again.texts, again.records.sources, again.answers) == ({}, {}, ())


def test_a_cell_that_cannot_be_read_hides_nothing_missing_in_its_row(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.add_disclosure(polarity="perhaps", statement=None)
    problems = refused(workspace, desk.save())
    places = [desk.new_place("disclosures", column) for column in ("polarity", "statement")]
    assert [problem.split(": expected")[0] for problem in problems] == [
        f"alpha.xlsx: {place}" for place in places
    ]


def named(problems: list[str]) -> list[tuple[str, str]]:
    """Cell and fault of each problem, without hints."""
    return [
        (place, fault.partition(" (")[0])
        for place, _, fault in (problem.partition(": expected ") for problem in problems)
    ]


def test_every_fault_of_a_new_disclosure_is_told_at_once(workspace: Spoilable, desk: Desk) -> None:
    desk.add_disclosure(
        id="New Fact",
        indicators="1.1.1; 9.9.9",
        source="alpha/nope",
        locator=None,
        polarity="perhaps",
        quote="x" * 501,
    )
    expected = {
        "polarity": "supports, supports a part or nothing found; found 'perhaps'",
        "locator": "an entry under 'Page or section'; found nothing",
        "source": "one source, in companies/<entity>/sources.yaml or in a new row; "
        "found 'alpha/nope'",
        "indicators": "codes of indicators, such as 1.1.1; found '9.9.9'",
        "id": "an id of lower-case letters, digits and hyphens, such as volvo-cars; "
        "found 'New Fact'",
        "quote": "at most 500 characters; found 501 characters",
    }
    assert named(refused(workspace, desk.save())) == [
        (f"alpha.xlsx: {desk.new_place('disclosures', column)}", fault)
        for column, fault in expected.items()
    ]


def test_every_fault_of_a_new_source_is_told_at_once(workspace: Spoilable, desk: Desk) -> None:
    desk.add_source(id="Report 2024", kind="report", title=None, accessed="2024-05-31")
    desk.add_source(1, id="report", kind=None)
    expected = [
        ("kind", 0, "benchmark report, annual report, sustainability report, website, "),
        ("title", 0, "an entry under 'Title'; found nothing"),
        ("id", 0, "an id of lower-case letters, digits and hyphens, such as volvo-cars; found "),
        ("accessed", 0, "a date not before 2024-06-01; found 2024-05-31"),
        ("kind", 1, "an entry under 'Kind'; found nothing"),
        ("id", 1, "an id that companies/alpha/sources.yaml does not have yet; found 'report'"),
    ]
    told = named(refused(workspace, desk.save()))
    for (place, fault), (column, number, text) in zip(told, expected, strict=True):
        assert place == f"alpha.xlsx: {desk.new_place('sources', column, number)}"
        assert fault.replace(" (published)", "").startswith(text.partition(";")[0])


def test_an_imported_row_with_a_fault_is_still_the_one_of_its_id(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.add_source().add_disclosure(source="news", quote="So.")
    planned(workspace, desk.save()).carry_out()
    desk.add_source(kind="wbsite").add_disclosure(source="nwes", quote="So.")
    assert named(refused(workspace, desk.save())) == [
        (f"alpha.xlsx: {desk.new_place(key, column)}", fault)
        for key, column, fault in (
            (
                "sources",
                "kind",
                "benchmark report, annual report, sustainability report, website, "
                "CDP response or other; found 'wbsite'",
            ),
            (
                "disclosures",
                "source",
                "one source, in companies/<entity>/sources.yaml or in a new "
                "row; found 'alpha/nwes'",
            ),
        )
    ]


def test_a_row_under_an_id_of_the_same_sheet_is_checked_as_well(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.add_source().add_source(1, link="ftp://example.org/")
    assert [place for place, _ in named(refused(workspace, desk.save()))] == [
        f"alpha.xlsx: {desk.new_place('sources', column, 1)}" for column in ("id", "link")
    ]
