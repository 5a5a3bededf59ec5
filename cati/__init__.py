"""Open, exact and explained scoring of automakers on climate action.

The names a notebook needs; each is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = ["Scorecard", "Workspace", "__version__"]

if TYPE_CHECKING:
    from cati.scoring.scorecard import Scorecard
    from cati.workspace import Workspace


def __getattr__(name: str) -> object:
    if name == "Workspace":
        from cati.workspace import Workspace

        return Workspace
    if name == "Scorecard":
        from cati.scoring.scorecard import Scorecard

        return Scorecard
    raise AttributeError(f"module 'cati' has no attribute {name!r}")
