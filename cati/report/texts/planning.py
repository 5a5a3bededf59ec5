"""A roadmap as text and as data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from rich.table import Table
from rich.text import Text as Line

from cati.analysis.roadmap.plan import Case, Evidence, Example, Met, Plan, Roadmap, Step
from cati.model.entity import Entity
from cati.model.language import Language
from cati.model.references import id_of, indicator_of
from cati.model.rounding import plain
from cati.model.source import Source
from cati.report import show
from cati.report.data.files import Record
from cati.report.glossary import word
from cati.report.language import translations
from cati.report.texts.bench import empty_table, part_name
from cati.report.wording import Wording

EXAMPLES = 3
"""Companies that are named for each step; data files name all."""


class RoadmapText:
    """A roadmap in words.

    Parameters
    ----------
    roadmap : Roadmap
    entities : mapping of str to Entity
    sources : mapping of str to Source
        By reference.
    language : {"en", "zh"}
    """

    def __init__(
        self,
        roadmap: Roadmap,
        entities: Mapping[str, Entity],
        sources: Mapping[str, Source],
        language: Language,
    ) -> None:
        self.roadmap = roadmap
        self.card = roadmap.card
        self.entities = entities
        self.sources = sources
        self.language = language
        self.translations = translations(language)
        self.gettext = self.translations.gettext
        self.wording = Wording(language)
        self.criteria = roadmap.card.methodology.criteria
        self.told: set[tuple[str, tuple[Example, ...]]] = set()

    def parts(self) -> Iterator[Table | Line]:
        """The whole answer, part by part."""
        yield Line(self._head())
        yield Line(self._answer())
        for case in self.roadmap.cases:
            yield Line("\n" + self._case(case))
            for number, plan in enumerate(case.plans):
                if number == 0:
                    yield from self._plan(case, plan)
                else:
                    yield Line(self._other_plan(plan))
            if case.more:
                _ = self.gettext
                yield Line(_("There are more plans of the same effort."))

    def _head(self) -> str:
        _ = self.gettext
        company, decimals = self.roadmap.company, self.card.methodology.total_decimals
        assessed = self.card.basis == "assessed"
        return _("{company} in {evaluation}, {basis}: total {total}, rank {rank} of {of}").format(
            company=self._name(company),
            evaluation=self.roadmap.evaluation.id,
            basis=_("assessed basis") if assessed else _("published basis"),
            total=show.total(self.card.total(company), decimals),
            rank=show.rank(self.card.rank(company)),
            of=len(self.card.companies),
        )

    def _answer(self) -> str:
        """Target and effort, in one sentence: a number, a band, or that it cannot be reached."""
        _ = self.gettext
        rank = self.roadmap.wanted_rank
        targets = sorted({case.target for case in self.roadmap.cases})
        total = show.DASH.join(map(plain, targets))
        aim = (
            _("A total of {total}").format(total=total)
            if rank is None
            else _("Rank {rank}, with all others held still, takes a total of {total}").format(
                rank=rank, total=total
            )
        )
        reached = [case.plans[0].effort for case in self.roadmap.cases if case.plans]
        if not reached:
            most = max(case.most for case in self.roadmap.cases)
            return _("{aim}: out of reach. The most that can be reached is {most}.").format(
                aim=aim, most=plain(most)
            )
        if len(reached) < len(self.roadmap.cases):
            return _("{aim}: within reach at best, at an effort of {effort}; not surely.").format(
                aim=aim, effort=plain(min(reached))
            )
        if len(set(reached)) == 1:
            return _("{aim}: needs an effort of {effort}.").format(
                aim=aim, effort=plain(reached[0])
            )
        return _("{aim}: needs an effort of {least} at best and {most} surely.").format(
            aim=aim, least=plain(min(reached)), most=plain(max(reached))
        )

    def _case(self, case: Case) -> str:
        _ = self.gettext
        heads = {
            "exact": _("From {start}"),
            "surely": _("Surely: nothing counts that is unknown. From {start}"),
            "at_best": _("At best: unknown criteria may turn out to be met. From {start}"),
            "solution": _("If the printed table stands for {solved}. From {start}"),
        }
        solved = _(", ").join(
            f"{part_name(self.card, block, self.language)} {plain(points)}"
            for block, points in case.solved
        )
        head = heads[case.which].format(start=plain(case.start), solved=solved)
        if not case.plans:
            return head + _(": {target} is out of reach; all steps together lead to {most}").format(
                target=plain(case.target), most=plain(case.most)
            )
        plan = case.plans[0]
        if not plan.steps and not plan.found_out:
            return head + _(": reached already")
        number = len(plan.steps)
        way = (
            self.translations.ngettext(
                " to {total} in {n} block, effort {effort}",
                " to {total} in {n} blocks, effort {effort}",
                number,
            )
            if self.card.basis == "published"
            else self.translations.ngettext(
                " to {total} by {n} step, effort {effort}",
                " to {total} by {n} steps, effort {effort}",
                number,
            )
        )
        return head + way.format(total=plain(plan.total), n=number, effort=plain(plan.effort))

    def _plan(self, case: Case, plan: Plan) -> Iterator[Table | Line]:
        _ = self.gettext
        if plan.steps:
            yield self._table(plan.steps, case.start)
            yield from map(Line, self._about(plan.steps))
        if plan.found_out:
            text = self.translations.ngettext(
                "{n} unknown criterion must turn out to be met:",
                "{n} unknown criteria must turn out to be met, and no fewer, for example:",
                len(plan.found_out),
            )
            yield Line(text.format(n=len(plan.found_out)))
            gained = sum((step.adds for step in plan.steps), Fraction(0))
            yield self._table(plan.found_out, case.start + gained)

    def _table(self, steps: Sequence[Step], start: Fraction) -> Table:
        _ = self.gettext
        assessed = self.card.basis == "assessed"
        titles = [_("Step"), _("Points"), _("Effort"), _("Adds"), _("Total")]
        table = empty_table(*titles, left=0)
        table.columns[0].overflow = "fold"
        if assessed:
            table.add_column(_("Now"))
            table.add_column(_("What must be public"), overflow="fold")
        for step in steps:
            start += step.adds
            cells = [plain(step.points), plain(step.effort), plain(step.adds), plain(start)]
            if assessed:
                statement = self.criteria[step.name].statement.get(self.language)
                table.add_row(
                    step.name,
                    *cells,
                    word("step", step.state, self.language) if step.state else "",
                    Line(statement),
                )
            else:
                table.add_row(part_name(self.card, step.name, self.language), *cells)
        return table

    def _about(self, steps: Sequence[Step]) -> Iterator[str]:
        """Who earned the steps, and what may earn points of a block."""
        _ = self.gettext
        told = [step for step in steps if (step.name, step.examples) not in self.told]
        self.told |= {(step.name, step.examples) for step in told}
        if self.card.basis == "published":
            for step in told:
                yield from self._about_block(step)
            return
        for step in told:
            yield from self._earned_by(step)
        unknown = [step.name for step in told if not step.examples]
        if unknown:
            yield _("No other company is known to have earned {steps}.").format(
                steps=_(", ").join(unknown)
            )

    def _about_block(self, step: Step) -> Iterator[str]:
        _ = self.gettext
        yield _("{step}: may be earned by").format(
            step=part_name(self.card, step.name, self.language)
        )
        yield from (f"    {criteria}" for criteria in self._by_code(step.candidates))
        yield "  " + self._holders(step)
        if not step.met:
            yield "  " + _("No company is known here to meet any of them on evidence.")
            return
        yield "  " + _("Met on evidence, in the assessments here:")
        for met in _one_of_each_code(step.met)[:EXAMPLES]:
            first = met.examples[0]
            yield "    " + _("{criterion}, {company}: {evidence}").format(
                criterion=met.criterion,
                company=self._name(first.company),
                evidence=self._evidence(first.evidence[0]),
            )

    def _earned_by(self, step: Step) -> Iterator[str]:
        _ = self.gettext
        if not step.examples:
            return
        yield _("{step}: earned by").format(step=step.name)
        for example in step.examples[:EXAMPLES]:
            for found in example.evidence:
                yield "  " + _("{label}: {text}").format(
                    label=self._name(example.company), text=self._evidence(found)
                )
        if len(step.examples) > EXAMPLES:
            yield "  " + self._more(len(step.examples) - EXAMPLES)

    def _holders(self, step: Step) -> str:
        """Who has all points of a block, or most of them; a printed table says no more of them."""
        _ = self.gettext
        if step.held is None:
            return _("No other company is known to have more of its points.")
        names = _(", ").join(self._name(example.company) for example in step.examples[:EXAMPLES])
        left = len(step.examples) - EXAMPLES
        companies = _("; ").join((names, self._more(left))) if left > 0 else names
        of = self.card.block(step.name).most_points
        text = (
            _("All of its points have: {companies}. The printed table gives no evidence for them.")
            if step.held == of
            else _(
                "Most points: {companies}, {points} of {of}. "
                "The printed table gives no evidence for them."
            )
        )
        return text.format(companies=companies, points=plain(step.held), of=plain(of))

    def _more(self, number: int) -> str:
        return self.translations.ngettext(
            "and {n} other company", "and {n} other companies", number
        ).format(n=number)

    def _evidence(self, found: Evidence) -> str:
        _ = self.gettext
        clauses, place = self.wording.clauses, self.wording.plain_place
        places = (clauses((self.sources[p.source].title, place(p.locator))) for p in found.where)
        return _("{name} ({note})").format(name=found.disclosure, note=_("; ").join(places))

    def _by_code(self, names: Sequence[str]) -> Iterator[str]:
        """Criteria by indicator: ``5.4.1 (asks, share)``; an indicator without any by its code."""
        _ = self.gettext
        found: dict[str, list[str]] = {}
        for name in names:
            criterion = id_of(name)
            found.setdefault(indicator_of(name), []).extend([criterion] if criterion else [])
        for code, inside in found.items():
            named = _("{name} ({note})").format(name=code, note=_(", ").join(inside))
            yield named if inside else code

    def _other_plan(self, plan: Plan) -> str:
        _ = self.gettext
        if self.card.basis == "assessed":
            steps = [step.name for step in (*plan.steps, *plan.found_out)]
        else:
            steps = [
                f"{part_name(self.card, step.name, self.language)} {plain(step.points)}"
                for step in plan.steps
            ]
        return _("Or, to {total}: {steps}").format(
            total=plain(plan.total), steps=_(", ").join(steps)
        )

    def notes(self) -> Iterator[str]:
        """What the answer rests on and leaves out."""
        _ = self.gettext
        if self.card.basis == "published":
            yield _(
                "The printed table gives points of blocks, not criteria: effort counts for each "
                "{grid} points in a block, and the criteria named lie in the block; which of them "
                "the company meets already is not known."
            ).format(grid=plain(self.card.methodology.grid))
        why = Counter(self.roadmap.left_out.values())
        codes = sorted(
            {indicator_of(n) for n, w in self.roadmap.left_out.items() if w == "offsets"}
        )
        if codes:
            yield _("Left out: {codes}, about offsets (--include-offsets takes them in).").format(
                codes=_(", ").join(codes)
            )
        elif not any(i.offsets for i in self.card.methodology.indicators()):
            yield _("The methodology marks no indicator as being about offsets.")
        if why["asked"]:
            yield self.translations.ngettext(
                "{n} criterion left out on request.",
                "{n} criteria left out on request.",
                why["asked"],
            ).format(n=why["asked"])
        if why["late"]:
            yield self.translations.ngettext(
                "{n} criterion left out since it is ready too late.",
                "{n} criteria left out since they are ready too late.",
                why["late"],
            ).format(n=why["late"])
        if self.roadmap.without_criteria:
            yield _("Not planned, since they have no criteria: {codes}.").format(
                codes=_(", ").join(self.roadmap.without_criteria)
            )
        yield _("Effort is 1 for each step unless a file of efforts says otherwise.")
        if self.roadmap.unused_efforts:
            rule = (
                _(
                    "No effort here comes from {steps}: no block lies wholly inside, or a smaller "
                    "entry decides."
                )
                if self.card.basis == "published"
                else _(
                    "No effort here comes from {steps}: no criterion lies inside, or a smaller "
                    "entry decides."
                )
            )
            yield rule.format(steps=_(", ").join(self.roadmap.unused_efforts))
        yield self.roadmap.evaluation.notice.get(self.language)

    def _name(self, company: str) -> str:
        return self.entities[company].name.get(self.language)


def _one_of_each_code(met: Sequence[Met]) -> list[Met]:
    """The first criterion of each indicator."""
    first: dict[str, Met] = {}
    for entry in met:
        first.setdefault(indicator_of(entry.criterion), entry)
    return list(first.values())


def roadmap_records(roadmap: Roadmap) -> list[Record]:
    """Every step of every plan, exactly: numbers are text."""
    return [
        {
            "case": case.which if case.which != "solution" else f"solution {number}",
            "plan": str(at),
            "order": str(order),
            "step": step.name,
            "kind": "step" if order <= len(plan.steps) else "find out",
            "now": step.state or "",
            "points": plain(step.points),
            "effort": plain(step.effort),
            "adds": plain(step.adds),
            "total": plain(total),
            "candidates": " ".join(step.candidates),
            "examples": " ".join(example.company for example in step.examples),
            "examples_hold": "" if step.held is None else plain(step.held),
            "met": " ".join(met.criterion for met in step.met),
            "evidence": " ".join(dict.fromkeys(e.disclosure for e in _evidence(step))),
        }
        for number, case in enumerate(roadmap.cases, start=1)
        for at, plan in enumerate(case.plans, start=1)
        for order, step, total in _running(case, plan)
    ]


def roadmap_json(roadmap: Roadmap, notes: Sequence[str]) -> str:
    """The whole answer as JSON, exactly: numbers are text."""
    total = roadmap.card.total(roadmap.company)
    rank = roadmap.card.rank(roadmap.company)
    answer = {
        "evaluation": roadmap.evaluation.id,
        "basis": roadmap.card.basis,
        "company": roadmap.company,
        "companies": len(roadmap.card.companies),
        "total": {"low": plain(total.low), "high": plain(total.high)},
        "rank": {"best": rank.best, "worst": rank.worst},
        "wanted_rank": roadmap.wanted_rank,
        "cases": [
            {
                "which": case.which,
                "start": plain(case.start),
                "target": plain(case.target),
                "most": plain(case.most),
                "plans": [
                    {"effort": plain(plan.effort), "total": plain(plan.total)}
                    for plan in case.plans
                ],
                "more_plans": case.more,
            }
            for case in roadmap.cases
        ],
        "steps": roadmap_records(roadmap),
        "left_out": dict(roadmap.left_out),
        "without_criteria": list(roadmap.without_criteria),
        "unused_efforts": list(roadmap.unused_efforts),
        "notes": list(notes),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _evidence(step: Step) -> Iterator[Evidence]:
    """All evidence of the companies that earned a step, or meet criteria in a block."""
    for example in (*step.examples, *(e for met in step.met for e in met.examples)):
        yield from example.evidence


def _running(case: Case, plan: Plan) -> Iterator[tuple[int, Step, Fraction]]:
    """Steps with their number and the total after them."""
    total = case.start
    for order, step in enumerate((*plan.steps, *plan.found_out), start=1):
        total += step.adds
        yield order, step, total
