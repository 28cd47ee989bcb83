"""What every change leaves: an entry in the journal and a mark for the index, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.domain.people import actor_of
from gongkai.indexing.domain import outbox
from gongkai.journal.domain.entry import record as note

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.portal.models import KeyArea, Page, Service

PAGE, SERVICE, AREA = "portal.page", "portal.service", "portal.keyarea"


def trace_page(act: str, page: Page, user: User | None, **detail: object) -> None:
    """Record ``portal.page_act``."""
    key = f"{PAGE}:{page.pk}"
    note(act=f"portal.page_{act}", actor=actor_of(user, page.unit), subject=key, detail=detail)
    # What stands below a topic is found only as long as the topic is public.
    outbox.mark([key, *(f"{PAGE}:{child}" for child in page.children.values_list("pk", flat=True))])


def trace_service(act: str, service: Service, user: User, **detail: object) -> None:
    """Record ``portal.service_act``."""
    key = f"{SERVICE}:{service.pk}"
    detail = {"code": service.code, **detail}
    note(act=f"portal.service_{act}", actor=actor_of(user, service.unit), subject=key, detail=detail)
    outbox.mark([key])


def trace_area(act: str, area: KeyArea, user: User, **detail: object) -> None:
    """Record ``portal.area_act``."""
    note(act=f"portal.area_{act}", actor=actor_of(user), subject=f"{AREA}:{area.pk}", detail=detail)
