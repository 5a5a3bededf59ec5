"""What must hold inside a methodology, a crosswalk and an evaluation beyond types.

Each function gives the breaches it finds, with their place in the structure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from cati.model.base import repeated
from cati.model.crosswalk import Crosswalk
from cati.model.evaluation import RANK, TOTAL, Evaluation, Misprint
from cati.model.methodology import Methodology, Track, code_order, is_within, walk
from cati.model.rounding import plain
from cati.problems import Finding, did_you_mean, shown

Path = tuple[str | int, ...]

MOST_STEPS = 10_000
"""Grid steps in a methodology's maximum; the registry has 200."""


def check_methodology(methodology: Methodology) -> Iterator[Finding]:
    """Breaches in codes, points, totals, tracks, columns, routes, rules and inheritance."""
    yield from _check_codes(methodology)
    yield from _check_grid(methodology)
    yield from _check_sums(methodology)
    yield from _check_tracks(methodology)
    yield from _check_columns(methodology)
    yield from _check_routes(methodology)
    yield from _check_grading_rules(methodology)
    for r, rule in enumerate(methodology.inheritance):
        yield from _check_members(methodology, ("inheritance", r, "members"), rule.members)


def check_crosswalk(
    crosswalk: Crosswalk, left: Methodology, right: Methodology
) -> Iterator[Finding]:
    """Breaches in a crosswalk: every indicator of both sides once, relations that fit.

    Parameters
    ----------
    crosswalk : Crosswalk
    left, right : Methodology
        The two that it names.
    """
    for side, methodology in (("left", left), ("right", right)):
        codes = [getattr(pair, side) for pair in crosswalk.pairs]
        known = {i.code for i in methodology.indicators()}
        for position, code in enumerate(codes):
            if code is not None and code not in known:
                yield Finding(
                    ("pairs", position, side),
                    f"an indicator of {methodology.id}",
                    shown(code),
                    did_you_mean(code, known),
                )
        for position, code in repeated(codes):
            if code is not None:
                yield Finding(
                    ("pairs", position, side), "each indicator once", f"{code} a second time"
                )
        for code in sorted(known - set(codes), key=code_order):
            yield Finding(
                ("pairs",),
                f"every indicator of {methodology.id}",
                f"no pair with {side}: {code}",
                "give its counterpart, or relation: none",
            )
    for position, pair in enumerate(crosswalk.pairs):
        if pair.left is None and pair.right is None:
            yield Finding(("pairs", position), "left, right or both", "neither")
            continue
        both = pair.left is not None and pair.right is not None
        if both == (pair.relation == "none"):
            yield Finding(
                ("pairs", position, "relation"),
                "same or related" if both else "none, since one side is empty",
                shown(pair.relation),
            )


def check_evaluation(
    evaluation: Evaluation, methodology: Methodology, companies: Collection[str]
) -> Iterator[Finding]:
    """Breaches in an evaluation's scope, reasons, contact tally, shares, bands and places.

    Parameters
    ----------
    evaluation : Evaluation
    methodology : Methodology
        The one it names.
    companies : collection of str
        Ids with a folder in the evidence store.
    """
    yield from _check_scope(evaluation, companies)
    if evaluation.contact:
        answered = sum(outcome.companies for outcome in evaluation.contact)
        if answered != len(evaluation.scope):
            yield Finding(
                ("contact",), f"{len(evaluation.scope)} companies, as in the scope", str(answered)
            )
    if evaluation.shares is not None:
        yield from check_shares(("shares",), methodology, evaluation.shares)
    if list(evaluation.bands) != sorted(set(evaluation.bands)):
        found = ", ".join(str(band) for band in evaluation.bands)
        yield Finding(("bands",), "rising numbers", found)
    for position, place in enumerate(evaluation.to_confirm):
        if place not in evaluation.season_texts:
            hint = did_you_mean(place, evaluation.season_texts)
            expected = "a text of this file, such as publisher.url"
            yield Finding(("to_confirm", position), expected, shown(place), hint)
    if evaluation.basis == "published" and evaluation.published is None:
        yield Finding(("published",), "the printed table's source", "nothing")
    if evaluation.published is not None:
        yield from _check_misprints(evaluation, evaluation.published.misprints, methodology)


