"""What a published folder was made from and with, and the checksums of what is in it.

The manifest is the one file that differs from run to run.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import NoReturn, cast, get_args

from cati import __version__
from cati.model.review import Challenge
from cati.problems import CatiError, UsageError, reason, shown
from cati.report.commit import commit_of
from cati.report.edition import Edition
from cati.scoring.scorecard import Basis
from cati.store.challenges import publishable_challenges
from cati.store.editions import checksum, input_digests
from cati.store.file_kinds import CLAIMS, ERRATA
from cati.store.text_file import digest_of

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
"""Checksums of all other files but the manifest, in the form of ``sha256sum``."""

FORMAT = 1
"""Of the manifest itself."""

CHALLENGES = "challenges that may be published"
"""How the part of the private files that is told stands among the inputs."""

PACKAGES = (
    "Babel",
    "Jinja2",
    "MarkupSafe",
    "Pillow",
    "XlsxWriter",
    "matplotlib",
    "numpy",
    "typst",
)
"""Packages whose version can change the bytes of a report."""

OWN = (".py", ".html", ".css", ".js", ".typ", ".svg", ".po", ".otf")
"""Kinds of files that cati is made of."""

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest manifest that is read."""

SHA256 = re.compile(r"[0-9a-f]{64}")

NO_FILE = "no file"
"""In place of a checksum: a link, a pipe, a folder with nothing in it. A manifest lists none."""


@dataclass(frozen=True)
class Manifest:
    """What a published folder says of itself, as far as it can be verified.

    Attributes
    ----------
    versions : dict of str to str
        Of cati and the packages that can change the bytes, by name, and of a font of the machine
        where one is needed beside those that cati carries.
    inputs : dict of str to str
        SHA-256 of everything it follows from, by file.
    files : dict of str to str
        SHA-256 of every other file in the folder, by path inside it.
    """

    evaluation: str
    methodology: str
    basis: Basis
    draft: bool
    incomplete: bool
    versions: dict[str, str]
    inputs: dict[str, str]
    files: dict[str, str]


