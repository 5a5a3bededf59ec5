"""Rankings and explanations as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text as Line

from cati.model.assessment import LEVELS, Level
from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.interval import Interval
from cati.model.language import Language
from cati.model.methodology import Methodology
from cati.model.rounding import plain
from cati.model.source import Source
from cati.model.weighting import track_shares
from cati.report import show
from cati.report.arithmetic import factor_text, how_text, solution_text, sum_text
from cati.report.language import translations
from cati.report.texts import bench
from cati.report.texts.misprints import company_remarks, misprint_text
from cati.report.wording import Wording, form_of
from cati.scoring.assessed import Assessed
from cati.scoring.explain import (
    BlockShare,
    ColumnStep,
    CompanyExplanation,
    GroupExplanation,
)
from cati.scoring.published import Derivation
from cati.scoring.scorecard import Scorecard
from cati.scoring.verify import Verification

WIDTH = 150
"""Columns of an explanation where the output is not a terminal."""

FIRST_COLUMNS = 3
"""Rank, company and total, which are always shown."""

NARROWEST_COLUMN = 10
"""Columns of the terminal that a word of a heading may take before it is folded."""


def ranking_table(
    card: Scorecard,
    entities: Mapping[str, Entity],
    language: Language,
    levels: Mapping[str, Level] | None = None,
) -> Table:
    """The ranking with total and rates, from the highest total to the lowest.

    Parameters
    ----------
    card : Scorecard
    entities : mapping of str to Entity
        By id.
    language : {"en", "zh"}
    levels : mapping of str to str, optional
        The lowest verification level of each company's answers; only on the
        assessed basis.
    """
    wording = Wording(language)
    _ = wording.gettext
    methodology = card.methodology
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(_("Rank"), justify="right", no_wrap=True)
    table.add_column(_("Company"), no_wrap=True)
    table.add_column(_("Total"), justify="right", no_wrap=True)
    if levels:
        table.add_column(_("Settled"), justify="right", no_wrap=True)
        table.add_column(_("Verified"), no_wrap=True)
    groups = card.groups("columns")
    rates = {
        name: {c: show.rate(group.rate(c), methodology.rate_decimals) for c in card.companies}
        for name, group in groups.items()
    }
    for column in methodology.columns:
        name = column.name.get(language)
        word = min(max(map(cell_len, name.split())), NARROWEST_COLUMN)
        least = max(word, *map(cell_len, rates[column.id].values()))
        table.add_column(name, justify="right", overflow="fold", width=least)
    for company in card.order:
        table.add_row(
            show.rank(card.rank(company)),
            Line(entities[company].name.get(language)),
            show.total(card.total(company), methodology.total_decimals),
            *(_assessed_cells(card, company, levels[company], wording) if levels else ()),
            *(of_column[company] for of_column in rates.values()),
        )
    return table


def _assessed_cells(
    card: Scorecard, company: str, level: Level, wording: Wording
) -> tuple[str, str]:
    """How much of a total is settled, and how far what settles it is verified."""
    settled = wording.gettext("{rate} %").format(rate=show.cut_percent(card.coverage(company)))
    return settled, wording.word("level", level)


def fitted(table: Table, console: Console) -> int:
    """Leave out the last columns that would be cut off; gives how many.

    A file or a pipe is made as wide as the table instead.
    """
    needed = Measurement.get(console, console.options.update(width=10_000), table).maximum
    if not console.is_terminal:
        console.width = max(console.width, needed)
        return 0
    left_out = 0
    while needed > console.width and len(table.columns) > FIRST_COLUMNS:
        table.columns.pop()
        left_out += 1
        needed = Measurement.get(console, console.options.update(width=10_000), table).maximum
    return left_out


def left_out_line(columns: int, language: Language) -> str:
    """That columns were left out for want of width, and what to do about it."""
    return (
        translations(language)
        .ngettext(
            "{n} column left out: widen the terminal, or use --format csv",
            "{n} columns left out: widen the terminal, or use --format csv",
            columns,
        )
        .format(n=columns)
    )


def company_text(
    explanation: CompanyExplanation, entity: Entity, source: Source, language: Language
) -> RenderableType:
    """A company's path from printed rates to its total; the last line is the sum."""
    _ = translations(language).gettext
    methodology = explanation.methodology
    remarks = company_remarks(explanation, Wording(language))
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
    lines = [head, _source_line(explanation, source, language), *remarks]
    if explanation.coverage < 1:
        lines += ["", _several_solutions(explanation, language)]
        lines += [f"  {solution_text(total, language)}" for total in explanation.sums]
    sums = dict.fromkeys(sum_text(t, methodology.total_decimals) for t in explanation.sums)
    return Group(Line("\n".join(lines)), table, Line("\n".join(sums)))


