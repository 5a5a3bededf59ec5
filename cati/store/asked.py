"""What people ask for by its id or name; what stands in a broken file is not called absent."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TypeVar

from cati.model.entity import Entity
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.problems import UsageError, did_you_mean, with_hint
from cati.store.file_kinds import COMPANY, EVALUATION
from cati.store.lookup import Found, Lookup
from cati.store.store import Store

T = TypeVar("T")


class Asked:
    """Leads from ids and names to what the files say.

    Every method raises a `UsageError` for what is not there, and a
    `ProblemsError` for what may be there in a file with errors.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def evaluation(self, name: str) -> Evaluation:
        """The evaluation with this id."""
        known = self.store.evaluations
        folders = () if name in known else self._folders("reports")
        if name in folders:
            self.store.require_readable(f"reports/{name}")
            self.store.require_readable("indicators")
        return named("evaluation", name, known, folders)

    def chosen_evaluation(self, name: str | None) -> Evaluation:
        """The evaluation with this id, or the only one there is."""
        if name is not None:
            return self.evaluation(name)
        self.store.require_readable("reports", f"/{EVALUATION.file_name}")
        known = self.store.evaluations
        if len(known) < len(self._folders("reports")):
            self.store.require_readable("indicators")
        if len(known) == 1:
            return next(iter(known.values()))
        raise UsageError(f"which evaluation? {', '.join(known) or 'there is none'}")

    def methodology(self, name: str) -> Methodology:
        """The methodology with this id."""
        known = self.store.methodologies
        if name not in known and name in self._folders("indicators"):
            self.store.require_readable(f"indicators/{name}")
        return named("methodology", name, known)

    def entity(self, name: str) -> Entity:
        """The entity with this id."""
        known = self.store.entities
        if name not in known and name in self._folders("companies"):
            self.store.require_readable(f"companies/{name}", COMPANY.file_name)
        return named("entity", name, known)

    def find(self, text: str) -> Found:
        """The entity that goes by a name, and the name it was found under."""
        try:
            return Lookup(self.store.entities).find(text)
        except UsageError:
            if text in self._folders("companies"):
                self.store.require_readable(f"companies/{text}", COMPANY.file_name)
            self.store.require_readable("companies", f"/{COMPANY.file_name}")
            raise

    def _folders(self, folder: str) -> tuple[str, ...]:
        """What lies in a folder of the workspace, whether or not its files can be read."""
        try:
            names = sorted(os.listdir(self.store.root / folder))
        except OSError:  # a kept edition is read from a folder that is gone by now
            return ()
        return tuple(name for name in names if not name.startswith("."))


def named(kind: str, name: str, known: Mapping[str, T], like: Iterable[str] = ()) -> T:
    """The one of this name; otherwise a message with what it may be called.

    Parameters
    ----------
    kind, name : str
    known : mapping of str to object
    like : iterable of str
        Other names to suggest.

    Raises
    ------
    UsageError
    """
    if name not in known:
        names = {*known, *like}
        hint = did_you_mean(name, names) or ("" if names else "there is none yet")
        raise UsageError(with_hint(f"no {kind} {name}", hint))
    return known[name]
