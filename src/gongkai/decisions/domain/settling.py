"""Putting the bad rows of a finished import aside, once they are corrected or need not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.decisions import rules
from gongkai.decisions.errors import FinishedBatchError, ImportScopeError
from gongkai.decisions.models import ImportBatch
from gongkai.journal.domain.entry import record

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User


@transaction.atomic
def settle(*, batch: int, user: User, day: date) -> ImportBatch:
    """Take the bad rows of a batch off the list of things to do; they stay in its error file."""
    found = ImportBatch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch)
    if not rules.may_import(scope_of(user, day), found.unit_id):
        raise ImportScopeError("您不能办理该批次：须由上传机构的经办人、工作机构负责人或主管部门办理。")
    if found.is_open:
        raise FinishedBatchError("导入尚未结束，错误行还可能增加。请待导入结束后再办理。")
    found.is_settled = True
    found.save(update_fields=["is_settled"])
    record(
        act="decisions.errors_settled",
        actor=actor_of(user, found.unit),
        subject=f"decisions.batch:{found.pk}",
        detail={"rows": found.rows_bad},
    )
    return found
