"""The package that an .xlsx file is: a zip of XML parts, opened without trust.

Nothing is unpacked to the disk, nothing outside of the file is looked up, and
what a workbook to be imported does not need is refused: macros, embedded
objects, links to other workbooks, document types.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from cati.problems import Problem, ProblemsError, shown
from cati.store.text_file import read_bytes
from cati.store.zip_file import ZIP_FAULTS


@dataclass(frozen=True)
class Limits:
    """How large a workbook may be; ours are far below.

    Attributes
    ----------
    file, unpacked : int
        Bytes of the file, and of all its parts together.
    ratio : int
        How many times larger its parts may be than the file.
    parts : int
        Files in the zip.
    sheets, rows, columns : int
    text : int
        Characters in a cell, of which Excel holds no more.
    """

    file: int = 10_000_000
    unpacked: int = 60_000_000
    ratio: int = 200
    parts: int = 500
    sheets: int = 50
    rows: int = 20_000
    columns: int = 500
    text: int = 32_767


LIMITS = Limits()

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = {
    "vbaproject.bin": ("a workbook without macros", "macros", "save it as .xlsx"),
    "vbadata.xml": ("a workbook without macros", "macros", "save it as .xlsx"),
    "xl/macrosheets/": ("a workbook without macros", "a macro sheet", "save it as .xlsx"),
    "xl/externallinks/": (
        "a workbook without links to others",
        "a link to another workbook",
        "break it: Data, Edit Links",
    ),
    "xl/embeddings/": ("a workbook without embedded objects", "an embedded object", "delete it"),
    "xl/activex/": ("a workbook without ActiveX", "an ActiveX control", "delete it"),
    "xl/ctrlprops/": ("a workbook without form controls", "a form control", "delete it"),
}
"""What is refused wherever it stands in a part's name, in lower case."""

_BEGINS_IN = 1_000
"""Bytes within which the root element of a part begins in any file that programs write."""


@dataclass(frozen=True)
class Target:
    """What a part refers to by an id: another part, and what kind it is."""

    kind: str
    part: str


class Package:
    """The parts of an .xlsx file.

    Parameters
    ----------
    content : bytes
    file : str
        How messages name the file.
    limits : Limits

    Raises
    ------
    ProblemsError
        If it is no such file, too large, damaged, or holds what is refused.
    """

    def __init__(self, content: bytes, file: str, limits: Limits) -> None:
        self.file = file
        if content.startswith(_OLE):
            hint = "save it as .xlsx, without a password"
            raise self.wrong("an .xlsx workbook", "an .xls or encrypted file", hint)
        if not content.startswith(b"PK"):
            found = "an empty file" if not content else "another kind of file"
            raise self.wrong("an .xlsx workbook", found)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except ZIP_FAULTS:
            raise self.wrong("an .xlsx workbook", "a damaged file") from None
        members = self._zip.infolist()
        self._check_size(members, len(content), limits)
        self._check_names(members)
        self._members = {info.filename.lower(): info for info in members}

    def wrong(self, expected: str, found: str, hint: str = "") -> ProblemsError:
        """A problem of the whole file."""
        return ProblemsError([Problem(self.file, expected, found, hint=hint)])

    def _check_size(self, members: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
        if len(members) > limits.parts:
            raise self.wrong(f"at most {limits.parts:,} parts", f"{len(members):,}")
        unpacked = sum(info.file_size for info in members)
        if unpacked > limits.unpacked:
            raise self.wrong(f"at most {limits.unpacked:,} bytes unpacked", f"{unpacked:,}")
        if unpacked > limits.ratio * size:
            found = f"one that unpacks to {unpacked:,} bytes from {size:,}"
            raise self.wrong("a workbook", found)

    def _check_names(self, members: list[zipfile.ZipInfo]) -> None:
        seen: set[str] = set()
        for info in members:
            name = info.filename.lower()
            if name.startswith("/") or "\\" in name or ".." in name.split("/"):
                raise self.wrong("parts inside the workbook", f"a part named {shown(name)}")
            if name in seen:
                raise self.wrong("each part once", f"{shown(name)} a second time")
            seen.add(name)
            if info.flag_bits & 1:
                raise self.wrong("a workbook without a password", "an encrypted part")
            for refused, words in _REFUSED.items():
                if refused in name:
                    raise self.wrong(*words)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._members

    def read(self, part: str) -> bytes:
        """The content of a part.

        Raises
        ------
        ProblemsError
            If there is no such part or it is damaged.
        """
        info = self._members.get(part.lower())
        if info is None:
            raise self.wrong(f"the part {shown(part)}", "none", "save it again from Excel")
        try:
            with self._zip.open(info) as stream:
                return stream.read(info.file_size + 1)
        except ZIP_FAULTS:
            raise self.wrong("an .xlsx workbook", f"a damaged part {shown(part)}") from None

    def elements(self, part: str, *names: str) -> Iterator[Any]:
        """The elements of these names in a part, in order, each freed when the next is taken.

        Parameters
        ----------
        part : str
        names : str
            Without their namespace.

        Raises
        ------
        ProblemsError
            If it is not XML, or has a document type: entities are never looked at.
        """
        parser = etree.iterparse(
            io.BytesIO(self._without_doctype(part)),
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _, element in parser:
                yield element
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except (etree.XMLSyntaxError, UnicodeError, LookupError):
            raise self.wrong("XML", f"something else in the part {shown(part)}") from None

    def _without_doctype(self, part: str) -> bytes:
        """The content of a part that has no document type.

        It must be in UTF-8, so that no other encoding hides one.
        """
        content = self.read(part)
        start = content[:_BEGINS_IN]
        named = re.search(rb"encoding\s*=\s*[\"']([^\"']*)[\"']", start.partition(b"?>")[0])
        encoding = named[1].lower() if named else b"utf-8"
        if b"\0" in start or encoding not in {b"utf-8", b"us-ascii", b"ascii"}:
            raise self.wrong("XML in UTF-8", f"another encoding in the part {shown(part)}")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise self.wrong("XML without a document type", f"one in the part {shown(part)}")
        return content

    def targets(self, part: str) -> dict[str, Target]:
        """What a part (or, for ``""``, the package) refers to, by id; nothing outside of it.

        Targets may be relative to the part or, as WPS and others write them, absolute.
        """
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Target] = {}
        if relations not in self:
            return found
        for element in self.elements(relations, "Relationship"):
            if element.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Target(kind, target.lstrip("/"))
        return found


def open_package(path: Path, file: str, limits: Limits = LIMITS) -> Package:
    """The parts of an .xlsx file.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.
    limits : Limits

    Raises
    ------
    ProblemsError
        As `Package`, or if the file cannot be read.
    """
    return Package(read_bytes(path, file, limits.file), file, limits)
