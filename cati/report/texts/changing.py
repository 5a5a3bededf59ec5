"""A change between two evaluations as text and as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction

from rich.table import Table
from rich.text import Text as Line

from cati.analysis.change.changes import (
    NOTHING,
    ChangedAnswer,
    CompanyChange,
    Delta,
    EvaluationChange,
    Part,
    Shift,
)
from cati.model.entity import Entity
from cati.model.interval import Interval
from cati.model.language import Language
from cati.model.references import indicator_of
from cati.model.rounding import plain
from cati.report import show
from cati.report.data.fields import Json
from cati.report.data.files import Record
from cati.report.language import translations
from cati.report.texts.bench import empty_table, part_name
from cati.report.wording import Wording

NAMED = 12
"""Criteria that are named where many cannot be carried over; data files name all."""


class ChangeText:
    """A change in words.

    Parameters
    ----------
    change : EvaluationChange
    entities : mapping of str to Entity
    language : {"en", "zh"}
    """

    def __init__(
        self, change: EvaluationChange, entities: Mapping[str, Entity], language: Language
    ) -> None:
        self.change = change
        self.entities = entities
        self.language = language
        self.translations = translations(language)
        self.gettext = self.translations.gettext
        self.wording = Wording(language)
        self.decimals = change.now.methodology.total_decimals

    # All companies

    def overview(self) -> Iterator[Table | Line]:
        """Everybody's change, and who came, went and was renamed."""
        _ = self.gettext
        yield Line(self._head())
        yield from map(Line, self._not_comparable())
        yield self._all_companies()
        yield from map(Line, self._who())

    def _all_companies(self) -> Table:
        """A row for each; across methods no figure stands beside one of the other as its like."""
        _ = self.gettext
        old, new = self.change.old.id, self.change.new.id
        if self.change.carrying.same_method:
            titles = [_("Company"), old, _("Evidence"), new, _("Rank"), _("Own score"), _("Field")]
            table = empty_table(*titles, left=0)
            for entry in self.change.companies:
                ranks = f"{show.rank(entry.old_rank)} → {show.rank(entry.new_rank)}"
                table.add_row(*self._own_cells(entry), ranks, *self._rank_cells(entry))
            return table
        titles = [_("Company"), old, _("Rank"), _("Method"), _("Old evidence, later method")]
        titles += [_("Evidence"), new, _("Rank"), _("Method"), _("Own score"), _("Field")]
        table = empty_table(*titles, left=0)
        for entry in self.change.companies:
            name, before, evidence, now = self._own_cells(entry)
            table.add_row(
                *(name, before, show.rank(entry.old_rank)),
                *(delta_text(entry.method), self._total(entry.carried)),
                *(evidence, now, show.rank(entry.new_rank)),
                *(shift_text(entry.rank.method), *self._rank_cells(entry)),
            )
        return table

    def _own_cells(self, entry: CompanyChange) -> tuple[str, str, str, str]:
        """Its name, the total before, the evidence's part, the total now."""
        old, new = self._total(entry.old), self._total(entry.new)
        evidence = self.gettext("open") if entry.is_open else delta_text(entry.evidence)
        return self._name(entry.company), old, evidence, new

    def _rank_cells(self, entry: CompanyChange) -> tuple[str, str]:
        """What its own score and the field do to its rank."""
        rank, old, new = entry.rank, entry.old_rank, entry.new_rank
        overlap = old.best <= new.worst and new.best <= old.worst
        shifts = (rank.own, added_shifts(rank.leaving, rank.others, rank.entering))
        own, field = (
            self.gettext("open") if overlap and s.best != s.worst else shift_text(s) for s in shifts
        )
        return own, field

    def _not_comparable(self) -> Iterator[str]:
        """A word above the figures where they follow different methods, or are not the printed."""
        _ = self.gettext
        for evaluation in (self.change.old, self.change.new):
            if self.change.now.basis == "assessed" and evaluation.basis == "published":
                yield _(
                    "{evaluation} was published with the totals of a printed table; none of them "
                    "is compared here."
                ).format(evaluation=evaluation.id)
        if not self.change.carrying.same_method:
            yield _(
                "Different methods: totals and ranks of {old} are not comparable with those of "
                "{new}."
            ).format(old=self.change.old.id, new=self.change.new.id)

    def _head(self) -> str:
        _ = self.gettext
        old, new = self.change.old, self.change.new
        assessed = self.change.now.basis == "assessed"
        return self.translations.ngettext(
            "{old} ({old_day}) to {new} ({new_day}), {basis}: {n} company in both, "
            "{entering} entering, {leaving} leaving",
            "{old} ({old_day}) to {new} ({new_day}), {basis}: {n} companies in both, "
            "{entering} entering, {leaving} leaving",
            len(self.change.companies),
        ).format(
            old=old.id,
            old_day=old.cutoff,
            new=new.id,
            new_day=new.cutoff,
            basis=_("assessed basis") if assessed else _("published basis"),
            n=len(self.change.companies),
            entering=len(self.change.entering),
            leaving=len(self.change.leaving),
        )

    def _who(self) -> Iterator[str]:
        _ = self.gettext
        for entry in self.change.companies:
            if entry.was != entry.company:
                yield _("Renamed: {was} is now {company}").format(
                    was=self._name(entry.was), company=self._name(entry.company)
                )
        for newcomer in self.change.entering:
            text = _("Entering: {company}").format(company=self._name(newcomer.company))
            if newcomer.formed_from:
                names = _(", ").join(map(self._name, newcomer.formed_from))
                text += _(", into which {companies} merged").format(companies=names)
            yield text
        for leaver in self.change.leaving:
            if leaver.into is None:
                yield _("Leaving: {company}").format(company=self._name(leaver.company))
            else:
                yield _("Merged: {company} into {into}; its own score plays no part").format(
                    company=self._name(leaver.company), into=self._name(leaver.into)
                )

    # One company

    def company(self, entry: CompanyChange) -> Iterator[Table | Line]:
        """One company's change, part by part."""
        _ = self.gettext
        name = self._name(entry.company)
        yield Line(_("{company}: {change}").format(company=name, change=self._head()))
        yield from map(Line, self._not_comparable())
        yield Line("\n".join(self._totals(entry)))
        if entry.parts:
            yield self._parts_table(entry)
        yield from map(Line, self._sums(entry))
        yield from map(Line, self._ranks(entry))
        yield from map(Line, self._unexplained(entry))

    def _totals(self, entry: CompanyChange) -> Iterator[str]:
        _ = self.gettext
        if entry.was != entry.company:
            yield _("Renamed: {was} is now {company}").format(
                was=self._name(entry.was), company=self._name(entry.company)
            )
        for gone in entry.absorbed:
            yield _("Merged: {company} into {into}; its own score plays no part").format(
                company=self._name(gone), into=self._name(entry.company)
            )
        old, new = self._total(entry.old), self._total(entry.new)
        if self.change.carrying.same_method and entry.is_open:
            yield _(
                "Total {old} to {new}: whether it rose or fell is open. Of its least and its "
                "greatest: {delta}"
            ).format(old=old, new=new, delta=delta_text(entry.evidence))
            return
        if self.change.carrying.same_method:
            yield _("Total {old} to {new}: {delta}").format(
                old=old, new=new, delta=delta_text(entry.evidence)
            )
            return
        yield _(
            "Total {old} by the earlier method. The same evidence by the later method: {carried}; "
            "the method's part is {method}."
        ).format(old=old, carried=self._total(entry.carried), method=delta_text(entry.method))
        yield _("Total {new} now; the evidence's part is {delta}.").format(
            new=new, delta=delta_text(entry.evidence)
        )

    def _parts_table(self, entry: CompanyChange) -> Table:
        _ = self.gettext
        assessed = self.change.now.basis == "assessed"
        first = _("Indicator") if assessed else _("Block")
        table = empty_table(first, _("Changes the total by"), left=0)
        table.columns[0].no_wrap = False
        if assessed:
            for title in (_("Criterion"), _("Answer"), _("Why"), _("Reason")):
                table.add_column(title, overflow="fold")
        for part in entry.parts:
            name = part.code if assessed else part_name(self.change.now, part.code, self.language)
            cells = [] if part.answer is None else self._answer_cells(part.answer)
            table.add_row(name, delta_text(part.delta), *map(Line, cells))
        return table

    def _answer_cells(self, answer: ChangedAnswer) -> list[str]:
        _ = self.gettext
        reasons = [answer.reason] if answer.reason else []
        if answer.looked_in:
            places = _(", ").join(answer.looked_in)
            reasons.append(_("nothing found in {places}").format(places=places))
        reasons += [
            _("{disclosure} does not count: {reasons}").format(
                disclosure=disclosure,
                reasons=_(", ").join(self.wording.words("doubt", why)),
            )
            for disclosure, why in answer.uncounted
        ]
        return [
            answer.criterion,
            " → ".join(self.wording.word("answer", given) for given in (answer.was, answer.now)),
            self.wording.word("cause", answer.cause),
            _("; ").join(reasons)
            or (show.DASH if answer.is_explained else _("no reason is given")),
        ]

    def _sums(self, entry: CompanyChange) -> Iterator[str]:
        _ = self.gettext
        causes = entry.by_cause()
        if causes:
            yield _("By cause: {sums}; together {delta}").format(
                sums=_("; ").join(
                    f"{self.wording.word('cause', c)} {delta_text(d)}" for c, d in causes.items()
                ),
                delta=delta_text(Delta.total(causes.values())),
            )
        moved = {part.answer for part in entry.parts}
        still = [answer for answer in entry.answers if answer not in moved]
        for answer in still:
            criterion, answers, cause, reason = self._answer_cells(answer)
            yield _(
                "Without effect on the total: {criterion}, {answers}, {cause}: {reason}"
            ).format(criterion=criterion, answers=answers, cause=cause, reason=reason)

    def _ranks(self, entry: CompanyChange) -> Iterator[str]:
        _ = self.gettext
        rank = entry.rank
        steps = {
            _("own score"): rank.own,
            _("companies leaving"): rank.leaving,
            _("scores of the others"): rank.others,
            _("companies entering"): rank.entering,
        }
        text = _("Rank {old} to {new}: {steps}")
        if not self.change.carrying.same_method:
            steps = {_("method"): rank.method} | steps
            text = _("Rank {old} by the earlier method, {new} by the later: {steps}")
        yield text.format(
            old=show.rank(entry.old_rank),
            new=show.rank(entry.new_rank),
            steps=_(", ").join(f"{name} {shift_text(shift)}" for name, shift in steps.items()),
        )
        if rank.passed:
            yield _("Passed: {companies}").format(
                companies=_(", ").join(map(self._name, rank.passed))
            )
        if rank.passed_by:
            names = _(", ").join(map(self._name, rank.passed_by))
            yield _("Passed by: {companies}").format(companies=names)

    def _unexplained(self, entry: CompanyChange) -> Iterator[str]:
        _ = self.gettext
        names = [answer.criterion for answer in entry.unexplained]
        if names:
            yield _("No reason is given for: {criteria}").format(criteria=_(", ").join(names))

    # What stands below

    def notes(self) -> Iterator[str]:
        """How the change was split, and what could not be compared."""
        _ = self.gettext
        carrying = self.change.carrying
        if not carrying.same_method:
            yield _(
                "The old evidence was scored again by the later method, by its own cut-off date."
            )
        if not carrying.same_factors and carrying.same_methodology:
            yield _("The methodology is the same; the weights of its tracks are others.")
        for text, names in (
            (
                _("Nothing old answers {names}; they are open in the old evidence."),
                carrying.unanswered,
            ),
            (_("No place in the later method: {names}."), carrying.dropped),
            (_("Carried over though worded otherwise: {names}."), carrying.reworded),
        ):
            if names:
                yield text.format(names=self._named(names))
        if self.change.now.basis == "assessed":
            yield _(
                "Answers are changed one after the other, requirements first; each is told with "
                "what it changes the total by then. Of an interval, the changes of its least and "
                "of its greatest stand side by side: an answer that was open lowers the greatest "
                "without any loss. Open is a change between intervals that overlap."
            )
        else:
            yield _("A printed table says how points changed, and not why.")
        yield _(
            "Ranks change in this order: method, own score among the others as they were, "
            "companies leaving, scores of the others, companies entering."
        )
        missing = sum(len(entry.unexplained) for entry in self.change.companies)
        if missing:
            yield self.translations.ngettext(
                "{n} changed answer has no reason.", "{n} changed answers have no reason.", missing
            ).format(n=missing)
        yield self.change.new.notice.get(self.language)

    def _named(self, names: tuple[str, ...]) -> str:
        _ = self.gettext
        named = _(", ").join(names[:NAMED])
        left = len(names) - NAMED
        if left <= 0:
            return named
        more = self.translations.ngettext("and {n} other", "and {n} others", left)
        return f"{named} {more.format(n=left)}"

    def _total(self, total: Interval) -> str:
        return show.total(total, self.decimals)

    def _name(self, company: str) -> str:
        return self.entities[company].name.get(self.language)


