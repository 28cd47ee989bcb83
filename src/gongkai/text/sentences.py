"""Where a sentence of official prose begins and ends."""

from __future__ import annotations

import re

_STOPS = re.compile(r"[。；！？\n]")


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence in which ``text[start:end]`` stands, without the mark that ends it."""
    before = max((stop.end() for stop in _STOPS.finditer(text, 0, start)), default=0)
    after = _STOPS.search(text, end)
    return text[before : after.start() if after else len(text)]
