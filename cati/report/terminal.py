"""Rankings and explanations as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.rounding import plain
from cati.model.source import Source
from cati.report import show
from cati.report.arithmetic import how_text, sum_text
from cati.report.language import Language, translations
from cati.scoring.explain import (
    BlockShare,
    ColumnStep,
    CompanyExplanation,
    GroupExplanation,
)
from cati.scoring.published import Derivation
from cati.scoring.scorecard import Interval, Scorecard

WIDTH = 170
"""Columns to use where the output is not a terminal."""

RATES_WIDTH = 120
"""Terminal columns from which the rates fit beside the totals."""


def ranking_table(
    card: Scorecard, entities: Mapping[str, Entity], language: Language, width: int
) -> Table:
    """The ranking with total and rates, from the highest total to the lowest.

    Parameters
    ----------
    card : Scorecard
    entities : mapping of str to Entity
    language : {"en", "zh"}
    width : int
        Columns of the terminal; in a narrow one the rates are left out.
    """
    _ = translations(language).gettext
    methodology = card.methodology
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(_("Rank"), justify="right", no_wrap=True)
    table.add_column(_("Company"), no_wrap=True)
    table.add_column(_("Total"), justify="right", no_wrap=True)
    groups = card.groups("columns") if width >= RATES_WIDTH else {}
    for column_id in groups:
        name = methodology.column(column_id).name.get(language)
        longest = max(cell_len(word) for word in name.split())
        table.add_column(name, justify="right", overflow="fold", min_width=min(longest, 10))
    for company in card.order:
        rates = (
            show.rate(group.rate(company), methodology.rate_decimals) for group in groups.values()
        )
        table.add_row(
            show.rank(card.rank(company)),
            Line(entities[company].name.get(language)),
            show.total(card.total(company), methodology.total_decimals),
            *rates,
        )
    return table


def company_text(
    explanation: CompanyExplanation, entity: Entity, source: Source, language: Language
) -> RenderableType:
    """A company's path from printed rates to its total; the last line is the sum."""
    _ = translations(language).gettext
    methodology = explanation.methodology
    head = _("{name} in {evaluation}: rank {rank} of {of}, total {total}").format(
        name=entity.name.get(language),
        evaluation=explanation.evaluation.id,
        rank=show.rank(explanation.rank),
        of=explanation.of,
        total=show.total(explanation.total, methodology.total_decimals),
    )
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(_("Column"))
    for title in (_("Printed"), _("Points"), _("Factor"), _("Adds")):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column(_("How the points are known"))
    for step in explanation.columns:
        table.add_row(*_column_cells(step, Fraction(methodology.grid), language))
    lines = [head, _source_line(explanation, source, language)]
    if explanation.coverage < 1:
        lines += ["", _several_solutions(explanation, language)]
    sums = [sum_text(total, methodology.total_decimals) for total in explanation.sums]
    return Group(Line("\n".join(lines)), table, Line("\n".join(sums)))


def group_text(
    explanation: GroupExplanation, entity: Entity, source: Source, language: Language
) -> str:
    """The path to a company's points in a column or a code."""
    return "\n".join(_group_lines(explanation, entity, source, language))


def console(stderr: bool = False) -> Console:
    """A console of the terminal's width, or wide enough for the tables elsewhere."""
    console = Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = WIDTH
    return console


def footnotes(
    card: Scorecard, evaluation: Evaluation, scope: int, language: Language
) -> tuple[str, str]:
    """What every ranking says: the base of its count, and that it is unofficial.

    Parameters
    ----------
    card : Scorecard
    evaluation : Evaluation
    scope : int
        Companies in the evaluation, ranked here or not.
    language : {"en", "zh"}
    """
    _ = translations(language).gettext
    base = _("Base: {n} of {scope} companies. Basis: {basis}.").format(
        n=len(card.companies), scope=scope, basis=card.basis
    )
    return base, evaluation.notice.get(language)


def derivation_lines(derivation: Derivation) -> Iterator[str]:
    """What was worked out from a printed table, in a few lines."""
    companies = {row.company for row in derivation.rows}
    ways = Counter(row.how for row in derivation.rows)
    yield f"{len(derivation.rows)} points worked out for {len(companies)} companies:"
    yield f"  {ways['rate']} from their printed rate"
    yield f"  {ways['nothing_left']} because the printed columns alone give the total"
    yield f"  {ways['remainder']} from what the total leaves"
    several = sorted({row.company for row in derivation.rows if row.alternative > 1})
    for company in several:
        solutions = [
            f"{row.column} {plain(row.points)} ({row.alternative})"
            for row in derivation.rows
            if row.company == company and row.how == "remainder"
        ]
        yield f"several solutions for {company}: {', '.join(solutions)}"


