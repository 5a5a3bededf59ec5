"""The tiny workspace with two answered companies, and evidence that grows old."""

from __future__ import annotations

from tests.conftest import Spoilable

SOURCES = """\
format: 1
sources:
  - {id: report-2023, kind: annual_report, title: Report 2023, language: en, published: 2024-03}
  - {id: page, kind: website, title: Page, language: en, accessed: 2024-06-01}
"""

EVIDENCE = """\
format: 1
disclosures:
  - id: pledge
    statement: It pledges.
    indicators: [tiny/1.1.1]
    polarity: supports
    confidence: high
    where: [{source: alpha/report-2023, locator: p. 3}]
  - id: dated
    statement: By 2030.
    indicators: [tiny/1.1.1]
    polarity: supports
    confidence: high
    where: [{source: alpha/report-2023, locator: p. 4}]
    valid_until: 2024-12-31
"""

ALPHA = """\
format: 1
evaluation: first
verdicts:
  - criterion: 1.1.1/said
    answer: met
    disclosures: [alpha/pledge]
    rationale: Page 3 says it.
    assessor: Li
    date: 2024-06-10
    level: reviewed
    history:
      - {who: Li, when: 2024-06-10, was: not_met, now: met, why: Read again.}
  - criterion: 1.1.1/dated
    answer: not_met
    disclosures: [alpha/dated]
    assessor: Li
    date: 2024-06-10
note: Read in June.
"""

BETA = """\
format: 1
evaluation: first
no_disclosure:
  - code: 1.1.1
    looked_in: [its website, the annual report]
    assessor: Li
    date: 2024-06-11
"""

GAMMA = """\
format: 1
evaluation: first
verdicts:
  - {criterion: 1.1.1/said, answer: unknown, assessor: Li, date: 2024-06-11}
"""

FILES = {
    "companies/alpha/sources.yaml": SOURCES,
    "companies/alpha/evidence.yaml": EVIDENCE,
    "companies/alpha/assessments/first.yaml": ALPHA,
    "companies/beta/assessments/first.yaml": BETA,
    "companies/gamma/assessments/first.yaml": GAMMA,
}


def answered(tiny: Spoilable) -> Spoilable:
    """Write the answers and their evidence."""
    for file, text in FILES.items():
        tiny.write(file, text)
    assert tiny.problems() == []
    return tiny
