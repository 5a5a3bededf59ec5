"""New rows become sources and disclosures, each fault at its cell."""

from __future__ import annotations

import pytest

from cati.model.evidence import Disclosure, Place, Quote
from cati.model.source import Source
from tests.conftest import Spoilable
from tests.research.importing import DATED, Desk, answered, planned, refused, tiny_desk

EVIDENCE = "companies/alpha/evidence.yaml"


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
    ] + ["private/imports/gamma.yaml"]
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
        "(every row needs one)"
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
        (
            {"id": "New Fact"},
            "id",
            "expected lower-case letters, digits and hyphens, at most 64; found",
        ),
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
        (
            {"id": "报告"},
            "id",
            "expected lower-case letters, digits and hyphens, at most 64; found",
        ),
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
        f"alpha.xlsx says in {desk.new_place('sources', 'id')}; found 'news' "
        "(another fact needs another id)",
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
        "id": "lower-case letters, digits and hyphens, at most 64; found 'New Fact'",
        "polarity": "supports, supports a part or nothing found; found 'perhaps'",
        "locator": "an entry under 'Page or section'; found nothing",
        "source": "one source, by reference or title, in companies/<entity>/sources.yaml or in "
        "a new row; found 'alpha/nope'",
        "indicators": "codes of indicators, such as 1.1.1; found '9.9.9'",
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
        ("id", 0, "lower-case letters, digits and hyphens, at most 64; found 'Report 2024'"),
        ("kind", 0, "benchmark report, annual report, sustainability report, website, "),
        ("title", 0, "an entry under 'Title'; found nothing"),
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
                "one source, by reference or title, in companies/<entity>/sources.yaml or in a new "
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


# What is there already, in its own row


