"""What is done with every log: the next event of a case, striking one out, and what counts at a moment.

The log judges nothing. ``draft`` and ``striking`` give the events with one more that is not saved yet; the room asks
its law about all of them together, and saves the last one where they are possible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.db.models import Model

    from gongkai.accounts.models import User
    from gongkai.eventlog.errors import CaseError
    from gongkai.eventlog.models import LoggedEvent

STRUCK = "struck"
"""The kind of event that strikes another one out."""


class Kind(NamedTuple):
    """A kind of event. ``params`` are the keys its payload may hold; ``is_legal``: the clock of the law takes it."""

    key: str
    caption: str
    params: frozenset[str]
    is_legal: bool = False

    def demand_known(self, params: Mapping[str, object]) -> None:
        """Raise ``TypeError`` for parameters that an event of this kind does not have."""
        if unknown := params.keys() - self.params:
            raise TypeError(f"not parameters of {self.key}: {sorted(unknown)}")


def draft(
    case: Model, kind: str, day: date, user: User | None, payload: Mapping[str, object], **others: object
) -> list[LoggedEvent]:
    """Return the events of a locked or new ``case`` in the order of their entry, and another one, not saved, behind.

    ``others`` are further columns of it.
    """
    log = case.events
    events = list(log.order_by("sequence"))
    columns = {"kind": kind, "day": day, "payload": payload, "entered_by": user, **others}
    sequence = events[-1].sequence + 1 if events else 1
    return [*events, log.model(**{log.field.name: case}, sequence=sequence, **columns)]


def striking(
    case: Model,
    event: LoggedEvent,
    user: User | None,
    *,
    today: date,
    reason: str,
    unexplained: type[CaseError],
    refused: type[CaseError],
) -> list[LoggedEvent]:
    """Return the events of a locked ``case``, and behind them, not saved, the one that strikes out ``event``.

    Raises ``unexplained`` without a ``reason``, ``refused`` where the event is struck out already, strikes out another
    one, or belongs to another case.
    """
    if not reason.strip():
        raise unexplained("更正登记必须写明理由：原登记仍会保留。", {"reason": "请填写理由。"})
    *events, made = draft(case, STRUCK, today, user, {"reason": reason.strip()}, strikes=event)
    if event not in standing(events):
        raise refused("该事项已经划去，或者不能划去。请刷新页面核对。")
    return [*events, made]


def standing(
    events: Iterable[LoggedEvent], day: date | None = None, known_at: datetime | None = None
) -> list[LoggedEvent]:
    """Return the events up to ``day`` that are known at ``known_at`` and not struck, in the order of their entry."""
    known = [event for event in events if known_at is None or event.entered_at <= known_at]
    struck = {event.strikes_id for event in known if event.strikes_id is not None}
    return [
        event
        for event in known
        if event.kind != STRUCK and event.pk not in struck and (day is None or event.day <= day)
    ]
