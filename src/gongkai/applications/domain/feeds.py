"""Opening and revoking a calendar of due dates."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications import rules
from gongkai.applications.errors import NotAuthorisedError
from gongkai.applications.models import Feed
from gongkai.journal.domain.entry import record as note

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

_BYTES = 32


@transaction.atomic
def open_feed(*, user: User, today: date, unit: Unit | None = None) -> tuple[Feed, str]:
    """Open a calendar of the cases ``user`` has in hand, or of ``unit``; return it and the token of its address."""
    units = rules.units_read(scope_of(user, today))
    if not units or (unit is not None and unit.pk not in units):
        raise NotAuthorisedError("您没有查阅该机构申请的角色，不能订阅它的期限。请选择您负责的机构。")
    token = secrets.token_urlsafe(_BYTES)
    feed = Feed.objects.create(user=user, unit=unit, digest=digest_of(token), made_on=today)
    note(act="applications.feed_opened", actor=actor_of(user, unit), subject=f"applications.feed:{feed.pk}")
    return feed, token


@transaction.atomic
def revoke_feed(*, feed: Feed, user: User, today: date) -> Feed:
    """Let the address give nothing any more; whoever opened it revokes it."""
    if feed.user_id != user.pk:
        raise NotAuthorisedError("只能撤销自己开通的日历订阅。")
    if feed.revoked_on is None:
        feed.revoked_on = today
        feed.save(update_fields=["revoked_on"])
        note(act="applications.feed_revoked", actor=actor_of(user), subject=f"applications.feed:{feed.pk}")
    return feed


def digest_of(token: str) -> str:
    """Return what the token of an address is kept as."""
    return sha256(token.encode()).hexdigest()
