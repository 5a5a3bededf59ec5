"""Agreement, locks, reconciled answers and calibration as text, tables and records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from rich.box import SIMPLE_HEAD
from rich.table import Table

from cati.analysis.agreement import DRAWS, Bounded
from cati.model.assessment import Original, Verdict
from cati.model.assessor import same_person
from cati.model.language import Language
from cati.model.methodology import Methodology
from cati.model.rounding import half_up, plain
from cati.report.data.files import Record
from cati.report.glossary import word
from cati.report.language import translations
from cati.report.show import DASH
from cati.research.second.calibrating import Calibrated
from cati.research.second.comparison import AgreementRow
from cati.research.second.locking import Locked
from cati.research.second.pairs import Both, Pairs
from cati.research.second.reconciling import Taken
from cati.research.workbook.layout import SEPARATOR

STATISTICS = ("kappa", "linear", "quadratic", "nominal", "ordinal", "interval")
"""Fields of `cati.analysis.agreement.Agreement` that have an interval."""


def agreement_table(
    rows: Iterable[AgreementRow], methodology: Methodology, language: Language
) -> Table:
    """One row for all units and for each dimension, for answers and for points.

    Dimensions of which nothing was rated by both are left out. Alpha is that
    of ordered answers, and for points that of their differences.
    """
    _ = translations(language).gettext
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(_("Compared"))
    for title in ("n", _("Equal")):
        table.add_column(title, justify="right", no_wrap=True)
    titles = (_("Kappa"), _("Linear kappa"), _("Quadratic kappa"), _("Alpha"))
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    scales = {"answers": _("Answers"), "points": _("Points")}
    for row in rows:
        found = row.found
        if row.level != "all" and not found.units:
            continue
        name = scales[row.scale]
        if row.level != "all":
            name = f"  {row.code} {methodology.levels[row.code].get(language)}"
        alpha = found.ordinal if row.scale == "answers" else found.interval
        table.add_row(
            name,
            str(found.units),
            DASH if found.equal is None else f"{_percent(found.equal)} %",
            *(bounded(entry) for entry in (found.kappa, found.linear, found.quadratic, alpha)),
        )
    return table


def bounded(found: Bounded) -> str:
    """A statistic with its interval: ``0.62 (0.41; 0.80)``; a dash where it is undefined."""
    if found.value is None:
        return DASH
    if found.low is None or found.high is None:
        return f"{found.value:z.2f}"
    return f"{found.value:z.2f} ({found.low:z.2f}; {found.high:z.2f})"


def agreement_notes(
    pairs: Pairs, rows: Sequence[AgreementRow], language: Language
) -> Iterator[str]:
    """What the statistics rest on, and what they leave out."""
    _ = translations(language).gettext
    for row in rows:
        if row.level != "all":
            continue
        text = {
            "answers": _(
                "Answers: criteria that both answered: {n}, in companies: {companies}; left out, "
                "since only one answered: {one_sided}."
            ),
            "points": _(
                "Points: indicators that both have settled: {n}; left out, since only one has: "
                "{one_sided}."
            ),
        }[row.scale]
        yield text.format(companies=len(pairs.pairs), n=row.found.units, one_sided=row.one_sided)
    if rows:
        yield _(
            "In brackets 95 % intervals, of {draws} bootstrap samples of criteria or indicators. A "
            "dash: undefined, since no disagreement can be expected by chance."
        ).format(draws=DRAWS)
    for entry in pairs.waiting:
        if entry.unlocked:
            names = _(", ").join(entry.unlocked)
            yield _("{company}: not shown, since not locked yet by {names}").format(
                company=entry.company, names=names
            )
        else:
            yield _("{company}: only {name} has answered it").format(
                company=entry.company, name=entry.assessors[0]
            )


def disagreement_lines(entries: Iterable[Both], language: Language) -> Iterator[str]:
    """Each criterion that two answer differently, with both answers and reasons."""
    _ = translations(language).gettext
    for both in entries:
        yield f"{both.company} {both.criterion}"
        for one in both.given:
            yield "  " + _("{assessor}: {answer}: {why}").format(
                assessor=one.assessor,
                answer=word("answer", one.answer, language),
                why=one.rationale or _("no reason given"),
            )


def agreement_records(rows: Iterable[AgreementRow]) -> list[Record]:
    """Rows as text.

    Returns
    -------
    list of dict
        ``scale``, ``level``, ``code``, ``units``, ``one_sided``, ``equal``
        from 0 to 1, a fraction; of each statistic the value and its interval,
        ``kappa``, ``kappa_low``, ``kappa_high`` and so on, with six decimals,
        empty where it is undefined.
    """
    records = []
    for row in rows:
        found = row.found
        record: Record = {
            "scale": row.scale,
            "level": row.level,
            "code": row.code,
            "units": str(found.units),
            "one_sided": str(row.one_sided),
            "equal": "" if found.equal is None else str(found.equal),
        }
        for name in STATISTICS:
            entry: Bounded = getattr(found, name)
            ends = {name: entry.value, f"{name}_low": entry.low, f"{name}_high": entry.high}
            record |= {key: "" if end is None else f"{end:.6f}" for key, end in ends.items()}
        records.append(record)
    return records


def agreement_json(
    evaluation: str, pairs: Pairs, records: Sequence[Record], differing: Iterable[Both]
) -> str:
    """Records with the disagreements and what is not shown yet, as JSON."""
    content = {
        "evaluation": evaluation,
        "companies": [pair.company for pair in pairs.pairs],
        "not_shown": [entry.company for entry in pairs.waiting],
        "agreement": list(records),
        "disagreements": [
            {
                "company": both.company,
                "criterion": both.criterion,
                "answers": [_original(one) for one in both.given],
            }
            for both in differing
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _original(one: Original) -> Mapping[str, object]:
    return {
        "assessor": one.assessor,
        "date": one.date.isoformat(),
        "answer": one.answer,
        "disclosures": list(one.disclosures),
        "rationale": one.rationale or "",
    }


def lock_lines(locked: Locked, language: Language) -> Iterator[str]:
    """What was locked, with the checksums to note down elsewhere."""
    _ = translations(language).gettext
    for lock in locked.locks:
        yield _("{company}: locked, answers: {n}, SHA-256 {sha256}").format(
            company=lock.company, n=locked.answers[lock.company], sha256=lock.sha256
        )
    for company in locked.taken:
        yield _("{company}: copied from the company's own file").format(company=company)
    for lock in locked.before:
        yield _("{company}: locked already on {date}").format(company=lock.company, date=lock.date)


def verdict_line(company: str, verdict: Verdict, language: Language) -> str:
    """What a criterion was reconciled to."""
    _ = translations(language).gettext
    originals = SEPARATOR.join(
        f"{one.assessor}: {word('answer', one.answer, language)}" for one in verdict.originals
    )
    return _("{company} {criterion}: {answer}, reconciled by {by} (before: {originals})").format(
        company=company,
        criterion=verdict.criterion,
        answer=word("answer", verdict.answer, language),
        by=verdict.assessor,
        originals=originals,
    )


def verdict_notes(verdict: Verdict, language: Language) -> Iterator[str]:
    """That whoever reconciled a criterion is one of the two that answered it."""
    _ = translations(language).gettext
    if any(same_person(one.assessor, verdict.assessor) for one in verdict.originals):
        yield _("{by} is one of the two who answered it").format(by=verdict.assessor)


def taken_lines(taken: Taken, language: Language) -> Iterator[str]:
    """What was taken over where two agree, and what is left to decide."""
    _ = translations(language).gettext
    companies = len({company for company, _name in taken.reviewed})
    yield _("Taken over as reviewed: {n}, in companies: {companies}.").format(
        n=len(taken.reviewed), companies=companies
    )
    if taken.before:
        yield _("Taken over before: {n}.").format(n=taken.before)
    if taken.otherwise:
        yield _("Left as the company's file has it, which says otherwise: {n}.").format(
            n=len(taken.otherwise)
        )
        yield from (f"  {company} {name}" for company, name in taken.otherwise)
    if taken.open:
        yield _("To reconcile: {n}.").format(n=len(taken.open))
        yield from (f"  {both.company} {both.criterion}" for both in taken.open)
    if taken.one_sided:
        yield _("Answered by one only: {n}.").format(n=len(taken.one_sided))
        for both in taken.one_sided:
            yield f"  {both.company} {both.criterion} ({both.given[0].assessor})"


def calibration_lines(found: Calibrated, language: Language) -> Iterator[str]:
    """How an assessor's answers compare with the settled ones, and each that differs."""
    _ = translations(language).gettext
    result = _("passed") if found.passed else _("not passed")
    mark = plain(found.pass_mark)
    decimals = len(mark.partition(".")[2]) + 1  # so that rounding never seems to reach the mark
    yield _(
        "{assessor}: {alike} of {of} answers as settled, {percent} %; pass mark {mark} %: {result}"
    ).format(
        assessor=found.assessor,
        alike=found.references - len(found.misses),
        of=found.references,
        percent=_percent(found.alike, decimals),
        mark=mark,
        result=result,
    )
    yield _("Quadratic kappa of the {n} that were answered: {kappa}").format(
        n=found.found.units, kappa=bounded(found.found.quadratic)
    )
    for miss in found.misses:
        entry, given = miss.reference, miss.given
        yield _("{company} {criterion}: {given}; settled: {answer}").format(
            company=entry.company,
            criterion=entry.criterion,
            given=word("answer", given.answer, language) if given else _("no answer"),
            answer=word("answer", entry.answer, language),
        )
        yield "  " + _("Settled because: {why}").format(why=entry.why)
        if given is not None:
            yield "  " + _("{assessor} says: {why}").format(
                assessor=found.assessor, why=given.rationale or _("no reason given")
            )


def _percent(share: Fraction, decimals: int = 1) -> str:
    """A share in per cent with at most so many decimals."""
    return plain(half_up(share * 100, decimals))
