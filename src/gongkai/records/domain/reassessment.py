"""Looking again at what is not published (条例 第十八条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.records.domain.authority import authorise
from gongkai.records.domain.trace import trace
from gongkai.records.errors import IncompleteError, PastDayError, StageError
from gongkai.records.models import Attribute, Record, Stage
from gongkai.records.rules import may_reassess

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User

ARTICLE = "条例 第十八条"


@transaction.atomic
def keep(*, record: Record, user: User, day: date, reason: str, reassess_on: date) -> Record:
    """Find that the record still cannot be published, and set the day on which it is looked at again."""
    record = _assessed(record, user, day, reason)
    if reassess_on <= day:
        raise PastDayError("下次评估日须晚于今天。", {"reassess_on": "请选择以后的日期。"})
    record.reassess_on, record.reason = reassess_on, reason.strip()
    record.save(update_fields=["reassess_on", "reason"])
    trace("kept", record, actor_of(user, record.unit), ARTICLE, reason=reason, reassess_on=reassess_on.isoformat())
    return record


@transaction.atomic
def open_up(*, record: Record, user: User, day: date, reason: str) -> Record:
    """Find that the record can be published now: it is a draft again, to be reviewed as one to be published.

    Its 20 working days run from ``day``, the day of the change (条例 第二十六条).
    """
    record = _assessed(record, user, day, reason)
    former = {"attribute": record.attribute, "clause": record.clause, "reason": record.reason}
    record.attribute, record.clause, record.reason, record.reassess_on = Attribute.PROACTIVE, "", "", None
    record.stage, record.changed_on = Stage.DRAFT, day
    record.save(update_fields=["attribute", "clause", "reason", "reassess_on", "stage", "changed_on"])
    trace("opened_up", record, actor_of(user, record.unit), ARTICLE, because=reason, former=former)
    return record


def _assessed(record: Record, user: User, day: date, reason: str) -> Record:
    record = Record.objects.select_for_update().select_related("unit").get(pk=record.pk)
    if record.stage != Stage.FILED or record.attribute == Attribute.PROACTIVE:
        raise StageError(f"“{record.title}”不是已登记的不主动公开信息，无须重新评估。")
    authorise(record.unit, user, day, "重新评估", lambda scope: may_reassess(scope, record))
    if not reason.strip():
        raise IncompleteError("重新评估须写明理由（条例第十八条）。", {"reason": "请填写理由。"})
    return record
