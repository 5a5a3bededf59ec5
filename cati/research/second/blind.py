"""A workspace as an assessor sees it who answers apart from everybody else."""

from __future__ import annotations

from dataclasses import replace

from cati.model.assessment import Assessment
from cati.model.assessor import Assessor, assessor_id, same_person
from cati.model.base import NameLine
from cati.problems import UsageError, shown
from cati.research.typed import typed
from cati.store.assessors import OwnAnswers
from cati.store.store import Store


def blind_store(store: Store, evaluation: str, name: str) -> Store:
    """The same files, but as answers of the evaluation only an assessor's own.

    Also what is proposed from an earlier evaluation is left out.
    """
    own = own_answers(store, evaluation, name)
    answers = {**store.assessments, evaluation: own.assessments}
    return replace(store, assessments=answers)


def own_answers(store: Store, evaluation: str, name: str) -> OwnAnswers:
    """What an assessor answered apart; nothing yet for somebody new.

    Raises
    ------
    UsageError
        If it is no name.
    """
    typed("the assessor", NameLine, name)
    found = store.assessors.get(evaluation, {}).get(assessor_id(name))
    return found or OwnAnswers(Assessor(format=1, evaluation=evaluation, name=name))


def known_answers(store: Store, evaluation: str, name: str) -> OwnAnswers:
    """What an assessor answered apart.

    Raises
    ------
    UsageError
        If it is nothing; names who did answer.
    """
    own = own_answers(store, evaluation, name)
    if not own.assessments:
        people = store.assessors.get(evaluation, {}).values()
        known = ", ".join(sorted(shown(one.assessor.name) for one in people if one.assessments))
        raise UsageError(
            f"{evaluation}: nothing answered apart by {shown(name)}; somebody who has: "
            f"{known or 'nobody'}"
        )
    return own


def require_apart(store: Store, evaluation: str, company: str, name: str) -> None:
    """Refuse to be second to somebody who has given the first answers about a company too.

    Raises
    ------
    UsageError
    """
    if main_answers(store, evaluation, company, name) is not None:
        raise UsageError(
            f"{company}: {shown(name)} has answered it already, in companies/{company}/assessments/"
            "; the second assessor must be somebody else"
        )


def main_answers(store: Store, evaluation: str, company: str, name: str) -> Assessment | None:
    """What an assessor answered in a company's own file, where everybody sees it.

    Answers that were brought together from two, or only proposed, are not
    anybody's own.
    """
    found = store.assessments[evaluation].get(company)
    if found is None:
        return None
    verdicts = [
        verdict.model_copy(update={"level": "unverified", "proposed": None, "history": ()})
        for verdict in found.verdicts
        if same_person(verdict.assessor, name) and not verdict.originals and not verdict.is_proposal
    ]
    nothing = [
        entry.model_copy(update={"level": "unverified"})
        for entry in found.no_disclosure
        if same_person(entry.assessor, name)
    ]
    if not verdicts and not nothing:
        return None
    return Assessment(
        format=1, evaluation=evaluation, verdicts=tuple(verdicts), no_disclosure=tuple(nothing)
    )
