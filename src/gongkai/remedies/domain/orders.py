"""What a case brings into its application, and taking it back where the case is corrected.

Applications know nothing of remedies: what joins the two stands here. Every event that a case writes into an
application names the event of the case it comes from (``source``), so that striking out the one strikes out the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.course import standing
from gongkai.applications.domain import authority, entering
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import ApplicationError
from gongkai.applications.kinds import REANSWER
from gongkai.remedies.course import served
from gongkai.remedies.errors import OutOfOrderError

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application
    from gongkai.applications.models import Event as ApplicationEvent
    from gongkai.remedies.models import Remedy, RemedyEvent

REMEDIED, ARCHIVED = "remedied", "archived"


def source_of(event: RemedyEvent) -> str:
    """Return by what the events of an application say that they come from ``event``."""
    return f"remedies.event:{event.pk}"


def revoke(remedy: Remedy, event: RemedyEvent, user: User | None, *, today: date, reason: str) -> list[str]:
    """Strike out what the struck ``event`` of ``remedy`` brought into its application; return the kinds struck.

    A volume that was taken up again for the order alone is closed again. Raises ``OutOfOrderError`` where the
    application was worked on since in a way that cannot stand without the order.
    """
    if remedy.application is None:
        return []
    application = authority.locked(remedy.application)
    brought = _brought(remedy, event, application)
    # The order goes first: whether the rest can stand without it decides whether anything is struck at all.
    brought.sort(key=lambda one: (one.kind != REANSWER, -one.sequence))
    for one in brought:
        try:
            entering.strike_out(application, one, user, today=today, reason=f"{remedy.number} 已更正：{reason.strip()}")
        except ApplicationError as error:
            raise OutOfOrderError(
                f"本事项引起了申请 {application.number} 的重新答复，要一并划去，但该申请此后已经办理，没有划去："
                f"{error}请先在 {application.number} 的案件页更正后面的登记，再来划去。",
                article=error.article,
            ) from error
        trace("struck", application, user, sequence=one.sequence, kind=one.kind, remedy=remedy.number)
    orders = [one for one in brought if one.kind == REANSWER]
    if orders:
        _close_again(application, orders[0])
    return [one.kind for one in brought]


def _brought(remedy: Remedy, event: RemedyEvent, application: Application) -> list[ApplicationEvent]:
    found = standing(application.events.order_by("sequence"))
    return [one for one in found if one.payload.get("source") == source_of(event) or _is_old_order(remedy, event, one)]


def _is_old_order(remedy: Remedy, event: RemedyEvent, one: ApplicationEvent) -> bool:
    """Tell whether ``one`` is the order of ``event``, entered before events named where they come from."""
    if one.kind != REANSWER or "source" in one.payload or one.day != served(event):
        return False
    said = (one.payload.get("body", ""), one.payload.get("document", ""))
    return said == (remedy.body, event.payload.get("document", ""))


def _close_again(application: Application, order: ApplicationEvent) -> None:
    """Put the volume back where it was, if nothing was entered after the ``order`` that still stands."""
    found = standing(application.events.order_by("sequence"))
    closings = [one for one in found if one.kind == ARCHIVED and one.sequence < order.sequence]
    if not closings or any(one.sequence > order.sequence for one in found):
        return
    application.archived_on = closings[-1].day
    application.save(update_fields=["archived_on"])
