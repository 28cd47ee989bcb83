"""Text without the gaps that layout leaves between Chinese characters, and the way back to what was printed."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import NamedTuple

_FIRST_CHINESE = "\u3000"  # from here on: Chinese punctuation, characters, full-width forms
_CHARACTERS = ("\u4e00", "\u9fff")  # the first and the last


class Closed(NamedTuple):
    """``text`` is ``raw`` with its gaps closed.

    ``gaps`` holds, for each, its place in ``text`` and how many characters were left out so far.
    """

    text: str
    gaps: tuple[tuple[int, int], ...]
    raw: str

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]``, which is not empty, stood before the gaps were closed."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, closed: int) -> int:
        passed = bisect_right(self.gaps, closed, key=itemgetter(0))
        return closed + (self.gaps[passed - 1][1] if passed else 0)


def close_gaps(text: str) -> Closed:
    """Close every gap, line breaks included, after a Chinese character or punctuation and before a character."""
    first, last = _CHARACTERS
    pieces: list[str] = []
    gaps: list[tuple[int, int]] = []
    taken = removed = end = 0
    for word in text.split():
        start = text.index(word, end)
        if end and first <= word[0] <= last and text[end - 1] >= _FIRST_CHINESE:
            pieces.append(text[taken:end])
            gaps.append((end - removed, removed := removed + start - end))
            taken = start
        end = start + len(word)
    pieces.append(text[taken:])
    return Closed("".join(pieces), tuple(gaps), text)
