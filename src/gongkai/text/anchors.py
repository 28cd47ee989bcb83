"""Which of many words stand in a text: one pass over it, where asking for each word takes a pass for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Anchors:
    """Words to look for together. Of words that begin alike all are found: each is looked for at every place."""

    def __init__(self, words: Iterable[str]) -> None:
        by_first: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            by_first.setdefault(word[0], []).append(word)
        # A branch begins with a plain character, which the engine looks up; the rest is looked at, not taken.
        branches = (
            f"{re.escape(first)}(?={'|'.join(re.escape(word[1:]) for word in group)})"
            for first, group in by_first.items()
        )
        self._words = {first: tuple(group) for first, group in by_first.items()}
        self._any = re.compile("|".join(branches))

    def found(self, text: str) -> frozenset[str]:
        """Return the words that ``text`` holds."""
        return frozenset(
            word
            for match in self._any.finditer(text)
            for word in self._words[match[0]]
            if text.startswith(word, match.start())
        )
