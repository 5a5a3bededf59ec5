"""The queue of found passages: accepting one as a disclosure, dismissing it, opening it again.

Every decision is added to those before it, with who took it and when.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel

from cati.model.entity_consistency import check_disclosure
from cati.model.evaluation import Evaluation
from cati.model.evidence import Disclosure, Evidence
from cati.model.queue import Decision, Queue, QueuedPassage
from cati.problems import Problem, ProblemsError, UsageError, did_you_mean
from cati.research.desk.archive import Archive
from cati.research.desk.asked import record, refuse
from cati.research.desk.documents import outdated
from cati.research.desk.find import Found
from cati.research.desk.quote_matching import SearchedPage, Wanted, find_exact
from cati.research.desk.words import language_of
from cati.store.canonical import yaml_text
from cati.store.editing import digest, replace, replace_all
from cati.store.file_kinds import EVIDENCE, QUEUE
from cati.store.formatting import ordered
from cati.store.schemas import schema_link
from cati.store.store import Store
from cati.store.validate import read_model

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Request:
    """What somebody wants done with a passage.

    Attributes
    ----------
    what : {"accepted", "dismissed", "reopened"}
    indicator, passage : str
        Code and passage id.
    by : str
    reason : str, optional
        Needed to dismiss or reopen.
    statement : str, optional
        Needed to accept: the fact in our words.
    quote : str, optional
        The part of the passage to be quoted; all of it unless given.
    id : str, optional
        Of the disclosure; made from page and passage unless given.
    """

    what: Literal["accepted", "dismissed", "reopened"]
    indicator: str
    passage: str
    by: str
    reason: str | None = None
    statement: str | None = None
    polarity: str = "supports"
    confidence: str = "medium"
    quote: str | None = None
    id: str | None = None


@dataclass(frozen=True)
class Fault:
    """Why a decision cannot be carried out.

    Attributes
    ----------
    text : str
    about : str
        What of a `Request` it is about, or the ``decision`` itself.
    """

    text: str
    about: str = "decision"


class RefusedError(UsageError):
    """Decisions that cannot be carried out.

    Parameters
    ----------
    refused : mapping of int to tuple of Fault
        Why, by position among the requests.
    """

    def __init__(self, refused: Mapping[int, tuple[Fault, ...]]) -> None:
        self.refused = dict(refused)
        super().__init__("\n".join(fault.text for many in refused.values() for fault in many))


def read_queue(root: Path, evaluation: str, company: str) -> Queue:
    """The queue of a company in an evaluation; empty where there is none yet.

    Raises
    ------
    ProblemsError
        If the file cannot be read.
    """
    file = QUEUE.file(evaluation=evaluation, company=company)
    if not (root / file).exists():
        return Queue(format=1, evaluation=evaluation, company=company)
    return _read(Queue, root, file)


def offer(
    root: Path,
    evaluation: str,
    company: str,
    found: Mapping[str, Sequence[Found]],
    top: int,
    day: datetime.date,
) -> Queue:
    """Put the best passages that nobody has decided on into the queue, and give all of it.

    Parameters
    ----------
    root : Path
    evaluation, company : str
    found : mapping of str to sequence of Found
        By indicator, best first.
    top : int
        Undecided passages to have for each indicator.
    day : date
        Is noted with those that are new.
    """
    file = QUEUE.file(evaluation=evaluation, company=company)
    before = digest(root / file)
    queue = read_queue(root, evaluation, company)
    known = {(entry.indicator, entry.passage): entry for entry in queue.passages}
    new = []
    for code, passages in found.items():
        undecided = [
            one
            for one in passages
            if (code, one.passage) not in known or known[code, one.passage].state == "open"
        ]
        new += [one for one in undecided[:top] if (code, one.passage) not in known]
    if not new:
        return queue
    entries = [
        QueuedPassage(
            indicator=one.indicator,
            passage=one.passage,
            source=one.source,
            page=one.page,
            text=one.text,
            terms=one.terms,
            hidden=one.hidden,
            found=day,
        )
        for one in new
    ]
    queue = queue.model_copy(update={"passages": _in_order([*queue.passages, *entries])})
    replace(root, file, yaml_text(queue, schema_link(file)), before)
    return queue


def waiting(
    queue: Queue, found: Mapping[str, Sequence[Found]], top: int
) -> dict[str, list[QueuedPassage]]:
    """Open passages of the queue by indicator, best first, at most so many of each."""
    entries = {(entry.indicator, entry.passage): entry for entry in queue.passages}
    return {
        code: [
            entries[code, one.passage]
            for one in passages
            if (code, one.passage) in entries and entries[code, one.passage].state == "open"
        ][:top]
        for code, passages in found.items()
    }


@dataclass
class Plan:
    """What a number of decisions makes of a queue and of the disclosures; `write` carries it out.

    `plan_decisions` makes one.

    Attributes
    ----------
    made : list of str
        References of the disclosures that accepted passages have become.
    standing : list of str
        References of disclosures made of passages that are open again; they count as before.
    number : int
        Requests, also those that cannot be carried out.
    refused : dict of int to tuple of Fault
        Why requests cannot be carried out, by position.
    """

    store: Store
    evaluation: Evaluation
    company: str
    day: datetime.date
    queue: Queue
    disclosures: list[Disclosure]
    read: Mapping[str, str]
    number: int
    made: list[str] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    refused: dict[int, tuple[Fault, ...]] = field(default_factory=dict)

    def write(self) -> None:
        """Write the queue, and the disclosures if passages were accepted.

        Raises
        ------
        RefusedError
            If a request cannot be carried out; nothing is written then.
        ProblemsError
            If someone else has changed the files meanwhile.
        """
        if self.refused:
            raise RefusedError(self.refused)
        queued, evidence = _files(self.evaluation.id, self.company)
        texts = {queued: yaml_text(self.queue, schema_link(queued))}
        if self.made:
            changed = ordered(Evidence(format=1, disclosures=tuple(self.disclosures)))
            texts[evidence] = yaml_text(changed, schema_link(evidence))
        replace_all(self.store.root, texts, {file: self.read[file] for file in texts})


def decide(
    store: Store,
    evaluation: Evaluation,
    company: str,
    requests: Sequence[Request],
    day: datetime.date,
) -> Plan:
    """Carry out decisions on passages of a queue, all of them or none.

    Parameters
    ----------
    store : Store
    evaluation : Evaluation
    company : str
    requests : sequence of Request
    day : date

    Raises
    ------
    RefusedError
        If a passage is not in the queue, the decision does not fit its state, or what is
        said about it does not fit a disclosure.
    ProblemsError
        If the workspace has errors, or someone else changes the files meanwhile.
    """
    plan = plan_decisions(store, evaluation, company, requests, day)
    plan.write()
    return plan


def plan_decisions(
    store: Store,
    evaluation: Evaluation,
    company: str,
    requests: Sequence[Request],
    day: datetime.date,
) -> Plan:
    """What decisions would make of a queue and of the disclosures, and why some cannot be.

    Parameters
    ----------
    store, evaluation, company, requests, day
        As in `decide`.

    Raises
    ------
    ProblemsError
        If the workspace has errors.
    """
    store.require_sound()
    files = _files(evaluation.id, company)
    read = {file: digest(store.root / file) for file in files}
    queue = read_queue(store.root, evaluation.id, company)
    there = _read(Evidence, store.root, files[1]).disclosures if read[files[1]] else ()
    plan = Plan(store, evaluation, company, day, queue, list(there), read, len(requests))
    old = outdated(store, company)
    for position, request in enumerate(requests):
        faults = _plan(plan, request, old)
        if faults:
            plan.refused[position] = faults
    return plan


def _files(evaluation: str, company: str) -> tuple[str, str]:
    """Where the queue and the disclosures of a company lie."""
    return QUEUE.file(evaluation=evaluation, company=company), EVIDENCE.file(company=company)


def _plan(plan: Plan, request: Request, old: Mapping[str, str]) -> tuple[Fault, ...]:
    """Take a request into a plan, or say why not."""
    entry = next(
        (
            entry
            for entry in plan.queue.passages
            if (entry.indicator, entry.passage) == (request.indicator, request.passage)
        ),
        None,
    )
    if entry is None:
        return (_unknown(plan.queue, request),)
    faults = tuple(_faults(plan.store, entry, request, old))
    if not faults:
        try:
            _carry_out(plan, entry, request)
        except UsageError as error:
            return (Fault(str(error)),)
    return faults


def _unknown(queue: Queue, request: Request) -> Fault:
    known = [entry.passage for entry in queue.passages if entry.indicator == request.indicator]
    hint = did_you_mean(request.passage, known) or "'cati find' shows those there are"
    told = f"no passage {request.passage} in the queue of {request.indicator}: {hint}"
    return Fault(told, "passage")


def _faults(
    store: Store, entry: QueuedPassage, request: Request, old: Mapping[str, str]
) -> Iterator[Fault]:
    """What its passage, the state of it, or what is said with it has against a decision."""
    name = f"passage {entry.passage} of {entry.indicator}"
    if request.what == "reopened" and entry.state == "open":
        yield Fault(f"{name} is open")
    if request.what != "reopened" and entry.state != "open":
        last = entry.decisions[-1]
        yield Fault(f"{name} was {last.what} by {last.who} on {last.when}; reopen it first")
    needed = "statement" if request.what == "accepted" else "reason"
    if not (getattr(request, needed) or "").strip():
        yield Fault(f"{name}: a {needed} is needed", needed)
    if not request.by.strip():
        yield Fault(f"{name}: it must be said who decides", "by")
    if request.what != "accepted":
        return
    if entry.source not in store.sources:
        yield Fault(f"passage {entry.passage}: its source {entry.source} is gone")
    if entry.source in old:
        newer = f"{entry.source} has been replaced by {old[entry.source]}"
        yield Fault(f"{name}: {newer}; 'cati find' looks for what stands there")
    if find_exact(Wanted(_quote(entry, request)), SearchedPage(entry.text)) is None:
        yield Fault(f"quote: expected words of passage {entry.passage}; found others", "quote")


def _quote(entry: QueuedPassage, request: Request) -> str:
    return entry.text if request.quote is None else request.quote


def _carry_out(plan: Plan, entry: QueuedPassage, request: Request) -> None:
    reference = None
    if request.what == "accepted":
        reference = f"{plan.company}/{_accept(plan, entry, request)}"
        plan.made.append(reference)
    if request.what == "reopened":
        earlier = dict.fromkeys(decision.disclosure for decision in entry.decisions)
        plan.standing += [name for name in earlier if name is not None and _stands(plan, name)]
    decision = record(
        Decision,
        {
            "what": request.what,
            "who": request.by,
            "when": plan.day,
            "reason": request.reason,
            "disclosure": reference,
        },
    )
    decided = entry.model_copy(update={"decisions": (*entry.decisions, decision)})
    passages = tuple(decided if one is entry else one for one in plan.queue.passages)
    plan.queue = plan.queue.model_copy(update={"passages": passages})


def _stands(plan: Plan, reference: str) -> bool:
    """Whether a disclosure is there and has not been retracted."""
    names = {f"{plan.company}/{one.id}" for one in plan.disclosures if one.retracted is None}
    return reference in names


def _accept(plan: Plan, entry: QueuedPassage, request: Request) -> str:
    """Put in the disclosure that a passage becomes, and give its id.

    One that says the same already, of another indicator or from an earlier
    decision, bears on this indicator too and is not made a second time.
    """
    made = _disclosure(plan, entry, request)
    for position, one in enumerate(plan.disclosures):
        if one.statement != made.statement or request.id not in {None, one.id}:
            continue
        if one.model_copy(update={"id": made.id, "indicators": made.indicators}) == made:
            both = tuple(dict.fromkeys((*one.indicators, *made.indicators)))
            plan.disclosures[position] = one.model_copy(update={"indicators": both})
            return one.id
    name = f"{plan.company}/{made.id}"
    if any(other.id == made.id for other in plan.disclosures):
        raise UsageError(f"id: {name} is there already")
    known = {**plan.store.disclosures, name: made}
    refuse(check_disclosure(name, made, known, plan.store.entities))
    plan.disclosures.append(made)
    return made.id


def _disclosure(plan: Plan, entry: QueuedPassage, request: Request) -> Disclosure:
    """The disclosure that an accepted passage becomes."""
    store = plan.store
    statement = request.statement or ""
    quote = _quote(entry, request)
    values = {
        "id": request.id or _free_id(plan.disclosures, entry),
        "statement": statement,
        "language": language_of(statement),
        "indicators": [f"{plan.evaluation.methodology}/{entry.indicator}"],
        "polarity": request.polarity,
        "confidence": request.confidence,
        "where": [{"source": entry.source, "locator": _locator(store, entry)}],
        "quote": {
            "text": quote,
            "language": language_of(quote),
            "page": entry.page,
        },
    }
    return record(Disclosure, values)


def _locator(store: Store, entry: QueuedPassage) -> str:
    """Where a passage stands, in words: a web page has no pages."""
    copy = Archive(store.root).copy(store.sources[entry.source].sha256)
    web = copy is not None and copy.suffix in {".html", ".mhtml"}
    return "web page" if web else f"page {entry.page}"


def _free_id(disclosures: Iterable[Disclosure], entry: QueuedPassage) -> str:
    taken = {disclosure.id for disclosure in disclosures}
    stem = f"page-{entry.page}-{entry.passage[:6]}"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def _in_order(entries: Iterable[QueuedPassage]) -> tuple[QueuedPassage, ...]:
    """By indicator; those of one in the order in which they were found."""
    return tuple(sorted(entries, key=lambda entry: [int(n) for n in entry.indicator.split(".")]))


def _read(model: type[M], root: Path, file: str) -> M:
    problems: list[Problem] = []
    read = read_model(model, root / file, file, problems)
    if read is None:
        raise ProblemsError(problems)
    return read[0]
