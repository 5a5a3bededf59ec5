"""Evidence as claims ask for it: disclosures chosen by what they bear on, and their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction

from cati.analysis.claims.values import UNKNOWN, Number, Open
from cati.model.evidence import Disclosure, Figure
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
    """

    def __init__(self, expected: str, found: str, hint: str = "") -> None:
        super().__init__(expected)
        self.expected, self.found, self.hint = expected, found, hint


@dataclass(frozen=True)
class Choice:
    """Which disclosures are meant; None chooses all.

    Attributes
    ----------
    indicator : str, optional
        Code of an indicator or of a level above it.
    subject : str, optional
        ``steel`` chooses ``steel-and-aluminium`` too.
    place : str, optional
        Where it was found, such as ``Table 3-4-2``.
    polarity : str, optional
        What it says; ``supports`` and ``partial`` unless given.
    confidence : str, optional
        As the disclosure has it.
    id, statement : str, optional
        Its id; words of its statement.
    of, unit, year : str, optional
        Of one of its figures. ``of`` may be a part of the figure's label.
    """

    indicator: str | None = None
    subject: str | None = None
    place: str | None = None
    polarity: str | None = None
    confidence: str | None = None
    id: str | None = None
    statement: str | None = None
    of: str | None = None
    unit: str | None = None
    year: str | None = None

    def holds(self, disclosure: Disclosure) -> bool:
        """Whether a disclosure is meant, whatever its polarity."""
        return (
            (self.indicator is None or any(map(self._asks, disclosure.indicators)))
            and (self.subject is None or self.subject in _subjects(disclosure))
            and (self.place is None or any(map(self._stands_in, _places(disclosure))))
            and self.confidence in (None, disclosure.confidence)
            and self.id in (None, disclosure.id)
            and (self.statement is None or _within(self.statement, disclosure.statement))
            and (not self._by_figure or any(True for _ in self.figures(disclosure)))
        )

    def figures(self, disclosure: Disclosure) -> Iterator[Figure]:
        """The figures of a disclosure that are meant."""
        for figure in disclosure.figures:
            if (
                (self.of is None or _within(self.of, figure.of or ""))
                and self.unit in (None, figure.unit)
                and self.year in (None, figure.year)
            ):
                yield figure

    def says(self, disclosure: Disclosure) -> bool:
        """Whether a disclosure has the polarity that is asked for."""
        return disclosure.polarity in (
            ("supports", "partial") if self.polarity is None else (self.polarity,)
        )

    def check(self, disclosures: Mapping[str, Disclosure]) -> None:
        """Refuse what no disclosure of a store has: a count of it would be a silent zero.

        Raises
        ------
        NotKnownError
        """
        for name, known in (("polarity", POLARITIES), ("confidence", CONFIDENCES)):
            value = getattr(self, name)
            if value is not None and value not in known:
                raise NotKnownError(", ".join(known), shown(value), did_you_mean(value, known))
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None or field.name in ("polarity", "confidence", "statement"):
                continue
            alone = Choice(**{field.name: value})
            if not any(map(alone.holds, disclosures.values())):
                near = did_you_mean(value, _known(field.name, disclosures.values()))
                expected = f"a value of {shown(field.name)} that a disclosure in the store has"
                raise NotKnownError(expected, shown(value), near)

    @property
    def _by_figure(self) -> bool:
        return (self.of, self.unit, self.year) != (None, None, None)

    def _asks(self, question: str) -> bool:
        code = question.partition("/")[2]
        return code == self.indicator or code.startswith(f"{self.indicator}.")

    def _stands_in(self, locator: str) -> bool:
        return self.place is not None and _within(self.place, locator)


def chosen(
    choice: Choice,
    disclosures: Iterable[tuple[Disclosure, Standing]],
    weak: bool,
) -> list[Disclosure]:
    """The disclosures that are meant and count.

    Parameters
    ----------
    choice : Choice
    disclosures : iterable of (Disclosure, Standing)
    weak : bool
        Whether those count too that are worth nothing by default: unnamed
        members of a group, low confidence, repeated grades, conflicts.
    """
    return [
        disclosure
        for disclosure, standing in disclosures
        if not standing.exclusions
        and (weak or not standing.weaknesses)
        and choice.holds(disclosure)
    ]


def recorded(choice: Choice, found: Iterable[Disclosure]) -> bool:
    """Whether any of the disclosures says so. It never says that something is not the case."""
    return any(map(choice.says, found))


def disclosed(choice: Choice, found: list[Disclosure]) -> Open:
    """True where a disclosure says so, false where one says the opposite, else not known."""
    if recorded(choice, found):
        return True
    return False if any(d.polarity == "absent" for d in found) else None


def figure_of(choice: Choice, found: Iterable[Disclosure]) -> Number:
    """The number that the figures give: from the least to the greatest of them."""
    ends = [_ends(figure) for disclosure in found for figure in choice.figures(disclosure)]
    if not ends:
        return UNKNOWN
    lows, highs = [n.low for n in ends], [n.high for n in ends]
    return Number(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
    )


def _ends(figure: Figure) -> Number:
    low = Fraction(figure.value)
    high = low if figure.to is None else Fraction(figure.to)
    if figure.bound in ("at_least", "more_than"):
        return Number(low, None)
    if figure.bound in ("up_to", "less_than"):
        return Number(None, high)
    return Number(low, high)


def _subjects(disclosure: Disclosure) -> tuple[str, ...]:
    subject = disclosure.subject or ""
    return (subject, *subject.split("-and-"))


def _places(disclosure: Disclosure) -> Iterator[str]:
    return (place.locator for place in disclosure.where)


def _within(part: str, whole: str) -> bool:
    """Whether some words stand in a text as whole words, in any case."""
    return f" {_plain(part)} " in f" {_plain(whole)} "


def _plain(text: str) -> str:
    kept = "".join(char if char.isalnum() or char in "-.&%" else " " for char in text.casefold())
    return " ".join(word.strip(".") for word in kept.split())


def _known(name: str, disclosures: Iterable[Disclosure]) -> set[str]:
    """What the disclosures have under a name."""
    found: set[str | None] = set()
    for disclosure in disclosures:
        if name == "indicator":
            found.update(q.partition("/")[2] for q in disclosure.indicators)
        elif name == "subject":
            found.update(_subjects(disclosure) if disclosure.subject else ())
        elif name == "place":
            found.update(_places(disclosure))
        elif name in ("of", "unit", "year"):
            found.update(getattr(figure, name) for figure in disclosure.figures)
        else:
            found.add(getattr(disclosure, name))
    return {value for value in found if value is not None}
