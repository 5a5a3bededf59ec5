"""``published.csv`` and ``points.csv``: every cell is checked, and named where it is wrong."""

from __future__ import annotations

import pytest

from cati.store.printed_files import points_text, published_header, published_text
from cati.workspace import Workspace
from tests.conftest import Spoilable

PUBLISHED = "reports/first/published.csv"
POINTS = "reports/first/points.csv"
BETA = "2,beta,Beta,2.9,50,25,0,0,13\n"


def test_the_header_follows_the_printed_columns_of_the_methodology(real: Workspace) -> None:
    assert published_header(real.methodology("automotive-2024")) == (
        "rank",
        "company",
        "name",
        "total",
        "governance",
        "scope12_disclosure",
        "scope12_targets",
        "scope12_action",
        "scope3_disclosure",
        "scope3_targets",
        "scope3_action",
        "steel_aluminium",
        "supplier_guidance",
        "product_footprint",
    )


def test_points_are_written_as_they_are_read(tiny: Spoilable) -> None:
    points = tiny.open().store.printed["first"].points
    assert points_text(points) == tiny.read(POINTS)


def test_the_real_points_are_written_as_they_are_read(real: Workspace) -> None:
    points = real.store.printed["automakers-2024"].points
    file = real.store.root / "reports/automakers-2024/points.csv"
    assert points_text(points) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("cell", ["101", "75.1", "-5", "0.75"])
def test_a_rate_is_a_whole_number_of_per_cent_where_the_table_prints_none_other(
    tiny: Spoilable, cell: str
) -> None:
    tiny.change(PUBLISHED, "75,67", f"{cell},67")
    assert tiny.problems() == [
        f"{PUBLISHED}:2: alpha, rules: "
        f"expected a number from 0 to 100 without decimals; found '{cell}'"
    ]


@pytest.mark.parametrize(
    "cell", ["", "-", "—", "#N/A", "不适用", "NaN", "8x", "1e1", "٧٥", "075", "inf", "75 %%"]
)
def test_a_rate_that_is_no_number_is_answered_with_what_a_rate_may_be(
    tiny: Spoilable, cell: str
) -> None:
    tiny.change(PUBLISHED, "75,67", f"{cell},67")
    assert tiny.problems() == [
        f"{PUBLISHED}:2: alpha, rules: expected a number from 0 to 100 without decimals; "
        f"found '{cell}' (n/a where the table prints none)"
    ]


def test_spaces_around_a_company_say_nothing(tiny: Spoilable) -> None:
    before = tiny.open().store.printed["first"].rows
    tiny.change(PUBLISHED, "1,alpha,", "1, alpha ,")
    assert tiny.problems() == []
    assert tiny.open().store.printed["first"].rows == before


@pytest.mark.parametrize("cell", ["75.0", " 75", "75 %", "75%", "75\xa0%", "75％", "７５"])
def test_a_rate_as_a_spreadsheet_writes_it(tiny: Spoilable, cell: str) -> None:
    before = tiny.open().store.printed["first"].rows
    tiny.change(PUBLISHED, "75,67", f"{cell},67")
    assert tiny.problems() == []
    assert tiny.open().store.printed["first"].rows == before


def test_a_total_as_a_spreadsheet_writes_it_is_shown_with_its_decimals(tiny: Spoilable) -> None:
    tiny.change(PUBLISHED, "Alpha,13.3,", "Alpha,13,")
    (row, *_) = tiny.open().store.printed["first"].rows
    assert str(row.total) == "13.0"


@pytest.mark.parametrize("rank", ["1=", "1", "1.0"])
def test_a_shared_rank_may_be_marked(tiny: Spoilable, rank: str) -> None:
    tiny.change(PUBLISHED, "1,alpha", f"{rank},alpha")
    assert tiny.open().store.printed["first"].rows[0].rank == 1