def signed(value: Fraction) -> str:
    """A change, exactly: ``+1.4``, ``-0.6``, ``0``."""
    return f"+{plain(value)}" if value > 0 else f"-{plain(-value)}" if value else "0"


def delta_text(delta: Delta) -> str:
    """A change: ``+1.4``, or ``+1.4 | 0`` of the least and of the greatest."""
    if delta.low == delta.high:
        return signed(delta.low)
    return f"{signed(delta.low)} | {signed(delta.high)}"


def shift_text(shift: Shift) -> str:
    """A change of rank: ``-2``, or ``0 | -2`` of the best and of the worst."""
    return delta_text(Delta(Fraction(shift.best), Fraction(shift.worst)))


def added_shifts(*shifts: Shift) -> Shift:
    """The sum of changes of rank."""
    return Shift(sum(s.best for s in shifts), sum(s.worst for s in shifts))


def change_records(change: EvaluationChange, company: str | None = None) -> list[Record]:
    """Every part of every company's change, exactly: numbers are text.

    Parameters
    ----------
    change : EvaluationChange
    company : str, optional
        All companies unless given.
    """
    records = []
    for entry in change.companies:
        if company not in (None, entry.company):
            continue
        if not change.carrying.same_method:
            records.append(_record(entry, "method", Part("", None, entry.method)))
        records += [_record(entry, "evidence", part) for part in entry.parts]
        moved = {part.answer for part in entry.parts}
        for answer in entry.answers:
            if answer not in moved:
                code = indicator_of(answer.criterion)
                records.append(_record(entry, "evidence", Part(code, answer, NOTHING)))
    return records


