"""What is shared while a workspace is read: its folders, citations and problems."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cati.model.references import owner_of
from cati.problems import Finding, Problem, did_you_mean, reason, shown
from cati.store.file_kinds import Known, YamlKind
from cati.store.validate import M, located, read_model
from cati.store.yaml_file import YamlDocument, YamlPath

DATA = {".yaml", ".yml", ".csv"}
"""How the names of data files end."""


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
    _hidden: set[tuple[str, str]] = field(default_factory=set)
    _refused: set[Path] = field(default_factory=set)

    def subfolders(self, name: str, besides: Iterable[str] = ()) -> Iterator[Path]:
        """The folders inside one of the workspace's, sorted; anything else is a problem.

        A link out of the workspace is one as well, and `files` finds nothing in it.
        """
        self.folders[name] = set()
        for path in self._inside(self.root / name) or ():
            if path.name in besides:
                continue
            if self.refuses_link_out(path, "folder"):
                self.folders[name].add(path.name)  # and what it stands for is broken
                yield path
            elif os.path.isdir(path):
                self.folders[name].add(path.name)
                yield path
            else:
                self._problem(path, "a folder", "a file")

    def files(self, folder: Path, required: str) -> dict[str, Path]:
        """What lies in a folder, by name; a link out of the workspace is a problem instead.

        The required file is there even if it is missing, so that reading it says so.
        """
        inside = self._inside(folder)
        if inside is None:
            return {}
        paths = dict.fromkeys([folder / required, *inside])
        return {path.name: path for path in paths if not self.refuses_link_out(path)}

    def optional_files(self, folder: Path, ending: str) -> Iterator[Path]:
        """The files with this ending in a folder that need not be there, sorted."""
        inside = self._inside(folder) if os.path.lexists(folder) else None
        if inside is not None and os.path.islink(folder):
            hint = "put its files here; what two paths lead to is read and written twice"
            self._problem(folder, "a folder of its own", f"a link to {os.readlink(folder)}", hint)
            return
        for path in inside or ():
            if self.refuses_link_out(path):
                continue
            if path.suffix == ending:
                yield path
            elif path.suffix in DATA:
                self._problem(path, f"a file that ends in {ending}", "another file")

    def below(self, folder: Path, depth: int) -> Iterator[Path]:
        """The files in a folder and so many levels of folders in it, by the same rules, sorted."""
        for path in self._inside(folder) or ():
            if self.refuses_link_out(path):
                continue
            if not os.path.isdir(path):
                yield path
            elif depth:
                yield from self.below(path, depth - 1)

    def optional_model(self, model: type[M], file: str) -> tuple[M, YamlDocument] | None:
        """A file that need not be there as a model, with its document.

        Parameters
        ----------
        model : type
        file : str
            The file, relative to the workspace. None where it is not there, or
            what is wrong with it is a problem now.
        """
        path = self.root / file
        if not os.path.lexists(path) or self.refuses_link_out(path):
            return None
        return read_model(model, path, file, self.problems)

    def records(self, kind: YamlKind[M], known: Known) -> dict[str, M]:
        """The files of a kind that need not be there, by whose they are, found to be right.

        Parameters
        ----------
        kind : YamlKind
            With a check; there is one name in its place.
        known : Known
            Whose files are looked for, but those of companies: these are found by their names.
        """
        found = {}
        for name in self._owners(kind, known):
            read = self.optional_model(kind.model, kind.file(**{kind.owner: name}))
            if read is not None and kind.check is not None:
                self.report(kind.check(read[0], known, name), read[1])
                found[name] = read[0]
        return found

    def _owners(self, kind: YamlKind[M], known: Known) -> Iterable[str]:
        if kind.owner == "company":
            folder = self.root / kind.folder
            return [path.stem for path in self.optional_files(folder, ".yaml")]
        return known.evaluations if kind.owner == "evaluation" else known.methodologies

    def report_others(self, files: Mapping[str, Path], *known: str) -> None:
        """Data files with other names than the known, which nobody would read."""
        for name, path in files.items():
            if name not in known and path.suffix in DATA:
                hint = did_you_mean(name, known)
                self._problem(path, f"{', '.join(known[:-1])} or {known[-1]}", "another file", hint)

    def refuses_link_out(self, path: Path, kind: str = "file") -> bool:
        """Whether a path is a link that leads out of the workspace, which is a problem."""
        if not os.path.islink(path):
            return False
        root, target = os.path.realpath(self.root), os.path.realpath(path)
        if Path(target).is_relative_to(root):
            return False
        if path not in self._refused:
            self._refused.add(path)
            self._problem(path, f"a {kind} of the workspace", "a link out")
        return True

    def _inside(self, folder: Path) -> list[Path] | None:
        """What lies in a folder, sorted, without what is hidden; None where it cannot be listed."""
        if self.refuses_link_out(folder, "folder"):
            return None
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as error:
            self._problem(folder, "a readable folder", reason(error))
            return None

    def _problem(self, path: Path, expected: str, found: str, hint: str = "") -> None:
        file = path.relative_to(self.root).as_posix()
        self.problems.append(Problem(file, expected, found, hint=hint))

    def report(self, findings: Iterable[Finding], document: YamlDocument) -> None:
        """Take findings in a document as problems."""
        self.problems += located(findings, document)

    def refer(self, kind: str, document: YamlDocument, path: YamlPath, to: str) -> None:
        """Note a reference, to be checked when everything is read."""
        self._pointers.setdefault(kind, []).append(_Pointer(document, path, to))

    def hide(self, kind: str, owner: str) -> None:
        """Leave references ``<owner>/…`` of a kind alone, since its file could not be read."""
        self._hidden.add((kind, owner))

    def check_references(self, kind: str, known: Mapping[str, object], expected: str) -> None:
        """Report all references of a kind that lead nowhere."""
        for pointer in self._pointers.get(kind, []):
            owner = owner_of(pointer.to)
            if pointer.to not in known and (kind, owner) not in self._hidden:
                hint = did_you_mean(pointer.to, known)
                finding = Finding(pointer.path, expected, shown(pointer.to), hint)
                self.report([finding], pointer.document)
