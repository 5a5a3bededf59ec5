"""What names mean in an expression: figures of the scorecard, the profile, evidence, other facts.

Every figure is one cell for each company of a base. Rates are in per cent,
totals in points. What is not known stays not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from babel import Locale

from cati.analysis.claims.evidence import Evidence, OutsideBaseError
from cati.analysis.claims.records import NotKnownError
from cati.analysis.claims.values import UNKNOWN, Cell, Number, Open, Truth, Word, exact
from cati.model.entity import Entity
from cati.model.interval import Interval
from cati.model.language import LANGUAGES
from cati.model.printed import PrintedRow
from cati.problems import UsageError, did_you_mean, shown
from cati.scoring.assessed import Answers
from cati.scoring.scorecard import Group, Scorecard
from cati.store.lookup import Lookup, folded
from cati.workspace import Workspace

HOME = "CN"
"""Companies from here are called Chinese, all others overseas."""

COUNTRY_ALIASES = {"usa": "US", "us": "US", "uk": "GB", "korea": "KR"}

PROFILE: dict[str, Callable[[Entity], Open]] = {
    "joint_venture": lambda entity: entity.is_joint_venture,
    "listed": lambda entity: listed(entity),
    "chinese": lambda entity: None if entity.country is None else entity.country == HOME,
    "overseas": lambda entity: None if entity.country is None else entity.country != HOME,
    "new_energy": lambda entity: None if entity.product is None else entity.product == "new_energy",
    "traditional": lambda entity: (
        None if entity.product is None else entity.product != "new_energy"
    ),
}
"""What holds for a company or does not, by name; None where its profile does not say."""

WORDS: dict[str, Callable[[Entity], str | None]] = {
    "company": lambda entity: entity.id,
    "country": lambda entity: entity.country,
    "region": lambda entity: entity.region,
    "product": lambda entity: entity.product,
    "kind": lambda entity: entity.kind,
}
"""Texts of a profile, by name."""

SCORED = ("total", "rank", "coverage", "lowest_rate", "highest_rate", "columns_scored")
"""Numbers of a company in the scorecard; each column of the methodology is one more."""

PRINTED: dict[str, Callable[[PrintedRow], Fraction]] = {
    "printed_rank": lambda row: Fraction(row.rank),
    "printed_total": lambda row: Fraction(row.total),
}
"""Numbers of a company as the printed table has them, whatever the base and the basis."""

CONSTANTS = ("companies", "scope", "columns")
"""Numbers of companies in the base and in the evaluation, and of printed columns."""


@dataclass(frozen=True)
class Base:
    """The companies that a question is about.

    Attributes
    ----------
    id : str
        A standard base, or the expression that chooses it.
    companies : tuple of str
        Sorted ids.
    """

    id: str
    companies: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """A number with its unit."""

    number: Number
    unit: str


def listed(entity: Entity) -> Open:
    """Whether a company is listed: None where sources disagree or none says."""
    said = {record.listed for record in entity.listed}
    return said.pop() if len(said) == 1 else None


def standard_bases(workspace: Workspace, card: Scorecard) -> dict[str, Base]:
    """The bases a statement is tried on, by id, in this order.

    All companies; without joint ventures; joint ventures; Chinese ones, with
    and without joint ventures; overseas; listed (where all sources agree);
    new-energy makers; traditional makers, with and without joint ventures;
    each region. A base that is empty, or the same as one before it, is left out.

    Companies are chosen by their profiles out of those of the card. Its points are not looked at,
    so that the bases are the same on the published and on the assessed basis.
    """
    entities = {company: workspace.entity(company) for company in card.companies}

    def those(**wanted: bool) -> list[str]:
        return [
            company
            for company, entity in entities.items()
            if all(PROFILE[name](entity) is held for name, held in wanted.items())
        ]

    chosen_by = {
        "all": those(),
        "without-joint-ventures": those(joint_venture=False),
        "joint-ventures": those(joint_venture=True),
        "chinese": those(chinese=True),
        "chinese-without-joint-ventures": those(chinese=True, joint_venture=False),
        "overseas": those(overseas=True),
        "listed": those(listed=True),
        "new-energy": those(new_energy=True),
        "traditional": those(traditional=True),
        "traditional-without-joint-ventures": those(traditional=True, joint_venture=False),
    }
    for region in sorted({entity.region for entity in entities.values() if entity.region}):
        chosen_by.setdefault(region, [c for c, e in entities.items() if e.region == region])
    bases: dict[str, Base] = {}
    for name, companies in chosen_by.items():
        base = Base(name, tuple(sorted(companies)))
        if base.companies and base.companies not in [b.companies for b in bases.values()]:
            bases[name] = base
    return bases


def suppliers(workspace: Workspace) -> Base:
    """All suppliers with a folder; they have evidence and no scores."""
    entities = workspace.store.entities.values()
    return Base("suppliers", tuple(sorted(e.id for e in entities if e.kind == "supplier")))


class Facts:
    """The names of expressions about one base of an evaluation.

    Parameters
    ----------
    workspace : Workspace
    card : Scorecard
        Of the whole evaluation.
    base : Base
        Ranks are among its companies.
    numbers : mapping of str to Measured
        Facts that belong to no company, by id.
    evidence : Evidence, optional
        Read anew unless given.
    tried : bool
        Whether the base is only tried as another reading. A word such as a country is then refused
        if the base has lost all its companies: who is named belongs to the base.
    """

    def __init__(
        self,
        workspace: Workspace,
        card: Scorecard,
        base: Base,
        numbers: Mapping[str, Measured] | None = None,
        evidence: Evidence | None = None,
        tried: bool = False,
    ) -> None:
        self.workspace, self.whole, self.base = workspace, card, base
        self.numbers = numbers or {}
        self.tried = tried
        self.evidence = evidence or Evidence(workspace, card.evaluation, card.companies)
        self.companies = base.companies
        self.entities = [workspace.entity(company) for company in base.companies]

    def on(self, base: Base, tried: bool = False) -> Facts:
        """The same names about another base."""
        return Facts(self.workspace, self.whole, base, self.numbers, self.evidence, tried)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name that stands alone."""
        columns = (column.id for column in self.whole.methodology.columns)
        tracks = (track.id for track in self.whole.methodology.tracks)
        known = (*PROFILE, *WORDS, "reason", *SCORED, *PRINTED, *CONSTANTS, *columns, *tracks)
        return tuple(dict.fromkeys(known))

    @cached_property
    def per_cent(self) -> frozenset[str]:
        """The names of rates."""
        columns = (column.id for column in self.whole.methodology.columns)
        tracks = (track.id for track in self.whole.methodology.tracks)
        return frozenset((*columns, *tracks, "coverage", "lowest_rate", "highest_rate"))

    def constant(self, name: str) -> Number | None:
        """A number that does not depend on the company; None for another name."""
        constants = {
            "companies": len(self.companies),
            "scope": len(self.whole.companies),
            "columns": len(self._printed),
        }
        return exact(constants[name]) if name in constants else None

    def figure(self, name: str) -> tuple[Cell, ...] | None:
        """What a name is for every company of the base; None where it is no name.

        Raises
        ------
        NotKnownError
            If it stands in the scorecard, and the base is not part of that.
        """
        if name in PROFILE:
            return tuple(Truth(PROFILE[name](entity)) for entity in self.entities)
        if name in WORDS:
            return tuple(Word(WORDS[name](entity), name) for entity in self.entities)
        if name == "reason":
            return tuple(Word(self._reasons.get(company), name) for company in self.companies)
        if name in SCORED:
            return tuple(self._scored(name))
        if name in PRINTED:
            return tuple(self._printed_cells(PRINTED[name]))
        if name in self.names and name not in CONSTANTS:
            return tuple(self.rates(name))
        return None

    def rates(self, part: str) -> list[Number]:
        """Scoring rates in per cent in a column, a track, or a code of any level."""
        group = self._group(part)
        return [_number(group.rate(company), Fraction(100)) for company in self.companies]

    def points(self, part: str) -> list[Number]:
        """Points in a column, a track, or a code of any level."""
        group = self._group(part)
        return [_number(group.points(company)) for company in self.companies]

    def printed_rates(self, column: str) -> list[Number]:
        """Rates in per cent in a column, as the printed table has them."""
        if column not in self._printed:
            hint = did_you_mean(column, self._printed)
            raise NotKnownError("a printed column", shown(column), hint)
        return self._printed_cells(lambda row: Fraction(row.rates[column]))

    def met(self, criterion: str) -> list[Truth]:
        """Whether a criterion is met, with all that it requires, by what was assessed.

        Raises
        ------
        NotKnownError
            If the methodology has no such criterion.
        """
        known = self.whole.methodology.criteria
        if criterion not in known:
            hint = did_you_mean(criterion, known) or "<code>/<criterion>, such as 5.3.2/method"
            raise NotKnownError("a criterion", shown(criterion), hint)
        return [Truth(_is_met(self._answers.get(c), criterion)) for c in self.companies]

    def parts_of(self, parent: str) -> list[Truth]:
        """Whether the company has another one as its parent or group, as far as is known."""
        to = self.company_id(parent)
        return [
            Truth(any(r.to == to for r in entity.relations if r.kind in ("parent", "group")))
            for entity in self.entities
        ]

    def parents(self) -> list[list[int]]:
        """The places in the base of each company's parents, as far as they are in it."""
        places = {company: place for place, company in enumerate(self.companies)}
        return [
            [
                places[relation.to]
                for relation in entity.relations
                if relation.kind == "parent" and relation.to in places
            ]
            for entity in self.entities
        ]

    def fact(self, name: str) -> Measured:
        """A number under ``facts`` of the file of statements.

        Raises
        ------
        NotKnownError
            If it has none of this id.
        """
        if name not in self.numbers:
            hint = did_you_mean(name, self.numbers) or "the file of statements has no facts"
            raise NotKnownError("the id of a fact, under facts: in claims.yaml", shown(name), hint)
        return self.numbers[name]

    def contact(self, outcome: str) -> Number:
        """How many companies reacted in one way when they were written to.

        Raises
        ------
        NotKnownError
            If the evaluation has no such outcome.
        """
        outcomes = self.workspace.evaluation(self.whole.evaluation).contact
        known = {folded(entry.id): entry.companies for entry in outcomes}
        if folded(outcome) not in known:
            hint = did_you_mean(outcome, [entry.id for entry in outcomes])
            raise NotKnownError("an outcome of contacting companies", shown(outcome), hint)
        return exact(known[folded(outcome)])

    def company_id(self, text: str) -> str:
        """The id of an entity by any of its names.

        Raises
        ------
        NotKnownError
            If no entity or several have it.
        """
        try:
            return self._lookup.find(text).entity.id
        except UsageError as error:
            raise NotKnownError("the name of a company", shown(text), str(error)) from None

    def position(self, text: str) -> int:
        """The place of a company in the base, by any of its names.

        Raises
        ------
        OutsideBaseError
            If the company is not in the base.
        """
        company = self.company_id(text)
        if company not in self.companies:
            expected = f"one of the {len(self.companies)} companies of the base {self.base.id}"
            raise OutsideBaseError(expected, shown(text))
        return self.companies.index(company)

    def spelt(self, name: str, text: str) -> str:
        """A text as the files spell it, for a name of `WORDS` or ``reason``.

        Raises
        ------
        NotKnownError
            If no file says such a thing: a comparison with it would never hold.
        OutsideBaseError
            If the base is only tried, and companies of the evaluation have it and none of the base.
        """
        if name == "company":
            return self.companies[self.position(text)]
        known = _countries() if name == "country" else self._spellings(name)
        if folded(text) not in known:
            names = _country_names() if name == "country" else known.values()
            raise NotKnownError(f"a known {name}", shown(text), did_you_mean(text, names))
        word = known[folded(text)]
        if self.tried and word in self._lost(name):
            expected = f"a {name} that companies of the base {self.base.id} have"
            raise OutsideBaseError(expected, shown(text))
        return word

    def _lost(self, name: str) -> set[str | None]:
        """Words that companies of the evaluation have, and none of the base."""

        def words(companies: Iterable[str]) -> set[str | None]:
            if name == "reason":
                return {self._reasons.get(company) for company in companies}
            return {WORDS[name](self.workspace.entity(company)) for company in companies}

        return words(self.whole.companies) - words(self.companies)

    @cached_property
    def _card(self) -> Scorecard:
        outside = set(self.companies) - set(self.whole.companies)
        if outside:
            hint = f"the base {self.base.id} has no scores"
            raise NotKnownError(
                "a name of the profile or of evidence", "one of the scorecard", hint
            )
        return self.whole.without(set(self.whole.companies) - set(self.companies))

    @cached_property
    def _printed(self) -> tuple[str, ...]:
        columns = self.whole.methodology.columns
        return tuple(column.id for column in columns if column.printed)

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.workspace.store.entities)

    @cached_property
    def _reasons(self) -> Mapping[str, str]:
        scope = self.workspace.evaluation(self.whole.evaluation).scope
        return {entry.company: entry.reason for entry in scope}

    @cached_property
    def _answers(self) -> Mapping[str, Answers]:
        return self.workspace.assess(self.whole.evaluation).answers

    def _printed_cells(self, read: Callable[[PrintedRow], Fraction]) -> list[Number]:
        """A number of each company's row in the printed table; not known without a row."""
        printed = self.workspace.store.printed.get(self.whole.evaluation)
        if printed is None:
            expected, hint = "an evaluation with a printed table", "ask for total, rank or rate(…)"
            raise NotKnownError(expected, f"{self.whole.evaluation} without one", hint)
        rows = {row.company: exact(read(row)) for row in printed.rows}
        return [rows.get(company, UNKNOWN) for company in self.companies]

    def _scored(self, name: str) -> list[Number]:
        card = self._card
        if name == "total":
            return [_number(card.total(company)) for company in self.companies]
        if name == "coverage":
            return [exact(100 * card.coverage(company)) for company in self.companies]
        if name == "rank":
            ranks = [card.rank(company) for company in self.companies]
            return [Number(Fraction(rank.best), Fraction(rank.worst)) for rank in ranks]
        by_company = list(zip(*(self.rates(column) for column in self._printed), strict=True))
        if name == "columns_scored":
            return [_positive(rates) for rates in by_company]
        extreme = min if name == "lowest_rate" else max
        return [
            Number(
                extreme(rate.low for rate in rates if rate.low is not None),
                extreme(rate.high for rate in rates if rate.high is not None),
            )
            for rates in by_company
        ]

    def _group(self, part: str) -> Group:
        methodology = self.whole.methodology
        if part in {column.id for column in methodology.columns}:
            return self._card.column(part)
        if part in {track.id for track in methodology.tracks}:
            return self._card.track(part)
        if part in methodology.levels:
            return self._card.group([part])
        known = [*(c.id for c in methodology.columns), *methodology.levels]
        raise NotKnownError("a column, a track or a code", shown(part), did_you_mean(part, known))

    def _spellings(self, name: str) -> dict[str, str]:
        """What the files say under a name, by its folded form."""
        if name == "reason":
            reasons = self.workspace.evaluation(self.whole.evaluation).reasons
            return {folded(reason.id): reason.id for reason in reasons}
        said = (WORDS[name](entity) for entity in self.workspace.store.entities.values())
        return {folded(word): word for word in said if word is not None}


def _country_names() -> list[str]:
    return [name for code, name in Locale("en").territories.items() if code.isalpha()]


def _countries() -> dict[str, str]:
    """Codes of countries by code and by name in both languages."""
    found = dict(COUNTRY_ALIASES)
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found |= {folded(code): code, folded(name): code}
    return found


def _is_met(answers: Answers | None, criterion: str) -> Open:
    answer = "unknown" if answers is None else answers.effective(criterion)
    return None if answer == "unknown" else answer == "met"


def _number(interval: Interval, factor: Fraction = Fraction(1)) -> Number:
    return Number(interval.low * factor, interval.high * factor)


def _positive(rates: Iterable[Number]) -> Number:
    """How many rates are above zero."""
    ends = [(rate.low or Fraction(0), rate.high or Fraction(0)) for rate in rates]
    return Number(
        Fraction(sum(low > 0 for low, _ in ends)), Fraction(sum(high > 0 for _, high in ends))
    )
