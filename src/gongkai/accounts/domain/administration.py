"""What those who administer people do: every verb looks at who acts, and nobody acts on himself.

``by`` is the person who acts, ``today`` the legal day on which that person's own rights are looked at.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset
from django.db import transaction

from gongkai.accounts import rules
from gongkai.accounts.domain import people
from gongkai.accounts.errors import (
    BackdatedError,
    LastAdministratorError,
    NotPermittedError,
    SelfServiceError,
    UsernameTakenError,
)
from gongkai.accounts.models import Grant, Officer, Role, User
from gongkai.accounts.queries.reach import reach_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import SYSTEM, record
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from datetime import date

    from gongkai.units.models import Unit

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for each other when read out: i, l, o, 0, 1."""


def one_time_password() -> str:
    """Return a new password of four groups, about 79 bits, to be read out or handed over on paper."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def register(
    *, by: User, today: date, unit: Unit, username: str, name: str, position: str, telephone: str, day: date
) -> tuple[Officer, str]:
    """Open an account and enter its holder in the register; return both the entry and the one-time password."""
    if not rules.may_register(scope_of(by, today), unit.pk):
        raise NotPermittedError(f"您不能为机构 {unit.code} 备案人员。人员由主管部门在其下属机构范围内备案。")
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTakenError(f"用户名 {username} 已被使用。请另取；如系同一人调动，请由系统管理员处理原账号。")
    password = one_time_password()
    user = User.objects.create_user(username, password=password, name=name, must_change_password=True)
    officer = people.register(
        user=user, unit=unit, position=position, telephone=telephone, day=day, actor=people.actor_of(by, unit)
    )
    return officer, password


@transaction.atomic
def train(*, by: User, today: date, officer: Officer, day: date, training: str) -> Officer:
    """Record the 跟岗 training of an officer; rights begin on ``day``."""
    if by.pk == officer.user_id:
        raise SelfServiceError("不能登记自己的跟岗培训。请由主管部门的其他人员登记。")
    if not rules.may_answer_for(scope_of(by, today), officer.unit_id):
        raise NotPermittedError("您不能登记该人员的跟岗培训。培训由其所在机构的主管部门登记。")
    return people.record_training(officer=officer, day=day, training=training, actor=people.actor_of(by, officer.unit))


@transaction.atomic
def give(*, by: User, today: date, user: User, role: str, unit: Unit, day: date, with_subtree: bool = False) -> Grant:
    """Give a role from ``day`` on, within what the giver himself is over."""
    if by.pk == user.pk:
        raise SelfServiceError("不能给自己授权。请由主管部门的其他人员或系统管理员授权。")
    known = tree.as_of(today)
    covered = known.below([unit.pk]) if with_subtree else {unit.pk}
    if not rules.may_give(scope_of(by, today, known), role=role, covered=covered):
        raise NotPermittedError(
            f"您不能授予机构 {unit.code}{'及其下级' if with_subtree else ''}的“{Role(role).label}”。"
            "授权不得超出自己主管的机构范围；系统管理员由系统管理员授予。"
        )
    if day < today:
        raise BackdatedError(f"授权起始日 {day} 早于今天。权限不能追溯，请填写今天或以后的日期。")
    return people.grant(
        user=user, role=role, unit=unit, day=day, with_subtree=with_subtree, actor=people.actor_of(by, unit)
    )


@transaction.atomic
def end(*, by: User, today: date, grant: Grant) -> Grant:
    """End a role at once."""
    known = tree.as_of(today)
    covered = known.below([grant.unit_id]) if grant.with_subtree else {grant.unit_id}
    if not rules.may_end(scope_of(by, today, known), grant, covered):
        raise NotPermittedError("您不能终止这项授权。它超出您主管的机构范围，或者已经终止。")
    return people.revoke(grant=grant, day=today, actor=people.actor_of(by, grant.unit))


@transaction.atomic
def deactivate(*, by: User, today: date, user: User, reason: str) -> User:
    """Close an account: its holder is signed off everywhere and may do nothing; what was done stays."""
    _manage(by, user, today)
    others = Grant.objects.select_for_update().filter(role=Role.ADMINISTRATOR, ends_on__isnull=True)
    if (
        others.filter(user=user).exists()
        and not others.exclude(user=user).filter(user__is_active=True, begins_on__lte=today).exists()
    ):
        raise LastAdministratorError("这是最后一名系统管理员，停用后将无人能管理系统。请先授权另一名管理员。")
    user.is_active = False
    user.save(update_fields=["is_active"])
    _sign_off(user)
    _note("deactivated", by, user, reason=reason)
    return user


@transaction.atomic
def reactivate(*, by: User, today: date, user: User, reason: str) -> tuple[User, str]:
    """Open a closed account again, with a new one-time password; its roles are those not ended."""
    _manage(by, user, today)
    user.is_active = True
    user.save(update_fields=["is_active"])
    _note("reactivated", by, user, reason=reason)
    return user, renew_password(by=by, today=today, user=user)


@transaction.atomic
def renew_password(*, by: User, today: date, user: User) -> str:
    """Give a new one-time password, sign the holder off everywhere and lift a lock; return the password."""
    _manage(by, user, today)
    password = _renewed(user)
    _note("password_renewed", by, user)
    return password


@transaction.atomic
def recover(*, user: User) -> str:
    """Let somebody in again from the server's own console, where nobody who could do it on screen can sign on.

    A new one-time password, no second factor, no lock; the roles stay as they are. Return the password.
    """
    password = _renewed(user)
    Authenticator.objects.filter(user=user).delete()
    record(act="accounts.recovered", actor=SYSTEM, subject=f"accounts.user:{user.pk}")
    return password


@transaction.atomic
def end_sessions(*, by: User, today: date, user: User) -> int:
    """Sign the holder off everywhere; return on how many devices."""
    _manage(by, user, today)
    ended = _sign_off(user)
    _note("sessions_ended", by, user, sessions=ended)
    return ended


@transaction.atomic
def forget_second_factor(*, by: User, today: date, user: User) -> None:
    """Remove the second factor of somebody who lost the device; where it is required, a new one is set up next time."""
    _manage(by, user, today)
    Authenticator.objects.filter(user=user).delete()
    _sign_off(user)
    _note("second_factor_forgotten", by, user)


def _manage(by: User, user: User, today: date) -> None:
    if by.pk == user.pk:
        raise SelfServiceError("不能管理自己的账号。修改密码、两步验证请用右上角的菜单；其余请由他人办理。")
    known = tree.as_of(today)
    reach = reach_of(user, known)
    if not rules.may_manage(scope_of(by, today, known), by, user, reach.units, reach.roles):
        raise NotPermittedError("该账号的权限超出您主管的机构范围，请由系统管理员办理。")


def _renewed(user: User) -> str:
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _sign_off(user)
    reset(username=user.username)
    return password


def _sign_off(user: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def _note(act: str, by: User, user: User, **detail: object) -> None:
    record(act=f"accounts.{act}", actor=people.actor_of(by), subject=f"accounts.user:{user.pk}", detail=detail)
