"""Old evidence under a later method.

Where the methodology is another, an old answer counts for the criterion of the
same id in the indicator that asks the same: by the crosswalk's relation
``same`` where the two have a crosswalk, by the code otherwise. What nothing old
answers is open, which is worth an interval and never a silent zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from cati.analysis.change.changes import Carrying
from cati.model.assessment import Assessment, Verdict
from cati.model.crosswalk import Crosswalk
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology, criterion_names
from cati.model.weighting import track_factors
from cati.scoring.assessed import Assessed, assess
from cati.scoring.backing import Backings
from cati.scoring.blocks import Block
from cati.scoring.scorecard import Scorecard
from cati.workspace import Workspace


def same_indicators(
    old: Methodology, new: Methodology, crosswalk: Crosswalk | None
) -> dict[str, str]:
    """The earlier code of every indicator of the later methodology that asks the same.

    Serves both bases.
    """
    codes = {i.code for i in old.indicators()}
    if crosswalk is not None and {crosswalk.left, crosswalk.right} == {old.id, new.id}:
        pairs = [(p.left, p.right) for p in crosswalk.pairs if p.relation == "same"]
        if crosswalk.left == new.id:
            pairs = [(right, left) for left, right in pairs]
        return {later: earlier for earlier, later in pairs if earlier and later}
    return {i.code: i.code for i in new.indicators() if i.code in codes}


def same_criteria(
    old: Methodology, new: Methodology, crosswalk: Crosswalk | None
) -> dict[str, str]:
    """The earlier criterion of every criterion of the later methodology that has one.

    For the assessed basis: a printed table answers no criteria.
    """
    earlier = same_indicators(old, new, crosswalk)
    found = {}
    for indicator in new.indicators():
        for name in criterion_names(indicator):
            before = f"{earlier.get(indicator.code)}/{name.partition('/')[2]}"
            if before in old.criteria:
                found[name] = before
    return found


def carried_assessment(
    assessment: Assessment, old: Methodology, names: Mapping[str, str]
) -> Assessment:
    """An assessment in the criteria of a later methodology, for the assessed basis.

    Parameters
    ----------
    assessment : Assessment
    old : Methodology
        The one it answers.
    names : mapping of str to str
        The earlier criterion by the later.
    """
    given = {verdict.criterion: verdict for verdict in assessment.verdicts}
    for entry in assessment.no_disclosure:
        for name in criterion_names(old.indicator(entry.code)):
            given[name] = Verdict(
                criterion=name,
                answer="not_met",
                assessor=entry.assessor,
                date=entry.date,
                level=entry.level,
            )
    verdicts = tuple(
        given[before].model_copy(update={"criterion": name})
        for name, before in names.items()
        if before in given
    )
    return assessment.model_copy(update={"verdicts": verdicts, "no_disclosure": ()})


def carry_answers(
    workspace: Workspace, old: Evaluation, new: Evaluation
) -> tuple[Assessed, Carrying, Mapping[str, str]]:
    """The old evidence, by the old cut-off date, assessed by the later method.

    For the assessed basis; `carry_points` does the same for printed points.

    Returns
    -------
    Assessed
    Carrying
    mapping of str to str
        The earlier criterion by the later.
    """
    before, after = workspace.methodology(old.methodology), workspace.methodology(new.methodology)
    names = same_criteria(before, after, workspace.store.crosswalk)
    same = before.id == after.id
    assessments = workspace.store.assessments[old.id]
    if not same:
        assessments = {
            company: carried_assessment(assessment, before, names)
            for company, assessment in assessments.items()
        }
    changed = old.model_copy(update={"shares": new.shares, "methodology": new.methodology})
    store = workspace.store
    standings = workspace.standings(old.id)
    backings = Backings(after, old.cutoff, store.entities, store.disclosures, standings)
    carrying = Carrying(
        same_methodology=same,
        same_factors=_factors(before, old) == _factors(after, new),
        **({} if same else _criteria_left(before, after, names)),
    )
    return assess(changed, after, assessments, backings), carrying, names


def _factors(methodology: Methodology, evaluation: Evaluation) -> dict[str, Fraction]:
    return track_factors(methodology, evaluation.shares)


def _criteria_left(
    old: Methodology, new: Methodology, names: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    said, says = _statements(old), _statements(new)
    new_names = [n for i in new.indicators() for n in criterion_names(i) or (i.code,)]
    used = set(names.values())
    return {
        "unanswered": tuple(name for name in new_names if name not in names),
        "dropped": tuple(name for name in said if name not in used),
        "reworded": tuple(name for name, before in names.items() if says[name] != said[before]),
    }


def _statements(methodology: Methodology) -> dict[str, str]:
    return {name: criterion.statement.en for name, criterion in methodology.criteria.items()}


def carry_points(
    workspace: Workspace, old: Scorecard, new: Scorecard
) -> tuple[Scorecard, Carrying]:
    """Old printed points under the later method, block by block.

    For the published basis: both scorecards hold the blocks of printed tables.
    A block of the later table holds the old points where an old block has
    the same indicators with the same points; otherwise anything.
    """
    earlier = same_indicators(old.methodology, new.methodology, workspace.store.crosswalk)
    scale = Fraction(old.methodology.grid) / Fraction(new.methodology.grid)
    columns = {block.id: _same_block(block, old, new, earlier) for block in new.blocks}
    low, high = [], []
    for block in new.blocks:
        at = columns[block.id]
        if at is None:
            low.append(np.zeros(len(old.owner), dtype=np.int64))
            high.append(np.full(len(old.owner), block.steps, dtype=np.int64))
        else:
            low.append(old.low[:, at] * scale.numerator // scale.denominator)
            high.append(old.high[:, at] * scale.numerator // scale.denominator)
    card = replace(
        new,
        companies=old.companies,
        owner=old.owner,
        low=np.stack(low, axis=1),
        high=np.stack(high, axis=1),
        stated={},
    )
    used = {at for at in columns.values() if at is not None}
    carrying = Carrying(
        same_methodology=old.methodology.id == new.methodology.id,
        same_factors=dict(old.factors) == dict(new.factors),
        unanswered=tuple(block for block, at in columns.items() if at is None),
        dropped=tuple(b.id for at, b in enumerate(old.blocks) if at not in used),
    )
    return card, carrying


def _same_block(
    block: Block, old: Scorecard, new: Scorecard, earlier: Mapping[str, str]
) -> int | None:
    """The position of the old block with the same indicators and points; None without one."""
    wanted = {(earlier.get(code), new.methodology.indicator(code).points) for code in block.codes}
    for position, candidate in enumerate(old.blocks):
        there = {(code, old.methodology.indicator(code).points) for code in candidate.codes}
        if there == wanted:
            return position
    return None
