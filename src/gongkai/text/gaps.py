"""Text without the gaps that layout leaves between Chinese characters, and the way back to what was printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import NamedTuple

_GAP = re.compile(r"\s+(?=[\u4e00-\u9fff])")
_FIRST_CHINESE = "\u3000"  # from here on: Chinese punctuation, characters, full-width forms


class Closed(NamedTuple):
    """``text`` with its gaps closed; ``gaps`` holds, for each, its place in ``text`` and what was left out so far."""

    text: str
    gaps: tuple[tuple[int, int], ...]

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]``, which is not empty, stood before the gaps were closed."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, closed: int) -> int:
        passed = bisect_right(self.gaps, closed, key=itemgetter(0))
        return closed + (self.gaps[passed - 1][1] if passed else 0)


def close_gaps(text: str) -> Closed:
    """Close every gap, line breaks included, after a Chinese character or punctuation and before a character."""
    pieces: list[str] = []
    gaps: list[tuple[int, int]] = []
    last = removed = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        if start and text[start - 1] >= _FIRST_CHINESE:
            pieces.append(text[last:start])
            gaps.append((start - removed, removed := removed + end - start))
            last = end
    pieces.append(text[last:])
    return Closed("".join(pieces), tuple(gaps))
