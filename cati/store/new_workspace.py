"""A new workspace, from what travels inside the package."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

from cati.model.evaluation import Evaluation
from cati.problems import CatiError, Problem, ProblemsError, reason
from cati.store.atomic import filled_folder
from cati.store.file_kinds import CLAIMS, COMPANY, EVALUATION, POINTS, PUBLISHED
from cati.store.schemas import FOLDER, SCHEMAS, schema_text
from cati.store.validate import read_model

PUBLISHER = "ipe"
"""The publisher whose report the bundled methodologies cite."""

PEERS = "automakers-2024"
"""The published evaluation that comes with cati."""

_IGNORED = """\
# What must not be published: addresses, unreleased replies, archived copies
private/
# Rendered by cati report
reports/*/out*/
reports/*/.out-*/
# Orders programs that write here, and counts what they change
.cati.*
# Left by programs that were killed; the next one removes it
.*.cati-*.tmp
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

_PRIVATE_IGNORED = """\
# A self-assessment is private: nothing of this folder belongs into a repository that others read
*
"""

_PRIVATE_README = """\
# A private self-assessment

This folder holds what the company says of itself, also what it has not published.
Keep it inside the company: version control leaves all of it out (.gitignore).

- `workbooks/`  - the workbook to fill; copies of it for each department can be merged
- `companies/`  - the company's profile, sources, disclosures and answers
- `reports/`    - the self-assessment; the peers' published scores, where there are some
- `indicators/` - the methodologies: what is asked and what it is worth
- `schemas/`    - what the files may say, for editors that know JSON Schema

`cati self-assess FILES` takes filled workbooks in and prints the result.

# 非公开自评

本文件夹包含企业对自身情况的说明，包括尚未公开的内容，请仅限企业内部使用；版本控制不会收录其中任何文件（.gitignore）。
填写 `workbooks/` 中的工作簿（可分发给各部门填写后合并），
再运行 `cati self-assess 文件`，即可导入并查看结果。
"""


def bundled() -> Path:
    """The folder with the methodologies that come with cati.

    In an installed package they lie inside it; in a checkout of the project,
    the checkout is itself the workspace they come from.
    """
    package = Path(str(resources.files("cati")))
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent


def new_workspace(folder: Path, private: bool = False, *, example: bool = False) -> None:
    """Make a workspace with the bundled methodologies and their publisher.

    Parameters
    ----------
    folder : Path
        Is created; must not hold anything yet.
    private : bool
        Whether version control leaves all of it out.
    example : bool
        Whether the published evaluation `PEERS` comes with it, and all its evidence.

    Raises
    ------
    UsageError
        If there is something in it already.
    CatiError
        If it cannot be written; the folder is then what it was.
    """
    ignored = _PRIVATE_IGNORED if private else _IGNORED
    readme = _PRIVATE_README if private else _README
    with filled_folder(folder):
        (folder / "reports").mkdir()
        shutil.copytree(bundled() / "indicators", folder / "indicators")
        if example:
            _copy_example(folder)
        else:
            shutil.copytree(bundled() / "companies" / PUBLISHER, folder / "companies" / PUBLISHER)
        (folder / FOLDER).mkdir()
        for name in SCHEMAS:
            (folder / FOLDER / f"{name}.json").write_text(schema_text(name), encoding="utf-8")
        (folder / "reports" / ".gitkeep").touch()
        (folder / ".gitignore").write_text(ignored, encoding="utf-8")
        (folder / "README.md").write_text(readme, encoding="utf-8")


def _copy_example(folder: Path) -> None:
    """Put the published evaluation and all companies of the store into a workspace."""
    report = Path("reports") / PEERS
    shutil.copytree(bundled() / "companies", folder / "companies", dirs_exist_ok=True)
    (folder / report).mkdir()
    for name in (EVALUATION.file_name, PUBLISHED.file_name, POINTS.file_name, CLAIMS.file_name):
        shutil.copyfile(bundled() / report / name, folder / report / name)


def bundled_peers() -> Evaluation:
    """The published evaluation that comes with cati, whose companies are the peers of others.

    Raises
    ------
    ProblemsError
        If it cannot be read.
    """
    file = EVALUATION.file(evaluation=PEERS)
    problems: list[Problem] = []
    read = read_model(Evaluation, bundled() / file, file, problems)
    if read is None:
        raise ProblemsError(problems)
    return read[0]


def copy_peers(folder: Path) -> None:
    """Put the peers into a workspace: their profiles, the printed table and its points.

    Raises
    ------
    CatiError
        If they cannot be written.
    """
    report = Path("reports") / PEERS
    files = [
        report / name for name in (EVALUATION.file_name, PUBLISHED.file_name, POINTS.file_name)
    ]
    files += [Path("companies") / e.company / COMPANY.file_name for e in bundled_peers().scope]
    try:
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(bundled() / file, folder / file)
    except OSError as error:
        raise CatiError(f"{folder}: cannot be written: {reason(error)}") from None