@pytest.mark.parametrize(
    ("encoding", "separator", "mark"),
    [
        ("utf-8", ",", "."),
        ("utf-8-sig", ";", ","),
        ("gb18030", ",", "."),
        ("gbk", ";", ","),
        ("utf-16", "\t", "."),
        ("utf-16", "\t", ","),
    ],
)
def test_every_way_of_saving_gives_the_same_rows(
    tiny: Spoilable, encoding: str, separator: str, mark: str
) -> None:
    text = tiny.read(PUBLISHED).replace("Alpha,", "阿尔法（中国）,", 1)
    tiny.write(PUBLISHED, text)
    tiny.change("companies/alpha/company.yaml", "name: Alpha\n", "name: 阿尔法（中国）\n")
    before = tiny.open().store.printed["first"]
    saved = text.replace(",", separator).replace(".", mark).replace("\n", "\r\n")
    (tiny.root / PUBLISHED).write_bytes(f"{saved}\r\n".encode(encoding))
    assert tiny.problems() == []
    assert tiny.open().store.printed["first"] == before


@pytest.mark.parametrize("cell", ["n/a", "N/A "])
def test_a_rate_may_be_left_out(tiny: Spoilable, cell: str) -> None:
    tiny.change(PUBLISHED, "2,beta,Beta,2.9,50,25,0,0,13", f"2,beta,Beta,2.9,50,25,0,0,{cell}")
    store = tiny.open().store
    row = store.printed["first"].rows[1]
    assert list(row.rates) == ["rules", "own_action", "chain_action", "metals"]
    text = published_text(store.printed["first"].rows, store.methodologies["tiny"])
    assert "2,beta,Beta,2.9,50,25,0,0,n/a\n" in text
    assert store.problems == []


def test_a_comma_that_may_stand_between_thousands_is_refused(tiny: Spoilable) -> None:
    tiny.change(PUBLISHED, "Alpha,13.3,", 'Alpha,"1,234",')
    assert tiny.problems() == [
        f"{PUBLISHED}:2: alpha, total: expected a number that can be read in one way only; "
        "found '1,234' (write 1234 or 1.234)"
    ]


def test_a_table_is_written_in_one_form(tiny: Spoilable) -> None:
    store = tiny.open().store
    rows, methodology = store.printed["first"].rows, store.methodologies["tiny"]
    assert published_text(rows, methodology) == tiny.read(PUBLISHED)


@pytest.mark.parametrize("cell", ["13.31", "24.1", "x", "-1.0", "", "13.3%"])
def test_a_total_has_the_decimals_and_the_maximum_of_the_methodology(
    tiny: Spoilable, cell: str
) -> None:
    tiny.change(PUBLISHED, "Alpha,13.3,", f"Alpha,{cell},")
    assert tiny.problems() == [
        f"{PUBLISHED}:2: alpha, total: "
        f"expected a number from 0 to 24 with 1 decimal; found '{cell}'"
    ]


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            "1,alpha",
            "0,alpha",
            [":2: alpha, rank: expected a whole number from 1 to 100000; found '0'"],
        ),
        (
            "1,alpha",
            "1.,alpha",
            [":2: alpha, rank: expected a whole number from 1 to 100000; found '1.'"],
        ),
        ("alpha,Alpha", "alpha,", [":2: alpha, name: expected some text; found ''"]),
        (
            "beta,Beta",
            "betta,Beta",
            [
                ":3: betta, company: expected a company of the scope; "
                "found 'betta' (did you mean beta?)",
            ],
        ),
        (
            "beta,Beta",
            "alpha,Beta",
            [
                ": expected a row for beta; found none",
                ":3: alpha, company: expected each company once; found a second row",
            ],
        ),
        (BETA, "", [": expected a row for beta; found none"]),
        (
            BETA,
            BETA + BETA,
            [":4: beta, company: expected each company once; found a second row"],
        ),
        (
            BETA,
            "2,beta,Beta,2.9,50,25,0,0\n",
            [":3: expected 9 cells; found 8"],
        ),
        (
            "beta,Beta",
            'beta,"Be\nta"',
            [":3: name: expected text in one line; found a line break"],
        ),
        (
            "75,67,50",
            "x,67,y",
            [
                ":2: alpha, chain_action: "
                "expected a number from 0 to 100 without decimals; found 'y' "
                "(n/a where the table prints none)",
                ":2: alpha, rules: expected a number from 0 to 100 without decimals; found 'x' "
                "(n/a where the table prints none)",
            ],
        ),
        (
            "rank,company",
            "rang,company",
            [":1: expected column rank in place 1; found 'rang' (did you mean rank?)"],
        ),
    ],
)
def test_a_broken_row_of_the_printed_table(
    tiny: Spoilable, old: str, new: str, messages: list[str]
) -> None:
    tiny.change(PUBLISHED, old, new)
    assert tiny.problems() == [PUBLISHED + message for message in messages]


