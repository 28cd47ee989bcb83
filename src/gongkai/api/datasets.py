"""Whole sets of what is published, read and sent piece by piece.

A set is made of what is published at the moment it is read: no copy is kept, in which something that was taken down
since could still be found.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from gongkai.annual import jsonio
from gongkai.api import roster
from gongkai.api.lines import decision_line, record_full, unit_line
from gongkai.api.problems import dumps
from gongkai.decisions.queries import published as decisions
from gongkai.records.queries import published as records
from gongkai.reporting.queries import published as reports
from gongkai.tables.returned import harmless
from gongkai.windows.windowed import walked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

BATCH = 200
"""Rows read and sent at once."""


@dataclass(frozen=True, slots=True)
class State:
    """What a set is now: its rows, when anything of it came out last, and a mark that changes with its content."""

    rows: int
    latest_on: date | None
    digest: str

    def shown(self) -> dict[str, Any]:
        """Return it as the manifest says it."""
        return {"rows": self.rows, "latest_on": self.latest_on, "digest": self.digest}


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set. ``columns`` are the columns of its table with their captions; ``lines`` its entries as JSON objects.

    ``cells`` are the entries as rows of the table; without it the columns are taken out of the lines.
    """

    name: str
    title: str
    columns: dict[str, str]
    state: Callable[[], State]
    lines: Callable[[], Iterator[dict[str, Any]]]
    cells: Callable[[], Iterator[dict[str, Any]]] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """How a set is written."""

    media_type: str
    made: Callable[[DataSet], Iterator[bytes]]


def _table(found: DataSet) -> Iterator[bytes]:
    """Yield the set as csv for spreadsheet programs, in which nothing that somebody wrote is computed."""
    yield b"\xef\xbb\xbf"
    yield _rows([found.columns.values()])
    lines = (found.cells or found.lines)()
    while batch := list(islice(lines, BATCH)):
        yield _rows([_cell(line[name]) for name in found.columns] for line in batch)


def _rows(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(value: Any) -> Any:  # noqa: ANN401 -- text, a number, a day or nothing
    return harmless(value) if isinstance(value, str) else value


def _objects(found: DataSet) -> Iterator[bytes]:
    """Yield the set as JSON, one object a line."""
    lines = found.lines()
    while batch := list(islice(lines, BATCH)):
        yield "".join(f"{_object(line)}\n" for line in batch).encode()


def _array(found: DataSet) -> Iterator[bytes]:
    """Yield the set as one JSON array of the same objects."""
    lines, before = found.lines(), "["
    while batch := list(islice(lines, BATCH)):
        yield (f"{before}\n" + ",\n".join(map(_object, batch))).encode()
        before = ","
    yield b"\n]\n" if before == "," else b"[]\n"


def _object(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, default=str)


FORMS = {
    "csv": Form("text/csv; charset=utf-8", _table),
    "json": Form("application/json", _array),
    "jsonl": Form("application/x-ndjson", _objects),
}
"""The forms of every set."""


def _marked(rows: int, latest_on: date | None, *content: Any) -> State:  # noqa: ANN401 -- whatever tells contents apart
    said = dumps([rows, str(latest_on), [str(part) for part in content], _units_digest()])
    return State(rows, latest_on, hashlib.sha256(said.encode()).hexdigest())


def _units_digest() -> str:
    """Return what stands for the names and codes that every set mentions."""
    tree = roster.units()
    said = [unit_line(node, tree) for node in tree] + [[past.code, past.short_name] for past in tree.ended.values()]
    return hashlib.sha256(dumps(said).encode()).hexdigest()


def _records() -> Iterator[dict[str, Any]]:
    tree = roster.units()
    rows = records.listed(records.Wanted()).defer(None)
    return (record_full(row, tree) for row in walked(rows, BATCH))


def _decisions() -> Iterator[dict[str, Any]]:
    tree = roster.units()
    return (decision_line(row, tree) for row in walked(decisions.listed(decisions.Wanted()), BATCH))


def _units() -> Iterator[dict[str, Any]]:
    tree = roster.units()
    return (unit_line(node, tree) for node in tree)


def _reports() -> Iterator[dict[str, Any]]:
    return (jsonio.dump(jsonio.loads(row.report)) for row in walked(reports.latest(), BATCH // 10))


def _cells() -> Iterator[dict[str, Any]]:
    for row in walked(reports.latest(), BATCH // 10):
        about = {"slug": row.slug, "body": row.body, "year": row.year, "version": row.version}
        for key, value in jsonio.dump(jsonio.loads(row.report))["cells"].items():
            yield about | {"cell": key, "value": value}


_OF_UNIT = {"unit_code": "机构代码", "unit_name": "机构"}
_ADDRESS = {"address": "网址"}

SETS = {
    found.name: found
    for found in (
        DataSet(
            "records",
            "已公开的政府信息（csv 不含正文，json、jsonl 含正文）",
            {
                "id": "编号",
                "index_number": "索引号",
                "title": "标题",
                "document_number": "文号",
                **_OF_UNIT,
                "category": "类别代码",
                "category_label": "类别",
                "validity": "有效性代码",
                "validity_label": "有效性",
                "validity_since": "效力变动日",
                "expires_on": "有效期至",
                "subject": "主题分类",
                "scope_item": "公开事项代码",
                "genre": "体裁",
                "keywords": "关键词",
                "summary": "内容概述",
                "made_on": "生成日期",
                "published_on": "发布日期",
                **_ADDRESS,
            },
            lambda: _marked(*records.revision()),
            _records,
        ),
        DataSet(
            "decisions",
            "公示着的行政决定（自然人姓名已遮盖）",
            {
                "id": "编号",
                **_OF_UNIT,
                "kind": "类别代码",
                "kind_label": "类别",
                "number": "决定书文号",
                "party": "相对人",
                "item": "事项或事由",
                "basis": "法律依据",
                "decided_on": "决定日期",
                "published_on": "公示日期",
                "state": "效力代码",
                "state_label": "效力",
                "state_on": "效力变动日",
                **_ADDRESS,
            },
            lambda: _marked(*decisions.revision()),
            _decisions,
        ),
        DataSet(
            "units",
            "今天的全部机构",
            {
                "code": "机构代码",
                "name": "全称",
                "short_name": "简称",
                "kind": "类型代码",
                "kind_label": "类型",
                "parent_code": "上级机构代码",
                "depth": "层次",
                **_ADDRESS,
            },
            lambda: _marked(len(roster.units().nodes), None),
            _units,
        ),
        DataSet(
            "annual-reports",
            "已公布的年度报告，每份取最后一版（csv 每行一个单元格，json、jsonl 每项一份报告）",
            {
                "slug": "地址名称",
                "body": "报告机关",
                "year": "年度",
                "version": "版本",
                "cell": "单元格",
                "value": "数",
            },
            lambda: _marked(*reports.revision()),
            _reports,
            _cells,
        ),
    )
}
"""Every set by name."""
