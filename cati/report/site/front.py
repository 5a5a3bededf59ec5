"""The front page: what was evaluated and when, what was found, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from markupsafe import Markup

from cati.analysis.claims.inquiry import Checked
from cati.model.claims import Verdict
from cati.report.site.frame import Site
from cati.report.texts.findings import FindingWords

PATH = "index.html"
ENDS = 10
"""Companies shown from the top and from the bottom."""

WIDTH, DOT, STEP, LEFT = 640, 6, 15, 12
"""Of the drawing of all totals: its width, a dot's radius, from dot to dot, and its margin."""
BINS = 40
"""Places side by side for dots; those of one place are stacked."""


@dataclass(frozen=True)
class Dot:
    """A company in the drawing of all totals.

    Attributes
    ----------
    x, y : int
        Its centre.
    """

    company: str
    x: int
    y: int


@dataclass(frozen=True)
class Dots:
    """Every total as a dot on a scale, those of about one height on each other.

    Attributes
    ----------
    ticks : tuple of (Fraction, int)
        Totals and where they stand on the scale.
    median : int
        Where the median stands.
    """

    dots: tuple[Dot, ...]
    ticks: tuple[tuple[Fraction, int], ...]
    height: int
    median: int
    median_total: Fraction

    @classmethod
    def of(cls, site: Site) -> Dots | None:
        """The drawing; None where a total is open, since a dot would settle it."""
        card = site.edition.card
        totals = {company: card.total(company) for company in card.order}
        if not all(total.is_exact for total in totals.values()):
            return None
        most = Fraction(card.methodology.maximum)
        stacks: dict[int, list[str]] = {}
        for company, total in totals.items():
            stacks.setdefault(floor(total.low / most * BINS), []).append(company)
        room = WIDTH - 2 * LEFT
        height = max(map(len, stacks.values())) * STEP + DOT
        dots = [
            Dot(
                company,
                LEFT + round(room * Fraction(2 * place + 1, 2 * BINS)),
                height - DOT - 1 - STEP * above,
            )
            for place, stack in stacks.items()
            for above, company in enumerate(reversed(stack))
        ]
        ticks = [most * tenth / 10 for tenth in range(11)]
        ordered = sorted(total.low for total in totals.values())
        middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
        return cls(
            tuple(dots),
            tuple((tick, LEFT + round(room * tick / most)) for tick in ticks),
            height,
            LEFT + round(room * middle / most),
            middle,
        )


@dataclass(frozen=True)
class Finding:
    """A checked statement in words.

    Attributes
    ----------
    base : str
        What its numbers are about; empty where they are of no companies.
    place : str
        Where its source makes it; empty where it is ours.
    caveats : tuple of str
        What belongs to it wherever it is told.
    """

    id: str
    sentence: str
    verdict: str
    base: str
    place: str | Markup
    true_on: str
    note: str
    caveats: tuple[str, ...]


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page."""
    card = site.edition.card
    checked = site.facts.checked
    stated_in = (entry.statement.where for entry in checked)
    is_open = any(not card.total(company).is_exact for company in card.companies)
    short = len(card.order) <= 2 * ENDS
    printed = None if site.edition.is_assessed else site.edition.evaluation.published
    yield (
        PATH,
        site.render(
            "front.html",
            PATH,
            styles=["front.css"],
            published=printed and site.edition.sources[printed.where.source].published,
            dots=Dots.of(site),
            top=() if is_open else card.order[: None if short else ENDS],
            bottom=() if is_open or short else card.order[-ENDS:],
            confirmed=_told(site, "confirmed"),
            unheld=_told(site, "subset", "contradicted"),
            undecided=_told(site, "undecided"),
            stated_in=list(dict.fromkeys(where.source for where in stated_in if where)),
            some_are_ours=any(entry.statement.where is None for entry in checked),
        ),
    )


def _told(site: Site, *verdicts: Verdict) -> list[Finding]:
    """The statements that came to one of some verdicts, in words."""
    words = FindingWords(site.language, site.edition.entities)
    return [_finding(entry, words) for entry in site.facts.checked if entry.verdict in verdicts]


def _finding(checked: Checked, words: FindingWords) -> Finding:
    statement = checked.statement
    base = words.base_of(checked)
    return Finding(
        statement.id,
        words.sentence(checked),
        words.verdict(checked.verdict),
        words.gettext("Base: {base}").format(base=base) if base else "",
        words.wording.place(statement.where.locator) if statement.where else "",
        words.bases(checked.true_on),
        "" if statement.note is None else statement.note.get(words.language),
        tuple(words.caveats(checked)),
    )
