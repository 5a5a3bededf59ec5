"""What a reader of the workbook should know, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cati.model.assessment import LEVELS
from cati.model.language import Language
from cati.model.references import owner_of
from cati.model.rounding import plain
from cati.report.edition import Edition
from cati.report.facts import safe_link
from cati.report.language import translations
from cati.report.texts.misprints import table_remarks
from cati.report.wording import Wording
from cati.report.workbook.points import GREATEST, LEAST, Line
from cati.scoring.verify import Verification


def notes(
    edition: Edition, lines: Sequence[Line], language: Language
) -> list[tuple[str, list[str]]]:
    """Headings with their paragraphs.

    Parameters
    ----------
    edition : Edition
    lines : sequence of Line
        Points of all alternatives.
    language : {"en", "zh"}
    """
    return _Notes(edition, lines, language).sections()


class _Notes:
    def __init__(self, edition: Edition, lines: Sequence[Line], language: Language) -> None:
        self.edition = edition
        self.lines = lines
        self.language: Language = language
        self.wording = Wording(language)
        self._ = translations(language).gettext

    def sections(self) -> list[tuple[str, list[str]]]:
        """All sections in order."""
        _ = self._
        evaluation, methodology = self.edition.evaluation, self.edition.methodology
        remarks = [evaluation.note, methodology.note]
        sections = [
            (_("What this is"), [text.get(self.language) for text in remarks if text]),
            (_("Base of counts"), [self.base()]),
            (_("Sources"), list(self.sources())),
            (_("How to read it"), self.reading()),
            (_("Columns"), list(self.columns())),
            (_("How sure the numbers are"), list(self.certainty())),
        ]
        return [(heading, paragraphs) for heading, paragraphs in sections if paragraphs]

    def base(self) -> str:
        """What a count is out of."""
        return self._(
            "{n} companies, {ventures} of them joint ventures; a count of companies has to say "
            "whether the joint ventures are in it."
        ).format(n=len(self.edition.card.companies), ventures=len(self.edition.joint_ventures))

    def sources(self) -> Iterator[str]:
        """Where the table and the indicators stand."""
        _ = self._
        evaluation, methodology = self.edition.evaluation, self.edition.methodology
        places = [(methodology.source, methodology.locator, _("Indicators and points"))]
        if evaluation.published is not None:
            where = evaluation.published.where
            places.append((where.source, where.locator, _("Table of results")))
        for reference, locator, what in places:
            source = self.edition.sources[reference]
            publisher = self.edition.entities[owner_of(reference)].name
            yield _("{what}: {publisher}, {title}, {place}.").format(
                what=what,
                publisher=publisher.get(self.language),
                title=source.title,
                place=self.wording.plain_place(locator),
            )
        for reference in dict.fromkeys(reference for reference, _locator, _what in places):
            source = self.edition.sources[reference]
            if safe_link(source) is None:
                yield _("No link to this document is known to us: {title}.").format(
                    title=source.title
                )
        cutoff = self.wording.date(evaluation.cutoff)
        yield _("Cut-off date of the data: {date}.").format(date=cutoff)

    def reading(self) -> list[str]:
        """How rates, totals, ranks and intervals come about."""
        _ = self._
        texts = [
            _(
                "A rate is raw points over points possible. The total is the sum of points times "
                "factor."
            ),
            _("Two companies with the same total share a rank (1, 2, 2, 4)."),
            _("Disclosures are given in the language they are recorded in."),
        ]
        if not self.edition.is_assessed:
            texts.append(
                _(
                    "A printed table shows groups of indicators. What follows for a dimension, a "
                    "sub-dimension or a single indicator is often only an interval: the least and "
                    "the greatest number of points."
                )
            )
        if self.edition.methodology.weighted_tracks:
            sheet = _("Columns")
            texts.insert(
                1,
                _(
                    "The shares of the weighted points stand in the framed cells of the sheet "
                    "{sheet}. Change them, and factors, totals and ranks follow; the order of the "
                    "rows stays."
                ).format(sheet=sheet),
            )
        return texts

    def columns(self) -> Iterator[str]:
        """What is special about single columns."""
        _ = self._
        for column in self.edition.methodology.columns:
            remarks = []
            if column.overlaps:
                remarks.append(_("Overlaps other columns and is never added to the total."))
            if column.note is not None:
                remarks.append(column.note.get(self.language))
            if remarks:
                text = self.wording.writing.between.join(remarks)
                label = column.name.get(self.language)
                yield _("{label}: {text}").format(label=label, text=text)

    def certainty(self) -> Iterator[str]:
        """What the numbers rest on, and what leaves them open."""
        if self.edition.verification is not None:
            yield self.verified(self.edition.verification)
            yield from table_remarks(self.edition, self.wording)
            yield from self.solutions()
        if self.edition.is_assessed:
            yield from self.assessed()

    def assessed(self) -> Iterator[str]:
        """What the assessed basis leaves open, and how far its answers are verified."""
        _ = self._
        yield _(
            "Points come from our criteria and the evidence at hand. A row marked {least} has what "
            "is certain, a row marked {greatest} what is still possible; a rank or a total between "
            "them is not complete."
        ).format(least=LEAST.strip(), greatest=GREATEST.strip())
        if self.edition.reasons is None:
            return
        found = Counter(self.edition.reasons.assessed.levels.values())
        levels = [
            f"{self.wording.word('level', level)} {found[level]}"
            for level in LEVELS
            if found[level]
        ]
        yield _("Lowest verification level of each company: {levels}.").format(
            levels=_(", ").join(levels)
        )

    def verified(self, verification: Verification) -> str:
        """How the printed table compares with the points."""
        return self._(
            "{totals} of {all_totals} printed totals and {rates} of {all_rates} printed rates "
            "follow from the points. For {independent} companies the printed columns alone give "
            "the total; for {others} the points of columns that are not printed are solved from it."
        ).format(
            totals=verification.equal_totals,
            all_totals=verification.totals,
            rates=verification.equal_rates,
            all_rates=verification.rates,
            independent=len(verification.independent),
            others=len(verification.through_remainder),
        )

    def solutions(self) -> Iterator[str]:
        """Companies for which the table allows several solutions, and what differs."""
        _ = self._
        for company in self.edition.card.order:
            lines = [line for line in self.lines if line.company == company]
            if len(lines) < 2:
                continue
            differing = [c for c in lines[0].points if len({line.points[c] for line in lines}) > 1]
            texts = [self.solution(line, differing) for line in lines]
            yield _(
                "{company}: the printed table allows {n} solutions, each with a row of its own: "
                "{solutions}. They can lead to different totals when the shares are changed."
            ).format(
                company=self.edition.entities[company].name.get(self.language),
                n=len(lines),
                solutions=_("; ").join(texts),
            )

    def solution(self, line: Line, columns: Sequence[str]) -> str:
        """An alternative by what differs: ``(1) Affiliates 0.5, Upstream suppliers 1.5``."""
        names = {c.id: c.name.get(self.language) for c in self.edition.methodology.columns}
        points = (f"{names[column]} {plain(line.points[column])}" for column in columns)
        return f"{line.mark.strip()} {self._(', ').join(points)}"
