"""Commands that ask what a ranking rests on: uncertainty, sensitivity, what-if."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cati.cli.base import BASIS, FORMAT, LANGUAGE, SHARES, WITHOUT, company_named, opened
from cati.problems import UsageError, shown

if TYPE_CHECKING:
    from rich.table import Table

    from cati.analysis.weights import Weights
    from cati.analysis.what_if import Change
    from cati.model.language import Language
    from cati.report.data.fields import Json
    from cati.report.data.files import Record
    from cati.scoring.scorecard import Basis, Level, Scorecard
    from cati.workspace import Workspace

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")


@click.command()
@click.argument("evaluation")
@click.option(
    "--weights",
    "kind",
    type=click.Choice(["own", "shares", "blocks", "equal"]),
    default="shares",
    show_default=True,
    help="The evaluation's own; shares of the weighted tracks drawn; weights of all blocks drawn "
    "around their own; or equal ones.",
)
@click.option(
    "--between",
    nargs=2,
    metavar="LOW HIGH",
    help="Bounds of the first weighted track's share in per cent, with --weights shares.",
)
@click.option(
    "--noise",
    metavar="CHANCE",
    default="0",
    help="Chance, from 0 to 1, that a block's points are a grid step off.",
)
@click.option("--draws", type=int, default=10_000, show_default=True, help="How many draws.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same draws.")
@click.option(
    "--top", type=click.IntRange(1), default=10, show_default=True, help="Chance of the first N."
)
@click.option("--ahead", nargs=2, metavar="A B", help="How often company A is ahead of company B.")
@BASIS
@WITHOUT
@FORMAT
@LANGUAGE
@click.pass_obj
def uncertainty(
    folder: Path,
    evaluation: str,
    kind: str,
    between: tuple[str, str] | None,
    noise: str,
    draws: int,
    seed: int,
    top: int,
    ahead: tuple[str, str] | None,
    basis: Basis | None,
    without: tuple[str, ...],
    form: str,
    lang: Language,
) -> None:
    """Show how certain the ranks of an EVALUATION are.

    Ranges over open points are exact. Weights and grading noise are drawn at random.
    """
    from rich.progress import Progress

    from cati.analysis.uncertainty import simulate
    from cati.report.texts.bench_uncertainty import (
        order_line,
        order_record,
        uncertainty_notes,
        uncertainty_records,
        uncertainty_table,
    )
    from cati.report.texts.terminal import console

    workspace = opened(folder)
    card = _card(workspace, evaluation, basis, without)
    entities = workspace.store.entities
    chosen, chance = _weights(kind, between), _number("noise", noise)
    messages = console(stderr=True)
    silent = not chance or not messages.is_terminal
    with Progress(console=messages, transient=True, disable=silent) as bar:
        task = bar.add_task("noise")
        drawn = simulate(
            card,
            chosen,
            chance,
            draws,
            seed,
            lambda done, of: bar.update(task, completed=done, total=of),
        )
    order = None
    if ahead is not None:
        first, second = (_in_scope(workspace, card, name, lang) for name in ahead)
        order = drawn.order(first, second)
    notes = list(uncertainty_notes(card, drawn, lang))
    records = uncertainty_records(card, drawn, top, entities)
    content: Json = {"ranks": records}
    shown: list[Table | str] = [uncertainty_table(card, drawn, top, entities, lang)]
    if order is not None:
        content["order"] = order_record(order)
        shown.append(order_line(order, entities, lang))
        if form == "csv":
            notes.insert(0, order_line(order, entities, lang))
    _print(workspace, card, form, lang, shown, records, content, notes)


@click.command()
@click.argument("evaluation")
@click.option(
    "--level",
    type=click.Choice(
        ["columns", "blocks", "tracks", "dimensions", "sub_dimensions", "indicators"]
    ),
    default="columns",
    show_default=True,
    help="Which parts of the methodology to look at; indicators on the assessed basis only.",
)
@click.option(
    "--keep",
    type=click.Choice(["factors", "shares"]),
    default="factors",
    show_default=True,
    help="What stays when a part is left out: the factor of every other point, or the weight of "
    "its track.",
)
@SHARES
@BASIS
@WITHOUT
@FORMAT
@LANGUAGE
@click.pass_obj
def sensitivity(
    folder: Path,
    evaluation: str,
    level: Level,
    keep: str,
    shares: str | None,
    basis: Basis | None,
    without: tuple[str, ...],
    form: str,
    lang: Language,
) -> None:
    """Show what the ranking of an EVALUATION hangs on.

    Each part is left out in turn; its weight is set beside the part of all
    differences between totals that it makes, and how it goes with the total.
    """
    from cati.analysis import sensitivity as analysis
    from cati.report.texts import bench_sensitivity as bench

    workspace = opened(folder)
    card = _card(workspace, evaluation, basis, without, shares)
    entities = workspace.store.entities
    found = analysis.sensitivity(card, level, "shares" if keep == "shares" else "factors")
    records = bench.sensitivity_records(card, found, entities)
    content: Json = {
        "parts": records,
        "correlations": bench.correlation_content(found),
    }
    shown: list[Table | str] = [
        bench.sensitivity_table(card, found, entities, lang),
        bench.correlation_table(card, found, lang),
    ]
    notes = list(bench.sensitivity_notes(card, found, lang))
    _print(workspace, card, form, lang, shown, records, content, notes)


@click.command("what-if")
@click.argument("evaluation")
@SHARES
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="COMPANY.COLUMN=POINTS",
    help="Other points for a company; may be given several times. On the assessed basis, the code "
    "of an indicator stands for COLUMN.",
)
@click.option("--paths", is_flag=True, help="Ranks at every share, and where they change.")
@click.option(
    "--corporate",
    is_flag=True,
    help="Totals in the other index of indicators/crosswalk.yaml, as far as they are settled; "
    "--shares are then its own.",
)
@BASIS
@WITHOUT
@FORMAT
@LANGUAGE
@click.pass_obj
def what_if(
    folder: Path,
    evaluation: str,
    shares: str | None,
    changes: tuple[str, ...],
    paths: bool,
    corporate: bool,
    basis: Basis | None,
    without: tuple[str, ...],
    form: str,
    lang: Language,
) -> None:
    """Rank an EVALUATION with other shares, other points or in another index.

    Without options: what its weighting does, beside the plain sum of points.
    """
    from cati.analysis.what_if import with_points

    if paths and (corporate or shares is not None):
        raise UsageError("--paths runs over all shares; leave out --shares and --corporate")
    workspace = opened(folder)
    card = _card(workspace, evaluation, basis, without)
    changed = card
    if changes:
        changed = with_points(card, _changes(workspace, changes, lang))
    if paths:
        _what_if_paths(workspace, changed, form, lang)
    elif corporate:
        _what_if_corporate(workspace, changed, shares, form, lang)
    else:
        _what_if_moves(workspace, card, changed, shares, form, lang)


def _what_if_moves(
    workspace: Workspace,
    card: Scorecard,
    changed: Scorecard,
    shares: str | None,
    form: str,
    lang: Language,
) -> None:
    from cati.analysis.ranking import moves
    from cati.analysis.what_if import at_shares, plain_sum
    from cati.report.texts import bench_what_if as bench

    parsed = workspace.parse_shares(card.evaluation, shares)
    if parsed is not None:
        changed = at_shares(changed, {track: Fraction(part) for track, part in parsed.items()})
    before = plain_sum(card) if changed is card else card
    names = bench.titles(before, changed, lang)
    found = moves(before, changed)
    records = bench.moves_records(card, found, workspace.store.entities)
    table = bench.moves_table(card, found, names, workspace.store.entities, lang)
    content: Json = {"moves": records}
    notes = [bench.moves_note(found, lang)]
    _print(workspace, card, form, lang, [table], records, content, notes)


def _what_if_paths(workspace: Workspace, card: Scorecard, form: str, lang: Language) -> None:
    from cati.analysis.paths import own_share, rank_paths, swaps
    from cati.report.texts import bench_what_if as bench

    entities = workspace.store.entities
    found, changes, own = rank_paths(card), swaps(card), own_share(card)
    records = bench.path_records(found, card.order)
    content: Json = {
        "paths": records,
        "swaps": bench.swap_records(changes),
    }
    shown: list[Table | str] = [
        bench.paths_table(card, found, own, entities, lang),
        *bench.swap_lines(changes, own, entities, lang),
    ]
    notes = [bench.paths_note(card, own, lang)]
    _print(workspace, card, form, lang, shown, records, content, notes)


def _what_if_corporate(
    workspace: Workspace, card: Scorecard, shares: str | None, form: str, lang: Language
) -> None:
    from cati.analysis.carry_over import carry_over
    from cati.report.texts import bench_what_if as bench

    crosswalk = workspace.store.crosswalk
    if crosswalk is None:
        raise UsageError("there is no indicators/crosswalk.yaml to go through")
    other = crosswalk.left if card.methodology.id == crosswalk.right else crosswalk.right
    parsed = workspace.parse_shares(card.evaluation, shares)
    carried = carry_over(card, crosswalk, workspace.methodology(other), parsed)
    records = bench.carried_records(carried, workspace.store.entities)
    table = bench.carried_table(carried, workspace.store.entities, lang)
    content: Json = {
        "methodology": other,
        "carried": bench.part_records(carried),
        "totals": records,
    }
    notes = list(bench.carried_notes(carried, lang))
    _print(workspace, card, form, lang, [table], records, content, notes)


def _card(
    workspace: Workspace,
    evaluation: str,
    basis: Basis | None,
    without: tuple[str, ...],
    shares: str | None = None,
) -> Scorecard:
    card = workspace.score(evaluation, basis, workspace.parse_shares(evaluation, shares))
    return card.without(workspace.joint_ventures(card)) if without else card


def _weights(kind: str, between: tuple[str, str] | None) -> Weights:
    from cati.analysis.weights import BlockWeights, EqualWeights, OwnWeights, ShareWeights

    if between is not None and kind != "shares":
        raise UsageError("--between belongs to --weights shares")
    if kind == "shares":
        ends = None if between is None else [_number("between", end) for end in between]
        return ShareWeights(None if ends is None else (ends[0], ends[1]))
    fixed: dict[str, Weights] = {
        "own": OwnWeights(),
        "blocks": BlockWeights(),
        "equal": EqualWeights(),
    }
    return fixed[kind]


def _number(name: str, text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise UsageError(f"{name}: expected a number such as 0.1 or 20; found {shown(text)}")
    return Decimal(text)


def _in_scope(workspace: Workspace, card: Scorecard, name: str, lang: Language) -> str:
    company = company_named(workspace, name, lang).id
    if company not in card.companies:
        raise UsageError(f"{company} is not among the {len(card.companies)} companies ranked here")
    return company


def _changes(workspace: Workspace, texts: Sequence[str], lang: Language) -> list[Change]:
    from dataclasses import replace

    from cati.analysis.what_if import parse_change

    parsed = [parse_change(text) for text in texts]
    return [replace(c, company=company_named(workspace, c.company, lang).id) for c in parsed]


def _print(
    workspace: Workspace,
    card: Scorecard,
    form: str,
    lang: Language,
    shown: Sequence[Table | str],
    records: Sequence[Record],
    content: Json,
    notes: Sequence[str],
) -> None:
    """The answer to standard output, what it assumes to standard error."""
    from rich.text import Text as Line

    from cati.report.cells import csv_text
    from cati.report.texts.bench import json_text
    from cati.report.texts.terminal import console, fitted, footnotes, left_out_line

    evaluation = workspace.evaluation(card.evaluation)
    notes = [*notes, *footnotes(card, evaluation, len(evaluation.scope), lang)]
    if form == "csv":
        click.echo(csv_text(records), nl=False)
    elif form == "json":
        click.echo(json_text(card, notes, content), nl=False)
    else:
        terminal = console()
        for part in shown:
            if isinstance(part, str):
                terminal.print(Line(part))
                continue
            left_out = fitted(part, terminal)
            terminal.print(part)
            if left_out:
                notes.insert(0, left_out_line(left_out, lang))
    for note in notes:
        click.echo(note, err=True)