def write_checksums(folder: Path) -> None:
    """Write the checksums of all files of a folder into it."""
    lines = (f"{digest}  {file}\n" for file, digest in digests(folder).items())
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def write_manifest(edition: Edition, folder: Path) -> None:
    """Write the manifest of a folder that is otherwise complete.

    Parameters
    ----------
    edition : Edition
        What was rendered.
    folder : Path
    """
    manifest = manifest_of(edition, folder)
    content = {
        "format": FORMAT,
        "evaluation": manifest.evaluation,
        "methodology": manifest.methodology,
        "basis": manifest.basis,
        "draft": manifest.draft,
        "incomplete": manifest.incomplete,
        "commit": commit_of(edition.store.root),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.system(),
        "versions": manifest.versions,
        "inputs_sha256": _of_all(manifest.inputs),
        "inputs": manifest.inputs,
        "files": manifest.files,
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def manifest_of(edition: Edition, folder: Path) -> Manifest:
    """What the manifest of a rendered edition says.

    Parameters
    ----------
    edition : Edition
        What was rendered.
    folder : Path
        Where it lies.
    """
    return Manifest(
        evaluation=edition.evaluation.id,
        methodology=edition.methodology.id,
        basis=edition.card.basis,
        draft=edition.draft,
        incomplete=edition.incomplete,
        versions=current_versions() | _system_font(folder),
        inputs=current_inputs(edition),
        files=digests(folder),
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder that may come from anybody.

    Raises
    ------
    UsageError
        If there is none.
    CatiError
        If it is not one, or contradicts itself.
    """
    path, content = _content(folder)
    reader = _Reader(path, content)
    reader.exactly("format", FORMAT, f"{FORMAT}, the format that this version of cati reads")
    inputs = reader.checksums("inputs")
    reader.exactly("inputs_sha256", _of_all(inputs), "the checksum of all inputs")
    return Manifest(
        evaluation=reader.text("evaluation"),
        methodology=reader.text("methodology"),
        basis=cast(Basis, reader.one_of("basis", get_args(Basis))),
        draft=reader.flag("draft"),
        incomplete="incomplete" in content and reader.flag("incomplete"),  # younger than format 1
        versions=reader.texts("versions"),
        inputs=inputs,
        files=reader.checksums("files"),
    )


def listed_files(folder: Path) -> set[str]:
    """The files that a folder's manifest lists, whichever version of cati has written it.

    Raises
    ------
    UsageError, CatiError
        As `read_manifest`.
    """
    return set(_Reader(*_content(folder)).checksums("files"))


def _content(folder: Path) -> tuple[Path, dict[str, object]]:
    path = folder / MANIFEST
    if path.is_symlink() or not path.is_file():
        raise UsageError(f"{path}: no manifest here; is {folder} a folder that cati has published?")
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise CatiError(f"{path}: expected at most {LARGEST:,} bytes; found more")
        content = json.loads(raw)
    except OSError as error:
        raise CatiError(f"{path}: cannot be read: {reason(error)}") from None
    except (ValueError, RecursionError):
        raise CatiError(f"{path}: expected JSON in UTF-8; found something else") from None
    if not isinstance(content, dict):
        raise CatiError(f"{path}: expected an object with the fields of a manifest")
    return path, content


def current_versions() -> dict[str, str]:
    """Versions of cati and of the packages that can change the bytes of a report."""
    own = {"cati": __version__, "cati, its files": _own_files()}
    return own | dict(_package_versions())


def current_inputs(edition: Edition) -> dict[str, str]:
    """SHA-256 of everything an edition follows from, as it was read, by file of the workspace."""
    store, name = edition.store, edition.evaluation.id
    found = input_digests(store, name)
    for beside in (CLAIMS, ERRATA):
        file = beside.file(evaluation=name)
        if file in store.read:
            found[file] = store.digest(file)
    if told := publishable_challenges(store, name):
        found[CHALLENGES] = digest_of(_challenges(told))
    return {file: found[file] for file in sorted(found)}


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a folder but the manifest, by path inside it, sorted.

    What has no content of its own is listed as `NO_FILE` and never opened.

    Raises
    ------
    CatiError
        If something in it cannot be read.
    """
    try:
        found = {path.relative_to(folder).as_posix(): _digest(path) for path in _leaves(folder)}
    except OSError as error:
        raise CatiError(f"{error.filename or folder}: cannot be read: {reason(error)}") from None
    return {file: found[file] for file in sorted(found) if file != MANIFEST}


def names_in(folder: Path) -> list[str]:
    """Everything in a folder that `digests` lists, and the manifest, by path inside it.

    Raises
    ------
    OSError
        If it cannot be listed.
    """
    return [path.relative_to(folder).as_posix() for path in _leaves(folder)]


def _leaves(folder: Path) -> Iterator[Path]:
    """Everything in a folder, at any depth, but the folders that hold something."""
    for place, folders, names in os.walk(folder, onerror=_fail):
        inside = [Path(place, name) for name in (*folders, *names)]
        if not inside:
            yield Path(place)
        yield from (path for path in inside if path.is_symlink() or not path.is_dir())


def _fail(error: OSError) -> NoReturn:
    raise error


def _digest(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return NO_FILE
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _challenges(told: Mapping[str, Sequence[Challenge]]) -> bytes:
    content = {
        company: [challenge.model_dump(mode="json", warnings=False) for challenge in challenges]
        for company, challenges in told.items()
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def _of_all(known: Mapping[str, str]) -> str:
    return checksum({file: digest.encode() for file, digest in known.items()})


def _own_files() -> str:
    """A checksum of cati's own files, since a version is also worked on."""
    home = Path(__file__).parents[1]
    found = {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.suffix in OWN and path.is_file()
    }
    return checksum(found)[:16]


def _system_font(folder: Path) -> dict[str, str]:
    """The font of this machine that a rendered report needs, if it needs one.

    Its pages hold every character that its figures and its PDF draw.
    """
    from cati.report.fonts import beyond

    pages = folder.rglob("*.html")
    font = beyond("".join({char for page in pages for char in page.read_text(encoding="utf-8")}))
    return {"a font of the machine": font} if font else {}


def _package_versions() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        try:
            yield package, metadata.version(package)
        except metadata.PackageNotFoundError:
            continue


class _Reader:
    """Fields of a manifest, each as what it must be."""

    def __init__(self, path: Path, content: Mapping[str, object]) -> None:
        self.path = path
        self.content = content

    def exactly(self, name: str, value: int | str, expected: str) -> None:
        found = self.content.get(name)
        if type(found) is not type(value) or found != value:
            self._fail(name, expected)

    def text(self, name: str) -> str:
        value = self.content.get(name)
        return value if isinstance(value, str) else self._fail(name, "text")

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        value = self.text(name)
        return value if value in known else self._fail(name, " or ".join(known))

    def flag(self, name: str) -> bool:
        value = self.content.get(name)
        return value if isinstance(value, bool) else self._fail(name, "true or false")

    def texts(self, name: str) -> dict[str, str]:
        value = self.content.get(name)
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            return self._fail(name, "an object with text in every field")
        return value

    def checksums(self, name: str) -> dict[str, str]:
        found = self.texts(name)
        if not all(SHA256.fullmatch(value) for value in found.values()):
            return self._fail(name, "SHA-256 checksums by file")
        return found

    def _fail(self, name: str, expected: str) -> NoReturn:
        value = self.content.get(name)
        found = shown(value) if isinstance(value, int | str) else "something else"
        raise CatiError(f"{self.path}: {name}: expected {expected}; found {found}")