def _record(entry: CompanyChange, kind: str, part: Part) -> Record:
    answer = part.answer
    return {
        "company": entry.company,
        "formerly": entry.was if entry.was != entry.company else "",
        "part": kind,
        "code": part.code,
        "low": plain_signed(part.delta.low),
        "high": plain_signed(part.delta.high),
        "criterion": answer.criterion if answer else "",
        "was": answer.was if answer else "",
        "now": answer.now if answer else "",
        "cause": answer.cause if answer else "",
        "reason": (answer.reason or "") if answer else "",
        "looked_in": "; ".join(answer.looked_in) if answer else "",
        "disclosures": " ".join(answer.disclosures) if answer else "",
        "uncounted": " ".join(
            f"{name}:{'+'.join(why)}" for name, why in (answer.uncounted if answer else ())
        ),
    }


def plain_signed(value: Fraction) -> str:
    """A number that may be below zero, as data."""
    return f"-{plain(-value)}" if value < 0 else plain(value)


def change_json(change: EvaluationChange, notes: list[str], company: str | None = None) -> str:
    """The whole answer as JSON, exactly: numbers are text."""
    carrying = change.carrying
    answer: Json = {
        "old": change.old.id,
        "new": change.new.id,
        "basis": change.now.basis,
        "same_methodology": carrying.same_methodology,
        "same_factors": carrying.same_factors,
        "unanswered": list(carrying.unanswered),
        "dropped": list(carrying.dropped),
        "reworded": list(carrying.reworded),
        "entering": [
            {"company": n.company, "formed_from": list(n.formed_from)} for n in change.entering
        ],
        "leaving": [{"company": n.company, "into": n.into} for n in change.leaving],
        "companies": [
            _company_json(entry) for entry in change.companies if company in (None, entry.company)
        ],
        "parts": [dict(record) for record in change_records(change, company)],
        "notes": list(notes),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _company_json(entry: CompanyChange) -> Json:
    rank = entry.rank
    shifts = {
        "method": rank.method,
        "own": rank.own,
        "leaving": rank.leaving,
        "others": rank.others,
        "entering": rank.entering,
    }
    return {
        "company": entry.company,
        "was": entry.was,
        "absorbed": list(entry.absorbed),
        "old": _ends(entry.old),
        "old_evidence_later_method": _ends(entry.carried),
        "new": _ends(entry.new),
        "old_rank": [entry.old_rank.best, entry.old_rank.worst],
        "new_rank": [entry.new_rank.best, entry.new_rank.worst],
        "rank_parts": {name: [shift.best, shift.worst] for name, shift in shifts.items()},
        "passed": list(rank.passed),
        "passed_by": list(rank.passed_by),
    }


def _ends(total: Interval) -> list[str]:
    return [plain(total.low), plain(total.high)]