def test_a_known_fact_gets_a_further_indicator_figures_and_a_second_place(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.put(
        "disclosures",
        "alpha/pledge",
        indicators="1.1.1; other/1.1.1",
        figures="cars: ≥ 10 % (2023)",
        period="2023",
        subject="Steel",
        note="Read twice.",
        source_2="press/report",
        locator_2="p. 7",
        cites_2="its website",
    )
    plan = planned(workspace, desk.save())
    (change,) = plan.records.changes
    assert set(change.cells) == {
        *("indicators", "figures", "period", "subject", "note"),
        *("source_2", "locator_2", "cites_2"),
    }
    plan.carry_out()
    assert workspace.problems() == []
    kept = workspace.open().store.disclosures["alpha/pledge"]
    assert kept.indicators == ("tiny/1.1.1", "other/1.1.1")
    assert (kept.statement, kept.period, kept.subject) == ("It pledges.", "2023", "steel")
    (figure,) = kept.figures
    assert (str(figure.value), figure.bound, figure.of) == ("10", "at_least", "cars")
    assert kept.where[1] == Place(
        source="press/report", locator="p. 7", secondary=True, cites="its website"
    )
    assert planned(workspace, desk.path).texts == {}


def test_what_two_change_differently_is_a_conflict_in_the_words_of_the_cell(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.put("disclosures", "alpha/pledge", indicators="1.1.1; other/1.1.1", polarity="partial")
    path = desk.save()
    workspace.change(EVIDENCE, "polarity: supports", "polarity: absent")
    (problem,) = refused(workspace, path)
    assert problem == (
        f"alpha.xlsx: {desk.place('disclosures', 'alpha/pledge', 'polarity')}: expected a cell "
        "that nobody else has changed: 'supports' when exported, 'nothing found' now; "
        "found 'supports a part' (agree on one and export again)"
    )


def test_a_change_of_a_record_is_checked_like_a_new_one(workspace: Spoilable, desk: Desk) -> None:
    desk.put("disclosures", "alpha/pledge", indicators="1.1.9", source="nobody/knows", figures="5")
    desk.put("sources", "alpha/report", accessed="2024-04-30", title=None)
    assert [problem.partition(": expected ")[2] for problem in refused(workspace, desk.save())] == [
        "figures such as 'recycled steel: ≥ 10 % (2023)'; found '5' (number, unit and year, each "
        "figure on a line or with ; between them)",
        "an entry under 'Title'; found nothing (every row needs one)",
        "a date not before 2024-05-01 (published); found 2024-04-30",
        "one source, by reference or title, in companies/<entity>/sources.yaml or in a new row; "
        "found 'nobody/knows' (known: alpha/report, press/draft, press/report)",
        "codes of indicators, such as 1.1.1; found '1.1.9' (did you mean 1.1.2 or 1.1.1 or 2.1.2?)",
    ]


def test_an_id_never_changes(workspace: Spoilable, desk: Desk) -> None:
    desk.put("disclosures", "alpha/pledge", id="promise")
    (problem,) = refused(workspace, desk.save())
    assert "expected nothing beside alpha/pledge; found 'promise' (an id never changes" in problem


def test_a_typo_is_mended_in_the_row_where_it_was_made(workspace: Spoilable, desk: Desk) -> None:
    desk.add_source(title="Nwes")
    desk.add_disclosure(source="news", statement="It sais so.", quote="So.")
    planned(workspace, desk.save()).carry_out()
    workspace.change(EVIDENCE, "polarity: supports", "polarity: supports\n    verdict: true")
    desk.add_source(title="News").add_disclosure(source="news", statement="It says so.", quote=None)
    plan = planned(workspace, desk.save())
    assert [(c.reference, dict(c.cells)) for c in plan.records.changes] == [
        ("alpha/news", {"title": ("Nwes", "News")}),
        ("alpha/fact", {"statement": ("It sais so.", "It says so."), "quote": ("So.", "")}),
    ]
    plan.carry_out()
    assert workspace.problems() == []
    fact = workspace.open().store.disclosures["alpha/fact"]
    assert (fact.statement, fact.quote) == ("It says so.", None)
    assert planned(workspace, desk.path).texts == {}


def test_what_others_mended_since_stays_as_it_is(workspace: Spoilable, desk: Desk) -> None:
    desk.add_disclosure(statement="It sais so.")
    planned(workspace, desk.save()).carry_out()
    workspace.change(EVIDENCE, "It sais so.", "It says so, clearly.")
    place = f"alpha.xlsx: {desk.new_place('disclosures', 'id')}: "
    plan = planned(workspace, desk.path)
    assert (plan.texts, plan.records.disclosures) == ({}, {})
    assert f"{place}{EVIDENCE} says something else of alpha/fact since, which is kept" in plan.notes
    desk.add_disclosure(statement="It says so.")
    assert refused(workspace, desk.save()) == [
        f"{place}expected what {EVIDENCE} says of alpha/fact, or an id that it does not have yet; "
        "found something else (others have changed it too: export again and change its own row)"
    ]


def test_a_source_is_named_by_its_title(workspace: Spoilable, desk: Desk) -> None:
    desk.add_source(id="page", title="What is new")
    desk.add_disclosure(source="annual report")
    desk.add_disclosure(1, id="second", statement="Other.", source="What is New")
    records = planned(workspace, desk.save()).records
    assert [d.where[0].source for d in records.disclosures.values()] == [
        "alpha/report",
        "alpha/page",
    ]


def test_an_id_in_capitals_is_taken_and_cited_as_it_is(workspace: Spoilable, desk: Desk) -> None:
    desk.add_source(id="LCA-2024").add_disclosure(id="Fact", source="LCA-2024")
    desk.answer(DATED, answer="met", disclosures="FACT")
    records = planned(workspace, desk.save()).records
    assert (list(records.sources), list(records.disclosures)) == (
        ["alpha/lca-2024"],
        ["alpha/fact"],
    )


def test_a_fact_that_is_there_already_is_not_added_silently(
    workspace: Spoilable, desk: Desk
) -> None:
    desk.add_disclosure(id="again", statement="it pledges", locator="P. 3")
    desk.add_disclosure(1, id="elsewhere", statement="It pledges.", locator="p. 8")
    (problem,) = refused(workspace, desk.save())
    assert problem == (
        f"alpha.xlsx: {desk.new_place('disclosures', 'statement')}: expected a fact that is not "
        "there yet; found what alpha/pledge says at the same place (cite alpha/pledge; a further "
        "indicator goes into its own row)"
    )
    desk.add_disclosure(id="again", statement="It keeps its word.", locator="P. 3")
    notes = planned(workspace, desk.save()).notes
    assert (
        f"alpha.xlsx: {desk.new_place('disclosures', 'statement', 1)}: reads like alpha/pledge; if "
        "it is the same fact, leave this row out and cite that one" in notes
    )


def test_a_new_id_may_stand_with_its_company(workspace: Spoilable, desk: Desk) -> None:
    desk.add_disclosure(id="Alpha/fact")
    assert list(planned(workspace, desk.save()).records.disclosures) == ["alpha/fact"]


def test_a_document_that_is_there_already_is_told(workspace: Spoilable, desk: Desk) -> None:
    title = workspace.open().store.sources["alpha/report"].title
    desk.add_source(title=title, published="2024-05-01")
    assert (
        f"alpha.xlsx: {desk.new_place('sources', 'title')}: reads like alpha/report; if it is the "
        "same document, leave this row out and name that one"
    ) in planned(workspace, desk.save()).notes


def test_a_second_place_is_whole(workspace: Spoilable, desk: Desk) -> None:
    desk.add_disclosure(cites_2="footnote 5")
    assert [problem.partition(": expected ")[2] for problem in refused(workspace, desk.save())] == [
        f"an entry under '{title}'; found nothing (a second place needs one)"
        for title in ("Second source", "Second page or section")
    ]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("New Fact", " (such as new-fact)"), ("Fact #2 (new)", " (such as fact-2-new)"), ("事实", "")],
)
def test_what_is_no_id_is_answered_with_one(
    workspace: Spoilable, desk: Desk, typed: str, hint: str
) -> None:
    desk.add_disclosure(id=typed)
    (problem,) = refused(workspace, desk.save())
    assert problem.endswith(f"at most 64; found '{typed}'{hint}")