@pytest.mark.parametrize("cell", ["3.2", "03", "5", "-1", "", "x", "NaN", "3,"])
def test_points_lie_on_the_grid_within_the_column(tiny: Spoilable, cell: str) -> None:
    tiny.change(POINTS, "alpha,1,rules,3,", f'alpha,1,rules,"{cell}",')
    assert tiny.problems() == [
        f"{POINTS}:2: alpha, 1, rules, points: "
        f"expected 0 to 4 points in steps of 0.5; found '{cell}'"
    ]


NO_RULES = ": expected a row for alpha, alternative 1, rules; found none"


@pytest.mark.parametrize(
    ("new", "messages"),
    [
        (
            "alpha,1,rules,3,5,rate\n",
            [
                ":2: alpha, 1, rules, of: "
                "expected 4, the points of the column's indicators; found '5'"
            ],
        ),
        (
            "alpha,1,rules,3,4.1,rate\n",
            [
                ":2: alpha, 1, rules, of: "
                "expected 4, the points of the column's indicators; found '4.1'"
            ],
        ),
        (
            "alpha,1,rules,3,4,guess\n",
            [
                ":2: alpha, 1, rules, how: "
                "expected rate, remainder, nothing_left or open; found 'guess'"
            ],
        ),
        (
            "alpha,0,rules,3,4,rate\n",
            [
                NO_RULES,
                ":2: alpha, 0, rules, alternative: "
                "expected a whole number from 1 to 10000; found '0'",
            ],
        ),
        (
            "alpha,1,rule,3,4,rate\n",
            [
                NO_RULES,
                ":2: alpha, 1, rule, column: expected a column of the methodology; "
                "found 'rule' (did you mean rules?)",
            ],
        ),
        (
            "alfa,1,rules,3,4,rate\n",
            [
                NO_RULES,
                ":2: alfa, 1, rules, company: expected a company of the scope; "
                "found 'alfa' (did you mean alpha?)",
            ],
        ),
        (
            "beta,1,rules,3,4,rate\n",
            [
                NO_RULES,
                ":8: beta, 1, rules, column: expected each column once; "
                "found a second row (first in line 2)",
            ],
        ),
        ("alpha,1,rules,3,4\n", [NO_RULES, ":2: expected 6 cells; found 5"]),
        ("", [NO_RULES]),
        (
            "alpha,1,rules,3,4,rate\nalpha,3,rules,3,4,rate\n",
            [
                ": expected alternatives of alpha numbered from 1; found 1, 3",
                *(
                    f": expected a row for alpha, alternative 3, {column}; found none"
                    for column in (
                        "own_action",
                        "chain_action",
                        "metals",
                        "guidance",
                        "affiliates",
                    )
                ),
            ],
        ),
    ],
)
def test_a_broken_row_of_the_points(tiny: Spoilable, new: str, messages: list[str]) -> None:
    tiny.change(POINTS, "alpha,1,rules,3,4,rate\n", new)
    assert tiny.problems() == [POINTS + message for message in messages]


def test_a_company_without_points_is_named_once(tiny: Spoilable) -> None:
    rows = tiny.read(POINTS).splitlines(keepends=True)
    tiny.write(POINTS, "".join(row for row in rows if not row.startswith("beta")))
    assert tiny.problems() == [f"{POINTS}: expected rows for beta; found none"]


def test_points_may_be_missing_as_a_whole(tiny: Spoilable) -> None:
    (tiny.root / POINTS).unlink()
    assert tiny.problems() == []


def test_a_missing_table_is_named(tiny: Spoilable) -> None:
    (tiny.root / PUBLISHED).unlink()
    assert tiny.problems() == [f"{PUBLISHED}: expected a file; found nothing of that name"]
