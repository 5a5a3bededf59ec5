"""What stands where in the workbook that an assessor fills, in both languages.

Names of sheets, columns and choices belong to the form of the file, so they
stand here in pairs and are read in either language. Rows are known by what
stands in their key column, never by their number: a reader may sort them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal

from cati.model.base import Text
from cati.report.xlsx import CELL_LIMIT

FORMATS = ("1", "2")
"""Versions of the form of the workbook that are read; the last one is written."""

TITLE_ROW, NOTICE_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
"""Rows of every table, counted from 0: title, notice, heads of the columns, first line."""

EARLIEST = datetime.date(2000, 1, 1)
"""The first day of an answer, or of reading a source; an earlier date is a slip."""

NEW_DISCLOSURES, NEW_SOURCES = 40, 15
"""Empty rows for new ones, below the rows there are."""

SEPARATOR = "; "
"""Between the parts of a cell that holds several: references, codes, places looked in."""

SheetKey = Literal[
    "start",
    "answers",
    "nothing_found",
    "points",
    "disclosures",
    "sources",
    "guidance",
    "rules",
    "hidden",
]

Kind = Literal[
    "text",
    "number",
    "date",
    "partial",
    "period",
    "id",
    "flag",
    "figures",
    "source",
    "disclosures",
    "indicators",
    "phrases",
]


def _text(en: str, zh: str) -> Text:
    return Text(en=en, zh=zh)


SHEETS: dict[SheetKey, Text] = {
    "start": _text("Start", "开始"),
    "answers": _text("Answers", "评判"),
    "nothing_found": _text("Nothing found", "未见披露"),
    "points": _text("Points", "得分"),
    "disclosures": _text("Disclosures", "披露信息"),
    "sources": _text("Sources", "来源"),
    "guidance": _text("Guidance", "评判说明"),
    "rules": _text("Grading rules", "通用评分规则"),
    "hidden": _text("_cati", "_cati"),
}
"""Sheets in order; the last one is hidden."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    key : str
        What it is called in the code and in the hidden sheet.
    title : Text
        What stands above it.
    width : float
        In characters.
    editable : bool
        Whether an assessor fills it; on the sheets of disclosures and sources
        only in the rows for new ones.
    choices : str, optional
        The code list in the glossary its words are taken from.
    hidden : bool
        Whether it only serves formulas.
    kind : str
        What its cells hold: how that is written, read and taken back, `cati.research.workbook
        .values.KINDS` says. ``partial`` is a date as exact as it is known.
    since : str
        The first of `FORMATS` that has it; in a workbook of an earlier one it is not looked for.
    field : str
        The part of its row's record that it says, as a path; empty where it says nothing of it.
    stand_in : str
        What stands for a cell with a fault, so that the others are judged all the same; only a
        column without which a row is no record has one.
    longest : int
        Most characters of what is typed.
    """

    key: str
    title: Text
    width: float
    editable: bool = False
    choices: str | None = None
    hidden: bool = False
    kind: Kind = "text"
    since: str = FORMATS[0]
    field: str = ""
    stand_in: str = ""
    longest: int = 2_000

    @property
    def is_date(self) -> bool:
        """Whether it holds days, or also months and years."""
        return self.kind in {"date", "partial", "period"}


CHOICES = ("answer", "nothing_found", "polarity", "confidence", "language", "kind", "level")
"""Lists of the glossary that cells choose from; only a self-assessment may use ``unpublished``."""


def _said(key: str, en: str, zh: str, width: float, field: str = "", **how: Any) -> Column:
    """A column to fill that says a part of a record, of its own name unless another is given."""
    return Column(key, _text(en, zh), width, editable=True, field=field or key, **how)


COLUMNS: dict[SheetKey, tuple[Column, ...]] = {
    "answers": (
        Column("code", _text("Code", "编号"), 7),
        Column("criterion", _text("Criterion", "细则编号"), 18),
        Column("statement", _text("Statement", "评分细则"), 48),
        Column("points", _text("Points", "分值"), 7, kind="number"),
        Column("requires", _text("Requires", "前提"), 17),
        _said("answer", "Answer", "评判", 12, choices="answer"),
        _said(
            *("disclosures", "Disclosures", "披露信息编号", 30),
            kind="disclosures",
            longest=CELL_LIMIT,
        ),
        _said("rationale", "Rationale", "理由", 40),
        Column("why", _text("Reason for change", "更改原因"), 24, True),
        Column("assessor", _text("Assessor", "评判人"), 14, True),
        Column("date", _text("Date", "日期"), 11, True, kind="date"),
        Column("answered", _text("Answered by", "原评判人"), 17),
        Column("level", _text("Verified", "核验级别"), 11, choices="level"),
        Column("proposed", _text("Proposed answer", "建议评判"), 12, choices="answer"),
        Column("effective", _text("Counts as", "计为"), 10),
        Column("least", _text("Least points", "最低得分"), 8, kind="number"),
        Column("greatest", _text("Greatest points", "最高得分"), 8.5, kind="number"),
        Column("cited", _text("cited", "引用"), 10, hidden=True),
        Column("carried", _text("carried", "证据值"), 10, hidden=True, kind="number"),
        Column("given", _text("given", "评判值"), 10, hidden=True, kind="number"),
        Column("reached", _text("reached", "生效值"), 10, hidden=True, kind="number"),
        Column("weight", _text("weight", "权重"), 10, hidden=True, kind="number"),
    ),
    "nothing_found": (
        Column("code", _text("Code", "编号"), 7),
        Column("title", _text("Indicator", "指标"), 50),
        _said(
            *("nothing_found", "Nothing found", "未见披露", 14, "looked_in"),
            kind="flag",
            choices="nothing_found",
        ),
        _said("looked_in", "Looked in", "查阅范围", 60, kind="phrases", longest=CELL_LIMIT),
        Column("assessor", _text("Assessor", "评判人"), 16, True),
        Column("date", _text("Date", "日期"), 11, True, kind="date"),
        Column("answered", _text("Answered by", "原评判人"), 20),
        Column("level", _text("Verified", "核验级别"), 14, choices="level"),
    ),
    "disclosures": (
        Column("reference", _text("Reference", "引用编号"), 30),
        _said("id", "Id", "编号", 22, kind="id", stand_in="x", longest=64),
        _said("indicators", "Indicators", "指标", 14, kind="indicators", stand_in="x/1.1.1"),
        _said("statement", "Statement", "内容", 55, stand_in="x"),
        _said("language", "Language", "语言", 10, choices="language", stand_in="en"),
        _said(
            *("source", "Source", "来源编号", 28, "where[0].source"),
            kind="source",
            stand_in="x/x",
        ),
        _said("locator", "Page or section", "页码或章节", 18, "where[0].locator", stand_in="x"),
        _said("polarity", "Speaks", "倾向", 10, choices="polarity", stand_in="absent"),
        _said("confidence", "Confidence", "可信度", 11, choices="confidence", stand_in="low"),
        _said("quote", "Quote", "原文摘录", 40, "quote.text", longest=500),
        _said("figures", "Figures", "数据", 32, kind="figures", longest=CELL_LIMIT, since="2"),
        _said("period", "Period", "报告期", 10, kind="period", since="2"),
        _said("subject", "Subject", "对象", 13, kind="id", longest=64, since="2"),
        _said("note", "Note", "备注", 36, since="2"),
        _said(
            *("original", "Original document", "原始文件编号", 26, "where[0].original"),
            kind="source",
            since="2",
        ),
        _said(
            *("cites", "As the source cites it", "来源所引文献", 30, "where[0].cites"),
            since="2",
        ),
        _said(
            *("source_2", "Second source", "第二来源编号", 26, "where[1].source"),
            kind="source",
            stand_in="x/x",
            since="2",
        ),
        _said(
            *("locator_2", "Second page or section", "第二来源页码或章节", 18, "where[1].locator"),
            stand_in="x",
            since="2",
        ),
        _said(
            *("original_2", "Second original document", "第二来源的原始文件编号", 26),
            field="where[1].original",
            kind="source",
            since="2",
        ),
        _said(
            *("cites_2", "As the second source cites it", "第二来源所引文献", 30),
            field="where[1].cites",
            since="2",
        ),
        Column("published", _text("Public since", "公开时间"), 12),
        Column("standing", _text("Standing", "是否计入"), 30),
        Column("needs", _text("needs", "条件"), 8, hidden=True, kind="number"),
    ),
    "sources": (
        Column("reference", _text("Reference", "引用编号"), 32),
        _said("id", "Id", "编号", 24, kind="id", stand_in="x", longest=64),
        _said("kind", "Kind", "类型", 20, choices="kind", stand_in="other"),
        _said("title", "Title", "标题", 55, stand_in="x"),
        _said("language", "Language", "语言", 10, choices="language", stand_in="en"),
        _said("link", "Link", "链接", 45),
        _said("published", "Published", "发布日期", 12, kind="partial"),
        _said("accessed", "Read on", "查阅日期", 12, kind="date"),
    ),
    "guidance": (
        Column("code", _text("Code", "编号"), 7),
        Column("title", _text("Indicator", "指标"), 30),
        Column("counts", _text("What counts", "计入"), 45),
        Column("does_not_count", _text("What does not count", "不计入"), 45),
        Column("sources", _text("Where to look", "查阅来源"), 35),
        Column("age", _text("Oldest evidence, years", "证据最长年限"), 11, kind="number"),
        Column("search", _text("Search terms", "检索词"), 45),
        Column("rules", _text("Grading rules", "通用评分规则"), 20),
        Column("precedents", _text("Precedents", "先例"), 45),
    ),
    "rules": (
        Column("id", _text("Rule", "规则"), 14),
        Column("question", _text("Question", "问题"), 40),
        Column("rule", _text("Answer", "答案"), 90),
        Column("reason", _text("Reason", "理由"), 50),
    ),
    "points": (
        Column("code", _text("Code", "编号"), 9),
        Column("name", _text("Name", "名称"), 58),
        Column("track", _text("Track", "分组"), 18),
        Column("most", _text("Points possible", "分值"), 10, kind="number"),
        Column("least", _text("Least points", "最低得分"), 10, kind="number"),
        Column("greatest", _text("Greatest points", "最高得分"), 10, kind="number"),
        Column("factor", _text("Factor", "系数"), 9, kind="number"),
        Column("lowest", _text("Least in the total", "计入总分最低"), 11, kind="number"),
        Column("highest", _text("Greatest in the total", "计入总分最高"), 11, kind="number"),
    ),
}
"""Columns of the tables, in order from the first one. Behind those of the disclosures stand more
hidden ones, which only formulas use."""

CONTENT: dict[SheetKey, tuple[str, ...]] = {
    "start": ("value",),
    **{
        sheet: tuple(c.key for c in columns if c.field and c.key != "id")
        for sheet, columns in COLUMNS.items()
    },
}
"""Columns that say something of a company, by sheet; the others say who, when and why."""

KEY_COLUMN: dict[SheetKey, str] = {
    "answers": "criterion",
    "nothing_found": "code",
    "disclosures": "reference",
    "sources": "reference",
}
"""The column that says what a row is about; empty in headings. New disclosures and sources
have a formula there that joins the company and the id."""

FACTS_ROW = 3
"""First row of what the first sheet says the workbook is of: company, then evaluation."""

START_ROWS: dict[str, int] = {"assessor": 12, "date": 13, "note": 14}
START_COLUMN = 1
"""Cells on the first sheet for whoever answers. ``note`` is what is said of all answers together.
The others hold where a changed row names nobody in its
own cells ``assessor`` and ``date``, which are always exported empty: who gave the answer that is
there already stands in ``answered``, which is only shown."""

META: tuple[str, ...] = (
    *("format", "evaluation", "company", "language"),
    *("methodology", "version", "methodology_sha256", "cells_sha256"),
    "assessor",
)
"""Keys on the hidden sheet, downwards from its first row; ``assessor`` is empty unless the
workbook goes to an assessor's own answers."""

META_COLUMN, BASE_COLUMN, LISTS_COLUMN = 0, 3, 8
"""First columns on the hidden sheet: key and value; sheet, row, column and value of each cell
as exported, below a head; one column for each list of choices, below a head."""


@dataclass(frozen=True, order=True)
class Key:
    """What a cell says, wherever it stands: sheet, row and column by their keys.

    Rows are known by the criterion, the indicator's code or the reference; on
    the first sheet by ``assessor`` and ``date``, in the column ``value``.
    """

    sheet: SheetKey
    row: str
    column: str


def at(sheet: SheetKey, column: str) -> int:
    """Position of a column on its sheet, from 0."""
    return [c.key for c in COLUMNS[sheet]].index(column)


def column_of(sheet: SheetKey, key: str) -> Column | None:
    """A column by its key; None for a cell of the first sheet, which has no columns."""
    return next((c for c in COLUMNS.get(sheet, ()) if c.key == key), None)
