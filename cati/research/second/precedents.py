"""Noting how a doubtful case was decided."""

from __future__ import annotations

import datetime

from cati.model.assessment import CriterionName
from cati.model.base import NameLine
from cati.model.evaluation import Evaluation
from cati.model.precedent import Precedent, Precedents, check_precedents
from cati.problems import UsageError
from cati.research.typed import typed
from cati.research.workbook.cells import criteria
from cati.store.canonical import yaml_text
from cati.store.editing import replace
from cati.store.file_kinds import PRECEDENTS
from cati.store.schemas import schema_link
from cati.workspace import Workspace


def add_precedent(
    workspace: Workspace,
    evaluation: Evaluation,
    place: tuple[str, str],
    text: str,
    by: str,
    today: datetime.date,
) -> str:
    """Note a precedent with the methodology of an evaluation; gives the file.

    Parameters
    ----------
    place : tuple of str
        Criterion, and the id of the company whose case it was.

    Raises
    ------
    UsageError
        If there is no such criterion, or the same is noted already.
    ProblemsError
        If the files have errors, or someone else is changing the file.
    """
    store = workspace.store
    store.require_sound()
    methodology = workspace.methodology(evaluation.methodology)
    file = PRECEDENTS.file(methodology=methodology.id)
    before = store.of(PRECEDENTS).get(methodology.id, Precedents(format=1))
    criterion, company = place
    new = Precedent(
        criterion=typed("the criterion", CriterionName, criterion),
        company=company,
        evaluation=evaluation.id,
        text=typed("the text", NameLine, text),
        by=typed("who notes it", NameLine, by),
        date=today,
    )
    order = {name: place for place, (name, *_) in enumerate(criteria(methodology))}
    every = sorted((*before.precedents, new), key=lambda p: (order.get(p.criterion, 0), p.date))
    after = Precedents(format=1, precedents=tuple(every))
    used = {name: found.methodology for name, found in store.evaluations.items()}
    for finding in check_precedents(after, methodology, store.entities, used):
        raise UsageError(str(finding))
    replace(store.root, file, yaml_text(after, schema_link(file)), store.digest(file))
    return file
