"""Confirming many proposed answers at once, with one reason and by one person."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cati.model.assessment import Assessment, Change, Verdict
from cati.model.base import Code, NameLine
from cati.model.methodology import is_within
from cati.model.references import indicator_of
from cati.problems import UsageError, did_you_mean
from cati.research.season.beginning import expired_evidence
from cati.research.typed import typed
from cati.store.canonical import yaml_text
from cati.store.editing import digest, replace_all
from cati.store.file_kinds import ASSESSMENT
from cati.store.schemas import schema_link
from cati.workspace import Workspace


@dataclass(frozen=True)
class Confirmed:
    """What a confirmation answers.

    Attributes
    ----------
    assessments : mapping of str to Assessment
        By company, as they are then.
    answers : tuple of (str, Verdict)
        Company and answer, as it is then, of each proposal that is confirmed.
    left : tuple of (str, str)
        Company and criterion of each proposal that is not: it rests on evidence that no longer
        counts, so somebody has to look again.
    """

    evaluation: str
    assessments: Mapping[str, Assessment]
    answers: tuple[tuple[str, Verdict], ...]
    left: tuple[tuple[str, str], ...]
    read: Mapping[str, str]


def plan_confirmation(
    workspace: Workspace,
    evaluation: str,
    by: str,
    reason: str,
    today: datetime.date,
    *,
    companies: Sequence[str] = (),
    indicators: Sequence[str] = (),
) -> Confirmed:
    """Answer what nobody has touched since it was proposed as it was proposed; writes nothing.

    Parameters
    ----------
    workspace : Workspace
    evaluation : str
        Its id.
    by, reason : str
        Who confirms, and why the answers still hold.
    today : date
    companies : sequence of str
        By any name; all unless given.
    indicators : sequence of str
        Codes of any level; all unless given.

    Raises
    ------
    ProblemsError
        If the files have errors.
    UsageError
        If there is no such evaluation, company in it or code, or nothing to confirm.
    """
    store = workspace.store
    store.require_sound()
    found = workspace.evaluation(evaluation)
    by, reason = typed("--by", NameLine, by), typed("--reason", NameLine, reason)
    methodology = workspace.methodology(found.methodology)
    codes = [typed("an indicator", Code, code) for code in indicators]
    for code in codes:
        if code not in methodology.levels:
            hint = did_you_mean(code, methodology.levels)
            raise UsageError(f"no code {code} in {methodology.id}: {hint}")
    there = store.assessments[evaluation]
    chosen = {workspace.find(name).entity.id for name in companies} or set(there)
    scope = {entry.company for entry in found.scope}
    if missing := sorted(chosen - scope):
        raise UsageError(f"{evaluation}: not in its scope: {', '.join(missing)}")
    files = {
        company: ASSESSMENT.file(evaluation=evaluation, company=company)
        for company in sorted(chosen & {*there})
    }
    read = {file: digest(store.root / file) for file in files.values()}
    rests = {
        place for expired in expired_evidence(workspace, found, there) for place in expired.rests
    }
    changed: dict[str, Assessment] = {}
    answers: list[tuple[str, Verdict]] = []
    left: list[tuple[str, str]] = []
    for company in files:
        verdicts = []
        for verdict in there[company].verdicts:
            code = indicator_of(verdict.criterion)
            wanted = not codes or any(is_within(code, of) for of in codes)
            if not verdict.is_proposal or not wanted:
                verdicts.append(verdict)
            elif (company, verdict.criterion) in rests:
                left.append((company, verdict.criterion))
                verdicts.append(verdict)
            else:
                verdicts.append(_confirmed(verdict, by, reason, today))
                answers.append((company, verdicts[-1]))
        changed[company] = there[company].model_copy(update={"verdicts": tuple(verdicts)})
    if not answers and not left:
        raise UsageError(f"{evaluation}: no proposed answer waits to be confirmed")
    kept = {company: new for company, new in changed.items() if new != there[company]}
    return Confirmed(evaluation, kept, tuple(answers), tuple(left), read)


def write_confirmation(workspace: Workspace, confirmed: Confirmed) -> tuple[str, ...]:
    """Write the confirmed answers, all or none; gives the files.

    Raises
    ------
    ProblemsError
        If someone else has changed one of them meanwhile.
    CatiError
        If they cannot be written.
    """
    texts = {}
    for company, assessment in confirmed.assessments.items():
        file = ASSESSMENT.file(evaluation=confirmed.evaluation, company=company)
        texts[file] = yaml_text(assessment, schema_link(file))
    replace_all(workspace.store.root, texts, {file: confirmed.read[file] for file in texts})
    return tuple(texts)


def _confirmed(verdict: Verdict, by: str, reason: str, today: datetime.date) -> Verdict:
    """A proposal as an answer; where it comes from stays in its history."""
    proposed = verdict.proposed
    assert proposed is not None  # noqa: S101  only a proposal is confirmed
    change = Change(who=by, when=today, now=proposed.answer, why=reason, **verdict.superseded())
    return verdict.model_copy(
        update={
            "answer": proposed.answer,
            "assessor": by,
            "date": today,
            "history": (*verdict.history, change),
        }
    )
