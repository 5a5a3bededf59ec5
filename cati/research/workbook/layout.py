"""What stands where in the workbook that an assessor fills, in both languages.

Names of sheets, columns and choices belong to the form of the file, so they
stand here in pairs and are read in either language. Rows are known by what
stands in their key column, never by their number: a reader may sort them.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from cati.model.base import Text

FORMATS = ("1", "2")
"""Versions of the form of the workbook that are read; the last one is written."""

CELL_LIMIT = 32_767
"""Most characters a cell holds."""

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
        The list in `CHOICES` its words are taken from.
    hidden : bool
        Whether it only serves formulas.
    kind : {"text", "date", "partial", "number"}
        ``partial`` is a date as exact as it is known.
    since : str
        The first of `FORMATS` that has it; in a workbook of an earlier one it is not looked for.
    """

    key: str
    title: Text
    width: float
    editable: bool = False
    choices: str | None = None
    hidden: bool = False
    kind: Literal["text", "date", "partial", "number"] = "text"
    since: str = FORMATS[0]


CHOICES = ("answer", "nothing_found", "polarity", "confidence", "language", "kind", "level")
"""Lists of the glossary that cells choose from; only a self-assessment may use ``unpublished``."""

COLUMNS: dict[SheetKey, tuple[Column, ...]] = {
    "answers": (
        Column("code", _text("Code", "编号"), 7),
        Column("criterion", _text("Criterion", "细则编号"), 18),
        Column("statement", _text("Statement", "评分细则"), 48),
        Column("points", _text("Points", "分值"), 7, kind="number"),
        Column("requires", _text("Requires", "前提"), 17),
        Column("answer", _text("Answer", "评判"), 12, True, "answer"),
        Column("disclosures", _text("Disclosures", "披露信息编号"), 30, True),
        Column("rationale", _text("Rationale", "理由"), 40, True),
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
        Column("nothing_found", _text("Nothing found", "未见披露"), 14, True, "nothing_found"),
        Column("looked_in", _text("Looked in", "查阅范围"), 60, True),
        Column("assessor", _text("Assessor", "评判人"), 16, True),
        Column("date", _text("Date", "日期"), 11, True, kind="date"),
        Column("answered", _text("Answered by", "原评判人"), 20),
        Column("level", _text("Verified", "核验级别"), 14, choices="level"),
    ),
    "disclosures": (
        Column("reference", _text("Reference", "引用编号"), 30),
        Column("id", _text("Id", "编号"), 22, True),
        Column("indicators", _text("Indicators", "指标"), 14, True),
        Column("statement", _text("Statement", "内容"), 55, True),
        Column("language", _text("Language", "语言"), 10, True, "language"),
        Column("source", _text("Source", "来源编号"), 28, True),
        Column("locator", _text("Page or section", "页码或章节"), 18, True),
        Column("polarity", _text("Speaks", "倾向"), 10, True, "polarity"),
        Column("confidence", _text("Confidence", "可信度"), 11, True, "confidence"),
        Column("quote", _text("Quote", "原文摘录"), 40, True),
        Column("figures", _text("Figures", "数据"), 32, True, since="2"),
        Column("period", _text("Period", "报告期"), 10, True, kind="partial", since="2"),
        Column("subject", _text("Subject", "对象"), 13, True, since="2"),
        Column("note", _text("Note", "备注"), 36, True, since="2"),
        Column("original", _text("Original document", "原始文件编号"), 26, True, since="2"),
        Column("cites", _text("As the source cites it", "来源所引文献"), 30, True, since="2"),
        Column("source_2", _text("Second source", "第二来源编号"), 26, True, since="2"),
        Column(
            *("locator_2", _text("Second page or section", "第二来源页码或章节"), 18, True),
            since="2",
        ),
        Column(
            *("original_2", _text("Second original document", "第二来源的原始文件编号"), 26, True),
            since="2",
        ),
        Column(
            *("cites_2", _text("As the second source cites it", "第二来源所引文献"), 30, True),
            since="2",
        ),
        Column("published", _text("Public since", "公开时间"), 12),
        Column("standing", _text("Standing", "是否计入"), 30),
        Column("needs", _text("needs", "条件"), 8, hidden=True, kind="number"),
    ),
    "sources": (
        Column("reference", _text("Reference", "引用编号"), 32),
        Column("id", _text("Id", "编号"), 24, True),
        Column("kind", _text("Kind", "类型"), 20, True, "kind"),
        Column("title", _text("Title", "标题"), 55, True),
        Column("language", _text("Language", "语言"), 10, True, "language"),
        Column("link", _text("Link", "链接"), 45, True),
        Column("published", _text("Published", "发布日期"), 12, True, kind="partial"),
        Column("accessed", _text("Read on", "查阅日期"), 12, True, kind="date"),
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


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    """Text as a cell can hold it: no control characters, one kind of line end, not too long."""
    clean = _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Excel counts UTF-16 units, of which a character has one or two
    if 2 * len(clean) <= CELL_LIMIT or len(clean.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return clean
    cut = clean.encode("utf-16-le")[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", errors="ignore")
    return cut + "…"
