"""The bodies of the prefecture-level city: its own, and those of its counties."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gongkai.demo.city import City, Ended, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT, OFFICE = "LZ-001", "LZ-002"
"""The codes of the city's government and of its office, the competent department (条例 第三条)."""


@cache
def prefecture() -> City:
    """Return the whole city: 520 bodies that report."""
    data = tomllib.loads(files("gongkai.demo.prefecture").joinpath("places.toml").read_text(encoding="utf-8"))
    entries = [*_own(data), *_counties(data)]
    places = tuple(_place(number, entry, data) for number, entry in enumerate(entries, 1))
    by_slug = {place.slug: place.code for place in places}
    return City(
        name=data["name"],
        mark=data["mark"],
        court=data["court"],
        founded=data["founded"],
        founding_document=data["founding_document"],
        reform=data["reform"],
        reform_document=data["reform_document"],
        places=tuple(_below(place, by_slug) for place in places),
        ended=tuple(
            Ended(f"LZ-{number}", "department", short, by_slug[into])
            for number, (short, into) in enumerate(data["ended"].items(), 901)
        ),
    )


def _own(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    government, office = data["head"]
    yield government | {"below": ""}
    yield office
    for kind in ("department", "zone"):
        for slug, entry in data[kind].items():
            name = entry.get("name", data["name"] + entry["short"])
            yield entry | {"kind": kind, "slug": slug, "name": name, "mark": data["mark"] + entry["mark"]}


def _counties(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for place, (slug, county) in enumerate(data["county"].items()):
        name, mark = county["name"], county["mark"]
        few = {"few": True, "below": slug}
        government = f"{name}人民政府"
        yield {"kind": "government", "slug": slug, "name": government, "mark": f"{mark}政", "few": True}
        yield few | {"kind": "office", "slug": f"{slug}-ban", "name": f"{government}办公室", "mark": f"{mark}政办"}
        for department, entry in data["county_department"].items():
            own = {"slug": f"{slug}-{department}", "name": name + entry["short"], "mark": mark + entry["mark"]}
            yield entry | few | own | {"kind": "department", "short": own["name"]}
        for number, town in enumerate(_towns(data["towns"], place), 1):
            is_street = number <= data["towns"]["streets_of_districts"] and name.endswith("区")
            kind, title = ("street", "街道办事处") if is_street else ("town", "镇人民政府")
            short = f"{town}{title[:2] if is_street else title[:1]}"
            yield few | {
                "kind": kind,
                "slug": f"{slug}-{number:02d}",
                "name": f"{name}{town}{title}",
                "short": f"{name}{short}",
                "mark": mark + town,
            }


def _towns(words: dict[str, Any], county: int) -> Iterator[str]:
    """Yield the names of the towns of a county: no two in the city are alike."""
    first, second = words["first"], words["second"]
    for number in range(words["each"]):
        yield first[number] + second[(number * 3 + county) % len(second)]


def _place(number: int, entry: dict[str, Any], data: dict[str, Any]) -> Place:
    return Place(
        code=f"LZ-{number:03d}",
        kind=entry["kind"],
        name=entry["name"],
        short=entry.get("short", entry["name"]),
        slug=entry["slug"],
        mark=entry["mark"],
        subject=entry.get("subject", data["subject"]),
        topics=tuple(entry.get("topics", data["local_topics"])),
        below=entry.get("below", "shizhengfu"),
        former=entry.get("former", ""),
        is_new=entry.get("since", False),
        has_few_people=entry.get("few", False),
    )


def _below(place: Place, by_slug: dict[str, str]) -> Place:
    return replace(place, below=by_slug.get(place.below, ""))
