"""Where on the site more of an item of proactive publication stands than in its own list."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.urls import reverse

from gongkai.portal.queries import areas


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the site that holds what an item is about."""

    address: str
    label: str


def elsewhere(code: str) -> list[Place]:
    """Return the pages for the item of ``code``: those of ``elsewhere.toml``, then the key areas it belongs to."""
    places = [
        Place(reverse(one["view"]) + (f"?{one['query']}" if "query" in one else ""), one["label"])
        for one in _written().get(code, ())
    ]
    own = [area for area in areas.listed() if code in area.scope_items]
    return places + [Place(reverse("portal:area", args=[area.slug]), f"重点领域“{area.name}”") for area in own]


@cache
def _written() -> dict[str, list[dict[str, str]]]:
    text = files("gongkai.portal").joinpath("elsewhere.toml").read_text(encoding="utf-8")
    return {one["code"]: one["places"] for one in tomllib.loads(text)["item"]}