def _column_cells(step: ColumnStep, grid: Fraction, language: Language) -> tuple[str, ...]:
    _ = translations(language).gettext
    how = how_text(step, grid, language)
    if step.factor is None:
        how += "; " + _("overlaps other columns and is not added")
    return (
        step.column.name.get(language),
        show.DASH if step.printed_rate is None else f"{step.printed_rate} %",
        _("{points} of {most}").format(points=show.points(step.points), most=plain(step.most)),
        show.DASH if step.factor is None else show.factor(step.factor),
        show.DASH if step.contribution is None else show.points(step.contribution),
        how,
    )


def _source_line(explanation: CompanyExplanation, source: Source, language: Language) -> str:
    _ = translations(language).gettext
    return _("Source: {title} ({reference}), {locator}, row {row} (published.csv:{line})").format(
        title=source.title,
        reference=explanation.where.source,
        locator=explanation.where.locator,
        row=explanation.printed.rank,
        line=explanation.printed.line,
    )


def _several_solutions(explanation: CompanyExplanation, language: Language) -> str:
    translated = translations(language)
    return translated.ngettext(
        "The printed table leaves {open} % of the points open: {n} solution gives this total.",
        "The printed table leaves {open} % of the points open: {n} solutions give this total.",
        len(explanation.sums),
    ).format(open=plain(100 * (1 - explanation.coverage)), n=len(explanation.sums))


def _group_lines(
    explanation: GroupExplanation, entity: Entity, source: Source, language: Language
) -> Iterator[str]:
    _ = translations(language).gettext
    methodology = explanation.company.methodology
    yield _("{code} {name}, {company}: {points} of {most} points, {rate} %").format(
        code=explanation.code,
        name=explanation.name.get(language),
        company=entity.name.get(language),
        points=show.points(explanation.points),
        most=plain(explanation.most),
        rate=show.rate(explanation.rate, methodology.rate_decimals),
    )
    yield _source_line(explanation.company, source, language)
    yield ""
    told: set[str] = set()
    if explanation.direct is not None:
        told.add(explanation.direct.column.id)
        yield _step_line(explanation.direct, Fraction(methodology.grid), language)
        if explanation.direct.column.make_up == "unproven":
            yield _("Which indicators it takes together is not proven; it says nothing about them.")
    for share in explanation.shares:
        for step in share.columns:
            if step.column.id not in told:
                told.add(step.column.id)
                yield _step_line(step, Fraction(methodology.grid), language)
        yield from _share_lines(share, explanation.code, language)
    if explanation.shares:
        yield ""
        yield _contribution_line(explanation, language)


def _step_line(step: ColumnStep, grid: Fraction, language: Language) -> str:
    cells = _column_cells(step, grid, language)
    return f"  {cells[0]}: {cells[1]} -> {cells[2]} ({cells[5]}; points.csv:{step.line})"


def _share_lines(share: BlockShare, code: str, language: Language) -> Iterator[str]:
    _ = translations(language).gettext
    if len(share.columns) > 1:
        yield "  " + _("{block}: {points} points, the first without the others").format(
            block=share.block, points=show.points(share.block_points)
        )
    if share.outside:
        yield "  " + _(
            "{code} holds at most {inside} of these points and the rest of the block {outside}: "
            "between max(0, {low} - {outside}) and min({inside}, {high}), so {points}"
        ).format(
            code=code,
            inside=plain(share.inside),
            outside=plain(share.outside),
            low=plain(share.block_points.low),
            high=plain(share.block_points.high),
            points=show.points(share.points),
        )


def _contribution_line(explanation: GroupExplanation, language: Language) -> str:
    _ = translations(language).gettext
    terms, low, high = [], Fraction(0), Fraction(0)
    for share in explanation.shares:
        terms.append(f"{show.factor(share.factor)} x {show.points(share.points)}")
        low += share.factor * share.points.low
        high += share.factor * share.points.high
    return _("adds to the total: {sum} = {result}").format(
        sum=" + ".join(terms), result=show.points(Interval(low, high))
    )
