"""A change of rank, split exactly.

A rank is one more than the number of companies ahead, so it can be followed
through five steps, each of which changes one thing: the method (on everybody's
old evidence), the company's own score, who leaves, the scores of those that
stay, who enters. What each step changes adds up to the whole. The own score
comes before the others': it is what the company would have gained or lost in
the field as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cati.analysis.change.changes import RankChange, Shift
from cati.model.interval import Interval
from cati.scoring.scorecard import Rank, Scorecard

Totals = Mapping[str, Interval]


def rank_among(own: Interval, others: Iterable[Interval]) -> Rank:
    """Best and worst rank of a total among others, each anywhere in its interval."""
    ends = list(others)
    best = 1 + sum(other.low > own.high for other in ends)
    worst = 1 + sum(other.high > own.low for other in ends)
    return Rank(best, worst)


def totals(card: Scorecard) -> dict[str, Interval]:
    """The total of every company of a scorecard."""
    return {company: card.total(company) for company in card.companies}


def rank_change(
    company: str, old: Totals, carried: Totals, new: Totals, stayed: Mapping[str, str]
) -> RankChange:
    """From a company's old rank to its new one, step by step.

    Parameters
    ----------
    company : str
        By its later id.
    old, carried, new : mapping of str to Interval
        Totals before; of the old evidence under the later method; now. The
        first two by earlier ids, the last by later ones.
    stayed : mapping of str to str
        By the later id, the earlier one of every company in both.
    """
    was = stayed[company]
    peers = {later: before for later, before in stayed.items() if later != company}
    own, now = carried[was], new[company]
    field = [total for name, total in carried.items() if name != was]
    staying = [carried[before] for before in peers.values()]
    moved = [new[later] for later in peers]
    path = [
        rank_among(old[was], [total for name, total in old.items() if name != was]),
        rank_among(own, field),
        rank_among(now, field),
        rank_among(now, staying),
        rank_among(now, moved),
        rank_among(now, [total for name, total in new.items() if name != company]),
    ]
    method, mine, leaving, others, entering = map(Shift.between, path, path[1:])
    return RankChange(
        method=method,
        own=mine,
        leaving=leaving,
        others=others,
        entering=entering,
        passed=tuple(
            later
            for later, before in peers.items()
            if carried[before].low > own.high and new[later].high <= now.low
        ),
        passed_by=tuple(
            later
            for later, before in peers.items()
            if carried[before].high <= own.low and new[later].low > now.high
        ),
    )
