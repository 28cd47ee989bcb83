"""Which unit a cell means on a day, and whether the person may import for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gongkai.tables.cells import CellError
from gongkai.units.models import Span, Unit
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from collections.abc import Iterable

_FOREVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Stay:
    """A unit in a period during which one name meant it: days as ISO text, ``ends`` excluded."""

    unit: int
    begins: str
    ends: str


class Places:
    """Finds units by code, name or short name as they were called on the day. A few queries make it; none follow."""

    def __init__(self, *, allowed: Iterable[int], today: date) -> None:
        """Take the units the person may import for today, the ended ones among them."""
        self._today = today
        self._units = {unit.pk: unit for unit in Unit.objects.all()}
        self._allowed = set(allowed)
        self._answering: dict[int, tuple[Unit, ...]] = {}
        for unit in self._units.values():
            if unit.abolished_on is not None and unit.abolished_on <= today:
                self._answering[unit.pk] = tree.answering(unit, today)
        self._names: dict[str, list[Stay]] = {}
        self._latest: dict[int, str] = {}
        for span in Span.objects.order_by("begins_on"):
            self._latest[span.unit_id] = span.name
            stay = Stay(
                span.unit_id, span.begins_on.isoformat(), span.ends_on.isoformat() if span.ends_on else _FOREVER
            )
            for name in {span.name, span.short_name}:
                self._names.setdefault(name, []).append(stay)
        for unit in self._units.values():
            ends = unit.abolished_on.isoformat() if unit.abolished_on else _FOREVER
            self._names.setdefault(unit.code, []).append(Stay(unit.pk, unit.established_on.isoformat(), ends))
        self.quick = {
            name: (stay.unit, stay.begins, stay.ends)
            for name, (stay, *others) in self._names.items()
            if not others and stay.unit in self._allowed
        }
        """Names that always meant one unit the person may import for: (unit, first day, first day no longer)."""

    def find(self, words: str, day: str) -> int:
        """Return the unit called ``words`` on ``day`` (ISO text). Raises ``CellError``."""
        stays = self._names.get(words)
        if stays is None:
            raise CellError(f"没有名为“{words}”的机构，请填写机构代码或与机构名录一致的名称")
        found = {stay.unit for stay in stays if stay.begins <= day < stay.ends}
        if len(found) > 1:
            raise CellError(f"{day} 有 {len(found)} 个机构叫“{words}”，请改填机构代码")
        if not found:
            raise CellError(self._absence(words, stays, day))
        (unit,) = found
        if unit not in self._allowed:
            raise CellError(f"“{words}”不在您可以录入的机构范围内，请由该机构或其主管部门录入")
        return unit

    def of_year(self, words: str, year: int) -> int:
        """Return the unit called ``words`` on the last day of ``year``, or when it ended in that year."""
        last = min(date(year, 12, 31), self._today).isoformat()
        ended = [stay for stay in self._names.get(words, ()) if f"{year}-01-01" < stay.ends <= last]
        try:
            return self.find(words, last)
        except CellError:
            for stay in ended:
                if stay.unit in self._allowed:
                    return stay.unit
            raise

    def _absence(self, words: str, stays: list[Stay], day: str) -> str:
        unit = self._units[stays[-1].unit]
        if unit.abolished_on is not None and day >= unit.abolished_on.isoformat():
            heirs = "、".join(self._latest[heir.pk] for heir in self._answering.get(unit.pk, ()))
            now = f"现由{heirs}行使职权，请核对决定日期或改填该机构" if heirs else "没有登记承接机构，请联系主管部门"
            return f"“{words}”已于 {unit.abolished_on} 撤销，不能作出 {day} 的决定；{now}"
        if day < unit.established_on.isoformat():
            return f"“{words}”{unit.established_on} 才设立，不能作出 {day} 的决定，请核对日期或机构"
        return f"{day} 没有机构叫“{words}”（该机构现名{self._latest[unit.pk]}），请填写当时的名称或机构代码"
