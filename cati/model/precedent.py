"""Precedents: how a doubtful case of a criterion was decided, for whoever meets the next one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from cati.model.assessment import CriterionName
from cati.model.base import Date, Format, Id, Line, Many, Model, NameLine, repeated
from cati.model.methodology import Methodology
from cati.model.references import indicator_of
from cati.problems import Finding, did_you_mean, shown


class Precedent(Model):
    """One decision that the next assessor should know.

    Attributes
    ----------
    company : str
        Whose case it was.
    evaluation : str
        In which it was decided.
    text : str
        What was decided and why, in one language.
    by : str
        Who noted it.
    """

    criterion: CriterionName
    company: Id
    evaluation: Id
    text: Line
    by: NameLine
    date: Date


class Precedents(Model):
    """What ``precedents.yaml`` says of a methodology."""

    format: Format
    precedents: Many[Precedent] = ()

    def of(self, code: str) -> tuple[Precedent, ...]:
        """Those on the criteria of an indicator."""
        return tuple(p for p in self.precedents if indicator_of(p.criterion) == code)


def check_precedents(
    precedents: Precedents,
    methodology: Methodology,
    companies: Collection[str],
    evaluations: Mapping[str, str],
) -> Iterator[Finding]:
    """Breaches in precedents: what they name, and that none stands there twice.

    Parameters
    ----------
    precedents : Precedents
    methodology : Methodology
        The one in whose folder they lie.
    companies : collection of str
        Ids of entities.
    evaluations : mapping of str to str
        The methodology of each evaluation.
    """
    criteria = methodology.criteria
    own = [name for name, used in evaluations.items() if used == methodology.id]
    for position, entry in enumerate(precedents.precedents):
        for field, name, known, expected in (
            ("criterion", entry.criterion, criteria, f"a criterion of {methodology.id}"),
            ("company", entry.company, companies, "a company with a folder in companies/"),
            ("evaluation", entry.evaluation, own, f"an evaluation by {methodology.id}"),
        ):
            if name not in known:
                path = ("precedents", position, field)
                yield Finding(path, expected, shown(name), did_you_mean(name, known))
    said = ((entry.criterion, entry.company, entry.text) for entry in precedents.precedents)
    for position, (criterion, company, _) in repeated(said):
        found = f"the same on {criterion} and {company} a second time"
        yield Finding(("precedents", position, "text"), "each precedent once", found)
