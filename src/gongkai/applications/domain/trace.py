"""What every act on an application leaves: an entry in the journal and a mark for the index, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.domain.people import actor_of
from gongkai.indexing.domain import outbox
from gongkai.journal.domain.entry import record as note

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.applications.models import Application

KIND = "applications.application"


def trace(act: str, application: Application, user: User | None, article: str = "", **detail: object) -> None:
    """Record ``applications.act``; ``user`` is ``None`` for the portal and the system. No personal data in it."""
    key = f"{KIND}:{application.pk}"
    actor = actor_of(user, application.unit)
    note(act=f"applications.{act}", actor=actor, subject=key, article=article, detail=detail)
    outbox.mark([key])
