"""What records bring to the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource, register
from gongkai.records.office_upkeep import MENU, TODO
from gongkai.records.queries import waiting
from gongkai.records.queries.deadlines import deadline_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.records.models import Record

    Fetch = Callable[[User, Scope, int], tuple[list[TodoItem], int]]


def reads_papers(scope: Scope) -> bool:
    """Show the register to whoever reads the papers of some unit; an administrator does not."""
    return bool(scope.readable)


def _source(
    records: Callable[[User, Scope], QuerySet[Record]], due: Callable[[Record, Scope], tuple[date | None, str]]
) -> Fetch:
    def fetch(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
        found = records(user, scope)
        return list(_items(found.defer("body")[:limit], scope, due)), found.count()

    return fetch


def _items(
    records: QuerySet[Record], scope: Scope, due: Callable[[Record, Scope], tuple[date | None, str]]
) -> Iterator[TodoItem]:
    for record in records:
        day, urgency = due(record, scope)
        yield TodoItem(record.title, reverse("records:detail", args=[record.pk]), record.unit_id, day, urgency)


def _by_clock(record: Record, scope: Scope) -> tuple[date | None, str]:
    deadline = deadline_of(record, scope.day)
    return (deadline.last_day, deadline.urgency) if deadline else (None, "normal")


def _by_nothing(record: Record, scope: Scope) -> tuple[date | None, str]:
    del record, scope
    return None, "normal"


def _by_expiry(record: Record, scope: Scope) -> tuple[date | None, str]:
    return record.expires_on, "late" if record.expires_on < scope.day else "soon"


def _by_reassessment(record: Record, scope: Scope) -> tuple[date | None, str]:
    return record.reassess_on, "late" if record.reassess_on < scope.day else "soon"


register(
    menu=[
        MenuEntry("政府信息", "records:list", "files", "政府信息", 20, reads_papers),
        MenuEntry("信息统计", "records:counts", "chart", "政府信息", 28, reads_papers),
        MenuEntry("涉密件数", "records:secret-counts", "lock", "政府信息", 29, reads_papers),
        *MENU,
    ],
    todo=[
        TodoSource("退回修改", 20, _source(lambda user, _: waiting.returned_to(user), _by_clock)),
        TodoSource("主动公开期限", 21, _source(lambda _, scope: waiting.running_out(scope), _by_clock)),
        TodoSource("待发布", 22, _source(lambda _, scope: waiting.to_publish(scope), _by_clock)),
        TodoSource("待复核读网", 23, _source(lambda _, scope: waiting.to_read_back(scope), _by_nothing)),
        TodoSource("有效期将满", 24, _source(lambda _, scope: waiting.expiring(scope), _by_expiry)),
        TodoSource("到期重新评估", 25, _source(lambda _, scope: waiting.to_reassess(scope), _by_reassessment)),
        *TODO,
    ],
)
