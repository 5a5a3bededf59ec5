"""The formulas of a workbook to fill: the scorer's rules, cell by cell.

`cati.scoring.assessed` is the contract: an answer rests on evidence that
counts, a criterion is worth as much as the weakest part of its chain, a
route's points are rounded down to the grid, and the best route counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cati.model.assessment import Verdict
from cati.model.entity import Entity
from cati.model.language import Language
from cati.model.methodology import Methodology, is_within
from cati.model.standing import Standing
from cati.report import show, xlsx
from cati.report.glossary import word
from cati.report.xlsx import NOISE, cell, fixed
from cati.research.workbook.layout import SHEETS, SheetKey, at
from cati.research.workbook.plan import CriterionLine, Plan, RouteLine
from cati.scoring.backing import NOT_INHERITABLE, Backings

REFERENCES, NEEDS, CARRIES = "disclosure_references", "disclosure_needs", "disclosure_carries"
"""Names of the ranges on the sheet of disclosures; one of the last kind for each `Carrying`."""

COUNTS, NEEDS_REASON, NEVER = 0, 1, 2
"""What a disclosure needs in order to count: nothing, a rationale, or it never does."""

OWN = 2.0
"""What a disclosure of the company's own carries: one and the whole of the points."""

_SEPARATORS = ("；", ",", "，", "、")


@dataclass(frozen=True)
class Carrying:
    """What each disclosure carries for some indicators: one and the part of the points, or 0.

    The one tells evidence that earns nothing from what is no evidence at all.

    Attributes
    ----------
    codes : frozenset of str
        The indicators it holds for.
    values : dict of str to float
        By reference.
    """

    codes: frozenset[str]
    values: Mapping[str, float]


def carryings(
    backings: Backings, entity: Entity, methodology: Methodology, references: Sequence[str]
) -> tuple[Carrying, ...]:
    """What disclosures carry for a company; indicators under the same rules stand together."""
    rules = [rule for rule in methodology.inheritance if rule.by == entity.kind]
    alike: dict[tuple[bool, ...], list[str]] = {}
    for indicator in methodology.indicators():
        covered = tuple(any(is_within(indicator.code, m) for m in rule.members) for rule in rules)
        alike.setdefault(covered, []).append(indicator.code)
    return tuple(
        Carrying(frozenset(codes), _carried_for(codes[0], backings, entity, references))
        for codes in alike.values()
    )


def _carried_for(
    code: str, backings: Backings, entity: Entity, references: Sequence[str]
) -> dict[str, float]:
    """What disclosures would carry for an answer with a rationale, by reference."""
    supposed = Verdict(
        criterion=f"{code}/any",
        answer="met",
        disclosures=tuple(references),
        rationale="any",
        assessor="any",
        date=date.min,
    )
    return {
        backing.disclosure: 0.0 if NOT_INHERITABLE in backing.reasons else 1 + float(backing.worth)
        for backing in backings.of(entity.id, supposed)
    }


def needs(standing: Standing) -> int:
    """What a disclosure needs in order to count."""
    if standing.exclusions:
        return NEVER
    return NEEDS_REASON if standing.weaknesses else COUNTS


def carried(verdict: Verdict | None, standing: Mapping[str, Standing], values: Carrying) -> float:
    """What the evidence of an answer carries: the value of `Formulas.carried`."""
    if verdict is None:
        return 0.0
    enough = NEEDS_REASON if verdict.rationale else COUNTS
    return max(
        (values.values[ref] for ref in verdict.disclosures if needs(standing[ref]) <= enough),
        default=0.0,
    )


def elsewhere(sheet: SheetKey, row: int, column: int, language: Language) -> str:
    """A reference from another sheet."""
    return f"'{SHEETS[sheet].get(language)}'!{fixed(row, column)}"


def span(sheet: SheetKey, rows: Sequence[int], column: int, language: Language) -> str:
    """A range of one column, from any sheet."""
    place = xlsx.span(rows[0], column, rows[-1], column)
    return f"'{SHEETS[sheet].get(language)}'!{place}"


def total_of(cells: Sequence[str]) -> str:
    """Numbers added up."""
    return f"ROUND(SUM({','.join(cells)}),{NOISE})"