def _check_misprints(
    evaluation: Evaluation, misprints: Sequence[Misprint], methodology: Methodology
) -> Iterator[Finding]:
    columns = [RANK, TOTAL, *(column.id for column in methodology.printed_columns)]
    scope = [entry.company for entry in evaluation.scope]
    for position, misprint in enumerate(misprints):
        path = ("published", "misprints", position)
        if misprint.company not in scope:
            hint = did_you_mean(misprint.company, scope)
            found = shown(misprint.company)
            yield Finding((*path, "company"), "a company of the scope", found, hint)
        if misprint.column not in columns:
            expected, hint = "a column that is printed", did_you_mean(misprint.column, columns)
            yield Finding((*path, "column"), expected, shown(misprint.column), hint)
        elif (instead := misprint.instead) is not None:
            unit, most = _form(methodology, misprint.column)
            if instead % unit or not 0 <= instead <= most:
                expected = f"a number as the column prints them, from 0 to {plain(most)}"
                yield Finding((*path, "instead"), expected, shown(instead))
            if instead == misprint.printed:
                expected = "another number than is printed, or none"
                yield Finding((*path, "instead"), expected, shown(instead))
    cells = [(misprint.company, misprint.column) for misprint in misprints]
    for position, (company, column) in repeated(cells):
        found = f"{company}, {column} a second time"
        yield Finding(("published", "misprints", position), "each cell once", found)


def _form(methodology: Methodology, column: str) -> tuple[Decimal, Decimal]:
    """The steps in which a printed column counts, and its greatest number."""
    if column == RANK:
        return Decimal(1), Decimal(100_000)
    if column == TOTAL:
        return Decimal(1).scaleb(-methodology.total_decimals), methodology.maximum
    return Decimal(1).scaleb(-methodology.rate_decimals), Decimal(100)


def check_shares(
    path: Path, methodology: Methodology, shares: Mapping[str, Decimal]
) -> Iterator[Finding]:
    """Breaches in shares: one for each weighted track, none below 0, 100 together.

    Parameters
    ----------
    path : tuple
        Where the shares stand.
    methodology : Methodology
    shares : mapping of str to Decimal
        Per cent, by track.
    """
    tracks = [track.id for track in methodology.weighted_tracks]
    if sorted(shares) != sorted(tracks):
        yield Finding(path, f"a share for each of {', '.join(tracks)}", ", ".join(shares) or "none")
        return
    for track, share in shares.items():
        if share < 0:
            yield Finding((*path, track), "0 or more", str(share))
    if sum(shares.values()) != 100:
        yield Finding(path, "shares that add up to 100", str(sum(shares.values())))


def _check_scope(evaluation: Evaluation, companies: Collection[str]) -> Iterator[Finding]:
    for position, entry in enumerate(evaluation.scope):
        if entry.company not in companies:
            yield Finding(
                ("scope", position, "company"),
                "a company with a folder in companies/",
                shown(entry.company),
                did_you_mean(entry.company, companies),
            )
    for position, company in repeated(entry.company for entry in evaluation.scope):
        yield Finding(
            ("scope", position, "company"), "each company once", f"{company} a second time"
        )
    reasons = [reason.id for reason in evaluation.reasons]
    for position, entry in enumerate(evaluation.scope):
        if entry.reason not in reasons:
            yield Finding(
                ("scope", position, "reason"),
                "a reason from the list above",
                shown(entry.reason),
                did_you_mean(entry.reason, reasons),
            )


def _check_codes(methodology: Methodology) -> Iterator[Finding]:
    places: list[tuple[Path, str, str]] = []
    for d, dimension in enumerate(methodology.dimensions):
        places.append((("dimensions", d, "code"), dimension.code, ""))
        for s, sub in enumerate(dimension.sub_dimensions):
            at: Path = ("dimensions", d, "sub_dimensions", s)
            places.append(((*at, "code"), sub.code, dimension.code))
            for i, indicator in enumerate(sub.indicators):
                places.append(((*at, "indicators", i, "code"), indicator.code, sub.code))
    before: dict[str, str] = {}
    seen: set[str] = set()
    for path, code, parent in places:
        depth = parent.count(".") + 2 if parent else 1
        if code.count(".") + 1 != depth or (parent and not is_within(code, parent)):
            form = f"a code of {depth} numbers" + (f" that begins with {parent}." if parent else "")
            yield Finding(path, form, shown(code))
        elif code in seen:
            yield Finding(path, "each code once", f"{code} a second time")
        elif parent in before and code_order(code) < code_order(before[parent]):
            yield Finding(path, f"a code behind {before[parent]}", code, "put the codes in order")
        seen.add(code)
        before[parent] = code


