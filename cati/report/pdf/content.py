"""What the printed report says, as plain data: texts and numbers, and no layout."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from fractions import Fraction

from cati.model.base import Text
from cati.model.language import Language
from cati.model.methodology import Column
from cati.model.rounding import plain
from cati.report import show
from cati.report.edition import Edition
from cati.report.facts import Facts
from cati.report.figures.drawing import DPI, Figure
from cati.report.language import WRITING, translations
from cati.report.pdf.company import company_page
from cati.report.pdf.sources import sources
from cati.report.pdf.title import imprint, properties
from cati.report.texts.citing import mark_word
from cati.report.texts.findings import FindingWords, summary_lines
from cati.report.texts.misprints import table_remarks
from cati.report.wording import Wording
from cati.scoring.explain import column_factor

Content = dict[str, object]

TALLEST = 232.0
"""Millimetres of a page that a figure may take below its heading."""
MOST_FINDINGS = 24
"""Statements that the summary has room for."""
LONGEST_TITLE = 90
"""Characters of the title at the foot of each page."""
WIDEST = 170.0
"""Millimetres between the margins."""


def report_content(edition: Edition, language: Language, figures: Mapping[str, Figure]) -> Content:
    """Everything that is printed, in the order of the chapters.

    Parameters
    ----------
    edition : Edition
    language : {"en", "zh"}
    figures : mapping of str to Figure
        In this language, by name.

    Returns
    -------
    dict
        Strings, numbers, lists and dicts of them; nothing in it is markup.
    """
    facts, words = edition.facts, Wording(language)
    _ = words.gettext
    tag, region = WRITING[language].typst
    return {
        "language": tag,
        "region": region,
        "mark": mark_word(edition, words),
        "title": edition.evaluation.name.get(language),
        "short-title": _shortened(edition.evaluation.name.get(language)),
        "subtitle": edition.methodology.name.get(language),
        "notice": edition.evaluation.notice.get(language),
        "properties": properties(edition, words),
        "about": _about(edition, words),
        "imprint": imprint(edition, words),
        "words": _words(language),
        "summary": _summary(edition, words, figures),
        "findings": _findings(facts, language) if facts.checked else None,
        "ranking": _ranking(facts, language),
        "figures": [_figure(figure, language) for figure in figures.values()],
        "companies": [company_page(facts, words, company) for company in edition.card.order],
        "method": _method(facts, words),
        "sources": sources(edition, words),
    }


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def _words(language: Language) -> dict[str, str]:
    """What stands in the layout itself."""
    _ = translations(language).gettext
    return {
        "contents": _("Contents"),
        "summary": _("Summary"),
        "ranking": _("Ranking"),
        "figures": _("Figures"),
        "companies": _("Company pages"),
        "method": _("Method"),
        "sources": _("Sources"),
        "page": _("Page {page} of {pages}"),
        "rank": _("Rank"),
        "company": _("Company"),
        "total": _("Total"),
        "item": _("Item"),
        "column": _("Column"),
        "rate": _("Rate, %"),
        "median": _("Median, %"),
        "leader": _("Highest, %"),
        "points": _("Points"),
        "possible": _("Points possible"),
        "factor": _("Factor"),
        "adds": _("Adds"),
        "bar": _("Bar"),
        "range": _("Range"),
        "findings": _("Checked statements that hold"),
        "part": _("Part"),
        "indicators": _("Indicators"),
        "indicator": _("Indicator"),
        "code": _("Code"),
        "members": _("Members"),
        "counts": _("Counts at most"),
        "share": _("Share"),
        "track": _("Track"),
        "remarks": _("Remarks"),
        "weighting": _("Weighting"),
        "columns": _("Columns of the table"),
        "beside": _("Beside others"),
        "levels": _("Dimensions and indicators"),
        "key-columns": _(
            "Range: band, from the least to the highest rate of the companies compared; stroke, "
            "their median; dot, this company, with a line where its rate is open. Bar: dark, what "
            "is certain; pale, what is possible; outline, the most there could be. † Overlaps "
            "other columns and is never added to the total."
        ),
        "key-levels": _(
            "Code: points, or the least and the greatest, over points possible. The titles of the "
            "indicators stand in the chapter Method."
        ),
    }


def _figure_names(language: Language) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "distribution": _("How totals are distributed"),
        "rates": _("All rates"),
        "contributions": _("What totals are made of"),
        "profile": _("The first of the ranking"),
        "origin": _("Chinese and overseas companies"),
        "new-energy": _("New-energy vehicles and totals"),
        "ranks": _("How certain ranks are"),
        "paths": _("Ranks under other weights"),
        "scope3-series": _("Emissions over the years"),
        "intervals": _("Totals that are not certain"),
    }


def _about(edition: Edition, words: Wording) -> list[str]:
    _ = words.gettext
    told = [
        _("Base: {n} companies, {ventures} of them joint ventures.").format(
            n=len(edition.card.companies), ventures=len(edition.joint_ventures)
        ),
        _("Cut-off date of the data: {date}.").format(date=words.date(edition.evaluation.cutoff)),
    ]
    if edition.is_assessed:
        told.append(
            _(
                "Assessed by our criteria on the evidence at hand. Points, total and rank run from "
                "what is certain to what is still possible; they are not complete."
            )
        )
    return told


def _summary(edition: Edition, words: Wording, figures: Mapping[str, Figure]) -> list[str]:
    """What is to be seen, computed: the titles of the figures say it."""
    _ = words.gettext
    card = edition.card
    decimals = card.methodology.total_decimals
    ends = (card.order[0], card.order[-1]) if card.order else ()
    told = [
        _("{name}: rank {rank}, {total} of {most} points").format(
            name=edition.entities[company].name.get(words.language),
            rank=show.rank(card.rank(company)),
            total=show.total(card.total(company), decimals),
            most=card.methodology.maximum,
        )
        for company in dict.fromkeys(ends)
    ]
    return [*told, *(figure.title for figure in figures.values())]


def _findings(facts: Facts, language: Language) -> Content:
    """How many statements came to each verdict; those that hold, with their base."""
    words = FindingWords(language, facts.edition.entities)
    _ = words.gettext
    holding = [checked for checked in facts.checked if checked.verdict == "confirmed"]
    holds = []
    for checked in holding[:MOST_FINDINGS]:
        sentence, base = words.sentence(checked), words.base_of(checked)
        holds.append(
            _("{sentence} Base: {base}.").format(sentence=sentence, base=base) if base else sentence
        )
    told = [line + WRITING[language].stop for line in summary_lines(facts.checked, language)]
    told.append(_("Of the confirmed ones, {n} are listed here.").format(n=len(holds)))
    return {"verdicts": _sentences(told, language), "holding": holds}


def _sentences(sentences: Sequence[str], language: Language) -> str:
    """Sentences one after the other, with a space between them where the language has one."""
    return WRITING[language].between.join(sentences)


def _ranking(facts: Facts, language: Language) -> Content:
    edition, card = facts.edition, facts.edition.card
    _ = translations(language).gettext
    columns = [c for c in card.methodology.columns if edition.is_assessed or c.printed]
    groups = [card.column(column.id) for column in columns]
    without = facts.without
    words = Wording(language)

    def names(companies: Sequence[str]) -> str:
        return words.items(edition.entities[company].name.get(language) for company in companies)

    notes = [_("Scoring rates in per cent, companies by rank") + WRITING[language].stop]
    if edition.joint_ventures:
        notes.append(_("* Joint venture."))
    if any(column.overlaps for column in columns):
        notes.append(_("† Overlaps other columns and is never added to the total."))
    notes += [
        _(
            "%(names)s: equal totals (%(total)s) share rank %(rank)s here; the printed table "
            "numbers its rows and gives %(printed)s."
        )
        % {
            "names": names(tie.companies),
            "total": show.total(tie.total, card.methodology.total_decimals),
            "rank": show.rank(tie.rank),
            "printed": words.items(tie.printed),
        }
        for tie in facts.ties
    ]
    notes += [
        _("{names}: rank {rank} here, {printed} in the printed table.").format(
            names=names(other.companies),
            rank=show.rank(other.rank),
            printed=words.items(other.printed),
        )
        for other in facts.other_ranks
    ]
    notes += table_remarks(edition, words)
    if facts.disputed_listings:
        disputed = _("Listing disputed: two tables of the report disagree on {names}.")
        notes.append(disputed.format(names=names(facts.disputed_listings)))
    return {
        "columns": [c.name.get(language) + (" †" if c.overlaps else "") for c in columns],
        "without": None if without is None else _("Without joint ventures"),
        "rows": [
            {
                "rank": show.rank(card.rank(company)),
                "without": ""
                if without is None or company not in without.companies
                else show.rank(without.rank(company)),
                "name": edition.entities[company].name.get(language)
                + (" *" if company in edition.joint_ventures else ""),
                "total": show.total(card.total(company), card.methodology.total_decimals),
                "rates": [
                    show.rate(group.rate(company), card.methodology.rate_decimals)
                    for group in groups
                ],
            }
            for company in card.order
        ],
        "notes": _sentences(notes, language),
    }


def _figure(figure: Figure, language: Language) -> Content:
    """A figure with its size on the page."""
    title = figure.title + WRITING[language].stop
    wide, high = struct.unpack(">II", figure.png[16:24])
    width = WIDEST
    if width * high / wide > TALLEST:
        width = TALLEST * wide / high
    return {
        "heading": _figure_names(language).get(figure.name, figure.title),
        "alt": _sentences([title, figure.description], language),
        "svg": figure.svg.decode(),
        "width": min(width, 25.4 * wide / DPI),
    }


def _method(facts: Facts, words: Wording) -> Content:
    _ = words.gettext
    edition = facts.edition
    methodology, language = edition.methodology, words.language
    texts: list[Text | None] = [methodology.notice, methodology.note]
    prose = [text.get(language) for text in texts if text is not None]
    prose.append(
        _(
            "Every indicator belongs to a track. The weighted tracks share their {pool} points "
            "anew: a track's share of them, divided by its own points, is its factor. The others "
            "count once, so that the maximum stays {most}."
        ).format(pool=plain(facts.pool), most=methodology.maximum)
    )
    for rule in methodology.inheritance:
        prose.append(
            _(
                "In {members} a joint venture may be given {fraction} of the points for what its "
                "parents disclose ({basis})."
            ).format(
                members=words.items(rule.members),
                fraction=words.percent(plain(100 * Fraction(rule.fraction))),
                basis=words.word("inheritance_basis", rule.basis),
            )
        )
        if rule.note is not None:
            prose.append(rule.note.get(language))
    return {
        "prose": prose,
        "tracks": [
            [
                weight.track.name.get(language),
                plain(weight.points),
                show.DASH if weight.share is None else words.percent(plain(100 * weight.share)),
                show.factor(weight.factor),
                plain(weight.counts),
            ]
            for weight in facts.weights.values()
        ],
        "columns": [_column(edition, words, column) for column in methodology.columns],
        "indicators": [
            [
                indicator.code,
                indicator.title.get(language),
                plain(Fraction(indicator.points)),
                facts.weights[indicator.track].track.name.get(language),
            ]
            for indicator in methodology.indicators()
        ],
    }


def _column(edition: Edition, words: Wording, column: Column) -> list[str]:
    _ = words.gettext
    factor = column_factor(edition.card, column)
    remarks = [] if column.printed or edition.is_assessed else [_("not printed")]
    remarks += [_("overlaps")] if column.overlaps else []
    remarks += [_("make-up unproven")] if column.make_up == "unproven" else []
    return [
        column.name.get(words.language),
        " + ".join(column.members),
        plain(edition.card.column(column.id).most_points),
        show.DASH if factor is None else show.factor(factor),
        _(", ").join(remarks),
    ]
