"""Keeping what happens at the sign-on: each success, each way out, each lock, each change of a credential."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from axes import signals as locks
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.accounts.domain.people import actor_of
from gongkai.journal.domain.entry import SYSTEM, record
from gongkai.journal.models import Entry

if TYPE_CHECKING:
    from gongkai.accounts.models import User

ARTICLE = "网络安全法 第二十一条"


def connect() -> None:
    """Listen to allauth and axes; called once at start-up."""
    account.user_logged_in.connect(_signed_on, dispatch_uid="gongkai.signed_on")
    account.user_logged_out.connect(_signed_off, dispatch_uid="gongkai.signed_off")
    account.password_changed.connect(_password_changed, dispatch_uid="gongkai.password_changed")
    mfa.authenticator_added.connect(_factor_added, dispatch_uid="gongkai.factor_added")
    mfa.authenticator_removed.connect(_factor_removed, dispatch_uid="gongkai.factor_removed")
    locks.user_locked_out.connect(_locked, dispatch_uid="gongkai.locked")


@transaction.atomic
def _note(act: str, user: User, **detail: object) -> None:
    record(
        act=f"accounts.{act}",
        actor=actor_of(user),
        subject=f"accounts.user:{user.pk}",
        article=ARTICLE,
        detail=detail,
    )


def _signed_on(user: User, **signal: Any) -> None:  # noqa: ANN401 -- the signature is allauth's
    _note("signed_on", user, by="platform" if signal.get("sociallogin") else "password")


def _signed_off(user: User | None, **signal: Any) -> None:  # noqa: ANN401 -- the signature is allauth's
    del signal
    if user is not None and user.pk:
        _note("signed_off", user)


@transaction.atomic
def _password_changed(user: User, **signal: Any) -> None:  # noqa: ANN401 -- the signature is allauth's
    del signal
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    _note("password_changed", user)


def _factor_added(user: User, authenticator: Any, **signal: Any) -> None:  # noqa: ANN401 -- the signature is allauth's
    del signal
    _note("second_factor_added", user, kind=authenticator.type)


def _factor_removed(user: User, authenticator: Any, **signal: Any) -> None:  # noqa: ANN401 -- the signature is allauth's
    del signal
    _note("second_factor_removed", user, kind=authenticator.type)


@transaction.atomic
def _locked(username: str, ip_address: str, **signal: Any) -> None:  # noqa: ANN401 -- the signature is axes'
    """Keep one entry for each lock: who goes on trying against it does not fill the journal."""
    del signal
    subject = f"accounts.name:{(username or '')[:100]}"
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    if Entry.objects.filter(subject=subject, act="accounts.locked_out", entered_at__gt=since).exists():
        return
    record(
        act="accounts.locked_out",
        actor=SYSTEM,
        subject=subject,
        article=ARTICLE,
        detail={"address": ip_address},
    )
