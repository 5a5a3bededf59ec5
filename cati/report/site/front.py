"""The front page: what was evaluated and when, what was found, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from cati.analysis.claims.inquiry import Checked
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
        What its numbers are about.
    """

    id: str
    sentence: str
    verdict: str
    base: str
    true_on: str
    note: str


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page."""
    card = site.edition.card
    confirmed, others = _findings(site)
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
            confirmed=confirmed,
            others=others,
        ),
    )


def _findings(site: Site) -> tuple[list[Finding], list[Finding]]:
    """Statements that hold, and those that do not or cannot be decided."""
    checked = site.facts.checked
    words = FindingWords(site.language, site.edition.entities)
    told = [(entry.verdict == "confirmed", _told(entry, words)) for entry in checked]
    return [f for holds, f in told if holds], [f for holds, f in told if not holds]


def _told(checked: Checked, words: FindingWords) -> Finding:
    note = checked.statement.note
    return Finding(
        checked.statement.id,
        words.sentence(checked),
        words.verdict(checked.verdict),
        words.base_of(checked),
        words.bases(checked.true_on),
        "" if note is None else note.get(words.language),
    )
