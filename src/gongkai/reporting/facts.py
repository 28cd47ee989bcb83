"""The figures that people type in, because no room of this system counts them yet."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Kind:
    """One figure: its caption, the group it stands in, and what it is counted in."""

    key: str
    caption: str
    group: str
    unit: str


@cache
def kinds() -> dict[str, Kind]:
    """Return the figures by key, in their order."""
    text = files("gongkai.reporting").joinpath("data/facts.toml").read_text(encoding="utf-8")
    return {one["key"]: Kind(**one) for one in tomllib.loads(text)["facts"]}
