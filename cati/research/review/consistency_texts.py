"""One indicator across companies as text for a terminal, as records and as a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text as Line

from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.language import Language
from cati.model.references import id_of
from cati.model.rounding import plain
from cati.report import show
from cati.report.data.files import Record
from cati.report.wording import Wording
from cati.report.xlsx import cell_text, workbook_bytes
from cati.research.review.consistency import CriterionRow, Flag, SideBySide

_WIDTHS = {"statement": 60, "rationale": 45, "reason": 70, "disclosures": 45, "criterion": 22}


def answer_table(found: SideBySide, entities: Mapping[str, Entity], language: Language) -> Table:
    """Companies that somebody looked at, with their answer to each criterion."""
    wording = Wording(language)
    _ = wording.gettext
    names = list(dict.fromkeys(row.criterion for row in found.rows))
    cells = {(row.company, row.criterion): row for row in found.rows}
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(_("Company"))
    table.add_column(_("Points"), justify="right", no_wrap=True)
    for name in names:
        table.add_column(id_of(name), overflow="fold")
    for company in found.answered:
        table.add_row(
            Line(entities[company].name.get(language)),
            show.points(found.points[company]),
            *(_answer(cells[company, name], wording) for name in names),
        )
    return table


def evidence_lines(
    found: SideBySide, entities: Mapping[str, Entity], language: Language
) -> Iterator[str]:
    """Each criterion with the companies' answers and each disclosure that these cite, on a line."""
    wording = Wording(language)
    _ = wording.gettext
    by_criterion: dict[str, list[CriterionRow]] = {}
    for row in found.rows:
        by_criterion.setdefault(row.criterion, []).extend([row] if row.cited else [])
    for criterion, rows in by_criterion.items():
        if rows:
            yield criterion
        for row in rows:
            for cited in row.cited:
                yield "  " + _("{company} {answer}: {statement} ({places})").format(
                    company=entities[row.company].name.get(language),
                    answer=_answer(row, wording),
                    statement=cited.disclosure.statement,
                    places=_("; ").join(
                        _("{source}, {place}").format(
                            source=at.place.source, place=wording.plain_place(at.place.locator)
                        )
                        for at in cited.places
                    ),
                )


def notes(found: SideBySide, language: Language) -> Iterator[str]:
    """The base, and how many flags there are."""
    _ = Wording(language).gettext
    yield _(
        "{code} {title}. Points: {most}. Base: {n} companies, {answered} with an answer. "
        "Flags: {flags}."
    ).format(
        code=found.indicator.code,
        title=found.indicator.title.get(language),
        most=plain(found.indicator.points),
        n=len(found.companies),
        answered=len(found.answered),
        flags=len(found.flags),
    )
    yield _("A flag says where to look again, not that an answer is wrong.")


def flag_line(flag: Flag, language: Language) -> str:
    """A flag with its reason, on one line."""
    wording = Wording(language)
    _ = wording.gettext
    who = wording.items(
        _("{company} {answer}").format(company=company, answer=wording.word("answer", answer))
        for company, answer in zip(flag.companies, flag.answers, strict=True)
    )
    return _("{criterion}: {who}: {reason}").format(
        criterion=flag.criterion, who=who, reason=flag_reason(flag, language)
    )


def flag_reason(flag: Flag, language: Language) -> str:
    """Why a flag stands."""
    wording = Wording(language)
    _ = wording.gettext
    cited = ", ".join(flag.disclosures)
    if flag.kind == "same_disclosure":
        return _("both rest on {cited}, and the answers differ").format(cited=cited)
    if flag.kind == "no_rationale":
        return _("no rationale")
    if flag.kind == "weak_evidence":
        reasons = wording.items(wording.words("doubt", flag.reasons))
        return _("rests on weak evidence, {cited}: {reasons}").format(cited=cited, reasons=reasons)
    said = _("{cited} read alike ({alike} %), and the answers differ").format(
        cited=cited, alike=flag.alike
    )
    if not any(flag.numbers):
        return _("{said}; neither gives numbers").format(said=said)
    if flag.same_numbers:
        return _("{said}; the numbers are the same: {numbers}").format(
            said=said, numbers=flag.numbers[0]
        )
    one, other = (number or show.DASH for number in flag.numbers)
    return _("{said}; the numbers are others: {one} and {other}").format(
        said=said, one=one, other=other
    )


