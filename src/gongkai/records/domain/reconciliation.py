"""Entering what a hall received in a quarter (两馆季度对账)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.journal.domain.entry import record as note_in_journal
from gongkai.records import rules_upkeep as rules
from gongkai.records.domain.authority import authorise
from gongkai.records.domain.handover import ARTICLE
from gongkai.records.errors import IncompleteError
from gongkai.records.errors_upkeep import ReconciliationError
from gongkai.records.models import Reconciliation
from gongkai.records.queries.handover import open_periods
from gongkai.records.queries.reconciliation import bounds, quarters
from gongkai.units.models import Unit
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User


@transaction.atomic
def reconcile(
    *,
    unit: Unit,
    year: int,
    quarter: int,
    hall: str,
    received: int,
    confirmed_by: str,
    note: str,
    user: User,
    day: date,
) -> Reconciliation:
    """Enter what ``hall`` received of the lists of a quarter; entered again it replaces the former entry.

    Raises ``ReconciliationError`` while a period of the quarter is not sealed, and where nothing was delivered to the
    hall; ``IncompleteError`` where the numbers differ and nobody says why.
    """
    authorise(unit, user, day, "两馆对账", lambda scope: rules.may_hand_over(scope, unit.pk))
    # The unit is locked so that no list is sealed between the count and the entry.
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    _, last = bounds(year, quarter)
    if day <= last:
        raise ReconciliationError(f"{year} 年第 {quarter} 季度至 {last} 才结束，之后方可对账。")
    waiting = [one for one in open_periods([unit.pk], tree.as_of(day), day) if one.ends_on <= last]
    if waiting:
        raise ReconciliationError(
            f"本季度还有 {len(waiting)} 期没有封单，如 {waiting[0].begins_on} 至 {waiting[0].ends_on}。请先封单再对账。"
        )
    found = next((one for one in quarters([unit.pk], day) if (one.year, one.quarter) == (year, quarter)), None)
    if found is None or hall not in found.halls:
        raise ReconciliationError(
            f"{year} 年第 {quarter} 季度没有送交{hall}的清单。请核对接收单位。", {"hall": "请核对。"}
        )
    if not confirmed_by.strip():
        raise IncompleteError("对账须有接收单位经办人确认。", {"confirmed_by": "请填写。"})
    if received != found.listed and not note.strip():
        raise IncompleteError(
            f"清单共 {found.listed} 条，实收 {received} 条，数目不符。请说明差异和处理办法。",
            {"note": "数目不符的，须说明。"},
        )
    before = Reconciliation.objects.filter(unit=unit, year=year, quarter=quarter, hall=hall).first()
    entry, _ = Reconciliation.objects.update_or_create(
        unit=unit,
        year=year,
        quarter=quarter,
        hall=hall,
        defaults={
            "listed": found.listed,
            "received": received,
            "confirmed_by": confirmed_by.strip(),
            "note": note.strip(),
            "entered_on": day,
            "entered_by": user,
        },
    )
    note_in_journal(
        act="records.reconciled",
        actor=actor_of(user, unit),
        subject=f"records.reconciliation:{entry.pk}",
        article=ARTICLE,
        detail={
            "quarter": f"{year}-{quarter}",
            "hall": hall,
            "listed": found.listed,
            "received": received,
            "before": before.received if before else None,
        },
    )
    return entry