def group_text(
    explanation: GroupExplanation, entity: Entity, source: Source, language: Language
) -> str:
    """The path to a company's points in a column or a code."""
    return "\n".join(_group_lines(explanation, entity, source, language))


def console(stderr: bool = False) -> Console:
    """A console of the terminal's width, or wide enough for explanations elsewhere."""
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
    if card.basis == "assessed":
        base = _("Base: {n} of {scope} companies. Basis: assessed.")
    else:
        base = _("Base: {n} of {scope} companies. Basis: published.")
    return base.format(n=len(card.companies), scope=scope), evaluation.notice.get(language)


def shares_lines(
    methodology: Methodology,
    evaluation: Evaluation,
    shares: Mapping[str, Decimal] | None,
    language: Language,
) -> Iterator[str]:
    """That a ranking has other shares than the evaluation, and what counts as before.

    Parameters
    ----------
    methodology : Methodology
    evaluation : Evaluation
    shares : mapping of str to Decimal, optional
        Those that were asked for.
    language : {"en", "zh"}
    """
    own = track_shares(methodology, evaluation.shares)
    asked = own if shares is None else track_shares(methodology, shares)
    if asked == own:
        return
    _ = translations(language).gettext
    yield _("Other shares than those of the evaluation ({own}): {asked}.").format(
        own=" : ".join(map(bench.share, own.values())),
        asked=" : ".join(map(bench.share, asked.values())),
    )
    others = [track.name.get(language) for track in methodology.tracks if not track.weighted]
    if others:
        named = Wording(language).items(others)
        yield _("Points of {tracks} count as before.").format(tracks=named)


def assessed_lines(assessed: Assessed, language: Language) -> Iterator[str]:
    """What a total on the assessed basis rests on, and the evidence that did not count in full."""
    wording = Wording(language)
    _ = wording.gettext
    levels = Counter(assessed.levels.values())
    named = _(", ").join(
        f"{wording.word('level', level)} {levels[level]}" for level in LEVELS if levels[level]
    )
    yield _("Totals and ranks run from the least to the greatest possible; they are not complete.")
    yield _("Lowest verification level of each company: {levels}.").format(levels=named)
    for entry in assessed.uncounted:
        yield _("did not count: {company} {criterion} on {disclosures} ({reasons})").format(
            company=entry.company,
            criterion=entry.criterion,
            disclosures=_(", ").join(entry.disclosures),
            reasons=_("; ").join(wording.words("doubt", entry.reasons)),
        )
    for claimed in assessed.inherited:
        yield _(
            "inherited: {company} {criterion} on {disclosures} ({part} of the points; rule {basis})"
        ).format(
            company=claimed.company,
            criterion=claimed.criterion,
            disclosures=_(", ").join(claimed.disclosures),
            part=plain(claimed.worth),
            basis=wording.word("inheritance_basis", claimed.basis),
        )


def verification_lines(result: Verification, language: Language) -> Iterator[str]:
    """How a recomputed table compares with the printed one, and how far that is a test."""
    translated = translations(language)
    _ = translated.gettext
    yield _("{equal} of {n} totals equal").format(equal=result.equal_totals, n=result.totals)
    yield _("{equal} of {n} rates equal").format(equal=result.equal_rates, n=result.rates)
    alone, solved = len(result.independent), len(result.through_remainder)
    yield translated.ngettext(
        "{n} total independent: the printed columns alone suffice",
        "{n} totals independent: the printed columns alone suffice",
        alone,
    ).format(n=alone)
    yield translated.ngettext(
        "{n} total through the remainder: points that no column shows are solved from the total",
        "{n} totals through the remainder: points that no column shows are solved from the total",
        solved,
    ).format(n=solved)
    wording = Wording(language)
    for misprint in result.misprints:
        yield misprint_text(misprint, f"{misprint.company}, {misprint.column}", wording)
    for entry in result.rounded:
        yield _(
            "{company}: {total} from the printed rates, {printed} in print; "
            "rates are rounded by as much"
        ).format(company=entry.company, total=entry.total, printed=entry.printed)


