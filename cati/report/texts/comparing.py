"""Printed points and our intervals side by side, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text as Line

from cati.model.entity import Entity
from cati.model.rounding import half_up, plain
from cati.report import show
from cati.report.texts.bench import part_name
from cati.report.texts.reasoning import place_text
from cati.report.wording import Wording
from cati.scoring.blocks import Block
from cati.scoring.comparison import BlockComparison, Miss, agreement
from cati.scoring.scorecard import Scorecard


def summary_lines(compared: Sequence[BlockComparison], wording: Wording) -> Iterator[str]:
    """How all pairs compare, in a few sentences."""
    _ = wording.gettext
    found = agreement(compared)
    yield wording.ngettext(
        "{n} pair of a company and a block of the printed table",
        "{n} pairs of a company and a block of the printed table",
        found.pairs,
    ).format(n=found.pairs)
    yield _(
        "our intervals leave {share} % of the points open "
        "(per pair: mean {mean} %, median {median} %)"
    ).format(
        share=_per_cent(found.open_share),
        mean=_per_cent(found.mean_open),
        median=_per_cent(found.median_open),
    )
    yield _("printed points inside our interval: {n} of {of}").format(
        n=found.inside, of=found.pairs
    )
    yield _("where our interval rules something out: {n} of {of}").format(
        n=found.telling_inside, of=found.telling
    )
    yield _("exact agreements: {n}").format(n=found.exact)


def block_table(
    compared: Sequence[BlockComparison], published: Scorecard, wording: Wording
) -> Table:
    """How the pairs of each block compare."""
    _ = wording.gettext
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(_("Block"), no_wrap=True)
    table.add_column(_("Points possible"), justify="right")
    table.add_column(_("Printed inside ours"), justify="right")
    table.add_column(_("Ours excludes some"), justify="right")
    table.add_column(_("Mean left open"), justify="right")
    table.add_column(_("Median left open"), justify="right")
    table.add_column(_("Exact"), justify="right")
    for block in published.blocks:
        found = agreement([entry for entry in compared if entry.block == block.id])
        table.add_row(
            _block_name(published, block, wording),
            plain(published.block(block.id).most_points),
            f"{found.inside} / {found.pairs}",
            str(found.telling),
            _("{rate} %").format(rate=_per_cent(found.mean_open)),
            _("{rate} %").format(rate=_per_cent(found.median_open)),
            str(found.exact),
        )
    return table


def indicator_table(
    compared: Sequence[BlockComparison],
    published: Scorecard,
    entities: Mapping[str, Entity],
    wording: Wording,
) -> Table:
    """Every company in the blocks that are a single indicator, printed beside ours."""
    _ = wording.gettext
    single = [block for block in published.blocks if len(block.codes) == 1]
    pairs = {(entry.company, entry.block): entry for entry in compared}
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(_("Company"), no_wrap=True)
    for block in single:
        table.add_column(_("{code} printed").format(code=block.codes[0]), justify="right")
        table.add_column(_("ours"), justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
    for company in published.order:
        cells: list[str] = []
        for block in single:
            entry = pairs[company, block.id]
            cells += [
                show.points(entry.printed),
                show.points(entry.assessed),
                _word(entry, wording),
            ]
        table.add_row(Line(entities[company].name.get(wording.language)), *cells)
    return table


def miss_lines(
    found: Sequence[Miss],
    published: Scorecard,
    entities: Mapping[str, Entity],
    wording: Wording,
) -> Iterator[str]:
    """Every miss with its reason as far as the files tell it."""
    _ = wording.gettext

    def name(company: str) -> str:
        return entities[company].name.get(wording.language)

    blocks = {block.id: block for block in published.blocks}
    for miss in found:
        entry = miss.compared
        yield _("miss: {company}, {block}: printed {printed}, ours {ours} of {most}").format(
            company=name(entry.company),
            block=_block_name(published, blocks[entry.block], wording),
            printed=show.points(entry.printed),
            ours=show.points(entry.assessed),
            most=plain(entry.most),
        )
        for reason in miss.criteria:
            yield "  " + _("we say: {criterion} {answer}, worth {points}: {statement}").format(
                criterion=reason.name,
                answer=wording.word("answer", reason.effective),
                points=plain(reason.criterion.points),
                statement=reason.criterion.statement.get(wording.language),
            )
            for cited in reason.cited:
                text = cited.disclosure.statement
                told = _("{label}: {text}").format(label=cited.backing.disclosure, text=text)
                yield f"    - {told}"
                for place in cited.places:
                    yield f"      {place_text(place, wording)}"
        if entry.assessed.low > entry.printed.high:
            yield "  " + _("The printed points give nothing for it, or not all of it.")
        else:
            yield "  " + _("The printed points give something for what we hold to be not met.")
        for company, points in miss.told_of:
            yield "  " + _(
                "Of this evidence, some is kept with {company}, which has {points} of {most} "
                "printed points here."
            ).format(company=name(company), points=show.points(points), most=plain(entry.most))


def _block_name(published: Scorecard, block: Block, wording: Wording) -> str:
    """What a block is called; with the code where it is a single indicator."""
    name = part_name(published, block.id, wording.language)
    if len(block.codes) > 1:
        return name
    return wording.gettext("{name} ({note})").format(name=name, note=block.codes[0])


def _word(entry: BlockComparison, wording: Wording) -> str:
    _ = wording.gettext
    if not entry.agrees:
        return _("miss")
    if entry.is_exact:
        return _("exact")
    return _("inside") if entry.says_something else _("open")


def _per_cent(part: Fraction) -> str:
    return str(half_up(100 * part, 1))
