"""Keeping the lists of items: putting one on, taking one off, reading a file of them."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.journal.domain.entry import record as note
from gongkai.records import rules_upkeep as rules
from gongkai.records.domain.authority import authorise
from gongkai.records.errors import IncompleteError
from gongkai.records.errors_upkeep import ItemFileError, ServiceItemError
from gongkai.records.models import ItemImport, ItemKind, ServiceItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

HEADER = ("清单", "事项编码", "事项名称", "列入日", "取消日", "依据")
MAX_BYTES = 5 << 20
MAX_ROWS = 20_000
LENGTHS = {"事项编码": 40, "事项名称": 200, "依据": 200}
_KINDS = {label: value for value, label in ItemKind.choices}


@transaction.atomic
def put_on(
    *, unit: Unit, kind: str, name: str, begins_on: date, basis: str, user: User, day: date, code: str = ""
) -> ServiceItem:
    """Put an item on a list of ``unit`` from ``begins_on`` on."""
    authorise(unit, user, day, "登记事项", lambda scope: rules.may_list_items(scope, unit.pk))
    if kind not in ItemKind.values:
        raise IncompleteError("请选择清单。", {"kind": "请选择。"})
    if not name.strip():
        raise IncompleteError("请填写事项名称。", {"name": "请填写。"})
    known = ServiceItem.objects.select_for_update().filter(unit=unit, kind=kind, name=name.strip())
    _check_free(known, name.strip(), begins_on, None)
    item = ServiceItem.objects.create(
        unit=unit, kind=kind, code=code.strip(), name=name.strip(), begins_on=begins_on, basis=basis.strip()
    )
    _trace("put_on", item, user, begins_on=begins_on.isoformat(), basis=basis)
    return item


@transaction.atomic
def take_off(*, item: ServiceItem, ends_on: date, basis: str, user: User, day: date) -> ServiceItem:
    """Take an item off its list: ``ends_on`` is the first day it no longer stands there."""
    item = ServiceItem.objects.select_for_update().select_related("unit").get(pk=item.pk)
    authorise(item.unit, user, day, "取消事项", lambda scope: rules.may_list_items(scope, item.unit_id))
    if item.ends_on is not None:
        raise ServiceItemError(f"“{item.name}”已自 {item.ends_on} 起取消。")
    if ends_on <= item.begins_on:
        raise ServiceItemError(f"取消日须晚于列入日 {item.begins_on}。", {"ends_on": f"须晚于 {item.begins_on}。"})
    if not basis.strip():
        raise IncompleteError("取消事项须有依据。", {"basis": "请填写取消的依据。"})
    item.ends_on, item.end_basis = ends_on, basis.strip()
    item.save(update_fields=["ends_on", "end_basis"])
    _trace("taken_off", item, user, ends_on=ends_on.isoformat(), basis=basis)
    return item


@transaction.atomic
def read_file(*, unit: Unit, data: bytes, name: str, user: User, day: date) -> ItemImport:
    """Read a csv file of items into the lists of ``unit``: the good rows go in, the bad ones into ``errors``.

    A row that is on the list already is known, not doubled, so that a corrected or repeated file may be read again; a
    known row that now has a 取消日 takes the item off. Raises ``ItemFileError`` where the file is no such list.
    """
    authorise(unit, user, day, "导入事项", lambda scope: rules.may_list_items(scope, unit.pk))
    text = _decoded(data, name)
    shelf = _Shelf(unit)
    added = known = 0
    refused: list[list[str]] = []
    for line, cells in _rows(text, name):
        try:
            is_new = shelf.take(dict(zip(HEADER, cells, strict=True)))
        except (ServiceItemError, IncompleteError) as error:
            refused.append([*map(_harmless, cells), f"第 {line} 行：{error}"])
        else:
            added, known = added + is_new, known + (not is_new)
    shelf.store()
    entry = ItemImport.objects.create(
        unit=unit,
        user=user,
        day=day,
        name=name[-200:],
        digest=hashlib.sha256(data).hexdigest(),
        added=added,
        known=known,
        refused=len(refused),
        errors=_written(refused) if refused else "",
    )
    note(
        act="records.items_imported",
        actor=actor_of(user, unit),
        subject=f"records.itemimport:{entry.pk}",
        detail={"file": entry.name, "digest": entry.digest, "added": added, "known": known, "refused": len(refused)},
    )
    return entry


class _Shelf:
    """The lists of a unit in memory: a file is compared with them row by row and stored at its end."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.items: dict[tuple[str, str], list[ServiceItem]] = {}
        self.new: list[ServiceItem] = []
        self.ended: list[ServiceItem] = []
        for item in ServiceItem.objects.select_for_update().filter(unit=unit):
            self.items.setdefault((item.kind, item.name), []).append(item)

    def take(self, row: dict[str, str]) -> bool:
        """Put the item of a row on its list, or find it there; return whether it is new."""
        item = _read(self.unit, row)
        same = self.items.setdefault((item.kind, item.name), [])
        found = next((one for one in same if one.begins_on == item.begins_on), None)
        if found is None:
            _check_free(same, item.name, item.begins_on, item.ends_on)
            same.append(item)
            self.new.append(item)
            return True
        if item.ends_on is not None and found.ends_on is None:
            found.ends_on, found.end_basis = item.ends_on, item.basis
            if found.pk is not None:
                self.ended.append(found)
        elif item.ends_on != found.ends_on:
            raise ServiceItemError(f"“{item.name}”在清单中的取消日为 {found.ends_on or '空'}，与文件不一致")
        return False

    def store(self) -> None:
        """Store what is new and what ended."""
        ServiceItem.objects.bulk_update(self.ended, ["ends_on", "end_basis"], batch_size=500)
        ServiceItem.objects.bulk_create(self.new, batch_size=500)


