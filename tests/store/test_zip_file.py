"""Zip files that are damaged give a message, whatever bit is wrong."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from cati.problems import CatiError
from cati.store.editions import edition_file, inputs, pack, unpack
from cati.store.zip_file import ZIP_FAULTS
from tests.conftest import Spoilable


@pytest.mark.slow
def test_no_flipped_bit_of_an_edition_gives_a_traceback_or_other_content(tiny: Spoilable) -> None:
    files = inputs(tiny.open().store, "first")
    pack(tiny.root, "first", 1, files)
    path = tiny.root / edition_file("first", 1)
    whole = path.read_bytes()
    chosen = random.Random(12)  # noqa: S311
    directory = range(8 * whole.index(b"PK\x01\x02"), 8 * len(whole), 7)
    for bit in (*chosen.sample(range(8 * len(whole)), 300), *directory):
        spoilt = bytearray(whole)
        spoilt[bit // 8] ^= 1 << bit % 8
        path.write_bytes(spoilt)
        with suppress(CatiError):
            assert set(unpack(tiny.root, "first", 1).values()) <= set(files.values())


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_is_known_of_every_way_to_pack(tmp_path: Path, method: int) -> None:
    path = tmp_path / "some.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a", b"content of some length, " * 20)
    whole = path.read_bytes()
    for position in range(31, whole.index(b"PK\x01\x02")):
        path.write_bytes(whole[:position] + b"\xff\x00" + whole[position + 2 :])
        with suppress(*ZIP_FAULTS), zipfile.ZipFile(path) as archive:
            archive.read("a")
