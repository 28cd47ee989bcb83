"""Whether a published document still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.records.domain.trace import trace
from gongkai.records.errors import BeforeMadeError, IncompleteError, StageError
from gongkai.records.models import Record, Stage, Validity

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User

CHANGES = frozenset({Validity.MODIFIED, Validity.REPEALED, Validity.EXPIRED})


@transaction.atomic
def change_validity(
    *, record: Record, user: User, validity: str, day: date, document: str, superseded_by: Record | None = None
) -> Record:
    """Declare a document modified, repealed or expired from ``day`` on, by ``document``.

    The document stays published under its banner: what held yesterday must be findable tomorrow. ``day`` may lie in the
    past, so that who may act is for the caller to ask: the page asks the unit's people, a clean-up its own.
    """
    if validity not in CHANGES:
        raise IncompleteError("请选择效力变动：修改、废止或失效。", {"validity": "请选择。"})
    if not document.strip():
        raise IncompleteError("效力变动须有依据。", {"document": "请填写修改、废止的文件或清理结果的文号。"})
    if superseded_by is not None and superseded_by.pk == record.pk:
        raise StageError("文件不能由其自身取代。请核对取代它的文件。", {"superseded_by": "与本文件相同。"})
    record = Record.objects.select_for_update().select_related("unit").get(pk=record.pk)
    if record.stage != Stage.PUBLISHED:
        raise StageError(f"“{record.title}”尚未公开，谈不上效力变动。")
    if record.validity in {Validity.REPEALED, Validity.EXPIRED}:
        raise StageError(
            f"“{record.title}”已于 {record.validity_since} {record.get_validity_display()}，不能再次变动。"
        )
    if day < record.made_on:
        raise BeforeMadeError(
            f"效力变动日 {day} 早于成文日期 {record.made_on}。请核对日期。", {"day": "早于成文日期。"}
        )
    record.validity, record.validity_since, record.superseded_by = validity, day, superseded_by
    record.save(update_fields=["validity", "validity_since", "superseded_by"])
    by = superseded_by.pk if superseded_by else None
    trace(validity, record, actor_of(user, record.unit), day=day.isoformat(), document=document, by=by)
    return record
