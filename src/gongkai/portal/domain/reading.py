"""Reading a file of 办事 entries: the good rows go in, the bad ones go back to be corrected."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.indexing.domain import outbox
from gongkai.journal.domain.entry import record as note
from gongkai.portal import rules
from gongkai.portal.domain.services import ELEMENTS, LABELS, check, put
from gongkai.portal.domain.trace import SERVICE
from gongkai.portal.errors import ServiceFileError
from gongkai.portal.models import Service, ServiceImport, ServiceStage
from gongkai.records.domain.authority import authorise
from gongkai.records.errors import IncompleteError, NotAuthorisedError, RecordError
from gongkai.tables.book import BookReader
from gongkai.tables.captions import Field, find
from gongkai.tables.errors import TableError
from gongkai.tables.returned import error_file
from gongkai.tables.text import EncodingWatch, TextReader
from gongkai.text.normalise import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.tables.captions import Layout
    from gongkai.tables.sheet import Reader
    from gongkai.units.models import Unit

MAX_BYTES = 5 << 20
MAX_ROWS = 2000
_MARKED = ("'=", "'+", "'-", "'@")
_OTHERS = {
    "code": ("编码", "基本编码", "实施编码"),
    "name": ("事项", "名称"),
    "basis": ("法律依据", "办理依据"),
    "conditions": ("受理条件", "办理条件"),
    "materials": ("申请材料", "申报材料"),
    "process": ("办理程序", "流程"),
    "time_limit": ("承诺时限", "法定时限"),
    "fee": ("收费标准", "收费情况", "是否收费"),
    "place": ("办理地点", "办理时间地点"),
    "telephone": ("电话", "咨询方式"),
    "link": ("网址", "在线办理网址", "办理链接"),
}
FIELDS = tuple(
    Field(name, (LABELS[name], *_OTHERS[name]), required=name != "link", rule="") for name in (*ELEMENTS, "link")
)
HEADER = tuple(field.caption for field in FIELDS)


@transaction.atomic
def read_file(*, unit: Unit, data: bytes, name: str, user: User, day: date) -> ServiceImport:
    """Read a csv or xlsx file into the entries of ``unit``, by code: new ones wait to be made public.

    A file may be read again: what is known is brought up to date. Raises ``ServiceFileError`` where it is no such list.
    """
    authorise(unit, user, day, "导入办事指南", lambda scope: rules.may_write_services(scope, unit.pk))
    if len(data) > MAX_BYTES:
        raise ServiceFileError(f"“{name}”超过 {MAX_BYTES >> 20} MB。请分成几份。", {"file": "文件过大。"})
    scope = scope_of(user, day)
    known = {one.code: one for one in Service.objects.select_for_update().filter(unit=unit)}
    new: dict[str, Service] = {}
    changed: dict[str, Service] = {}
    refused: list[tuple[list[str], str, str]] = []
    for place, cells in _rows(data, name):
        try:
            code = cells["code"]
            if code in new or code in changed:
                raise IncompleteError(f"事项编码“{code}”在文件中重复")
            one = known.get(code) or Service(unit=unit)
            if one.pk and not rules.may_edit_service(scope, one):
                raise NotAuthorisedError("已公布的事项由工作机构负责人修改")
            put(one, cells)
            check(one)
        except RecordError as error:
            refused.append(([cells[field.name] for field in FIELDS], place, str(error)))
        else:
            one.updated_on = day
            (changed if one.pk else new)[code] = one
    Service.objects.bulk_update(changed.values(), [*ELEMENTS, "link", "updated_on"], batch_size=200)
    Service.objects.bulk_create(new.values(), batch_size=200)
    listed = [one for one in changed.values() if one.stage == ServiceStage.LISTED]
    outbox.mark([f"{SERVICE}:{one.pk}" for one in listed])
    entry = ServiceImport.objects.create(
        unit=unit,
        user=user,
        day=day,
        name=name[-200:],
        digest=hashlib.sha256(data).hexdigest(),
        added=len(new),
        changed=len(changed),
        refused=len(refused),
        errors=b"".join(error_file(HEADER, refused)).decode("utf-8-sig") if refused else "",
    )
    note(
        act="portal.services_imported",
        actor=actor_of(user, unit),
        subject=f"portal.serviceimport:{entry.pk}",
        detail={"file": entry.name, "digest": entry.digest, "added": len(new), "refused": len(refused)}
        | {"changed": sorted(changed), "public": len(listed)},
    )
    return entry


def _rows(data: bytes, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the place of each row that is not blank, and its cells by field."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(data)
        try:
            reader = _opened(path, data, name)
            try:
                yield from _cells(reader)
            finally:
                reader.close()
        except TableError as error:
            raise ServiceFileError(f"“{name}”不能读入：{error}", {"file": "不能按表格读取。"}) from error


def _opened(path: Path, data: bytes, name: str) -> Reader:
    if name.lower().endswith(".xlsx"):
        return BookReader(path)
    watch = EncodingWatch()
    watch.feed(data)
    return TextReader(path, watch.found())


def _cells(reader: Reader) -> Iterator[tuple[str, dict[str, str]]]:
    found = 0
    for sheet in reader.sheets():
        where = f"工作表“{sheet.name}”" if sheet.name else ""
        layout = find(sheet.rows, FIELDS, frozenset(), where)
        if layout is None:
            continue
        for number, row in enumerate(sheet.rows, layout.header_row + 1):
            if not any(cell.strip() for cell in row):
                continue
            found += 1
            if found > MAX_ROWS:
                raise ServiceFileError(f"超过 {MAX_ROWS} 行。请分成几份。", {"file": "行数过多。"})
            yield reader.place(sheet.base + number), {name: _cell(row, place) for name, place in _places(layout)}


def _places(layout: Layout) -> list[tuple[str, int]]:
    return [(field.name, layout.places.get(field.name, -1)) for field in FIELDS]


def _cell(row: list[str], place: int) -> str:
    words = clean(row[place]).strip() if 0 <= place < len(row) else ""
    # The file of bad rows put the mark there, so that no program computes the cell.
    return words[1:] if words.startswith(_MARKED) else words
