"""The one style of all figures: their colours, and the sheet that each is drawn on."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text as Label

from cati.model.base import Text
from cati.model.evidence import Disclosure
from cati.model.interval import Interval
from cati.model.language import Language
from cati.model.references import owner_of
from cati.report import show
from cati.report.cells import table_text
from cati.report.edition import Edition
from cati.report.fonts import MissingFontError, font_for
from cati.report.language import WRITING, translations
from cati.report.site.svg import compact
from cati.report.texts.citing import mark_word
from cati.report.visible import visible
from cati.report.wording import Wording

STYLE: list[str | dict[str, object]] = [
    "default",  # whatever the user's own settings are
    {
        "svg.hashsalt": "cati",
        "svg.fonttype": "path",  # looks the same everywhere, needs no font of the reader
        "text.parse_math": False,  # a dollar sign in a name is a dollar sign
        "hatch.linewidth": 0.8,
        "path.simplify": False,
    },
]
GREY, RULE, DARK, LIGHT, ACCENT = "#595959", "#b3b3b3", "#1f5a8c", "#c9dcee", "#d1690f"
PARTS = ("#404040", "#8fc1e3", "#1f5a8c", "#f0b840", "#7a3b69", "#d9d9d9")
"""Colours of parts beside one another. No two beside each other look alike to a reader who sees
no red, no green or no blue, nor on a grey print; a test looks through their eyes."""
SCALE = LinearSegmentedColormap.from_list("cati", ["#ffffff", "#c9dcee", "#6ba3d0"])
"""One hue that only gets darker, and never too dark for black figures on it."""

WIDTH, MARGIN, ROW = 7.2, 0.04, 0.165
"""Inches; the width fits between the margins of A4 and Letter, and texts begin where those of
the page do."""
LONGEST_NAME = 28
"""Characters of a company's name for which a figure has room."""
SMALL, PLAIN = 6.5, 8.0
"""Sizes of text in points: rows of a long figure; everything else."""

FIRST_WIDE = 0x2E80
"""Characters from here on are as wide as they are high."""
CHINESE_WORD = re.compile(r"(?:[^\s\u2e80-\uffef]+|（?[\u2e80-\uffef])[，。；：）、”%]*\s?|\s")
"""What stays together at the end of a line: Latin words, and marks with what they follow."""


