"""The evidence that does not count in an evaluation, as warnings where it stands."""

from __future__ import annotations

from cati.model.evaluation import Evaluation
from cati.model.standing import Standing, Standings
from cati.problems import Problem
from cati.store.store import Store


def standings(store: Store, evaluation: Evaluation) -> dict[str, Standing]:
    """What each disclosure is good for in an evaluation, by reference, sorted."""
    judge = Standings(evaluation.cutoff, store.sources, store.disclosures)
    return {ref: judge.of(ref, found) for ref, found in sorted(store.disclosures.items())}


def exclusion_warnings(store: Store, evaluation: Evaluation) -> list[Problem]:
    """One warning for each reason for which a disclosure does not count.

    Only disclosures on the evaluation's methodology are looked at.
    """
    warnings = []
    for reference, standing in standings(store, evaluation).items():
        questions = store.disclosures[reference].indicators
        if not any(q.startswith(f"{evaluation.methodology}/") for q in questions):
            continue
        file, line = store.places[reference]
        for expected, found in _words(store, reference, standing, evaluation):
            warnings.append(
                Problem(file, expected, f"{reference}, {found}", line, severity="warning")
            )
    return warnings


def _words(
    store: Store, reference: str, standing: Standing, evaluation: Evaluation
) -> list[tuple[str, str]]:
    disclosure = store.disclosures[reference]
    by = f"{evaluation.cutoff}, the cut-off date of {evaluation.id}"
    words = {
        "after_cutoff": (f"evidence public by {by}", f"public since {standing.public_since}"),
        "no_date": (f"evidence known to be public by {by}", "without a date of its sources"),
        "expired": (f"evidence valid on {by}", f"valid until {disclosure.valid_until}"),
        "retracted": ("evidence that stands", f"retracted: {disclosure.retracted}"),
        "superseded": ("the latest version", "replaced by a later disclosure"),
    }
    return [words[exclusion] for exclusion in standing.exclusions]
