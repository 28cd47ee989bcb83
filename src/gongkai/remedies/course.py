"""The course of one case, computed from its events: no database, no today.

Two axes of time, as for an application: ``day`` is the legal day, ``known_at`` the moment up to which entries are
known. Struck events count no more from the moment of the striking on.

A suit has instances. An appeal, and a retrial, open it again; a second instance that affirms leaves the result of the
first, one that remands sends it back there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from gongkai.eventlog.log import standing
from gongkai.law.catalogue import CatalogueError
from gongkai.law.remedies_results import EARLIER, PENDING, Result, result, results
from gongkai.remedies.errors import OutOfOrderError, RemedyError, WrongResultError
from gongkai.remedies.kinds import DECIDED, ENDING, KINDS, NOTIFIED, RECONSIDERATION_ONLY, STRUCK, SUIT_ONLY
from gongkai.remedies.models import Instance, RemedyEvent, RemedyKind, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime


@dataclass
class Course:
    """What a case is on ``day``. Built by ``course``, then read.

    ``result`` is what the running instance ended in, ``ended`` the event that says so; both ``None`` while it is
    pending. ``opened`` is the event that opened the running instance. ``earlier`` is what the instance before ended in.
    """

    day: date
    kind: str
    events: tuple[RemedyEvent, ...]
    notified: RemedyEvent
    instance: str = Instance.FIRST
    opened: RemedyEvent | None = None
    result: Result | None = None
    ended: RemedyEvent | None = None
    earlier: Result | None = None
    suspended: RemedyEvent | None = None
    pauses: list[tuple[date, date]] = field(default_factory=list)
    is_extended: bool = False

    @property
    def is_suit(self) -> bool:
        """Tell whether it is before a court."""
        return self.kind != RemedyKind.RECONSIDERATION

    @property
    def procedure(self) -> str:
        """Return the procedure whose results it can end in."""
        if not self.is_suit:
            return "reconsideration"
        return "litigation" if self.instance == Instance.FIRST else "appeal"

    @property
    def is_pending(self) -> bool:
        """Tell whether no result stands."""
        return self.result is None

    @property
    def status(self) -> str:
        """Return where it stands."""
        if not self.is_pending:
            return Status.CONCLUDED
        return Status.SUSPENDED if self.suspended is not None else Status.PENDING

    @property
    def column(self) -> str:
        """Return the column of table 四 it falls into on ``day``."""
        return PENDING if self.result is None else self.result.column

    @property
    def served_on(self) -> date | None:
        """Return the day our agency received what ended it."""
        return None if self.ended is None else served(self.ended)

    def during(self, kind: str) -> RemedyEvent | None:
        """Return the first event of ``kind`` in the running instance."""
        begun = self.events.index(self.opened or self.notified)
        return next((event for event in self.events[begun + 1 :] if event.kind == kind), None)


def served(event: RemedyEvent) -> date:
    """Return the day an ending event reached our agency: the one it names, else its own."""
    day = event.payload.get("served")
    return date.fromisoformat(day) if day else event.day


def course(kind: str, events: Sequence[RemedyEvent], day: date, *, known_at: datetime | None = None) -> Course | None:
    """Return what the case of ``events`` is on ``day``; ``None`` where our agency had no notice of it by then.

    Raises a ``RemedyError`` where the events are not possible together.
    """
    found = sorted(standing(events, day, known_at), key=lambda event: (event.day, event.sequence))
    notified = next((event for event in found if event.kind == NOTIFIED), None)
    if notified is None:
        return None
    made = Course(day=day, kind=kind, events=tuple(found), notified=notified)
    for event in found:
        if event is not notified:
            _apply(made, event)
    return made


def allowed(found: Course, events: Sequence[RemedyEvent], kind: str) -> bool:
    """Tell whether an event of ``kind`` could happen in ``found`` on its day."""
    if kind in {NOTIFIED, STRUCK}:
        return False
    payload = {"result": results(found.procedure, found.day)[0].key} if kind == DECIDED else {}
    sequence = max(event.sequence for event in events) + 1
    tried = RemedyEvent(kind=kind, day=found.day, sequence=sequence, payload=payload)
    try:
        course(found.kind, [*events, tried], found.day)
    except RemedyError:
        return False
    return True


def _apply(made: Course, event: RemedyEvent) -> None:
    caption = KINDS[event.kind].caption
    if event.kind == NOTIFIED:
        raise OutOfOrderError(f"已登记收到通知（{made.notified.day}），不能再次登记。日期有误的，请先划去原登记。")
    if event.day < made.notified.day:
        raise OutOfOrderError(
            f"“{caption}”的日期 {event.day} 早于收到通知之日 {made.notified.day}。请核对日期。",
            {"day": "早于收到通知之日。"},
        )
    if event.kind == "note":
        return
    if event.kind in (RECONSIDERATION_ONLY if made.is_suit else SUIT_ONLY):
        which = "行政诉讼" if made.is_suit else "行政复议"
        raise OutOfOrderError(f"{which}没有“{caption}”这一事项。请核对案件种类。")
    if event.kind in {"appealed", "retrial"}:
        _reopen(made, event)
        return
    if not made.is_pending:
        assert made.ended is not None
        raise OutOfOrderError(
            f"本案已于 {made.ended.day} 审结，不能再登记“{caption}”。"
            "上诉、再审的请先登记上诉、再审；登记有误的请先划去。"
        )
    _STEPS.get(event.kind, _pass)(made, event)


def _pass(made: Course, event: RemedyEvent) -> None:
    """Let what changes nothing happen: filings, hearings."""


def _suspend(made: Course, event: RemedyEvent) -> None:
    if made.suspended is not None:
        raise OutOfOrderError(f"本案已于 {made.suspended.day} 中止，尚未恢复。请先登记恢复审理。")
    made.suspended = event


def _resume(made: Course, event: RemedyEvent) -> None:
    if made.suspended is None:
        raise OutOfOrderError("本案没有中止，不能登记恢复审理。请先登记中止。")
    made.pauses.append((made.suspended.day, event.day))
    made.suspended = None


def _extend(made: Course, event: RemedyEvent) -> None:
    del event
    if made.is_extended or made.notified.payload.get("simplified"):
        raise OutOfOrderError(
            "审理期限只能延长一次，简易程序不适用延长。请核对延期通知书。", article="《行政复议法》第六十二条"
        )
    made.is_extended = True


def _receive_appeal(made: Course, event: RemedyEvent) -> None:
    del event
    if made.instance != Instance.APPEAL:
        raise OutOfOrderError("没有登记上诉，不能登记收到上诉状副本。请先登记提起上诉。")


def _end(made: Course, event: RemedyEvent) -> None:
    found = result_of(made, event)
    if found.column == EARLIER:
        # What was below stands, with its own column, from the day of the higher instance on.
        assert made.earlier is not None
        found = made.earlier
    if found.column == PENDING:
        made.instance, made.opened, made.earlier = Instance.FIRST, event, None
        made.pauses, made.suspended = [], None
        return
    made.result, made.ended, made.suspended = found, event, None


def result_of(made: Course, event: RemedyEvent) -> Result:
    """Return the result an ending event brings in the running instance; ``WrongResultError`` if there is none such."""
    key = event.payload.get("result", "") if event.kind == DECIDED else event.kind
    if event.kind == "withdrawn" and made.procedure == "appeal":
        key = "appeal_withdrawn"
    try:
        return result(key, made.procedure, event.day)
    except CatalogueError as error:
        raise WrongResultError(
            f"{error}请按决定书、裁判文书选择结果。", {"result": "当时的法律没有这种结果。"}
        ) from error


def _reopen(made: Course, event: RemedyEvent) -> None:
    caption = KINDS[event.kind].caption
    if made.result is None:
        raise OutOfOrderError(f"本案尚未裁判，不能登记“{caption}”。请先登记裁判结果。")
    if event.kind == "appealed" and (made.instance != Instance.FIRST or not made.result.appealable):
        raise OutOfOrderError(
            f"“{made.result.caption}”不能上诉。再审的请登记再审。", article="《行政诉讼法》第八十五条"
        )
    made.instance = Instance.APPEAL if event.kind == "appealed" else Instance.RETRIAL
    made.opened, made.earlier = event, made.result
    made.result, made.ended, made.pauses = None, None, []


_STEPS: Mapping[str, Callable[[Course, RemedyEvent], None]] = {
    **dict.fromkeys(ENDING, _end),
    "suspended": _suspend,
    "resumed": _resume,
    "extended": _extend,
    "appeal_copy": _receive_appeal,
}
