"""The pages: a ranking, one page per company and the methodology, in both languages.

Every page is one file. Style, script and pictures are inside it, and its
content security policy admits those and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cati.model.base import Text
from cati.model.rounding import half_up, plain
from cati.problems import ascii_controls
from cati.report import show
from cati.report.arithmetic import how_text, solution_text, sum_text
from cati.report.edition import Edition
from cati.report.language import LANGUAGES, Language, translations
from cati.report.page_facts import Facts, safe_link
from cati.report.wording import Wording
from cati.scoring.explain import ColumnStep, TotalSum
from cati.scoring.scorecard import Interval

if TYPE_CHECKING:
    from cati.report.figures import Figure

HTML_LANGUAGE = {"en": "en", "zh": "zh-Hans"}
"""Language tag of each language's pages."""

HIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Characters that change what a reader sees without being seen: controls, directions, breaks."""

STYLE = "report.css"

DATA_FILES = (
    "ranking.csv",
    "points.csv",
    "companies.csv",
    "indicators.csv",
    "report.json",
    "datapackage.json",
)


def write_pages(
    edition: Edition, folder: Path, figures: Mapping[Language, Mapping[str, Figure]]
) -> None:
    """Write the pages of an edition.

    Parameters
    ----------
    edition : Edition
    folder : Path
        Where ``index.html``, ``en/`` and ``zh/`` come to stand; workbooks and
        data files are linked as its neighbours.
    figures : mapping
        Figures by language and name. A language without any shows the English ones.
    """
    facts = Facts(edition)
    chooser = _environment(facts, "en").get_template("chooser.html")
    _write(folder / "index.html", chooser.render())
    for language in LANGUAGES:
        shown: Language = language if figures.get(language) else "en"
        pages = _pages(facts, language, figures.get(shown, {}), shown)
        for path, page in pages:
            _write(folder / language / path, page)


def _pages(
    facts: Facts, language: Language, figures: Mapping[str, Figure], figure_language: Language
) -> Iterator[tuple[str, str]]:
    """Path inside the language's folder and content of every page."""
    environment = _environment(facts, language)
    ranking = environment.get_template("ranking.html")
    drawn = list(figures.values())
    script = _static("ranking.js")
    yield (
        "index.html",
        ranking.render(
            path="index.html",
            root="",
            figures=drawn,
            figure_language=figure_language,
            policy=_policy(_static(STYLE), script),
            script=_verbatim(script),
        ),
    )
    methodology = environment.get_template("methodology.html")
    yield "methodology.html", methodology.render(path="methodology.html", root="")
    company_page = environment.get_template("company.html")
    for company, explanation in facts.edition.explanations.items():
        path = f"companies/{company}.html"
        yield (
            path,
            company_page.render(
                path=path,
                root="../",
                entity=facts.edition.entities[company],
                explanation=explanation,
            ),
        )


def _environment(facts: Facts, language: Language) -> Environment:
    """Templates with everything that all pages of a language share."""
    environment = Environment(
        loader=PackageLoader("cati.report"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    install = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(translations(language), newstyle=True)
    wording = Wording(language)
    environment.filters.update(_filters(facts, language, wording))
    edition = facts.edition
    style = _static(STYLE)
    environment.globals.update(
        edition=edition,
        facts=facts,
        evaluation=edition.evaluation,
        methodology=edition.methodology,
        card=edition.card,
        wording=wording,
        language=language,
        html_language=HTML_LANGUAGE,
        other_language=next(other for other in LANGUAGES if other != language),
        data_files=DATA_FILES,
        safe_link=safe_link,
        mark=_data_uri(_static("mark.svg").encode()),
        style=_verbatim(style),
        policy=_policy(style),
        script=None,
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

    return {
        "text": text,
        "company_name": company_name,
        "points": show.points,
        "plain": plain,
        "total": total,
        "rate": rate,
        "percent": wording.percent,
        "sentences": wording.sentences,
        "heading": wording.heading,
        "rank": show.rank,
        "factor": show.factor,
        "sum_of": sum_of,
        "solution_of": solution_of,
        "how": how,
        "pixels": pixels,
        "tint": tint,
        "data_uri": _data_uri,
    }


def tint(rate: Interval) -> str:
    """Style class of a rate: one of eleven tints by its lower end, and whether it is open."""
    level = f"t{int(10 * rate.low)}"
    return level if rate.is_exact else f"{level} open"


def _static(name: str) -> str:
    return (resources.files("cati.report") / "static" / name).read_text(encoding="utf-8")


def _verbatim(content: str) -> Markup:
    """Our own style or script, not to be escaped: that would change what is hashed."""
    return Markup(content)  # noqa: S704


def _policy(style: str, script: str | None = None) -> str:
    """A content security policy that admits this style and script and no others."""
    scripts = "'none'" if script is None else _hash(script)
    return (
        f"default-src 'none'; img-src data:; style-src {_hash(style)}; "
        f"script-src {scripts}; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _data_uri(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def _write(path: Path, page: str) -> None:
    visible = HIDDEN_CHARACTERS.sub(lambda found: ascii_controls(found[0]), page)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(visible.encode())
