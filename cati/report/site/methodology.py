"""The methodology page: the registry as it is scored with, and how each part of it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cati.model.methodology import Methodology
from cati.model.rounding import plain
from cati.report.site.frame import Site
from cati.report.wording import Wording

Kind = Literal["printed", "worked_out", "ours"]


@dataclass(frozen=True)
class Origin:
    """A part of a methodology and where it comes from, in words.

    Attributes
    ----------
    kind : {"printed", "worked_out", "ours"}
    origin : str
        The same as a reader reads it.
    """

    part: str
    kind: Kind
    origin: str
    how: str


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page."""
    yield (
        "methodology.html",
        site.render(
            "methodology.html",
            "methodology.html",
            styles=["company.css"],
            origins=list(origins(site)),
        ),
    )


def origins(site: Site) -> Iterator[Origin]:
    """What the source prints, what follows from its numbers, and what is this project's own."""
    yield from _points(site)
    if site.edition.verification is not None:
        yield from _table(site)
    yield from _rules(site)
    yield from _criteria(site)


def _origin(wording: Wording, part: str, kind: Kind, how: str) -> Origin:
    return Origin(part, kind, wording.word("origin", kind), how)


def _points(site: Site) -> Iterator[Origin]:
    wording, methodology = site.wording, site.edition.methodology
    _ = wording.gettext
    indicators = methodology.indicators()
    worked_out = [i.code for i in indicators if i.points_basis == "worked_out"]
    yield _origin(
        wording,
        _("Dimensions, sub-dimensions and indicators"),
        "printed",
        _("Codes and structure as in the source; the wording of the titles is ours."),
    )
    printed = len(indicators) - len(worked_out)
    how = _("For %(printed)s of %(all)s indicators.") % {
        "printed": printed,
        "all": len(indicators),
    }
    yield _origin(wording, _("Points of the indicators"), "printed", how)
    if worked_out:
        how = _("For %(codes)s.") % {"codes": wording.items(worked_out)}
        yield _origin(wording, _("Points of the indicators"), "worked_out", how)


def _table(site: Site) -> Iterator[Origin]:
    """What is known of the printed table and of the total behind it."""
    wording, methodology, check = site.wording, site.edition.methodology, site.edition.verification
    _ = wording.gettext
    if check is None:
        return
    names = {column.id: column.name.get(site.language) for column in methodology.columns}
    printed = [names[column.id] for column in methodology.printed_columns]
    yield _origin(wording, _("Columns of the table"), "printed", wording.items(printed))
    hidden = [names[column.id] for column in methodology.columns if not column.printed]
    if hidden:
        how = _("Not printed; their points follow from what the total leaves: %(names)s.") % {
            "names": wording.items(hidden)
        }
        yield _origin(wording, _("Columns beyond the table"), "worked_out", how)
    unproven = [names[column.id] for column in methodology.columns if column.make_up == "unproven"]
    if unproven:
        how = _("Its members are not proven, and it decides nothing: %(names)s.") % {
            "names": wording.items(unproven)
        }
        yield _origin(wording, _("Make-up of a column"), "worked_out", how)
    how = _(
        "Every printed rate is exactly one multiple of %(grid)s over the points of its column."
    ) % {"grid": plain(methodology.grid)}
    misprinted = {m.column for m in check.misprints} & {c.id for c in methodology.printed_columns}
    if misprinted:
        how = wording.sentences([how, _("Misprints are left out or read as they should be.")])
    yield _origin(wording, _("Points behind the rates"), "worked_out", how)
    if methodology.weighted_tracks:
        how = _(
            "The weighting is not printed. With it %(equal)s of %(all)s printed totals come out "
            "equal, %(alone)s of them from the printed columns alone; for the others points that "
            "are not printed were solved from the total itself."
        ) % {
            "equal": check.equal_totals,
            "all": check.totals,
            "alone": len(check.independent),
        }
        yield _origin(wording, _("Shares and factors"), "worked_out", how)


def _rules(site: Site) -> Iterator[Origin]:
    wording, methodology = site.wording, site.edition.methodology
    _ = wording.gettext
    if site.edition.evaluation.shares is not None:
        how = _("Set by this evaluation in place of the methodology's.")
        yield _origin(wording, _("Shares of the scopes"), "ours", how)
    yield _origin(
        wording,
        _("Tracks of the indicators"),
        "ours",
        _("Which indicator counts by which factor follows the columns and the codes."),
    )
    for rule in methodology.inheritance:
        kinds: dict[str, Kind] = {"printed": "printed", "inferred": "worked_out", "ours": "ours"}
        part = _("What joint ventures inherit")
        yield _origin(wording, part, kinds[rule.basis], rule.note.get(site.language))


def _criteria(site: Site) -> Iterator[Origin]:
    wording = site.wording
    _ = wording.gettext
    indicators, number = count_criteria(site.edition.methodology)
    if number:
        how = _("%(number)s criteria of %(indicators)s indicators, each marked as ours.") % {
            "number": number,
            "indicators": indicators,
        }
        yield _origin(wording, _("Criteria, guidance, search terms"), "ours", how)


def count_criteria(methodology: Methodology) -> tuple[int, int]:
    """How many indicators have criteria, and how many criteria there are."""
    numbers = [
        sum(len(route.criteria) for route in indicator.routes)
        for indicator in methodology.indicators()
    ]
    return sum(1 for number in numbers if number), sum(numbers)
