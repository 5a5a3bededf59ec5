"""What an explanation on the assessed basis says, to its last page, in both languages."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from rich.console import Console

from cati.model.evidence import Quote
from cati.model.language import Language
from cati.report.texts.reasoning import cited_lines, company_text, group_lines
from cati.report.wording import Wording
from cati.research.season.beginning import plan_season, write_season
from cati.scoring.reasons import Reasons
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.scoring.test_backing import PARENT, VENTURE, venture

EVALUATION = "automakers-2024"


@pytest.fixture(scope="module")
def reasons(real: Workspace) -> Reasons:
    return real.reasons(EVALUATION)


def explained(
    workspace: Workspace, reasons: Reasons, company: str, code: str, language: Language = "en"
) -> str:
    group = reasons.group(company, code)
    return "\n".join(group_lines(group, workspace.entity(company), Wording(language)))


@pytest.mark.parametrize(
    "part",
    [
        "2–6 of 6 points",
        "  2.3.1/value: met, 1 of 1\n",
        "For at least one car the company itself declares a carbon footprint",
        "    Reason: Its sustainability report of 2023 is cited",
        "    cati developers, 21 November 2026, unverified\n",
        "    - polestar/product-footprints-by-model-year (counts)\n",
        "Polestar 2 LRDM-MY21, cradle to gate: 26.1 tCO₂e/vehicle",
        "Research and Evaluation Report; published October 2024; Table 3-5-3; secondary, citing",
        "  2.3.1/stages: unknown, 0–2 of 2\n",
        "Missing: evidence for 2.3.1/stages, 2.3.1/third-party",
        "Search terms: product carbon footprint; PCF;",
    ],
)
def test_the_path_of_polestars_footprint_ends_at_the_page(
    real: Workspace, reasons: Reasons, part: str
) -> None:
    assert part in explained(real, reasons, "polestar", "2.3.1")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_company_is_summed_up_without_a_rank_as_if_complete(
    real: Workspace, reasons: Reasons, language: Language
) -> None:
    console = Console(width=120, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    found = reasons.company("polestar")
    console.print(company_text(found, real.entity("polestar"), Wording(language)))
    lines = console.export_text().rstrip().splitlines()
    assert "1–51" in lines[0]
    assert "4.4–98.6" in lines[0]
    assert "147" in lines[1]
    assert lines[-1].startswith("(2–16) + 0.6 x (0.5–42) + 1.4 x (1.5–41) = 4.4–98.6")


def test_a_group_lists_every_indicator_and_says_where_more_is(
    real: Workspace, reasons: Reasons
) -> None:
    text = explained(real, reasons, "polestar", "5.4")
    assert [line[:5] for line in text.splitlines() if line.startswith("5.4.")] == [
        f"5.4.{n}" for n in range(1, 8)
    ]
    assert "Search terms" not in text
    assert text.endswith("cati explain automakers-2024 polestar CODE, for one indicator")


def test_parallel_routes_are_told_apart(real: Workspace, reasons: Reasons) -> None:
    text = explained(real, reasons, "polestar", "5.4.7")
    assert text.count("the best route counts") == 2


def test_what_nobody_answered_counts_as_not_met_where_its_requirement_is_not_met(
    real_copy: Spoilable,
) -> None:
    file = "companies/volvo-cars/assessments/automakers-2024.yaml"
    assert "1.2.2/" not in real_copy.read(file)
    verdict = (
        "verdicts:\n  - {criterion: 1.2.2/oversight, answer: not_met, assessor: A, "
        "date: '2026-11-21', rationale: No board is named.}\n"
    )
    real_copy.change(file, "verdicts:\n", verdict)
    workspace = real_copy.open()
    text = explained(workspace, workspace.reasons(EVALUATION), "volvo-cars", "1.2.2")
    told = text.partition("1.2.2/exercised: not met, 0 of 0.5\n")[2]
    assert told
    assert "The assessor says" not in told
    assert "held back" not in told
    assert (
        "    ! nobody has answered it yet; it counts as not met because 1.2.2/oversight is not met"
        in told
    )


def test_a_claim_on_a_parents_disclosure_is_marked_as_inferred(real_copy: Spoilable) -> None:
    workspace = venture(real_copy, "3.1.1/quantified", PARENT)
    text = explained(workspace, workspace.reasons(EVALUATION), VENTURE, "3.1.1")
    assert "3.1.1/quantified: met, 0.5 of 1" in text
    assert "inherited: met on disclosures of a parent, which earn 0.5 of the points" in text
    assert f"{PARENT}/found (inherited from {PARENT}, for 0.5 of the points (inferred" in text


def test_what_cannot_be_inherited_says_why(real_copy: Spoilable) -> None:
    workspace = venture(real_copy, "2.3.1/value", PARENT)
    text = explained(workspace, workspace.reasons(EVALUATION), VENTURE, "2.3.1")
    assert "2.3.1/value: unknown, 0–1 of 1" in text
    assert "The assessor says: met" in text
    assert "taken as unknown, since none of its evidence counts" in text
    assert "does not count: a parent's, and no rule lets the company claim it" in text


def test_what_no_answer_cites_is_shown_with_the_note_on_its_reading(
    real: Workspace, reasons: Reasons
) -> None:
    text = explained(real, reasons, "li-auto", "5.3.2")
    assert "\nAssessor's note: The disclosures at hand decide no criterion; " in text
    told = text.partition("  Also at hand, and cited by no answer here:\n")[2]
    sheet = told.partition("    - li-auto/aluminium-sheet-emissions-2022 (counts)\n")[2]
    assert "\n      Note: The cell with the method is garbled; " in sheet
    assert "Also at hand" not in explained(real, reasons, "li-auto", "5.4.7")
    assert "（计入）" in explained(real, reasons, "li-auto", "5.3.2", "zh")


def test_what_a_source_cites_is_said_in_chinese(real: Workspace, reasons: Reasons) -> None:
    text = explained(real, reasons, "beijing-benz", "5.3.2", "zh")
    assert "二手来源，引自：最近的脚注，按位置判断：脚注 60-62，Mercedes-Benz Sustain" in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "    proposed: met, carried over from automakers-2024; not confirmed\n"),
        ("zh", "    建议评判：符合，沿用自 automakers-2024，尚待确认\n"),
    ],
)
def test_a_proposed_answer_is_nobodys_yet(
    real_copy: Spoilable, language: Language, told: str
) -> None:
    workspace = real_copy.open()
    today = datetime.date(2026, 11, 22)
    season = plan_season(workspace, "automakers-2025", EVALUATION, today, by="Wen")
    write_season(workspace, season)
    again = real_copy.open()
    text = explained(again, again.reasons("automakers-2025"), "polestar", "2.3.1", language)
    assert text.count(told) == 2
    assert "Wen" not in text


def test_changes_of_an_answer_are_told(real_copy: Spoilable) -> None:
    real_copy.change(
        "companies/polestar/assessments/automakers-2024.yaml",
        "    date: '2026-11-21'\n",
        "    date: '2026-11-21'\n    history:\n      - {who: Wen, when: '2026-11-22', "
        "was: unknown, now: met, why: The table was read again.}\n"
        "      - {who: Li, when: '2026-11-22', was: met, now: met, why: Page 9 is clearer., "
        "disclosures: [polestar/steel-target-2030], rationale: Page 8 says so.}\n",
    )
    workspace = real_copy.open()
    text = explained(workspace, workspace.reasons(EVALUATION), "polestar", "2.3.1")
    lines = [line.strip() for line in text.splitlines()]
    at = lines.index(
        "Changed by Wen, 22 November 2026: unknown, now met: The table was read again."
    )
    assert lines[at + 1 : at + 4] == [
        "Changed by Li, 22 November 2026: still met, but its evidence or rationale changed: "
        "Page 9 is clearer.",
        "Rested before on polestar/steel-target-2030",
        "Reason before: Page 8 says so.",
    ]


def test_a_quote_stands_where_it_decides(real: Workspace, reasons: Reasons) -> None:
    group = reasons.group("polestar", "2.3.1")
    (cited,) = next(c.cited for c in group.indicators[0].criteria if c.name == "2.3.1/value")
    quote = Quote(text="It is 26.1 t.", language="en", page=4)
    quoted = replace(cited, disclosure=cited.disclosure.model_copy(update={"quote": quote}))
    text = "\n".join(cited_lines(quoted, Wording("en")))
    assert "\n      Quote: “It is 26.1 t.” (page 4)\n" in text
    assert "Quote" not in "\n".join(cited_lines(cited, Wording("en")))