def answer_records(found: SideBySide) -> list[Record]:
    """A row for each answer and each disclosure it rests on, as text.

    Returns
    -------
    list of dict
        ``company``, ``criterion``, ``answer``, ``counts_as``, ``level``,
        ``rationale``, ``looked_in``; ``disclosure``, its ``statement``, where
        it stands (``places``) and why it does not count (``doubts``), all
        empty where nothing is cited. Criteria that nobody looked at are left
        out.
    """
    return [record for row in found.rows for record in _records(row)]


def flag_records(found: SideBySide, language: Language) -> list[Record]:
    """The flags as text.

    Returns
    -------
    list of dict
        ``kind``, ``criterion``, ``companies``, ``answers``, ``disclosures``,
        ``alike`` in per cent, ``numbers`` and the ``reason`` in words.
    """
    return [
        {
            "kind": flag.kind,
            "criterion": flag.criterion,
            "companies": "; ".join(flag.companies),
            "answers": "; ".join(flag.answers),
            "disclosures": "; ".join(flag.disclosures),
            "alike": "" if flag.alike is None else str(flag.alike),
            "numbers": " | ".join(flag.numbers) if any(flag.numbers) else "",
            "reason": flag_reason(flag, language),
        }
        for flag in found.flags
    ]


def side_by_side_json(found: SideBySide, language: Language) -> str:
    """Answers and flags with their base, as JSON."""
    content = {
        "evaluation": found.evaluation,
        "indicator": found.indicator.code,
        "companies": len(found.companies),
        "answered": len(found.answered),
        "answers": answer_records(found),
        "flags": flag_records(found, language),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def side_by_side_workbook(found: SideBySide, evaluation: Evaluation, language: Language) -> bytes:
    """Answers and flags on two sheets; the same bytes for the same files."""
    _ = Wording(language).gettext

    def write(book: Any) -> None:
        head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#d9d9d9"})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        sheets = {
            _("Flags"): flag_records(found, language),
            _("Answers"): answer_records(found),
        }
        for title, records in sheets.items():
            sheet = book.add_worksheet(title)
            for row, text in enumerate((*notes(found, language), evaluation.notice.get(language))):
                sheet.write_string(row, 0, cell_text(text))
            _fill(sheet, records, head, cell)

    return workbook_bytes(evaluation.cutoff, write)


def _fill(sheet: Any, records: Sequence[Record], head: Any, cell: Any) -> None:
    """A table of records below the notes."""
    first = 4
    fields = list(records[0]) if records else []
    for column, name in enumerate(fields):
        sheet.set_column(column, column, _WIDTHS.get(name, 16))
        sheet.write_string(first, column, name, head)
    for row, record in enumerate(records, start=first + 1):
        for column, text in enumerate(record.values()):
            sheet.write_string(row, column, cell_text(text), cell)
    sheet.freeze_panes(first + 1, 2)


def _records(row: CriterionRow) -> Iterator[Record]:
    verdict, nothing = row.verdict, row.nothing
    if verdict is None and nothing is None:
        return
    said = {
        "company": row.company,
        "criterion": row.criterion,
        "answer": verdict.answer if verdict else row.effective,
        "counts_as": row.effective,
        "level": verdict.level if verdict else nothing.level if nothing else "",
        "rationale": (verdict.rationale or "") if verdict else "",
        "looked_in": "; ".join(nothing.looked_in) if nothing else "",
    }
    blank = dict.fromkeys(("disclosure", "statement", "places", "doubts"), "")
    if not row.cited:
        yield {**said, **blank}
    for cited in row.cited:
        places = (f"{found.place.source}, {found.place.locator}" for found in cited.places)
        yield {
            **said,
            "disclosure": cited.backing.disclosure,
            "statement": cited.disclosure.statement,
            "places": "; ".join(places),
            "doubts": "; ".join((*cited.backing.reasons, *cited.backing.despite)),
        }


def _answer(row: CriterionRow, wording: Wording) -> str:
    if row.verdict is None and row.nothing is None:
        return show.DASH
    return wording.word("answer", row.verdict.answer if row.verdict else row.effective)