class Formulas:
    """Formulas of the sheets of answers and of points, in one language.

    Parameters
    ----------
    plan : Plan
    language : {"en", "zh"}
        Of the sheets' names and of the answers' words.
    """

    def __init__(self, plan: Plan, language: Language) -> None:
        self.plan = plan
        self.language: Language = language
        self.words = {
            value: f'"{word("answer", value, language)}"'
            for value in ("met", "not_met", "unknown", "unpublished")
        }
        self._at = {
            key: at("answers", key)
            for key in (
                *("points", "answer", "disclosures", "rationale", "least", "greatest"),
                *("cited", "carried", "given", "reached", "weight"),
            )
        }

    def criterion(self, line: CriterionLine, carries: str) -> dict[str, str]:
        """The formulas of a criterion's row, by column.

        Parameters
        ----------
        line : CriterionLine
        carries : str
            The named range with what disclosures carry for its indicator.
        """
        here = {key: cell(line.row, column) for key, column in self._at.items()}
        nothing = elsewhere(
            "nothing_found",
            self.plan.nothing_found[line.indicator.code],
            at("nothing_found", "nothing_found"),
            self.language,
        )
        chain = ",".join(cell(row, self._at["given"]) for row in line.chain)
        met, unknown = self.words["met"], self.words["unknown"]
        answer, no = here["answer"], self.words["not_met"]
        worth = f"{here['points']}*{here['weight']}"
        return {
            "cited": self._cited(here["disclosures"]),
            "carried": (
                f'IF({here["cited"]}="",0,SUMPRODUCT(MAX('
                f'ISNUMBER(SEARCH(";"&{REFERENCES}&";",{here["cited"]}))*({REFERENCES}<>"")'
                f'*({NEEDS}<=IF(TRIM({here["rationale"]})="",{COUNTS},{NEEDS_REASON}))*{carries})))'
            ),
            "given": (
                f"IF({answer}={met},IF({here['carried']}>0,2,1),"
                f"IF(OR({answer}={no},{answer}={self.words['unpublished']}),0,"
                f'IF({answer}={unknown},1,IF({nothing}="",1,0))))'
            ),
            "reached": f"MIN({chain})",
            "weight": f"IF({here['given']}=2,{here['carried']}-1,1)",
            "effective": f"CHOOSE({here['reached']}+1,{no},{unknown},{met})",
            "least": f"IF({here['reached']}=2,{worth},0)",
            "greatest": f"IF({here['reached']}>0,{worth},0)",
        }

    def _cited(self, disclosures: str) -> str:
        """References between semicolons, whatever stands between them in the cell."""
        text = f'SUBSTITUTE({disclosures}," ","")'
        for separator in _SEPARATORS:
            text = f'SUBSTITUTE({text},"{separator}",";")'
        return f'IF({disclosures}="","",";"&SUBSTITUTE({text},CHAR(10),";")&";")'

    def route(self, line: RouteLine, end: str) -> str:
        """The least or greatest points of a route: its sum, rounded down to the grid."""
        column, grid = self._at[end], _number(self.plan.methodology.grid)
        cells = f"{cell(line.first, column)}:{cell(line.last, column)}"
        return f"ROUNDDOWN(ROUND(SUM({cells})/{grid},{NOISE}),0)*{grid}"

    def best_route(self, rows: Sequence[int], end: str) -> str:
        """The points of an indicator with several routes."""
        return f"MAX({','.join(cell(row, self._at[end]) for row in rows)})"

    def indicator(self, code: str, end: str) -> str:
        """The points of an indicator, from its heading among the answers."""
        row = self.plan.indicators[code].row
        return elsewhere("answers", row, self._at[end], self.language)

    def range_text(self, low: str, high: str, decimals: int) -> str:
        """Two ends in one text, or one number where they are equal."""
        texts = f'FIXED({low},{decimals},TRUE)&"{show.DASH}"&FIXED({high},{decimals},TRUE)'
        return f"IF({low}={high},FIXED({low},{decimals},TRUE),{texts})"


def _number(value: Decimal | Fraction) -> str:
    """A number as formulas write it."""
    return repr(float(value))
