"""The contact log adds up to the scope, and keeps addresses to itself."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.model.review import REACTIONS, Contact, ContactLog
from cati.problems import UsageError
from cati.research.review.contact import add_contact, standing, tally, tally_problems
from cati.store.file_kinds import CONTACTS
from cati.workspace import Workspace
from tests.conftest import ROOT, Spoilable

FILE = "private/contacts/first.yaml"
ADDRESS = "someone@alpha.example"


def contact(company: str, outcome: str, on: str) -> Contact:
    values = {"company": company, "outcome": outcome, "date": on, "by": "Li", "address": ADDRESS}
    return Contact.model_validate(values)


def test_the_last_outcome_counts(tiny: Spoilable) -> None:
    add_contact(tiny.root, "first", contact("alpha", "communicated", "2024-07-10"))
    log = add_contact(tiny.root, "first", contact("alpha", "sent", "2024-07-01"))
    log = add_contact(tiny.root, "first", contact("beta", "no_address", "2024-07-01"))
    evaluation = tiny.open().evaluation("first")
    assert standing(log, evaluation) == {
        "alpha": "communicated",
        "beta": "no_address",
        "gamma": None,
    }
    assert tiny.problems() == []
    assert tiny.open().store.of(CONTACTS)["first"] == log


def test_the_same_entry_twice_is_one(tiny: Spoilable) -> None:
    entry = contact("alpha", "sent", "2024-07-01")
    add_contact(tiny.root, "first", entry)
    assert len(add_contact(tiny.root, "first", entry).contacts) == 1


def test_only_companies_of_the_scope_have_an_entry(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match="no company press in first"):
        add_contact(tiny.root, "first", contact("press", "sent", "2024-07-01"))
    assert not (tiny.root / FILE).exists()


def test_an_address_is_stored_in_private_alone(tiny: Spoilable) -> None:
    add_contact(tiny.root, "first", contact("alpha", "sent", "2024-07-01"))
    holding = [
        path.relative_to(tiny.root).as_posix()
        for path in tiny.root.rglob("*")
        if path.is_file() and ADDRESS.encode() in path.read_bytes()
    ]
    assert holding == [FILE]


SCOPE = [entry.company for entry in Workspace.open(ROOT).evaluation("automakers-2024").scope]
ENTRIES = st.lists(
    st.builds(
        Contact,
        company=st.sampled_from(SCOPE),
        outcome=st.sampled_from(REACTIONS),
        date=st.dates(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)),
        by=st.just("Li"),
    ),
    max_size=80,
)


@given(ENTRIES)
def test_the_counts_always_add_up_to_the_scope(entries: list[Contact]) -> None:
    evaluation = Workspace(REAL.store).evaluation("automakers-2024")
    log = ContactLog(format=1, evaluation=evaluation.id, contacts=tuple(entries))
    found = tally(log, evaluation)
    assert found.companies == len(evaluation.scope)
    assert len(SCOPE) - found.counts[None] == len({entry.company for entry in entries})


REAL = Workspace.open(ROOT)


def test_a_log_that_is_the_printed_tally_has_no_problem() -> None:
    evaluation = REAL.evaluation("automakers-2024")
    outcomes = [
        printed.id.replace("-", "_")
        for printed in evaluation.contact
        for _ in range(printed.companies)
    ]
    entries = tuple(
        contact(company, outcome, "2024-09-01")
        for company, outcome in zip(SCOPE, outcomes, strict=True)
    )
    log = ContactLog(format=1, evaluation=evaluation.id, contacts=entries)
    assert list(tally_problems(log, evaluation)) == []
    short = log.model_copy(update={"contacts": entries[1:]})
    told = [str(problem) for problem in tally_problems(short, evaluation)]
    assert told == [
        "reports/automakers-2024/evaluation.yaml: contact[0].companies (communicated): expected 5, "
        "by the contact log; found 6",
        "reports/automakers-2024/evaluation.yaml: contact (companies that nobody wrote to): "
        "expected 1, by the contact log; found none",
    ]


def test_without_a_log_a_printed_tally_stands() -> None:
    assert list(tally_problems(None, REAL.evaluation("automakers-2024"))) == []
