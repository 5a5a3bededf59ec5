"""The queue of found passages: accepting one as a disclosure, dismissing it, opening it again.

Every decision is added to those before it, with who took it and when.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
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
from cati.research.desk.find import Found
from cati.research.desk.quote_matching import SearchedPage, Wanted, find_exact
from cati.store.canonical import yaml_text
from cati.store.editing import digest, replace, replace_all
from cati.store.entities import EVIDENCE_FILE
from cati.store.formatting import PRIVATE, ordered
from cati.store.schemas import schema_link
from cati.store.store import Store
from cati.store.validate import read_model

M = TypeVar("M", bound=BaseModel)

_CHINESE = re.compile("[\u3400-\u9fff]")


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


class RefusedError(UsageError):
    """Decisions that cannot be carried out.

    Parameters
    ----------
    refused : mapping of int to str
        Why, by position among the requests.
    """

    def __init__(self, refused: Mapping[int, str]) -> None:
        self.refused = dict(refused)
        super().__init__("\n".join(self.refused.values()))


def queue_file(evaluation: str, company: str) -> str:
    """Where the queue of a company lies, relative to the workspace."""
    return f"{PRIVATE}/queue/{evaluation}/{company}.yaml"


def read_queue(root: Path, evaluation: str, company: str) -> Queue:
    """The queue of a company in an evaluation; empty where there is none yet.

    Raises
    ------
    ProblemsError
        If the file cannot be read.
    """
    file = queue_file(evaluation, company)
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
    file = queue_file(evaluation, company)
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
            found=day,
        )
        for one in new
    ]
    queue = queue.model_copy(update={"passages": _in_order([*queue.passages, *entries])})
    _make_folder(root, file)
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
class _Plan:
    """What a number of decisions makes of a queue and of the disclosures."""

    queue: Queue
    disclosures: list[Disclosure]
    made: list[str] = field(default_factory=list)


def decide(
    store: Store,
    evaluation: Evaluation,
    company: str,
    requests: Sequence[Request],
    day: datetime.date,
) -> list[str]:
    """Carry out decisions on passages of a queue, all of them or none.

    Parameters
    ----------
    store : Store
    evaluation : Evaluation
    company : str
    requests : sequence of Request
    day : date

    Returns
    -------
    list of str
        References of the disclosures made of accepted passages.

    Raises
    ------
    RefusedError
        If a passage is not in the queue, the decision does not fit its state, or what is
        said about it does not fit a disclosure.
    ProblemsError
        If the workspace has errors, or someone else changes the files meanwhile.
    """
    store.require_sound()
    queued, evidence = queue_file(evaluation.id, company), f"companies/{company}/{EVIDENCE_FILE}"
    before = {file: digest(store.root / file) for file in (queued, evidence)}
    there: tuple[Disclosure, ...] = ()
    if before[evidence]:
        there = _read(Evidence, store.root, evidence).disclosures
    plan = _Plan(read_queue(store.root, evaluation.id, company), list(there))
    refused = {}
    for position, request in enumerate(requests):
        try:
            _carry_out(store, evaluation, company, plan, request, day)
        except UsageError as error:
            refused[position] = str(error)
    if refused:
        raise RefusedError(refused)
    texts = {queued: yaml_text(plan.queue, schema_link(queued))}
    if plan.made:
        changed = ordered(Evidence(format=1, disclosures=tuple(plan.disclosures)))
        texts[evidence] = yaml_text(changed, schema_link(evidence))
    replace_all(store.root, texts, {file: before[file] for file in texts})
    return plan.made


def _carry_out(
    store: Store,
    evaluation: Evaluation,
    company: str,
    plan: _Plan,
    request: Request,
    day: datetime.date,
) -> None:
    entry = _entry(plan.queue, request)
    _require_fitting(entry, request)
    reference = None
    if request.what == "accepted":
        disclosure = _disclosure(store, evaluation, company, plan, entry, request)
        plan.disclosures.append(disclosure)
        reference = f"{company}/{disclosure.id}"
        plan.made.append(reference)
    decision = record(
        Decision,
        {
            "what": request.what,
            "who": request.by,
            "when": day,
            "reason": request.reason,
            "disclosure": reference,
        },
    )
    decided = entry.model_copy(update={"decisions": (*entry.decisions, decision)})
    passages = tuple(decided if one is entry else one for one in plan.queue.passages)
    plan.queue = plan.queue.model_copy(update={"passages": passages})


def _entry(queue: Queue, request: Request) -> QueuedPassage:
    for entry in queue.passages:
        if (entry.indicator, entry.passage) == (request.indicator, request.passage):
            return entry
    known = [entry.passage for entry in queue.passages if entry.indicator == request.indicator]
    hint = did_you_mean(request.passage, known) or "'cati find' shows those there are"
    raise UsageError(f"no passage {request.passage} in the queue of {request.indicator}: {hint}")


def _require_fitting(entry: QueuedPassage, request: Request) -> None:
    """Refuse a decision that its passage's state, or what is said with it, does not allow."""
    name = f"passage {entry.passage} of {entry.indicator}"
    if request.what == "reopened" and entry.state == "open":
        raise UsageError(f"{name} is open")
    if request.what != "reopened" and entry.state != "open":
        last = entry.decisions[-1]
        raise UsageError(f"{name} was {last.what} by {last.who} on {last.when}; reopen it first")
    needed = "statement" if request.what == "accepted" else "reason"
    if not (getattr(request, needed) or "").strip():
        raise UsageError(f"{name}: a {needed} is needed")


def _disclosure(
    store: Store,
    evaluation: Evaluation,
    company: str,
    plan: _Plan,
    entry: QueuedPassage,
    request: Request,
) -> Disclosure:
    """The disclosure that an accepted passage becomes."""
    if entry.source not in store.sources:
        raise UsageError(f"passage {entry.passage}: its source {entry.source} is gone")
    statement = request.statement or ""
    quote = entry.text if request.quote is None else request.quote
    if find_exact(Wanted(quote), SearchedPage(entry.text)) is None:
        raise UsageError(f"quote: expected words of passage {entry.passage}; found others")
    values = {
        "id": request.id or _free_id(plan.disclosures, entry),
        "statement": statement,
        "language": "zh" if _CHINESE.search(statement) else "en",
        "indicators": [f"{evaluation.methodology}/{entry.indicator}"],
        "polarity": request.polarity,
        "confidence": request.confidence,
        "where": [{"source": entry.source, "locator": _locator(store, entry)}],
        "quote": {
            "text": quote,
            "language": store.sources[entry.source].language,
            "page": entry.page,
        },
    }
    disclosure = record(Disclosure, values)
    if any(other.id == disclosure.id for other in plan.disclosures):
        raise UsageError(f"id: {company}/{disclosure.id} is there already")
    name = f"{company}/{disclosure.id}"
    known = {**store.disclosures, name: disclosure}
    refuse(check_disclosure(name, disclosure, known, store.entities))
    return disclosure


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


def _make_folder(root: Path, file: str) -> None:
    Archive(root).folder(str(Path(file).parent.relative_to(PRIVATE)))


def _read(model: type[M], root: Path, file: str) -> M:
    problems: list[Problem] = []
    read = read_model(model, root / file, file, problems)
    if read is None:
        raise ProblemsError(problems)
    return read[0]
