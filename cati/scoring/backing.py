"""What each disclosure that an assessor cites is worth for a company's criterion.

A company's own disclosure, or anyone's about what the company itself did, is
worth the whole criterion. A disclosure of an entity it belongs to is a claim:
it is worth what the methodology's inheritance rules give for that indicator,
and nothing where none covers it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cati.model.assessment import Verdict
from cati.model.dates import first_day, last_day
from cati.model.entity import Entity, EntityRelation
from cati.model.evidence import Disclosure
from cati.model.methodology import InheritanceRule, Methodology, is_within
from cati.model.references import indicator_of, owner_of
from cati.model.standing import Standing

WHOLE = Fraction(1)
NOT_INHERITABLE = "not_inheritable"
"""The reason for which a parent's disclosure does not count where no rule covers it."""


@dataclass(frozen=True)
class Backing:
    """A disclosure that an answer rests on, and whether it can.

    Attributes
    ----------
    disclosure : str
        Reference to it.
    reasons : tuple of str
        Why it does not count, as in `cati.model.standing`, or ``not_inheritable``;
        empty where it counts.
    despite : tuple of str
        Weaknesses that the assessor's rationale overrules.
    worth : Fraction
        The part of the criterion's points that it can carry: 1, or the rule's
        fraction where it is inherited.
    inherited : InheritanceRule, optional
        The rule it is claimed by, where it is a parent's.
    """

    disclosure: str
    reasons: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    worth: Fraction = WHOLE
    inherited: InheritanceRule | None = None

    @property
    def counts(self) -> bool:
        """Whether the answer can rest on it."""
        return not self.reasons


class Backings:
    """Judges the disclosures that assessors cite, for one evaluation.

    Parameters
    ----------
    methodology : Methodology
        Its inheritance rules apply.
    cutoff : date
        Only who a company belonged to on that day can be inherited from.
    entities : mapping of str to Entity
        By id; their relations say who belongs to whom.
    disclosures : mapping of str to Disclosure
        By reference.
    standings : mapping of str to Standing
        What each disclosure is good for, by reference.
    """

    def __init__(
        self,
        methodology: Methodology,
        cutoff: datetime.date,
        entities: Mapping[str, Entity],
        disclosures: Mapping[str, Disclosure],
        standings: Mapping[str, Standing],
    ) -> None:
        self.methodology = methodology
        self._cutoff = cutoff
        self._entities = entities
        self._disclosures = disclosures
        self._standings = standings

    def of(self, company: str, verdict: Verdict) -> tuple[Backing, ...]:
        """The disclosures of an answer, each judged for the company it is given about."""
        return tuple(self._backing(company, verdict, name) for name in verdict.disclosures)

    def standing(self, reference: str) -> Backing:
        """What a disclosure is good for by itself, whoever might cite it."""
        standing = self._standings[reference]
        return Backing(reference, (*standing.exclusions, *standing.weaknesses))

    def _backing(self, company: str, verdict: Verdict, reference: str) -> Backing:
        standing = self._standings[reference]
        reasons: list[str] = list(standing.exclusions)
        despite: tuple[str, ...] = ()
        if verdict.rationale and not standing.exclusions:
            despite = standing.weaknesses
        else:
            reasons += standing.weaknesses
        if not self._is_of_a_parent(company, reference):
            return Backing(reference, tuple(reasons), despite)
        rule = self._rule(company, verdict.criterion, reference)
        if rule is None:
            return Backing(reference, (*reasons, NOT_INHERITABLE), despite)
        return Backing(reference, tuple(reasons), despite, Fraction(rule.fraction), rule)

    def _is_of_a_parent(self, company: str, reference: str) -> bool:
        """Whether it is about an entity that the company belongs to, or once did.

        A parent's disclosure of what the company itself did is the company's.
        """
        if self._disclosures[reference].act_of == company:
            return False
        owner = owner_of(reference)
        relations = {rule.of for rule in self._rules(company)}
        return any(owner in owners(self._entities, company, kind) for kind in relations)

    def _rule(self, company: str, criterion: str, reference: str) -> InheritanceRule | None:
        """The rule that gives most for a parent's disclosure; None if none covers it."""
        owner, code = owner_of(reference), indicator_of(criterion)
        covering = [
            rule
            for rule in self._rules(company)
            if any(is_within(code, member) for member in rule.members)
            and owner in owners(self._entities, company, rule.of, self._cutoff)
        ]
        return max(covering, key=lambda rule: rule.fraction, default=None)

    def _rules(self, company: str) -> list[InheritanceRule]:
        return rules_for(self.methodology, self._entities[company])


def rules_for(methodology: Methodology, entity: Entity) -> list[InheritanceRule]:
    """The rules by which an entity may inherit."""
    return [rule for rule in methodology.inheritance if rule.by == entity.kind]


def owners(
    entities: Mapping[str, Entity], company: str, relation: str, day: datetime.date | None = None
) -> set[str]:
    """Whom a company belongs to through one kind of relation, those they belong to included.

    Parameters
    ----------
    entities : mapping of str to Entity
        By id.
    company : str
    relation : str
        As in `InheritanceRule.of`.
    day : date, optional
        On which the relations must be in force; at any time unless given.
    """
    found: set[str] = set()
    ahead = [company]
    while ahead:
        entity = entities.get(ahead.pop())
        for link in entity.relations if entity else ():
            held = day is None or _is_in_force(link, day)
            if link.kind == relation and held and link.to is not None and link.to not in found:
                found.add(link.to)
                ahead.append(link.to)
    return found - {company}


def _is_in_force(link: EntityRelation, day: datetime.date) -> bool:
    begun = link.since is None or first_day(link.since) <= day
    return begun and (link.until is None or last_day(link.until) >= day)
