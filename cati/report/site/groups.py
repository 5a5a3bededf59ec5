"""The page of groups: companies by what they have in common, and how far groups lie apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cati.analysis.groups import SMALL, Grouping, Summary
from cati.model.interval import Interval
from cati.report.site.frame import Site
from cati.report.texts.findings import FindingWords
from cati.report.texts.group_tables import (
    effect_text,
    group_name,
    interval_text,
    method_lines,
    number_text,
    range_text,
)

PATH = "groups.html"


@dataclass(frozen=True)
class GroupRow:
    """A group in words and numbers.

    Attributes
    ----------
    totals : tuple of (str, Interval)
        Companies and totals.
    middle : Interval, optional
        The mean; None where it is not known.
    """

    name: str
    number: int
    is_small: bool
    mean: str
    around: str
    median: str
    range: str
    totals: tuple[tuple[str, Interval], ...]
    middle: Interval | None


@dataclass(frozen=True)
class DifferenceRow:
    """How far one group lies from another, in words and numbers."""

    first: str
    second: str
    means: str
    around: str
    delta: str
    effect: str


@dataclass(frozen=True)
class GroupTable:
    """The groups of one base."""

    base: str
    groups: tuple[GroupRow, ...]
    differences: tuple[DifferenceRow, ...]


@dataclass(frozen=True)
class Section:
    """Groups by one thing, with and without joint ventures."""

    id: str
    name: str
    tables: tuple[GroupTable, ...]


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page."""
    yield (
        PATH,
        site.render(
            "groups.html",
            PATH,
            styles=["groups.css"],
            sections=list(_sections(site)),
            around=site.wording.gettext("95 % interval"),
            small=SMALL,
            method=list(method_lines(site.language)),
        ),
    )


def _sections(site: Site) -> Iterator[Section]:
    _ = site.wording.gettext
    names = {
        "chinese": _("Chinese and overseas companies"),
        "region": _("Origin"),
        "country": _("Country"),
        "product": _("Main product"),
        "listed": _("Listed or not"),
        "joint_venture": _("Joint ventures and others"),
    }
    for by, groupings in site.facts.groupings.items():
        tables = tuple(_table(site, grouping) for grouping in groupings)
        tables = tuple(table for table in tables if len(table.groups) > 1)
        if tables:
            yield Section(by, names[by], tables)


def _table(site: Site, grouping: Grouping) -> GroupTable:
    words = FindingWords(site.language, site.edition.entities)
    names = {summary.key: _name(site, grouping, summary, words) for summary in grouping.groups}
    others = words.gettext("all others")
    differences = tuple(
        DifferenceRow(
            names[found.first],
            others if found.second is None else names[found.second],
            number_text(found.means),
            interval_text(found.around_means),
            number_text(found.delta, 2),
            effect_text(found, words),
        )
        for found in grouping.differences
    )
    rows = tuple(_row(site, names[summary.key], summary) for summary in grouping.groups)
    return GroupTable(words.base(grouping.base), rows, differences)


def _name(site: Site, grouping: Grouping, summary: Summary, words: FindingWords) -> str:
    """What a group is called; where listing is not known, as every page calls it."""
    if grouping.by != "listed" or summary.key is not None:
        return group_name(summary.key, grouping, words)
    entities = site.edition.entities
    said = (site.wording.listed(entities[c]) for c in (*summary.companies, *summary.unknown))
    return words.wording.items(dict.fromkeys(said))


def _row(site: Site, name: str, summary: Summary) -> GroupRow:
    card, mean = site.edition.card, summary.mean
    middle = None
    if mean.low is not None and mean.high is not None:
        middle = Interval(mean.low, mean.high)
    return GroupRow(
        name,
        len(summary.companies),
        summary.is_small,
        number_text(mean),
        interval_text(summary.around),
        number_text(summary.median),
        range_text(summary),
        tuple((company, card.total(company)) for company in summary.companies),
        middle,
    )
