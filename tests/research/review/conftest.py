"""What tests of company reviews start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from cati.research.review.importing import import_replies
from tests.conftest import Spoilable
from tests.research.review.packs import CHALLENGE, DATED, IN_TIME, SAID, fill, pack, under_review


@pytest.fixture
def review(tiny: Spoilable) -> Spoilable:
    """A tiny workspace in which companies review their answers."""
    return under_review(tiny)


@pytest.fixture
def replied(review: Spoilable, tmp_path: Path) -> Spoilable:
    """Alpha has challenged one answer, which may be published, and agreed with another."""
    path = pack(review, tmp_path / "packs")
    fill(path, {DATED: CHALLENGE, SAID: {"reply": "agree"}})
    import_replies(review.root, path, IN_TIME)
    return review