@dataclass(frozen=True)
class Table:
    """The numbers that a figure shows.

    Attributes
    ----------
    header : tuple of str
        Names of the columns, English in either language.
    rows : tuple of tuple of str
        Exact numbers; an empty cell is not known.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> bytes:
        """As a CSV file, UTF-8, in which no spreadsheet finds a formula."""
        return table_text(self.header, self.rows).encode()


@dataclass(frozen=True)
class Drawing:
    """A drawing and what it says, before it is turned into pixels.

    Attributes
    ----------
    name : str
        What its files are called.
    title : str
        What is to be seen in it.
    description : str
        The same in words and numbers, for those who cannot see it.
    svg : bytes
        Texts are outlines.
    data : Table
    undrawn : str
        Characters that no font here has, which are drawn as escapes.
    """

    name: str
    title: str
    description: str
    svg: bytes
    data: Table
    undrawn: str = ""


class Sheet:
    """What all figures of an edition in one language share.

    Parameters
    ----------
    edition : Edition
    language : {"en", "zh"}
    """

    def __init__(self, edition: Edition, language: Language) -> None:
        self.edition = edition
        self.language: Language = language
        self.writing = WRITING[language]
        self.mark = mark_word(edition, Wording(language))
        self.card = edition.card
        self.ventures = set(edition.joint_ventures)
        texts = translations(language)
        self.gettext, self.ngettext, self.pgettext = texts.gettext, texts.ngettext, texts.pgettext

    # Words and numbers

    def text(self, both: Text) -> str:
        """A text of the files in the language of the figure."""
        return both.get(self.language)

    def name(self, company: str) -> str:
        """A company's name, marked where it is a joint venture."""
        return self.short_name(company) + (" *" if company in self.ventures else "")

    def short_name(self, company: str) -> str:
        """A company's name without line breaks, cut where it would not fit."""
        name = " ".join(self.text(self.edition.entities[company].name).split())
        return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"

    def total(self, total: Interval) -> str:
        """A total with the methodology's decimals."""
        return show.total(total, self.card.methodology.total_decimals)

    def rate(self, rate: Interval) -> str:
        """A rate in per cent, without the sign."""
        return show.rate(rate, self.card.methodology.rate_decimals)

    def base_note(self) -> str:
        """What a count is out of."""
        return self.gettext("Base: {n} companies, {ventures} of them joint ventures.").format(
            n=len(self.card.companies), ventures=len(self.ventures)
        )

    def disclosures(self, company: str) -> list[tuple[str, Disclosure]]:
        """What a company discloses and the evaluation counts, with references."""
        standings = self.edition.standings
        return [
            (reference, disclosure)
            for reference, disclosure in self.edition.store.disclosures.items()
            if reference.startswith(f"{company}/") and standings[reference].counts
        ]

    def places(self, disclosure: Disclosure) -> str:
        """Where a disclosure stands: publisher, title and place."""
        wording = Wording(self.language)
        found = []
        for place in disclosure.where:
            publisher = self.edition.entities[owner_of(place.source)]
            title = self.edition.sources[place.source].title
            where = wording.plain_place(place.locator)
            found.append(
                self.pgettext("place", ", ").join((self.text(publisher.name), title, where))
            )
        return self.pgettext("place", "; ").join(found)

    def notes_on_rows(self, *notes: str) -> list[str]:
        """Notes of a figure with a row for each company."""
        marked = [self.gettext("* Joint venture.")] if self.ventures else []
        return [*marked, *notes, self.base_note()]

    def wrapped(self, text: str, width: int) -> str:
        """Text in lines of so many Latin characters; Chinese ones take twice the room."""
        if self.writing.between:
            return textwrap.fill(text, width)
        lines = [""]
        for word in CHINESE_WORD.findall(text):
            if lines[-1] and _room(lines[-1] + word.rstrip()) > width:
                lines.append("")
            lines[-1] += word if lines[-1] else word.lstrip()
        return "\n".join(line.rstrip() for line in lines)

    def headline(self, title: str) -> str:
        """A title in lines, each clause on lines of its own where that takes no more of them."""
        width = self.writing.title_width
        mark = self.writing.clause.strip()
        clauses = re.split(rf"(?<={mark})\s*", title)
        apart = "\n".join(self.wrapped(clause, width) for clause in clauses)
        return min(apart, self.wrapped(title, width), key=lambda lines: lines.count("\n"))

    # The sheet

    def canvas(
        self, title: str, subtitle: str, notes: Sequence[str], height: float
    ) -> tuple[Canvas, Axes]:
        """An empty figure with its texts; the axes between them are `height` inches high."""
        title = self.headline(title)
        notice = self.text(self.edition.evaluation.notice)
        remarks = self.writing.between.join(notes)
        foot = f"{self.wrapped(remarks, 145)}\n{self.wrapped(notice, 145)}"
        above = 0.5 + 0.19 * (1 + title.count("\n"))
        below = 0.2 + 0.125 * (1 + foot.count("\n"))
        whole = above + height + below
        canvas = Canvas(figsize=(WIDTH, whole))
        left = MARGIN / WIDTH
        canvas.text(left, 1 - 0.12 / whole, title, **at(11, "top", "left"))
        canvas.text(
            left, 1 - (above - 0.32) / whole, subtitle, color=GREY, **at(PLAIN, "top", "left")
        )
        canvas.text(
            left, 0.1 / whole, foot, color=GREY, linespacing=1.35, **at(SMALL, "bottom", "left")
        )
        if self.mark:
            mark: dict[str, Any] = {"color": RULE, "alpha": 0.45, "rotation": 30, "zorder": 9}
            canvas.text(0.5, 0.5, self.mark, **mark, **at(70, "center"))
        axes = canvas.add_axes((left, below / whole, 1 - 2 * left, height / whole))
        axes.set_axis_off()
        return canvas, axes

    def finish(
        self,
        canvas: Canvas,
        name: str,
        title: str,
        numbers: Sequence[str],
        notes: Sequence[str],
        data: Table,
    ) -> Drawing:
        """Choose a font for all that is drawn, and draw."""
        labels = [label for label in canvas.findobj(Label) if isinstance(label, Label)]
        for label in labels:
            label.set_text(visible(label.get_text().expandtabs(1)))
        font, undrawn = self._font(labels)
        for label in labels:
            sized = font.copy()
            sized.set_size(label.get_fontsize())
            label.set_fontproperties(sized)
        svg = io.BytesIO()
        about = {"Title": title, "Date": None, "Creator": None}
        canvas.savefig(svg, format="svg", metadata=about)
        marks = self.writing
        said = [self.mark + marks.stop] if self.mark else []
        said += [marks.clause.join(numbers) + marks.stop, *notes]
        words = marks.between.join(said)
        return Drawing(name, title, words, compact(svg.getvalue()), data, undrawn)

    def _font(self, labels: Sequence[Label]) -> tuple[FontProperties, str]:
        """A font for all labels, and the characters that none here has; those become escapes.

        Raises
        ------
        MissingFontError
            If Chinese cannot be drawn in a figure in Chinese.
        """
        try:
            return font_for("".join(label.get_text() for label in labels)), ""
        except MissingFontError as error:
            chinese = any("\u4e00" <= char <= "\u9fff" for char in error.missing)
            if self.language == "zh" and chinese:
                raise
            lacking = re.compile(f"[{re.escape(error.missing)}]+")
            for label in labels:
                label.set_text(lacking.sub(_escape, label.get_text()))
            return font_for("".join(label.get_text() for label in labels)), error.missing


def _escape(found: re.Match[str]) -> str:
    """The first of some characters that cannot be drawn, by its number, and that more follow."""
    return f"\\u{ord(found[0][0]):04x}{'...' if len(found[0]) > 1 else ''}"


def _room(text: str) -> int:
    """Latin characters that take the same room."""
    return sum(1 if ord(char) < FIRST_WIDE else 2 for char in text)


def at(size: float, vertical: str = "baseline", horizontal: str = "center") -> dict[str, Any]:
    """How a text is set, as matplotlib's keywords."""
    return {"fontsize": size, "va": vertical, "ha": horizontal}
