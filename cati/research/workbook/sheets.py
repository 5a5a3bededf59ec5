"""The sheets of a workbook to fill, one function for each."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from cati.model.standing import Standing
from cati.report import show
from cati.report.glossary import word
from cati.report.texts.reasoning import precedent_text
from cati.report.xlsx import A4, cell, write_facts
from cati.research.workbook.book import Sheet, date_rule, height
from cati.research.workbook.cells import cells_mark
from cati.research.workbook.formulas import (
    CARRIES,
    COUNTS,
    NEEDS,
    NEEDS_REASON,
    OWN,
    REFERENCES,
    elsewhere,
    needs,
    span,
)
from cati.research.workbook.layout import (
    BASE_COLUMN,
    COLUMNS,
    FACTS_ROW,
    FIRST_ROW,
    FORMATS,
    META,
    META_COLUMN,
    NEW_DISCLOSURES,
    NEW_SOURCES,
    SEPARATOR,
    SHEETS,
    START_COLUMN,
    START_ROWS,
    SheetKey,
    at,
)
from cati.research.workbook.scored_sheets import ScoredSheets

INSTRUCTIONS_ROW = 16
LABEL_WIDTH, TEXT_WIDTH = 24.0, 96.0


class Sheets(ScoredSheets):
    """Writes all sheets of one workbook."""

    def write(self) -> None:
        """All sheets."""
        self.start()
        self.answers()
        self.nothing_found()
        self.points()
        self.disclosures()
        self.sources()
        self.guidance()
        self.rules()
        self.hidden()
        self.book.sheets["start"].activate()

    # Start

    def start(self) -> None:
        """What this is, who fills it, and what it comes to so far."""
        _, book = self._, self.book
        sheet, evaluation = book.sheets["start"], self.records.evaluation
        sheet.set_column(0, 0, LABEL_WIDTH)
        sheet.set_column(1, 1, TEXT_WIDTH)
        title = self.title("start")
        book.text(sheet, 0, 0, title, "title")
        self._wide(sheet, 1, evaluation.notice.get(self.language), "notice")
        names = " / ".join(dict.fromkeys(self.records.entity.name.values()))
        facts = [
            (_("Company"), f"{names} ({self.company})"),
            (_("Evaluation"), f"{evaluation.name.get(self.language)} ({evaluation.id})"),
            (_("Cut-off date"), self.wording.date(evaluation.cutoff)),
            (
                _("Methodology"),
                f"{self.methodology.name.get(self.language)} ({self.methodology.version})",
            ),
        ]
        for row, (label, text) in enumerate(facts, start=FACTS_ROW):
            book.text(sheet, row, 0, label, "label")
            book.text(sheet, row, 1, text, "prose")
        if evaluation.self_assessment:
            text = _(
                "Private: a company's answers about itself. Keep this file where only those can "
                "read it who may, and send it to nobody else."
            )
            self._wide(sheet, 7, text, "warning")
        elif self.content.assessor:
            text = _(
                "An assessment of its own by {assessor}: it shows no answer of anybody else. Show "
                "it to nobody before both assessors have locked their answers."
            )
            self._wide(sheet, 7, text.format(assessor=self.content.assessor), "warning")
        self._so_far(sheet)
        labels = {"assessor": _("Assessor"), "date": _("Date"), "note": _("Note on all answers")}
        note = self.texts.get(("start", "note"), {}).get("value")
        known = {"assessor": self.content.assessor, "note": note}
        for key, row in START_ROWS.items():
            book.text(sheet, row, 0, labels[key], "label")
            look = "fill_date" if key == "date" else "fill"
            book.text(sheet, row, START_COLUMN, known.get(key), look)
        sheet.set_row(START_ROWS["note"], height(note or "", TEXT_WIDTH) + 2)
        row = START_ROWS["date"]
        rule = date_rule(self.date_error)
        sheet.data_validation(row, START_COLUMN, row, START_COLUMN, rule)
        book.text(sheet, INSTRUCTIONS_ROW - 1, 0, _("How to fill it"), "label")
        for row, text in enumerate(self.instructions(), start=INSTRUCTIONS_ROW):
            self._wide(sheet, row, text, "prose")
        book.page(sheet, title, A4, pages=1)

    def _wide(self, sheet: Sheet, row: int, text: str, look: str) -> None:
        sheet.merge_range(row, 0, row, 1, "", self.book.formats[look])
        self.book.text(sheet, row, 0, text, look)
        sheet.set_row(row, height(text, LABEL_WIDTH + TEXT_WIDTH) + 2)

    def _so_far(self, sheet: Sheet) -> None:
        """The total, and how many criteria have an answer, by formulas."""
        _, book, plan = self._, self.book, self.plan
        low, high = (
            elsewhere("points", plan.total.row, at("points", end), self.language)
            for end in ("lowest", "highest")
        )
        decimals = self.methodology.total_decimals
        text = self.formulas.range_text(low, high, decimals)
        total = self.content.card.total(self.company)
        book.text(sheet, 8, 0, _("Total, least to greatest"), "label")
        book.formula(sheet, 8, 1, text, show.total(total, decimals), "large")
        answers = span("answers", (FIRST_ROW, plan.end - 1), at("answers", "answer"), self.language)
        codes = list(plan.nothing_found.values())
        nothing = span("nothing_found", codes, at("nothing_found", "nothing_found"), self.language)
        counts = [
            (_("Criteria answered"), answers, len(self.records.verdicts), len(plan.criteria)),
            (_("Indicators, nothing found"), nothing, len(self.records.nothing_found), len(codes)),
        ]
        for row, (label, cells, number, of) in enumerate(counts, start=9):
            book.text(sheet, row, 0, label, "label")
            book.formula(sheet, row, 1, f'COUNTA({cells})&" / {of}"', f"{number} / {of}", "prose")

    def instructions(self) -> list[str]:
        """How to fill the workbook, in numbered steps."""
        _ = self._
        names = {f"{key}_sheet": name.get(self.language) for key, name in SHEETS.items()}
        texts = [
            _(
                "Write your name and the date above. They go with every row you change, unless the "
                "row itself names somebody or a date."
            ),
            _(
                "Fill framed yellow cells only; everything else is for reading. The other cells "
                "are locked against slips, without a password. Do not rename sheets and do not "
                "move columns."
            ),
            _(
                "{answers_sheet}: choose an answer for each criterion, name the disclosures it "
                "rests on (references, with ; between them) and say how they lead to it. What is "
                "left empty is unknown: worth an interval, never a silent zero."
            ),
            _(
                "“Met” needs at least one disclosure. One that does not count, as the sheet "
                "{disclosures_sheet} says, leaves the criterion unknown; a weak one counts only "
                "together with a rationale."
            ),
            _(
                "Where an answer is there already and you change it, or what it rests on, say why. "
                "What was said before stays in the history. A proposed answer is worth nothing "
                "until you choose it."
            ),
            _(
                "{nothing_found_sheet}: where you looked for a whole indicator and found nothing, "
                "choose so and say where you looked. The answers of that indicator stay empty."
            ),
            _(
                "New evidence: describe the document in an empty row of {sources_sheet}, then what "
                "it says in an empty row of {disclosures_sheet}. Give each a short id of "
                "lower-case letters, digits and hyphens; the first column then shows the reference "
                "to cite."
            ),
            _(
                "Existing disclosures and sources can be mended in their rows, all but their ids. "
                "Whether they count is worked out again at the import."
            ),
            _(
                "Points and total follow by formulas as you fill. A new disclosure is taken here "
                "to be public by the cut-off date, which the import then judges by its source."
            ),
            _(
                "“cati workbook import FILE --dry-run” lists every mistake by sheet and cell, and "
                "what would change; without --dry-run it is written."
            ),
        ]
        if self.records.evaluation.self_assessment:
            texts.append(
                _(
                    "“Done, not published” is for what the company does and has not made public: "
                    "it earns nothing yet, and what it would earn is told apart."
                )
            )
        return [f"{n}. {text.format(**names)}" for n, text in enumerate(texts, start=1)]

    # Nothing found

    def nothing_found(self) -> None:
        """A row for each indicator: looked, found nothing, and where."""
        _, book = self._, self.book
        notice = _(
            "Only where you looked for the whole indicator and found nothing: all of its criteria "
            "then count as not met. Say where you looked: references to sources, or words, with ; "
            "between them."
        )
        last = max(self.plan.nothing_found.values())
        sheet = book.table("nothing_found", self.title("nothing_found"), notice, last, 2)
        for code, row in self.plan.nothing_found.items():
            entry = self.records.nothing_found.get(code)
            shown = {
                "code": code,
                "title": self.methodology.indicator(code).title.get(self.language),
                "answered": f"{entry.assessor}, {entry.date}" if entry else None,
                "level": word("level", entry.level, self.language) if entry else None,
            }
            for key, text in shown.items():
                book.text(sheet, row, at("nothing_found", key), text, "plain")
            filled = self.texts.get(("nothing_found", code), {})
            book.fill("nothing_found", row, filled)
            book.fit("nothing_found", row, {**shown, **filled})
        self.checks("nothing_found", last)

    # Disclosures and sources

    def disclosures(self) -> None:
        """What is known of the company and of those it may inherit from; rows for new ones."""
        _, book, records = self._, self.book, self.records
        notice = _(
            "What is known already can be mended and added to in its row: a further indicator, "
            "figures, a second place. New ones go into the empty rows below; indicators by their "
            "codes, with ; between them, sources by reference or title."
        )
        first_new = FIRST_ROW + len(records.disclosures)
        last = first_new + NEW_DISCLOSURES - 1
        sheet = book.table("disclosures", self.title("disclosures"), notice, last, 1)
        for number in range(len(self.content.carries)):
            column = self._carries_column(number)
            sheet.set_column(column, column, 8, None, {"hidden": True})
            self._name_range(f"{CARRIES}_{number}", column, last)
        self._name_range(REFERENCES, at("disclosures", "reference"), last)
        self._name_range(NEEDS, at("disclosures", "needs"), last)
        for row, reference in enumerate(records.disclosures, start=FIRST_ROW):
            self._disclosure(sheet, row, reference)
        for row in range(first_new, last + 1):
            self._new_disclosure(sheet, row)
        self.checks("disclosures", last)

    def _carries_column(self, number: int) -> int:
        return len(COLUMNS["disclosures"]) + number

    def _name_range(self, name: str, column: int, last: int) -> None:
        place = span("disclosures", (FIRST_ROW, last), column, self.language)
        self.book.book.define_name(name, f"={place}")

    def _disclosure(self, sheet: Sheet, row: int, reference: str) -> None:
        book = self.book
        standing = self.content.standings[reference]
        shown = {
            "reference": reference,
            "published": str(standing.public_since or ""),
            "standing": self.standing(standing),
        }
        self._record(sheet, "disclosures", row, shown)
        book.number(sheet, row, at("disclosures", "needs"), needs(standing), "whole")
        for number, carrying in enumerate(self.content.carries):
            value = carrying.values[reference]
            book.number(sheet, row, self._carries_column(number), value, "points")

    def _record(self, sheet: Sheet, key: SheetKey, row: int, shown: Mapping[str, str]) -> None:
        """The row of a record that is there already; its id never changes."""
        filled = self.texts.get((key, shown["reference"]), {})
        self.book.fill(key, row, filled)
        for column, text in {"id": "", **shown}.items():
            self.book.text(sheet, row, at(key, column), text, "plain")
        self.book.fit(key, row, {**shown, **filled})

    def _new_disclosure(self, sheet: Sheet, row: int) -> None:
        book = self.book
        self._new_reference(sheet, "disclosures", row)
        book.fill("disclosures", row, {})
        book.fit("disclosures", row, {}, 2)
        low = f'"{word("confidence", "low", self.language)}"'
        doubtful = f"{cell(row, at('disclosures', 'confidence'))}={low}"
        book.text(sheet, row, at("disclosures", "published"), None, "plain")
        formula = f'IF({doubtful},"{self.standing(Standing((), ("low_confidence",), None))}","")'
        book.formula(sheet, row, at("disclosures", "standing"), formula, "", "plain")
        formula = f"IF({doubtful},{NEEDS_REASON},{COUNTS})"
        book.formula(sheet, row, at("disclosures", "needs"), formula, COUNTS, "whole")
        for number in range(len(self.content.carries)):
            book.number(sheet, row, self._carries_column(number), OWN, "points")

    def _new_reference(self, sheet: Sheet, key: SheetKey, row: int) -> None:
        """The reference that a new record gets by its id."""
        name = cell(row, at(key, "id"))
        formula = f'IF(TRIM({name})="","","{self.company}/"&LOWER(TRIM({name})))'
        self.book.formula(sheet, row, at(key, "reference"), formula, "", "plain")

    def standing(self, standing: Standing) -> str:
        """Whether a disclosure counts, and why not."""
        _ = self._
        if standing.counts:
            return _("counts")
        head = _("does not count") if standing.exclusions else _("counts only with a rationale")
        reasons = (*standing.exclusions, *standing.weaknesses)
        text = self.wording.items(self.wording.words("doubt", reasons))
        return _("{label}: {text}").format(label=head, text=text)

    def sources(self) -> None:
        """The documents; rows for new ones."""
        _, book, records = self._, self.book, self.records
        notice = _(
            "Public documents of the company, and those that its disclosures stand in. New ones go "
            "into the empty rows below."
        )
        first_new = FIRST_ROW + len(records.sources)
        last = first_new + NEW_SOURCES - 1
        sheet = book.table("sources", self.title("sources"), notice, last, 1)
        for row, reference in enumerate(records.sources, start=FIRST_ROW):
            self._record(sheet, "sources", row, {"reference": reference})
        for row in range(first_new, last + 1):
            self._new_reference(sheet, "sources", row)
            book.fill("sources", row, {})
            book.fit("sources", row, {}, 2)
        self.checks("sources", last)

    # Guidance, and what only the import reads

    def guidance(self) -> None:
        """How to apply each indicator's criteria."""
        book, indicators = self.book, self.methodology.indicators()
        notice = self._("What counts for each indicator, and where it is usually found.")
        last = FIRST_ROW + len(indicators) - 1
        sheet = book.table("guidance", self.title("guidance"), notice, last, 2)
        for row, indicator in enumerate(indicators, start=FIRST_ROW):
            texts = {"code": indicator.code, "title": indicator.title.get(self.language)}
            guidance, terms = indicator.guidance, indicator.search_terms
            if guidance is not None:
                texts["counts"] = guidance.counts.get(self.language)
                texts["does_not_count"] = guidance.does_not_count.get(self.language)
                texts["sources"] = guidance.sources.get(self.language)
                texts["rules"] = SEPARATOR.join(guidance.rules)
            if terms is not None:
                every = chain.from_iterable(terms.values(self.language))
                texts["search"] = SEPARATOR.join(dict.fromkeys(every))
            cases = self.content.precedents.of(indicator.code)
            texts["precedents"] = "\n".join(precedent_text(case, self.wording) for case in cases)
            for place, column in enumerate(COLUMNS["guidance"]):
                book.text(sheet, row, place, texts.get(column.key), "plain")
            book.fit("guidance", row, texts)
            if guidance is not None and guidance.max_age_years is not None:
                book.number(sheet, row, at("guidance", "age"), guidance.max_age_years, "whole")

    def rules(self) -> None:
        """What holds for the criteria of all indicators alike."""
        book, rules = self.book, self.methodology.grading_rules
        notice = self._("They hold for every criterion; guidance names the most frequent.")
        last = FIRST_ROW + max(len(rules), 1) - 1
        sheet = book.table("rules", self.title("rules"), notice, last, 1)
        for row, rule in enumerate(rules, start=FIRST_ROW):
            texts = {
                "id": rule.id,
                "question": rule.question.get(self.language),
                "rule": rule.rule.get(self.language),
                "reason": rule.reason.get(self.language),
            }
            for place, column in enumerate(COLUMNS["rules"]):
                book.text(sheet, row, place, texts[column.key], "plain")
            book.fit("rules", row, texts)

    def hidden(self) -> None:
        """What this workbook is, what its cells held, and the lists of words."""
        sheet, cells = self.book.sheets["hidden"], self.content.cells
        facts = {
            "format": FORMATS[-1],
            "evaluation": self.records.evaluation.id,
            "company": self.company,
            "language": self.language,
            "methodology": self.methodology.id,
            "version": self.methodology.version,
            "methodology_sha256": self.content.mark,
            "cells_sha256": cells_mark(cells),
            "assessor": self.content.assessor,
        }
        write_facts(sheet, {key: facts[key] for key in META}, META_COLUMN)
        for position, head in enumerate(("sheet", "row", "column", "value")):
            sheet.write_string(0, BASE_COLUMN + position, head)
        for row, (place, text) in enumerate(sorted(cells.items()), start=1):
            for position, value in enumerate((place.sheet, place.row, place.column, text)):
                sheet.write_string(row, BASE_COLUMN + position, value)
        self.book.lists(self.records.evaluation.self_assessment)
        sheet.protect("")
        sheet.hide()
