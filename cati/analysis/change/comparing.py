"""What changed between two evaluations, and why.

Scores of one method are compared directly. Where the methodology or its
weights are others, the old evidence is scored again by the later method
first: what that changes is the method's part, the rest is the evidence's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from cati.analysis.change.carrying import carry_answers, carry_points
from cati.analysis.change.causes import Causes, Season
from cati.analysis.change.changes import (
    Carrying,
    ChangedAnswer,
    CompanyChange,
    Delta,
    EvaluationChange,
    Part,
)
from cati.analysis.change.rank_change import rank_change, totals
from cati.analysis.change.succession import succession
from cati.model.assessment import Answer
from cati.model.evaluation import Evaluation
from cati.model.interval import Interval
from cati.model.methodology import criterion_names
from cati.problems import UsageError
from cati.scoring.assessed import Answers, indicator_points
from cati.scoring.backing import WHOLE
from cati.scoring.scorecard import Basis, Scorecard
from cati.workspace import Workspace


def change(
    workspace: Workspace, old: str, new: str, basis: Basis | None = None
) -> EvaluationChange:
    """What changed from one evaluation to a later one.

    A printed total is never set against an assessed one: both are taken on
    the basis asked for, or on their own where that is the same, or from
    their printed tables where both have one.

    Parameters
    ----------
    workspace : Workspace
    old, new : str
        Ids of two evaluations.
    basis : {"published", "assessed"}, optional
        Of both.

    Raises
    ------
    UsageError
        If they are one and the same, the second is the earlier, or there is nothing comparable;
        says why.
    """
    before, after = workspace.evaluation(old), workspace.evaluation(new)
    if old == new:
        raise UsageError("expected two different evaluations")
    if after.cutoff < before.cutoff:
        raise UsageError(
            f"give the earlier one first: {new} ends {after.cutoff}, {old} {before.cutoff}"
        )
    if _basis(workspace, before, after, basis) == "assessed":
        return _assessed_change(workspace, before, after)
    return _published_change(workspace, before, after)


def continued(workspace: Workspace, evaluation: str) -> tuple[str, ...]:
    """The evaluations that one continues: those whose answers were proposed to it, sorted."""
    proposals = {
        verdict.proposed.evaluation
        for assessment in workspace.store.assessments[evaluation].values()
        for verdict in assessment.verdicts
        if verdict.proposed is not None
    }
    return tuple(sorted(proposals))


def _basis(workspace: Workspace, old: Evaluation, new: Evaluation, asked: Basis | None) -> Basis:
    """What both are compared on; see `change`."""
    store = workspace.store
    if asked is not None:
        return asked
    if old.basis == new.basis:
        return old.basis
    if old.id in store.printed and new.id in store.printed:
        return "published"
    message = (
        f"{old.id} is {old.basis} and {new.id} is {new.basis}: "
        "a printed total and what answers settle are not comparable"
    )
    if store.assessments[old.id] and store.assessments[new.id]:
        message += "; --basis assessed compares the answers of both, and no printed total"
    raise UsageError(message)


def _published_change(workspace: Workspace, old: Evaluation, new: Evaluation) -> EvaluationChange:
    before, after = workspace.score(old.id, "published"), workspace.score(new.id, "published")
    carried, carrying = carry_points(workspace, before, after)

    def told(was: str, company: str) -> _Told:
        return _Told(tuple(_block_parts(carried, after, was, company)), ())

    return _change(workspace, _Cards(old, new, before, carried, after, carrying), told)


def _block_parts(carried: Scorecard, new: Scorecard, was: str, company: str) -> Iterator[Part]:
    """Each block's change; of several solutions, those that the ends of the total come from."""
    (low, high), (now_low, now_high) = _ends(carried, was), _ends(new, company)
    for at, (block, unit) in enumerate(zip(new.blocks, new.numerators.tolist(), strict=True)):
        weight = Fraction(unit, new.denominator)
        delta = Delta((now_low[at] - low[at]) * weight, (now_high[at] - high[at]) * weight)
        if delta:
            yield Part(block.id, None, delta)


def _ends(card: Scorecard, company: str) -> tuple[list[int], list[int]]:
    """Grid steps by block in the solutions with the least and with the greatest total."""
    rows = np.flatnonzero(card.owner == card.companies.index(company))
    low, high = card.low[rows], card.high[rows]
    least = int(np.argmin(low @ card.numerators))
    most = int(np.argmax(high @ card.numerators))
    return low[least].tolist(), high[most].tolist()


