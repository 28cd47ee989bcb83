"""What must be published without being asked (Arts 20, 21), and the subjects documents are filed under.

Codes are the house's: ``20.01`` … ``20.15`` for every agency, ``21.city.1`` … ``7`` for cities, counties and their
departments, ``21.town.1`` … ``8`` for towns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gongkai.law.catalogue import CatalogueError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Mapping


_GROUPS = {
    "20.": "条例第二十条",
    "21.city": "条例第二十一条（设区的市级、县级）",
    "21.town": "条例第二十一条（乡镇）",
}


class UnknownScopeItemError(CatalogueError):
    """No item of proactive publication has this code."""

    code = "unknown-scope-item"


class UnknownSubjectsError(CatalogueError):
    """No version of the list of subjects has this key."""

    code = "unknown-subjects"


@dataclass(frozen=True, slots=True)
class ScopeItem:
    """One item. ``levels`` are those of ``gongkai.law.levels``; empty: the item is for every agency."""

    code: str
    caption: str
    article: str
    levels: frozenset[str] = frozenset()

    def is_for(self, level: str | None) -> bool | None:
        """Tell whether a body of ``level`` publishes under this item; ``None`` where its level is not known."""
        if not self.levels:
            return True
        return None if level is None else level in self.levels


@cache
def scope_items() -> tuple[ScopeItem, ...]:
    """Return all items in the order of the regulation."""
    return tuple(
        ScopeItem(
            entry["code"],
            entry["caption"],
            f"《政府信息公开条例》{entry['article']}",
            frozenset(entry.get("levels", ())),
        )
        for entry in read("scope")["item"]
    )


def scope_groups() -> list[tuple[str, list[ScopeItem]]]:
    """Return all items under the article and the level they are for: cities and towns have some of the same name."""
    return [(name, [one for one in scope_items() if one.code.startswith(start)]) for start, name in _GROUPS.items()]


def scope_item(code: str) -> ScopeItem:
    """Return one item; ``UnknownScopeItemError`` if there is none of this code."""
    found = next((item for item in scope_items() if item.code == code), None)
    if found is None:
        raise UnknownScopeItemError(
            f"没有主动公开事项代码“{code}”；可用的代码：20.01至20.15、21.city.1至7、21.town.1至8。",
            article="《政府信息公开条例》第二十条、第二十一条",
        )
    return found


def items_for(level: str | None) -> tuple[ScopeItem, ...]:
    """Return the items a body of ``level`` publishes under; for an unknown level those that every agency has."""
    return tuple(item for item in scope_items() if item.is_for(level))


def subject_versions() -> tuple[str, ...]:
    """Return the keys of the versions of the list of subjects, oldest first."""
    return tuple(version["key"] for version in read("subjects")["version"])


def subjects(version: str | None = None) -> Mapping[str, tuple[str, ...]]:
    """Return the subjects (国务院公文主题分类) with their second level, where it is known, in printed order.

    ``version`` is one of ``subject_versions()``, the newest if ``None``; ``UnknownSubjectsError`` for another.
    """
    key = subject_versions()[-1] if version is None else version
    found = next((one for one in read("subjects")["version"] if one["key"] == key), None)
    if found is None:
        raise UnknownSubjectsError(f"没有公文主题分类的版本“{key}”；可用的版本：{'、'.join(subject_versions())}。")
    return {first: tuple(second) for first, second in found["subjects"].items()}
