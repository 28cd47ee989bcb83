"""The fictional city as data: its bodies, what they are called and what they write about."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

LOCAL_KINDS = ("town", "street")
"""Bodies with the short chain: they have few people."""

MAKES_NO_RULES = ("enterprise",)
"""Bodies that make no normative documents."""


@dataclass(frozen=True, slots=True)
class Place:
    """One body. ``former`` is its short name until the reform; ``is_new`` marks what the reform established."""

    code: str
    kind: str
    name: str
    short: str
    slug: str
    mark: str
    subject: str
    topics: tuple[str, ...]
    below: str
    former: str
    is_new: bool
    has_few_people: bool = False

    @property
    def is_local(self) -> bool:
        """Tell whether it takes the short chain."""
        return self.has_few_people or self.kind in LOCAL_KINDS


@dataclass(frozen=True, slots=True)
class Ended:
    """A body that the reform ended; ``into`` is the code of the one that carries its functions on."""

    code: str
    kind: str
    short: str
    into: str


@dataclass(frozen=True, slots=True)
class City:
    """The city: its bodies in order, those that ended, and the days and documents of founding and reform.

    ``court`` hears suits against its departments.
    """

    name: str
    mark: str
    court: str
    founded: date
    founding_document: str
    reform: date
    reform_document: str
    places: tuple[Place, ...]
    ended: tuple[Ended, ...]

    def name_on(self, place: Place, day: date) -> str:
        """Return what ``place`` was called on ``day``."""
        return self.name + place.former if place.former and day < self.reform else place.name

    def only(self, codes: Collection[str]) -> City:
        """Return the city with these bodies alone, and those that ended into them; all where ``codes`` is empty."""
        if not codes:
            return self
        places = tuple(place for place in self.places if place.code in codes)
        ended = tuple(body for body in self.ended if body.into in codes)
        return City(
            self.name,
            self.mark,
            self.court,
            self.founded,
            self.founding_document,
            self.reform,
            self.reform_document,
            places,
            ended,
        )


@cache
def city() -> City:
    """Return the whole city."""
    data = _read("city.toml")
    local = data["local"]
    return City(
        name=data["name"],
        mark=data["mark"],
        court=data["court"],
        founded=data["founded"],
        founding_document=data["founding_document"],
        reform=data["reform"],
        reform_document=data["reform_document"],
        places=tuple(_place(entry, data["name"], local) for entry in data["unit"]),
        ended=tuple(Ended(**entry) for entry in data["ended"]),
    )


@cache
def words() -> dict[str, Any]:
    """Return the invented words."""
    return _read("words.toml")


@cache
def trades() -> dict[str, Any]:
    """Return what each department decides on by its slug, and which department takes each charge."""
    return _read("trades.toml")


_TITLES = {"town": "人民政府", "street": "办事处"}


def _place(entry: dict[str, Any], city_name: str, local: dict[str, Any]) -> Place:
    kind, short = entry["kind"], entry["short"]
    return Place(
        code=entry["code"],
        kind=kind,
        name=entry.get("name", f"{city_name}{short}{_TITLES.get(kind, '')}"),
        short=short,
        slug=entry["slug"],
        mark=entry["mark"],
        subject=entry.get("subject", local["subject"]),
        topics=tuple(entry.get("topics", local["topics"])),
        below=entry.get("below", "HL-001"),
        former=entry.get("former", ""),
        is_new=entry.get("since", False),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("gongkai.demo").joinpath(name).read_text(encoding="utf-8"))
