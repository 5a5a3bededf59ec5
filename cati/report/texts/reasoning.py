"""Reasons of points on the assessed basis, in sentences and as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from cati.model.entity import Entity
from cati.model.methodology import Guidance, Indicator
from cati.model.precedent import Precedent, Precedents
from cati.model.references import owner_of
from cati.model.rounding import plain
from cati.report import show
from cati.report.arithmetic import sum_text
from cati.report.texts.records import quote_text, stated_value_texts
from cati.report.wording import Wording, form_of
from cati.scoring.backing import WHOLE
from cati.scoring.reasons import (
    AssessedColumn,
    AssessedCompany,
    AssessedGroup,
    Cited,
    CriterionReason,
    FoundAt,
    IndicatorReason,
    RouteReason,
)

NO_PRECEDENTS = Precedents(format=1)


def because(reason: CriterionReason, wording: Wording) -> Iterator[str]:
    """Why a criterion counts as it does, where the answer alone does not tell.

    Parameters
    ----------
    reason : CriterionReason
    wording : Wording
    """
    _ = wording.gettext
    if reason.verdict is None and reason.nothing is not None:
        yield _("someone looked for the whole indicator and found nothing in: {places}").format(
            places=wording.items(reason.nothing.looked_in)
        )
    elif reason.verdict is None and reason.effective == "not_met":
        yield wording.ngettext(
            "nobody has answered it yet; it counts as not met because {names} is not met",
            "nobody has answered it yet; it counts as not met because {names} are not met",
            len(reason.held_by),
        ).format(names=wording.items(reason.held_by))
        return
    elif reason.verdict is None:
        yield _("nobody has answered it yet")
    if reason.given == "met" and reason.counted == "unknown":
        yield _("taken as unknown, since none of its evidence counts")
    if reason.worth < WHOLE:
        yield _(
            "inherited: met on disclosures of a parent, which earn {part} of the points"
        ).format(part=plain(reason.worth))
    if reason.held_by:
        yield _("held back by what it requires: {names}").format(
            names=wording.items(reason.held_by)
        )


def judged(cited: Cited, wording: Wording) -> str:
    """Whether a disclosure counts for the criterion it is cited for, in a few words."""
    _ = wording.gettext
    backing = cited.backing
    if not backing.counts:
        reasons = _("; ").join(wording.words("doubt", backing.reasons))
        return _("does not count: {reasons}").format(reasons=reasons)
    if backing.inherited is not None:
        return _("inherited from {parent}, for {part} of the points ({basis})").format(
            parent=owner_of(backing.disclosure),
            part=plain(backing.worth),
            basis=wording.word("inheritance_basis", backing.inherited.basis),
        )
    if backing.despite:
        doubts = _("; ").join(wording.words("doubt", backing.despite))
        return _("counts for the reason given, though: {doubts}").format(doubts=doubts)
    return _("counts")


def place_text(found: FoundAt, wording: Wording) -> str:
    """Where a disclosure stands: title, date, place in it, link, and what it reports there."""
    _ = wording.gettext
    source, place = found.source, found.place
    parts = [source.title]
    if source.published:
        parts.append(_("published {date}").format(date=wording.partial_date(source.published)))
    elif source.accessed:
        parts.append(_("read {date}").format(date=wording.date(source.accessed)))
    parts.append(wording.plain_place(place.locator))
    if source.link:
        parts.append(source.link)
    if place.secondary:
        parts.append(_secondary(found, wording))
    return _("; ").join(parts)


def _secondary(found: FoundAt, wording: Wording) -> str:
    _ = wording.gettext
    if found.original is not None:
        parts = [found.original.title, found.original.link]
        named = wording.clauses(part for part in parts if part)
    else:
        named = wording.plain_place(found.place.cites or "")
    return _("secondary, citing {source}").format(source=named) if named else _("secondary")


def company_text(explanation: AssessedCompany, entity: Entity, wording: Wording) -> RenderableType:
    """What a company's total is made of; the last line is the sum."""
    _ = wording.gettext
    methodology, language = explanation.methodology, wording.language
    head = _("{name} in {evaluation}, assessed: rank {rank} of {of}, total {total}").format(
        name=entity.name.get(language),
        evaluation=explanation.evaluation.id,
        rank=show.rank(explanation.rank),
        of=explanation.of,
        total=show.total(explanation.total, methodology.total_decimals),
    )
    state = _(
        "{coverage} % of the points are settled; {answered} of {criteria} criteria answered; "
        "lowest verification level: {level}"
    ).format(
        coverage=show.cut_percent(explanation.coverage),
        answered=explanation.answered,
        criteria=explanation.criteria,
        level=wording.word("level", explanation.level),
    )
    complete = _("An interval runs from what is certain to what is still possible.")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(_("Column"))
    for title in (_("Points"), _("Rate"), _("Factor"), _("Adds")):
        table.add_column(title, justify="right", no_wrap=True)
    for column in explanation.columns:
        table.add_row(*_column_cells(column, methodology.rate_decimals, wording))
    (total,) = explanation.sums
    lines = [head, state, complete]
    if explanation.looked_into:
        codes = wording.items(explanation.looked_into)
        lines.append(_("Indicators with answers: {codes}").format(codes=codes))
    lines += _note_lines(explanation, wording)
    text = sum_text(total, methodology.total_decimals)
    return Group(Line("\n".join(lines)), table, Line(text))


