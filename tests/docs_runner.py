"""The code blocks of the documentation, and what runs them.

Every page has a folder of its own to work in. Its blocks run from top to bottom:

``sh``
    Commands, one a line. ``cati …`` runs the command line, ``> FILE`` behind it keeps its
    standard output; ``cd``, ``cat``, ``rm`` and ``echo $?`` work as in a shell; ``pybabel …`` runs
    Babel. A command must succeed unless ``echo $?`` stands in the next line. Lines that set up
    a machine are not run: of ``make TARGET`` the target must exist, of ``pip install``
    the extra it names; ``python3 -m venv``, ``source`` and ``deactivate`` are taken as they are.
    What stands behind a block of such lines alone is a copy of an output, not compared.
``python``
    Runs in one namespace for the page.
``output``
    What the block before it prints, line for line: standard output and standard error together,
    as in a terminal of 100 columns. A line with ``…`` alone stands for any lines, a line that
    ends in ``…`` for one that begins so. A block without an ``output`` block behind it may print
    what it likes.
``yaml``, ``csv``, ``po`` with ``title="PATH"``
    A file in full: it is written to that path.
``yaml``, ``csv`` with ``title="from PATH"``
    An excerpt of a file of this repository. Of a YAML file it must have the values, in any
    layout, and text may be cut with ``…``; of a CSV file it must have the lines, with ``…`` alone
    for any lines between.

There are no other blocks. A page may begin with front matter: ``workspace: real`` (a copy of
this repository's workspace, unless something else is said), ``six`` (the same with six companies),
``empty`` (an empty folder) or ``project`` (a copy of the whole project); ``after: PAGE`` first runs
what changes files on another page.
Where a page writes files, ``cati check`` must find no error at its end.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from cati.cli import main
from cati.report.texts import terminal
from cati.workspace import Workspace
from tests.six import six_companies

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
HOME = "/home/you"
"""Stands in outputs for the folder a page works in."""

WIDTH = 100
FILES = {"yaml", "csv", "po"}
READING = {"check", "explain", "score", "show", "verify"}
"""Commands that change nothing."""

FENCE = re.compile(r"(?P<indent>\s*)(?P<fence>`{3,}|~{3,})\s*(?P<info>.*)")
INFO = re.compile(r'(?P<language>[a-z]+)(?: title="(?P<title>[^"]+)")?')


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: str
    line: int
    language: str
    title: str
    text: str

    @property
    def place(self) -> str:
        return f"docs/{self.page}:{self.line}"

    @property
    def excerpt_of(self) -> str:
        return self.title.removeprefix("from ") if self.title.startswith("from ") else ""


@dataclass(frozen=True)
class Page:
    """A page with its front matter."""

    name: str
    options: dict[str, str]
    blocks: tuple[Block, ...]


def pages() -> list[str]:
    """Every page, as its path in docs/."""
    return sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def page(name: str) -> Page:
    """A page, read.

    Raises
    ------
    ValueError
        If it has a block outside the convention.
    """
    text = (DOCS / name).read_text(encoding="utf-8")
    options: dict[str, str] = {}
    if text.startswith("---\n"):
        head = text[4:].split("\n---\n", 1)[0]
        options = yaml.safe_load(head)
    blocks = tuple(_blocks(name, text.splitlines()))
    before = ""
    for block in blocks:
        _require_known(block, before)
        before = block.language
    return Page(name, options, blocks)


def _blocks(name: str, lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        start = FENCE.fullmatch(lines[at])
        if start is None:
            at += 1
            continue
        first = at + 1
        at = first
        while at < len(lines) and lines[at].strip() != start["fence"]:
            at += 1
        if at == len(lines):
            raise ValueError(f"docs/{name}:{first}: a block that is never closed")
        info = INFO.fullmatch(start["info"])
        if info is None:
            raise ValueError(f"docs/{name}:{first}: no block of the convention: {start['info']!r}")
        text = textwrap.dedent("\n".join(lines[first:at])) + "\n"
        yield Block(name, first, info["language"], info["title"] or "", text)
        at += 1


def _require_known(block: Block, before: str) -> None:
    known = (
        (block.language in {"sh", "python"} and not block.title)
        or (block.language == "output" and not block.title and before in {"sh", "python"})
        or (block.language in FILES and bool(block.title))
    )
    if not known:
        raise ValueError(f"{block.place}: no block of the convention: {block.language}")


@dataclass
class Runner:
    """Runs a page's blocks in a folder."""

    home: Path
    folder: Path = field(init=False)
    namespace: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    printed: str | None = ""
    """What the block before has printed; None if it was not run."""
    status: int = 0
    wrote: bool = False
    before: bool = False
    """Whether the page that runs is only there for another that continues it."""

    def __post_init__(self) -> None:
        self.folder = self.home

    def run(self, name: str) -> None:
        """Run a page, after those it continues."""
        self._run(page(name))
        if self.wrote:
            found = Workspace.open(self.folder).check()
            errors = [str(problem) for problem in found if problem.severity == "error"]
            assert not errors, f"docs/{name}: in the end, cati check says {errors}"

    def _run(self, read: Page) -> None:
        if "after" in read.options:
            before, self.before = self.before, True
            self._run(page(read.options["after"]))
            self.before = before
        else:
            self._furnish(read.options.get("workspace", "real"))
        for block in read.blocks:
            with contextlib.chdir(self.folder):
                self._block(block)

    def _furnish(self, workspace: str) -> None:
        """Put into the folder what the page begins with."""
        if workspace == "six":
            six_companies(self.home, "published")
            return
        copied = {
            "empty": (),
            "real": ("indicators", "companies", "reports", "schemas"),
            "project": ("indicators", "companies", "reports", "cati"),
        }[workspace]
        left_out = shutil.ignore_patterns("out*", ".*", "__pycache__")
        for name in copied:
            if (ROOT / name).exists():
                shutil.copytree(ROOT / name, self.home / name, ignore=left_out)
        if workspace == "project":
            for name in ("babel.cfg", "pyproject.toml"):
                shutil.copy(ROOT / name, self.home / name)

    def _block(self, block: Block) -> None:
        if block.language == "output":
            if self.before or self.printed is None:
                return
            difference = compare(block.text, self.printed)
            assert not difference, f"{block.place}: {difference}\n\nprinted:\n{self.printed}"
        elif block.language == "sh":
            self.printed = self._shell(block)
        elif block.language == "python":
            self.printed = self._python(block)
        elif block.excerpt_of:
            source = (ROOT / block.excerpt_of).read_text(encoding="utf-8")
            check = is_yaml_excerpt if block.language == "yaml" else is_line_excerpt
            assert check(block.text, source), f"{block.place}: not in {block.excerpt_of}"
        else:
            path = self.folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8", newline="\n")
            self.wrote = True

    def _python(self, block: Block) -> str:
        out = io.StringIO()
        code = compile("\n" * block.line + block.text, block.place, "exec")
        with contextlib.redirect_stdout(out):
            exec(code, self.namespace)  # noqa: S102  the page's own code
        return self._shown(out.getvalue())

    def _shell(self, block: Block) -> str | None:
        lines = [line for line in block.text.splitlines() if line.split("#")[0].strip()]
        if all(is_set_up(shlex.split(line, comments=True)) for line in lines):
            return None
        printed = ""
        for line, after in zip(lines, [*lines[1:], ""], strict=True):
            printed += self._command(shlex.split(line, comments=True), block)
            told = after.strip() == "echo $?"
            assert told or not self.status, f"{block.place}: {line}: exit {self.status}\n{printed}"
        return self._shown(printed)

    def _command(self, words: list[str], block: Block) -> str:
        if not words:
            return ""
        commands: dict[str, Callable[[list[str]], str]] = {
            "cati": self._cati,
            "pybabel": self._pybabel,
            "cd": self._cd,
            "cat": lambda names: "".join(Path(n).read_text(encoding="utf-8") for n in names),
            "rm": self._rm,
            "echo": self._echo,
        }
        name, *arguments = words
        if name in commands:
            return commands[name](arguments)
        assert is_set_up(words), f"{block.place}: no command of the convention: {words}"
        return ""

    def _cati(self, arguments: list[str]) -> str:
        kept = None
        if ">" in arguments:
            at = arguments.index(">")
            kept, arguments = Path(arguments[at + 1]), arguments[:at]
        if self.before and kept is None and arguments[0] in READING:
            return ""
        result = CliRunner().invoke(main, arguments, prog_name="cati")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.status = result.exit_code
        if kept is None:
            return result.output
        kept.write_text(result.stdout, encoding="utf-8")
        return result.stderr

    def _pybabel(self, arguments: list[str]) -> str:
        command = [sys.executable, "-m", "babel.messages.frontend", *arguments]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        self.status = result.returncode
        return result.stdout + result.stderr

    def _cd(self, arguments: list[str]) -> str:
        os.chdir(arguments[0])
        self.folder = Path.cwd()
        return ""

    def _rm(self, arguments: list[str]) -> str:
        for name in arguments:
            Path(name).unlink()
        return ""

    def _echo(self, arguments: list[str]) -> str:
        assert arguments == ["$?"]
        told, self.status = self.status, 0
        return f"{told}\n"

    def _shown(self, text: str) -> str:
        return text.replace(str(self.home.resolve()), HOME).replace(str(self.home), HOME)


