"""What the sheets of a workbook to fill are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cati.model.precedent import Precedents
from cati.model.standing import Standing
from cati.report.language import translations
from cati.report.wording import Wording
from cati.report.xlsx import cell_text
from cati.research.workbook.book import Book
from cati.research.workbook.cells import Cells, CompanyRecords
from cati.research.workbook.formulas import Carrying, Formulas
from cati.research.workbook.layout import FIRST_ROW, SHEETS, SheetKey
from cati.research.workbook.plan import Plan
from cati.scoring.assessed import Answers
from cati.scoring.scorecard import Scorecard


@dataclass(frozen=True)
class Content:
    """What a workbook shows of a company.

    Attributes
    ----------
    cells : dict of Key to str
        What the editable cells hold, and what must not change.
    counted : Answers
        The answers as they count.
    carries : tuple of Carrying
        What disclosures carry, for groups of indicators.
    mark : str
        Checksum of the methodology.
    precedents : Precedents
        How doubtful cases were decided.
    assessor : str
        Whose own answers these are; empty for those that everybody sees.
    """

    records: CompanyRecords
    cells: Cells
    standings: Mapping[str, Standing]
    card: Scorecard
    counted: Answers
    carries: tuple[Carrying, ...]
    mark: str
    precedents: Precedents
    assessor: str


class Page:
    """What all sheets are written with.

    Parameters
    ----------
    book : Book
    content : Content
    plan : Plan
    formulas : Formulas
    """

    def __init__(self, book: Book, content: Content, plan: Plan, formulas: Formulas) -> None:
        self.book = book
        self.content = content
        self.records = content.records
        self.methodology = content.records.methodology
        self.company = content.records.entity.id
        self.plan = plan
        self.formulas = formulas
        self.language = book.language
        self.wording = Wording(book.language)
        self._ = translations(book.language).gettext
        self.texts: dict[tuple[SheetKey, str], dict[str, str]] = {}
        for key, text in content.cells.items():
            self.texts.setdefault((key.sheet, key.row), {})[key.column] = text

    def title(self, key: SheetKey) -> str:
        """The sheet's name with the company's."""
        name = self.records.entity.name.get(self.language)
        label = SHEETS[key].get(self.language)
        return cell_text(self._("{label}: {text}").format(label=label, text=name))

    @property
    def date_error(self) -> str:
        """What is said where no date is typed."""
        return self._("A date such as 2024-07-30.")

    def checks(self, key: SheetKey, last: int) -> None:
        """What may be typed on a sheet."""
        long = self._("At most {n} characters.")
        self.book.checks(key, FIRST_ROW, last, self.date_error, long)
