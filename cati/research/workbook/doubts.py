"""What an import takes though a reader may doubt it: told, not refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cati.model.assessment import Verdict
from cati.model.entity import Entity
from cati.model.evidence import Disclosure
from cati.model.references import owner_of


@dataclass(frozen=True)
class Answered:
    """A changed answer that is met or not.

    Attributes
    ----------
    company : str
    methodology : str
    verdict : Verdict
    """

    company: str
    methodology: str
    verdict: Verdict


Doubt = Callable[[Answered], bool]


def doubts(
    answers: list[Answered],
    disclosures: Mapping[str, Disclosure],
    entities: Mapping[str, Entity],
) -> Iterator[str]:
    """A line for each kind of doubt, with how many answers it is about and the first.

    Parameters
    ----------
    answers : list of Answered
    disclosures : mapping of str to Disclosure
        All that may be cited, by reference.
    entities : mapping of str to Entity
    """

    def cited(answer: Answered) -> list[tuple[str, Disclosure]]:
        references = answer.verdict.disclosures
        return [(name, disclosures[name]) for name in references if name in disclosures]

    def of_strangers(answer: Answered) -> bool:
        owners = {owner_of(name) for name, _ in cited(answer)}
        return any(_strangers(answer.company, owner, entities) for owner in owners)

    def of_other_indicators(answer: Answered) -> bool:
        indicator = f"{answer.methodology}/{answer.verdict.criterion.partition('/')[0]}"
        return any(indicator not in disclosure.indicators for _, disclosure in cited(answer))

    def only_absent(answer: Answered) -> bool:
        found = [disclosure.polarity for _, disclosure in cited(answer)]
        return answer.verdict.answer == "met" and set(found) == {"absent"}

    kinds: dict[str, Doubt] = {
        "answers without a rationale": _has_no_rationale,
        "rationales of the answer before": _keeps_old_rationale,
        "answers that cite a disclosure of another carmaker": of_strangers,
        "answers that cite a disclosure noted for other indicators alone": of_other_indicators,
        "answers met by what the company does not say": only_absent,
    }
    for what, holds in kinds.items():
        found = [f"{a.company} {a.verdict.criterion}" for a in answers if holds(a)]
        if found:
            yield f"{what}: {len(found)}; first: {found[0]}"


def _has_no_rationale(answer: Answered) -> bool:
    """Whether it does not say how its disclosures lead to it; not met by nothing needs no words."""
    verdict = answer.verdict
    return not verdict.rationale and (verdict.answer == "met" or not verdict.disclosures)


def _keeps_old_rationale(answer: Answered) -> bool:
    """Whether it became another with the rationale of the one before."""
    verdict = answer.verdict
    if not verdict.history or not verdict.rationale:
        return False
    last = verdict.history[-1]
    return last.was != verdict.answer and last.rationale == verdict.rationale


def _strangers(company: str, owner: str, entities: Mapping[str, Entity]) -> bool:
    """Whether two carmakers have no relation to one another."""
    if company == owner or owner not in entities or company not in entities:
        return False
    both = entities[company], entities[owner]
    if any(entity.kind in {"supplier", "publisher"} for entity in both):
        return False
    related = {(one.id, relation.to) for one in both for relation in one.relations}
    return not related & {(company, owner), (owner, company)}
