"""What the notices arrange, read year by year from the parameter files, and the rule for years without a notice."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST_YEAR = 2008
"""The first year whose notice is kept. The regulation of 2008 came into force on 1 May of it."""

SATURDAY = 5


class Arrangement(NamedTuple):
    """What a notice says of one day: whether it is worked, the holiday's name, the notice (title and number)."""

    working: bool
    name: str
    reference: str


@cache
def arrangements(year: int) -> Mapping[int, Arrangement] | None:
    """Return what the notices of ``year`` arrange, by ordinal of the day; ``None`` where no notice is kept.

    A later notice overrules an earlier one. The notices of a year may arrange the last days of the year before.
    """
    try:
        notices = read(f"calendar/{year}")["notice"]
    except FileNotFoundError:
        return None
    found: dict[int, Arrangement] = {}
    for notice in notices:
        for holiday in notice["holiday"]:
            off = Arrangement(working=False, name=holiday["name"], reference=notice["reference"])
            found.update((day.toordinal(), off) for day in holiday["off"])
            worked = off._replace(working=True)
            found.update((day.toordinal(), worked) for day in holiday["worked"])
    return found


@cache
def computed(year: int) -> Mapping[int, Arrangement] | None:
    """Return the statutory holidays of a year without a notice, by ordinal; ``None`` where they are not known.

    Source: 全国年节及纪念日放假办法 (2024), with the days in lieu of holidays that fall on a weekend. Which weekends
    will be worked instead is known only from the notice, so whatever rests on this is provisional.
    """
    data = read("calendar/statutory")
    if str(year) not in data["years"]:
        return None
    rule = data["statutory"]
    found = {
        day.toordinal(): Arrangement(working=False, name=name, reference=rule["reference"])
        for day, name in _statutory(year)
    }
    for ordinal in sorted(found):
        day = date.fromordinal(ordinal)
        if day.weekday() >= SATURDAY:
            while day.weekday() >= SATURDAY or day.toordinal() in found:
                day += timedelta(days=1)
            name = f"{found[ordinal].name}补假"
            found[day.toordinal()] = Arrangement(working=False, name=name, reference=rule["substitute_reference"])
    return found


def _statutory(year: int) -> Iterator[tuple[date, str]]:
    data = read("calendar/statutory")
    moving = data["years"][str(year)]
    for offset in range(-1, 3):
        yield moving["spring"] + timedelta(days=offset), "春节"
    for key, name in (("qingming", "清明节"), ("dragon_boat", "端午节"), ("mid_autumn", "中秋节")):
        yield moving[key], name
    for holiday in data["statutory"]["fixed"]:
        for day in holiday["days"]:
            yield date.fromisoformat(f"{year}-{day}"), holiday["name"]


def week_reference() -> str:
    """Return the rule that makes Saturday and Sunday days of rest."""
    reference: str = read("calendar/statutory")["week"]["reference"]
    return reference


def last_year() -> int:
    """Return the last year whose holidays are known or can be computed."""
    return max(int(year) for year in read("calendar/statutory")["years"])
