"""The sources of a page, numbered so that each is written out once."""

from __future__ import annotations

from collections.abc import Iterator


class References:
    """Numbers for the sources of one page, in the order in which it cites them first.

    A long title beside every disclosure hides the disclosures, and a page grows with
    each of them. So a page cites by number and lists its sources at its foot.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, reference: str) -> int:
        """The number of a source, from 1, the same whenever it is cited again."""
        return self._numbers.setdefault(reference, len(self._numbers) + 1)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Every source cited so far with its number, in order."""
        return ((number, reference) for reference, number in self._numbers.items())
