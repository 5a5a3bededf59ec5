"""Workbooks for assessors to fill: one for each company of an evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from cati.model.assessor import assessor_id
from cati.model.language import Language
from cati.model.standing import Standing
from cati.problems import UsageError, did_you_mean, with_hint
from cati.report.texts.reasoning import NO_PRECEDENTS
from cati.report.xlsx import cell_text, workbook_bytes
from cati.research.second.blind import blind_store, require_apart
from cati.research.workbook.book import Book
from cati.research.workbook.cells import company_records, methodology_mark, stored_cells
from cati.research.workbook.formulas import Formulas, carryings
from cati.research.workbook.page import Content
from cati.research.workbook.plan import Plan
from cati.research.workbook.sheets import Sheets
from cati.scoring.assessed import assess
from cati.store.atomic import make_folder, write_bytes
from cati.store.file_kinds import PRECEDENTS
from cati.workspace import Workspace


class WorkbookExport:
    """The workbooks of an evaluation, in one language.

    What all companies share is worked out once.

    Parameters
    ----------
    workspace : Workspace
    evaluation : str
        Its id. Nobody needs to have assessed anything yet.
    language : {"en", "zh"}
    assessor : str
        Whose own answers they hold, without anybody else's; unless given, those that
        everybody sees.

    Raises
    ------
    UsageError
        If there is no such evaluation, or the assessor's name is none.
    ProblemsError
        If the files have errors.
    """

    def __init__(
        self,
        workspace: Workspace,
        evaluation: str,
        language: Language,
        assessor: str = "",
    ) -> None:
        self.evaluation = workspace.evaluation(evaluation)
        self._everything = workspace.store
        self._assessor = assessor
        if assessor:
            workspace = Workspace(blind_store(workspace.store, evaluation, assessor))
        self._store = workspace.store
        self.language: Language = language
        self._standings: dict[str, Standing] = workspace.standings(evaluation)
        self._backings = workspace.backings(evaluation)
        self._methodology = workspace.methodology(self.evaluation.methodology)
        assessments = self._store.assessments.get(evaluation, {})
        self._assessed = assess(self.evaluation, self._methodology, assessments, self._backings)
        self._plan = Plan(self._methodology)
        self._formulas = Formulas(self._plan, language)
        self._mark = methodology_mark(self._methodology)
        self._precedents = self._store.of(PRECEDENTS).get(self._methodology.id, NO_PRECEDENTS)

    @property
    def companies(self) -> tuple[str, ...]:
        """Companies of the evaluation's scope, by id."""
        return self._assessed.card.companies

    def file_name(self, company: str) -> str:
        """What a company's workbook is called."""
        own = f".{assessor_id(self._assessor)}" if self._assessor else ""
        return f"{company}.{self.evaluation.id}{own}.{self.language}.xlsx"

    def require(self, companies: Sequence[str]) -> None:
        """Refuse companies that are not in the evaluation's scope, or not open to the assessor.

        Raises
        ------
        UsageError
            With the first of them.
        """
        for company in companies:
            if company not in self.companies:
                hint = did_you_mean(company, self.companies)
                said = f"no company {company} in {self.evaluation.id}"
                raise UsageError(with_hint(said, hint))
            if self._assessor:
                require_apart(self._everything, self.evaluation.id, company, self._assessor)

    def workbook(self, company: str) -> bytes:
        """A company's workbook; the same bytes for the same files.

        Parameters
        ----------
        company : str
            The id of a company in the evaluation's scope.

        Raises
        ------
        UsageError
            If it is not in the scope.
        """
        self.require([company])
        title = cell_text(self.evaluation.name.get(self.language))
        write = partial(self.fill, company=company)
        return workbook_bytes(self.evaluation.cutoff, write, title=title)

    def fill(self, book: Any, company: str) -> None:
        """Write a company's sheets into an empty workbook of XlsxWriter."""
        content = self._content(company)
        Sheets(Book(book, self.language), content, self._plan, self._formulas).write()

    def _content(self, company: str) -> Content:
        records = company_records(self._store, self.evaluation, company)
        carries = carryings(
            self._backings, records.entity, self._methodology, tuple(records.disclosures)
        )
        return Content(
            records=records,
            cells=stored_cells(records, self.language),
            standings=self._standings,
            card=self._assessed.card,
            counted=self._assessed.answers[company],
            carries=carries,
            mark=self._mark,
            precedents=self._precedents,
            assessor=self._assessor,
        )


def export_workbooks(
    export: WorkbookExport, companies: Sequence[str], folder: Path
) -> Iterator[Path]:
    """Write workbooks into a folder, one after the other; none replaces a file.

    Parameters
    ----------
    export : WorkbookExport
    companies : sequence of str
    folder : Path
        Made unless it is there.

    Yields
    ------
    Path
        Each file once it is written.

    Raises
    ------
    UsageError
        If a company is not in the scope, or one of the files is there
        already: somebody may have filled it. Nothing is then written.
    CatiError
        If a file cannot be written.
    """
    export.require(companies)
    paths = {company: folder / export.file_name(company) for company in companies}
    there = [path.name for path in paths.values() if path.exists()]
    if there:
        raise UsageError(
            f"{folder}: {', '.join(there[:5])}{' …' * (len(there) > 5)} would be overwritten; "
            "move it away or choose another folder"
        )
    make_folder(folder)
    for company, path in paths.items():
        write_bytes(path, export.workbook(company))
        yield path
