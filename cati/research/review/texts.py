"""What was replied, decided and counted, as text for a terminal and as records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text as Line

from cati.model.entity import Entity
from cati.model.language import Language
from cati.model.review import REACTIONS
from cati.report.data.files import Record
from cati.report.glossary import word
from cati.report.language import translations
from cati.report.show import DASH
from cati.research.review.contact import Tally
from cati.research.review.decisions import Decided
from cati.research.review.importing import Imported
from cati.research.review.status import CompanyStatus, ReviewStatus, Tallied


def imported_lines(imported: Imported, language: Language) -> Iterator[str]:
    """Each new challenge on a line, then how many."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    for challenge in imported.challenges:
        consent = _("may be published") if challenge.consent else _("stays private")
        yield _("{id}: {criterion}, shown as {answer}: challenged ({consent})").format(
            id=challenge.id,
            criterion=challenge.criterion,
            answer=word("answer", challenge.answer, language),
            consent=consent,
        )
    for challenge in imported.too_new:
        yield _("{id}: its document came out after {day} and does not count").format(
            id=challenge.id, day=imported.evidence_until
        )
    for name in imported.consents:
        yield _("{id}: consent to publish changed").format(id=name)
    new, agreed = len(imported.challenges), len(imported.agreements)
    yield ngettext(
        "{company}, {stage}: {n} new challenge, {agreed} agreed, {known} known already",
        "{company}, {stage}: {n} new challenges, {agreed} agreed, {known} known already",
        new,
    ).format(
        company=imported.company,
        stage=word("stage", imported.stage, language),
        n=new,
        agreed=agreed,
        known=imported.known,
    )
    if imported.late:
        yield _("The reply is late: the window had closed.")


def decided_line(decided: Decided, language: Language) -> str:
    """What was decided, and which change it is linked to."""
    _ = translations(language).gettext
    challenge, decision = decided.challenge, decided.challenge.decision
    if decision is None:
        return challenge.id
    outcome = word("outcome", decision.outcome, language)
    line = _("{id}: {criterion}: {outcome}").format(
        id=challenge.id, criterion=challenge.criterion, outcome=outcome
    )
    if decision.changed is not None and decided.verdict is not None:
        text = _("; answer now {answer}, changed on {day}, reviewed by the company")
        if decided.verdict.answer == challenge.answer:
            text = _("; answer still {answer}, reason changed on {day}, reviewed by the company")
        answer = word("answer", decided.verdict.answer, language)
        line += text.format(answer=answer, day=decision.changed)
    if decided.late:
        line += _("; late")
    return line


def tally_lines(tally: Tally, language: Language) -> Iterator[str]:
    """The base, and how many of them reacted in which way."""
    _ = translations(language).gettext
    yield _("companies in the scope: {n}").format(n=tally.companies)
    for outcome in (*REACTIONS, None):
        if tally.counts[outcome]:
            name = word("contact", outcome or "unwritten", language)
            yield f"  {tally.counts[outcome]:>3} {name}"


def status_table(status: ReviewStatus, entities: Mapping[str, Entity], language: Language) -> Table:
    """One row for each company that was written to or has replied, and the sums of all."""
    _ = translations(language).gettext
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_footer=True)
    agreed = sum(company.agreed for company in status.companies)
    table.add_column(_("Company"), footer=_("Sum"))
    table.add_column(_("Contact"))
    table.add_column(_("Stage"), footer=f"{status.replied} / {len(status.companies)}")
    table.add_column(_("Replied"), no_wrap=True)
    heads = (_("Agreed"), _("Open"), _("Accepted"), _("In part"), _("Rejected"))
    for head, number in zip(
        (*heads, _("Late"), _("Overdue")), (agreed, *_numbers(status.total)), strict=True
    ):
        table.add_column(head, justify="right", footer=str(number))
    for entry in status.companies:
        if entry.contact is None and entry.stage is None:
            continue
        table.add_row(
            Line(entities[entry.company].name.get(language)),
            word("contact", entry.contact or "unwritten", language),
            word("stage", entry.stage, language) if entry.stage else DASH,
            str(entry.replied or DASH),
            str(entry.agreed),
            *map(str, _numbers(entry.both)),
        )
    return table


def status_notes(status: ReviewStatus, language: Language) -> Iterator[str]:
    """Windows, the base of the counts, and that all this is private."""
    _ = translations(language).gettext
    for window in status.review.windows:
        if status.today < window.opens:
            state = _("not open yet")
        elif status.today <= window.closes:
            state = _("now open")
        else:
            state = _("closed")
        yield _("{stage}: {opens} to {closes}, {state}; decisions by {decide_by}").format(
            stage=word("stage", window.stage, language),
            opens=window.opens,
            closes=window.closes,
            state=state,
            decide_by=window.decide_by,
        )
    yield _("Base: {n} companies in the scope; replied: {replied}. On {day}.").format(
        n=len(status.companies), replied=status.replied, day=status.today
    )
    yield _("Private: replies are published only with the company's consent.")


def status_records(status: ReviewStatus) -> list[Record]:
    """All companies of the scope as text.

    Returns
    -------
    list of dict
        ``company``; ``contact`` (empty: not written to); ``stage`` and
        ``replied`` of the last reply; ``agreed``, ``open``, ``accepted``,
        ``partly``, ``rejected``, ``late`` and ``overdue`` for both stages
        together, and ``appeals``, those of them at the second.
    """
    return [_record(company) for company in status.companies]


def status_json(status: ReviewStatus, records: Sequence[Record]) -> str:
    """Records with the evaluation, the windows and the day by which something is overdue."""
    content = {
        "evaluation": status.evaluation,
        "today": status.today.isoformat(),
        "windows": [window.model_dump(mode="json") for window in status.review.windows],
        "replied": status.replied,
        "companies": records,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _record(company: CompanyStatus) -> Record:
    names = ("open", "accepted", "partly", "rejected", "late", "overdue")
    return {
        "company": company.company,
        "contact": company.contact or "",
        "stage": company.stage or "",
        "replied": str(company.replied or ""),
        "agreed": str(company.agreed),
        **{name: str(number) for name, number in zip(names, _numbers(company.both), strict=True)},
        "appeals": str(company.appeal.all),
    }


def _numbers(tallied: Tallied) -> tuple[int, ...]:
    return (
        tallied.open,
        tallied.accepted,
        tallied.partly,
        tallied.rejected,
        tallied.late,
        tallied.overdue,
    )


def public_json(counts: Mapping[str, int], records: Iterable[Record]) -> str:
    """What may be published, as JSON."""
    content = {"counts": dict(counts), "challenges": list(records)}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
