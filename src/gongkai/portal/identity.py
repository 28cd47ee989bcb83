"""What the site says of itself on every page (国办发〔2017〕47号): names, marks, menu; and the names of units."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from gongkai.units.queries.today import units
from gongkai.windows.remembered import remembered


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu. ``view`` is the name of its page."""

    view: str
    label: str


MENU = (
    Entry("portal:home", "首页"),
    Entry("portal:open", "政府信息公开"),
    Entry("portal:policies", "政策文件"),
    Entry("apply:start", "依申请公开"),
    Entry("portal:decisions", "双公示"),
    Entry("portal:areas", "重点领域"),
    Entry("portal:services", "办事"),
    Entry("portal:topics", "专题"),
    Entry("portal:units", "机构"),
    Entry("reports:list", "年度报告"),
)
"""The menu of the site; every page kind is also on the 站点地图."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the site says of itself; empty where the installation has not set it."""

    name: str
    city: str
    address: str
    code: str
    icp: str
    police: str
    host: str
    contact: str
    party_mark: str
    error_mark: str

    @property
    def domain(self) -> str:
        """The address without its scheme (SiteDomain)."""
        return self.address.partition("://")[2].rstrip("/") or self.address


def site() -> Site:
    """Return what the site says of itself."""
    given = dict(settings.SITE)
    return Site(city=settings.CITY, **{**given, "name": given["name"] or f"{settings.CITY}政府信息公开"})


def unit_name(unit: int, *, in_full: bool = False) -> str:
    """Return what the unit with this id is called for short, or was last; ``in_full`` as its documents have it."""
    return units().name(unit, in_full=in_full)


def unit_code(unit: int) -> str:
    """Return the code of a unit that exists; empty for one that has ended."""
    node = units().node(unit)
    return node.code if node else ""


def name_of(code: str) -> str:
    """Return what the unit with this code is called for short; empty where none has it today."""
    return _names().get(code, "")


@remembered
def _names() -> dict[str, str]:
    return {node.code: node.short_name for node in units()}
