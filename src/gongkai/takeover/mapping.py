"""What an operator decided on the columns and units of an old site, in a table (csv, xlsx) or a TOML file.

A row says of a column what its pages become; a column that is not named takes the row of the one above it. A row may
instead say under which code a unit of the old site is registered here.
"""

from __future__ import annotations

import tomllib
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.law.catalogue import CatalogueError
from gongkai.law.scope import scope_item, subjects
from gongkai.records.models import Category
from gongkai.tables import captions
from gongkai.tables.captions import Field
from gongkai.takeover.errors import MappingError, SourceError
from gongkai.takeover.reading.table import LEAVE, opened

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

FIELDS = (
    Field("column", ("原栏目", "栏目", "原栏目名称"), True, "原网站的栏目，上下级以 / 分隔"),
    Field("unit_name", ("原机构", "原机构名称"), False, "原网站上的机构名称；该行只说明它的机构代码"),
    Field("category", ("类别",), False, "、".join(Category.labels)),
    Field("subject", ("主题分类", "主题"), False, "国务院公文主题分类"),
    Field("scope_item", ("公开事项",), False, "20.01 至 20.15、21.city.1 等"),
    Field("unit", ("机构代码", "机构"), False, "没有写明发布机构的页面归哪个机构"),
    Field("target", ("新地址", "跳转到"), False, "栏目页跳转到的新地址，以 / 开头"),
    Field("decision", ("处理",), False, f"空或 {LEAVE}"),
)
_CATEGORIES = {label: value for value, label in Category.choices} | {value: value for value in Category.values}
_TOML = {"column", "category", "subject", "scope_item", "unit", "target", "leave"}


@dataclass(frozen=True, slots=True)
class Rule:
    """What the pages of a column become; ``unit`` is the code for those that name none."""

    category: str = Category.OTHER
    subject: str = ""
    scope_item: str = ""
    unit: str = ""
    target: str = ""
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules by column (the words of its path, joined by ``/``), and codes of units by their old names."""

    columns: Mapping[str, Rule] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def rule_for(self, column: tuple[str, ...]) -> Rule | None:
        """Return the rule of a column: by its whole path, its own name, or the nearest above it."""
        for length in range(len(column), 0, -1):
            for key in ("/".join(column[:length]), column[length - 1]):
                if key in self.columns:
                    return self.columns[key]
        return None


def read(path: Path) -> Plan:
    """Return the plan in the file at ``path``. Raises ``MappingError`` with the row, ``SourceError`` for no table."""
    columns: dict[str, Rule] = {}
    units: dict[str, str] = {}
    with closing(_of_toml(path) if path.suffix.lower() == ".toml" else _of_table(path)) as rows:
        for row, place in rows:
            if row.get("unit_name"):
                if not row.get("unit"):
                    raise MappingError(f"{path.name} {place}：原机构“{row['unit_name']}”没有写机构代码。")
                units[row["unit_name"]] = row["unit"]
                continue
            key = "/".join(part.strip() for part in row.get("column", "").split("/") if part.strip())
            if not key:
                raise MappingError(f"{path.name} {place}：没有写原栏目，也没有写原机构。")
            if key in columns:
                raise MappingError(f"{path.name} {place}：栏目“{key}”出现了两次。请只留一行。")
            columns[key] = _rule(row, f"{path.name} {place}")
    return Plan(columns, units)


def _rule(row: Mapping[str, str], where: str) -> Rule:
    category = row.get("category", "")
    if category and category not in _CATEGORIES:
        raise MappingError(f"{where}：没有类别“{category}”；可用的类别：{'、'.join(Category.labels)}。")
    subject = row.get("subject", "")
    known = {*subjects(), *(f"{first}/{second}" for first, below in subjects().items() for second in below)}
    if subject and subject not in known:
        raise MappingError(f"{where}：国务院公文主题分类里没有“{subject}”。")
    item = row.get("scope_item", "")
    try:
        if item:
            scope_item(item)
    except CatalogueError as error:
        raise MappingError(f"{where}：{error}") from error
    target = row.get("target", "")
    if target and (not target.startswith("/") or target.startswith("//") or "\\" in target):
        raise MappingError(f"{where}：新地址“{target}”不是本站的路径。请以一个 / 开头。")
    decision = row.get("decision", "")
    if decision not in {"", LEAVE}:
        raise MappingError(f"{where}：“{decision}”不是处理意见，请填“{LEAVE}”或留空。")
    return Rule(
        category=_CATEGORIES.get(category, Category.OTHER),
        subject=subject,
        scope_item=item,
        unit=row.get("unit", ""),
        target=target,
        is_left_out=decision == LEAVE,
    )


def _of_table(path: Path) -> Generator[tuple[dict[str, str], str]]:
    with opened(path) as reader:
        for sheet in reader.sheets():
            where = f"工作表“{sheet.name}”" if sheet.name else path.name
            layout = captions.find(sheet.rows, FIELDS, frozenset({"column"}), where)
            if layout is None:
                continue
            for number, row in enumerate(sheet.rows, sheet.base + layout.header_row + 1):
                if any(cell.strip() for cell in row):
                    cells = {name: row[at].strip() for name, at in layout.places.items() if at < len(row)}
                    yield cells, f"第 {reader.place(number)} 行"


def _of_toml(path: Path) -> Generator[tuple[dict[str, str], str]]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SourceError(f"{path} 打不开（{error.strerror}）。请核对路径和权限。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} 不是 TOML 文件（{error}）。") from error
    unknown = data.keys() - {"column", "units"}
    if unknown:
        raise MappingError(f"{path.name}：不认识“{min(unknown)}”；可用的有 [[column]] 和 [units]。")
    for number, entry in enumerate(data.get("column", []), 1):
        if unknown := entry.keys() - _TOML:
            raise MappingError(f"{path.name} 第 {number} 个 [[column]]：不认识“{min(unknown)}”。")
        row = {name: str(value) for name, value in entry.items() if name != "leave"}
        yield row | {"decision": LEAVE if entry.get("leave") else ""}, f"第 {number} 个 [[column]]"
    for name, code in data.get("units", {}).items():
        yield {"unit_name": name, "unit": str(code)}, "[units]"
