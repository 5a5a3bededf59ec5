"""Models to YAML text, the same text for the same content.

Keys come in the order of the model's fields, what has its default value is
left out, short records stand on one line and long text is folded.
"""

from __future__ import annotations

from decimal import Decimal

import yaml
from pydantic import BaseModel

from cati.store.yaml_file import plain_value

WIDTH = 100
"""Columns a line should not exceed; text without spaces may."""

INDENT = 2


def yaml_text(model: BaseModel, schema: str | None = None) -> str:
    """A model as the text of its file.

    Parameters
    ----------
    model : BaseModel
    schema : str, optional
        Path from the file to its JSON Schema, for editors.
    """
    body = yaml.serialize(
        _node(model, 0),
        Dumper=_Dumper,
        allow_unicode=True,
        width=WIDTH,
        indent=INDENT,
    )
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    return f"{head}{body}"


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _node(value: object, column: int) -> yaml.Node:
    """The YAML of a value that begins in this column."""
    if isinstance(value, BaseModel):
        return _mapping(_items(value), column)
    if isinstance(value, dict):
        return _mapping(list(value.items()), column)
    if isinstance(value, (tuple, list)):
        return _sequence(value, column)
    return _scalar(value, column)


def _items(model: BaseModel) -> list[tuple[str, object]]:
    """Fields that do not have their default, in the model's order."""
    fields = type(model).model_fields
    return [
        (name, getattr(model, name))
        for name, field in fields.items()
        if field.is_required() or getattr(model, name) != field.get_default()
    ]


def _mapping(items: list[tuple[str, object]], column: int) -> yaml.Node:
    flat = column > 0 and _fits(items, column)
    pairs = [
        (_scalar(key, 0), _node(value, column + (len(key) + 2 if flat else INDENT)))
        for key, value in items
    ]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flat)


def _fits(items: list[tuple[str, object]], column: int) -> bool:
    """Whether a record of plain values reads well on one line."""
    if any(isinstance(value, (BaseModel, dict, tuple, list)) for _, value in items):
        return False
    length = sum(len(key) + 2 + _width(str(value)) + 2 for key, value in items)
    return column + length <= WIDTH


def _width(text: str) -> int:
    """Columns a text takes; Chinese characters take two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _sequence(values: tuple[object, ...] | list[object], column: int) -> yaml.Node:
    flat = all(not isinstance(v, (BaseModel, dict, tuple, list)) for v in values)
    flat = flat and column + sum(_width(str(v)) + 2 for v in values) <= WIDTH
    nodes = [_node(value, column + INDENT) for value in values]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", nodes, flow_style=flat)


def _scalar(value: object, column: int) -> yaml.Node:
    if value is None:
        return yaml.ScalarNode("tag:yaml.org,2002:null", "null")
    if isinstance(value, bool):
        return yaml.ScalarNode("tag:yaml.org,2002:bool", "true" if value else "false")
    if isinstance(value, (int, Decimal)):
        text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        kind = "float" if "." in text else "int"
        return yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", text)
    text = str(value)
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=_style(text, column))


def _style(text: str, column: int) -> str | None:
    """Folded where a text is long; quoted where it would be read as something else."""
    if column + _width(text) > WIDTH and " " in text and text == " ".join(text.split()):
        return ">"
    return None if plain_value(text) == text else "'"
