"""Small pieces of the pages of the annual report."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django import template

from gongkai.reporting.queries.cells import plain
from gongkai.reporting.queries.sheet import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

_V = TypeVar("_V")

register = template.Library()


@register.filter
def given(values: Mapping[int, _V], key: int) -> _V | tuple[()]:
    """Return what ``values`` has for ``key``, nothing where it has none."""
    return values.get(key, ())


@register.filter
def figure(value: Decimal | None) -> str:
    """Return a number without zeros behind the point, and that there is none in a word."""
    return "空" if value is None else text_of(plain(value))
