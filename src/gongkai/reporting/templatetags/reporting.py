"""Small pieces of the pages of the annual report."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django import template

if TYPE_CHECKING:
    from collections.abc import Mapping

_V = TypeVar("_V")

register = template.Library()


@register.filter
def given(values: Mapping[int, _V], key: int) -> _V | tuple[()]:
    """Return what ``values`` has for ``key``, nothing where it has none."""
    return values.get(key, ())