def _check_grid(methodology: Methodology) -> Iterator[Finding]:
    def off_grid(path: Path, points: Decimal) -> Iterator[Finding]:
        if Fraction(points) % Fraction(methodology.grid):
            yield Finding((*path, "points"), f"a multiple of {methodology.grid}", str(points))

    if methodology.maximum / methodology.grid > MOST_STEPS:
        expected = f"at most {MOST_STEPS:,} steps to the maximum of {methodology.maximum}"
        yield Finding(("grid",), expected, f"steps of {methodology.grid:f}")
    for d, dimension in enumerate(methodology.dimensions):
        yield from off_grid(("dimensions", d), dimension.points)
        for s, sub in enumerate(dimension.sub_dimensions):
            yield from off_grid(("dimensions", d, "sub_dimensions", s), sub.points)
    for path, indicator in walk(methodology):
        yield from off_grid(path, indicator.points)
        if indicator.points == 0:
            yield Finding((*path, "points"), "more than 0", "0")
        for r, route in enumerate(indicator.routes):
            for c, criterion in enumerate(route.criteria):
                yield from off_grid((*path, "routes", r, "criteria", c), criterion.points)


def _check_sums(methodology: Methodology) -> Iterator[Finding]:
    def unequal(
        path: Path, stated: Decimal, parts: Sequence[Decimal], of: str
    ) -> Iterator[Finding]:
        if stated != sum(parts):
            yield Finding((*path, "points"), f"{sum(parts)}, the sum of its {of}", str(stated))

    for d, dimension in enumerate(methodology.dimensions):
        path: Path = ("dimensions", d)
        subs = [sub.points for sub in dimension.sub_dimensions]
        yield from unequal(path, dimension.points, subs, "sub-dimensions")
        for s, sub in enumerate(dimension.sub_dimensions):
            parts = [i.points for i in sub.indicators]
            yield from unequal((*path, "sub_dimensions", s), sub.points, parts, "indicators")
    total = sum(dimension.points for dimension in methodology.dimensions)
    if total != methodology.maximum:
        yield Finding(("maximum",), f"{total}, the sum of the dimensions", str(methodology.maximum))


def _check_tracks(methodology: Methodology) -> Iterator[Finding]:
    tracks = [track.id for track in methodology.tracks]
    for position, track_id in repeated(tracks):
        yield Finding(("tracks", position, "id"), "each track once", f"{track_id} a second time")
    for path, indicator in walk(methodology):
        if indicator.track not in tracks:
            yield Finding(
                (*path, "track"),
                "a track of methodology.yaml",
                shown(indicator.track),
                did_you_mean(indicator.track, tracks),
            )
    used = {indicator.track for indicator in methodology.indicators()}
    for position, track in enumerate(methodology.tracks):
        if track.id not in used:
            yield Finding(("tracks", position), "a track with indicators", f"none in {track.id}")
        if track.share is not None and not track.weighted:
            yield Finding(
                ("tracks", position, "share"),
                "no share, since the track is not weighted",
                str(track.share),
                "add weighted: true or take the share away",
            )
    yield from _check_track_shares(methodology.weighted_tracks)


def _check_track_shares(weighted: Sequence[Track]) -> Iterator[Finding]:
    shares = [track.share for track in weighted if track.share is not None]
    if shares and len(shares) != len(weighted):
        yield Finding(
            ("tracks",),
            "a share for every weighted track or for none",
            f"{len(shares)} of {len(weighted)}",
        )
    elif shares and sum(shares) != 100:
        hint = "so that the maximum stays what it is after the factors"
        yield Finding(("tracks",), "shares that add up to 100", str(sum(shares)), hint)


def _check_members(
    methodology: Methodology, path: Path, members: Sequence[str]
) -> Iterator[Finding]:
    for position, code in enumerate(members):
        if code not in methodology.levels:
            yield Finding(
                (*path, position),
                f"a code of {methodology.id}",
                shown(code),
                did_you_mean(code, methodology.levels),
            )


def _check_columns(methodology: Methodology) -> Iterator[Finding]:
    columns = methodology.columns
    for position, column_id in repeated(column.id for column in columns):
        yield Finding(("columns", position, "id"), "each column once", f"{column_id} a second time")
    for position, column in enumerate(columns):
        yield from _check_members(methodology, ("columns", position, "members"), column.members)
    yield from _check_counting_columns(methodology)
    yield from _check_overlaps(methodology)


