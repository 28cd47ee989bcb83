"""Handing over to the archives and the library: setting the days, sealing a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.journal.domain.entry import record as note
from gongkai.law.calendar import CHINA, AfterCalendarError, BeforeCalendarError
from gongkai.records import rules_upkeep as rules
from gongkai.records.domain.authority import authorise
from gongkai.records.errors import IncompleteError
from gongkai.records.errors_upkeep import HandOverError, HandOverRuleError, NilReturnError
from gongkai.records.models import HandOver, HandOverItem, HandOverKind, HandOverRule
from gongkai.records.queries.handover import contents, open_periods
from gongkai.records.snapshot import digest_of
from gongkai.units.models import Unit
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.records.queries.handover import Line, Period

ARTICLE = "条例 第二十五条"
LAST_DAY = 28
"""The last day that every month has."""

LONGEST_CUT_OFF = 20


@transaction.atomic
def set_days(
    *, unit: Unit, days: Iterable[int], cut_off: int, halls: str, begins_on: date, document: str, user: User, day: date
) -> HandOverRule:
    """Set the delivery days of ``unit`` and of everything below it from ``begins_on`` on; earlier periods stay.

    Raises ``HandOverRuleError`` for days that not every month has, and for a start inside what is sealed already.
    """
    authorise(unit, user, day, "设定送交日", lambda scope: rules.may_set_days(scope, unit.pk))
    missing = {name: "请填写。" for name, value in (("halls", halls), ("document", document)) if not value.strip()}
    if missing:
        raise IncompleteError("送交日历须写明接收单位和依据。", missing)
    chosen = sorted(set(days))
    if not chosen or not all(1 <= one <= LAST_DAY for one in chosen):
        raise HandOverRuleError("送交日须在 1 至 28 之间：不是每个月都有 29 至 31 日。", {"days": "请填写 1 至 28。"})
    if not 1 <= cut_off <= LONGEST_CUT_OFF:
        raise HandOverRuleError(
            "截止日须早于送交日 1 至 20 天：期间结束之后才能封单。", {"cut_off": "请填写 1 至 20。"}
        )
    try:
        CHINA.on_or_after(begins_on)
    except (BeforeCalendarError, AfterCalendarError) as error:
        raise HandOverRuleError(str(error), {"begins_on": str(error)}) from error
    later = HandOverRule.objects.filter(unit=unit, begins_on__gte=begins_on).first()
    if later is not None:
        raise HandOverRuleError(
            f"该机构已有自 {later.begins_on} 起的送交日历。新的日历须自其后开始。", {"begins_on": "须更晚。"}
        )
    below = tree.as_of(day).below([unit.pk])
    sealed = HandOver.objects.filter(unit__in=below, ends_on__gte=begins_on).order_by("-ends_on").first()
    if sealed is not None:
        raise HandOverRuleError(
            f"截至 {sealed.ends_on} 的送交已封单。新的日历须自其后开始。", {"begins_on": f"须晚于 {sealed.ends_on}。"}
        )
    rule = HandOverRule.objects.create(
        unit=unit,
        days=",".join(map(str, chosen)),
        cut_off=cut_off,
        halls=halls.strip(),
        begins_on=begins_on,
        document=document.strip(),
    )
    note(
        act="records.hand_over_days_set",
        actor=actor_of(user, unit),
        subject=f"records.handoverrule:{rule.pk}",
        article=ARTICLE,
        detail={"days": rule.days, "cut_off": cut_off, "begins_on": begins_on.isoformat(), "document": document},
    )
    return rule


@transaction.atomic
def seal(*, unit: Unit, begins_on: date, is_nil: bool, letter: str, user: User, day: date) -> HandOver:
    """Seal the list of the period that begins on ``begins_on``: what it holds on ``day``, numbered, under a digest.

    A period without publications is sealed as a nil return, declared by ``is_nil``: silence counts as late. Lists with
    replaced or withdrawn items go with a ``letter`` (撤换函). Periods are sealed one after the other.
    """
    authorise(unit, user, day, "封单送交", lambda scope: rules.may_hand_over(scope, unit.pk))
    # The unit is locked so that two people cannot seal the same period side by side.
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    period = _period(unit, begins_on, day)
    lines = contents(period)
    if lines and is_nil:
        raise NilReturnError(f"本期有 {len(lines)} 条应送交，不能作零送交。请核对清单后封单。")
    if not lines and not is_nil:
        raise NilReturnError(
            "本期没有应送交的信息。请勾选零送交后封单；不报送的，按逾期计。", {"is_nil": "没有信息也须报送。"}
        )
    if any(line.kind != HandOverKind.NEW for line in lines) and not letter.strip():
        raise IncompleteError("本期有撤换条目，须附正式撤换函。", {"letter": "请填写撤换函文号。"})
    hand_over = HandOver(
        unit=unit,
        begins_on=period.begins_on,
        ends_on=period.ends_on,
        due_on=period.due_on,
        halls=period.halls,
        is_nil=is_nil,
        letter=letter.strip(),
        sealed_on=day,
        sealed_by=user,
    )
    items = [_item(hand_over, number, line) for number, line in enumerate(lines, 1)]
    hand_over.digest = digest_of(sealed_list(hand_over, items))
    hand_over.save()
    HandOverItem.objects.bulk_create(items)
    note(
        act="records.handed_over",
        actor=actor_of(user, unit),
        subject=f"records.handover:{hand_over.pk}",
        article=ARTICLE,
        detail={
            "begins_on": period.begins_on.isoformat(),
            "ends_on": period.ends_on.isoformat(),
            "due_on": period.due_on.isoformat(),
            "items": len(items),
            "is_late": hand_over.is_late,
            "digest": hand_over.digest,
        },
    )
    return hand_over


def sealed_list(hand_over: HandOver, items: Iterable[HandOverItem]) -> dict[str, object]:
    """Return the list as plain data: what its digest is made over."""
    return {
        "unit": hand_over.unit.code,
        "period": [hand_over.begins_on.isoformat(), hand_over.ends_on.isoformat()],
        "halls": hand_over.halls,
        "is_nil": hand_over.is_nil,
        "letter": hand_over.letter,
        "items": [
            [
                item.position,
                item.kind,
                item.index_number,
                item.document_number,
                item.title,
                item.published_on.isoformat(),
                item.replaces_id,
            ]
            for item in items
        ],
    }


def is_untouched(hand_over: HandOver, items: Iterable[HandOverItem] | None = None) -> bool:
    """Tell whether a list is still the one that was sealed; ``items`` are its lines where the caller has them."""
    lines = hand_over.items.all() if items is None else items
    return hand_over.digest == digest_of(sealed_list(hand_over, lines))


def _period(unit: Unit, begins_on: date, day: date) -> Period:
    if HandOver.objects.filter(unit=unit, begins_on=begins_on).exists():
        raise HandOverError(f"自 {begins_on} 起的一期已经封单，不能更改。需要更正的，列入下一期撤换。")
    waiting = open_periods([unit.pk], tree.as_of(day), day)
    period = next((one for one in waiting if one.begins_on == begins_on), None)
    if period is None:
        raise HandOverError(f"没有自 {begins_on} 起的送交期间。请核对送交日历。")
    if period != waiting[0]:
        raise HandOverError(f"自 {waiting[0].begins_on} 起的一期尚未封单。请按顺序封单，撤换才能引用前期清单。")
    if day <= period.ends_on:
        raise HandOverError(f"本期至 {period.ends_on} 才结束，之后方可封单。")
    return period


def _item(hand_over: HandOver, number: int, line: Line) -> HandOverItem:
    record = line.record
    return HandOverItem(
        hand_over=hand_over,
        position=number,
        kind=line.kind,
        record=record,
        replaces=line.replaces,
        index_number=record.index_number or "",
        document_number=record.document_number,
        title=record.title,
        published_on=record.published_on,
    )
