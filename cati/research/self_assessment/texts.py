"""The result of a self-assessment as text for a terminal and as records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text as Line

from cati.model.entity import Entity
from cati.model.interval import Interval
from cati.model.language import Language
from cati.model.methodology import Criterion, Methodology
from cati.model.rounding import half_up, plain
from cati.report import show
from cati.report.data.files import Record
from cati.report.glossary import word
from cati.report.language import translations
from cati.research.season.progress_texts import settled
from cati.research.self_assessment.gaps import Gap, State
from cati.research.self_assessment.peers import TOTAL, Comparison, Field
from cati.research.self_assessment.result import SelfAssessment
from cati.research.workbook.cells import criteria


def result_lines(
    result: SelfAssessment, entities: Mapping[str, Entity], language: Language
) -> Iterator[str]:
    """The totals, and what they rest on."""
    _ = translations(language).gettext
    decimals = result.methodology.total_decimals
    yield _("{company}, {evaluation}: private self-assessment, cut-off date {cutoff}").format(
        company=entities[result.company].name.get(language),
        evaluation=result.evaluation.id,
        cutoff=result.evaluation.cutoff,
    )
    yield _("Public total: {total} of {most} points; settled: {settled} %").format(
        total=show.total(result.total, decimals),
        most=plain(result.methodology.maximum),
        settled=settled(result.coverage),
    )
    yield _(
        "If all that is done were published: {total}; criteria done, not published: {n}"
    ).format(total=show.total(result.total_if_published, decimals), n=result.unpublished)
    yield _("Criteria answered: {answered} of {criteria}, all routes counted; open: {open}").format(
        answered=result.counts.answered,
        criteria=result.counts.criteria,
        open=result.counts.criteria - result.counts.answered,
    )
    for entry in result.public.uncounted:
        yield _("Counts as unknown, since its evidence does not count: {criterion}").format(
            criterion=entry.criterion
        )
    if result.without_criteria:
        yield _("Indicators without criteria, which nobody can answer: {codes}").format(
            codes=", ".join(result.without_criteria)
        )


def peer_table(
    result: SelfAssessment,
    entities: Mapping[str, Entity],
    language: Language,
    joint_ventures: bool,
) -> Table | None:
    """The company beside its peers, column by column; None without peers.

    Parameters
    ----------
    result : SelfAssessment
    entities : mapping of str to Entity
        By id.
    language : {"en", "zh"}
    joint_ventures : bool
        Whether joint ventures are among the peers.
    """
    if result.peers is None:
        return None
    _ = translations(language).gettext
    columns = result.peers.columns
    first = _field(columns[0], joint_ventures)
    among = (
        _("Beside {n} peers of {evaluation}; rank of {all}")
        if joint_ventures
        else _("Beside {n} peers of {evaluation} without joint ventures; rank of {all}")
    )
    title = among.format(n=first.peers, evaluation=result.peers.evaluation.id, all=first.peers + 1)
    table = Table(
        title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0)
    )
    table.add_column(_("Column"))
    is_peer = any(entry.printed is not None for entry in columns)
    heads = [_("You"), _("If published"), *([_("Printed")] if is_peer else [])]
    for head in (*heads, _("Least"), _("Median"), _("Greatest")):
        table.add_column(head, justify="right")
    table.add_column(_("Best peer"), overflow="fold")
    for head in (_("Rank"), _("If published")):
        table.add_column(head, justify="right")
    for entry in columns:
        field = _field(entry, joint_ventures)
        own = [entry.own, entry.own_if_published]
        if is_peer and entry.printed is not None:
            own.append(entry.printed)
        figures = [*own, field.least, field.median, field.greatest]
        table.add_row(
            entry.name.get(language) if entry.name else _("Total"),
            *(_shown(entry, figure, result.methodology) for figure in figures),
            Line(_leaders(field.leaders, entities, language)),
            show.rank(field.rank),
            show.rank(field.rank_if_published),
        )
    return table


def gap_table(result: SelfAssessment, language: Language) -> Table:
    """What is missing, the greatest gain first."""
    _ = translations(language).gettext
    table = Table(
        title=_("What would earn more"),
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    table.add_column(_("Criterion"), min_width=14, overflow="fold")
    table.add_column(_("Statement"), min_width=18, overflow="fold")
    table.add_column(_("State"), min_width=9, overflow="fold")
    for head in (_("Points"), _("Factor"), _("Adds"), _("Gain"), _("Alone")):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column(_("First needs"), min_width=11, overflow="fold")
    by_name = _criteria(result.methodology)
    for gap in result.gaps:
        table.add_row(
            gap.criterion,
            Line(by_name[gap.criterion].statement.get(language)),
            state_name(gap.state, language),
            plain(gap.points),
            show.factor(gap.factor),
            plain(gap.points * gap.factor),
            plain(gap.gain),
            plain(gap.alone),
            ", ".join(gap.first),
        )
    return table


def result_notes(result: SelfAssessment, language: Language) -> Iterator[str]:
    """What the tables mean, and what they do not say."""
    _ = translations(language).gettext
    yield _(
        "Gain: what the least total gains if the criterion, and all that it requires, is met and "
        "public. Alone: if only it is. Gains overlap where criteria require the same."
    )
    if result.peers is not None:
        yield _(
            "The peers' figures are as printed, with the cut-off date {cutoff}; yours follow from "
            "your answers to our criteria. Your rank is where you would stand if both were graded "
            "alike. The table knows columns and no criteria: a peer that leads in a column need "
            "not meet a criterion in it."
        ).format(cutoff=result.peers.evaluation.cutoff)
        yield result.peers.evaluation.notice.get(language)
    yield result.evaluation.notice.get(language)


def state_name(state: State, language: Language) -> str:
    """What is in the way of a criterion."""
    return word("gap" if state == "uncounted" else "answer", state, language)


def gap_records(result: SelfAssessment, language: Language, *, exact: bool = True) -> list[Record]:
    """The gaps as text, in their order.

    Parameters
    ----------
    result : SelfAssessment
    language : {"en", "zh"}
    exact : bool
        Whether numbers are exact, as decimals or fractions. Else rates have the
        methodology's decimals, and so has what would be a fraction, halves up.

    Returns
    -------
    list of dict
        ``criterion``, ``indicator`` and ``statement``; ``state``; ``points``,
        ``factor`` and their product ``contribution``; ``gain`` and ``alone`` in
        points of the total; ``first``: what has to be met first; ``column``,
        and of its printed rates in per cent the peers' ``peers_median``,
        ``peers_greatest`` and ``best_peers``.
    """
    by_name = _criteria(result.methodology)
    compared = {entry.id: entry for entry in result.peers.columns} if result.peers else {}

    decimals = result.methodology.total_decimals
    number = plain if exact else partial(_decimal, decimals=decimals)
    rate = _exact_rate if exact else partial(_rate, decimals=result.methodology.rate_decimals)

    def record(gap: Gap) -> Record:
        column = result.column(gap.code)
        entry = compared.get(column.id) if column else None
        return {
            "criterion": gap.criterion,
            "indicator": result.methodology.levels[gap.code].get(language),
            "statement": by_name[gap.criterion].statement.get(language),
            "state": gap.state,
            "points": number(gap.points),
            "factor": number(gap.factor),
            "contribution": number(gap.points * gap.factor),
            "gain": number(gap.gain),
            "alone": number(gap.alone),
            "first": "; ".join(gap.first),
            "column": column.id if column else "",
            "peers_median": rate(entry.all_peers.median) if entry else "",
            "peers_greatest": rate(entry.all_peers.greatest) if entry else "",
            "best_peers": "; ".join(entry.all_peers.leaders) if entry else "",
        }

    return [record(gap) for gap in result.gaps]


def result_json(result: SelfAssessment, records: Sequence[Record]) -> str:
    """Everything, exactly, as JSON; numbers are text, rates are from 0 to 1.

    Parameters
    ----------
    result : SelfAssessment
    records : sequence of dict
        Its `gap_records`.
    """
    content = {
        "evaluation": result.evaluation.id,
        "company": result.company,
        "cutoff": result.evaluation.cutoff.isoformat(),
        "notice": result.evaluation.notice.model_dump(),
        "total": _ends(result.total),
        "total_if_published": _ends(result.total_if_published),
        "coverage": plain(result.coverage),
        "criteria": result.counts.criteria,
        "answered": result.counts.answered,
        "unpublished": result.unpublished,
        "peers": None
        if result.peers is None
        else {
            "evaluation": result.peers.evaluation.id,
            "cutoff": result.peers.evaluation.cutoff.isoformat(),
            "notice": result.peers.evaluation.notice.model_dump(),
            "columns": [_compared(entry) for entry in result.peers.columns],
        },
        "gaps": list(records),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _compared(entry: Comparison) -> dict[str, object]:
    return {
        "id": entry.id,
        "of": plain(entry.most),
        "own": _ends(entry.own),
        "own_if_published": _ends(entry.own_if_published),
        "printed": None if entry.printed is None else _ends(entry.printed),
        "all_peers": _field_record(entry.all_peers),
        "without_joint_ventures": _field_record(entry.without_joint_ventures),
    }


def _field_record(field: Field) -> dict[str, object]:
    return {
        "peers": field.peers,
        "least": _ends(field.least),
        "median": _ends(field.median),
        "greatest": _ends(field.greatest),
        "best_peers": list(field.leaders),
        "rank": {"best": field.rank.best, "worst": field.rank.worst},
        "rank_if_published": {
            "best": field.rank_if_published.best,
            "worst": field.rank_if_published.worst,
        },
    }


def _ends(interval: Interval) -> dict[str, str]:
    return {"low": plain(interval.low), "high": plain(interval.high)}


def _exact_rate(interval: Interval) -> str:
    low, high = plain(100 * interval.low), plain(100 * interval.high)
    return low if low == high else f"{low}..{high}"


def _decimal(value: Fraction, decimals: int) -> str:
    """A number as decimals: exactly, or rounded where that would be a fraction."""
    text = plain(value)
    return str(half_up(value, decimals)) if "/" in text else text


def _rate(interval: Interval, decimals: int) -> str:
    low, high = (str(half_up(100 * end, decimals)) for end in (interval.low, interval.high))
    return low if low == high else f"{low}..{high}"


def _field(entry: Comparison, joint_ventures: bool) -> Field:
    return entry.all_peers if joint_ventures else entry.without_joint_ventures


def _shown(entry: Comparison, figure: Interval, methodology: Methodology) -> str:
    """A rate in per cent, or a total in points."""
    if entry.id == TOTAL:
        return show.total(figure.scaled(entry.most), methodology.total_decimals)
    return show.rate(figure, methodology.rate_decimals)


def _leaders(leaders: Sequence[str], entities: Mapping[str, Entity], language: Language) -> str:
    """The first of them, and how many others there are."""
    if not leaders:
        return show.DASH
    others = f" +{len(leaders) - 1}" if len(leaders) > 1 else ""
    return f"{entities[leaders[0]].name.get(language)}{others}"


def _criteria(methodology: Methodology) -> dict[str, Criterion]:
    return {name: criterion for name, *_, criterion in criteria(methodology)}
