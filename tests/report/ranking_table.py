"""The ranking page's table in a browser, and what the scorer says it has to be."""

from __future__ import annotations

from cati.report import show
from cati.scoring.scorecard import Scorecard

TABLE = """() => Array.from(document.querySelectorAll('#ranking tbody tr')).filter(
    row => !row.hidden).map(row => [
        row.querySelector('a').getAttribute('href').slice(10, -5),
        row.cells[0].textContent, row.querySelector('.total a').textContent])"""

SLIDE = """share => {
    const slider = document.getElementById('share');
    slider.value = share;
    slider.dispatchEvent(new Event('input'));
}"""


def expected_rows(card: Scorecard) -> list[list[str]]:
    """Company, rank and total in cati's own order."""
    decimals = card.methodology.total_decimals
    return [
        [company, show.rank(card.rank(company)), show.total(card.total(company), decimals)]
        for company in card.order
    ]
