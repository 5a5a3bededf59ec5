"""Dates as exact as they are known."""

from __future__ import annotations

import datetime

import pytest

from cati.model.dates import first_day, last_day


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-07-30", "2024-07-30", "2024-07-30"),
    ],
)
def test_a_date_means_a_first_and_a_last_day(date: str, first: str, last: str) -> None:
    assert first_day(date) == datetime.date.fromisoformat(first)
    assert last_day(date) == datetime.date.fromisoformat(last)
