"""What one room may begin in another on its floor: neither imports the other, both know this list.

A room registers what it can begin (``records.draft``) in its ``apps.py``; another begins it by name, with facts that
both agree on, and gets back where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Begun:
    """What was begun: its key (``room.model:number``), its address, and what it is called."""

    key: str
    url: str
    title: str


class NoSuchOpeningError(LookupError):
    """No room of this installation can begin that."""


_openings: dict[str, Callable[..., Begun]] = {}


def register(name: str, begin: Callable[..., Begun]) -> None:
    """Make known what can be begun; registering a name again replaces it."""
    _openings[name] = begin


def begin(name: str, **facts: object) -> Begun:
    """Begin it, in the caller's transaction. Raises ``NoSuchOpeningError`` and whatever the room raises."""
    if name not in _openings:
        raise NoSuchOpeningError(name)
    return _openings[name](**facts)
