"""The sheets with points: answers, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cati.model.interval import Interval
from cati.report.glossary import word
from cati.report.xlsx import cell
from cati.research.workbook.book import Sheet
from cati.research.workbook.cells import criterion_cells
from cati.research.workbook.formulas import CARRIES, Carrying, carried, total_of
from cati.research.workbook.layout import COLUMNS, FIRST_ROW, at
from cati.research.workbook.page import Page
from cati.research.workbook.plan import CriterionLine, GroupLine
from cati.scoring.assessed import LATTICE, criterion_points, route_points


class ScoredSheets(Page):
    """Writes the sheets of answers and of points."""

    # Answers

    def answers(self) -> None:
        """A row for each criterion, below headings for indicators and routes."""
        _, book = self._, self.book
        notice = _(
            "Choose an answer, name the disclosures and say how they lead to it. “Counts as” is "
            "the answer once its evidence and what it requires are taken into account."
        )
        last = self.plan.end - 1
        sheet = book.table("answers", self.title("answers"), notice, last, at("answers", "points"))
        for code in self.plan.indicators:
            self._heading(sheet, code)
        for line in self.plan.criteria.values():
            self._criterion(sheet, line)
        self.checks("answers", last)
        differs = self.book.book.add_format({"bold": True, "italic": True, "bg_color": "#bfbfbf"})
        answer, effective = (cell(FIRST_ROW, at("answers", c)) for c in ("answer", "effective"))
        rule = {
            "type": "formula",
            "criteria": f'=AND(${answer}<>"",${effective}<>${answer})',
            "format": differs,
        }
        column = at("answers", "effective")
        sheet.conditional_format(FIRST_ROW, column, last, column, rule)

    def _heading(self, sheet: Sheet, code: str) -> None:
        line = self.plan.indicators[code]
        self._heading_row(sheet, line.row, code, line.indicator.title.get(self.language))
        place = at("answers", "points")
        self.book.number(sheet, line.row, place, line.indicator.points, "heading_points")
        for route in (route for route in self.plan.routes if route.indicator is line.indicator):
            if route.row != line.row:
                title = (
                    route.route.title.get(self.language) if route.route.title else route.route.id
                )
                text = self._("Route: {title} (the best route counts)").format(title=title)
                self._heading_row(sheet, route.row, "", text)
            grid = Fraction(self.methodology.grid)
            points = route_points(line.indicator, route.route, self.content.counted, grid)
            for end, value in (("least", points.low), ("greatest", points.high)):
                place = at("answers", end)
                if route.route.criteria:
                    formula = self.formulas.route(route, end)
                    self.book.formula(sheet, route.row, place, formula, value, "heading_points")
                else:
                    self.book.number(sheet, route.row, place, value, "heading_points")
        if line.parts != (line.row,):
            points = self.content.card.block(code).points(self.company)
            for end, value in (("least", points.low), ("greatest", points.high)):
                formula = self.formulas.best_route(line.parts, end)
                place = at("answers", end)
                self.book.formula(sheet, line.row, place, formula, value, "heading_points")

    def _heading_row(self, sheet: Sheet, row: int, code: str, text: str) -> None:
        for position in range(at("answers", "greatest") + 1):
            sheet.write_blank(row, position, None, self.book.formats["heading"])
        self.book.text(sheet, row, 0, code, "heading")
        self.book.text(sheet, row, at("answers", "statement"), text, "heading")
        self.book.fit("answers", row, {"statement": text})

    def _criterion(self, sheet: Sheet, line: CriterionLine) -> None:
        book, row, verdict = self.book, line.row, self.records.verdicts.get(line.name)
        proposed = None
        if verdict is not None and verdict.proposed is not None:
            proposed = word("answer", verdict.proposed.answer, self.language)
        shown = {
            "criterion": line.name,
            **criterion_cells(line.indicator, line.criterion, self.language),
            "answered": f"{verdict.assessor}, {verdict.date}" if verdict else None,
            "level": word("level", verdict.level, self.language) if verdict else None,
            "proposed": proposed,
        }
        for key, text in shown.items():
            book.text(sheet, row, at("answers", key), text, "plain")
        book.number(sheet, row, at("answers", "points"), line.criterion.points, "points")
        filled = self.texts.get(("answers", line.name), {})
        book.fill("answers", row, filled)
        book.fit("answers", row, {**shown, **filled}, 2)
        number, carrying = next(
            (number, carrying)
            for number, carrying in enumerate(self.content.carries)
            if line.indicator.code in carrying.codes
        )
        formulas = self.formulas.criterion(line, f"{CARRIES}_{number}")
        values = self._values(line, carrying)
        looks = {"effective": "plain", "cited": "plain"}
        for key, formula in formulas.items():
            look = looks.get(key, "points")
            book.formula(sheet, row, at("answers", key), formula, values[key], look)

    def _values(self, line: CriterionLine, carrying: Carrying) -> dict[str, object]:
        """What the formulas of a criterion come to."""
        counted, verdict = self.content.counted, self.records.verdicts.get(line.name)
        reached = counted.effective(line.name)
        points = criterion_points(line.indicator, line.criterion, counted)
        references = verdict.disclosures if verdict else ()
        lattice = LATTICE[reached]
        return {
            "cited": f";{';'.join(references)};" if references else "",
            "carried": carried(verdict, self.content.standings, carrying),
            "given": LATTICE[counted.answer(line.name)],
            "reached": lattice,
            "weight": counted.worth.get(line.name, Fraction(1)),
            "effective": word("answer", ("not_met", "unknown", "met")[lattice], self.language),
            "least": points.low,
            "greatest": points.high,
        }

    # Points

    def points(self) -> None:
        """Total, dimensions, columns and indicators with their points and what they add."""
        _, book, plan, card = self._, self.book, self.plan, self.content.card
        notice = _("{notice} Points run from the least to the greatest that the answers allow.")
        notice = notice.format(notice=self.records.evaluation.notice.get(self.language))
        last = max(plan.points.values())
        sheet = book.table("points", self.title("points"), notice, last, 2)
        everything = card.group([d.code for d in self.methodology.dimensions])
        ends = everything.points(self.company)
        self._group(sheet, plan.total, _("Total"), everything.most_points, ends)
        self._section(sheet, plan.total.row + 1, _("Dimensions"))
        for line in plan.dimensions:
            name = self.methodology.levels[line.code].get(self.language)
            group = card.group([line.code])
            self._group(sheet, line, name, group.most_points, group.points(self.company))
        if plan.columns:
            text = _("Columns; some overlap, so only the indicators add up to the total")
            self._section(sheet, plan.columns[0][1].row - 1, text)
        for column, line in plan.columns:
            group = card.column(column.id)
            name = column.name.get(self.language)
            self._group(sheet, line, name, group.most_points, group.points(self.company))
        self._section(sheet, min(plan.points.values()) - 1, _("Indicators"))
        for code, row in plan.points.items():
            self._indicator_points(sheet, code, row)

    def _section(self, sheet: Sheet, row: int, text: str) -> None:
        for position in range(len(COLUMNS["points"])):
            sheet.write_blank(row, position, None, self.book.formats["heading"])
        self.book.text(sheet, row, at("points", "name"), text, "heading")
        self.book.fit("points", row, {"name": text})

    def _group(
        self, sheet: Sheet, line: GroupLine, name: str, most: Fraction, points: Interval
    ) -> None:
        book = self.book
        code = line.code if line.code[:1].isdigit() else None
        book.text(sheet, line.row, 0, code, "plain")
        book.text(sheet, line.row, 1, name, "plain")
        book.fit("points", line.row, {"name": name})
        book.text(sheet, line.row, 2, None, "plain")
        book.text(sheet, line.row, at("points", "factor"), None, "plain")
        row_codes = {row: code for code, row in self.plan.points.items()}
        adds = [self._adds(row_codes[row]) for row in line.rows]
        low = sum((ends.low for ends in adds), Fraction(0))
        high = sum((ends.high for ends in adds), Fraction(0))
        values = {"least": points.low, "greatest": points.high, "lowest": low, "highest": high}
        book.number(sheet, line.row, at("points", "most"), most, "points")
        for key, value in values.items():
            column = at("points", key)
            formula = total_of(_runs(line.rows, column))
            book.formula(sheet, line.row, column, formula, value, "total")

    def _adds(self, code: str) -> Interval:
        """What an indicator adds to the total."""
        factor = self.content.card.factors[self.methodology.indicator(code).track]
        return self.content.card.block(code).points(self.company).scaled(factor)

    def _indicator_points(self, sheet: Sheet, code: str, row: int) -> None:
        book, indicator = self.book, self.methodology.indicator(code)
        track = next(track for track in self.methodology.tracks if track.id == indicator.track)
        texts = [code, indicator.title.get(self.language), track.name.get(self.language)]
        for column, text in enumerate(texts):
            book.text(sheet, row, column, text, "plain")
        book.fit("points", row, {"name": texts[1], "track": texts[2]})
        factor = self.content.card.factors[indicator.track]
        book.number(sheet, row, at("points", "most"), indicator.points, "points")
        book.number(sheet, row, at("points", "factor"), factor, "points")
        points, adds = self.content.card.block(code).points(self.company), self._adds(code)
        factor_cell = cell(row, at("points", "factor"))
        for end, added, value, product in (
            ("least", "lowest", points.low, adds.low),
            ("greatest", "highest", points.high, adds.high),
        ):
            column = at("points", end)
            formula = self.formulas.indicator(code, end)
            book.formula(sheet, row, column, formula, value, "points")
            formula = f"{cell(row, column)}*{factor_cell}"
            book.formula(sheet, row, at("points", added), formula, product, "points")


def _runs(rows: Sequence[int], column: int) -> list[str]:
    """Cells of a column; neighbours as one range."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [
        f"{cell(run[0], column)}:{cell(run[-1], column)}" if len(run) > 1 else cell(run[0], column)
        for run in runs
    ]
