"""The real edition as somebody publishes it."""

from __future__ import annotations

from dataclasses import replace

from cati.model.base import Text
from cati.model.evaluation import Publisher
from cati.report.edition import Edition

NAME = Text(en="North & South", zh="南北")


def published_by(
    edition: Edition, name: Text = NAME, contact: str | None = None, url: str | None = None
) -> Edition:
    """An edition that names its publisher."""
    publisher = Publisher(name=name, contact=contact, url=url)
    evaluation = edition.evaluation.model_copy(update={"publisher": publisher})
    return replace(edition, evaluation=evaluation)