def _assessed_change(workspace: Workspace, old: Evaluation, new: Evaluation) -> EvaluationChange:
    before, after = workspace.assess(old.id), workspace.assess(new.id)
    carried, carrying, names = carry_answers(workspace, old, new)
    disclosures = workspace.store.disclosures
    causes = Causes(_season(workspace, old), _season(workspace, new), disclosures)

    def told(was: str, company: str) -> _Told:
        answers = carried.answers[was], after.answers[company]
        changed = [
            causes.of((was, company), (names.get(name, name), name), *_both(answers, name))
            for name in _changed(*answers)
        ]
        return _Told(tuple(_answer_parts(after.card, answers, changed)), tuple(changed))

    return _change(
        workspace, _Cards(old, new, before.card, carried.card, after.card, carrying), told
    )


def _season(workspace: Workspace, evaluation: Evaluation) -> Season:
    return Season(
        cutoff=evaluation.cutoff,
        assessments=workspace.store.assessments[evaluation.id],
        backings=workspace.backings(evaluation.id),
        standings=workspace.standings(evaluation.id),
    )


def _both(answers: tuple[Answers, Answers], name: str) -> tuple[Answer, Answer]:
    return answers[0].answer(name), answers[1].answer(name)


def _changed(old: Answers, new: Answers) -> list[str]:
    """Criteria whose answer or worth is another, requirements before what requires them."""
    found = [
        name
        for name in new.requires
        if old.answer(name) != new.answer(name)
        or old.worth.get(name, WHOLE) != new.worth.get(name, WHOLE)
    ]
    return sorted(found, key=lambda name: len(new.chain(name)))


def _answer_parts(
    card: Scorecard, answers: tuple[Answers, Answers], changed: Sequence[ChangedAnswer]
) -> Iterator[Part]:
    """What each changed answer adds when one is changed after the other.

    An answer may move points in other indicators, whose criteria require it.
    """
    old, new = answers
    units = {
        block.id: Fraction(unit, card.denominator)
        for block, unit in zip(card.blocks, card.numerators.tolist(), strict=True)
    }
    grid = Fraction(card.methodology.grid)
    given, worth = dict(old.given), dict(old.worth)

    def points() -> dict[str, Interval]:
        now = Answers(dict(given), new.requires, dict(worth))
        return {i.code: indicator_points(i, now, grid) for i in touched}

    for entry in changed:
        touched = [
            i
            for i in card.methodology.indicators()
            if any(entry.criterion in new.chain(name) for name in criterion_names(i))
        ]
        before = points()
        given[entry.criterion] = new.answer(entry.criterion)
        worth[entry.criterion] = new.worth.get(entry.criterion, WHOLE)
        for code, after in points().items():
            weight = units[code] / grid
            delta = Delta.between(before[code].scaled(weight), after.scaled(weight))
            if delta:
                yield Part(code, entry, delta)


@dataclass(frozen=True)
class _Cards:
    """Both evaluations and their scorecards: before, old evidence by the later method, now."""

    old: Evaluation
    new: Evaluation
    before: Scorecard
    carried: Scorecard
    now: Scorecard
    carrying: Carrying


@dataclass(frozen=True)
class _Told:
    """What is told of a company's change."""

    parts: tuple[Part, ...]
    answers: tuple[ChangedAnswer, ...]


def _change(
    workspace: Workspace, cards: _Cards, told: Callable[[str, str], _Told]
) -> EvaluationChange:
    before, now = cards.before, cards.now
    paired = succession(before.companies, now.companies, workspace.store.entities, cards.new.cutoff)
    old, carried, new = totals(before), totals(cards.carried), totals(now)
    changes = []
    for company in now.order:
        if company not in paired.stayed:
            continue
        was = paired.stayed[company]
        why = told(was, company)
        changes.append(
            CompanyChange(
                company=company,
                was=was,
                absorbed=paired.merged[company],
                old=old[was],
                carried=carried[was],
                new=new[company],
                old_rank=before.rank(was),
                new_rank=now.rank(company),
                parts=why.parts,
                answers=why.answers,
                rank=rank_change(company, old, carried, new, paired.stayed),
            )
        )
    return EvaluationChange(
        old=cards.old,
        new=cards.new,
        before=before,
        now=now,
        carrying=cards.carrying,
        companies=tuple(changes),
        entering=paired.entering,
        leaving=paired.leaving,
    )


def company_change(whole: EvaluationChange, company: str) -> CompanyChange:
    """One company's change, by its later id or the one it had before.

    Raises
    ------
    UsageError
        If it is not in both evaluations; says where it is.
    """
    for entry in whole.companies:
        if company in (entry.company, entry.was):
            return entry
    old, new = whole.old.id, whole.new.id
    if company in whole.now.companies:
        raise UsageError(f"{company} is in {new} and was not in {old}")
    into = {leaver.company: leaver.into for leaver in whole.leaving}
    if company in into:
        merged = f": it merged into {into[company]}" if into[company] else ""
        raise UsageError(f"{company} was in {old} and is not in {new}{merged}")
    raise UsageError(f"{company} is neither in {old} nor in {new}")
