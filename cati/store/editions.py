"""Kept editions: the files an evaluation's scores follow from, packed as they were.

A packed edition is itself a workspace, so that everything the tool can do
with today's files it can do with those of an earlier edition.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from cati.problems import CatiError, ascii_controls
from cati.store.atomic import filled_folder, make_folder, require_inside, write_bytes
from cati.store.editing import read_again
from cati.store.file_kinds import KINDS
from cati.store.store import FOLDERS, Store
from cati.store.text_file import digest_of, read_bytes
from cati.store.zip_file import ZIP_FAULTS

FOLDER = "editions"

LARGEST = 512 * 1024 * 1024
"""Bytes that a packed edition may hold in all; a larger one is not opened."""

LARGEST_PACKED = 100_000_000
"""Bytes of the packed file itself."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every packed file, so that the same files give the same bytes."""


def edition_file(evaluation: str, number: int) -> str:
    """Where a kept edition lies in a workspace."""
    return f"reports/{evaluation}/{FOLDER}/{number}.zip"


def input_digests(store: Store, evaluation: str) -> dict[str, str]:
    """Digests, as they were read, of all files that an evaluation's scores follow from, sorted.

    Assessments and tables of other evaluations are left out, and with them
    what is private and what was rendered. What the store has not read, no
    score follows from, whatever its name.
    """
    return {file: store.read[file] for file in sorted(store.read) if _is_input(file, evaluation)}


def inputs(store: Store, evaluation: str) -> dict[str, bytes]:
    """The files of `input_digests`, as they were when the store was read.

    Raises
    ------
    ProblemsError
        If one has been changed since.
    """
    return read_again(store.root, input_digests(store, evaluation))


def _is_input(file: str, evaluation: str) -> bool:
    """Whether the scores of an evaluation may follow from a file, by its path."""
    return any(
        kind.scored and names.get("evaluation", evaluation) == evaluation
        for kind in KINDS
        if (names := kind.names(file)) is not None
    )


def checksum(files: Mapping[str, bytes]) -> str:
    """A checksum of names and contents, whatever they are packed in."""
    lines = (f"{digest_of(files[file])}  {file}\n" for file in sorted(files))
    return digest_of("".join(lines).encode())


def pack(root: Path, evaluation: str, number: int, files: Mapping[str, bytes]) -> None:
    """Keep files as an edition of an evaluation.

    Raises
    ------
    CatiError
        If it cannot be written.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(files):
            archive.writestr(zipfile.ZipInfo(file, _EARLIEST), files[file], zipfile.ZIP_DEFLATED)
    path = root / edition_file(evaluation, number)
    require_inside(root, path.parent)
    make_folder(path.parent)
    write_bytes(path, packed.getvalue())


def unpack(root: Path, evaluation: str, number: int) -> dict[str, bytes]:
    """The files of a kept edition, by name.

    Raises
    ------
    CatiError
        If it is missing, damaged, too large, or holds what no edition holds.
    """
    file = edition_file(evaluation, number)
    if not os.path.lexists(root / file):
        raise CatiError(f"{file}: expected the kept edition; found no file")
    content = read_bytes(root / file, file, LARGEST_PACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            for member in members:
                if not _is_input(member.filename, evaluation) or ".." in member.filename.split("/"):
                    raise CatiError(
                        f"{file}: expected files of an edition; found {member.filename[:80]!r}"
                    )
            if sum(member.file_size for member in members) > LARGEST:
                raise CatiError(f"{file}: expected at most {LARGEST:,} bytes unpacked; found more")
            return {member.filename: archive.read(member) for member in members}
    except ZIP_FAULTS as error:
        found = ascii_controls(str(error)) or "a damaged one"
        raise CatiError(f"{file}: expected a zip file that can be read; found {found}") from None


def restore(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of an edition into a new folder, which is then a workspace.

    Raises
    ------
    UsageError
        If there is something in the folder.
    CatiError
        If it cannot be written.
    """
    with filled_folder(folder):
        for name in FOLDERS:
            (folder / name).mkdir()
        for file, content in files.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(content)
