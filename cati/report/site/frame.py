"""What all pages of a language share: templates, words for numbers, and the policy they live under.

Every page is one file. Style, script and pictures are inside it, and its
content security policy admits those and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from cati.model.base import Text
from cati.model.evidence import Disclosure
from cati.model.interval import Interval
from cati.model.language import LANGUAGES, Language, beginning_with
from cati.model.rounding import half_up, plain
from cati.report import show
from cati.report.arithmetic import how_text, solution_text, sum_text
from cati.report.edition import Edition
from cati.report.facts import Facts, safe_link
from cati.report.language import WRITING, translations
from cati.report.texts.citing import mark_notice
from cati.report.texts.misprints import company_remarks, table_remarks
from cati.report.texts.reasoning import because, judged, route_name
from cati.report.texts.records import stated_value_texts
from cati.report.wording import Wording
from cati.scoring.explain import ColumnStep, TotalSum
from cati.scoring.reasons import Cited, CriterionReason, RouteReason

if TYPE_CHECKING:
    from cati.report.figures.drawing import Figure

STYLES = ("report.css",)
"""On every page; a kind of page may have more."""
SCRIPTS = ("site.js",)


@dataclass(frozen=True)
class Site:
    """The pages of an edition in one language.

    Attributes
    ----------
    facts : Facts
        Worked out once for both languages.
    figures : mapping of str to Figure
        By name; in `figure_language`, which is English where no font has Chinese.
    printable : tuple of str
        Languages in which there is a report for print.
    """

    facts: Facts
    language: Language
    figures: Mapping[str, Figure]
    figure_language: Language
    printable: tuple[Language, ...]

    @property
    def edition(self) -> Edition:
        """What is shown."""
        return self.facts.edition

    @cached_property
    def wording(self) -> Wording:
        """The words of the language."""
        return Wording(self.language)

    def render(
        self,
        template: str,
        path: str,
        *,
        styles: Sequence[str] = (),
        scripts: Sequence[str] = (),
        data: object = None,
        **context: object,
    ) -> str:
        """A page.

        Parameters
        ----------
        template : str
            Name of a template that extends ``base.html``.
        path : str
            Where the page stands inside the language's folder.
        styles, scripts : sequence of str
            Files in ``static/`` beyond those of every page. They are put into the page.
        data : object, optional
            What its scripts work on; JSON in an element with the id ``data``.
        **context
            What the template needs beyond what all share.
        """
        style = _joined((*STYLES, *styles))
        script = _joined((*SCRIPTS, *scripts))
        return self._environment.get_template(template).render(
            path=path,
            root="../" * path.count("/"),
            style=verbatim(style),
            script=verbatim(script),
            policy=policy(style, script),
            data=None if data is None else embedded(data),
            **context,
        )

    @cached_property
    def _environment(self) -> Environment:
        environment = _environment(self.language)
        edition = self.edition
        environment.filters.update(_filters(self.facts, self.language, self.wording))
        environment.globals.update(
            edition=edition,
            facts=self.facts,
            evaluation=edition.evaluation,
            methodology=edition.methodology,
            card=edition.card,
            wording=self.wording,
            language=self.language,
            other_languages=beginning_with(self.language)[1:],
            figures=self.figures,
            figure_language=self.figure_language,
            unfinished=edition.mark,
            unfinished_notice=mark_notice(edition, self.wording),
            table_remarks=table_remarks,
            company_remarks=company_remarks,
        )
        return environment


def chooser(edition: Edition) -> str:
    """The page in front of both languages."""
    style = _joined(STYLES)
    template = _environment("en").get_template("chooser.html")
    return template.render(
        evaluation=edition.evaluation,
        unfinished=edition.mark,
        languages=LANGUAGES,
        unfinished_notices={name: mark_notice(edition, Wording(name)) for name in LANGUAGES},
        style=verbatim(style),
        policy=policy(style, None),
    )


class _InMemory(BytecodeCache):
    """Keeps compiled templates: each is compiled once, not once per language and site."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _InMemory()


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("cati.report"),
        bytecode_cache=_COMPILED,
        optimized=False,  # constants would be worked out with one language's filters for all
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    install = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(translations(language), newstyle=True)
    environment.globals.update(
        writing=WRITING,
        safe_link=safe_link,
        mark=data_uri(_static("mark.svg").encode()),
    )
    return environment


def _filters(facts: Facts, language: Language, wording: Wording) -> dict[str, object]:
    """How numbers and texts of the files are written in a language."""
    methodology = facts.edition.methodology

    def text(both: Text) -> str:
        return both.get(language)

    def company_name(company: str) -> str:
        return facts.edition.entities[company].name.get(language)

    def total(value: Interval) -> str:
        return show.total(value, methodology.total_decimals)

    def rate(value: Interval) -> str:
        return show.rate(value, methodology.rate_decimals)

    def sum_of(value: TotalSum) -> str:
        return sum_text(value, methodology.total_decimals, times="×")

    def solution_of(value: TotalSum) -> str:
        return solution_text(value, language)

    def how(step: ColumnStep) -> str:
        return how_text(step, Fraction(methodology.grid), language)

    def pixels(points: Fraction) -> Decimal:
        return half_up(points * facts.pixels_per_point, 1)

    def of_maximum(points: Fraction) -> Decimal:
        return half_up(100 * points / Fraction(methodology.maximum), 1)

    return {
        "text": text,
        "company_name": company_name,
        "points": cache(show.points),
        "plain": cache(plain),
        "total": total,
        "rate": cache(rate),
        "percent": wording.percent,
        "sentences": wording.sentences,
        "heading": wording.heading,
        "rank": show.rank,
        "factor": show.factor,
        "sum_of": sum_of,
        "solution_of": solution_of,
        "how": how,
        "figures_text": figures_text,
        "cut_percent": show.cut_percent,
        **_reason_filters(wording),
        "pixels": pixels,
        "of_maximum": of_maximum,
        "tint": tint,
        "data_uri": data_uri,
    }


def figures_text(disclosure: Disclosure) -> str:
    """The figures of a disclosure, in the language in which it was recorded."""
    return stated_value_texts(disclosure.figures, disclosure.language)


def _reason_filters(wording: Wording) -> dict[str, object]:
    """How answers and the evidence for them are told in a language."""

    def why(reason: CriterionReason) -> list[str]:
        return list(because(reason, wording))

    def judgement(cited: Cited) -> str:
        return judged(cited, wording)

    def name_of(route: RouteReason) -> str:
        return route_name(route, wording)

    return {"because": why, "judged": judgement, "route_name": name_of}


def tint(rate: Interval) -> str:
    """Style class of a rate: one of eleven tints by its lower end, and whether it is open."""
    level = f"t{int(10 * rate.low)}"
    return level if rate.is_exact else f"{level} open"


def embedded(data: object) -> Markup:
    """Data as JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return verbatim(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def verbatim(content: str) -> Markup:
    """Our own style, script or data, not to be escaped: that would change what is hashed."""
    return Markup(content)  # noqa: S704


def policy(style: str, script: str | None) -> str:
    """A content security policy that admits this style and script and no others."""
    scripts = "'none'" if script is None else _hash(script)
    return (
        f"default-src 'none'; img-src data:; style-src {_hash(style)}; "
        f"script-src {scripts}; base-uri 'none'; form-action 'none'"
    )


def data_uri(svg: bytes) -> str:
    """A picture inside the page."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


@cache
def _joined(names: Sequence[str]) -> str:
    return "".join(map(_static, names))


@cache
def _static(name: str) -> str:
    return (resources.files("cati.report") / "static" / name).read_text(encoding="utf-8")


@cache
def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
