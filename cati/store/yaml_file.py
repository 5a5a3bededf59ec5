"""YAML to plain values, with the line of every part.

YAML 1.2 as people mean it: ``NO`` and ``12:30`` are text, only ``true`` and
``false`` are truth values, numbers are exact decimals, and digits that begin
with a zero, such as a stock code, are text. What a data file does not need is
refused: anchors, tags, several documents, repeated keys.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from cati.problems import FAULTS_LIMIT, Problem, ProblemsError, shown
from cati.store.text_file import control_character, control_name, read_text

DEPTH_LIMIT = 30
"""Levels of nesting; the registry needs eight."""

PARTS_LIMIT = 100_000
"""Keys, values, lists and mappings; the largest file of a real evaluation has a hundredth."""

YamlPath = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_NUMBER_LENGTH = 30
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}


@dataclass(frozen=True)
class YamlDocument:
    """A file's values and where they stand.

    Attributes
    ----------
    file : str
        How messages name the file.
    data : object
        Mappings, lists, text, int, Decimal, bool and None.
    lines : mapping of tuple to int
        Line, from 1, by path.
    """

    file: str
    data: object
    lines: Mapping[YamlPath, int]

    def line(self, path: YamlPath) -> int:
        """Line of this path, or of the nearest part above it that exists."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


def read_yaml(path: Path, file: str) -> YamlDocument:
    """The values of a YAML file with their lines.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.

    Raises
    ------
    ProblemsError
        If the file cannot be read or is not the YAML this tool accepts.
    """
    return parse_yaml(read_text(path, file), file)


def parse_yaml(text: str, file: str) -> YamlDocument:
    """The values of the text of a YAML file with their lines.

    Raises
    ------
    ProblemsError
        If it is not the YAML this tool accepts.
    """
    _refuse_unseen_breaks(text, file)
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise ProblemsError([_syntax_problem(file, text, error)]) from None
    except yaml.YAMLError as error:
        raise ProblemsError([Problem(file, "YAML", " ".join(str(error).split()))]) from None
    if builder.problems:
        raise ProblemsError(builder.problems)
    if () not in builder.lines:
        raise ProblemsError([Problem(file, "content", "only comments")])
    return YamlDocument(file, builder.root, builder.lines)


_UNSEEN_BREAK = re.compile("[\u2028\u2029]")


def _refuse_unseen_breaks(text: str, file: str) -> None:
    """Refuse separators that end a line for YAML and for no editor, except inside quotes.

    What stands behind one, such as another key, looks like a part of the text before it.

    Raises
    ------
    ProblemsError
    """
    if not _UNSEEN_BREAK.search(text):
        return
    quoted: set[int] = set()
    with contextlib.suppress(yaml.YAMLError):  # which is told where the file is read
        for event in _events(text):
            start, end = event.start_mark, event.end_mark
            if getattr(event, "style", None) in ("'", '"') and start and end:
                quoted.update(range(start.index, end.index))
    problems = []
    for found in _UNSEEN_BREAK.finditer(text):
        if found.start() not in quoted:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            what = f"the separator U+{ord(found[0]):04X} in column {column}"
            hint = "delete it; nobody sees that a line ends there"
            problems.append(Problem(file, "text", what, line, hint=hint))
    if problems:
        raise ProblemsError(problems[:FAULTS_LIMIT])