def is_set_up(words: list[str]) -> bool:
    """Whether a line sets up a machine, and what it names exists."""
    if words[0] == "make":
        made = subprocess.run(
            ["make", "-n", *words[1:]],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        return made.returncode == 0
    text = " ".join(words)
    if re.fullmatch(r"(\.venv/bin/)?pip install .+", text):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        extra = re.search(r"\[(\w+)\]", text)
        return extra is None or extra[1] in project["project"]["optional-dependencies"]
    return words[0] in {"source", "deactivate"} or words[:3] == ["python3", "-m", "venv"]


def compare(documented: str, printed: str) -> str:
    """The first difference between what a page says and what was printed; empty if none."""
    expected = [line.rstrip() for line in documented.rstrip().splitlines()]
    found = [line.rstrip() for line in printed.strip("\n").rstrip().splitlines()]
    at = 0
    for number, line in enumerate(expected):
        if line.strip() == "…":
            rest = [entry for entry in expected[number + 1 :] if entry.strip() != "…"]
            if not rest:
                return ""
            while at < len(found) and not _same_line(rest[0], found[at]):
                at += 1
            continue
        if at == len(found):
            return f"not printed: {line!r}"
        if not _same_line(line, found[at]):
            return f"documented: {line!r}\n   printed: {found[at]!r}"
        at += 1
    return f"not documented: {found[at]!r}" if at < len(found) else ""


def _same_line(line: str, found: str) -> bool:
    return found.startswith(line[:-1].rstrip()) if line.endswith("…") else line == found


def is_line_excerpt(part: str, whole: str) -> bool:
    """Whether lines stand one behind the other in a text, but for gaps marked ``…``."""
    lines = iter(["", *whole.splitlines()])
    gap = True
    for line in part.splitlines():
        if line == "…":
            gap = True
        elif gap:
            if line not in lines:
                return False
            gap = False
        elif next(lines, None) != line:
            return False
    return True


def is_yaml_excerpt(part: str, whole: str) -> bool:
    """Whether the values of one YAML text lie somewhere inside those of another."""
    return _lies_in(yaml.load(part, yaml.BaseLoader), yaml.load(whole, yaml.BaseLoader))  # noqa: S506


def _lies_in(part: Any, whole: Any) -> bool:
    if _matches(part, whole):
        return True
    if isinstance(whole, dict):
        return any(_lies_in(part, value) for value in whole.values())
    return isinstance(whole, list) and any(_lies_in(part, value) for value in whole)


def _matches(part: Any, whole: Any) -> bool:
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and _matches(value, whole[key]) for key, value in part.items()
        )
    if isinstance(part, list):
        rest = iter(whole if isinstance(whole, list) else ())
        return all(any(_matches(item, candidate) for candidate in rest) for item in part)
    if isinstance(part, str) and part.endswith("…"):
        return isinstance(whole, str) and whole.startswith(part[:-1].rstrip())
    return bool(part == whole)


def run(name: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a page in a folder that is still empty."""
    monkeypatch.setattr(terminal, "WIDTH", WIDTH)
    Runner(home).run(name)
