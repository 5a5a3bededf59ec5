"""Every quote is looked for on its page, and what became of it is said."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from benchmarks.collection import collection
from cati.problems import ProblemsError
from cati.research.desk.archive import Archive
from cati.research.desk.desk_lines import quote_lines
from cati.research.desk.document_text import PageText, parts
from cati.research.desk.quotes import SearchedDocument, check_quotes, quoted, tally
from cati.research.desk.transcription import confirm, transcribe
from cati.store.store import Store
from tests.conftest import Spoilable
from tests.research.desk_cases import DAY, add_report
from tests.research.documents import drawn_pdf, line, set_pdf, written_pdf

PAGES = (
    "We will reduce emissions by 50 % by 2035 against 2019.",
    "公司计划到2030年采购12万吨绿钢。Suppliers must set targets for",
    "2030 and report on them every year.",
)
HEAD = "format: 1\ndisclosures:\n"


def disclosure(number: int, quote: str, page: int | None = 1, more: str = "") -> str:
    """A disclosure with a quote, as its file has it."""
    told = f", page: {page}" if page else ""
    return (
        f"  - id: d{number}\n    statement: A fact.\n    indicators: [tiny/1.1.1]\n"
        "    polarity: supports\n    confidence: high\n"
        f"    where: [{{source: alpha/report-2024, locator: page 2}}]\n"
        f"    quote: {{text: '{quote}', language: en{told}{more}}}\n"
    )


def file_pages(file: str) -> list[PageText]:
    content = (Path(__file__).parent / "files" / file).read_bytes()
    return [part for part in parts(content) if isinstance(part, PageText)]


def checked(tiny: Spoilable, *entries: str) -> list[tuple[str, tuple[int, ...]]]:
    tiny.write("companies/alpha/evidence.yaml", HEAD + "".join(entries))
    return [(one.outcome, one.found_on) for one in check_quotes(Store.open(tiny.root))]


@pytest.mark.parametrize(
    ("quote", "page", "outcome", "found_on"),
    [
        ("reduce emissions by 50 % by 2035", 1, "exact", (1,)),
        ("reduce emissions by 50% by 2035", 1, "normalised", (1,)),
        ("we wil reduce emissions by 50 % by 2035", 1, "fuzzy", (1,)),
        ("reduce emissions by 50 % by 2036 against", 1, "changed", (1,)),
        ("reduce emissions by 50 % by 2035", 3, "elsewhere", (1,)),
        ("we wil reduce emissions by 50 % by 2035", 2, "elsewhere", (1,)),
        ("采购12万吨绿钢", 2, "normalised", (2,)),
        ("采购13万吨绿钢", 2, "not_found", ()),
        ("公司计划到2030年采购13万吨绿钢", 3, "changed", (2,)),
        ("set targets for 2030 and report on them", 2, "normalised", (2,)),
        ("nothing of that kind", 2, "not_found", ()),
        ("nothing of that kind", 9, "no_page", ()),
        ("reduce emissions by 50 % by 2035", 9, "elsewhere", (1,)),
        ("公司计划到2030年采购12万吨绿钢", None, "normalised", (2,)),
    ],
)
def test_what_becomes_of_a_quote(
    tiny: Spoilable, quote: str, page: int | None, outcome: str, found_on: tuple[int, ...]
) -> None:
    add_report(tiny.root, set_pdf(*PAGES))
    (found,) = checked(tiny, disclosure(1, quote, page))
    assert found == (outcome, found_on)


@pytest.mark.parametrize(
    ("file", "quote", "outcome"),
    [
        ("cjk/radsup.txt", "新能源汽车销量增长8%", "normalised"),
        ("cjk/radsup.txt", "风电采购量为3亿千瓦时", "normalised"),
        ("cjk/radsup.txt", "风电采购量为5亿千瓦时，新车碳足迹", "changed"),
        ("cjk/kangxi.txt", "公司绿色电力采购量为3亿千瓦时，高于上年", "normalised"),
        ("cjk/trad.txt", "本集团绿色电力采购量为三亿千瓦时", "normalised"),
        ("cjk/trad.txt", "本集團綠色電力採購量為三億千瓦時", "exact"),
        ("cjk/trad.txt", "本集团绿色电力采购量为五亿千瓦时，温室气体", "changed"),
        ("cjk/simp.txt", "溫室氣體範圍一排放量下降8%，可再生能源佔比30%", "normalised"),
        ("cjk/simp.txt", "溫室氣體範圍一排放量上升8%，可再生能源佔比30%", "changed"),
        (
            "cjk/f-trad.txt",
            "温室气体排放总量（范围一、范围二）为32万吨，比上年下降8%",
            "normalised",
        ),
        ("enc/a1-big5-hkscs.html", "恒大新能源汽车在厂房里使用绿电三亿千瓦时", "normalised"),
        ("enc/a3-utf8-onebad.html", "公司采购绿电3亿千瓦时", "exact"),
        ("enc/a3b-utf8-en-onebad.html", "by 8 % – to “1.2 Mt”", "exact"),
        ("enc/a6-gbk-euro.html", "投资€3亿元用于绿电", "exact"),
        ("web/wrongenv.mht", "公司采购绿电3亿千瓦时", "exact"),
        ("web/accordion.html", "We cut Scope 1 and 2 emissions by 60 % by 2030.", "hidden"),
        ("web/accordion.html", "All steel suppliers report their emissions.", "hidden"),
        ("web/accordion.html", "We used 3 TWh of green power in 2023.", "hidden"),
        ("web/accordion.html", "2023年采购绿电3亿千瓦时", "hidden"),
        ("web/accordion.html", "碳中和目标2045年", "exact"),
        ("web/accordion.html", "We cut Scope 1 and 2 emissions by 70 % by 2030.", "not_found"),
    ],
)
@pytest.mark.parametrize("page", [1, None])
def test_a_quote_from_a_file_as_people_save_it(
    file: str, quote: str, outcome: str, page: int | None
) -> None:
    document = SearchedDocument(file_pages(file))
    assert document.look(quote, page)[0] == outcome


def test_a_number_put_together_of_two_is_not_confirmed() -> None:
    (page,) = (
        one
        for one in parts("排放12\u200b5万吨，绿\u200b电3亿".encode())
        if isinstance(one, PageText)
    )
    document = SearchedDocument([page])
    assert document.look("排放125万吨", 1)[:2] == ("hidden", (1,))
    assert document.look("排放12万吨", 1)[0] == "not_found"
    assert document.look("绿电3亿", 1)[0] in {"exact", "normalised"}


@pytest.mark.parametrize("quote", ["50 kt in all plants of the group", "emissions were 50 kt"])
def test_a_number_with_a_lost_character_is_not_confirmed(quote: str) -> None:
    page = PageText(1, "Our emissions were \ufffd50 kt in all plants of the group.", "text")
    assert SearchedDocument([page]).look(quote, 1)[0] in {"changed", "not_found"}


def test_characters_that_only_simplified_chinese_makes_one_are_not() -> None:
    page = PageText(1, "本公司採用乾燥設備與烘乾爐。", "text")
    assert SearchedDocument([page]).look("采用干燥设备与烘干炉", 1)[0] == "normalised"
    assert SearchedDocument([page]).look("採用幹燥設備與烘幹爐", 1)[0] == "not_found"


def test_a_quote_without_a_page_may_stand_anywhere() -> None:
    document = SearchedDocument([PageText(n, text, "text") for n, text in enumerate(PAGES, 1)])
    assert document.look("report on them every year", None)[:2] == ("exact", (3,))
    assert document.look("report on them each month", None)[0] == "not_found"


def test_every_page_on_which_it_stands_is_named() -> None:
    document = SearchedDocument([PageText(n, "green steel", "text") for n in (1, 2, 3)])
    assert document.look("green steel", 2)[:2] == ("exact", (2,))
    assert document.look("green steel", 4)[:2] == ("elsewhere", (1, 2, 3))


def test_what_nobody_sees_is_told_as_not_visible(tiny: Spoilable) -> None:
    white = "q 1 g " + line(("Scope 3 was 9.9 Mt", 12, 0), y=650) + "Q"
    add_report(tiny.root, drawn_pdf(line(("Scope 1 was 1.2 Mt", 12, 0)) + white, white))
    quotes = ("Scope 1 was 1.2 Mt", "Scope 3 was 9.9 Mt", "Scope 3 was 9.8 Mt")
    found = checked(tiny, *(disclosure(at, quote) for at, quote in enumerate(quotes)))
    assert found == [("exact", (1,)), ("hidden", (1,)), ("not_found", ())]
    assert checked(tiny, disclosure(1, quotes[1], 2)) == [("hidden", (2,))]
    lines = list(quote_lines(check_quotes(Store.open(tiny.root)), "en"))
    assert (
        "not visible: page 2 of alpha/report-2024 has it, but not so that a reader sees it"
        in lines[0]
    )


def test_a_digit_more_is_told_as_perhaps_a_footnote(tiny: Spoilable) -> None:
    add_report(tiny.root, written_pdf(["In 2023 emissions of all plants were 1,2502 kt in all"]))
    entry = disclosure(1, "In 2023 emissions of all plants were 1,250 kt in all")
    assert checked(tiny, entry) == [("changed", (1,))]
    lines = list(quote_lines(check_quotes(Store.open(tiny.root)), "en"))
    assert "the page has a digit more, perhaps a footnote" in lines[0]


@pytest.mark.slow
def test_a_page_without_text_is_not_called_a_false_quote(tiny: Spoilable) -> None:
    sha256 = add_report(tiny.root, written_pdf([None, "Aluminium"])).kept.sha256
    entry = disclosure(1, "12 kt of steel")
    assert checked(tiny, entry) == [("no_text", ())]
    (tiny.root / "typed.txt").write_text("We buy 12 kt of steel.", encoding="utf-8")
    archive = Archive(tiny.root)
    transcribe(archive, sha256, 1, tiny.root / "typed.txt", "Li", DAY)
    (check,) = check_quotes(Store.open(tiny.root))
    assert (check.outcome, check.unchecked) == ("exact", True)
    confirm(archive, sha256, 1, "Wang", DAY)
    (check,) = check_quotes(Store.open(tiny.root))
    assert (check.outcome, check.unchecked) == ("exact", False)


def test_a_source_without_a_copy_leaves_its_quotes_unchecked(tiny: Spoilable) -> None:
    add_report(tiny.root, set_pdf(*PAGES))
    entry = disclosure(1, "anything").replace("alpha/report-2024", "press/report")
    assert checked(tiny, entry) == [("no_copy", ())]


def test_a_translation_beside_the_words_of_the_source_is_never_looked_for(tiny: Spoilable) -> None:
    add_report(tiny.root, set_pdf(*PAGES))
    entry = disclosure(1, "emissions by 50 %", more=", translation: 减排 99 %")
    assert checked(tiny, entry) == [("exact", (1,))]


def test_a_document_may_be_quoted_in_each_of_its_languages(tiny: Spoilable) -> None:
    add_report(tiny.root, set_pdf(*PAGES))
    quotes = (
        "公司计划到2030年采购12万吨绿钢",
        "公司计划到2030年采购13万吨绿钢",
        "公司计划减排一半",
    )
    entries = [
        disclosure(number, quote, 2).replace("language: en", "language: zh")
        for number, quote in enumerate(quotes)
    ]
    found = checked(tiny, *entries)
    assert found == [("normalised", (2,)), ("changed", (2,)), ("other_language", ())]


@pytest.mark.slow
def test_a_copy_that_was_changed_after_it_was_read_is_named(tiny: Spoilable) -> None:
    content = set_pdf(*PAGES)
    kept = add_report(tiny.root, content).kept
    entry = disclosure(1, "emissions by 50 %")
    assert checked(tiny, entry) == [("exact", (1,))]
    copy = tiny.root / "private/documents" / f"{kept.sha256}.pdf"
    copy.write_bytes(content + b"x")
    message = f"documents/{kept.sha256}.*expected the copy as archived.*'cati document add'"
    with pytest.raises(ProblemsError, match=message):
        check_quotes(Store.open(tiny.root))
    add_report(tiny.root, content)
    assert [one.outcome for one in check_quotes(Store.open(tiny.root))] == ["exact"]


def test_of_several_places_the_best_counts(tiny: Spoilable) -> None:
    add_report(tiny.root, set_pdf(*PAGES))
    entry = disclosure(1, "emissions by 50 %").replace(
        "where: [", "where: [{source: press/report, locator: page 1}, "
    )
    assert checked(tiny, entry) == [("exact", (1,))]


def test_a_quote_longer_than_allowed_is_a_problem(tiny: Spoilable) -> None:
    add_report(tiny.root, set_pdf(*PAGES))
    with pytest.raises(ProblemsError, match=r"quote\.text: expected at most 500 characters"):
        checked(tiny, disclosure(1, "x" * 501))


def test_quotes_are_counted_by_outcome_and_company(tiny: Spoilable) -> None:
    add_report(tiny.root, set_pdf(*PAGES))
    checked(tiny, disclosure(1, "by 2035"), disclosure(2, "by 2035"), disclosure(3, "by 1935"))
    store = Store.open(tiny.root)
    assert quoted(store) == quoted(store, "alpha") == ["alpha/d1", "alpha/d2", "alpha/d3"]
    assert quoted(store, "beta") == []
    counts = tally(check_quotes(store))
    assert counts["exact"] == 2
    assert sum(counts.values()) == 3


@pytest.mark.soak
def test_a_thousand_quotes_over_two_thousand_pages_take_less_than_twenty_seconds(
    tiny: Spoilable,
) -> None:
    made = collection(2_000)
    entries, wanted = [], []
    for number in range(10):
        pages = made.pages[200 * number : 200 * number + 200]
        given = {"id": f"r{number}", "title": "Report", "language": "en"}
        add_report(tiny.root, set_pdf(*pages), **given)
        for at in range(100):
            page = 1 + at * 2
            quote = "".join(re.findall(r".+?(?:[.] |。|$)", pages[page - 1])[:4]).strip()
            quote = quote.replace("'", "''")
            digit = next((char for char in quote if char.isdigit()), "")
            changed = at % 4 == 0
            if changed:
                quote = quote.replace(digit, str((int(digit) + 1) % 10), 1)
            wanted.append(changed)
            entry = disclosure(1_000 * (number + 1) + at, quote, page)
            entries.append(entry.replace("alpha/report-2024", f"alpha/r{number}"))
    tiny.write("companies/alpha/evidence.yaml", HEAD + "".join(entries))
    store = Store.open(tiny.root)
    start = time.monotonic()
    checks = check_quotes(store)
    assert time.monotonic() - start < 20
    missed = [
        check
        for check, other in zip(checks, wanted, strict=True)
        if other != (check.outcome not in {"exact", "normalised"})
    ]
    assert missed == []
