"""What every act on a case leaves: an entry in the journal and, for the index, a mark, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.domain.people import actor_of
from gongkai.applications.models import Matter
from gongkai.indexing.domain import outbox
from gongkai.journal.domain.entry import record as note

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.applications.models import Application

KIND = "applications.application"
MATTER = "applications.matter"


def trace(act: str, case: Application | Matter, user: User | None, article: str = "", **detail: object) -> None:
    """Record ``applications.act``; ``user`` is ``None`` for the portal and the system. No personal data in it.

    Matters are not found through the index, so nothing is marked for them.
    """
    is_matter = isinstance(case, Matter)
    key = f"{MATTER if is_matter else KIND}:{case.pk}"
    actor = actor_of(user, case.unit)
    note(act=f"applications.{act}", actor=actor, subject=key, article=article, detail=detail)
    if not is_matter:
        outbox.mark([key])
