"""Company pages: every indicator, what it would take, whom it stands beside, and what is public."""

from __future__ import annotations

import datetime
import html
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from cati.model.assessment import Change
from cati.model.base import Text
from cati.model.errata import Effect, Errata, Erratum, KeptEdition, Result
from cati.model.language import LANGUAGES, Language
from cati.model.review import Challenge, CompanyReview, Pointer, ReviewDecision
from cati.report.edition import Edition
from cati.report.site import company as page_company
from cati.report.site.company import changes, criteria_list, next_text
from cati.store.file_kinds import ERRATA
from cati.workspace import Workspace
from tests.conftest import Spoilable
from tests.report.one_kind import pages_of, said, section, site_of
from tests.report.publishers import published_by

pytestmark = pytest.mark.slow

EVALUATION = "automakers-2024"
DAY = datetime.date(2024, 9, 1)
HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'{{ 7*7 }}"


@pytest.fixture(scope="module")
def edition(real: Workspace) -> Edition:
    return Edition.of(real, real.score(EVALUATION), real.reasons(EVALUATION))


@pytest.fixture(scope="module")
def pages(edition: Edition) -> dict[Language, dict[str, str]]:
    return {language: pages_of(page_company.pages, edition, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def geely(pages: dict[Language, dict[str, str]]) -> str:
    return pages["en"]["companies/geely-auto.html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_of_a_company_can_be_opened_with_all_its_criteria(
    edition: Edition, pages: dict[Language, dict[str, str]], language: Language
) -> None:
    page = pages[language]["companies/geely-auto.html"]
    text = said(page)
    for indicator in edition.methodology.indicators():
        assert f'<details class="indicator" id="i{indicator.code}">' in page
        for route in indicator.routes:
            for criterion in route.criteria:
                statement = " ".join(criterion.statement.get(language).split())
                assert re.sub(r" ([.,;])", r"\1", statement) in text


def test_points_of_every_indicator_are_those_of_the_scorecard(
    edition: Edition, pages: dict[Language, dict[str, str]]
) -> None:
    for company in ("geely-auto", "dpca"):
        page = pages["en"][f"companies/{company}.html"]
        shown = re.findall(
            r'id="i([\d.]+)"><summary>.*?<small>([\d.]+)(?:–([\d.]+))? of ([\d.]+)</small>', page
        )
        assert len(shown) == 51
        for code, low, high, most in shown:
            points = edition.card.group([code]).points(company)
            assert (Fraction(low), Fraction(high or low)) == (points.low, points.high)
            assert Fraction(most) == edition.methodology.indicator(code).points


def test_from_an_answer_to_source_and_place(geely: str) -> None:
    entry = geely[geely.index('id="i2.2.1"') : geely.index('id="i2.2.2"')]
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", entry)).split())
    assert "2 of 6 criteria answered" in text
    assert "met hotspots At least one main emission source" in text
    assert "Geely Auto names steel, aluminium and batteries as hotspots" in text
    assert "Institute of Public & Environmental Affairs [1] · section 3.4(2)" in text
    assert "Also at hand, and cited by no answer here:" in text


def test_rank_and_how_far_it_holds(geely: str) -> None:
    text = said(geely)
    assert "Rank 4 of 51 companies" in text
    assert (
        "Whatever the weighting of Scopes 1 and 2 against Scope 3, from 0 : 100 to 100 : 0 in "
        "whole per cent, the rank stays within 3–6." in text
    )
    assert (
        "If each known number of points had a one-in-ten chance of being 0.5 too high or too low, "
        "the rank would be 3–4 in the middle nine tenths of 2,000 draws." in text
    )


def test_a_total_is_seen_beside_those_around_it(pages: dict[Language, dict[str, str]]) -> None:
    english, chinese = (
        {
            company: said(pages[lang][f"companies/{company}.html"])
            for company in ("geely-auto", "kia")
        }
        for lang in LANGUAGES
    )
    assert (
        "The total is 1.0 behind BMW (rank 3); 2.2 ahead of Kia (rank 5)." in english["geely-auto"]
    )
    step = "0.5 points more or less in one column change the total by 0.3, 0.5 or 0.7. With all "
    assert f"{step}others as they are, the rank stays 4." in english["geely-auto"]
    assert f"{step}others as they are, the rank stays within 5–6." in english["kia"]
    assert "总分比宝马（第 3 名）低 1.0 分；比起亚（第 5 名）高 2.2 分。" in chinese["geely-auto"]
    assert (
        "总分相应增减 0.3、0.5 或 0.7 分。若其他企业不变，名次仍为第 4 名。"
        in chinese["geely-auto"]
    )


def test_companies_of_one_total_are_level(
    edition: Edition, pages: dict[Language, dict[str, str]]
) -> None:
    card = edition.card
    equal = [c for c in card.order if card.rank(c) in [card.rank(o) for o in card.order if o != c]]
    assert equal
    for company in card.order:
        text = said(pages["en"][f"companies/{company}.html"])
        assert ("level with" in text) == (company in equal)


def test_criteria_keep_their_points_where_they_are_answered(edition: Edition, geely: str) -> None:
    criteria = sum(
        len(route.criteria)
        for indicator in edition.methodology.indicators()
        for route in indicator.routes
    )
    answers = section(geely, "answers")
    assert len(re.findall(r"<small>(?:1 point|[\d.]+ points)</small>", answers)) == criteria


def test_beside_answers_stands_that_they_do_not_explain_the_printed_points(
    real: Workspace, edition: Edition, geely: str
) -> None:
    caution = "Our criteria; they do not explain the printed points."
    entries = section(geely, "answers").split('<details class="indicator"')[1:]
    known = [entry for entry in entries if 'class="badge known"' in entry]
    assert known
    assert all((caution in entry) == (entry in known) for entry in entries)
    reasons = real.reasons(EVALUATION)
    assessed = Edition.of(real, reasons.card, reasons)
    assert caution not in pages_of(page_company.pages, assessed)["companies/geely-auto.html"]


def test_what_unverified_means_is_said_once_where_an_answer_is(
    edition: Edition, pages: dict[Language, dict[str, str]]
) -> None:
    told = [
        pages["en"][f"companies/{company}.html"].count("Unverified: nobody but the assessor")
        for company in edition.card.order
    ]
    shown = [
        "unverified</small>" in pages["en"][f"companies/{company}.html"]
        for company in edition.card.order
    ]
    assert told == [int(is_shown) for is_shown in shown]
    assert 1 in told


def test_a_rank_that_no_weighting_moves_is_no_range(pages: dict[Language, dict[str, str]]) -> None:
    first = "companies/mercedes-benz.html"
    assert "in whole per cent, the rank stays 1." in said(pages["en"][first])
    assert "（0 : 100 至 100 : 0，以整百分数计），名次始终为第 1 名。" in said(pages["zh"][first])


def test_a_joint_venture_is_marked_and_its_missing_rank_explained(
    edition: Edition, pages: dict[Language, dict[str, str]]
) -> None:
    for company in edition.card.order:
        page = pages["en"][f"companies/{company}.html"]
        head = page[page.index("<h1") : page.index("</h1>")]
        is_venture = edition.entities[company].is_joint_venture
        assert ('title="joint venture"' in head) == is_venture
        assert ("Rank without joint ventures not ranked there" in said(page)) == is_venture


def test_coverage_is_told_only_where_answers_settle_points(real: Workspace, geely: str) -> None:
    assert "of all possible points are settled" not in geely
    reasons = real.reasons(EVALUATION)
    assessed = Edition.of(real, reasons.card, reasons)
    page = pages_of(page_company.pages, assessed)["companies/geely-auto.html"]
    assert "of all possible points are settled" in page


def test_who_only_may_have_the_highest_rate_is_marked_so(geely: str) -> None:
    rows = dict(
        re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', section(geely, "beside"), re.S)
    )
    assert "perhaps" not in rows["Governance"]
    assert re.search(r"up to \d+ companies|<small>perhaps</small>", rows["Affiliates"])


def test_figures_of_a_disclosure_stand_apart_and_in_its_language(
    pages: dict[Language, dict[str, str]],
) -> None:
    statement = "purchased goods were 8.4, 8.7 and 9.0 t of CO2 per car.</span>"
    for language, mark in (("en", ""), ("zh", ' lang="en"')):
        page = pages[language]["companies/mercedes-benz.html"]
        after = page.partition(statement)[2].partition("<ul")[0]
        assert f'<br><small class="doubt"{mark}>purchased goods (category 3.1): 8.4' in after


def test_a_reader_of_chinese_is_told_that_disclosures_are_not_translated(
    pages: dict[Language, dict[str, str]],
) -> None:
    told = "披露信息按收录语言列出，未另行翻译。"
    for path, page in pages["zh"].items():
        assert (told in section(page, "answers")) == ('class="evidence"' in page), path
        assert "untranslated" not in pages["en"][path]


def test_a_listing_has_no_blank_before_its_places(pages: dict[Language, dict[str, str]]) -> None:
    assert "<dd>是（表 3-2-1" in pages["zh"]["companies/geely-auto.html"]
    assert "<dd>yes (Table 3-2-1" in pages["en"]["companies/geely-auto.html"]


def test_rates_stand_beside_those_of_the_same_origin(geely: str) -> None:
    text = said(geely)
    assert "companies of the same origin: Chinese companies, 18 in all." in text
    beside = section(geely, "beside")
    row = re.search(r"Governance</th><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td>", beside)
    assert row is not None
    assert [cell.replace("\N{NO-BREAK SPACE}", "") for cell in row.groups()] == [
        "85%",
        "68%",
        "100%",
    ]


def test_next_ten_points_are_told_with_where_they_lie(geely: str) -> None:
    text = said(geely)
    assert "From a total of 61.9 to 71.9 it takes at least 15 steps of 0.5, 7.5 points" in text
    assert "With all others as they are, that total would be rank 2." in text
    rooms = section(geely, "next")
    first = rooms[rooms.index("<tbody>") : rooms.index("</tr>", rooms.index("<tbody>"))]
    assert "Upstream suppliers" in first
    assert 'href="../indicators/5.4.7.html"' in first


def test_nothing_left_to_gain_has_no_such_section(edition: Edition) -> None:
    card = edition.card
    full = card.low.copy()
    full[:] = [block.steps for block in card.blocks]
    page = pages_of(page_company.pages, replace(edition, card=replace(card, low=full, high=full)))
    assert 'id="next"' not in page["companies/bmw.html"]


def review(text: str, *, consent: bool, decided: bool = True) -> Challenge:
    decision = ReviewDecision(
        outcome="partly", reason=f"Because of {text}.", by="Decider Secret", date=DAY, changed=DAY
    )
    return Challenge(
        id=f"c-{len(text)}",
        stage="review",
        criterion="2.2.1/hotspots",
        received=DAY,
        answer="met",
        text=text,
        evidence=Pointer.model_construct(link="javascript:alert(1)", where=None, published=None),
        consent=consent,
        decision=decision if decided else None,
    )


def test_only_consented_and_decided_challenges_are_shown(edition: Edition) -> None:
    given = (
        review("Told to all", consent=True),
        review("Kept private by the company", consent=False),
        review("Not decided", consent=True, decided=False),
        review(HOSTILE, consent=True),
    )
    reply = CompanyReview(format=1, evaluation=EVALUATION, company="bmw", challenges=given)
    store = replace(edition.store, replies={EVALUATION: {"bmw": reply}})
    found = pages_of(page_company.pages, replace(edition, workspace=Workspace(store)))
    page = found["companies/bmw.html"]
    text = said(page)
    assert "accepted in part 2.2.1/hotspots review · decided 1 September 2024" in text
    assert "Told to all" in text
    assert "Because of Told to all." in text
    for other in found.values():
        assert "Kept private" not in other
        assert "Not decided" not in other
        assert "Decider Secret" not in other
    assert html.escape(HOSTILE, quote=False)[:30] in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "No challenge by this company is published." in said(found["companies/byd.html"])


def test_a_company_is_told_where_to_dispute_an_answer(edition: Edition) -> None:
    ours = published_by(edition, contact="a@north.example")
    found = section(pages_of(page_company.pages, ours)["companies/byd.html"], "challenges")
    assert 'writes to <a href="mailto:a@north.example" rel="noreferrer">a@north.example' in found
    nobody = section(pages_of(page_company.pages, edition)["companies/byd.html"], "challenges")
    assert "writes to" not in nobody


def test_changed_answers_and_errata_make_up_the_change_log(edition: Edition) -> None:
    result = {"total": 61, "total_high": 61, "rank": 4, "rank_worst": 4}
    effect = Effect(
        company="bmw",
        before=Result(**result),
        after=Result(**{**result, "rank": 3, "rank_worst": 3}),
    )
    words = Text(en="A page", zh="一页")
    erratum = Erratum(number=1, date=DAY, what=words, why=words, by="us", effects=(effect,))
    kept = tuple(KeptEdition(number=n, date=DAY, by="us", sha256="0" * 64) for n in (1, 2))
    errata = Errata(format=1, editions=kept, errata=(erratum,))
    store = edition.store.with_records(ERRATA, {EVALUATION: errata})
    found = pages_of(page_company.pages, replace(edition, workspace=Workspace(store)))
    log = section(found["companies/bmw.html"], "changes")
    assert 'href="../errata.html#erratum-1"' in log
    assert "total 61, rank 4; now total 61, rank 3" in log
    assert "no correction touches this company" in found["companies/byd.html"]


def test_changes_of_answers_come_from_the_earliest(real_copy: Spoilable) -> None:
    file = "companies/geely-auto/assessments/automakers-2024.yaml"
    history = (
        "    history:\n"
        "      - {who: Li, when: '2026-11-22', was: unknown, now: not_met, why: Read again}\n"
        "      - {who: Li, when: '2026-11-23', was: not_met, now: met, why: A table was found, "
        "rationale: No table at all}\n"
    )
    text = real_copy.read(file)
    end = text.index("  - criterion:", text.index("2.2.1/hotspots"))
    real_copy.write(file, text[:end] + history + text[end:])
    ws = real_copy.open()
    edition = Edition.of(ws, ws.score(EVALUATION), ws.reasons(EVALUATION))
    site = site_of(edition)
    found = changes(site.facts.evidence.of("geely-auto"))
    assert [name for name, _ in found] == ["2.2.1/hotspots"] * 2
    assert [change.why for _, change in found] == ["Read again", "A table was found"]
    assert all(isinstance(change, Change) for _, change in found)
    page = pages_of(page_company.pages, edition)["companies/geely-auto.html"]
    assert "Reason before: <span" in page
    assert ">No table at all</span>" in page
    log = section(page, "changes")
    assert "not met, now met" in log
    assert "A table was found" in log


def test_criteria_without_evidence_are_written_once_and_escaped(edition: Edition) -> None:
    indicator = edition.methodology.indicator("5.4.7")
    route = indicator.routes[0]
    spoilt = route.criteria[0].model_copy(update={"statement": Text(en=HOSTILE, zh=HOSTILE)})
    routes = (route.model_copy(update={"criteria": (spoilt,)}), *indicator.routes[1:])
    listed = criteria_list(site_of(edition), indicator.model_copy(update={"routes": routes}))
    assert "&lt;script&gt;" in listed
    assert "<script>" not in listed
    assert str(indicator.routes[1].title.get("en") if indicator.routes[1].title else "") in listed


def test_a_sentence_for_a_total_that_depends_on_the_solution(edition: Edition) -> None:
    site = site_of(edition)
    following = site.facts.next_points("geely-auto")
    assert following is not None
    assert next_text(site, following).startswith("From a total of 61.9 to 71.9")


@pytest.mark.parametrize("language", LANGUAGES)
def test_company_pages_stay_small(
    pages: dict[Language, dict[str, str]], language: Language
) -> None:
    assert len(pages[language]) == 51
    assert max(len(page.encode()) for page in pages[language].values()) <= 150_000


def test_on_the_assessed_basis_every_indicator_is_an_interval_of_its_answers(
    real: Workspace,
) -> None:
    reasons = real.reasons(EVALUATION)
    edition = Edition.of(real, reasons.card, reasons)
    page = pages_of(page_company.pages, edition)["companies/geely-auto.html"]
    points = reasons.card.group(["2.2.1"]).points("geely-auto")
    assert f"{float(points.low):g}–{float(points.high):g} of 5" in said(page)
    assert "further indicators have open points" in said(page)
    assert set(re.findall('class="middle" x="[^"]*" y="1" width="([^"]*)"', page)) == {"2"}


def test_another_workspace_without_criteria_has_company_pages(tiny: Spoilable) -> None:
    ws = tiny.open()
    edition = Edition.of(ws, ws.score("first"))
    found = pages_of(page_company.pages, edition, "zh")
    assert set(found) == {f"companies/{company}.html" for company in edition.card.companies}


def test_two_sources_of_one_title_are_told_apart(geely: str) -> None:
    listed = re.findall(r'<li id="s\d+">(.*?)</li>', geely)
    texts = [re.sub(r"<[^>]+>", "", entry) for entry in listed]
    twins = [text for text in texts if "2023 Environmental, Social, and Governance Report" in text]
    assert len(twins) == 2
    assert len(set(texts)) == len(texts)
