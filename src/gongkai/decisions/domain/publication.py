"""What happens to a decision after it is stored: published, changed or annulled, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.errors import NotPermittedError
from gongkai.accounts.queries.scope import scope_of
from gongkai.decisions import clock, rules
from gongkai.decisions.errors import DecisionDayError, DecisionStateError
from gongkai.decisions.models import PUBLICISED, Decision, DecisionState
from gongkai.journal.domain.entry import record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.journal.domain.entry import Actor

PUBLICITY_ARTICLE = "国办发〔2018〕118号"
WITHDRAWAL_ARTICLE = "行政处罚法 第四十八条"


@transaction.atomic
def publish(*, decisions: Collection[int], published_on: date, user: User, day: date) -> int:
    """Enter the day on which decisions (their numbers in the database) were published; return how many.

    All or none: ``DecisionStateError`` where one is published already, ``DecisionDayError`` where the day lies before
    one of them or after ``day``, ``NotPermittedError`` where one is of a unit the person does not act for.
    """
    _not_after(published_on, day, "公示日期")
    chosen = Decision.objects.select_for_update(of=("self",)).filter(pk__in=decisions)
    found = list(chosen.order_by("pk"))
    scope = scope_of(user, day)
    for decision in found:
        _permit(decision, scope, rules.may_publish, f"决定 {decision.number} 已登记公示日期 {decision.published_on}")
        if published_on < decision.decided_on:
            raise DecisionDayError(
                f"公示日期：{published_on} 早于决定 {decision.number} 的决定日期 {decision.decided_on}。请核对。"
            )
    Decision.objects.filter(pk__in=[decision.pk for decision in found]).update(published_on=published_on)
    if found:
        record(
            act="decisions.published",
            actor=actor_of(user),
            subject=f"decisions.decision:{found[0].pk}",
            article=PUBLICITY_ARTICLE,
            detail={"day": published_on.isoformat(), "decisions": [decision.pk for decision in found]},
        )
    return len(found)


@transaction.atomic
def change(*, decision: int, state: str, changed_on: date, reason: str, user: User, day: date) -> Decision:
    """Note that a decision was changed or annulled, and why; a published penalty must then be taken back."""
    _not_after(changed_on, day, "变动日期")
    found = Decision.objects.select_for_update(of=("self",)).get(pk=decision)
    _permit(found, scope_of(user, day), rules.may_change, f"决定 {found.number} 已登记为{found.get_state_display()}")
    if state not in {DecisionState.CHANGED, DecisionState.ANNULLED}:
        raise DecisionStateError("效力：只能登记为已变更或已撤销。")
    if not reason.strip():
        raise DecisionStateError("理由：未填写。请写明变更或撤销决定的依据，撤回公示时须公开说明理由。")
    if changed_on < found.decided_on:
        raise DecisionDayError(f"变动日期：{changed_on} 早于决定日期 {found.decided_on}。请核对。")
    found.state, found.state_on, found.state_reason = state, changed_on, reason.strip()
    found.save(update_fields=["state", "state_on", "state_reason"])
    _note(state, found, actor_of(user, found.unit), day=changed_on.isoformat(), reason=found.state_reason)
    return found


@transaction.atomic
def withdraw(*, decision: int, withdrawn_on: date, user: User, day: date) -> Decision:
    """Note that a published penalty which no longer stands was taken back, with a public explanation."""
    _not_after(withdrawn_on, day, "撤回日期")
    found = Decision.objects.select_for_update(of=("self",)).get(pk=decision)
    _permit(found, scope_of(user, day), rules.may_withdraw, f"决定 {found.number} 没有待撤回的公示")
    if found.state_on is not None and withdrawn_on < found.state_on:
        raise DecisionDayError(f"撤回日期：{withdrawn_on} 早于决定变动日期 {found.state_on}。请核对。")
    found.withdrawn_on = withdrawn_on
    found.save(update_fields=["withdrawn_on"])
    _note("withdrawn", found, actor_of(user, found.unit), day=withdrawn_on.isoformat())
    return found


@transaction.atomic
def reveal(*, decision: Decision, user: User) -> str:
    """Return the full name of the party; the reading of personal data is in the journal."""
    _note("revealed", decision, actor_of(user, decision.unit))
    return decision.party


@transaction.atomic
def refresh_clock(*, actor: Actor) -> int:
    """Compute ``due_on`` anew, after a notice or a local rule changed the calendar; return how many changed."""
    kinds = [kind.value for kind in PUBLICISED]
    days = (
        Decision.objects.filter(kind__in=kinds).values_list("decided_on", flat=True).distinct().order_by("decided_on")
    )
    changed = 0
    for day in list(days):
        due = clock.publicity(day)
        of_day = Decision.objects.filter(kind__in=kinds, decided_on=day)
        if due is None:
            changed += of_day.filter(due_on__isnull=False).update(due_on=None)
        else:
            changed += of_day.filter(due_on__isnull=True).update(due_on=due.due)
            changed += of_day.exclude(due_on=due.due).update(due_on=due.due)
    record(act="decisions.clock_refreshed", actor=actor, subject="decisions.decision:*", detail={"changed": changed})
    return changed


def _not_after(given: date, today: date, field: str) -> None:
    if given > today:
        raise DecisionDayError(f"{field}：{given} 晚于今天（{today}）。只登记已经发生的事，请核对。")


def _permit(decision: Decision, scope: Scope, rule: Callable[[Scope, Decision], bool], otherwise: str) -> None:
    if rule(scope, decision):
        return
    if not rules.may_import(scope, decision.unit_id):
        raise NotPermittedError(f"您不能办理决定 {decision.number}：须由其机构的经办人、工作机构负责人或主管部门办理。")
    raise DecisionStateError(f"{otherwise}，不能重复登记。请刷新页面核对。")


def _note(act: str, decision: Decision, actor: Actor, **detail: object) -> None:
    article = WITHDRAWAL_ARTICLE if act == "withdrawn" else ""
    record(
        act=f"decisions.{act}", actor=actor, subject=f"decisions.decision:{decision.pk}", article=article, detail=detail
    )
