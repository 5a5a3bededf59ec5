"""Text files as other people's programs leave them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cati.problems import ProblemsError
from cati.store import text_file
from cati.store.text_file import digest_of, noted, read_text


def problem(path: Path) -> str:
    with pytest.raises(ProblemsError) as caught:
        read_text(path, "some.yaml")
    return str(caught.value)


def test_line_ends_of_windows_are_read_as_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes("a: 汽车\r\nb: 2\r\n".encode())
    assert read_text(path, "some.yaml") == "a: 汽车\nb: 2\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"\xef\xbb\xbfformat: 1\n",
            "some.yaml:1: expected UTF-8 text; found a byte order mark (save as UTF-8 without BOM)",
        ),
        (
            "name: x\nmaker: Citroën\n".encode("latin-1"),
            "some.yaml:2: expected UTF-8 text; found byte 0xeb (save the file as UTF-8)",
        ),
        (
            "a: 1\n".encode("utf-16"),
            "some.yaml:1: expected UTF-8 text; found byte 0xff (save the file as UTF-8)",
        ),
        (b"a: 1\nb: \0\n", "some.yaml:2: expected text; found the control character U+0000"),
        (b"a: 1\n\nb: \x1b[31m", "some.yaml:3: expected text; found the control character U+001B"),
        ("a\u0085b".encode(), "some.yaml:1: expected text; found the control character U+0085"),
        (b"", "some.yaml: expected content; found an empty file"),
        (b"\n \t\n", "some.yaml: expected content; found an empty file"),
    ],
)
def test_what_is_not_plain_utf8_text_is_refused(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert problem(path) == message


def test_a_missing_file_and_a_folder_in_its_place_are_told_apart(tmp_path: Path) -> None:
    assert problem(tmp_path / "no") == "some.yaml: expected a file; found nothing of that name"
    assert problem(tmp_path) == "some.yaml: expected a file; found a folder"


def test_a_file_beyond_the_limit_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_file, "SIZE_LIMIT", 1_000)
    path = tmp_path / "file"
    path.write_bytes(b"x" * 1_001)
    assert problem(path) == "some.yaml: expected at most 1,000 bytes; found a larger file"
    path.write_bytes(b"x" * 1_000)
    assert read_text(path, "some.yaml") == "x" * 1_000


def test_tabs_and_every_script_are_text(tmp_path: Path) -> None:
    path = tmp_path / "file"
    text = "a\tb é 汽车 \U0001f697\n"
    path.write_text(text, encoding="utf-8")
    assert read_text(path, "some.yaml") == text


def test_the_digests_of_all_that_is_read_are_noted_while_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a: 1\n")
    (tmp_path / "b").write_bytes(b"\xff")
    read_text(tmp_path / "a", "before.yaml")
    with noted() as outer, noted() as digests:
        read_text(tmp_path / "a", "a.yaml")
        problem(tmp_path / "b")  # what cannot be understood was read all the same
        problem(tmp_path / "nothing")
    read_text(tmp_path / "a", "after.yaml")
    assert digests == {"a.yaml": digest_of(b"a: 1\n"), "some.yaml": digest_of(b"\xff")}
    assert outer == {}
