"""Reading errata: at most one ``errata.yaml`` for each evaluation."""

from __future__ import annotations

from collections.abc import Iterable

from cati.model.errata import Errata, check_errata
from cati.store.evaluations import ERRATA_FILE
from cati.store.reading import Reading


def read_errata(reading: Reading, evaluations: Iterable[str]) -> dict[str, Errata]:
    """The editions and errata of the evaluations that were published, by evaluation."""
    found = {}
    for name in evaluations:
        file = f"reports/{name}/{ERRATA_FILE}"
        read = reading.optional_model(Errata, file)
        if read is not None:
            reading.report(check_errata(read[0]), read[1])
            found[name] = read[0]
    return found
