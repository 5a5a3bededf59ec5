"""A new workspace, from what travels inside the package."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

from cati.problems import CatiError, UsageError
from cati.store.schemas import FOLDER as SCHEMAS
from cati.store.schemas import KINDS, schema_text
from cati.store.store import FOLDERS

PUBLISHER = "ipe"
"""The publisher whose report the bundled methodologies cite."""

_IGNORED = """\
# What must not be published: addresses, unreleased replies, archived copies
private/
# Rendered by cati report
reports/*/out/
# Orders programs that write here
.cati.lock
"""

_README = """\
# A cati workspace

- `indicators/` - the methodologies: what is asked and what it is worth
- `companies/`  - one folder per company, with its profile and sources
- `reports/`    - the evaluations: who is scored, how and when
- `schemas/`    - what the files may say, for editors that know JSON Schema

`cati check` says what is wrong with the files. `cati score EVALUATION` prints a
ranking once `reports/EVALUATION/` holds an evaluation.
"""


def bundled() -> Path:
    """The folder with the methodologies that come with cati.

    In an installed package they lie inside it; in a checkout of the project,
    the checkout is itself the workspace they come from.
    """
    package = Path(str(resources.files("cati")))
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent


def new_workspace(folder: Path) -> None:
    """Make a workspace with the bundled methodologies and their publisher.

    Parameters
    ----------
    folder : Path
        Is created; must not hold anything yet.

    Raises
    ------
    UsageError
        If there is something in it already.
    CatiError
        If it cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder}: expected a new or empty folder; it holds something")
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        shutil.copytree(bundled() / "indicators", folder / "indicators", dirs_exist_ok=True)
        shutil.copytree(bundled() / "companies" / PUBLISHER, folder / "companies" / PUBLISHER)
        (folder / SCHEMAS).mkdir()
        for kind in KINDS:
            text = schema_text(kind)
            (folder / SCHEMAS / f"{kind}.json").write_text(text, encoding="utf-8")
        (folder / "reports" / ".gitkeep").touch()
        (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
        (folder / "README.md").write_text(_README, encoding="utf-8")
    except OSError as error:
        raise CatiError(f"{folder}: cannot be written: {error.strerror}") from None
