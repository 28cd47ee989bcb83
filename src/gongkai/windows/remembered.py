"""Values that every page asks for, kept in the memory of the process for a moment."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, TypeVar, cast

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

_MOST = 1024
_forgets: list[Callable[[], None]] = []


def remembered(make: Callable[..., T]) -> Callable[..., T]:
    """Keep what ``make`` returns for its arguments for ``settings.PUBLIC_SECONDS``; errors are not kept."""
    values: dict[Hashable, tuple[float, T]] = {}
    _forgets.append(values.clear)

    @wraps(make)
    def asked(*arguments: Hashable, **named: Hashable) -> T:
        key = (arguments, tuple(sorted(named.items())))
        found = values.get(key)
        if found is not None and time.monotonic() < found[0]:
            return found[1]
        value = make(*arguments, **named)
        if settings.PUBLIC_SECONDS:
            if len(values) >= _MOST:
                values.clear()
            values[key] = (time.monotonic() + settings.PUBLIC_SECONDS, value)
        return value

    return cast("Callable[..., T]", asked)


def forget() -> None:
    """Forget everything that is remembered."""
    for one in _forgets:
        one()
