"""Taking a list of cases away as a table: identities masked, and an entry in the journal who took what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.applications.domain.identity import masked
from gongkai.applications.errors import ApplicationError
from gongkai.applications.matters import RESULTS, SHORT
from gongkai.applications.queries.lines import lines
from gongkai.journal.domain.entry import record as note
from gongkai.tables.written import MEDIA, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Matter
    from gongkai.tables.written import Table
    from gongkai.units.queries.tree import Tree

MOST = 10_000
"""Rows of one table; beyond it one narrows the list."""

LOT = 500
_COLUMNS = (
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


@dataclass(frozen=True, slots=True)
class Register:
    """A list that can be taken away: what it is called, what the journal calls it, its columns and its rows.

    ``rows`` takes the list narrowed to one lot, the day and the tree of units.
    """

    name: str
    act: str
    subject: str
    columns: tuple[str, ...]
    rows: Callable[[QuerySet, date, Tree], Iterator[list[str]]]


@transaction.atomic
def export(
    *,
    register: Register,
    found: QuerySet,
    filters: Mapping[str, object],
    user: User,
    today: date,
    tree: Tree,
    form: str,
) -> Table:
    """Return what was ``found`` as a table of the ``form`` csv or xlsx; the journal keeps the filters and the count.

    A text that was looked for may be a name: of it the journal keeps only that there was one.
    """
    if form not in MEDIA:
        raise ApplicationError("没有这种导出格式：可以导出 csv 或者 xlsx。")
    keys = list(found.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise TooManyRowsError(f"符合条件的超过 {MOST} 件，一次导不出来。请按年度、机构缩小范围后分次导出。")
    rows = (
        row
        for start in range(0, len(keys), LOT)
        for row in register.rows(found.filter(pk__in=keys[start : start + LOT]), today, tree)
    )
    table = written(form, f"{register.name}-{today.isoformat()}", register.name, register.columns, rows)
    detail = {key: True if key == "text" else value for key, value in filters.items()}
    note(
        act=register.act,
        actor=actor_of(user),
        subject=register.subject,
        article="《个人信息保护法》第五十一条",
        detail={"rows": len(keys), "form": form, "filters": detail},
    )
    return table


def _applications(found: QuerySet[Application], today: date, tree: Tree) -> Iterator[list[str]]:
    for line in lines(found, today):
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


def _matters(found: QuerySet[Matter], today: date, tree: Tree) -> Iterator[list[str]]:
    del today
    for one in found:
        yield [
            one.number,
            SHORT[one.kind],
            tree.name(one.unit_id),
            masked(one).name,
            one.received_on.isoformat(),
            one.title,
            tree.name(one.about_id) if one.about_id is not None else one.about_name,
            one.get_stage_display(),
            RESULTS.get(one.result, ""),
            one.ended_on.isoformat() if one.ended_on else "",
            one.archived_on.isoformat() if one.archived_on else "",
        ]


APPLICATIONS = Register("依申请公开登记", "applications.exported", "applications.register:all", _COLUMNS, _applications)
MATTERS = Register(
    "更正投诉申诉登记",
    "applications.matters_exported",
    "applications.matters:all",
    (
        "编号",
        "种类",
        "受理机构",
        "提出人（隐去）",
        "收到日期",
        "事由",
        "被投诉机构、被申诉单位",
        "状态",
        "结果",
        "办结日",
        "归档日",
    ),
    _matters,
)
