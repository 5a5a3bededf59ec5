"""A company's pack as one self-contained page: nothing in it is requested from elsewhere."""

from __future__ import annotations

import base64
import hashlib

from jinja2 import Environment, StrictUndefined

from cati.model.language import Language
from cati.model.rounding import plain
from cati.report import show
from cati.report.language import WRITING
from cati.report.visible import visible
from cati.research.review.facts import PackFacts
from cati.research.review.layout import COLUMNS
from cati.research.review.pack_texts import PackTexts

_STYLE = """\
body { margin: 0 auto; max-width: 75rem; padding: 0 1.25rem 3rem; color: #1c2326;
  font: 16px/1.5 -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", sans-serif; }
h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; border-top: 2px solid #1f5a8c; padding-top: .4rem; }
ul { max-width: 50rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 60rem;
  font-size: .875rem; }
th:nth-child(1) { width: 12%; }
th:nth-child(2) { width: 25%; }
th:nth-child(3) { width: 6%; }
th:nth-child(4) { width: 9%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem;
  border-bottom: 1px solid #d5dce3; overflow-wrap: anywhere; }
td p { margin: 0 0 .4rem; }
.lines { white-space: pre-line; }
.soft { color: #54626a; }
@media print { .scroll { overflow: visible; } tr { break-inside: avoid; } }
"""

_PAGE = """\
<!doctype html>
<html lang="{{ html_language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{ texts.title }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
<main>
<h1>{{ texts.title }}</h1>
<p><strong>{{ texts.total }}</strong></p>
<ul>
{% for text in texts.about() %}
<li>{{ text }}</li>
{% endfor %}
</ul>
<ol>
{% for text in texts.how() %}
<li>{{ text }}</li>
{% endfor %}
</ol>
{% for indicator in facts.indicators if indicator.routes %}
<h2>{{ indicator.code }} {{ indicator.title.get(language) }}
<span class="soft">{{ points(indicator.points) }} / {{ plain(indicator.most) }}</span></h2>
<div class="scroll"><table>
<thead><tr>
{% for head in heads %}
<th scope="col">{{ head }}</th>
{% endfor %}
</tr></thead>
<tbody>
{% for criterion in indicator.routes|sum(start=()) %}
<tr>
<td>{{ criterion.name }}</td>
<td>{{ criterion.statement.get(language) }}</td>
<td>{{ plain(criterion.points) }}</td>
<td>{{ texts.answer(criterion) }}</td>
<td>{{ criterion.rationale or "" }}</td>
<td>
{% for evidence in criterion.evidence %}
{% set lines = texts.evidence(evidence) %}
<p>{{ lines[0] }}<br>
{% for line in lines[1:] %}
<span class="soft">{{ line }}</span><br>
{% endfor %}
{% for place in evidence.places if place.link %}
<a href="{{ place.link }}" rel="noreferrer">{{ place.link }}</a><br>
{% endfor %}
</p>
{% endfor %}
{% if texts.looked_in(criterion) %}
<p>{{ texts.looked_in(criterion) }}</p>
{% endif %}
</td>
<td>
{% for decision in criterion.decided %}
<p class="lines">{{ texts.decision(decision) }}</p>
{% endfor %}
</td>
</tr>
{% endfor %}
</tbody>
</table></div>
{% endfor %}
</main>
</body>
</html>
"""


def pack_page(facts: PackFacts, language: Language) -> str:
    """A company's pack as a page of HTML; everything from files is escaped.

    Parameters
    ----------
    facts : PackFacts
    language : {"en", "zh"}
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    page = environment.from_string(_PAGE).render(
        facts=facts,
        texts=PackTexts(facts, language),
        language=language,
        html_language=WRITING[language].html,
        style=_STYLE,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
        heads=[c.title.get(language) for c in COLUMNS[1:] if not c.editable],
        points=show.points,
        plain=plain,
    )
    return visible(page)
