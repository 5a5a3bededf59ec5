"""Whether a disclosure counts in an evaluation, and why not."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cati.model.dates import first_day
from cati.model.evidence import Disclosure, Place, weaknesses
from cati.model.source import Source

Exclusion = Literal["after_cutoff", "no_date", "expired", "retracted", "superseded"]
"""Reasons for which evidence does not count at all; each is a warning."""


@dataclass(frozen=True)
class Standing:
    """What a disclosure is good for in an evaluation.

    Attributes
    ----------
    exclusions : tuple of str
        Why it does not count; empty where it does.
    weaknesses : tuple of str
        Why it is worth nothing by default though it counts.
    public_since : date, optional
        The earliest day on which one of its places is known to have been public.
    """

    exclusions: tuple[Exclusion, ...]
    weaknesses: tuple[str, ...]
    public_since: datetime.date | None

    @property
    def counts(self) -> bool:
        """Whether an assessor can rely on it without further reason."""
        return not self.exclusions and not self.weaknesses


class Standings:
    """Judges disclosures by one cut-off date.

    Parameters
    ----------
    cutoff : date
    sources : mapping of str to Source
        By reference.
    disclosures : mapping of str to Disclosure
        By reference; they say which replace which.
    public_by : date, optional
        Last day on which evidence must have become public, where a company
        review allows more than the cut-off date.
    """

    def __init__(
        self,
        cutoff: datetime.date,
        sources: Mapping[str, Source],
        disclosures: Mapping[str, Disclosure],
        public_by: datetime.date | None = None,
    ) -> None:
        self.cutoff = cutoff
        self.public_by = public_by or cutoff
        self.sources = sources
        self._replaced = {
            later.supersedes.disclosure: later
            for later in disclosures.values()
            if later.supersedes is not None
        }

    def of(self, reference: str, disclosure: Disclosure) -> Standing:
        """The standing of a disclosure, by its reference."""
        since = self._public_since(disclosure)
        found: list[Exclusion] = []
        if since is None:
            found.append("no_date")
        elif since > self.public_by:
            found.append("after_cutoff")
        if disclosure.valid_until is not None and disclosure.valid_until < self.cutoff:
            found.append("expired")
        if disclosure.retracted is not None:
            found.append("retracted")
        later = self._replaced.get(reference)
        if later is not None:
            replaced = self._public_since(later)
            if replaced is not None and replaced <= self.public_by:
                found.append("superseded")
        return Standing(tuple(found), weaknesses(disclosure), since)

    def _public_since(self, disclosure: Disclosure) -> datetime.date | None:
        days = [day for day in map(self._public_day, disclosure.where) if day is not None]
        return min(days, default=None)

    def _public_day(self, place: Place) -> datetime.date | None:
        """The day on which what stands in a place was public at the latest."""
        source = self.sources.get(place.source)
        if source is None:
            return None
        published = None if source.published is None else first_day(source.published)
        if place.secondary and source.data_as_of is not None:
            return source.data_as_of
        return published or source.accessed
