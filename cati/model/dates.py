"""Dates that are known to the year, the month or the day."""

from __future__ import annotations

import calendar
import datetime

from cati.model.base import PartialDate


def first_day(date: PartialDate) -> datetime.date:
    """The earliest day a date can mean: ``2024-10`` is 1 October 2024."""
    return datetime.date.fromisoformat(f"{date}-01-01"[:10])


def last_day(date: PartialDate) -> datetime.date:
    """The latest day a date can mean: ``2024-10`` is 31 October 2024."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts)
    year, month = (parts[0], 12) if len(parts) == 1 else parts
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
