"""The rules of annual facts: charges and procurement. Small files, so every row goes the long way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gongkai.decisions.datasets.rows import BadRow, Sorted, fit
from gongkai.decisions.models import Charge, Procurement
from gongkai.decisions.models.facts import FEN_PER_WAN, FEN_PER_YUAN
from gongkai.decisions.store import Conflict, Row, Table
from gongkai.tables import cells
from gongkai.tables.captions import Field, Layout
from gongkai.tables.cells import Complaints

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gongkai.decisions.datasets.places import Places

_UNIT = Field(
    "unit",
    ("机构代码", "机构", "机构名称", "收费单位", "采购单位", "采购人", "单位", "单位名称"),
    required=True,
    rule="机构代码，或该年度末的机构名称、简称；整个文件属于一个机构的，可在上传时选定而不设此列",
    example="HL-001",
)
_YEAR = Field("year", ("年度", "年份", "年"), required=True, rule="如 2024；不得晚于今年", example="2024")
_NAME_LENGTH, _BASIS_LENGTH = 200, 500

CHARGE_FIELDS = (
    _UNIT,
    _YEAR,
    Field(
        "item",
        ("收费项目", "收费项目名称", "项目", "项目名称"),
        required=True,
        rule="不超过 200 字；同一机构同一年度不得重复",
        example="不动产登记费",
    ),
    Field(
        "amount",
        ("金额（万元）", "收费金额（万元）", "本年收费金额（万元）", "收费总金额（万元）"),
        required=True,
        rule="以万元计，可有小数，不超过六位（一分钱）；没有发生的填 0",
        example="12.3819",
    ),
    Field("basis", ("收费依据", "依据", "法律依据"), required=False, rule="不超过 500 字", example=""),
)
PROCUREMENT_FIELDS = (
    _UNIT,
    _YEAR,
    Field(
        "project",
        ("采购项目", "采购项目名称", "项目", "项目名称"),
        required=True,
        rule="不超过 200 字；同一机构同一年度不得重复",
        example="办公设备批量集中采购",
    ),
    Field(
        "amount",
        ("金额（元）", "采购金额（元）", "采购总金额（元）", "成交金额（元）", "中标金额（元）"),
        required=True,
        rule="以元计，小数不超过两位",
        example="186500.00",
    ),
)


class _FactExaminer:
    """What charges and procurement share: one row a unit, year and name, with an amount."""

    table: Table
    fields: tuple[Field, ...]
    _name: str
    _per_unit: int

    def __init__(self, *, batch: int, unit: str, places: Places, today: date) -> None:
        self._batch = batch
        self._default_unit = unit
        self._places_known = places
        self._latest = today.year
        self._captions: dict[str, str] = {}
        self._layout: Layout | None = None

    def begin(self, layout: Layout) -> None:
        """Go on with a sheet of this layout."""
        self._layout = layout
        self._captions = layout.names(self.fields)

    def sort(self, rows: list[list[str]], first: int) -> Sorted:
        """Look at ``rows``, the first of which has the number ``first``."""
        assert self._layout is not None
        found = Sorted()
        width = len(self._layout.captions)
        for position, row in enumerate(rows, first):
            if not any(row):
                continue
            found.read += 1
            problem = fit(row, width)
            outcome: Row | list[str] = [problem] if problem else self._examine(row, position)
            if isinstance(outcome, list):
                found.bad.append(BadRow(position, row, tuple(outcome)))
            else:
                found.good.append(outcome)
        return found

    def clash(self, conflict: Conflict, place: Callable[[int], str]) -> str | Row | None:
        """Tell a row that says the same from one that says another amount."""
        row, stored = conflict.row, conflict.stored
        if row[:-2] == stored[:-2]:
            return None
        where = f"本文件第 {place(stored[-1])} 行" if stored[-2] == row[-2] else "已入库的数据"
        return (
            f"{self._captions[self._name]}：“{row[2]}”（{row[1]} 年）与{where}重复，而内容不同。"
            "请核对；需要更正金额的，在列表页修改"
        )

    def fill(self, row: Row) -> None:
        """Do nothing: an amount has no supplement."""

    def _examine(self, row: list[str], position: int) -> Row | list[str]:
        assert self._layout is not None
        cell = {field.name: "" for field in self.fields}
        cell.update({name: row[index] for name, index in self._layout.places.items()})
        complaints = Complaints(self._captions)
        take = complaints.take
        year = take("year", cells.year, cell["year"], self._latest)
        unit = take("unit", self._unit, cell["unit"], year)
        name = take(self._name, cells.text, cell[self._name], _NAME_LENGTH, required=True)
        amount = take("amount", partial(cells.fen, per_unit=self._per_unit), cell["amount"])
        rest = [take("basis", cells.text, cell["basis"], _BASIS_LENGTH)] if "basis" in cell else []
        return complaints.words or (unit, year, name, amount, *rest, self._batch, position)

    def _unit(self, words: str, year: int) -> int:
        return self._places_known.of_year(cells.text(words, _NAME_LENGTH) or self._default_unit, year) if year else 0


class ChargeExaminer(_FactExaminer):
    """Knows the rules of charges."""

    table = Table(
        Charge, ("unit_id", "year", "item", "amount_fen", "basis", "batch_id", "row"), ("unit_id", "year", "item")
    )
    fields = CHARGE_FIELDS
    _name = "item"
    _per_unit = FEN_PER_WAN


class ProcurementExaminer(_FactExaminer):
    """Knows the rules of procurement."""

    table = Table(
        Procurement, ("unit_id", "year", "project", "amount_fen", "batch_id", "row"), ("unit_id", "year", "project")
    )
    fields = PROCUREMENT_FIELDS
    _name = "project"
    _per_unit = FEN_PER_YUAN
