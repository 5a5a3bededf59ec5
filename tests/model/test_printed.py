"""Rows of printed tables are records: equal by what they say, and never changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from cati.workspace import Workspace


def test_rows_cannot_be_changed_in_place(real: Workspace) -> None:
    printed = real.store.printed["automakers-2024"]
    with pytest.raises(FrozenInstanceError):
        printed.rows[0].rank = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        printed.points[0].how = "rate"  # type: ignore[misc]


def test_rows_are_equal_by_what_they_say(real: Workspace) -> None:
    row = real.store.printed["automakers-2024"].points[0]
    assert replace(row) == row
    assert replace(row, alternative=2) != row


def test_every_row_knows_its_line(real: Workspace) -> None:
    printed = real.store.printed["automakers-2024"]
    assert [row.line for row in printed.rows] == list(range(2, 53))
    assert [row.line for row in printed.points] == list(range(2, 626))
