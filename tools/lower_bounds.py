"""Print the lower bounds of pyproject.toml as constraints: what `make oldest` installs."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
BOUND = re.compile(r"([\w.-]+)(?:\[[\w,]+\])?(?:>=([\w.]+))?")


def lower_bounds(project: str) -> Iterator[str]:
    """``name==version`` of every requirement that has a lower bound, in all groups.

    Raises
    ------
    ValueError
        If one has another kind of bound.
    """
    table = tomllib.loads(project)["project"]
    groups = [table["dependencies"], *table["optional-dependencies"].values()]
    for requirement in (one for group in groups for one in group):
        if requirement.startswith(f"{table['name']}["):
            continue  # one of the other groups
        bound = BOUND.fullmatch(requirement)
        if bound is None:
            raise ValueError(
                f"pyproject.toml: expected name or name>=version; found {requirement!r}"
            )
        if bound[2]:
            yield f"{bound[1]}=={bound[2]}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lower_bounds(PROJECT.read_text("utf-8")))
