"""The ranking page: everything needed to sort, filter and weight it anew stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from cati.model.entity import Entity
from cati.model.interval import Interval
from cati.model.methodology import Track
from cati.model.weighting import track_points
from cati.report.language import translations
from cati.report.site.frame import Site
from cati.scoring.scorecard import Scorecard

PATH = "ranking.html"
ZERO = Fraction(0)
LARGEST = 2**53 - 1
"""The largest whole number up to which a browser computes exactly."""


@dataclass(frozen=True)
class Facet:
    """Something to filter by.

    Attributes
    ----------
    id : str
        Name of the filter in the page's address.
    options : tuple of (str, str, int)
        Value, what it is called, and the number of companies.
    """

    id: str
    name: str
    options: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Weighing:
    """How a page works out totals for any share of two weighted tracks, in whole numbers.

    With `share` per cent for the first track, a total is
    ``once * a + first * share * b + second * (100 - share) * c`` times `unit`
    points, for a, b and c grid steps in the tracks that count once, the first
    and the second weighted one.

    Attributes
    ----------
    share : Fraction
        The first track's share in the evaluation, in per cent.
    """

    tracks: tuple[Track, Track]
    once: int
    first: int
    second: int
    unit: Fraction
    share: Fraction

    @classmethod
    def of(cls, card: Scorecard) -> Weighing | None:
        """The weighing of a scorecard; None unless it has two weighted tracks."""
        methodology = card.methodology
        tracks = methodology.weighted_tracks
        if len(tracks) != 2:
            return None
        grid = Fraction(methodology.grid)
        steps = {track: int(points / grid) for track, points in track_points(methodology).items()}
        one, other = (steps[track.id] for track in tracks)
        pool = one + other
        weights = (100 * one * other, pool * other, pool * one)
        common = gcd(*weights)
        once, first, second = (weight // common for weight in weights)
        if 200 * once * sum(steps.values()) * 10**methodology.total_decimals > LARGEST:
            return None
        share = card.factors[tracks[0].id] * one / pool * 100
        return cls((tracks[0], tracks[1]), once, first, second, grid / once, share)

    def parts(self, card: Scorecard, company: str) -> list[tuple[Interval, Interval, Interval]]:
        """Points of each alternative that count once, in the first and in the second track."""
        first, second = self.tracks
        found = []
        for points in card.alternatives(company):
            once = [points[t.id] for t in card.methodology.tracks if not t.weighted]
            low, high = sum((p.low for p in once), ZERO), sum((p.high for p in once), ZERO)
            found.append((Interval(low, high), points[first.id], points[second.id]))
        return found


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page."""
    weighing = Weighing.of(site.edition.card)
    yield (
        PATH,
        site.render(
            "ranking.html",
            PATH,
            styles=["ranking.css"],
            scripts=["exact.js", "ranking.js"],
            data=_data(site, weighing),
            facets=[facet for facet in _facets(site) if len(facet.options) > 1],
            weighing=weighing,
            once=[
                track.name.get(site.language)
                for track in site.edition.methodology.tracks
                if not track.weighted
            ],
            columns=_columns(site),
        ),
    )


def listing(entity: Entity) -> str:
    """Whether a company is listed, as a word of the page's address."""
    flags = {item.listed for item in entity.listed}
    if len(flags) > 1:
        return "disputed"
    return {frozenset(): "unknown", frozenset({True}): "yes"}.get(frozenset(flags), "no")


def _facets(site: Site) -> Iterator[Facet]:
    _, words = site.wording.gettext, site.wording
    entities = [site.edition.entities[company] for company in site.edition.card.order]

    def facet(
        name: str, title: str, value: Callable[[Entity], str], said: Callable[[Entity], str]
    ) -> Facet:
        counted = Counter((value(entity), said(entity)) for entity in entities)
        options = sorted((v, text, number) for (v, text), number in counted.items())
        return Facet(name, title, tuple(sorted(options, key=lambda o: (-o[2], o[1]))))

    yield facet(
        "country", _("Country"), lambda e: e.country or "", lambda e: words.country(e.country)
    )
    yield facet(
        "region", _("Origin"), lambda e: e.region or "", lambda e: words.word("region", e.region)
    )
    yield facet(
        "product",
        _("Main product"),
        lambda e: e.product or "",
        lambda e: words.word("product", e.product),
    )
    yield facet("listed", _("Listed"), listing, words.listed)


def _columns(site: Site) -> list[tuple[str, str, bool]]:
    """Columns that may be shown or not, in their order: id, name, and whether shown at first."""
    _, methodology = site.wording.gettext, site.edition.methodology
    assessed = site.edition.is_assessed
    profile = [
        ("country", _("Country"), True),
        ("region", _("Origin"), False),
        ("listed", _("Listed"), False),
        ("product", _("Main product"), False),
    ]
    settled = [("settled", _("Settled"), True)] if assessed else []
    rates = [
        (column.id, column.name.get(site.language), column.printed or assessed)
        for column in methodology.columns
    ]
    return [*profile, *settled, *rates]


def _data(site: Site, weighing: Weighing | None) -> dict[str, object]:
    ngettext = translations(site.language).ngettext
    _ = site.wording.gettext
    methodology = site.edition.methodology
    position = {company: at for at, company in enumerate(site.edition.card.companies)}
    texts = {
        "shown": [
            ngettext("{shown} of {n} company shown", "{shown} of {n} companies shown", n)
            for n in (1, 2)
        ],
        "separator": _("; "),
        "more": _("Show {n} more"),
        "ranked": {
            "all": _("ranked among all, joint ventures included"),
            "without": _("ranked anew without the joint ventures"),
            "only": _("joint ventures alone, ranked among all"),
        },
    }
    data: dict[str, object] = {
        "texts": texts,
        "decimals": methodology.total_decimals,
        "most": float(methodology.maximum),
        "columns": [[name, shown] for name, _title, shown in _columns(site)],
        "companies": [_company(site, company, weighing) for company in site.edition.card.order],
        "order": [position[company] for company in site.edition.card.order],
    }
    if weighing is not None:
        data["weighing"] = {
            "once": weighing.once,
            "first": weighing.first,
            "second": weighing.second,
            "unit": [weighing.unit.numerator, weighing.unit.denominator],
            "share": float(weighing.share),
        }
    return data


def _company(site: Site, company: str, weighing: Weighing | None) -> dict[str, object]:
    entity, card = site.edition.entities[company], site.edition.card
    found: dict[str, object] = {
        "id": company,
        "names": " ".join((company, *entity.all_names)).casefold(),
        "country": entity.country or "",
        "region": entity.region or "",
        "product": entity.product or "",
        "listed": listing(entity),
        "joint": entity.is_joint_venture,
    }
    if weighing is not None:
        grid = Fraction(card.methodology.grid)
        found["points"] = [
            [[int(end / grid) for end in (part.low, part.high)] for part in parts]
            for parts in weighing.parts(card, company)
        ]
    return found
