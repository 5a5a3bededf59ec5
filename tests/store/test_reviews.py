"""Windows, replies and contacts are read, and what is wrong in them has a line."""

from __future__ import annotations

from cati.store import file_kinds
from tests.conftest import Spoilable
from tests.research.review.packs import REPLIES, REVIEW, REVIEW_FILE, under_review

CONTACTS = "private/contacts/first.yaml"
REPLY = """\
format: 1
evaluation: first
company: alpha
challenges:
  - id: c1
    stage: review
    criterion: 1.1.1/said
    received: 2024-07-20
    answer: met
    text: It does.
"""
LOG = """\
format: 1
evaluation: first
contacts:
  - {company: alpha, outcome: sent, date: 2024-07-01, by: Li, address: someone@alpha.example}
"""


def test_all_three_are_read(tiny: Spoilable) -> None:
    under_review(tiny)
    tiny.write(REPLIES, REPLY)
    tiny.write(CONTACTS, LOG)
    assert tiny.problems() == []
    store = tiny.open().store
    assert [w.stage for w in store.of(file_kinds.REVIEW)["first"].windows] == ["review", "appeal"]
    assert store.replies["first"]["alpha"].challenges[0].text == "It does."
    assert store.of(file_kinds.CONTACTS)["first"].contacts[0].outcome == "sent"


def test_none_of_them_need_be_there(tiny: Spoilable) -> None:
    store = tiny.open().store
    assert (store.of(file_kinds.REVIEW), store.replies, store.of(file_kinds.CONTACTS)) == (
        {},
        {},
        {},
    )


def test_what_is_wrong_is_told_by_line(tiny: Spoilable) -> None:
    under_review(tiny)
    tiny.write(REVIEW_FILE, REVIEW.replace("opens: 2024-07-01", "opens: 2024-06-01"))
    tiny.write(REPLIES, REPLY.replace("1.1.1/said", "1.1.1/sad"))
    tiny.write(CONTACTS, LOG.replace("company: alpha", "company: alfa"))
    assert tiny.problems() == [
        f"{CONTACTS}:4: contacts[0].company: expected a company in the scope of first; found "
        "'alfa' (did you mean alpha?)",
        f"{REPLIES}:7: challenges[0].criterion: expected a criterion of the methodology; found "
        "'1.1.1/sad' (did you mean 1.1.1/said or 1.1.1/dated?)",
        f"{REVIEW_FILE}:4: windows[0].opens: expected a day after 2024-06-30, the cut-off date; "
        "found 2024-06-01",
    ]


def test_replies_of_a_company_outside_of_the_scope_are_noticed(tiny: Spoilable) -> None:
    under_review(tiny)
    tiny.write("private/reviews/first/press.yaml", REPLY)
    (problem,) = tiny.problems()
    assert problem.startswith(
        "private/reviews/first/press.yaml: expected a file named after a company in the scope"
    )


def test_a_link_out_of_the_workspace_is_not_followed(tiny: Spoilable) -> None:
    under_review(tiny)
    outside = tiny.root.parent / "replies-outside.yaml"
    outside.write_text(REPLY, encoding="utf-8")
    (tiny.root / REPLIES).parent.mkdir(parents=True)
    (tiny.root / REPLIES).symlink_to(outside)
    assert tiny.problems() == [f"{REPLIES}: expected a file of the workspace; found a link out"]
    assert tiny.open().store.replies == {}


def test_evidence_of_the_window_counts_only_where_the_review_says_so(tiny: Spoilable) -> None:
    under_review(tiny)
    tiny.change("companies/alpha/sources.yaml", "published: 2024-03", "published: 2024-07-15")
    reference = "alpha/pledge"
    strict = tiny.open().standings("first")[reference]
    assert strict.exclusions == ("after_cutoff",)
    tiny.write(REVIEW_FILE, REVIEW.replace("evidence: cutoff", "evidence: window"))
    assert tiny.open().standings("first")[reference].counts
    tiny.change("companies/alpha/sources.yaml", "2024-07-15", "2024-08-01")
    assert tiny.open().standings("first")[reference].exclusions == ("after_cutoff",)
    assert any(
        "evidence public by 2024-07-31, the close of the first review window of first" in problem
        for problem in tiny.problems()
    )


def test_a_decision_names_an_erratum_that_is_there(tiny: Spoilable) -> None:
    under_review(tiny)
    decision = (
        "    decision: {outcome: rejected, reason: No., by: Wen, date: 2024-08-01, erratum: 2}\n"
    )
    tiny.write(REPLIES, REPLY + decision)
    assert tiny.problems() == [
        f"{REPLIES}:11: challenges[0].decision.erratum: expected a number up to 0, the last "
        "erratum; found 2"
    ]


def test_a_decision_names_a_change_that_there_was(tiny: Spoilable) -> None:
    under_review(tiny)
    for day in ("2024-06-10", "2024-07-25"):
        decision = (
            f"    decision: {{outcome: accepted, reason: Yes., by: Wen, date: 2024-08-01,"
            f" changed: {day}}}\n"
        )
        tiny.write(REPLIES, REPLY + decision)
        problems = tiny.problems()
        assert bool(problems) is (day != "2024-06-10")
    assert problems == [
        f"{REPLIES}:11: challenges[0].decision.changed: expected the day of a change to the "
        "answer to 1.1.1/said; found 2024-07-25, whose history has 2024-06-10"
    ]
