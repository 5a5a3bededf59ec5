"""An edition as a workbook in which every total follows by formula from the points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from cati.model.language import LANGUAGES, Language, beginning_with
from cati.model.methodology import Column
from cati.model.weighting import track_points
from cati.report import show
from cati.report.edition import Edition
from cati.report.glossary import word
from cati.report.language import WRITING, translations
from cati.report.texts.citing import mark_notice
from cati.report.wording import Wording
from cati.report.workbook.answers import answer_heads, answer_lines
from cati.report.workbook.evidence import evidence_heads, evidence_lines
from cati.report.workbook.look import DARKEST, LIGHTEST, MOST_LINKS, Head, formats, row_height
from cati.report.workbook.notes import notes
from cati.report.workbook.page import set_page, set_pages
from cati.report.workbook.points import (
    FACTOR_AT,
    POINTS_AT,
    REMARK_AT,
    SHARE_AT,
    PointsSheet,
    factor_of,
    points_lines,
    track_of,
)
from cati.report.xlsx import NOISE, cell, span, workbook_bytes, write_formula
from cati.scoring.scorecard import Level

TITLE_ROW, NOTICE_ROW, FIRST_ROW = 0, 1, 2
RANK_AT, TOTAL_AT = 0, 7
"""Columns of the ranking."""
COLUMN = 11.5
"""Width of a column of the methodology, in characters."""
SCREEN = 150
"""Characters that fit beside each other on a screen, over which a notice runs."""

Sheet = Any
Format = Any


def write_workbook(edition: Edition, path: Path, language: Language) -> None:
    """Write an edition as a workbook.

    Parameters
    ----------
    edition : Edition
        On the assessed basis every company has a row of least and one of greatest points.
    path : Path
    language : {"en", "zh"}
        Of titles and notes; companies and indicators are named in both.
    """
    evaluation, wording = edition.evaluation, Wording(language)
    about = {
        "title": _marked(edition, evaluation.name.get(language), wording),
        "comments": evaluation.notice.get(language),
    }
    if mark := mark_notice(edition, wording):
        about["status"] = mark

    def write(book: Any) -> None:
        _Writer(book, edition, language).write()

    path.write_bytes(workbook_bytes(evaluation.cutoff, write, in_memory=False, **about))


def _marked(edition: Edition, text: str, wording: Wording) -> str:
    """A title, with a mark in front of it where the report is not final."""
    _ = wording.gettext
    if edition.mark is None:
        return text
    return f"{_('DRAFT') if edition.draft else _('INCOMPLETE')} · {text}"


class _Writer:
    def __init__(self, book: Any, edition: Edition, language: Language) -> None:
        self.book = book
        self.edition = edition
        self.language: Language = language
        self.card = edition.card
        self.methodology = edition.methodology
        self.wording = Wording(language)
        self._ = _ = translations(language).gettext
        self.lines = points_lines(edition)
        self.formats = formats(book, self.methodology)
        self.names = {
            "ranking": _("Ranking"),
            "columns": _("Columns"),
            "dimensions": _("Dimensions"),
            "sub_dimensions": _("Sub-dimensions"),
            "indicators": _("Indicators"),
            "contributions": _("Contributions"),
            **({"answers": _("Answers")} if edition.is_assessed else {}),
            "evidence": _("Evidence"),
            "methodology": _("Methodology"),
            "notes": _("Notes"),
        }
        others = {other: word("name_in", other, language) for other in beginning_with(language)[1:]}
        self.company = [
            Head(title, WRITING[written].name_width)
            for written, title in {language: _("Company"), **others}.items()
        ]
        at = len(self.company)
        self.points = PointsSheet.plan(self.names["columns"], edition, self.lines, FIRST_ROW, at)

    def write(self) -> None:
        """All sheets."""
        sheets = {key: self.book.add_worksheet(name) for key, name in self.names.items()}
        self.ranking(sheets["ranking"])
        self.columns(sheets["columns"])
        self.level(sheets["dimensions"], "dimensions", 10)
        self.level(sheets["sub_dimensions"], "sub_dimensions", 8)
        self.level(sheets["indicators"], "indicators", 8)
        self.contributions(sheets["contributions"])
        if self.edition.is_assessed:
            self.answers(sheets["answers"])
        self.evidence(sheets["evidence"])
        self.indicators(sheets["methodology"])
        self.notes(sheets["notes"])

    @property
    def mark(self) -> str:
        """What the report says of itself where it is not final."""
        return mark_notice(self.edition, self.wording) or ""

    # What all sheets have

    def begin(self, sheet: Sheet, widths: Sequence[float], remark: str = "") -> None:
        """Title, notice with a remark on what the sheet shows, and page of a sheet."""
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        evaluation = self.edition.evaluation
        name = self._("{label}: {text}").format(
            label=sheet.get_name(), text=evaluation.name.get(self.language)
        )
        name = _marked(self.edition, name, self.wording)
        notice = f"{evaluation.notice.get(self.language)} {remark}".strip()
        if self.mark:
            notice = f"{self.mark} {notice}"
        sheet.write_string(TITLE_ROW, 0, name, self.formats["title"])
        over = max(2, sum(sum(widths[: i + 1]) <= SCREEN for i in range(len(widths))))
        sheet.merge_range(NOTICE_ROW, 0, NOTICE_ROW, over - 1, "", self.formats["notice"])
        sheet.write_string(NOTICE_ROW, 0, notice, self.formats["notice"])
        sheet.set_row(NOTICE_ROW, row_height(notice, sum(widths[:over])))
        set_page(sheet, name, self.mark)

    def table(self, sheet: Sheet, heads: Sequence[Head], row: int, last: int, keep: int) -> None:
        """The header of a table that ends in row `last`; `keep` columns stay in view."""
        for column, head in enumerate(heads):
            look = "head" if column < keep else "head_centered"
            sheet.write_string(row, column, head.text, self.formats[look])
        sheet.set_row(row, max(row_height(head.text, head.width) for head in heads))
        sheet.freeze_panes(row + 1, keep)
        sheet.autofilter(row, 0, last, len(heads) - 1)
        set_pages(sheet, [head.width for head in heads], (FIRST_ROW, row), last, keep)

    def company_names(self, sheet: Sheet, row: int, at: int, company: str, mark: str = "") -> None:
        """A company's names, the first in column `at`."""
        for column, name in enumerate(self.names_of(company), start=at):
            sheet.write_string(row, column, name + mark, self.formats["text_wrapped"])

    def names_of(self, company: str) -> tuple[str, ...]:
        """A company's names, that of the language first."""
        return self.edition.entities[company].name.values(self.language)

    def formula(
        self, sheet: Sheet, place: tuple[int, int], text: str, look: str, value: Any
    ) -> None:
        """A formula and its value, which viewers show that do not compute."""
        write_formula(sheet, place, text, self.formats[look], value)

    def column_head(self, column: Column) -> Head:
        """The head of a methodology's column; a dagger marks one that overlaps others."""
        mark = " †" if column.overlaps else ""
        return Head(column.name.get(self.language) + mark, COLUMN)

    # Ranking

    def ranking(self, sheet: Sheet) -> None:
        """Totals and printed rates, as the source prints them."""
        _ = self._
        printed = self.methodology.printed_columns
        heads = [
            *(Head(_("Rank"), 6.5), *self.company, Head(_("Country"), 14)),
            *(Head(_("Listed"), 9), Head(_("Product"), 20), Head(_("Joint venture"), 9)),
            Head(_("Total"), 9),
        ]
        rates_at, ends_at = len(heads), len(heads) + len(printed)
        heads += [self.column_head(column) for column in printed]
        heads += [Head(_("Lowest total"), 9), Head(_("Highest total"), 9)]
        heads += [Head(_("Best rank"), 7), Head(_("Worst rank"), 7)]
        first, last = FIRST_ROW + 1, FIRST_ROW + len(self.card.order)
        remarks = [
            _("Base: {n} companies, {ventures} of them joint ventures.").format(
                n=len(self.card.companies), ventures=len(self.edition.joint_ventures)
            )
        ]
        if any(column.overlaps for column in printed):
            remarks.append(_("† Overlaps other columns and is never added to the total."))
        note = self.wording.writing.between.join(remarks)
        self.begin(sheet, [head.width for head in heads], note)
        self.table(sheet, heads, FIRST_ROW, last, 3)
        for row, company in enumerate(self.card.order, start=first):
            self.company_facts(sheet, row, company)
            for at, column in enumerate(printed, start=rates_at):
                self.rate(sheet, (row, at), company, column)
            self.ends(sheet, row, company, ends_at, range(first, last + 1))
        scale = {"type": "2_color_scale", "min_type": "num", "min_value": 0, "max_type": "num"}
        scale |= {"max_value": 1, "min_color": LIGHTEST, "max_color": DARKEST}
        sheet.conditional_format(first, rates_at, last, ends_at - 1, scale)

    def rate(self, sheet: Sheet, place: tuple[int, int], company: str, column: Column) -> None:
        """A rate; on the assessed basis the least and the greatest where they differ."""
        rate, decimals = self.card.column(column.id).rate(company), self.methodology.rate_decimals
        text, shown = self.points.rate(company, column.id), f"{show.rate(rate, decimals)} %"
        if self.edition.is_assessed:
            text = self.points.open_rate(company, column.id, decimals)
        exact = rate.is_exact or not self.edition.is_assessed
        self.formula(sheet, place, text, "rate", rate.low if exact else shown)

    def company_facts(self, sheet: Sheet, row: int, company: str) -> None:
        """Names, country, listing, product and kind."""
        entity, text = self.edition.entities[company], self.formats["text"]
        self.company_names(sheet, row, 1, company)
        sheet.write_string(row, 3, self.wording.country(entity.country), text)
        sheet.write_string(row, 4, self.wording.listed(entity), text)
        sheet.write_string(row, 5, self.wording.word("product", entity.product), text)
        sheet.write_string(row, 6, self._("yes") if entity.is_joint_venture else "", text)

    def ends(self, sheet: Sheet, row: int, company: str, at: int, rows: range) -> None:
        """Lowest and highest total, best and worst rank; rank and total show both in one."""
        total, rank = self.card.total(company), self.card.rank(company)
        low, high, best, worst = (cell(row, at + i) for i in range(4))
        lows, highs = (span(rows.start, at + i, rows.stop - 1, at + i) for i in range(2))
        totals = self.points.totals(company)
        self.formula(sheet, (row, at), f"MIN({totals})", "end", total.low)
        self.formula(sheet, (row, at + 1), f"MAX({totals})", "end", total.high)
        above = f"1+SUMPRODUCT(--({lows}>{high}))"
        self.formula(sheet, (row, at + 2), above, "centered", rank.best)
        reach = f"SUMPRODUCT(--({highs}>{low}))+IF({high}>{low},0,1)"
        self.formula(sheet, (row, at + 3), reach, "centered", rank.worst)
        decimals = self.methodology.total_decimals
        texts = f'FIXED({low},{decimals},TRUE)&"{show.DASH}"&FIXED({high},{decimals},TRUE)'
        shown = total.low if total.is_exact else show.total(total, decimals)
        self.formula(sheet, (row, TOTAL_AT), f"IF({low}={high},{low},{texts})", "total", shown)
        texts = f'{best}&"{show.DASH}"&{worst}'
        shown_rank = rank.best if rank.best == rank.worst else show.rank(rank)
        text = f"IF({best}={worst},{best},{texts})"
        self.formula(sheet, (row, RANK_AT), text, "centered", shown_rank)

    # Points of columns, and what they add to the total

    def columns(self, sheet: Sheet) -> None:
        """Points in each column, with the factors and the totals that follow."""
        _, plan = self._, self.points
        total = [Head(_("Total"), 9)]
        heads = [*self.company, *map(self.column_head, plan.counted), *total]
        heads += map(self.column_head, plan.others)
        self.begin(sheet, [head.width for head in heads])
        self.table(sheet, heads, plan.head_row, plan.head_row + len(self.lines), len(self.company))
        self.weighting(sheet)
        self.label(sheet, plan.most_row, _("Points possible"))
        self.label(sheet, plan.factor_row, _("Factor"))
        given = self.formats["given"]
        for column in self.methodology.columns:
            at, most = plan.places[column.id], self.card.column(column.id).most_points
            sheet.write_number(plan.most_row, at, float(most), given)
        for column in plan.counted:
            at, track = plan.places[column.id], track_of(self.card, column)
            if track in plan.tracks:
                place, factor = (plan.factor_row, at), factor_of(self.card, column)
                self.formula(sheet, place, plan.factor(track), "given", factor)
            else:
                sheet.write_number(plan.factor_row, at, 1, given)
        for column in plan.others:
            sheet.write_string(plan.factor_row, plan.places[column.id], _("not added"), given)
        self.point_lines(sheet)

    def label(self, sheet: Sheet, row: int, text: str) -> None:
        """A label over the columns with the names."""
        sheet.write_string(row, 0, text, self.formats["label"])
        sheet.write_blank(row, 1, None, self.formats["label"])

    def weighting(self, sheet: Sheet) -> None:
        """The shares, which a reader may change, and the factors that follow from them."""
        _, plan = self._, self.points
        if not plan.tracks:
            return
        titles = [_("Weighted points"), _("Share, %"), _("Points possible"), _("Factor")]
        for at, title in enumerate(titles):
            sheet.write_string(
                FIRST_ROW, at, title, self.formats["head" if at < 1 else "head_centered"]
            )
        sheet.set_row(FIRST_ROW, row_height(max(titles, key=len), COLUMN))
        rows = list(plan.tracks.values())
        shares, pool = (span(rows[0], at, rows[-1], at) for at in (SHARE_AT, POINTS_AT))
        possible = track_points(self.methodology)
        of_all = sum(possible[track] for track in plan.tracks)
        for track in self.methodology.weighted_tracks:
            row, factor = plan.tracks[track.id], self.card.factors[track.id]
            share = 100 * factor * possible[track.id] / of_all
            sheet.write_string(row, 0, track.name.get(self.language), self.formats["label"])
            sheet.write_number(row, SHARE_AT, float(share), self.formats["input"])
            mine = [c for c in plan.counted if track_of(self.card, c) == track.id]
            cells = ",".join(cell(plan.most_row, plan.places[c.id]) for c in mine)
            place = (row, POINTS_AT)
            self.formula(sheet, place, f"SUM({cells})", "given", possible[track.id])
            text = f"{cell(row, SHARE_AT)}/100*SUM({pool})/{cell(row, POINTS_AT)}"
            self.formula(sheet, (row, FACTOR_AT), text, "given", factor)
        positive = {"validate": "decimal", "criteria": ">=", "value": 0}
        sheet.data_validation(rows[0], SHARE_AT, rows[-1], SHARE_AT, positive)
        hint = _("Change the shares, and factors, totals and ranks follow.")
        warning = _("The shares must add up to 100.").replace('"', '""')
        sheet.write_string(rows[0], REMARK_AT, hint)
        text = f'IF(ROUND(SUM({shares}),{NOISE})=100,"","{warning}")'
        self.formula(sheet, (rows[0] + 1, REMARK_AT), text, "warning", "")

    def point_lines(self, sheet: Sheet) -> None:
        """A row for each alternative."""
        plan = self.points
        first, last = plan.places[plan.counted[0].id], plan.places[plan.counted[-1].id]
        factors = span(plan.factor_row, first, plan.factor_row, last)
        for row, line in enumerate(self.lines, start=plan.head_row + 1):
            self.company_names(sheet, row, 0, line.company, line.mark)
            for column, points in line.points.items():
                at = plan.places[column]
                sheet.write_number(row, at, float(points), self.formats["points"])
            points_cells = f"{cell(row, first)}:{cell(row, last)}"
            text = f"ROUND(SUMPRODUCT({points_cells},{factors}),{NOISE})"
            self.formula(sheet, (row, plan.total), text, "total", line.total)

    def contributions(self, sheet: Sheet) -> None:
        """Points times factor of each column."""
        _, plan = self._, self.points
        heads = [*self.company, *map(self.column_head, plan.counted), Head(_("Total"), 9)]
        head_row = FIRST_ROW + 1
        self.begin(sheet, [head.width for head in heads])
        self.table(sheet, heads, head_row, head_row + len(self.lines), len(self.company))
        self.label(sheet, FIRST_ROW, _("Largest contribution"))
        most = {c.id: self.card.column(c.id).most_points for c in plan.counted}
        self.contribution_line(sheet, FIRST_ROW, plan.most_row, most, "given")
        for row, line in enumerate(self.lines, start=head_row + 1):
            self.company_names(sheet, row, 0, line.company, line.mark)
            source = row - head_row + plan.head_row
            self.contribution_line(sheet, row, source, line.points, "end")

    def contribution_line(
        self, sheet: Sheet, row: int, source: int, points: dict[str, Fraction], look: str
    ) -> None:
        """Points of one row of the other sheet times the factors there, and their sum."""
        plan, total = self.points, Fraction(0)
        for column in plan.counted:
            factor = plan.cell(plan.factor_row, column.id)
            value = points[column.id] * factor_of(self.card, column)
            place = (row, plan.places[column.id])
            self.formula(sheet, place, f"{plan.cell(source, column.id)}*{factor}", look, value)
            total += value
        cells = f"{cell(row, plan.places[plan.counted[0].id])}:{cell(row, plan.total - 1)}"
        look = "total" if look == "end" else look
        self.formula(sheet, (row, plan.total), f"ROUND(SUM({cells}),{NOISE})", look, total)

    # Intervals, indicators and notes

    def level(self, sheet: Sheet, level: Level, width: float) -> None:
        """Least and greatest points in each group of a level."""
        _ = self._
        groups = self.card.groups(level)
        names = [f"{code} {self.methodology.levels[code].get(self.language)}" for code in groups]
        ends = [Head(_("low"), width), Head(_("high"), width)] * len(groups)
        heads = [*self.company, *ends]
        head_row = FIRST_ROW + 2
        remark = _(
            "A printed table shows columns and no single indicators: low and high are the least "
            "and the greatest points that it allows."
        )
        if self.edition.is_assessed:
            remark = _("Low and high are the least and the greatest points that the answers allow.")
        self.begin(sheet, [head.width for head in heads], remark)
        self.table(sheet, heads, head_row, head_row + len(self.card.order), len(self.company))
        self.label(sheet, FIRST_ROW, _("Code and name"))
        self.label(sheet, FIRST_ROW + 1, _("Points possible"))
        sheet.set_row(FIRST_ROW, max(row_height(name, 2 * width - 1) for name in names))
        center, given = self.formats["head_centered"], self.formats["given"]
        for number, (name, group) in enumerate(zip(names, groups.values(), strict=True)):
            at = len(self.company) + 2 * number
            sheet.merge_range(FIRST_ROW, at, FIRST_ROW, at + 1, "", center)
            sheet.write_string(FIRST_ROW, at, name, center)
            sheet.merge_range(FIRST_ROW + 1, at, FIRST_ROW + 1, at + 1, "", given)
            sheet.write_number(FIRST_ROW + 1, at, float(group.most_points), given)
            for row, company in enumerate(self.card.order, start=head_row + 1):
                points = group.points(company)
                sheet.write_number(row, at, float(points.low), self.formats["points"])
                sheet.write_number(row, at + 1, float(points.high), self.formats["points"])
        for row, company in enumerate(self.card.order, start=head_row + 1):
            self.company_names(sheet, row, 0, company)

    def answers(self, sheet: Sheet) -> None:
        """Every answer with its criterion, level and evidence."""
        heads = [*self.company, *(Head(*head) for head in answer_heads(self.wording))]
        at = len(self.company)
        self.begin(sheet, [head.width for head in heads])
        row = FIRST_ROW
        for row, line in enumerate(answer_lines(self.edition, self.wording), start=FIRST_ROW + 1):
            self.company_names(sheet, row, 0, line.company)
            for column, value in enumerate(line.cells, start=at):
                look = self.formats["text" if isinstance(value, str) else "points"]
                sheet.write(row, column, value, look)
        self.table(sheet, heads, FIRST_ROW, row, at)

    def evidence(self, sheet: Sheet) -> None:
        """Every disclosure with each place where it stands, and a link to the document."""
        heads = [*self.company, *(Head(*head) for head in evidence_heads(self.wording))]
        at = len(self.company)
        self.begin(sheet, [head.width for head in heads])
        row = FIRST_ROW
        for row, line in enumerate(evidence_lines(self.edition, self.wording), start=FIRST_ROW + 1):
            self.company_names(sheet, row, 0, line.entity)
            links = line.links if row < MOST_LINKS else {}
            for column, text in enumerate(line.cells):
                if column in links:
                    link, look = links[column], self.formats["link"]
                    sheet.write_url(row, at + column, link, look, text)
                else:
                    sheet.write_string(row, at + column, text, self.formats["text_wrapped"])
            texts = zip([*self.names_of(line.entity), *line.cells], heads, strict=True)
            sheet.set_row(row, max(row_height(text, head.width) for text, head in texts))
        self.table(sheet, heads, FIRST_ROW, row, at)

    def indicators(self, sheet: Sheet) -> None:
        """The methodology: a row for each indicator."""
        _ = self._
        heads = [
            Head(_("Code"), 7),
            *(
                Head(word("title_in", written, self.language), 52 if written == "en" else 40)
                for written in LANGUAGES
            ),
            *(Head(_("Dimension"), 26), Head(_("Sub-dimension"), 26), Head(_("Track"), 18)),
            *(Head(_("Points possible"), 9), Head(_("Factor"), 8), Head(_("Counts for"), 10)),
        ]
        self.begin(sheet, [head.width for head in heads])
        row = FIRST_ROW
        tracks = {track.id: track.name.get(self.language) for track in self.methodology.tracks}
        for dimension in self.methodology.dimensions:
            for sub in dimension.sub_dimensions:
                for indicator in sub.indicators:
                    row += 1
                    texts = [indicator.code, *indicator.title.values()]
                    texts += [dimension.name.get(self.language), sub.name.get(self.language)]
                    for at, text in enumerate([*texts, tracks[indicator.track]]):
                        sheet.write_string(row, at, text, self.formats["text"])
                    self.indicator_points(sheet, row, indicator.code)
        self.table(sheet, heads, FIRST_ROW, row, 2)
        sheet.print_area(0, 0, row + 1, len(heads) - 1)
        sheet.write_string(row + 1, 5, _("Sum"), self.formats["label"])
        for at, value in ((6, self.methodology.maximum), (8, self.methodology.maximum)):
            cells = span(FIRST_ROW + 1, at, row, at)
            self.formula(
                sheet, (row + 1, at), f"ROUND(SUM({cells}),{NOISE})", "total", float(value)
            )

    def indicator_points(self, sheet: Sheet, row: int, code: str) -> None:
        """Points, factor and both multiplied."""
        indicator = self.methodology.indicator(code)
        factor = self.card.factors[indicator.track]
        points = Fraction(indicator.points)
        sheet.write_number(row, 6, float(points), self.formats["points"])
        if indicator.track in self.points.tracks:
            source = f"'{self.points.name}'!{self.points.factor(indicator.track)}"
            self.formula(sheet, (row, 7), source, "points", factor)
        else:
            sheet.write_number(row, 7, 1, self.formats["points"])
        text = f"{cell(row, 6)}*{cell(row, 7)}"
        self.formula(sheet, (row, 8), text, "points", points * factor)

    def notes(self, sheet: Sheet) -> None:
        """What a reader should know, in sentences."""
        width = 95.0
        self.begin(sheet, [width, 2])
        row = FIRST_ROW
        for heading, paragraphs in notes(self.edition, self.lines, self.language):
            sheet.write_string(row + 1, 0, heading, self.formats["heading"])
            row += 2
            for text in paragraphs:
                sheet.write_string(row, 0, text, self.formats["wrapped"])
                sheet.set_row(row, row_height(text, width))
                row += 1
        sheet.print_area(0, 0, row, 1)
        sheet.fit_to_pages(1, 0)
