"""Reading precedents: at most one file for each methodology."""

from __future__ import annotations

from collections.abc import Mapping

from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.precedent import Precedents, check_precedents
from cati.store.reading import Reading
from cati.store.registry import PRECEDENTS_FILE


def precedents_file(methodology: str) -> str:
    """Where a methodology's precedents lie, relative to the workspace."""
    return f"indicators/{methodology}/{PRECEDENTS_FILE}"


def read_precedents(
    reading: Reading,
    methodologies: Mapping[str, Methodology],
    evaluations: Mapping[str, Evaluation],
) -> dict[str, Precedents]:
    """The precedents of the methodologies that have some, by methodology.

    Parameters
    ----------
    reading : Reading
        Receives what is wrong.
    methodologies : mapping of str to Methodology
        By id.
    evaluations : mapping of str to Evaluation
        By id.
    """
    found = {}
    used = {name: evaluation.methodology for name, evaluation in evaluations.items()}
    for name, methodology in methodologies.items():
        read = reading.optional_model(Precedents, precedents_file(name))
        if read is None:
            continue
        companies = reading.folders["companies"]
        reading.report(check_precedents(read[0], methodology, companies, used), read[1])
        found[name] = read[0]
    return found
