"""Taking a list of applications away as a table: identities masked, and an entry in the journal who took what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.applications.errors import ApplicationError
from gongkai.applications.queries.lines import lines
from gongkai.journal.domain.entry import record as note
from gongkai.tables.written import MEDIA, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application
    from gongkai.tables.written import Table
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


class TooManyRowsError(ApplicationError):
    """The list is longer than one table."""

    code = "application-export"


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
    if form not in MEDIA:
        raise ApplicationError("没有这种导出格式：可以导出 csv 或者 xlsx。")
    keys = list(applications.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise TooManyRowsError(f"符合条件的超过 {MOST} 件，一次导不出来。请按年度、机构缩小范围后分次导出。")
    rows = _rows(applications, keys, today, tree)
    table = written(form, f"依申请公开登记-{today.isoformat()}", "依申请公开登记", COLUMNS, rows)
    detail = {key: True if key == "text" else value for key, value in filters.items()}
    note(
        act="applications.exported",
        actor=actor_of(user),
        subject="applications.register:all",
        article="《个人信息保护法》第五十一条",
        detail={"rows": len(keys), "form": form, "filters": detail},
    )
    return table


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
