"""Registering officers and giving them rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.errors import AlreadyGrantedError, LastAdministratorError, TrainingOrderError
from gongkai.accounts.models import Grant, Officer, Role
from gongkai.journal.domain.entry import SYSTEM, Actor, record

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit


def actor_of(user: User | None, unit: Unit | None = None) -> Actor:
    """Return ``user`` as the journal knows a person, acting for ``unit``; ``None`` is the system itself."""
    if user is None:
        return SYSTEM
    return Actor(id=user.pk, name=user.username, unit=unit.code if unit else "")


@transaction.atomic
def register(*, user: User, unit: Unit, position: str, telephone: str, day: date, actor: Actor) -> Officer:
    """Enter a person in the officers' register of a unit."""
    officer = Officer.objects.create(user=user, unit=unit, position=position, telephone=telephone, registered_on=day)
    _note("registered", user, actor, unit=unit.code, day=day.isoformat())
    return officer


@transaction.atomic
def record_training(*, officer: Officer, day: date, training: str, actor: Actor) -> Officer:
    """Record the 跟岗 training of an officer; rights begin on ``day``."""
    if day < officer.registered_on:
        raise TrainingOrderError(f"跟岗培训日 {day} 早于备案日 {officer.registered_on}。请核对日期，先备案后培训。")
    officer.trained_on, officer.training = day, training
    officer.save(update_fields=["trained_on", "training"])
    _note("trained", officer.user, actor, day=day.isoformat(), training=training)
    return officer


@transaction.atomic
def grant(*, user: User, role: str, unit: Unit, day: date, actor: Actor, with_subtree: bool = False) -> Grant:
    """Give ``user`` a role at ``unit`` from ``day`` on."""
    if Grant.objects.filter(user=user, role=role, unit=unit, ends_on__isnull=True).exists():
        raise AlreadyGrantedError(f"{user} 已是 {unit.code} 的“{Role(role).label}”。如需调整范围，请先终止原授权。")
    made = Grant.objects.create(
        user=user, role=role, unit=unit, with_subtree=with_subtree, begins_on=day, given_by_id=actor.id
    )
    _note("granted", user, actor, role=role, unit=unit.code, with_subtree=with_subtree, day=day.isoformat())
    return made


@transaction.atomic
def revoke(*, grant: Grant, day: date, actor: Actor) -> Grant:
    """End a grant: from ``day`` on it gives nothing."""
    if grant.role == Role.ADMINISTRATOR:
        others = Grant.objects.select_for_update().filter(role=Role.ADMINISTRATOR, ends_on__isnull=True)
        if not others.exclude(pk=grant.pk).exists():
            raise LastAdministratorError("这是最后一名系统管理员，终止后将无人能管理系统。请先授权另一名管理员。")
    grant.ends_on = max(day, grant.begins_on)
    grant.save(update_fields=["ends_on"])
    _note("revoked", grant.user, actor, role=grant.role, unit=grant.unit.code, day=day.isoformat())
    return grant


def _note(act: str, user: User, actor: Actor, **detail: object) -> None:
    record(act=f"accounts.{act}", actor=actor, subject=f"accounts.user:{user.pk}", detail=detail)
