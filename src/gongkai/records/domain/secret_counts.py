"""Entering how much was withheld as 国家秘密: a number, and nothing that says what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.models import Officer
from gongkai.journal.domain.entry import record as note
from gongkai.records.domain.authority import authorise
from gongkai.records.errors import IncompleteError
from gongkai.records.models import SecretCount
from gongkai.records.rules import may_count_secrets

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

FIRST_YEAR = 2008
"""The year the regulation came into force."""


@transaction.atomic
def enter(*, unit: Unit, year: int, count: int, responsible: User, user: User, day: date) -> SecretCount:
    """Set the number of documents ``unit`` withheld as 国家秘密 in ``year``, replacing an earlier number."""
    authorise(unit, user, day, "登记涉密件数", lambda scope: may_count_secrets(scope, unit.pk))
    if not FIRST_YEAR <= year <= day.year:
        raise IncompleteError(
            f"年度 {year} 不在 {FIRST_YEAR} 至 {day.year} 之间。", {"year": f"请填写 {FIRST_YEAR} 至 {day.year}。"}
        )
    if not Officer.objects.filter(user=responsible, unit=unit).exists():
        raise IncompleteError("责任人须为本机构备案人员。", {"responsible": "请选择本机构备案人员；未备案的请先备案。"})
    former = SecretCount.objects.select_for_update().filter(unit=unit, year=year).first()
    before = former.count if former else None
    entry = former or SecretCount(unit=unit, year=year)
    entry.count, entry.responsible = count, responsible
    entry.save()
    note(
        act="records.secrets_counted",
        actor=actor_of(user, unit),
        subject=f"records.secretcount:{entry.pk}",
        article="保守国家秘密法 第三十五条",
        detail={"year": year, "count": count, "before": before, "responsible": responsible.username},
    )
    return entry