def _check_counting_columns(methodology: Methodology) -> Iterator[Finding]:
    """Columns that form the total hold each indicator once and stay in one track."""
    if not methodology.columns:
        return
    holder: dict[str, str] = {}
    for position, column in enumerate(methodology.columns):
        codes = methodology.codes(column.members)
        if column.overlaps:
            continue
        for code in codes:
            if code in holder:
                yield Finding(
                    ("columns", position, "members"),
                    f"no indicator of column {holder[code]}",
                    code,
                    "a column that overlaps others needs overlaps: true",
                )
            holder.setdefault(code, column.id)
        tracks = sorted({methodology.indicator(code).track for code in codes})
        if len(tracks) > 1:
            yield Finding(
                ("columns", position, "members"), "indicators of one track", ", ".join(tracks)
            )
    for indicator in methodology.indicators():
        if indicator.code not in holder:
            yield Finding(
                ("columns",),
                f"a column with indicator {indicator.code}",
                "none",
                "add a column with printed: false for what the table leaves out",
            )


def _check_overlaps(methodology: Methodology) -> Iterator[Finding]:
    """Overlapping columns are nested or disjoint; otherwise they prove nothing."""
    codes = [set(methodology.codes(column.members)) for column in methodology.columns]
    proven = {
        position: column.id
        for position, column in enumerate(methodology.columns)
        if column.make_up == "proven" and codes[position]
    }
    for position, column in enumerate(methodology.columns):
        if not column.overlaps:
            if column.make_up == "unproven":
                yield Finding(
                    ("columns", position, "make_up"),
                    "proven, since the column counts in the total",
                    "unproven",
                )
            continue
        if not column.printed:
            yield Finding(
                ("columns", position),
                "a column that is printed or counts in the total",
                "printed: false with overlaps: true",
                "take the column away",
            )
        if position not in proven:
            continue
        for place, other in proven.items():
            if place == position:
                continue
            if codes[position] == codes[place]:
                yield Finding(
                    ("columns", position, "members"),
                    f"other indicators than those of column {other}",
                    "the same",
                    "take one of the two away",
                )
            shared = codes[position] & codes[place]
            if shared not in (set(), codes[position], codes[place]):
                yield Finding(
                    ("columns", position, "members"),
                    f"all or nothing of column {other}",
                    ", ".join(sorted(shared, key=code_order)),
                    "nest the columns, or say make_up: unproven",
                )


def _check_routes(methodology: Methodology) -> Iterator[Finding]:
    requires: dict[str, tuple[Path, tuple[str, ...]]] = {}
    for path, indicator in walk(methodology):
        for r, route_id in repeated(route.id for route in indicator.routes):
            yield Finding(
                (*path, "routes", r, "id"), "each route once", f"{route_id} a second time"
            )
        seen: set[str] = set()
        for r, route in enumerate(indicator.routes):
            at: Path = (*path, "routes", r, "criteria")
            total = sum(criterion.points for criterion in route.criteria)
            if route.criteria and total != indicator.points:
                yield Finding(
                    at, f"criteria worth {indicator.points}, as the indicator", str(total)
                )
            for c, criterion in enumerate(route.criteria):
                name = f"{indicator.code}/{criterion.id}"
                if name in seen:
                    yield Finding((*at, c, "id"), "each criterion once", f"{name} a second time")
                seen.add(name)
                requires[name] = ((*at, c, "requires"), criterion.requires)
                for q, required in enumerate(criterion.requires):
                    if required not in methodology.criteria:
                        yield Finding(
                            (*at, c, "requires", q),
                            "a criterion as <code>/<criterion>",
                            shown(required),
                            did_you_mean(required, methodology.criteria),
                        )
    yield from _check_circles(requires)


def _check_circles(requires: Mapping[str, tuple[Path, tuple[str, ...]]]) -> Iterator[Finding]:
    for name, (path, _) in requires.items():
        reached: set[str] = set()
        ahead = [name]
        while ahead:
            for required in requires.get(ahead.pop(), ((), ()))[1]:
                if required not in reached:
                    reached.add(required)
                    ahead.append(required)
        if name in reached:
            yield Finding(path, "requirements without a circle", f"{name} requires itself")


def _check_grading_rules(methodology: Methodology) -> Iterator[Finding]:
    """Each grading rule stands once, and guidance names those that there are, each once."""
    rules = [rule.id for rule in methodology.grading_rules]
    for position, rule in repeated(rules):
        yield Finding(("grading_rules", position, "id"), "each rule once", f"{rule} a second time")
    for path, indicator in walk(methodology):
        named = () if indicator.guidance is None else indicator.guidance.rules
        at: Path = (*path, "guidance", "rules")
        for position, rule in repeated(named):
            yield Finding((*at, position), "each rule once", f"{rule} a second time")
        for position, rule in enumerate(named):
            if rule not in rules:
                expected = "a grading rule of methodology.yaml"
                yield Finding((*at, position), expected, shown(rule), did_you_mean(rule, rules))
