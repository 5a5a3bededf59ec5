"""Files changed as accidents and malice change them, each from its seed alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

NASTY = (
    *("", " ", "~", "null", "true", "yes", "NO", "0", "-0", "-1", "00", "0x1", "0o7", "1_000"),
    *("1.", ".5", "0.1", "-0.0", "101", "1e999", "1E-7", ".nan", "NaN", ".inf", "-.INF"),
    *("9" * 29, "9" * 31, "9" * 5_000, "0." + "1" * 27, "1" * 12 + ".5", "１２", "٣"),
    *('"', "'", "''", "[", "]", "{", "}", "[[[[", "[]", "{}", "{a: 1}", "[a, [b]]", "- ", "? "),
    *("&a", "*a", "&a [*a]", "<<: *a", "!!python/object", "!!binary aGk=", "!", "|", ">", ">-"),
    *("---", "...", "%YAML 1.1", "# x", ":", ": ", "：", "，", "，，", ",", ";", "\t", "@", "`"),
    *("\r", "\r\n", "\0", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff", "\u202e", "\u200b"),
    *("汽车", "🚗", "👩‍👩‍👧", "é", "e\u0301", "İ", "ß", "مرحبا", "\U0010ffff", "\ufffe"),
    *('"\\0"', '"\\ud800"', '"\\x1b"', '"\\n\\n"', "2024", "2024-13", "0000-01-01", "9999-12-31"),
    *("30.07.2024", "12:30", "2024-02-30", "1.1.1", "9.9.9", "1.1.1.1", "tiny/1.1.1", "a/b", "/"),
    *("../../etc/passwd", "a" * 65, "x" * 5_000, "x " * 2_500, "=1+1", "javascript:alert(1)"),
    *("alpha", "byd", "ipe/automotive-report-2024", "automotive-2024/1.1.1", "%", "%s", "{0}"),
)
KEY = re.compile(r"(?m)^(\s*(?:- )?)([\w-]+):")
VALUE = re.compile(r"(?<=[:,\[{] )[^\s,\[\]{}][^,\[\]{}\n]*|(?<=,)[^,\n]*|(?<=\n)[^,:\n]+(?=,)")


@dataclass(frozen=True)
class Mutant:
    """A changed file.

    Attributes
    ----------
    seed : str
        `mutant` makes it again from the seed.
    file : str
        The file it was, relative to the workspace.
    steps : tuple of str
        What was done to it.
    """

    seed: str
    file: str
    steps: tuple[str, ...]
    content: bytes


def mutant(seed: str, root: Path, files: Sequence[str]) -> Mutant:
    """One of the files, changed in one to three ways."""
    random = Random(seed)  # noqa: S311  nothing secret
    file = random.choice(files)
    content = (root / file).read_bytes()
    other = (root / random.choice(files)).read_bytes()
    steps = []
    for _ in range(random.choice((1, 1, 1, 2, 2, 3))):
        change = random.choice(CHANGES)
        content = change(random, content, other)
        steps.append(change.__name__)
    return Mutant(seed, file, tuple(steps), content)


def _place(random: Random, content: Sequence[object]) -> int:
    return random.randrange(len(content) + 1)


def flip_bytes(random: Random, content: bytes, _: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(min(len(changed), random.choice((1, 1, 1, 4, 64)))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def insert_token(random: Random, content: bytes, _: bytes) -> bytes:
    at = _place(random, content)
    return content[:at] + random.choice(NASTY).encode() + content[at:]


def cut_off(random: Random, content: bytes, _: bytes) -> bytes:
    return content[: _place(random, content)]


def take_out(random: Random, content: bytes, _: bytes) -> bytes:
    start = _place(random, content)
    return content[:start] + content[start + random.choice((1, 2, 10, 200)) :]


def splice(random: Random, content: bytes, other: bytes) -> bytes:
    return content[: _place(random, content)] + other[_place(random, other) :]


def delete_line(random: Random, content: bytes, _: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        del lines[random.randrange(len(lines))]
    return b"".join(lines)


def repeat_line(random: Random, content: bytes, _: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        at = random.randrange(len(lines))
        lines[at:at] = [lines[at]] * random.choice((1, 1, 1, 2, 300))
    return b"".join(lines)


def swap_lines(random: Random, content: bytes, _: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        one, two = random.randrange(len(lines)), random.randrange(len(lines))
        lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def move_line_from_another_file(random: Random, content: bytes, other: bytes) -> bytes:
    lines, others = content.splitlines(keepends=True), other.splitlines(keepends=True)
    lines.insert(_place(random, lines), random.choice(others or [b"\n"]))
    return b"".join(lines)


def indent_line(random: Random, content: bytes, _: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        at = random.randrange(len(lines))
        lines[at] = random.choice((b"  ", b" ", b"\t", b"- ")) + lines[at]
    return b"".join(lines)


def dedent_line(random: Random, content: bytes, _: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        at = random.randrange(len(lines))
        lines[at] = lines[at].lstrip()
    return b"".join(lines)


def rename_key(random: Random, content: bytes, other: bytes) -> bytes:
    text = content.decode(errors="surrogateescape")
    names = [found[2] for found in KEY.finditer(text + other.decode(errors="ignore"))]
    names += ["name", "id", "format", "x" * 300, "__class__", "points"]
    found = list(KEY.finditer(text))
    if not found:
        return content
    at = random.choice(found)
    changed = f"{text[: at.start(2)]}{random.choice(names)}{text[at.end(2) :]}"
    return changed.encode(errors="surrogateescape")


def replace_value(random: Random, content: bytes, other: bytes) -> bytes:
    text = content.decode(errors="surrogateescape")
    found = list(VALUE.finditer(text))
    if not found:
        return content
    at = random.choice(found)
    values = [value[0] for value in VALUE.finditer(other.decode(errors="ignore"))] or ["x"]
    new = random.choice((random.choice(NASTY), random.choice(values), random.choice(found)[0]))
    return f"{text[: at.start()]}{new}{text[at.end() :]}".encode(errors="surrogateescape")


def change_number(random: Random, content: bytes, _: bytes) -> bytes:
    found = list(re.finditer(rb"\d+(\.\d+)?", content))
    if not found:
        return content
    at = random.choice(found)
    number = random.choice((b"0", b"1", b"2", b"3", b"7", b"0.5", b"50", b"100", b"99.99", b"1000"))
    return content[: at.start()] + number + content[at.end() :]


CHANGES: tuple[Callable[[Random, bytes, bytes], bytes], ...] = (
    flip_bytes,
    insert_token,
    cut_off,
    take_out,
    splice,
    delete_line,
    repeat_line,
    swap_lines,
    move_line_from_another_file,
    indent_line,
    dedent_line,
    rename_key,
    replace_value,
    replace_value,
    replace_value,
    change_number,
    change_number,
)


def shrunk(content: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """A content with as few lines as possible that still fails."""
    lines = content.splitlines(keepends=True)
    size = len(lines) // 2
    while size:
        start = 0
        while start < len(lines):
            fewer = lines[:start] + lines[start + size :]
            if fails(b"".join(fewer)):
                lines = fewer
            else:
                start += size
        size //= 2
    return b"".join(lines)
