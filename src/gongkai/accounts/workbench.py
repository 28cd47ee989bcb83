"""What a room brings to the workbench: menu entries and sources of to-do items.

Rooms call ``register`` in their ``office.py``; the office collects these modules at start-up and shows what is here.
It stands in this room because every room of the register may import it, and none may import the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def everybody(scope: Scope) -> bool:
    """Show an entry to all who work in the office."""
    return bool(scope.readable) or scope.is_administrator


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu. ``url`` is a URL name; ``icon`` one of the sprite; ``group`` its heading."""

    title: str
    url: str
    icon: str
    group: str
    order: int
    visible: Callable[[Scope], bool] = everybody

    @property
    def address(self) -> str:
        """Where the entry leads to."""
        return _address(self.url)


@cache
def _address(url: str) -> str:
    """Return the address of a URL name, which never changes: the menu stands on every page."""
    return reverse(url)


@dataclass(frozen=True, slots=True)
class TodoItem:
    """Something to do at a unit (its id). ``due`` is a legal day; ``urgency`` is ``late``, ``soon`` or ``normal``."""

    title: str
    url: str
    unit: int
    due: date | None = None
    urgency: str = "normal"


@dataclass(frozen=True, slots=True)
class TodoSource:
    """Where to-do items of one kind come from: ``fetch(user, scope, limit)`` gives at most so many, and their count."""

    kind: str
    order: int
    fetch: Callable[[User, Scope, int], tuple[list[TodoItem], int]]


_menu: dict[str, MenuEntry] = {}
_todo: dict[str, TodoSource] = {}


def register(*, menu: Iterable[MenuEntry] = (), todo: Iterable[TodoSource] = ()) -> None:
    """Make menu entries and to-do sources known; registering one again replaces it."""
    _menu.update({entry.url: entry for entry in menu})
    _todo.update({source.kind: source for source in todo})


def menu_for(scope: Scope) -> list[tuple[str, list[MenuEntry]]]:
    """Return the entries that ``scope`` may see, by group, in order."""
    groups: dict[str, list[MenuEntry]] = {}
    for entry in sorted(_menu.values(), key=lambda entry: entry.order):
        if entry.visible(scope):
            groups.setdefault(entry.group, []).append(entry)
    return list(groups.items())


def todo_for(user: User, scope: Scope, limit: int) -> list[tuple[TodoSource, list[TodoItem], int]]:
    """Return what ``user`` must do, by source: at most ``limit`` items each, and how many there are."""
    found = [(source, *source.fetch(user, scope, limit)) for source in sorted(_todo.values(), key=lambda s: s.order)]
    return [(source, items, count) for source, items, count in found if count]
