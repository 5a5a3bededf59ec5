"""An entity: whatever has a folder in ``companies/``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cati.model.base import (
    Exact,
    Format,
    Id,
    Line,
    Many,
    Matching,
    Model,
    NameLine,
    PartialDate,
    Reference,
    Remark,
    Text,
    said,
)
from cati.model.language import Language

Kind = Literal["automaker", "joint_venture", "supplier", "publisher", "group"]

Country = Annotated[str, Matching(r"[A-Z]{2}", "a country as two capital letters, such as CN")]
"""ISO 3166-1 alpha-2 code."""


class Citation(Model):
    """Where a statement stands: a source and a place in it."""

    source: Reference
    locator: Line


class Name(Model):
    """Another name under which the entity appears.

    Attributes
    ----------
    kind : {"printed", "short", "legal", "former", "translation", "brand", "misprint"}
        What kind of name it is.
    """

    name: NameLine
    kind: Literal["printed", "short", "legal", "former", "translation", "brand", "misprint"]
    where: Citation | None = None
    note: Remark | None = None


class ChineseNameBasis(Model):
    """How the Chinese name is known.

    ``printed`` in the cited source; ``brand_usage``: the name the company
    goes by in China, from general knowledge and not from the material at
    hand; ``none``: no established Chinese name, the other one is repeated.
    """

    basis: Literal["printed", "brand_usage", "none"]
    note: Remark | None = None


class Listed(Model):
    """What one source says about a stock-exchange listing."""

    listed: bool
    where: Citation
    note: Remark | None = None


class EntityRelation(Model):
    """A dated relation to another entity.

    Attributes
    ----------
    to : str, optional
        The other entity's id, when it has a folder.
    name : str, optional
        The other party's name, when it has none. One of the two is given.
    share : Decimal, optional
        Share held, in per cent.
    basis : {"stated", "read_from_name", "outside_report"}
        ``stated`` by the cited source; ``read_from_name`` of the entity;
        ``outside_report``: known from elsewhere, without a source here.
    """

    kind: Literal["parent", "group", "supplier_of", "renamed_from", "merged_into"]
    to: Id | None = None
    name: Remark | None = None
    share: Exact | None = Field(default=None, ge=0, le=100)
    since: PartialDate | None = None
    until: PartialDate | None = None
    basis: Literal["stated", "read_from_name", "outside_report"]
    where: Citation | None = None
    note: Remark | None = None

    def other(self, language: Language) -> str:
        """The other party: its id, or else its name in a language."""
        return self.to or said(self.name or "", language)


class Entity(Model):
    """The profile in ``company.yaml``."""

    format: Format
    id: Id
    kind: Kind
    name: Text
    name_zh: ChineseNameBasis
    names: Many[Name] = ()
    country: Country | None = None
    country_note: Remark | None = None
    region: Id | None = None
    product: Literal["new_energy", "fuel_and_new_energy"] | None = None
    product_note: Remark | None = None
    listed: Many[Listed] = ()
    relations: Many[EntityRelation] = ()
    note: Remark | None = None

    @property
    def is_joint_venture(self) -> bool:
        """Whether it is scored as a joint venture."""
        return self.kind == "joint_venture"

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name it is known by, without repetition."""
        return tuple(dict.fromkeys((*self.name.values(), *(n.name for n in self.names))))