def _read(unit: Unit, row: dict[str, str]) -> ServiceItem:
    if row["清单"] not in _KINDS:
        raise IncompleteError(f"清单“{row['清单']}”不是{'、'.join(_KINDS)}之一")
    if not row["事项名称"]:
        raise IncompleteError("缺少事项名称")
    for column, length in LENGTHS.items():
        if len(row[column]) > length:
            raise IncompleteError(f"{column}超过 {length} 字")
    begins_on, ends_on = _day(row, "列入日"), _day(row, "取消日") if row["取消日"] else None
    if ends_on is not None and ends_on <= begins_on:
        raise ServiceItemError(f"取消日 {ends_on} 不晚于列入日 {begins_on}")
    return ServiceItem(
        unit=unit,
        kind=_KINDS[row["清单"]],
        code=row["事项编码"],
        name=row["事项名称"],
        begins_on=begins_on,
        ends_on=ends_on,
        basis=row["依据"],
    )


def _check_free(items: Iterable[ServiceItem], name: str, begins_on: date, ends_on: date | None) -> None:
    """Refuse a period that overlaps one in which the same item stands on the list already."""
    for item in items:
        if (ends_on is None or item.begins_on < ends_on) and (item.ends_on is None or begins_on < item.ends_on):
            period = f"{item.begins_on} 至 {item.ends_on or '今'}"
            raise ServiceItemError(f"“{name}”在 {period} 已列入该清单。", {"name": f"{period} 已列入。"})


def _day(row: dict[str, str], column: str) -> date:
    try:
        return date.fromisoformat(row[column].replace("/", "-"))
    except ValueError as error:
        raise IncompleteError(f"{column}“{row[column]}”不是日期，应如 2024-03-01") from error


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise ItemFileError(f"“{name}”超过 {MAX_BYTES >> 20} MB。请分成几份。", {"file": "文件过大。"})
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ItemFileError(f"“{name}”不是文本文件。请另存为 CSV 后上传。", {"file": "不是 CSV 文件。"})


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the six cells of each row that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        if header[: len(HEADER)] != HEADER:
            raise ItemFileError(f"“{name}”的表头应为：{'，'.join(HEADER)}。请按模板整理。", {"file": "表头不符。"})
        found = 0
        for cells in reader:
            trimmed = [cell.strip() for cell in cells][: len(HEADER)]
            if not any(trimmed):
                continue
            found += 1
            if found > MAX_ROWS:
                raise ItemFileError(f"“{name}”超过 {MAX_ROWS} 行。请分成几份。", {"file": "行数过多。"})
            yield reader.line_num, trimmed + [""] * (len(HEADER) - len(trimmed))
    except csv.Error as error:
        raise ItemFileError(
            f"“{name}”第 {reader.line_num} 行不是 CSV：{error}。", {"file": "不是 CSV 文件。"}
        ) from error


def _written(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([*HEADER, "问题"])
    writer.writerows(rows)
    return stream.getvalue()


def _harmless(cell: str) -> str:
    """Return a cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def _trace(act: str, item: ServiceItem, user: User, **detail: object) -> None:
    note(
        act=f"records.item_{act}",
        actor=actor_of(user, item.unit),
        subject=f"records.serviceitem:{item.pk}",
        detail={"kind": item.kind, "name": item.name, **detail},
    )
