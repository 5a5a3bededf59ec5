from __future__ import annotations

import pytest

from cati.report.edition import Edition
from cati.report.figures.intervals import intervals
from cati.workspace import Workspace
from tests.report.drawn import drawing, rows


@pytest.mark.slow
def test_the_ends_of_every_total_are_shown(real: Workspace) -> None:
    reasons = real.reasons("automakers-2024")
    edition = Edition.of(real, reasons.card, reasons)

    drawn = drawing(edition, intervals)

    found = {row["company"]: (float(row["low"]), float(row["high"])) for row in rows(drawn)}
    totals = {c: edition.card.total(c) for c in edition.card.order}
    assert found == {c: (float(total.low), float(total.high)) for c, total in totals.items()}
    assert any(low < high for low, high in found.values())
    assert "no rank is complete" in drawn.description
