"""A workspace as notebooks and commands use it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.standing import Standing
from cati.problems import Problem, UsageError, did_you_mean, in_order, with_hint
from cati.scoring.assessed import Assessed
from cati.scoring.backing import Backings
from cati.scoring.comparison import BlockComparison, compare_bases
from cati.scoring.explain import (
    CompanyExplanation,
    GroupExplanation,
    explain_company,
    explain_group,
)
from cati.scoring.published import Derivation
from cati.scoring.reasons import Reasons
from cati.scoring.scorecard import Basis, Scorecard
from cati.scoring.verify import Verification
from cati.store.asked import Asked, named
from cati.store.assessors import changed_locks
from cati.store.editing import replace
from cati.store.exclusions import exclusion_warnings
from cati.store.file_kinds import IMPORTS, POINTS
from cati.store.lookup import Found, folded
from cati.store.printed_files import points_text
from cati.store.replaced import replaced_answers
from cati.store.store import Store
from cati.workspace.view import View

T = TypeVar("T")

_SHARE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?")


class Workspace:
    """A folder with ``indicators/``, ``companies/`` and ``reports/``.

    Parameters
    ----------
    store : Store
        Everything its files say.

    Examples
    --------
    >>> ws = Workspace.open(".")
    >>> card = ws.score("automakers-2024")
    >>> card.ranking()
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._asked = Asked(store)
        self._views: dict[str, View] = {}

    @classmethod
    def open(cls, folder: str | Path = ".") -> Workspace:
        """Read the workspace that a folder is or lies in.

        Raises
        ------
        UsageError
            If there is none.
        """
        return cls(Store.open(Path(folder)))

    def check(self) -> list[Problem]:
        """Everything wrong with the files, printed tables included, sorted by place.

        Printed names and ranks, and evidence that does not count, are judged only in files that
        can be trusted.
        """
        problems = list(self.store.problems)
        sound = not any(problem.severity == "error" for problem in problems)
        for name in filter(self.store.can_be_worked_on, self.store.printed):
            found = self.view(name).printed_problems
            if sound and not found and self.store.printed[name].points:
                found = list(self.view(name).verification.problems)
            problems += found
        problems += changed_locks(self.store.assessors)
        if not any(problem.severity == "error" for problem in problems):
            problems += replaced_answers(self.store.of(IMPORTS), self.store.assessments)
            for evaluation in self.store.evaluations.values():
                standings = self.view(evaluation.id).standings
                problems += exclusion_warnings(self.store, evaluation, standings)
        return sorted(problems, key=in_order)

    def view(self, name: str) -> View:
        """What follows from the files about one evaluation, worked out once."""
        return self._views.setdefault(name, View(self.store, name))

    def evaluation(self, name: str) -> Evaluation:
        """The evaluation with this id.

        Raises
        ------
        ProblemsError
            If its file, or its methodology's, has errors.
        UsageError
            If there is none.
        """
        return self._asked.evaluation(name)

    def methodology(self, name: str) -> Methodology:
        """The methodology with this id.

        Raises
        ------
        ProblemsError
            If its files have errors.
        UsageError
            If there is none.
        """
        return self._asked.methodology(name)

    def entity(self, name: str) -> Entity:
        """The entity with this id.

        Raises
        ------
        ProblemsError
            If its profile has errors.
        UsageError
            If there is none.
        """
        return self._asked.entity(name)

    def find(self, text: str) -> Found:
        """The entity that goes by a name, and the name it was found under.

        Raises
        ------
        ProblemsError
            If none does and a profile that may have the name has errors.
        UsageError
            If no entity or several do; names the candidates.
        """
        return self._asked.find(text)

    def chosen_evaluation(self, name: str | None) -> Evaluation:
        """The evaluation with this id, or the only one there is.

        Raises
        ------
        ProblemsError
            If an evaluation that it may be has errors.
        UsageError
            If there is none, or several and no name.
        """
        return self._asked.chosen_evaluation(name)

    def question(self, methodology: str, code: str) -> str:
        """An indicator as disclosures refer to it, ``<methodology>/<code>``.

        Raises
        ------
        UsageError
            If the methodology has no such indicator.
        """
        codes = {
            indicator.code: indicator for indicator in self.methodology(methodology).indicators()
        }
        return f"{methodology}/{named('indicator', code, codes).code}"

    def standings(self, name: str) -> dict[str, Standing]:
        """What each disclosure is good for in an evaluation, by reference.

        Raises
        ------
        ProblemsError
            If the files have errors.
        UsageError
            If there is no such evaluation.
        """
        return self.view(name).standings

    def basis(self, name: str, asked: Basis | None = None) -> Basis:
        """The basis that is asked for, or the evaluation's own.

        Raises
        ------
        ProblemsError
            If the files have errors.
        UsageError
            If there is no such evaluation.
        """
        self._require_sound(name)
        return asked or self.evaluation(name).basis

    def score(
        self,
        name: str,
        basis: Basis | None = None,
        shares: Mapping[str, Decimal] | None = None,
    ) -> Scorecard:
        """The scorecard of an evaluation.

        Parameters
        ----------
        name : str
            The evaluation's id.
        basis : {"published", "assessed"}, optional
            Where points come from; the evaluation's own unless given.
        shares : mapping of str to Decimal, optional
            Share of each weighted track in per cent, in place of the evaluation's.

        Raises
        ------
        ProblemsError
            If the files have errors.
        UsageError
            If there is no such evaluation, it has no points on this basis, or
            the shares do not fit.
        """
        if self.basis(name, basis) == "assessed":
            return self.view(name).assessed(shares).card
        return self.view(name).published(shares)

    def assess(
        self,
        name: str,
        shares: Mapping[str, Decimal] | None = None,
        *,
        as_if_published: bool = False,
    ) -> Assessed:
        """The scorecard of an evaluation on the assessed basis, and what did not count.

        Parameters
        ----------
        name : str
            The evaluation's id.
        shares : mapping of str to Decimal, optional
            As in `score`.
        as_if_published : bool
            Whether what a company says it has done and not published counts as met.

        Raises
        ------
        ProblemsError
            If the files have errors.
        UsageError
            If there is no such evaluation, or nobody has assessed any of its companies.
        """
        self._require_sound(name)
        return self.view(name).assessed(shares, as_if_published=as_if_published)

    def backings(self, name: str) -> Backings:
        """What each disclosure is worth for the company that cites it in an evaluation.

        Raises
        ------
        ProblemsError
            If the files have errors.
        UsageError
            If there is no such evaluation.
        """
        return self.view(name).backings

    def reasons(self, name: str, shares: Mapping[str, Decimal] | None = None) -> Reasons:
        """The reasons of an evaluation's points on the assessed basis, down to source and page.

        Parameters
        ----------
        name : str
            The evaluation's id.
        shares : mapping of str to Decimal, optional
            As in `score`.

        Raises
        ------
        ProblemsError
            If the files have errors.
        UsageError
            If there is no such evaluation, or nobody has assessed any of its companies.
        """
        self._require_sound(name)
        return self.view(name).reasons(shares)

    def compare_bases(self, name: str) -> tuple[BlockComparison, ...]:
        """Printed points of an evaluation beside the intervals that its assessments give."""
        return compare_bases(self.score(name, "published"), self.assess(name).card)

    def derive(self, name: str) -> Derivation:
        """Points worked out afresh from an evaluation's printed table.

        Whatever is wrong with ``points.csv`` does not matter here.
        """
        self._require_sound(name, besides=POINTS.file(evaluation=name))
        return self.view(name).derivation

    def write_points(self, name: str, derivation: Derivation) -> Path:
        """Write a derivation to ``points.csv`` and give the file.

        Raises
        ------
        ProblemsError
            If someone else has changed it since.
        CatiError
            If it cannot be written.
        """
        root, file = self.store.root, POINTS.file(evaluation=name)
        replace(root, file, points_text(derivation.rows), self.store.digest(file))
        return root / file

    def verify(self, name: str) -> Verification:
        """The printed table recomputed from ``points.csv`` and compared cell by cell."""
        self._require_sound(name)
        return self.view(name).verification

    def parse_shares(self, name: str, text: str | None) -> dict[str, Decimal] | None:
        """Shares as people type them, ``50:50``, by weighted track in order.

        Raises
        ------
        UsageError
            If it is not one number for each weighted track.
        """
        if text is None:
            return None
        self._require_sound(name)
        tracks = self.methodology(self.evaluation(name).methodology).weighted_tracks
        parts = text.split(":")
        form = ":".join(track.id for track in tracks)
        if len(parts) != len(tracks) or not all(_SHARE.fullmatch(part) for part in parts):
            raise UsageError(f"shares: expected {form} in per cent, such as 50:50; found {text}")
        return {track.id: Decimal(part) for track, part in zip(tracks, parts, strict=True)}

    def joint_ventures(self, card: Scorecard) -> tuple[str, ...]:
        """The companies of a scorecard that are joint ventures."""
        return tuple(c for c in card.companies if self.entity(c).is_joint_venture)

    def explain(
        self, name: str, company: str, shares: Mapping[str, Decimal] | None = None
    ) -> CompanyExplanation:
        """The path to a company's total in an evaluation.

        Parameters
        ----------
        name : str
            The evaluation's id.
        company : str
            The company's id; `find` leads from a name to it.
        shares : mapping of str to Decimal, optional
            As in `score`.

        Raises
        ------
        UsageError
            If the company is not in the evaluation's scope.
        """
        return self._explained(name, company, shares)[1]

    def explain_part(
        self, name: str, company: str, code: str, shares: Mapping[str, Decimal] | None = None
    ) -> GroupExplanation:
        """The path to a company's points in a column, or in a code of any level.

        Parameters
        ----------
        name, company : str
            As in `explain`.
        code : str
            A column's id or printed name, or the code of a dimension, sub-dimension or indicator.
        shares : mapping of str to Decimal, optional
            As in `score`.

        Raises
        ------
        UsageError
            If the methodology has no such column or code.
        """
        card, whole = self._explained(name, company, shares)
        return explain_group(card, whole, self.code_named(whole.methodology, code))

    def code_named(self, methodology: Methodology, text: str) -> str:
        """The code of a methodology, or the id of its column, that goes by a text.

        A column also goes by its printed name, in either language.

        Raises
        ------
        UsageError
            If none does; names the columns with the text in their names.
        """
        columns = {c.id: (c.id, *c.name.values()) for c in methodology.columns}
        known = [*methodology.levels, *columns]
        if text in known:
            return text
        word, near = folded(text), []
        for column, names in columns.items():
            if word in map(folded, names):
                return column
            if word and any(word in folded(name) for name in names):
                near.append(column)
        hint = f"did you mean {' or '.join(near)}?" if near else did_you_mean(text, known)
        raise UsageError(with_hint(f"no code or column {text} in {methodology.id}", hint))

    def require_in(self, card: Scorecard, company: str) -> None:
        """Refuse a company that a scorecard does not hold.

        Raises
        ------
        UsageError
        """
        if company not in card.companies:
            hint = did_you_mean(company, card.companies)
            message = f"no company {company} in {card.evaluation}: {hint or 'see cati score'}"
            raise UsageError(message)

    def _explained(
        self, name: str, company: str, shares: Mapping[str, Decimal] | None
    ) -> tuple[Scorecard, CompanyExplanation]:
        """A company's explanation with the scorecard it was read from."""
        basis: Basis | None = "published" if name in self.store.printed else None
        card = self.score(name, basis, shares)
        view = self.view(name)
        printed = view.printed
        self.require_in(card, company)
        return card, explain_company(card, view.evaluation, printed, company)

    def _require_sound(self, name: str, besides: str | None = None) -> None:
        """Refuse files with errors; but an evaluation that is not there at all comes first."""
        if not (self.store.root / "reports" / name).is_dir():
            self.evaluation(name)
        self.store.require_sound(besides)
