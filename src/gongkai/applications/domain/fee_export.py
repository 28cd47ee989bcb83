"""Taking the ledger of fees away as a table, and an entry in the journal who took what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.applications.errors import ApplicationError
from gongkai.applications.queries.fee_ledger import totals
from gongkai.journal.domain.entry import record as note
from gongkai.tables.written import MEDIA, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.queries.fee_ledger import Row
    from gongkai.tables.written import Table
    from gongkai.units.queries.tree import Tree

COLUMNS = (
    "受理编号",
    "行政机关",
    "收费通知书文号",
    "通知（免收决定）日期",
    "计费方式",
    "计算过程",
    "依法应收（元）",
    "通知金额（元）",
    "减免（元）",
    "缴费期限",
    "缴费日期",
    "实缴（元）",
    "退还（元）",
    "净收（元）",
    "状态",
    "减免、退还理由",
)


@transaction.atomic
def export(
    *, rows: Sequence[Row], filters: Mapping[str, object], user: User, today: date, tree: Tree, form: str
) -> Table:
    """Return ``rows`` and their sums as a table of the ``form`` csv or xlsx. No applicant is named in it."""
    if form not in MEDIA:
        raise ApplicationError("没有这种导出格式：可以导出 csv 或者 xlsx。")
    table = written(form, f"信息处理费台账-{today.isoformat()}", "信息处理费台账", COLUMNS, _lines(rows, tree))
    note(
        act="applications.fees_exported",
        actor=actor_of(user),
        subject="applications.fees:all",
        detail={"rows": len(rows), "form": form, "filters": dict(filters)},
    )
    return table


def _lines(rows: Sequence[Row], tree: Tree) -> Iterator[list[str | int]]:
    for row in rows:
        one, fee = row.account, row.account.by_law
        reasons = (str(event.payload.get("reason", "")) for event in (*one.reliefs, *one.refunds))
        yield [
            row.application.number,
            tree.name(row.application.unit_id),
            row.number,
            one.day.isoformat(),
            row.basis,
            "；".join(step["text"] for step in fee.trace) if fee else "",
            fee.amount_yuan if fee else "",
            one.amount if one.has_notice else 0,
            one.waived,
            row.pay_by.isoformat() if row.pay_by else "",
            one.paid_on.isoformat() if one.paid_on else "",
            one.paid,
            one.refunded,
            one.received,
            row.caption,
            "；".join(reasons),
        ]
    whole, _ = totals(rows)
    empty = [""] * 4
    sums = [whole.asked, whole.waived, "", "", whole.paid, whole.refunded, whole.received]
    yield [
        "合计",
        *empty,
        "",
        f"{whole.count} 件通知",
        *sums,
        f"逾期未缴 {whole.overdue_count} 件 {whole.overdue} 元",
        "",
    ]
