"""What a filled workbook was exported for, by its hidden sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from cati.model.evaluation import Evaluation
from cati.model.language import LANGUAGES, Language
from cati.model.methodology import Methodology
from cati.problems import Problem, ProblemsError, did_you_mean, shown
from cati.research.workbook.cells import Cells, cells_mark, methodology_mark
from cati.research.workbook.file import Sheet, WorkbookCells, at
from cati.research.workbook.layout import (
    BASE_COLUMN,
    FACTS_ROW,
    FORMATS,
    META,
    META_COLUMN,
    SHEETS,
    START_COLUMN,
    Key,
    SheetKey,
)
from cati.research.workbook.values import clean
from cati.store.store import Store

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Origin:
    """What a workbook was exported for, and what its cells held then.

    Attributes
    ----------
    form : str
        One of `FORMATS`.
    assessor : str
        Whose own answers it goes to; empty for those that everybody sees.
    base : dict of Key to str
        The cells' texts as they were exported.
    """

    form: str
    evaluation: Evaluation
    methodology: Methodology
    company: str
    language: Language
    assessor: str
    base: Cells

    def contradictions(self, start: Sheet, file: str) -> Iterator[Problem]:
        """Where the first sheet shows something else, so that somebody would be misled."""
        says = {"company": self.company, "evaluation": self.evaluation.id}
        for row, (key, name) in enumerate(says.items(), start=FACTS_ROW + 1):
            position = (row, START_COLUMN + 1)
            text = clean(str(start.cells.get(position, "")))
            if not text.endswith(f"({name})"):
                hidden = at(SHEETS["hidden"].en, (META.index(key) + 1, META_COLUMN + 2))
                expected = f"the {key} {shown(name)}, as in {hidden}"
                hint = "export it again and copy the answers over"
                place = at(start.name, position)
                yield Problem(file, expected, shown(text), field=place, hint=hint)


def origin_of(cells: WorkbookCells, store: Store) -> Origin:
    """What a workbook was exported for.

    Raises
    ------
    ProblemsError
        If it was not exported from this store, or the store has changed too much since.
    """

    def wrong(expected: str, found: str, hint: str = "") -> ProblemsError:
        return ProblemsError([Problem(cells.file, expected, found, hint=hint)])

    hidden = cells.sheets.get(SHEETS["hidden"].en)
    if hidden is None:
        hint = "export one with 'cati workbook export', and keep its hidden sheet _cati"
        raise wrong("a workbook that cati exported", "none of its hidden data", hint)
    meta = _meta(hidden)
    if meta["assessor"] and not 0 < len(meta["assessor"].strip()) <= _LONGEST_NAME:
        raise wrong("a workbook of an assessor with a name", shown(meta["assessor"]))
    if meta["format"] not in FORMATS:
        found = f"form {shown(meta['format'])}"
        raise wrong(f"a workbook of form {' or '.join(FORMATS)}", found, "export it again")
    evaluation = store.evaluations.get(meta["evaluation"])
    if evaluation is None:
        hint = did_you_mean(meta["evaluation"], store.evaluations)
        raise wrong("a workbook of an evaluation in reports/", shown(meta["evaluation"]), hint)
    companies = [entry.company for entry in evaluation.scope]
    if meta["company"] not in companies:
        hint = did_you_mean(meta["company"], companies)
        expected = f"a workbook of a company in the scope of {evaluation.id}"
        raise wrong(expected, shown(meta["company"]), hint)
    language = next((known for known in LANGUAGES if known == meta["language"]), None)
    if language is None:
        raise wrong(f"a workbook in {' or '.join(LANGUAGES)}", shown(meta["language"]))
    methodology = store.methodologies[evaluation.methodology]
    if methodology_mark(methodology) != meta["methodology_sha256"]:
        expected = f"a workbook of {methodology.id} as it is now"
        hint = "its criteria have changed: export again and copy the answers over"
        raise wrong(expected, "one of its earlier state", hint)
    base = _base(hidden)
    if cells_mark(base) != meta["cells_sha256"]:
        hint = "export it again and copy the answers over"
        raise wrong("the hidden sheet _cati as exported", "a changed one", hint)
    return Origin(
        form=meta["format"],
        evaluation=evaluation,
        methodology=methodology,
        company=meta["company"],
        language=language,
        assessor=meta["assessor"],
        base=base,
    )


def _meta(hidden: Sheet) -> Mapping[str, str]:
    """What the hidden sheet says of the workbook; empty where it says nothing."""
    column = META_COLUMN + 1
    found = {
        str(value): str(hidden.cells.get((row, column + 1), ""))
        for (row, place), value in hidden.cells.items()
        if place == column
    }
    return {key: found.get(key, "") for key in META}


def _base(hidden: Sheet) -> Cells:
    """The cells as they were exported."""
    first = BASE_COLUMN + 1
    found: Cells = {}
    for (row, column), sheet in hidden.cells.items():
        if column != first or row == 1 or sheet not in SHEETS:
            continue
        parts = [str(hidden.cells.get((row, first + n), "")) for n in (1, 2, 3)]
        found[Key(cast(SheetKey, sheet), parts[0], parts[1])] = parts[2]
    return found
