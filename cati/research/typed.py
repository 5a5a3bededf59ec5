"""What people type as the forms that files hold."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from cati.problems import UsageError, shown

T = TypeVar("T")


def typed(what: str, form: Any, value: T) -> T:
    """The value, if it has the form.

    Parameters
    ----------
    what : str
        How the message names it.
    form : type
        As the fields of models have, such as `cati.model.base.Id`.
    value : object

    Raises
    ------
    UsageError
        If it has not.
    """
    try:
        TypeAdapter(form).validate_python(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        expected = detail.get("ctx", {}).get("error", detail["msg"])
        raise UsageError(f"{what}: expected {expected}; found {shown(value)}") from None
    return value
