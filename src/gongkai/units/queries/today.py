"""The tree as of today, for pages that everybody asks for: kept in the process for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.units.queries import tree
from gongkai.windows.remembered import remembered

if TYPE_CHECKING:
    from gongkai.units.queries.tree import Tree


@remembered
def units() -> Tree:
    """Return the tree of units as of today."""
    return tree.as_of(timezone.localdate())
