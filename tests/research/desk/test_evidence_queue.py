"""What was found waits in a queue; every decision on it is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cati.model.queue import QueuedPassage
from cati.problems import ProblemsError, UsageError
from cati.research.desk.evidence_queue import (
    RefusedError,
    Request,
    decide,
    offer,
    read_queue,
    waiting,
)
from cati.research.desk.find import Found, chosen_indicators, find
from cati.research.desk.quotes import check_quotes
from cati.store.file_kinds import QUEUE
from cati.store.store import Store
from tests.conftest import Spoilable
from tests.research.desk_cases import DAY, add, add_report, with_terms
from tests.research.documents import set_pdf

pytestmark = pytest.mark.slow

CODE = "1.1.2"
PAGES = (
    "We buy 12 kt of green steel until 2030. The rest is ordinary.",
    "公司回收废钢。",
    "Steel matters to us.",
)


class Desk:
    """A queue of what was found in a report of three pages."""

    def __init__(self, tiny: Spoilable) -> None:
        self.tiny = tiny
        self.root = with_terms(tiny).root
        add_report(self.root, set_pdf(*PAGES), published="2024-05")

    def found(self) -> dict[str, list[Found]]:
        store = Store.open(self.root)
        return find(store, "alpha", chosen_indicators(store.methodologies["tiny"], CODE))

    def offer(self, top: int = 5) -> list[QueuedPassage]:
        found = self.found()
        return waiting(offer(self.root, "first", "alpha", found, top, DAY), found, top)[CODE]

    def decide(self, *requests: Request) -> list[str]:
        store = Store.open(self.root)
        return decide(store, store.evaluations["first"], "alpha", requests, DAY).made

    def reopen(self, page: int, reason: str = "another look") -> Request:
        return Request("reopened", CODE, self.on_page(page).passage, "Li", reason)

    def also_found_for(self, code: str) -> None:
        """The same passages for another indicator."""
        found = {code: [replace(one, indicator=code) for one in self.found()[CODE]]}
        offer(self.root, "first", "alpha", found, 5, DAY)

    def on_page(self, page: int, code: str = CODE) -> QueuedPassage:
        queue = read_queue(self.root, "first", "alpha")
        return next(
            entry for entry in queue.passages if (entry.page, entry.indicator) == (page, code)
        )

    def accept(self, page: int, statement: str = "It buys green steel.", **more: str) -> Request:
        passage = self.on_page(page).passage
        return Request("accepted", CODE, passage, "Li", statement=statement, **more)

    def dismiss(self, page: int, reason: str | None = "a slogan") -> Request:
        return Request("dismissed", CODE, self.on_page(page).passage, "Wang", reason)


@pytest.fixture
def desk(tiny: Spoilable) -> Desk:
    return Desk(tiny)


def test_the_best_passages_wait(desk: Desk) -> None:
    best = [one.passage for one in desk.found()[CODE]]
    assert [entry.passage for entry in desk.offer(2)] == best[:2]
    assert [entry.passage for entry in desk.offer(3)] == best[:3]
    assert len(read_queue(desk.root, "first", "alpha").passages) == 3


def test_finding_again_adds_nothing_and_keeps_ids(desk: Desk) -> None:
    first = desk.offer()
    text = desk.tiny.read(QUEUE.file(evaluation="first", company="alpha"))
    (desk.root / "private/index/alpha.sqlite").unlink()
    assert desk.offer() == first
    assert desk.tiny.read(QUEUE.file(evaluation="first", company="alpha")) == text


def test_an_accepted_passage_becomes_a_disclosure_with_its_place_and_quote(desk: Desk) -> None:
    desk.offer()
    (reference,) = desk.decide(desk.accept(1, polarity="partial", confidence="high"))
    disclosure = Store.open(desk.root).disclosures[reference]
    assert disclosure.statement == "It buys green steel."
    assert disclosure.indicators == (f"tiny/{CODE}",)
    assert (disclosure.polarity, disclosure.confidence) == ("partial", "high")
    (place,) = disclosure.where
    assert (place.source, place.locator) == ("alpha/report-2024", "page 1")
    assert disclosure.quote is not None
    assert (disclosure.quote.text, disclosure.quote.page) == (PAGES[0], 1)
    decision = desk.on_page(1).decisions[-1]
    assert (decision.what, decision.who, decision.disclosure) == ("accepted", "Li", reference)
    assert desk.tiny.problems() == []


def test_a_part_of_a_passage_can_be_quoted_and_nothing_else(desk: Desk) -> None:
    desk.offer()
    with pytest.raises(UsageError, match="expected words of passage"):
        desk.decide(desk.accept(1, quote="We buy 13 kt of green steel"))
    (reference,) = desk.decide(desk.accept(1, quote="We buy 12 kt of green steel"))
    quote = Store.open(desk.root).disclosures[reference].quote
    assert quote is not None
    assert quote.text == "We buy 12 kt of green steel"


def test_the_language_of_the_statement_and_of_the_quote_are_their_own(desk: Desk) -> None:
    desk.offer()
    desk.decide(
        desk.accept(2, "It recycles scrap.", id="scrap"), desk.accept(1, "购买绿钢。", id="s")
    )
    disclosures = Store.open(desk.root).disclosures
    languages = [
        (one.language, one.quote.language)
        for one in (disclosures["alpha/scrap"], disclosures["alpha/s"])
        if one.quote is not None
    ]
    assert languages == [("en", "zh"), ("zh", "en")]  # both from one report, which is in English
    assert [one.outcome for one in check_quotes(Store.open(desk.root))] == ["exact", "exact"]


def test_a_dismissed_passage_is_not_shown_again_and_the_next_one_is(desk: Desk) -> None:
    (best,) = desk.offer(1)
    desk.decide(desk.dismiss(best.page))
    assert desk.on_page(best.page).decisions[-1].reason == "a slogan"
    (shown,) = desk.offer(1)
    assert shown.passage == desk.found()[CODE][1].passage


def test_reopening_keeps_what_was_decided(desk: Desk) -> None:
    desk.offer()
    desk.decide(desk.dismiss(3))
    desk.decide(desk.reopen(3, "it is a target"))
    entry = desk.on_page(3)
    assert entry.state == "open"
    assert [(d.what, d.who) for d in entry.decisions] == [("dismissed", "Wang"), ("reopened", "Li")]
    assert 3 in [one.page for one in desk.offer()]


def test_a_passage_accepted_twice_gives_two_disclosures(desk: Desk) -> None:
    desk.offer()
    (first,) = desk.decide(desk.accept(1))
    desk.decide(desk.reopen(1, "two facts"))
    (second,) = desk.decide(desk.accept(1, "It names a year."))
    assert second == f"{first}-2"
    assert desk.tiny.problems() == []


def test_what_was_made_of_a_passage_that_is_open_again_is_named_while_it_stands(
    desk: Desk,
) -> None:
    def reopened() -> list[str]:
        store = Store.open(desk.root)
        return decide(store, store.evaluations["first"], "alpha", [desk.reopen(1)], DAY).standing

    desk.offer()
    (made,) = desk.decide(desk.accept(1))
    assert reopened() == [made]
    desk.decide(desk.accept(1))
    evidence = desk.tiny.read("companies/alpha/evidence.yaml")
    retracted = evidence.rstrip("\n") + "\n    retracted: It was a plan.\n"
    desk.tiny.write("companies/alpha/evidence.yaml", retracted)
    assert reopened() == []


def test_a_passage_accepted_again_in_the_same_words_makes_no_second_disclosure(desk: Desk) -> None:
    desk.offer()
    (first,) = desk.decide(desk.accept(1))
    evidence = desk.tiny.read("companies/alpha/evidence.yaml")
    desk.decide(desk.reopen(1))
    assert desk.decide(desk.accept(1)) == [first]
    assert desk.tiny.read("companies/alpha/evidence.yaml") == evidence
    assert [one.what for one in desk.on_page(1).decisions] == ["accepted", "reopened", "accepted"]


def test_a_passage_accepted_for_two_indicators_is_one_disclosure_that_bears_on_both(
    desk: Desk,
) -> None:
    desk.offer()
    desk.also_found_for("1.1.1")
    (first,) = desk.decide(desk.accept(1))
    other = replace(desk.accept(1), indicator="1.1.1")
    assert desk.decide(other) == [first]
    assert desk.on_page(1, "1.1.1").decisions[-1].disclosure == first
    disclosures = Store.open(desk.root).disclosures
    assert disclosures[first].indicators == (f"tiny/{CODE}", "tiny/1.1.1")
    desk.decide(Request("reopened", "1.1.1", other.passage, "Li", "only a part of it"))
    (second,) = desk.decide(replace(other, polarity="partial"))
    assert Store.open(desk.root).disclosures[second].indicators == ("tiny/1.1.1",)


def test_a_passage_of_an_earlier_version_is_not_accepted(desk: Desk) -> None:
    desk.offer()
    add(desk.root, "alpha", set_pdf(*PAGES, "An appendix."), id="report-2024")
    with pytest.raises(UsageError, match="has been replaced by alpha/report-2024-v2; 'cati find'"):
        desk.decide(desk.accept(1))
    desk.decide(desk.dismiss(1))


def test_all_that_is_wrong_with_a_decision_is_said_at_once(desk: Desk) -> None:
    desk.offer()
    desk.decide(desk.dismiss(1))
    with pytest.raises(RefusedError) as error:
        desk.decide(desk.accept(1, " ", quote="13 kt"))
    assert [fault.about for fault in error.value.refused[0]] == ["decision", "statement", "quote"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"what": "dismissed", "reason": None}, "a reason is needed"),
        ({"statement": " "}, "a statement is needed"),
        ({"what": "reopened", "reason": "x"}, "is open"),
        ({"by": " "}, "it must be said who decides"),
        ({"polarity": "yes"}, "polarity: expected supports, partial or absent"),
        ({"id": "No Id"}, "id: expected an id of lower-case letters"),
        ({"passage": "0123456789"}, r"no passage 0123456789 in the queue of 1\.1\.2: known"),
        ({"indicator": "2.1.1"}, r"in the queue of 2\.1\.1: 'cati find' shows those there are"),
    ],
)
def test_decisions_that_do_not_fit_are_refused_and_nothing_is_written(
    desk: Desk, changes: dict[str, str], message: str
) -> None:
    desk.offer()
    text = desk.tiny.read(QUEUE.file(evaluation="first", company="alpha"))
    request = Request(**{**vars(desk.accept(1)), **changes})
    with pytest.raises(RefusedError, match=message):
        desk.decide(desk.dismiss(3), request)
    assert desk.tiny.read(QUEUE.file(evaluation="first", company="alpha")) == text
    assert not (desk.root / "companies/alpha/evidence.yaml").exists()


def test_a_decided_passage_must_be_reopened_first(desk: Desk) -> None:
    desk.offer()
    desk.decide(desk.dismiss(3))
    with pytest.raises(UsageError, match="was dismissed by Wang on 2025-06-02; reopen it first"):
        desk.decide(desk.accept(3))


def test_every_refused_decision_is_named(desk: Desk) -> None:
    desk.offer()
    with pytest.raises(RefusedError) as error:
        desk.decide(desk.dismiss(1, None), desk.dismiss(2), desk.accept(3, ""))
    assert list(error.value.refused) == [0, 2]


def test_two_new_disclosures_cannot_have_one_id(desk: Desk) -> None:
    desk.offer()
    with pytest.raises(RefusedError, match="alpha/steel is there already"):
        desk.decide(desk.accept(1, id="steel"), desk.accept(2, id="steel"))


def test_a_source_that_is_gone_is_said_to_be(desk: Desk) -> None:
    desk.offer()
    (desk.root / "companies/alpha/sources.yaml").unlink()
    with pytest.raises(UsageError, match="its source alpha/report-2024 is gone"):
        desk.decide(desk.accept(1))


def test_a_web_page_has_no_pages(desk: Desk) -> None:
    page = b"<!doctype html><p>Green steel from the north.</p>"
    add(desk.root, "alpha", page, id="web", title="Web", kind="website", language="en")
    desk.offer()
    entries = read_queue(desk.root, "first", "alpha").passages
    entry = next(one for one in entries if one.source == "alpha/web")
    (made,) = desk.decide(Request("accepted", CODE, entry.passage, "Li", statement="It buys it."))
    assert Store.open(desk.root).disclosures[made].where[0].locator == "web page"


def test_a_queue_of_somebody_else_s_making_is_checked(desk: Desk) -> None:
    desk.offer()
    desk.tiny.change(QUEUE.file(evaluation="first", company="alpha"), "page: 1", "page: 0")
    with pytest.raises(ProblemsError, match=r"alpha\.yaml:\d+: passages\[\d\]\.page: expected 1"):
        read_queue(desk.root, "first", "alpha")


def test_there_may_be_no_queue_yet(tiny: Spoilable) -> None:
    assert read_queue(Path(tiny.root), "first", "alpha").passages == ()
