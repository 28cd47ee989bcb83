"""What every act on a case leaves in the journal, in one transaction with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.domain.people import actor_of
from gongkai.journal.domain.entry import record as note

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.remedies.models import Remedy

KIND = "remedies.remedy"


def trace(act: str, remedy: Remedy, user: User | None, article: str = "", **detail: object) -> None:
    """Record ``remedies.act``; ``user`` is ``None`` for the system. No personal data in it."""
    actor = actor_of(user, remedy.unit)
    note(act=f"remedies.{act}", actor=actor, subject=f"{KIND}:{remedy.pk}", article=article, detail=detail)
