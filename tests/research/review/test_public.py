"""What may be published: only allowed fields, only with consent, nowhere else."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import pytest

from cati.model.review import Challenge, Pointer, ReviewDecision
from cati.research.review.decisions import Wanted, decide
from cati.research.review.importing import import_replies
from cati.research.review.public import PUBLIC_FIELDS, public_counts, public_records
from cati.research.review.status import review_status
from tests.cli.running import run
from tests.conftest import Spoilable
from tests.research.review.packs import CHALLENGE, DATED, IN_TIME, SAID, fill, pack

DAY = datetime.date(2024, 8, 1)
MARK = "unreleased-words"


@pytest.fixture
def both(review: Spoilable, tmp_path: Path) -> Spoilable:
    """One challenge that may be published, and one that may not; both are decided."""
    path = pack(review, tmp_path / "packs")
    secret = {
        "reply": "challenge",
        "text": MARK,
        "link": f"https://{MARK}.example/",
        "consent": "no",
    }
    fill(path, {DATED: CHALLENGE, SAID: secret})
    import_replies(review.root, path, IN_TIME)
    decide(review.root, "first", "alpha", "c1", Wanted("rejected", f"{MARK}-c1", "Wen", DAY))
    decide(review.root, "first", "alpha", "c2", Wanted("rejected", "It stands.", "Wen", DAY))
    return review


def test_only_what_was_allowed_is_told(both: Spoilable) -> None:
    (record,) = public_records(both.open(), "first")
    assert record["criterion"] == DATED
    assert MARK not in " ".join(record.values())
    assert set(record) == set(PUBLIC_FIELDS)


def test_what_is_undecided_is_not_told(replied: Spoilable) -> None:
    assert public_records(replied.open(), "first") == []


def test_every_field_was_looked_at() -> None:
    """A new field of a challenge is private until somebody has thought about it."""
    known = {"id", "stage", "criterion", "received", "answer", "mark", "text", "evidence"}
    known |= {"consent", "appeals", "decision"}
    assert set(Challenge.model_fields) == known
    assert set(Pointer.model_fields) == {"link", "where", "published"}
    decision = {"outcome", "reason", "by", "date", "changed", "erratum"}
    assert set(ReviewDecision.model_fields) == decision
    assert not {"by", "received", "mark", "consent"} & set(PUBLIC_FIELDS)


def test_the_counts_name_nobody(both: Spoilable) -> None:
    counts = public_counts(review_status(both.open(), "first", DAY))
    assert counts == {
        "companies": 3,
        "replied": 1,
        "challenges": 2,
        "open": 0,
        "accepted": 0,
        "partly": 0,
        "rejected": 2,
    }


@pytest.mark.slow
def test_a_report_and_a_kept_edition_hold_nothing_private(both: Spoilable) -> None:
    both.write(
        "private/contacts/first.yaml",
        "format: 1\nevaluation: first\ncontacts:\n  - {company: alpha, outcome: sent,"
        f" date: 2024-07-01, by: Li, address: {MARK}@alpha.example}}\n",
    )
    assert both.problems() == []
    for basis in ("published", "assessed"):
        more = ["--incomplete"] if basis == "assessed" else []
        done = run("report", "first", "--basis", basis, *more, workspace=both.root)
        assert done.exit_code == 0, done.stderr
    kept = run("edition", "keep", "first", "--by", "Wen", workspace=both.root)
    assert kept.exit_code == 0
    written = (both.root / "reports").rglob("*")
    contents = {path: path.read_bytes() for path in written if path.is_file()}
    assert len(contents) > 10
    for path, content in contents.items():
        assert MARK.encode() not in content, path
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    assert "private" not in name
                    assert MARK.encode() not in archive.read(name), (path, name)
