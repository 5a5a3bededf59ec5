"""What must hold between the fields of a file of statements."""

from __future__ import annotations

from typing import Any

import pytest

from cati.model.base import Text
from cati.model.claims import Claims, NamedExpression, NamedFact, Statement, check_claims


def statement(en: str = "Said.", zh: str = "说过。", **fields: Any) -> Statement:
    fields = {"id": "a", "expressions": ("total > 1",), **fields}
    return Statement(statement=Text(en=en, zh=zh), **fields)


def findings(**fields: Any) -> list[str]:
    claims = Claims(**{"format": 1, "statements": (statement(),), **fields})
    return [f"{f.path}: {f.expected}; {f.found}" for f in check_claims(claims)]


def wrong(en: str, zh: str, **fields: Any) -> list[str]:
    return findings(statements=(statement(en, zh, **fields),))


def test_a_sound_file_has_no_findings() -> None:
    assert findings() == []


def test_names_and_ids_stand_once() -> None:
    named = NamedExpression(name="good", expression="total > 50")
    fact = NamedFact(id="cars", value=90, unit="million", cites="an almanac")  # type: ignore[arg-type]
    assert findings(
        definitions=(named, named), facts=(fact, fact), statements=(statement(), statement())
    ) == [
        "('definitions', 1, 'name'): each name once; 'good' again",
        "('facts', 1, 'id'): each id once; 'cars' again",
        "('statements', 1, 'id'): each id once; 'a' again",
    ]


def test_a_fact_says_where_it_stands_and_rises() -> None:
    fact = NamedFact(id="cars", value=90, to=80, unit="million")  # type: ignore[arg-type]
    assert findings(facts=(fact,)) == [
        "('facts', 0, 'to'): 90 or more; 80",
        "('facts', 0): where it stands, or cites; neither",
    ]


def test_a_statement_has_something_to_check_or_to_fill() -> None:
    assert wrong("Said.", "说过。", expressions=()) == [
        "('statements', 0, 'statement'): an expression that checks or fills it; none"
    ]
    assert wrong("{companies}", "{companies}", expressions=()) == []


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("11 companies", "11 家企业"),
        ("In 2024 11 companies", "2024 年 11 家企业"),
        ("11 disclose Scope 3", "11 家披露范围3"),
        ("11 disclose Scopes 1 and 2", "11 家披露范围1和2"),
        ("11 are in Table 3-4-3 and section 3.4(1)", "11 家在表 3-4-3"),
        ("11 report CO2 for the MY21", "11 家报告 CO2"),
        ("Eleven companies", "十一家企业"),
        ("More than half of the companies", "半数以上企业"),
    ],
)
def test_numbers_that_are_checked_may_be_typed(en: str, zh: str) -> None:
    assert wrong(en, zh, expressions=("count(total > 50) == 11",)) == []


@pytest.mark.parametrize(
    ("en", "number"),
    [
        ("12 companies", "12"),
        ("over 60 %", "60"),
        ("1,200 t", "1200"),
        ("4.75 points.", "4.75"),
        ("by -6.9 %", "6.9"),
        ("Seven companies", "Seven (7)"),
        ("2030 companies", "2030"),
    ],
)
def test_a_number_that_nothing_checks_is_found(en: str, number: str) -> None:
    assert wrong(en, "若干", expressions=("count(total > 50) == 11",)) == [
        "('statements', 0, 'statement', 'en'): numbers that an expression checks or fills; "
        + number
    ]


def test_both_languages_are_filled_with_the_same() -> None:
    assert wrong("{companies}", "{ companies }") == []
    assert wrong("{companies} of {scope}", "{companies}") == [
        "('statements', 0, 'statement', 'zh'): the same expressions as in en; companies"
    ]


def test_a_bracket_must_be_closed() -> None:
    assert wrong("{companies", "企业") == [
        "('statements', 0, 'statement', 'en'): each { closed by a }; '{companies'"
    ]


def test_sentences_are_filled_in_either_language() -> None:
    filled = statement("{a} of {b}", "{b} 中的 {a}")
    assert filled.placeholders == ("a", "b")
    assert filled.filled("zh", str.upper) == "B 中的 A"


def test_digits_in_quotes_check_no_number() -> None:
    for expression in (
        'any(recorded(place: "Table 3-4-3"))',
        "any(rate('3.1') > scope12_disclosure)",
        "total('3 Company') > 1",
    ):
        assert wrong("3 companies lead.", "三家企业领先。", expressions=(expression,)) == [
            "('statements', 0, 'statement', 'en'): numbers that an expression checks or fills; 3",
            "('statements', 0, 'statement', 'zh'): numbers that an expression checks or fills; "
            "三家 (3)",
        ]


def test_digits_of_a_name_need_no_check() -> None:
    en, zh = "The Lynk & Co 01 and the Polestar 2 are sold.", "领克 01 和 Polestar 2 在售。"
    assert len(wrong(en, zh)) == 4
    assert wrong(en, zh, names=("Lynk & Co 01", "领克 01", "Polestar 2")) == []


@pytest.mark.parametrize(
    ("en", "names", "message"),
    [
        ("Polestar 20 companies", ("Polestar 2",), "'names', 0): a name that stands in the sent"),
        ("Polestar 2.5 %", ("Polestar 2",), "'names', 0): a name that stands in the sentence"),
        ("11 companies lead.", ("11 companies",), "'names', 0): a name with its number, such as"),
        ("55 % lead.", ("55",), "'names', 0): a name with its number, such as Polestar 2; '55'"),
        ("Six companies", ("Six companies",), "'names', 0): a name with its number"),
        ("Said.", ("Model 3",), "'names', 0): a name that stands in the sentence; 'Model 3'"),
    ],
)
def test_a_name_is_no_way_around_the_check(en: str, names: tuple[str, ...], message: str) -> None:
    assert message in "\n".join(wrong(en, "说过。", names=names))


def test_a_name_may_begin_with_a_number_word() -> None:
    assert wrong("Seven Hills leads.", "七山领先。", names=("Seven Hills",)) == []


def test_parameters_are_used_and_stand_once() -> None:
    def defined(*parameters: str) -> list[str]:
        return findings(
            definitions=(
                NamedExpression(name="above", parameters=parameters, expression="total > 'b' + a"),
            )
        )

    assert defined("a") == []
    assert defined("a", "a") == [
        "('definitions', 0, 'parameters', 1): each parameter once; 'a' again"
    ]
    assert defined("a", "b") == [
        "('definitions', 0, 'parameters', 1): a name that the expression uses; 'b'"
    ]


def test_a_fact_has_a_range_or_a_bound() -> None:
    fact = NamedFact(id="x", value=8, to=9, bound="at_least", unit="t", cites="x")  # type: ignore[arg-type]
    assert findings(facts=(fact,)) == [
        "('facts', 0, 'bound'): a range, or a number with a bound; at_least beside to"
    ]


@pytest.mark.parametrize(
    ("en", "expression", "named"),
    [
        ("The Lynk & Co 01 is sold.", "total > 1", True),
        ("The Polestar 2 is sold.", "total > 1", True),
        ("3 companies lead.", "any(recorded(place: 'Row 3'))", True),
        ("3 companies lead.", "any(recorded(place: 'Row 30'))", False),
        ("In all, 12 companies lead.", "total > 1", False),
    ],
)
def test_the_way_out_is_told_where_a_number_may_belong_to_a_name(
    en: str, expression: str, named: bool
) -> None:
    claims = Claims(format=1, statements=(statement(en, "若干", expressions=(expression,)),))
    (finding,) = check_claims(claims)
    assert finding.hint.endswith("stands under names") is named
