"""What is shared while a workspace is read: its folders, citations and problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cati.problems import Finding, Problem, did_you_mean, shown
from cati.store.validate import located
from cati.store.yaml_file import YamlDocument, YamlPath


@dataclass(frozen=True)
class _Pointer:
    """A place in a file that refers to something."""

    document: YamlDocument
    path: YamlPath
    to: str


@dataclass
class Reading:
    """A workspace being read.

    Attributes
    ----------
    root : Path
    problems : list of Problem
        What was wrong so far.
    folders : dict of str to set of str
        Names of the folders seen, by the folder they lie in. What a folder
        stands for may be referred to even where its files are broken: the
        broken file is a problem, the reference is not.
    """

    root: Path
    problems: list[Problem] = field(default_factory=list)
    folders: dict[str, set[str]] = field(default_factory=dict)
    _pointers: dict[str, list[_Pointer]] = field(default_factory=dict)

    def subfolders(self, name: str, besides: Iterable[str] = ()) -> Iterator[Path]:
        """The folders inside one of the workspace's, sorted; anything else is a problem."""
        self.folders[name] = set()
        try:
            paths = sorted((self.root / name).iterdir())
        except OSError as error:
            found = error.strerror or "an unreadable one"
            self.problems.append(Problem(name, "a readable folder", found))
            return
        for path in paths:
            if path.name.startswith(".") or path.name in besides:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(self.root.resolve()):
                problem = Problem(f"{name}/{path.name}", "a folder of the workspace", "a link out")
                self.problems.append(problem)
            elif path.is_dir():
                self.folders[name].add(path.name)
                yield path
            else:
                self.problems.append(Problem(f"{name}/{path.name}", "a folder", "a file"))

    def report(self, findings: Iterable[Finding], document: YamlDocument) -> None:
        """Take findings in a document as problems."""
        self.problems += located(findings, document)

    def refer(self, kind: str, document: YamlDocument, path: YamlPath, to: str) -> None:
        """Note a reference, to be checked when everything is read."""
        self._pointers.setdefault(kind, []).append(_Pointer(document, path, to))

    def check_references(self, kind: str, known: Mapping[str, object], expected: str) -> None:
        """Report all references of a kind that lead nowhere."""
        for pointer in self._pointers.get(kind, []):
            if pointer.to not in known:
                hint = did_you_mean(pointer.to, known)
                finding = Finding(pointer.path, expected, shown(pointer.to), hint)
                self.report([finding], pointer.document)
