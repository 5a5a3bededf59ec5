"""How certain ranks are, for a terminal and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import sqrt

from rich.table import Table
from rich.text import Text as Line

from cati.analysis.uncertainty import Order, Simulation
from cati.analysis.weights import BlockWeights, EqualWeights, ShareWeights
from cati.model.entity import Entity
from cati.model.interval import Interval
from cati.model.language import Language
from cati.model.rounding import half_up, plain
from cati.report import show
from cati.report.data.files import Record, rank_cell
from cati.report.language import translations
from cati.report.texts.bench import (
    CHANCE_DECIMALS,
    block_note,
    company_name,
    empty_table,
    interval_cells,
    percent,
)
from cati.scoring.scorecard import Scorecard

EXAMPLE = Fraction(1, 10)
"""A block's weight in the sentence that says what a concentration means."""


def uncertainty_table(
    card: Scorecard,
    simulation: Simulation,
    top: int,
    entities: Mapping[str, Entity],
    language: Language,
) -> Table:
    """Every company's rank, exactly and over the draws, in the order of the ranking."""
    _ = translations(language).gettext
    table = empty_table(
        _("Rank"),
        _("Company"),
        _("Total"),
        _("Median rank"),
        _("Middle 90 %"),
        _("First {n}, % of draws").format(n=top),
    )
    for company in card.order:
        table.add_row(
            show.rank(card.rank(company)),
            Line(company_name(entities, company, language)),
            show.total(card.total(company), card.methodology.total_decimals),
            show.rank(simulation.median(company)),
            show.rank(simulation.interval(company)),
            percent(simulation.top(company, top)),
        )
    return table


def uncertainty_records(
    card: Scorecard, simulation: Simulation, top: int, entities: Mapping[str, Entity]
) -> list[Record]:
    """The same as data: ranks, chances from 0 to 1."""
    return [
        {
            "company": company,
            "name": entities[company].name.en,
            "rank": rank_cell(card.rank(company)),
            "median_rank": rank_cell(simulation.median(company)),
            "rank_from": str(simulation.interval(company).best),
            "rank_to": str(simulation.interval(company).worst),
            "top": str(top),
            **interval_cells("top_chance", simulation.top(company, top), CHANCE_DECIMALS),
        }
        for company in card.order
    ]


def order_record(order: Order) -> Record:
    """Two companies' order over the draws as data."""
    record = {"first": order.first, "second": order.second}
    for name, part in (("ahead", order.ahead), ("tied", order.tied), ("behind", order.behind)):
        record |= interval_cells(name, part, CHANCE_DECIMALS)
    return record


def order_line(order: Order, entities: Mapping[str, Entity], language: Language) -> str:
    """Two companies' order over the draws in a sentence."""
    _ = translations(language).gettext
    return _(
        "{first} is ahead of {second} in {ahead} % of the draws, behind in {behind} %, tied in "
        "{tied} %."
    ).format(
        first=company_name(entities, order.first, language),
        second=company_name(entities, order.second, language),
        ahead=percent(order.ahead),
        behind=percent(order.behind),
        tied=percent(order.tied),
    )


def uncertainty_notes(card: Scorecard, simulation: Simulation, language: Language) -> Iterator[str]:
    """What the figures assume."""
    _ = translations(language).gettext
    yield _(
        "Rank and total are exact, over all open points. Where points are open, the other figures "
        "are ranges too: from the least to the greatest."
    )
    yield _weights_note(card, simulation, language)
    if simulation.noise:
        yield _(
            "Noise: with a chance of {chance} % each, the points of a block are {step} off, up or "
            "down alike, within 0 and what the block can hold."
        ).format(chance=plain(100 * Fraction(simulation.noise)), step=plain(card.methodology.grid))
    else:
        yield _("Noise: none.")
    yield block_note(card, language)
    draws = translations(language).ngettext(
        "{draws} draw, seed {seed}: a chance of the draws is known to about ±{error} "
        "percentage points.",
        "{draws} draws, seed {seed}: a chance of the draws is known to about ±{error} "
        "percentage points.",
        simulation.draws,
    )
    yield draws.format(
        draws=f"{simulation.draws:,}",
        seed=simulation.seed,
        error=half_up(100 * simulation.sampling_error(), 1),
    )


def _weights_note(card: Scorecard, simulation: Simulation, language: Language) -> str:
    _ = translations(language).gettext
    weights = simulation.weights
    if isinstance(weights, EqualWeights):
        return _("Weights: every block counts the same, whatever its points.")
    if isinstance(weights, BlockWeights):
        centre = _("their own weights") if weights.centre == "nominal" else _("equal weights")
        spread = 2 * Fraction(sqrt(EXAMPLE * (1 - EXAMPLE) / (weights.concentration + 1)))
        ends = Interval(max(Fraction(0), EXAMPLE - spread), EXAMPLE + spread)
        return _(
            "Weights: those of all blocks drawn around {centre} (Dirichlet distribution, "
            "concentration {n}): one of 10 % mostly lies between {low} and {high} %."
        ).format(
            centre=centre,
            n=weights.concentration,
            low=half_up(100 * ends.low, 0),
            high=half_up(100 * ends.high, 0),
        )
    if isinstance(weights, ShareWeights):
        names = [track.name.get(language) for track in card.methodology.weighted_tracks]
        if weights.between is None:
            return _(
                "Weights: every division of 100 % among the weighted tracks ({tracks}) is as "
                "likely as any other, in steps of 0.01 %; points inside a track count as before."
            ).format(tracks=" : ".join(names))
        low, high = weights.between
        return _(
            "Weights: the share of {track} is drawn evenly between {low} and {high} %, the rest "
            "goes to {other}; points inside a track count as before."
        ).format(track=names[0], low=plain(low), high=plain(high), other=names[1])
    return _("Weights: those of the evaluation.")
