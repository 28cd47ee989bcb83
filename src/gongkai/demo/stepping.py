"""Telling how far the making has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Progress = Callable[[str, int, int], None]
    """Told the words of a step, how much of it is done, and of how much."""


def through(words: str, lots: Iterable[int], total: int, progress: Progress) -> int:
    """Go through ``lots``, telling how much is done; return how much that was."""
    done = 0
    progress(words, 0, total)
    for count in lots:
        done += count
        progress(words, min(done, total), total)
    progress(words, total, total)
    return done
