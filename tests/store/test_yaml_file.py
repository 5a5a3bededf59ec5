"""YAML as people write it: what is understood, and what is refused with a line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from cati.problems import ProblemsError
from cati.store.yaml_file import YamlDocument, field_name, read_yaml

Read = Callable[[str | bytes], YamlDocument]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    path = tmp_path_factory.mktemp("yaml") / "file"

    def read(content: str | bytes) -> YamlDocument:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_yaml(path, "some.yaml")

    return read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2024-07-30", "2024-07-30"),
        ("1.2.3", "1.2.3"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        (".5", ".5"),
        (".inf", ".inf"),
        ("000625", "000625"),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1" * 30, int("1" * 30)),
        ("1" * 31, "1" * 31),
        ('"12"', "12"),
        ("'true'", "true"),
        ("汽车", "汽车"),
        (">-\n  two\n  lines", "two lines"),
        ("[a, {b: 1}]", ["a", {"b": 1}]),
    ],
)
def test_values_are_what_people_mean(read: Read, written: str, value: object) -> None:
    data = read(f"key: {written}\n").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value)  # type: ignore[index]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-999, max_value=999))
def test_decimal_numbers_are_exact_and_keep_their_digits(read: Read, number: Decimal) -> None:
    data = read(f"- {number}")
    assert str(data.data[0]) == str(number)  # type: ignore[index]


@pytest.mark.slow
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**9), 10**9)
        | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text("abcdefgh_", min_size=1), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_what_a_yaml_library_writes_is_read_back(read: Read, value: object) -> None:
    written = yaml.safe_dump(value, allow_unicode=True)
    assert read(written).data == value


def test_windows_line_ends_and_comments_make_no_difference(read: Read) -> None:
    document = read(b"# about\r\na: 1  # one\r\nb:\r\n  - c\r\n")
    assert document.data == {"a": 1, "b": ["c"]}
    assert document.line(("b", 0)) == 4


def test_every_part_knows_its_line(read: Read) -> None:
    document = read("a: 1\nb:\n  - c: 2\n\n    d: |\n      text\n  - e\n")
    lines = {path: document.line(path) for path in document.lines}
    assert lines == {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "c"): 3,
        ("b", 0, "d"): 5,
        ("b", 1): 7,
    }


def test_a_part_that_is_missing_has_the_line_of_what_it_is_missing_from(read: Read) -> None:
    document = read("a: 1\nb:\n  - c: 2\n")
    assert document.line(("b", 0, "name", "zh")) == 3
    assert document.line(("z",)) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n",
            "some.yaml:5: b.c: expected each key once; found 'c' a second time (first in line 3)",
        ),
        ("a: &x 1\n", "some.yaml:1: expected values written out; found an anchor (&)"),
        ("a: 1\nb: *x\n", "some.yaml:2: expected values written out; found an alias (*)"),
        ("a: 1\n<<: *x\n", "some.yaml:2: expected values written out; found an alias (*)"),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "some.yaml:1: expected values without a tag; "
            "found 'tag:yaml.org,2002:python/object/apply:os.system'",
        ),
        ("a: ! b\n", "some.yaml:1: expected values without a tag; found '!'"),
        ("a: 1\n---\nb: 2\n", "some.yaml:2: expected one document; found a second one (---)"),
        ("? [a]\n: b\n", "some.yaml:1: expected text as a key; found a list or mapping"),
        ("? {a: b}\n: c\n", "some.yaml:1: expected text as a key; found a list or mapping"),
        (
            "a: " + "[" * 30 + "]" * 30,
            "some.yaml:1: expected at most 30 levels; found deeper nesting",
        ),
        ("# nothing\n", "some.yaml: expected content; found only comments"),
        (
            "a:\n\tb: 1\n",
            "some.yaml:2: expected YAML; found a tab (indent with spaces)",
        ),
        (
            "a: 1\nb: @x\n",
            "some.yaml:2: expected YAML; found '@' (put text that begins with it in quotes)",
        ),
        (
            "a: 1\nb: c: d\n",
            "some.yaml:2: expected YAML; "
            "found a colon (check the indentation, or put text with a colon in quotes)",
        ),
        (
            "a: 1\nb: 'x\nc: 2\nd: 3\n",
            "some.yaml:2: expected YAML; "
            "found a quotation mark that is never closed (close it, or double it inside text)",
        ),
        (
            "a: 1\nb\nc: 2\n",
            "some.yaml:2: expected ':'; "
            "found something else (check the indentation, and that all brackets are closed)",
        ),
        (
            "a: [1, 2\nb: 3\n",
            "some.yaml:2: expected ',' or ']'; "
            "found something else (check the indentation, and that all brackets are closed)",
        ),
        (
            'a: "\\q"\n',
            "some.yaml:1: expected YAML; found unknown escape character "
            "(inside \"…\" write \\\\ for one \\, or put the text in '…')",
        ),
    ],
)
def test_what_a_data_file_does_not_need_is_refused_with_its_line(
    read: Read, content: str, message: str
) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(content)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a: {en: 'It's wrong', zh: 错}\n", 1),
        ("a: 'It's wrong'\nb: 1\n", 1),
        ("a: 错\nl:\n  - 'It's'\n", 3),
        ("a: 'the makers' own'\n", 1),
        ("a: {zh: 错误, en: 'one\n  maker's own'}\n", 2),
        ("l: [a, 'it's', b]\n", 1),
        ("a: 'It's: wrong'\n", 1),
        ("a: {en: 'It's, zh: 'x'}\n", 1),
    ],
)
def test_an_apostrophe_that_ends_a_text_too_early_is_told(
    read: Read, content: str, line: int
) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(content)
    message = str(caught.value)
    assert message.startswith(f"some.yaml:{line}: expected ")
    assert message.endswith(
        "; found text behind a closing quotation mark "
        "(inside '…' an apostrophe is written twice, '', or put the text in \"…\")"
    )


def test_a_quotation_mark_inside_quotation_marks_is_told(read: Read) -> None:
    with pytest.raises(ProblemsError, match="found text behind a closing quotation mark"):
        read('a: "He said "no" here"\n')


def test_all_repeated_keys_are_reported_at_once(read: Read) -> None:
    with pytest.raises(ProblemsError) as caught:
        read("a: 1\na: 2\nb: {c: 1, c: 2}\n")
    assert [(p.line, p.field) for p in caught.value.problems] == [(2, "a"), (3, "b.c")]


def test_thirty_levels_are_allowed(read: Read) -> None:
    assert read("[" * 30 + "]" * 30).data


def test_a_bomb_of_nested_lists_is_refused_before_it_is_built(read: Read) -> None:
    with pytest.raises(ProblemsError, match="at most 30 levels"):
        read("[" * 1_000_000)


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"\xef\xbb\xbf")
@example(b"a: \xe2\x80\xa8\tb")
def test_no_content_makes_it_stumble(read: Read, content: bytes) -> None:
    with suppress(ProblemsError):
        assert read(content).line(()) >= 1


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"%@`#?,. \n\t\r\\0~<\u2028\ufeff"), max_size=40))
def test_no_arrangement_of_yaml_signs_makes_it_stumble(read: Read, content: str) -> None:
    with suppress(ProblemsError):
        assert read(content).line(()) >= 1


def test_a_path_is_written_as_people_write_it() -> None:
    assert field_name(("tracks", 1, "share")) == "tracks[1].share"
    assert field_name((0, "a")) == "[0].a"
    assert field_name(()) == ""


@pytest.mark.parametrize("char", ["\u2028", "\u2029"])
@pytest.mark.parametrize(
    "text",
    ["a: 1 # a remark{}b: 2\n", "a: text{}b: 2\n", "{}a: 1\n", "a: [1,{}2]\n", "a: |\n  x{}  y\n"],
)
def test_a_line_that_ends_unseen_is_refused_with_its_place(
    read: Read, text: str, char: str
) -> None:
    broken = f"first: 1\n{text.format(char)}"
    line = broken[: broken.index(char)].count("\n") + 1
    column = broken.index(char) - broken.rfind("\n", 0, broken.index(char))
    with pytest.raises(ProblemsError) as caught:
        read(broken)
    assert [str(problem) for problem in caught.value.problems] == [
        f"some.yaml:{line}: expected text; found the separator U+{ord(char):04X} "
        f"in column {column} (delete it; nobody sees that a line ends there)"
    ]


@pytest.mark.parametrize("char", ["\x0b", "\x0c", "\x85"])
def test_other_breaks_that_no_editor_shows_are_control_characters(read: Read, char: str) -> None:
    with pytest.raises(ProblemsError, match=f"control character U\\+{ord(char):04X}"):
        read(f"a: 1 # a remark{char}b: 2\n")


@pytest.mark.parametrize("quote", ["'", '"'])
def test_inside_quotes_a_separator_is_a_part_of_the_text(read: Read, quote: str) -> None:
    document = read(f"a: {quote}x\u2028y{quote}\nb: 2\n")
    assert isinstance(document.data, dict)
    assert document.data["b"] == 2
