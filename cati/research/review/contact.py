"""Whom we wrote to and what came of it: a log that adds up to the companies of the scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cati.model.evaluation import Evaluation
from cati.model.review import REACTIONS, Contact, ContactLog, Reaction
from cati.problems import Problem
from cati.research.review.facts import require_company
from cati.store.canonical import yaml_text
from cati.store.editing import replace
from cati.store.file_kinds import CONTACTS, EVALUATION
from cati.store.schemas import schema_link
from cati.workspace import Workspace

Standing = Reaction | None
"""What came of writing to a company; None where nobody wrote."""


@dataclass(frozen=True)
class Tally:
    """How many companies of the scope reacted in which way.

    Attributes
    ----------
    counts : mapping
        Every reaction, and None for companies that nobody wrote to.
    companies : int
        The base: companies in the scope, and the sum of the counts.
    """

    counts: Mapping[Standing, int]

    @property
    def companies(self) -> int:
        """The sum of the counts."""
        return sum(self.counts.values())


def add_contact(folder: Path, evaluation: str, contact: Contact) -> ContactLog:
    """Add to the contact log of an evaluation; gives all of it.

    Raises
    ------
    UsageError
        If there is no such evaluation, or company in it.
    ProblemsError
        If the files have errors, or someone else is changing them.
    CatiError
        If it cannot be written.
    """
    file = CONTACTS.file(evaluation=evaluation)
    workspace = Workspace.open(folder)
    workspace.store.require_sound()
    require_company(workspace, evaluation, contact.company)
    empty = ContactLog(format=1, evaluation=evaluation)
    log = workspace.store.of(CONTACTS).get(evaluation, empty)
    if contact in log.contacts:
        return log
    contacts = sorted((*log.contacts, contact), key=lambda entry: entry.date)
    log = log.model_copy(update={"contacts": tuple(contacts)})
    store = workspace.store
    replace(store.root, file, yaml_text(log, schema_link(file)), store.digest(file))
    return log


def standing(log: ContactLog | None, evaluation: Evaluation) -> dict[str, Standing]:
    """What came of writing to each company of the scope last.

    Of several entries of one day the last counts.
    """
    found: dict[str, Standing] = dict.fromkeys(entry.company for entry in evaluation.scope)
    for contact in sorted(log.contacts if log else (), key=lambda entry: entry.date):
        found[contact.company] = contact.outcome
    return found


def tally(log: ContactLog | None, evaluation: Evaluation) -> Tally:
    """The companies of the scope counted by what came of writing to them."""
    counts = Counter(standing(log, evaluation).values())
    return Tally({outcome: counts[outcome] for outcome in (*REACTIONS, None)})


def tally_problems(log: ContactLog | None, evaluation: Evaluation) -> Iterator[Problem]:
    """Where the tally that ``evaluation.yaml`` prints is not what the log adds up to.

    An evaluation without a printed tally, or without a log, has none.
    """
    if log is None or not evaluation.contact:
        return
    file = EVALUATION.file(evaluation=evaluation.id)
    counted_by = tally(log, evaluation).counts
    counts: dict[str, int] = {outcome or "": number for outcome, number in counted_by.items()}
    for position, printed in enumerate(evaluation.contact):
        counted = counts.pop(printed.id.replace("-", "_"), 0)
        if counted != printed.companies:
            expected = f"{counted}, by the contact log"
            field = f"contact[{position}].companies ({printed.id})"
            yield Problem(file, expected, str(printed.companies), field=field)
    for outcome, number in counts.items():
        if number:
            name = outcome.replace("_", "-") or "companies that nobody wrote to"
            yield Problem(file, f"{number}, by the contact log", "none", field=f"contact ({name})")
