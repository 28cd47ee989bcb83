"""Invented bodies: names of governments, departments and towns that do not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

FIRST = "云青白沐松岚汀鹭榆枫澄清碧霁芦荻桐柘"
SECOND = "岚汀溪浦川陵泽湾屿洲塘峪岭渚滩"
DEPARTMENTS = ("教育局", "财政局", "自然资源局", "交通运输局", "卫生健康局", "文化和旅游局", "民政局", "市场监督管理局")
LEVELS = ("prefecture", "county", "town", "department")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that reports. ``short`` is how it calls its territory in prose: 全市, 全县, 全镇, 我局."""

    name: str
    level: str
    short: str

    @property
    def makes_rules(self) -> bool:
        """Only a city divided into districts may make 规章 among the levels invented here."""
        return self.level == "prefecture"


def body(rng: random.Random, level: str | None = None) -> Body:
    """Invent a body of ``level``, or of any."""
    level = level or rng.choice(LEVELS)
    place = rng.choice(FIRST) + rng.choice(SECOND)
    if level == "prefecture":
        return Body(f"{place}市人民政府", level, "全市")
    if level == "county":
        return Body(f"{place}县人民政府", level, "全县")
    if level == "town":
        return Body(f"{place}县{rng.choice(FIRST)}{rng.choice(SECOND)}镇人民政府", level, "全镇")
    return Body(f"{place}县{rng.choice(DEPARTMENTS)}", level, "我局")
