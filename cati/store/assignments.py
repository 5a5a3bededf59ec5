"""Reading assignments: at most one file for each evaluation."""

from __future__ import annotations

from collections.abc import Mapping

from cati.model.assignment import Assignments, check_assignments
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.store.evaluations import ASSIGNMENTS_FILE
from cati.store.reading import Reading


def read_assignments(
    reading: Reading,
    evaluations: Mapping[str, Evaluation],
    methodologies: Mapping[str, Methodology],
) -> dict[str, Assignments]:
    """The assignments of the evaluations that have some, by evaluation.

    Parameters
    ----------
    reading : Reading
        Receives what is wrong.
    evaluations : mapping of str to Evaluation
        By the name of their folder.
    methodologies : mapping of str to Methodology
        By id.
    """
    found = {}
    for name, evaluation in evaluations.items():
        file = f"reports/{name}/{ASSIGNMENTS_FILE}"
        read = reading.optional_model(Assignments, file)
        if read is None:
            continue
        methodology = methodologies[evaluation.methodology]
        reading.report(check_assignments(read[0], evaluation, methodology), read[1])
        found[name] = read[0]
    return found
