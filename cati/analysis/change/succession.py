"""Which company of an earlier evaluation is which of a later one."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from cati.analysis.change.changes import Leaver, Newcomer
from cati.model.dates import first_day
from cati.model.entity import Entity


@dataclass(frozen=True)
class Succession:
    """Companies of two evaluations, paired by id or by a renaming.

    Attributes
    ----------
    stayed : mapping of str to str
        By the later id, the earlier one.
    merged : mapping of str to tuple of str
        By the later id, companies of the earlier evaluation that merged into it.
    """

    stayed: Mapping[str, str]
    merged: Mapping[str, tuple[str, ...]]
    entering: tuple[Newcomer, ...]
    leaving: tuple[Leaver, ...]


def succession(
    old: Collection[str],
    new: Collection[str],
    entities: Mapping[str, Entity],
    day: datetime.date,
) -> Succession:
    """Pair the companies of two evaluations.

    Parameters
    ----------
    old, new : collection of str
        Ids of the companies of each.
    entities : mapping of str to Entity
        Their relations ``renamed_from`` and ``merged_into`` say what became of whom.
    day : date
        Relations that begin later do not hold yet: the later cut-off date.
    """
    free = set(old) - set(new)
    stayed = {company: company for company in new if company in old}
    for company in sorted(set(new) - set(old)):
        before = [o for o in _along(company, "renamed_from", entities, day) if o in free]
        if before:
            stayed[company] = before[0]
            free.remove(before[0])
    into = {company: _along(company, "merged_into", entities, day) for company in sorted(free)}
    merged = {
        company: tuple(gone for gone, targets in into.items() if company in targets)
        for company in sorted(new)
    }
    return Succession(
        stayed=stayed,
        merged=merged,
        entering=tuple(
            Newcomer(company, merged[company]) for company in sorted(new) if company not in stayed
        ),
        leaving=tuple(
            Leaver(company, next((t for t in targets if t in new), next(iter(targets), None)))
            for company, targets in into.items()
        ),
    )


def _along(
    company: str,
    kind: Literal["renamed_from", "merged_into"],
    entities: Mapping[str, Entity],
    day: datetime.date,
) -> tuple[str, ...]:
    """Entities that relations of a kind lead to, one after the other."""
    found = [company]
    for entity in found:
        found += [
            relation.to
            for relation in entities[entity].relations
            if relation.kind == kind
            and relation.to is not None
            and relation.to not in found
            and (relation.since is None or first_day(relation.since) <= day)
        ]
    return tuple(found[1:])
