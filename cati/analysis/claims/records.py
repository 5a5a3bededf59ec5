"""Evidence as claims ask for it: disclosures chosen by what they bear on, and their figures.

One rule for all that is asked: a record that says *absent* speaks against its indicator, and is
left out unless ``polarity`` asks for it. Only where a figure is asked for, by ``of``, ``unit`` or
``year``, it is taken whichever way the record speaks: it holds either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add

from cati.analysis.claims.values import UNKNOWN, Number, Open
from cati.model.evidence import Bound, Disclosure, StatedValue
from cati.model.references import code_of
from cati.model.standing import Standing
from cati.problems import did_you_mean, shown

POLARITIES = ("supports", "partial", "absent")
CONFIDENCES = ("high", "medium", "low")


class NotKnownError(Exception):
    """A name that means nothing here; the evaluation adds where it stands.

    Attributes
    ----------
    expected, found, hint : str
        As in `cati.problems.Problem`.
    choice : str, optional
        The choice of evidence that is meant.
    """

    def __init__(
        self, expected: str, found: str, hint: str = "", choice: str | None = None
    ) -> None:
        super().__init__(expected)
        self.expected, self.found, self.hint, self.choice = expected, found, hint, choice


@dataclass(frozen=True)
class Record:
    """A disclosure, its reference, and what it is good for in the evaluation."""

    reference: str
    disclosure: Disclosure
    standing: Standing


@dataclass(frozen=True)
class Choice:
    """Which disclosures are meant: of each choice one of its texts; none chooses all.

    Attributes
    ----------
    indicator : tuple of str
        Code of an indicator or of a level above it.
    subject : tuple of str
        ``steel`` chooses ``steel-and-aluminium`` too.
    place : tuple of str
        Where it was found, such as ``Table 3-4-2``; whole words of the locator.
    polarity : tuple of str
        What it says.
    confidence : tuple of str
        As the disclosure has it.
    id, statement : tuple of str
        Its id; whole words of its statement.
    of, unit, year : tuple of str
        Of one of its figures. ``of``: whole words of the figure's label; the others exactly.
    """

    indicator: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    year: tuple[str, ...] = ()

    def holds(self, disclosure: Disclosure) -> bool:
        """Whether a disclosure is meant, whatever its polarity."""
        return (
            (not self.indicator or any(map(self._asks, disclosure.indicators)))
            and (not self.subject or not set(self.subject).isdisjoint(_subjects(disclosure)))
            and (not self.place or any(map(self.stands_in, _places(disclosure))))
            and (not self.confidence or disclosure.confidence in self.confidence)
            and (not self.id or disclosure.id in self.id)
            and (not self.statement or _any_within(self.statement, disclosure.statement))
            and (not self._by_figure or any(True for _ in self.figures(disclosure)))
        )

    def figures(self, disclosure: Disclosure) -> Iterator[StatedValue]:
        """The figures of a disclosure that are meant."""
        for figure in disclosure.figures:
            if (
                (not self.of or _any_within(self.of, figure.of or ""))
                and (not self.unit or figure.unit in self.unit)
                and (not self.year or figure.year in self.year)
            ):
                yield figure

    def says(self, disclosure: Disclosure) -> bool:
        """Whether a disclosure that is meant says what is asked for."""
        if self.polarity:
            return disclosure.polarity in self.polarity
        return self._by_figure or disclosure.polarity != "absent"

    def denies(self, disclosure: Disclosure) -> bool:
        """Whether a disclosure that is meant says the opposite."""
        return not self.says(disclosure) and disclosure.polarity == "absent"

    def stands_in(self, locator: str) -> bool:
        """Whether a place is one of those that are meant."""
        return _any_within(self.place, locator)

    def check_words(self) -> None:
        """Refuse a polarity or a confidence that does not exist.

        Raises
        ------
        NotKnownError
        """
        for name, known in (("polarity", POLARITIES), ("confidence", CONFIDENCES)):
            for value in getattr(self, name):
                if value not in known:
                    near = did_you_mean(value, known)
                    raise NotKnownError(", ".join(known), shown(value), near, name)

    def missing(self, disclosures: Sequence[Disclosure]) -> Iterator[tuple[str, str]]:
        """What none of some disclosures has: a count of it would be a silent zero."""
        for name in SOUGHT:
            for value in getattr(self, name):
                if not any(map(replace(NOTHING, **{name: (value,)}).holds, disclosures)):
                    yield name, value

    @property
    def _by_figure(self) -> bool:
        return bool(self.of or self.unit or self.year)

    def _asks(self, question: str) -> bool:
        code = code_of(question)
        return any(code == asked or code.startswith(f"{asked}.") for asked in self.indicator)


NOTHING = Choice()

CHOICES = tuple(field.name for field in fields(Choice))

SOUGHT = tuple(name for name in CHOICES if name not in ("polarity", "confidence"))
"""What is looked for in the disclosures; the others have a vocabulary of their own."""


def chosen(choice: Choice, records: Iterable[Record], weak: bool) -> list[Record]:
    """The records that are meant and count.

    Parameters
    ----------
    choice : Choice
    records : iterable of Record
    weak : bool
        Whether those count too that are worth nothing by default: unnamed
        members of a group, low confidence, repeated grades, conflicts.
    """
    return [
        record
        for record in records
        if not record.standing.exclusions
        and (weak or not record.standing.weaknesses)
        and choice.holds(record.disclosure)
    ]


def recorded(choice: Choice, found: Iterable[Record], settled: bool) -> Open:
    """Whether any of the records says so.

    Parameters
    ----------
    settled : bool
        Whether all that the place says is in the store. Else that there is no record is no sign
        that there is nothing to record.
    """
    disclosures = [record.disclosure for record in found]
    if any(map(choice.says, disclosures)):
        return True
    return False if settled or any(map(choice.denies, disclosures)) else None


def disclosed(choice: Choice, found: Iterable[Record]) -> Open:
    """True where a record says so, false where one says the opposite; not known where both do."""
    disclosures = [record.disclosure for record in found]
    said, denied = (any(map(f, disclosures)) for f in (choice.says, choice.denies))
    return None if said == denied else said


def stated_values_of(choice: Choice, found: Iterable[Record]) -> list[StatedValue]:
    """The figures that are meant, of records that say what is asked for."""
    return [
        figure
        for record in found
        if choice.says(record.disclosure)
        for figure in choice.figures(record.disclosure)
    ]


def range_of(figures: Iterable[StatedValue]) -> Number:
    """The number that figures give: from the least to the greatest of them."""
    ends = list(map(_ends, figures))
    if not ends:
        return UNKNOWN
    lows = [(n.low, n.above) for n in ends if n.low is not None]
    highs = [(n.high, not n.below) for n in ends if n.high is not None]
    low, above = min(lows) if len(lows) == len(ends) else (None, False)
    high, reached = max(highs) if len(highs) == len(ends) else (None, True)
    return Number(low, high, above, not reached)


def sum_of(figures: Iterable[StatedValue]) -> Number:
    """The sum of figures; not known where there are none."""
    ends = list(map(_ends, figures))
    return reduce(add, ends) if ends else UNKNOWN


def bounded(value: Decimal, to: Decimal | None, bound: Bound) -> Number:
    """A number as a source gives it."""
    low = Fraction(value)
    high = low if to is None else Fraction(to)
    if bound in ("at_least", "more_than"):
        return Number(low, None, above=bound == "more_than")
    if bound in ("up_to", "less_than"):
        return Number(None, high, below=bound == "less_than")
    return Number(low, high)


def within(part: str, whole: str) -> bool:
    """Whether some words stand in a text as whole words, in any case."""
    return f" {_plain(part)} " in f" {_plain(whole)} "


def known_values(name: str, disclosures: Iterable[Disclosure]) -> set[str]:
    """What disclosures have under the name of a choice."""
    found: set[str | None] = set()
    for disclosure in disclosures:
        if name == "indicator":
            found.update(code_of(q) for q in disclosure.indicators)
        elif name == "subject":
            found.update(_subjects(disclosure) if disclosure.subject else ())
        elif name == "place":
            found.update(_places(disclosure))
        elif name in ("of", "unit", "year"):
            found.update(getattr(figure, name) for figure in disclosure.figures)
        elif name == "id":
            found.add(disclosure.id)
    return {value for value in found if value is not None}


def _ends(figure: StatedValue) -> Number:
    return bounded(figure.value, figure.to, figure.bound)


def _subjects(disclosure: Disclosure) -> tuple[str, ...]:
    subject = disclosure.subject or ""
    return (subject, *subject.split("-and-"))


def _places(disclosure: Disclosure) -> Iterator[str]:
    return (place.locator for place in disclosure.where)


def _any_within(parts: Iterable[str], whole: str) -> bool:
    return any(within(part, whole) for part in parts)


def _plain(text: str) -> str:
    kept = "".join(char if char.isalnum() or char in "-.&%" else " " for char in text.casefold())
    return " ".join(word.strip(".") for word in kept.split())