def _events(text: str) -> Iterator[Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    return events


def _syntax_problem(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    found = (error.problem or "something else").removeprefix("found ")
    unclosed = found == "unexpected end of stream"
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and (unclosed or found.startswith("could not find")):
        mark = error.context_mark
    lines = text.splitlines()
    line = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    expected, hint = "YAML", ""
    if missing := re.fullmatch(r"(?:did|could) not find expected (.+)", found):
        expected, found, hint = missing[1], "something else", _hint(line)
        before = line[: mark.column].rstrip()[-1:] if mark is not None else ""
        if before in _INSIDE:
            found, hint = "text behind a closing quotation mark", _INSIDE[before]
    elif "nesting" in found:  # the parser's own limit, which it may meet before ours
        expected, found = f"at most {DEPTH_LIMIT} levels", "deeper nesting"
    elif unclosed:
        found, hint = "a quotation mark that is never closed", "close it, or double it inside text"
    elif found == "mapping values are not allowed in this context":
        found, hint = "a colon", "check the indentation, or put text with a colon in quotes"
    elif mark is not None and found == "character that cannot start any token":
        char = line[mark.column : mark.column + 1]
        found = "a tab character" if char == "\t" else shown(char)
        hint = "put text that begins with it in quotes"
    elif found == "unknown escape character":
        hint = "inside \"…\" write \\\\ for one \\, or put the text in '…'"
    if "tab character" in found:
        found, hint = "a tab", "indent with spaces"
    return Problem(file, expected, found, None if mark is None else mark.line + 1, hint=hint)


_INSIDE = {
    "'": "inside '…' an apostrophe is written twice, '', or put the text in \"…\"",
    '"': 'inside "…" a quotation mark is written \\", or put the text in \'…\'',
}
"""By the mark that closed a text too early: how it is written inside one."""


def _hint(line: str) -> str:
    """What may be wrong with a line after which something is missing."""
    if "：" in line or "，" in line:
        return "a Chinese ： or ， is text: write : or , and a space"
    if re.match(r"\s*(- )?[\w-]+:\S", line):
        return "put a space behind the colon"
    return "check the indentation, and that all brackets are closed"


@dataclass
class _Open:
    """A mapping or list that is not finished yet."""

    path: YamlPath
    value: dict[str, object] | list[object]
    key: str | None = None


@dataclass
class _Builder:
    """Builds values from parser events, without recursion."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    lines: dict[YamlPath, int] = field(default_factory=dict)
    root: object = None
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0
    parts: int = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        self.parts += 1
        if self.parts > PARTS_LIMIT:
            self._stop(f"at most {PARTS_LIMIT:,} keys, values and brackets", "more", line)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start({}, event, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start([], event, line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._stop("values written out", "an alias (*)", line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop("one document", "a second one (---)", line)

    def _stop(self, expected: str, found: str, line: int) -> None:
        self.problems.append(Problem(self.file, expected, found, line=line))
        raise ProblemsError(self.problems)

    def _scalar(self, event: Any, line: int) -> None:
        self._check_plain(event, line)
        if control := control_character(event.value):
            self.problems.append(Problem(self.file, "text", control_name(control), line))
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._key(parent, event.value, line)
            return
        value = plain_value(event.value) if event.implicit[0] else event.value
        self._place(value, line)

    def _check_plain(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._stop("values written out", "an anchor (&)", line)
        if event.tag is not None:
            self._stop("values without a tag", shown(event.tag), line)

    def _key(self, parent: _Open, key: str, line: int) -> None:
        assert isinstance(parent.value, dict)  # noqa: S101  only mappings wait for a key
        if key in parent.value:
            first = self.lines[(*parent.path, key)]
            self.problems.append(
                Problem(
                    self.file,
                    "each key once",
                    f"{shown(key)} a second time",
                    line=line,
                    field=field_name((*parent.path, key)),
                    hint=f"first in line {first}",
                )
            )
        parent.key = key
        self.lines.setdefault((*parent.path, key), line)

    def _start(self, value: dict[str, object] | list[object], event: Any, line: int) -> None:
        self._check_plain(event, line)
        if len(self.stack) >= DEPTH_LIMIT:
            self._stop(f"at most {DEPTH_LIMIT} levels", "deeper nesting", line)
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._stop("text as a key", "a list or mapping", line)
        self.stack.append(_Open(self._place(value, line), value))

    def _place(self, value: object, line: int) -> YamlPath:
        """Put a value where it belongs and give its path."""
        if not self.stack:
            self.root = value
            self.lines[()] = line
            return ()
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            path = (*parent.path, len(parent.value))
            parent.value.append(value)
        else:
            assert parent.key is not None  # noqa: S101  a value follows its key
            path = (*parent.path, parent.key)
            parent.value[parent.key] = value
            parent.key = None
        self.lines.setdefault(path, line)
        return path


def plain_value(text: str) -> object:
    """A scalar without quotes, by the rules of YAML 1.2 and without exponents."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= _NUMBER_LENGTH and _NUMBER.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    return text


def field_name(path: YamlPath) -> str:
    """A path as people write it: ``tracks[1].share``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name
