"""What stands where in the workbook that a company replies with, in both languages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from cati.model.base import Text
from cati.research.workbook.layout import Column

MARK = "cati review 1"
"""What the hidden sheet begins with."""

HEAD_ROW, FIRST_ROW = 3, 4
"""Rows of the sheet of replies, counted from 1: heads of the columns, first line."""


def _text(en: str, zh: str) -> Text:
    return Text(en=en, zh=zh)


SHEETS: dict[str, Text] = {"start": _text("Start", "开始"), "reply": _text("Reply", "回复")}

COLUMNS: tuple[Column, ...] = (
    Column("code", _text("Code", "编号"), 7),
    Column("criterion", _text("Criterion", "细则编号"), 18),
    Column("statement", _text("Statement", "评分细则"), 44),
    Column("points", _text("Points", "分值"), 7, kind="number"),
    Column("answer", _text("Our answer", "我们的评判"), 11),
    Column("rationale", _text("Our reason", "我们的理由"), 36),
    Column("evidence", _text("What it rests on", "评判依据"), 50),
    Column("decided", _text("Decided before", "此前的决定"), 30),
    Column("reply", _text("Your reply", "贵方回复"), 12, True, "reply"),
    Column("text", _text("What you say", "贵方说明"), 44, True),
    Column("link", _text("Link to the public document", "公开文件链接"), 34, True),
    Column("where", _text("Page or section", "页码或章节"), 14, True),
    Column("published", _text("Published on", "发布日期"), 12, True),
    Column("consent", _text("May we publish this?", "可否公开贵方说明"), 12, True, "consent"),
)
"""Columns of the sheet of replies, in order; those that a company fills are editable."""

META = ("format", "evaluation", "company", "stage", "language", "sha256")
"""Keys on the hidden sheet, downwards; beside them each criterion with the answer shown."""

META_COLUMN, BASE_COLUMN = 1, 4
"""First columns on the hidden sheet, counted from 1: key and value; criterion and answer."""


def seal(evaluation: str, company: str, stage: str, answers: Mapping[str, str]) -> str:
    """A checksum of what a pack is about, by which a mixed-up one is told."""
    lines = [evaluation, company, stage, *(f"{name} {answers[name]}" for name in sorted(answers))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
