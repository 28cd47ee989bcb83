"""Nobody gives rights to himself, beyond his own units, or into the past."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from builders.city import person
from gongkai.accounts.domain import administration, people
from gongkai.accounts.errors import (
    BackdatedError,
    LastAdministratorError,
    NotPermittedError,
    SelfServiceError,
    UsernameTakenError,
)
from gongkai.accounts.models import Grant, Role, User
from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry

TODAY = date(2025, 6, 3)
ENTRY = {"name": "陈新", "position": "科员", "telephone": "0590-1111111", "day": TODAY}


def register(by, unit, username="chenxin"):
    return administration.register(by=by, today=TODAY, unit=unit, username=username, **ENTRY)


def give(by, user, unit, role=Role.HANDLER, **fields):
    return administration.give(by=by, today=TODAY, user=user, role=role, unit=unit, **({"day": TODAY} | fields))


def test_a_competent_department_registers_within_its_subtree(staff, city):
    officer, password = register(staff.zheng, city.below)
    assert (officer.unit, officer.user.must_change_password, officer.trained_on) == (city.below, True, None)
    assert officer.user.check_password(password) is True
    with pytest.raises(NotPermittedError, match="不能为机构 HL-010 备案人员"):
        register(staff.zheng, city.bureau, "other")
    with pytest.raises(NotPermittedError):
        register(staff.he, city.bureau, "other")


def test_one_time_passwords_differ_and_are_strong(db):
    found = {administration.one_time_password() for _ in range(50)}
    assert (len(found), {len(password) for password in found}) == (50, {19})


def test_a_user_name_is_given_once_in_any_case(staff, city):
    with pytest.raises(UsernameTakenError, match="用户名 LIN 已被使用"):
        register(staff.zhou, city.bureau, "LIN")


def test_training_is_recorded_by_the_superior_and_rights_begin_with_it(staff, city):
    officer, _ = register(staff.zheng, city.below)
    give(staff.zheng, officer.user, city.below)
    assert scope_of(officer.user, TODAY).readable == frozenset()
    with pytest.raises(NotPermittedError):
        administration.train(by=staff.lin, today=TODAY, officer=officer, day=TODAY, training="甲")
    administration.train(by=staff.zheng, today=TODAY, officer=officer, day=TODAY, training="跟岗五日")
    assert scope_of(officer.user, TODAY).readable == {city.below.pk}
    with pytest.raises(SelfServiceError):
        administration.train(by=staff.zheng, today=TODAY, officer=staff.zheng.officer, day=TODAY, training="甲")


def test_who_gave_a_role_is_kept(staff, city):
    assert give(staff.zheng, staff.lin, city.below, Role.FIRST_REVIEWER).given_by == staff.zheng
    entry = Entry.objects.last()
    assert (entry.act, entry.actor, entry.unit) == ("accounts.granted", "zheng", "HL-101")


@pytest.mark.parametrize("role", Role)
def test_nobody_gives_a_role_to_himself(staff, city, role):
    for by in (staff.ops, staff.zhou):
        with pytest.raises(SelfServiceError, match="不能给自己授权"):
            give(by, by, city.below, role)


def test_nobody_gives_beyond_his_own_subtree(staff, city):
    with pytest.raises(NotPermittedError, match="不能授予机构 HL-010的"):
        give(staff.zheng, staff.lin, city.bureau)
    with pytest.raises(NotPermittedError, match="HL-000及其下级"):
        give(staff.zheng, staff.lin, city.root, with_subtree=True)
    narrow = person("narrow", city.zone, Role.COMPETENT)
    give(narrow, staff.lin, city.zone)
    with pytest.raises(NotPermittedError):
        give(narrow, staff.lin, city.zone, Role.FIRST_REVIEWER, with_subtree=True)


def test_only_an_administrator_makes_administrators(staff, city):
    with pytest.raises(NotPermittedError, match="系统管理员由系统管理员授予"):
        give(staff.zhou, staff.lin, city.root, Role.ADMINISTRATOR)
    assert give(staff.ops, staff.lin, city.root, Role.ADMINISTRATOR).role == Role.ADMINISTRATOR


def test_rights_do_not_reach_back(staff, city):
    with pytest.raises(BackdatedError, match="早于今天"):
        give(staff.zhou, staff.lin, city.bureau, day=TODAY - timedelta(days=1))


def test_a_role_is_ended_by_whoever_may_give_it(staff, city):
    held = Grant.objects.get(user=staff.lin)
    with pytest.raises(NotPermittedError, match="不能终止这项授权"):
        administration.end(by=staff.he, today=TODAY, grant=held)
    administration.end(by=staff.zheng, today=TODAY, grant=held)
    assert scope_of(staff.lin, TODAY).readable == frozenset()
    with pytest.raises(NotPermittedError):
        administration.end(by=staff.zheng, today=TODAY, grant=Grant.objects.get(pk=held.pk))
    whole = Grant.objects.get(user=staff.zheng)
    with pytest.raises(NotPermittedError):
        administration.end(by=person("narrow", city.zone, Role.COMPETENT), today=TODAY, grant=whole)


def test_a_closed_account_may_do_nothing_and_can_be_opened_again(staff):
    administration.deactivate(by=staff.zheng, today=TODAY, user=staff.lin, reason="调离")
    lin = User.objects.get(pk=staff.lin.pk)
    assert (lin.is_active, scope_of(lin, TODAY).units) == (False, {})
    _, password = administration.reactivate(by=staff.zheng, today=TODAY, user=lin, reason="返岗")
    lin.refresh_from_db()
    assert (lin.is_active, lin.must_change_password, lin.check_password(password)) == (True, True, True)
    acts = list(Entry.objects.order_by("sequence").values_list("act", flat=True))[-3:]
    assert acts == ["accounts.deactivated", "accounts.reactivated", "accounts.password_renewed"]


@pytest.mark.parametrize("verb", ["renew_password", "end_sessions", "forget_second_factor", "deactivate"])
def test_an_account_that_reaches_further_is_not_managed(staff, city, verb):
    act = getattr(administration, verb)
    more = {"reason": "甲"} if verb == "deactivate" else {}
    people.grant(user=staff.lin, role=Role.HANDLER, unit=city.bureau, day=date(2099, 1, 1), actor=SYSTEM)
    for user in (staff.lin, staff.zhou, staff.ops, staff.he):
        with pytest.raises(NotPermittedError, match="超出您主管的机构范围"):
            act(by=staff.zheng, today=TODAY, user=user, **more)
    with pytest.raises(SelfServiceError):
        act(by=staff.ops, today=TODAY, user=staff.ops, **more)
    act(by=staff.ops, today=TODAY, user=staff.lin, **more)


def test_the_last_administrator_who_can_sign_on_stays(staff, city):
    second = person("second", city.root, Role.ADMINISTRATOR)
    administration.deactivate(by=staff.ops, today=TODAY, user=second, reason="退休")
    third = person("third", city.root, Role.ADMINISTRATOR)
    administration.deactivate(by=third, today=TODAY, user=staff.ops, reason="退休")
    second.is_active = True
    with pytest.raises(LastAdministratorError, match="停用后将无人能管理系统"):
        administration.deactivate(by=second, today=TODAY, user=third, reason="退休")


def test_a_renewed_password_replaces_the_old_one(staff, rf):
    request = rf.post("/")
    password = administration.renew_password(by=staff.zhou, today=timezone.localdate(), user=staff.lin)
    assert authenticate(request, username="lin", password="right-Password-1") is None
    assert authenticate(request, username="lin", password=password) == staff.lin
