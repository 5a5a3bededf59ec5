"""The language of claims: what is understood, and what a message says about the rest."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cati.analysis.claims.expression import (
    DEEPEST,
    LONGEST,
    Call,
    Comparison,
    ExpressionError,
    Items,
    Literal,
    Name,
    Negation,
    Node,
    Quoted,
    Series,
    Where,
    parse,
)


def test_not_binds_closer_than_and_and_and_closer_than_or() -> None:
    node = parse("not a and b or c")
    assert isinstance(node, Series)
    assert node.signs == ("or",)
    left, right = node.parts
    assert isinstance(left, Series)
    assert left.signs == ("and",)
    assert isinstance(left.parts[0], Negation)
    assert isinstance(right, Name)


def test_products_bind_closer_than_sums_and_sums_closer_than_comparisons() -> None:
    node = parse("a + b * 2 >= c - 1")
    assert isinstance(node, Comparison)
    assert node.signs == (">=",)
    left = node.parts[0]
    assert isinstance(left, Series)
    assert left.signs == ("+",)
    assert isinstance(left.parts[1], Series)


def test_where_takes_in_everything_before_it() -> None:
    (argument,) = _call("mean(a + b where c and d)").arguments
    assert isinstance(argument.value, Where)
    assert isinstance(argument.value.value, Series)
    assert isinstance(argument.value.condition, Series)


def test_numbers_keep_their_decimals_and_a_per_cent_sign_says_nothing() -> None:
    node = parse("54.90 %")
    assert isinstance(node, Literal)
    assert (node.value, node.decimals) == (Fraction("54.9"), 2)


def test_arguments_may_have_names() -> None:
    call = _call("figure('byd', of: \"sales\", year: '2023')")
    assert [argument.name for argument in call.arguments] == [None, "of", "year"]


def test_chains_lists_and_tolerances() -> None:
    node = parse("1 < a <= 3 about b within 0.5")
    assert isinstance(node, Comparison)
    assert node.signs == ("<", "<=", "about")
    assert [tolerance is None for tolerance in node.tolerances] == [True, True, False]
    listed = parse('company not in ["a", "b"]')
    assert isinstance(listed, Comparison)
    assert listed.signs == ("not in",)
    assert listed.parts[1] == Items(15, 25, (Quoted(16, 19, "a"), Quoted(21, 24, "b")))


def test_parts_know_their_place_in_the_text() -> None:
    text = "count( total  > 50 ) == 11"
    node = parse(text)
    assert isinstance(node, Comparison)
    assert text[node.parts[0].at : node.parts[0].end] == "count( total  > 50 )"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1000 * (a - b) > 3", "1000 * (a - b)"),
        ("(a - b) / (a + b) == 1", "(a - b) / (a + b)"),
        ("-(a - b) < 2", "-(a - b)"),
        ("((a)) + 1 > 0", "((a)) + 1"),
    ],
)
def test_the_place_of_a_part_takes_in_its_brackets(text: str, part: str) -> None:
    node = parse(text)
    assert isinstance(node, Comparison)
    assert text[node.at : node.end] == text
    assert text[node.parts[0].at : node.parts[0].end] == part


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "column 1 of '': expected a name, a number, text in quotes or (; found the end"),
        ("count(total > )", "column 15 of 'count(total > )': expected a name, a number"),
        ("count(total > 50", "expected , or ); found the end"),
        ("total = 5", "found '=' (write == to compare)"),
        ("total ≥ 5", "found '≥' (write >=)"),
        ("a && b", "found '&' (write and)"),
        ("rate(5.3.2)", "found '.' (a code stands in quotes, such as rate('5.3.2'))"),
        ("total > “5”", "text stands in straight quotes"),
        ('country == "CN', "text stands in straight quotes that are closed"),
        (
            "total > 5 6",
            "column 11 of 'total > 5 6': expected the end, or a sign such as >=; found '6'",
        ),
        ("['a' 'b']", "expected , or ]; found ''b''"),
        ("[total]", "expected text in quotes; found 'total'"),
        ("тоtal > 5", "only text in quotes may hold other than plain English letters"),
        ("total > ５", "only text in quotes may hold other than plain English letters"),
        ("a.__class__", "found '.'"),
        ("__import__('os')[0]", "expected the end"),
        ("lambda: 0", "expected the end"),
        ("1234567890123456 > 1", "expected at most 15 digits"),
    ],
)
def test_messages_say_where_and_what(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    assert message in str(raised.value)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "-" * LONGEST,
        "not " * 400 + "a",
        "f(" * 900,
        "[" * 1_000,
        "1" * LONGEST,
        "a+" * 500_000,
        "((((" * 10 + "a" + "))))" * 10 + ")",
        '"' + "a" * 10_000_000,
        "\x00",
        "a\u202eb",
        "9" * 15 + ".1",
    ],
)
def test_hostile_texts_end_in_a_message_at_once(text: str) -> None:
    start = time.process_time()
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    assert time.process_time() - start < 1
    assert len(str(raised.value)) < 500


def test_the_deepest_allowed_nesting_is_understood() -> None:
    parse("(" * DEEPEST + "a" + ")" * DEEPEST)
    with pytest.raises(ExpressionError, match=f"at most {DEEPEST} levels"):
        parse("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1))


@given(st.text(max_size=200))
def test_any_text_is_understood_or_refused(text: str) -> None:
    understood = _understood(text)
    if isinstance(understood, ExpressionError):
        assert 1 <= understood.column <= len(text) + 1


PIECES = ["a", "f(", ")", "(", "[", "]", "'x'", "1.5", "%", ",", ":", "where", "not", "in", "and"]
PIECES += ["or", "about", "within", "==", "<", "-", "+", "*", "/", "true"]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_pieces_are_understood_or_refused(pieces: list[str]) -> None:
    text = " ".join(pieces)
    understood = _understood(text)
    if isinstance(understood, ExpressionError):
        assert 1 <= understood.column <= len(text) + 1
    else:
        assert 0 <= understood.at < understood.end <= len(text)


def _understood(text: str) -> Node | ExpressionError:
    try:
        return parse(text)
    except ExpressionError as error:
        return error


def _call(text: str) -> Call:
    node = parse(text)
    assert isinstance(node, Call)
    return node


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("total between 30 and 50", "write 30 <= total <= 50"),
        ("count(total between 30 and 50) == 12", "write 30 <= total <= 50"),
        ("mean(total) + 1 between -3 and 2 * 5", "write -3 <= mean(total) + 1 <= 2 * 5"),
        ("total BETWEEN 30, 50", "write a chain, such as 30 <= total <= 50"),
        ("total is 50", "write == to compare"),
        ("total over 50", "write > to compare"),
        ("count(total below 50)", "write < to compare"),
        ("total nonsense", ""),
    ],
)
def test_words_for_signs_have_a_hint(text: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    assert raised.value.hint == hint
