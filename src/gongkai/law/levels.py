"""The level of a body, as far as its name alone tells it.

A wrong level would turn a lawful figure into an error: 规章 may only be made by departments of the State Council and by
the governments of provinces, of cities with districts and of autonomous prefectures (规章制定程序条例; 法规规章备案审查
条例 2024 Art 2). So whatever a name leaves open is ``None``: development zones and other bodies run by a 管委会, and
the general office of a government that can make 规章, which publishes its government's figures as often as its own.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Mapping


class Level(StrEnum):
    """Where a body stands. A department is any body of a government that is not the government itself."""

    NATIONAL = "national"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"
    DEPARTMENT = "department"


RULE_MAKERS = frozenset({Level.NATIONAL, Level.PROVINCE, Level.PREFECTURE})
"""The levels at which 规章 can be made."""

# The order decides: a prefecture is looked for before a province, 清新区 a district though 新区 mostly is not.
_LISTS = {
    "districts_with_special_endings": Level.COUNTY,
    "prefectures": Level.PREFECTURE,
    "prefecture_short_names": Level.PREFECTURE,
    "provinces": Level.PROVINCE,
    "county_cities": Level.COUNTY,
}
_GOVERNMENT = re.compile(r"(?:人民)?政府$|行政公署$|行署$")
_GENERAL_OFFICE = re.compile(r"(?:(?:人民)?政府|行政公署|行署|管委会|管理委员会)办公[厅室]$|(?:政府|行署|府)办$")
_TOWN = re.compile(r".(?:镇|乡|街道|街道办事处|街道办|苏木)$")
_COUNTY = re.compile(r".[县旗区]$")
_DEPARTMENT = re.compile(
    r".(?:局|厅|(?<!村民)(?<!居民)委员会|办公室|办公厅|(?<![党工省市县区州旗镇乡团纪政常])委|办|中心|[大支总]队)$"
)
_PARTY = re.compile(r"^中共|^中国共产党")


def level_of(name: str, *, overrides: Mapping[str, str] | None = None) -> Level | None:
    """Return the level of the body called ``name``, ``None`` where the name does not settle it.

    ``overrides`` maps names to levels known from elsewhere (a setting; for instance that of a 综合实验区) and wins
    over everything. Spaces and the difference between full- and half-width characters do not matter.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    if overrides and plain in overrides:
        return Level(overrides[plain])
    if plain in _names("national"):
        return Level.NATIONAL
    if _PARTY.search(plain):
        return None
    if office := _GENERAL_OFFICE.search(plain):
        return None if _of_area(plain[: office.start()]) in (*RULE_MAKERS, None) else Level.DEPARTMENT
    return _of_area(_GOVERNMENT.sub("", plain)) or _of_department(plain)


def _of_area(area: str) -> Level | None:
    """Return the level of the government of ``area``, a name without 人民政府."""
    for key, level in _LISTS.items():
        if _ends_with(area, key):
            return level
    if area in _names("stems_like_towns") or area.endswith(tuple(_names("special_endings"))):
        return None
    if _TOWN.search(area):
        return Level.TOWN
    return Level.COUNTY if _COUNTY.search(area) else None


def _of_department(name: str) -> Level | None:
    if name.endswith(tuple(_names("special_endings"))) or not _DEPARTMENT.search(name):
        return None
    if not name.startswith(("国家", "国务院", "中国", "中华")):
        return Level.DEPARTMENT
    # A local branch of a national agency (国家税务总局某市税务局) carries the agency's name before its own; a national
    # agency that is not in the list stays unknown.
    return Level.DEPARTMENT if name.startswith(tuple(_names("national"))) else None


def _ends_with(area: str, key: str) -> bool:
    """Tell whether ``area`` is a listed name, alone or after the names of the areas it belongs to."""
    length = next((n for n in range(len(area), 1, -1) if area[-n:] in _names(key)), 0)
    return bool(length) and (length == len(area) or area[-length - 1] in "省市区州盟县")


@cache
def _names(key: str) -> frozenset[str]:
    return frozenset(read("levels")[key].split())
