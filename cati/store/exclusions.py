"""The evidence that does not count in an evaluation, as warnings where it stands."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from cati.model.evaluation import Evaluation
from cati.model.standing import Standing, Standings
from cati.problems import Problem
from cati.store.file_kinds import REVIEW
from cati.store.store import Store

_BY_DATE = {"after_cutoff", "no_date"}
"""Reasons that hang on the dates of the places."""


def standings(store: Store, evaluation: Evaluation) -> dict[str, Standing]:
    """What each disclosure is good for in an evaluation, by reference, sorted."""
    public_by = _public_by(store, evaluation)
    judge = Standings(evaluation.cutoff, store.sources, store.disclosures, public_by)
    return {ref: judge.of(ref, found) for ref, found in sorted(store.disclosures.items())}


def exclusion_warnings(
    store: Store, evaluation: Evaluation, standings: Mapping[str, Standing]
) -> list[Problem]:
    """One warning for each reason for which a disclosure does not count.

    Only disclosures on the evaluation's methodology are looked at. What came
    too late for this evaluation and in time for another is worth a warning
    only where this one cites it.
    """
    warnings = []
    cited = _cited(store, evaluation)
    for reference, standing in standings.items():
        questions = store.disclosures[reference].indicators
        if not any(q.startswith(f"{evaluation.methodology}/") for q in questions):
            continue
        if reference not in cited and _is_for_another(store, evaluation, standing):
            continue
        file, line = store.places[reference]
        for exclusion in standing.exclusions:
            expected, found = _words(store, reference, standing, evaluation)[exclusion]
            hint = _mend(store, reference, evaluation) if exclusion in _BY_DATE else ""
            told = f"{reference}, {found}"
            warnings.append(Problem(file, expected, told, line, hint=hint, severity="warning"))
    return warnings


def _mend(store: Store, reference: str, evaluation: Evaluation) -> str:
    """What may have been forgotten: that a source only reports what others had said before."""
    disclosure = store.disclosures[reference]
    places = [place.model_copy(update={"secondary": True}) for place in disclosure.where]
    reported = disclosure.model_copy(update={"where": tuple(places)})
    public_by = _public_by(store, evaluation)
    judge = Standings(evaluation.cutoff, store.sources, store.disclosures, public_by)
    if set(judge.of(reference, reported).exclusions) & _BY_DATE:
        return ""
    named = ", ".join(
        place.source
        for place in disclosure.where
        if not place.secondary and store.sources[place.source].data_as_of is not None
    )
    return f"if {named} only reports what another document says, its place needs 'secondary: true'"


def _public_by(store: Store, evaluation: Evaluation) -> datetime.date:
    """The last day on which evidence must have become public."""
    review = store.of(REVIEW).get(evaluation.id)
    return evaluation.cutoff if review is None else review.evidence_until(evaluation)


def _cited(store: Store, evaluation: Evaluation) -> set[str]:
    """What the answers of an evaluation rest on."""
    return {
        reference
        for assessment in store.assessments[evaluation.id].values()
        for verdict in assessment.verdicts
        for reference in verdict.disclosures
    }


def _is_for_another(store: Store, evaluation: Evaluation, standing: Standing) -> bool:
    """Whether a disclosure is only too late here, and was in time for another evaluation."""
    since = standing.public_since
    return standing.exclusions == ("after_cutoff",) and any(
        other.methodology == evaluation.methodology and since is not None and since <= other.cutoff
        for other in store.evaluations.values()
    )


def _words(
    store: Store, reference: str, standing: Standing, evaluation: Evaluation
) -> dict[str, tuple[str, str]]:
    """What is expected and found, by reason."""
    disclosure = store.disclosures[reference]
    cutoff, public_by = evaluation.cutoff, _public_by(store, evaluation)
    what = "the cut-off date" if public_by == cutoff else "the close of the first review window"
    by = f"{public_by}, {what} of {evaluation.id}"
    return {
        "after_cutoff": (f"evidence public by {by}", f"public since {standing.public_since}"),
        "no_date": (f"evidence known to be public by {by}", "without a date of its sources"),
        "expired": (
            f"evidence valid on {cutoff}, the cut-off date of {evaluation.id}",
            f"valid until {disclosure.valid_until}",
        ),
        "retracted": ("evidence that stands", f"retracted: {disclosure.retracted}"),
        "superseded": ("the latest version", "replaced by a later disclosure"),
    }
