"""The working-day calendar of this city: the nation's, with the local rules of ``calendar.toml`` in the data directory.

The file holds ``[[rule]]`` tables as ``gongkai.law.calendar.local`` reads them: days off, days worked, suspensions,
each with its document. It may be changed while the site runs; due dates follow with the next recomputation.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.law.calendar import CHINA, Calendar
from gongkai.law.calendar.local import read_rules

FILE = "calendar.toml"


def of_city(clock: str = "") -> Calendar:
    """Return the calendar that holds for ``clock``, a name of the table of clocks (empty: all of them)."""
    path = Path(settings.HOME) / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return CHINA
    return _calendar(text, settings.REGION, clock)


@lru_cache(maxsize=16)
def _calendar(text: str, region: str, clock: str) -> Calendar:
    return CHINA.with_rules(*read_rules(text), region=region, clock=clock)