def _note_lines(explanation: AssessedCompany, wording: Wording) -> Iterator[str]:
    """What the assessor says of all answers together."""
    _ = wording.gettext
    if explanation.note:
        yield _("Assessor's note: {note}").format(note=explanation.note)


def group_lines(
    explanation: AssessedGroup,
    entity: Entity,
    wording: Wording,
    precedents: Precedents = NO_PRECEDENTS,
) -> Iterator[str]:
    """The path from source and page to a company's points in a column or a code.

    What to look for is told where a single indicator is asked for, and how
    like cases were decided where a criterion is unknown.
    """
    _ = wording.gettext
    methodology = explanation.company.methodology
    yield wording.ngettext(
        "{code} {name}, {company}: {points} of {most} point, {rate} %",
        "{code} {name}, {company}: {points} of {most} points, {rate} %",
        form_of(plain(explanation.most)),
    ).format(
        code=explanation.code,
        name=explanation.name.get(wording.language),
        company=entity.name.get(wording.language),
        points=show.points(explanation.points),
        most=plain(explanation.most),
        rate=show.rate(explanation.rate, methodology.rate_decimals),
    )
    yield _("adds to the total: {sum}").format(sum=show.points(explanation.contribution))
    yield from _note_lines(explanation.company, wording)
    alone = len(explanation.indicators) == 1
    for reason in explanation.indicators:
        yield ""
        uncited = explanation.uncited[reason.indicator.code]
        yield from _indicator_lines(reason, uncited, alone, wording, precedents)
    if not alone:
        yield ""
        yield _(
            "What to look for: cati explain {evaluation} {company} CODE, for one indicator"
        ).format(evaluation=explanation.company.evaluation.id, company=explanation.company.company)


def _indicator_lines(
    reason: IndicatorReason,
    uncited: Sequence[Cited],
    alone: bool,
    wording: Wording,
    precedents: Precedents,
) -> Iterator[str]:
    _ = wording.gettext
    yield wording.ngettext(
        "{code} {title}: {points} of {most} point, factor {factor}",
        "{code} {title}: {points} of {most} points, factor {factor}",
        form_of(plain(reason.most)),
    ).format(
        code=reason.indicator.code,
        title=reason.indicator.title.get(wording.language),
        points=show.points(reason.points),
        most=plain(reason.most),
        factor=show.factor(reason.factor),
    )
    if not reason.criteria:
        yield "  " + _("It has no criteria yet, and so can hold anything.")
    for route in reason.routes:
        if len(reason.routes) > 1:
            points = show.points(route.points)
            yield wording.ngettext(
                "  Route {route}: {points} point; the best route counts",
                "  Route {route}: {points} points; the best route counts",
                form_of(points),
            ).format(route=route_name(route, wording), points=points)
        for criterion in route.criteria:
            yield from _criterion_lines(criterion, wording)
            if criterion.effective == "unknown":
                for case in precedents.of(reason.indicator.code):
                    if case.criterion == criterion.name:
                        yield f"    {precedent_text(case, wording)}"
    yield from _uncited_lines(uncited, wording)
    is_open = [c.name for c in reason.criteria if c.effective == "unknown"]
    if alone and is_open:
        yield ""
        yield _("Missing: evidence for {names}").format(names=wording.items(is_open))
        yield from _guidance_lines(reason.indicator, wording)


def _uncited_lines(uncited: Sequence[Cited], wording: Wording) -> Iterator[str]:
    _ = wording.gettext
    if uncited:
        yield "  " + _("Also at hand, and cited by no answer here:")
    for cited in uncited:
        yield from cited_lines(cited, wording)


def route_name(route: RouteReason, wording: Wording) -> str:
    """A route's title, or its id where it has none."""
    return route.route.id if route.route.title is None else route.route.title.get(wording.language)


