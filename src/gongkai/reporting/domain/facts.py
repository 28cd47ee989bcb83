"""Typing in a figure that no room of this system counts: with its period, source, evidence and signatory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.files.domain import store
from gongkai.reporting.captions import caption
from gongkai.reporting.domain import auditing
from gongkai.reporting.domain.authority import authorise, changed, demand_state, locked, trace
from gongkai.reporting.errors import FactError
from gongkai.reporting.facts import kinds
from gongkai.reporting.models import EDITABLE, Fact, Scope
from gongkai.reporting.queries.cells import printed

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from gongkai.accounts.models import User
    from gongkai.reporting.models import Submission


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where a figure comes from; ``evidence`` is a file's name and bytes."""

    period_from: date
    period_to: date
    source: str
    signatory: str
    evidence: tuple[str, bytes] | None = None


@transaction.atomic
def enter(
    *,
    submission: Submission,
    key: str,
    value: Decimal,
    grounds: Grounds,
    user: User,
    today: date,
    seen: int | None = None,
) -> Fact:
    """Enter a figure of the unit for the year of ``submission``; what was entered before for it ends.

    Raises ``FactError`` for an unknown figure, one without source or signatory, a period outside the year, and for a
    cell that cases stand behind: that one is corrected in the register, or overridden with a reason.
    """
    submission = locked(submission, seen)
    authorise(submission, user, today, "填报数据")
    demand_state(submission, EDITABLE, "填报数据")
    if submission.scope != Scope.OWN:
        raise FactError(f"《{submission.title}》是汇总报告，数据在本级和下级的报告中填报。")
    _check(submission, key, value, grounds)
    blob = None
    if grounds.evidence is not None:
        blob = store.keep(data=grounds.evidence[1], name=grounds.evidence[0])
    year = submission.campaign.year
    Fact.objects.filter(unit=submission.unit_id, year=year, key=key, ended_at__isnull=True).update(
        ended_at=timezone.now()
    )
    made = Fact.objects.create(
        unit=submission.unit,
        year=year,
        key=key,
        value=value,
        period_from=grounds.period_from,
        period_to=grounds.period_to,
        source=grounds.source.strip(),
        signatory=grounds.signatory.strip(),
        evidence=blob,
        evidence_name=grounds.evidence[0][-200:] if grounds.evidence else "",
        entered_by=user,
    )
    trace("fact_entered", submission, user, key=key, value=str(value), source=made.source, signatory=made.signatory)
    auditing.refresh(submission)
    changed(submission, "findings")
    return made


def _check(submission: Submission, key: str, value: Decimal, grounds: Grounds) -> None:
    edition, year = submission.campaign.edition, submission.campaign.year
    is_cell = key in printed(edition, {key})
    if key not in kinds() and not is_cell:
        raise FactError(f"没有“{key}”这一指标。请从列表中选择。", {"key": "没有这一指标。"})
    words = caption(edition, key) if is_cell else kinds()[key].caption
    missing = {name: "必须填写。" for name in ("source", "signatory") if not getattr(grounds, name).strip()}
    if missing:
        raise FactError(f"“{words}”须写明来源和签认人：填报的数据要有人负责、有据可查。", missing)
    if not year == grounds.period_from.year == grounds.period_to.year or grounds.period_from > grounds.period_to:
        raise FactError(
            f"“{words}”的统计期限 {grounds.period_from} 至 {grounds.period_to} 不在 {year} 年之内。请核对。",
            {"period_from": f"应在 {year} 年之内。"},
        )
    if value < 0:
        raise FactError(f"“{words}”不能是负数。", {"value": "不能是负数。"})
    if is_cell and submission.computed.get(key):
        raise FactError(
            f"“{words}”在本系统有 {submission.computed[key]} 件记录，不能另行填报。"
            "请更正登记；确需不同的，用人工修正并写明理由。",
            {"key": "已由系统记录产生。"},
        )