def derivation_lines(derivation: Derivation, language: Language) -> Iterator[str]:
    """What was worked out from a printed table, in a few lines."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    rows = len(derivation.rows)
    companies = len({row.company for row in derivation.rows})
    ways = Counter(row.how for row in derivation.rows)
    yield ngettext(
        "{n} point worked out for {companies}:", "{n} points worked out for {companies}:", rows
    ).format(
        n=rows, companies=ngettext("{n} company", "{n} companies", companies).format(n=companies)
    )
    yield "  " + _("{n} from their printed rate").format(n=ways["rate"])
    yield "  " + _("{n} because the printed columns alone give the total").format(
        n=ways["nothing_left"]
    )
    yield "  " + _("{n} from what the total leaves").format(n=ways["remainder"])
    if ways["open"]:
        yield "  " + _("{n} that nothing tells, since the printed total is a misprint").format(
            n=ways["open"]
        )
    several = sorted({row.company for row in derivation.rows if row.alternative > 1})
    for company in several:
        solutions = [
            f"{row.column} {plain(row.points)} ({row.alternative})"
            for row in derivation.rows
            if row.company == company and row.how in ("remainder", "open")
        ]
        yield _("several solutions for {company}: {solutions}").format(
            company=company, solutions=_(", ").join(solutions)
        )


def _column_cells(step: ColumnStep, grid: Fraction, language: Language) -> tuple[str, ...]:
    _ = translations(language).gettext
    how = how_text(step, grid, language)
    if step.factor is None:
        how += _("; ") + _("overlaps other columns and is not added")
    return (
        step.column.name.get(language),
        show.DASH if step.printed_rate is None else _("{rate} %").format(rate=step.printed_rate),
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
        locator=Wording(language).plain_place(explanation.where.locator),
        row=explanation.printed.rank,
        line=explanation.printed.line,
    )


def _several_solutions(explanation: CompanyExplanation, language: Language) -> str:
    translated = translations(language)
    if explanation.is_open:
        return translated.ngettext(
            "The printed table leaves {open} % of the points open: {n} way to fill them.",
            "The printed table leaves {open} % of the points open: {n} ways to fill them.",
            len(explanation.sums),
        ).format(open=plain(100 * (1 - explanation.coverage)), n=len(explanation.sums))
    return translated.ngettext(
        "The printed table leaves {open} % of the points open: {n} solution gives this total.",
        "The printed table leaves {open} % of the points open: {n} solutions give this total.",
        len(explanation.sums),
    ).format(open=plain(100 * (1 - explanation.coverage)), n=len(explanation.sums))


def _group_lines(
    explanation: GroupExplanation, entity: Entity, source: Source, language: Language
) -> Iterator[str]:
    translated = translations(language)
    _ = translated.gettext
    methodology = explanation.company.methodology
    yield translated.ngettext(
        "{code} {name}, {company}: {points} of {most} point, {rate} %",
        "{code} {name}, {company}: {points} of {most} points, {rate} %",
        form_of(plain(explanation.most)),
    ).format(
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
    _ = translations(language).gettext
    name, printed, points, *__, how = _column_cells(step, grid, language)
    return "  " + _("{column}: {printed} -> {points} ({how}; points.csv:{line})").format(
        column=name, printed=printed, points=points, how=how, line=step.line
    )


def _share_lines(share: BlockShare, code: str, language: Language) -> Iterator[str]:
    translated = translations(language)
    _ = translated.gettext
    if len(share.columns) > 1:
        first, *others = (step.column.name.get(language) for step in share.columns)
        block = _("{column} without {others}").format(
            column=first, others=Wording(language).items(others)
        )
        points = show.points(share.block_points)
        yield "  " + translated.ngettext(
            "{block}: {points} point", "{block}: {points} points", form_of(points)
        ).format(block=block, points=points)
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
        terms.append(f"{show.factor(share.factor)} x {factor_text(share.points)}")
        low += share.factor * share.points.low
        high += share.factor * share.points.high
    return _("adds to the total: {sum} = {result}").format(
        sum=" + ".join(terms), result=show.points(Interval(low, high))
    )