def _criterion_lines(reason: CriterionReason, wording: Wording) -> Iterator[str]:
    _ = wording.gettext
    yield "  " + _("{name}: {answer}, {points} of {most}").format(
        name=reason.name,
        answer=wording.word("answer", reason.effective),
        points=show.points(reason.points),
        most=plain(reason.criterion.points),
    )
    yield f"    {reason.criterion.statement.get(wording.language)}"
    if (reason.verdict or reason.nothing) and reason.effective != reason.given:
        yield "    " + _("The assessor says: {answer}").format(
            answer=wording.word("answer", reason.given)
        )
    for sentence in because(reason, wording):
        yield f"    ! {sentence}"
    yield from _signed_lines(reason, wording)
    for original in reason.verdict.originals if reason.verdict else ():
        yield "    " + _("Answered apart by {who}, {when}: {answer}: {why}").format(
            who=original.assessor,
            when=wording.date(original.date),
            answer=wording.word("answer", original.answer),
            why=original.rationale or _("no reason given"),
        )
    for change in reason.verdict.history if reason.verdict else ():
        yield "    " + _("Changed by {who}, {when}: {change}: {why}").format(
            who=change.who,
            when=wording.date(change.when),
            change=wording.change(change),
            why=change.why,
        )
        if change.disclosures:
            earlier = wording.items(change.disclosures)
            yield "      " + _("Rested before on {disclosures}").format(disclosures=earlier)
        if change.rationale:
            yield "      " + _("Reason before: {rationale}").format(rationale=change.rationale)
    for cited in reason.cited:
        yield from cited_lines(cited, wording)


def _signed_lines(reason: CriterionReason, wording: Wording) -> Iterator[str]:
    """The reason of an answer, and who has given it; of a proposed one, where it comes from."""
    _ = wording.gettext
    verdict = reason.verdict
    proposed = verdict.proposed if verdict and verdict.is_proposal else None
    if proposed is not None:
        yield "    " + _(
            "proposed: {answer}, carried over from {evaluation}; not confirmed"
        ).format(answer=wording.word("answer", proposed.answer), evaluation=proposed.evaluation)
    if verdict is not None and verdict.rationale:
        yield "    " + _("Reason: {rationale}").format(rationale=verdict.rationale)
    signed = verdict or reason.nothing
    if signed is not None and proposed is None:
        yield "    " + _("{assessor}, {date}, {level}").format(
            assessor=signed.assessor,
            date=wording.date(signed.date),
            level=wording.word("level", signed.level),
        )


def precedent_text(precedent: Precedent, wording: Wording) -> str:
    """How a doubtful case was decided, on one line."""
    _ = wording.gettext
    return _("Precedent on {criterion}, {company} in {evaluation}: {text} ({by}, {date})").format(
        criterion=precedent.criterion,
        company=precedent.company,
        evaluation=precedent.evaluation,
        text=precedent.text,
        by=precedent.by,
        date=wording.date(precedent.date),
    )


def cited_lines(cited: Cited, wording: Wording) -> Iterator[str]:
    """A disclosure that is cited: whether it counts, what it says, its quote and its places."""
    _ = wording.gettext
    yield "    - " + _("{name} ({note})").format(
        name=cited.backing.disclosure, note=judged(cited, wording)
    )
    yield f"      {cited.disclosure.statement}"
    if cited.disclosure.figures:
        yield f"      {stated_value_texts(cited.disclosure.figures, wording.language)}"
    if cited.disclosure.quote:
        yield f"      {quote_text(cited.disclosure.quote, wording)}"
    for found in cited.places:
        yield f"      {place_text(found, wording)}"
    if cited.disclosure.note:
        yield "      " + _("Note: {note}").format(note=cited.disclosure.note)


def _guidance_lines(indicator: Indicator, wording: Wording) -> Iterator[str]:
    _ = wording.gettext
    if indicator.guidance is not None:
        for label, text in guidance_parts(indicator.guidance, wording):
            yield _("{label}: {text}").format(label=label, text=text)
        if indicator.guidance.rules:
            yield _("Grading rules: {names} (cati show --disclosures {code})").format(
                names=wording.items(indicator.guidance.rules), code=indicator.code
            )
    if indicator.search_terms is not None:
        terms = chain.from_iterable(indicator.search_terms.values())
        yield _("Search terms: {terms}").format(terms=_("; ").join(terms))


def guidance_parts(guidance: Guidance, wording: Wording) -> list[tuple[str, str]]:
    """What counts, what does not, and where to look, each with its heading."""
    _ = wording.gettext
    return [
        (_("Counts"), guidance.counts.get(wording.language)),
        (_("Does not count"), guidance.does_not_count.get(wording.language)),
        (_("Where to look"), guidance.sources.get(wording.language)),
    ]


def _column_cells(column: AssessedColumn, decimals: int, wording: Wording) -> tuple[str, ...]:
    _ = wording.gettext
    adds = column.contribution
    return (
        column.column.name.get(wording.language),
        _("{points} of {most}").format(points=show.points(column.points), most=plain(column.most)),
        _("{rate} %").format(rate=show.rate(column.rate, decimals)),
        show.DASH if column.factor is None else show.factor(Fraction(column.factor)),
        show.DASH if adds is None else show.points(adds),
    )
