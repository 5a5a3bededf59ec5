"""Replies, decisions and counts as text."""

from __future__ import annotations

import datetime
import json

from cati.model.review import Contact
from cati.report.texts.terminal import console
from cati.research.review.contact import add_contact, tally
from cati.research.review.decisions import Wanted, decide
from cati.research.review.importing import Imported
from cati.research.review.public import public_counts, public_records
from cati.research.review.status import review_status
from cati.research.review.texts import (
    decided_line,
    imported_lines,
    public_json,
    status_json,
    status_notes,
    status_records,
    status_table,
    tally_lines,
)
from tests.conftest import Spoilable
from tests.research.review.packs import change_answer

DAY = datetime.date(2024, 8, 1)


def test_an_import_tells_every_challenge_and_the_counts(replied: Spoilable) -> None:
    found = replied.open().store.replies["first"]["alpha"]
    imported = Imported(
        evaluation="first",
        company="alpha",
        stage="review",
        late=True,
        challenges=found.challenges,
        agreements=found.agreements,
        consents=("c7",),
        known=3,
        evidence_until=datetime.date(2024, 2, 29),
    )
    assert list(imported_lines(imported, "en")) == [
        "c1: 1.1.1/dated, shown as not met: challenged (may be published)",
        "c1: its document came out after 2024-02-29 and does not count",
        "c7: consent to publish changed",
        "alpha, review: 1 new challenge, 1 agreed, 3 known already",
        "The reply is late: the window had closed.",
    ]


def test_a_decision_names_its_change(replied: Spoilable) -> None:
    change_answer(replied)
    wanted = Wanted("accepted", "Right.", "Wen", datetime.date(2024, 8, 16))
    decided = decide(replied.root, "first", "alpha", "c1", wanted)
    assert decided_line(decided, "en") == (
        "c1: 1.1.1/dated: accepted in full; answer now met, changed on 2024-07-25, reviewed by the "
        "company; late"
    )


def test_a_tally_begins_with_its_base(tiny: Spoilable) -> None:
    entry = {"company": "alpha", "outcome": "silent", "date": "2024-07-01", "by": "Li"}
    log = add_contact(tiny.root, "first", Contact.model_validate(entry))
    lines = list(tally_lines(tally(log, tiny.open().evaluation("first")), "en"))
    assert lines == ["companies in the scope: 3", "    1 no reply", "    2 not written to"]


def test_a_status_has_sums_and_a_base(replied: Spoilable) -> None:
    workspace = replied.open()
    found = review_status(workspace, "first", DAY)
    screen = console()
    with screen.capture() as capture:
        screen.print(status_table(found, workspace.store.entities, "en"))
    rows = [line.split() for line in capture.get().splitlines() if line.strip()]
    assert rows[2][:6] == ["Alpha", "Motors", "not", "written", "to", "review"]
    assert rows[-1] == ["Sum", "1", "/", "3", "1", "1", "0", "0", "0", "0", "0"]
    notes = list(status_notes(found, "en"))
    assert notes[0] == "review: 2024-07-01 to 2024-07-31, closed; decisions by 2024-08-15"
    assert notes[1].startswith("appeal: 2024-08-16 to 2024-08-31, not open yet")
    assert notes[2] == "Base: 3 companies in the scope; replied: 1. On 2024-08-01."


def test_records_hold_every_company_of_the_scope(replied: Spoilable) -> None:
    found = review_status(replied.open(), "first", DAY)
    records = status_records(found)
    assert [record["company"] for record in records] == ["alpha", "beta", "gamma"]
    assert (records[0]["open"], records[1]["stage"]) == ("1", "")
    told = json.loads(status_json(found, records))
    assert told["companies"] == records
    assert [window["stage"] for window in told["windows"]] == ["review", "appeal"]
    counts = public_counts(found)
    assert json.loads(public_json(counts, public_records(replied.open(), "first"))) == {
        "counts": counts,
        "challenges": [],
    }
