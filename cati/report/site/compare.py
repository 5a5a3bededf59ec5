"""The page that sets up to four companies side by side; the reader's browser fills it in."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cati.model.interval import Interval
from cati.report import show
from cati.report.site.frame import Site
from cati.scoring.scorecard import Group

PATH = "compare.html"
MOST = 4
"""Companies side by side."""


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page."""
    edition = site.edition
    groups = _groups(site)
    levels = [row for row in site.facts.level_rows(edition.card.order[0]) if row.depth < 2]
    by_name = sorted(
        edition.card.companies, key=lambda c: edition.entities[c].name.get(site.language).casefold()
    )
    yield (
        PATH,
        site.render(
            "compare.html",
            PATH,
            styles=["compare.css"],
            scripts=["compare.js"],
            by_name=by_name,
            levels=levels,
            places=range(1, MOST + 1),
            data={
                "first": list(edition.card.order[:2]),
                "texts": {"highest": site.wording.gettext("highest")},
                "companies": {c: _company(site, c, groups) for c in edition.card.order},
            },
        ),
    )


def _groups(site: Site) -> list[Group]:
    """Columns, then dimensions and sub-dimensions in the order of their codes."""
    card = site.edition.card
    levels = {**card.groups("dimensions"), **card.groups("sub_dimensions")}
    codes = [code for code in card.methodology.levels if code in levels]
    return [*card.groups("columns").values(), *(levels[code] for code in codes)]


def _company(site: Site, company: str, groups: list[Group]) -> dict[str, object]:
    edition, words, methodology = site.edition, site.wording, site.edition.methodology
    entity, total = edition.entities[company], edition.card.total(company)
    without = site.facts.without
    alone = without.rank(company) if without and not entity.is_joint_venture else None
    part = total.scaled(1 / Fraction(methodology.maximum))
    rates = [(group.rate(company), group.points(company)) for group in groups]
    return {
        "name": entity.name.get(site.language),
        "facts": [
            show.rank(edition.card.rank(company)),
            *([] if without is None else [show.DASH if alone is None else show.rank(alone)]),
            words.country(entity.country),
            words.word("region", entity.region),
            words.word("product", entity.product),
            words.listed(entity),
        ],
        "bars": [
            _bar(part, show.total(total, methodology.total_decimals)),
            *(_bar(rate, show.points(points)) for rate, points in rates),
        ],
    }


def _bar(part: Interval, text: str) -> list[object]:
    """A number as text, and as a part from 0 to 1 whose ends are compared exactly enough."""
    return [text, *(round(float(end), 6) for end in (part.low, part.high))]
