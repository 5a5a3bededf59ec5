"""How far an evaluation is, as tables for a terminal and as records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text as Line

from cati.model.assessment import LEVELS, Level
from cati.model.entity import Entity
from cati.model.language import Language
from cati.model.rounding import plain
from cati.report.data.files import Record
from cati.report.glossary import word
from cati.report.language import translations
from cati.report.show import DASH
from cati.research.season.progress import CompanyProgress, Counts, Progress, Task, by_assessor


def company_table(
    companies: Iterable[CompanyProgress], entities: Mapping[str, Entity], language: Language
) -> Table:
    """One row for each company."""
    _ = translations(language).gettext
    table = _table(_("Company"), language)
    table.add_column(_("Settled"), justify="right", no_wrap=True)
    table.add_column(_("Assessors"), overflow="fold")
    for entry in companies:
        assessors = dict.fromkeys(task.assignment.assessor for task in entry.tasks)
        table.add_row(
            Line(entities[entry.company].name.get(language)),
            *_cells(entry.counts, language),
            DASH if entry.deadline is None else str(entry.deadline),
            str(entry.days_late or DASH),
            _("{rate} %").format(rate=settled(entry.coverage)),
            Line(_(", ").join(assessors) or DASH),
        )
    return table


def assessor_table(tasks: Iterable[Task], language: Language) -> Table:
    """One row for each assessor, over all that was assigned for the first assessment."""
    _ = translations(language).gettext
    table = _table(_("Assessor"), language)
    table.add_column(_("Companies"), justify="right", no_wrap=True)
    for assessor, own in by_assessor(tasks).items():
        first = [task for task in own if task.counts is not None]
        if not first:
            continue
        ahead = [task for task in first if task.counts and not task.counts.is_done]
        table.add_row(
            Line(assessor),
            *_cells(total(task.counts for task in first if task.counts), language),
            str(min((task.assignment.by for task in ahead), default=DASH)),
            str(max(task.days_late for task in first) or DASH),
            str(len({task.company for task in first})),
        )
    return table


def task_table(tasks: Iterable[Task], entities: Mapping[str, Entity], language: Language) -> Table:
    """One row for each company of each assignment."""
    _ = translations(language).gettext
    table = _table(_("Company"), language)
    table.add_column(_("Indicators"))
    table.add_column(_("Task"))
    for task in tasks:
        table.add_row(
            Line(entities[task.company].name.get(language)),
            *_cells(task.counts, language),
            str(task.assignment.by),
            str(task.days_late or DASH),
            _(", ").join(task.assignment.indicators) or _("all indicators"),
            _("second assessment") if task.assignment.second else _("first assessment"),
        )
    return table


def progress_notes(found: Progress, shown: int, criteria: int, language: Language) -> Iterator[str]:
    """The base of the counts, and what they leave out.

    Parameters
    ----------
    found : Progress
    shown : int
        Companies that the tables show.
    criteria : int
        Criteria that every company has.
    language : {"en", "zh"}
    """
    translated = translations(language)
    _ = translated.gettext
    looked_at = sum(company.counts.looked_at for company in found.companies)
    proposed = sum(company.counts.proposed for company in found.companies)
    undecided = sum(company.counts.undecided for company in found.companies)
    yield _(
        "Base: {shown} of {companies} companies, {criteria} criteria each, all routes counted. "
        "Of all {all}: looked at {looked_at}, of these left open with a reason {undecided}; "
        "proposed {proposed}."
    ).format(
        shown=shown,
        companies=len(found.companies),
        criteria=criteria,
        all=criteria * len(found.companies),
        looked_at=looked_at,
        undecided=undecided,
        proposed=proposed,
    )
    yield _("Settled: part of the possible points that the answers decide. Late: on {day}.").format(
        day=found.today
    )
    if any(task.counts is None for task in found.tasks):
        yield _("Second assessments are kept apart and not counted here.")


def progress_records(companies: Iterable[CompanyProgress], tasks: Iterable[Task]) -> list[Record]:
    """Companies, then tasks, as text.

    Returns
    -------
    list of dict
        ``company``; ``assessor``, ``second`` and ``indicators`` (empty: all) of
        a task, all three empty for the company as a whole; ``by``,
        ``days_late``; ``criteria``, ``answered``, ``proposed``, ``unknown``,
        ``nothing_found`` and ``level``, empty for a second assessment;
        ``coverage`` from 0 to 1, exactly, of whole companies;
        ``undecided``, what was left unknown with a reason.
    """
    rows = []
    for entry in companies:
        rows.append(
            _record(entry.company, "", "", "", str(entry.deadline or ""), entry.days_late)
            | _counts(entry.counts)
            | {"coverage": plain(entry.coverage), "undecided": str(entry.counts.undecided)}
        )
    for task in tasks:
        given = task.assignment
        second = "yes" if given.second else "no"
        codes = "; ".join(given.indicators)
        rows.append(
            _record(task.company, given.assessor, second, codes, str(given.by), task.days_late)
            | _counts(task.counts)
            | {"coverage": "", "undecided": str(task.counts.undecided) if task.counts else ""}
        )
    return rows


def progress_json(found: Progress, records: Sequence[Record]) -> str:
    """Records with the evaluation and the day by which something is late, as JSON."""
    content = {
        "evaluation": found.evaluation,
        "today": found.today.isoformat(),
        "companies": [row for row in records if not row["assessor"]],
        "tasks": [row for row in records if row["assessor"]],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def total(counts: Iterable[Counts]) -> Counts:
    """Counts added up; the level is the lowest."""
    given = list(counts)
    levels: list[Level] = [entry.level for entry in given if entry.level is not None]
    return Counts(
        criteria=sum(entry.criteria for entry in given),
        answered=sum(entry.answered for entry in given),
        proposed=sum(entry.proposed for entry in given),
        undecided=sum(entry.undecided for entry in given),
        nothing_found=sum(entry.nothing_found for entry in given),
        level=min(levels, key=LEVELS.index, default=None),
    )


def settled(coverage: Fraction) -> str:
    """A coverage in per cent with at most one decimal; cut, so that 100 means all."""
    return plain(Fraction(floor(1000 * coverage), 10))


def _table(first: str, language: Language) -> Table:
    """A table with the columns that all have."""
    _ = translations(language).gettext
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first)
    for title in (_("Looked at"), _("Proposed"), _("Unknown"), _("Nothing found")):
        table.add_column(title, justify="right")
    table.add_column(_("Verified"))
    table.add_column(_("Deadline"), no_wrap=True)
    table.add_column(_("Days late"), justify="right")
    return table


def _cells(counts: Counts | None, language: Language) -> tuple[str, ...]:
    if counts is None:
        return (DASH,) * 5
    return (
        str(counts.looked_at),
        str(counts.proposed),
        str(counts.unknown),
        str(counts.nothing_found),
        DASH if counts.level is None else word("level", counts.level, language),
    )


def _record(
    company: str, assessor: str, second: str, indicators: str, by: str, days_late: int
) -> Record:
    return {
        "company": company,
        "assessor": assessor,
        "second": second,
        "indicators": indicators,
        "by": by,
        "days_late": str(days_late),
    }


def _counts(counts: Counts | None) -> Record:
    names = ("criteria", "answered", "proposed", "unknown", "nothing_found")
    if counts is None:
        return dict.fromkeys((*names, "level"), "")
    return {name: str(getattr(counts, name)) for name in names} | {"level": counts.level or ""}
