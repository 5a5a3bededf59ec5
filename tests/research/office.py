"""LibreOffice, as tests of workbooks use it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import missing

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Always compute afresh; otherwise LibreOffice shows the values stored in the file."""


def saved_by_libreoffice(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Workbooks as LibreOffice saves them once it has computed every formula, in one run."""
    office = shutil.which("soffice")
    if office is None:
        missing("a program named soffice")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(RECALCULATE, encoding="utf-8")
    saved = folder / "saved"
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", os.fspath(saved), *map(os.fspath, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return [saved / path.name for path in paths]
