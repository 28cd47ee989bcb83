"""Taking a list of applications away as a table: identities masked, and an entry in the journal who took what."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from openpyxl import Workbook

from gongkai.accounts.domain.people import actor_of
from gongkai.applications.errors import ApplicationError
from gongkai.applications.queries.lines import lines
from gongkai.journal.domain.entry import record as note
from gongkai.tables.returned import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application
    from gongkai.units.queries.tree import Tree

MOST = 10_000
"""Rows of one table; beyond it one narrows the list."""

LOT = 500
COLUMNS = (
    "受理编号",
    "行政机关",
    "申请人（隐去）",
    "申请人类别",
    "收到途径",
    "到达日期",
    "收到之日",
    "所需信息",
    "状态",
    "应答复日",
    "办结日",
    "办理结果",
    "是否逾期",
    "承办人",
    "承办科室",
)
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class TooManyRowsError(ApplicationError):
    """The list is longer than one table."""

    code = "application-export"


@dataclass(frozen=True, slots=True)
class Table:
    """A file made."""

    name: str
    media_type: str
    data: bytes


@transaction.atomic
def export(
    *,
    applications: QuerySet[Application],
    filters: Mapping[str, object],
    user: User,
    today: date,
    tree: Tree,
    form: str,
) -> Table:
    """Return ``applications`` as a table of the ``form`` csv or xlsx; the journal keeps the filters and the count.

    A text that was looked for may be a name: of it the journal keeps only that there was one.
    """
    if form not in _MEDIA:
        raise ApplicationError("没有这种导出格式：可以导出 csv 或者 xlsx。")
    keys = list(applications.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise TooManyRowsError(f"符合条件的超过 {MOST} 件，一次导不出来。请按年度、机构缩小范围后分次导出。")
    rows = _rows(applications, keys, today, tree)
    data = _csv(rows) if form == "csv" else _xlsx(rows)
    detail = {key: True if key == "text" else value for key, value in filters.items()}
    note(
        act="applications.exported",
        actor=actor_of(user),
        subject="applications.register:all",
        article="《个人信息保护法》第五十一条",
        detail={"rows": len(keys), "form": form, "filters": detail},
    )
    return Table(f"依申请公开登记-{today.isoformat()}.{form}", _MEDIA[form], data)


def _rows(applications: QuerySet[Application], keys: list[int], today: date, tree: Tree) -> Iterator[list[str]]:
    for start in range(0, len(keys), LOT):
        for line in lines(applications.filter(pk__in=keys[start : start + LOT]), today):
            one = line.application
            yield [
                one.number,
                tree.name(one.unit_id),
                line.applicant,
                line.kind,
                line.medium,
                one.arrived_on.isoformat(),
                one.started_on.isoformat() if one.started_on else "",
                one.title,
                line.stage,
                one.due_on.isoformat() if one.due_on else "",
                one.ended_on.isoformat() if one.ended_on else "",
                line.outcome,
                "是" if line.is_late else "否",
                one.handler.name if one.handler else "",
                one.desk,
            ]


def _csv(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def _xlsx(rows: Iterable[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("依申请公开登记")
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
