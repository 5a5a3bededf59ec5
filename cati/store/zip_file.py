"""What Python's zip reader raises for files that are damaged, or made to do damage."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
    KeyError,
)
"""Of a lock without a key to a number that fits nowhere; `NotImplementedError` is one of them."""
