"""A person may do what was granted, for the units it was granted for, in the days it holds: nothing else."""

from datetime import date

import pytest

from gongkai.accounts.domain import people
from gongkai.accounts.errors import AlreadyGrantedError, LastAdministratorError, TrainingOrderError
from gongkai.accounts.models import Role, User
from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.units.domain import structure
from gongkai.units.models import Kind

pytestmark = pytest.mark.django_db

FOUNDED, REGISTERED, TRAINED, TODAY = date(2010, 1, 1), date(2024, 3, 1), date(2024, 3, 15), date(2024, 6, 3)


def unit(code, parent=None, kind=Kind.DEPARTMENT):
    return structure.establish(
        code=code, kind=kind, name=code, short_name=code, parent=parent, day=FOUNDED, document="甲", actor=SYSTEM
    )


@pytest.fixture
def city():
    return unit("HL-000", kind=Kind.GOVERNMENT)


@pytest.fixture
def zone(city):
    return unit("HL-100", city, Kind.ZONE)


@pytest.fixture
def bureau(zone):
    return unit("HL-101", zone)


@pytest.fixture
def lin(zone):
    user = User.objects.create_user("lin", name="林一诺")
    officer = people.register(
        user=user, unit=zone, position="科员", telephone="0000-0000000", day=REGISTERED, actor=SYSTEM
    )
    people.record_training(officer=officer, day=TRAINED, training="市政务公开办跟岗五日", actor=SYSTEM)
    return user


def test_who_has_no_grant_may_do_nothing(lin):
    assert scope_of(lin, TODAY).readable == frozenset()


def test_a_role_reaches_its_unit_alone(lin, city, zone, bureau):
    people.grant(user=lin, role=Role.HANDLER, unit=zone, day=REGISTERED, actor=SYSTEM)
    scope = scope_of(lin, TODAY)
    assert [scope.may(one.pk, Role.HANDLER) for one in (city, zone, bureau)] == [False, True, False]
    assert scope.may(zone.pk, Role.FINAL_REVIEWER) is False


def test_a_role_with_the_subtree_reaches_what_is_below(lin, zone, bureau):
    people.grant(user=lin, role=Role.COMPETENT, unit=zone, day=REGISTERED, actor=SYSTEM, with_subtree=True)
    assert scope_of(lin, TODAY).of(Role.COMPETENT) == {zone.pk, bureau.pk}


def test_rights_begin_with_the_training(lin, zone):
    people.grant(user=lin, role=Role.HANDLER, unit=zone, day=REGISTERED, actor=SYSTEM)
    assert scope_of(lin, date(2024, 3, 14)).readable == frozenset()
    assert scope_of(lin, TRAINED).readable == {zone.pk}


def test_an_auditor_needs_no_training(city, zone):
    auditor = User.objects.create_user("shen", name="沈审计")
    people.grant(user=auditor, role=Role.AUDITOR, unit=city, day=REGISTERED, actor=SYSTEM, with_subtree=True)
    assert scope_of(auditor, TODAY).readable == {city.pk, zone.pk}


def test_an_administrator_reads_no_cases(city):
    operator = User.objects.create_user("ops", name="运维")
    people.grant(user=operator, role=Role.ADMINISTRATOR, unit=city, day=REGISTERED, actor=SYSTEM, with_subtree=True)
    scope = scope_of(operator, TODAY)
    assert (scope.is_administrator, scope.readable) == (True, frozenset())


def test_an_ended_grant_gives_nothing_from_its_last_day_on(lin, zone):
    held = people.grant(user=lin, role=Role.HANDLER, unit=zone, day=REGISTERED, actor=SYSTEM)
    people.revoke(grant=held, day=TODAY, actor=SYSTEM)
    assert scope_of(lin, date(2024, 6, 2)).readable == {zone.pk}
    assert scope_of(lin, TODAY).readable == frozenset()


def test_an_inactive_person_may_do_nothing(lin, zone):
    people.grant(user=lin, role=Role.HANDLER, unit=zone, day=REGISTERED, actor=SYSTEM)
    lin.is_active = False
    lin.save()
    assert scope_of(lin, TODAY).readable == frozenset()


def test_a_right_taken_away_is_gone_at_the_next_look(lin, zone):
    held = people.grant(user=lin, role=Role.HANDLER, unit=zone, day=REGISTERED, actor=SYSTEM)
    assert scope_of(lin, TODAY).may(zone.pk, Role.HANDLER) is True
    people.revoke(grant=held, day=REGISTERED, actor=SYSTEM)
    assert scope_of(lin, TODAY).may(zone.pk, Role.HANDLER) is False


def test_the_same_role_is_not_given_twice(lin, zone):
    people.grant(user=lin, role=Role.HANDLER, unit=zone, day=REGISTERED, actor=SYSTEM)
    with pytest.raises(AlreadyGrantedError, match="已是 HL-100 的“经办”"):
        people.grant(user=lin, role=Role.HANDLER, unit=zone, day=TODAY, actor=SYSTEM)


def test_training_before_registration_is_refused(lin):
    with pytest.raises(TrainingOrderError, match="早于备案日 2024-03-01"):
        people.record_training(officer=lin.officer, day=date(2024, 2, 1), training="甲", actor=SYSTEM)


def test_the_last_administrator_stays(city):
    operators = [User.objects.create_user(name, name=name) for name in ("甲", "乙")]
    grants = [
        people.grant(user=one, role=Role.ADMINISTRATOR, unit=city, day=REGISTERED, actor=SYSTEM) for one in operators
    ]
    people.revoke(grant=grants[0], day=TODAY, actor=SYSTEM)
    with pytest.raises(LastAdministratorError, match="最后一名系统管理员"):
        people.revoke(grant=grants[1], day=TODAY, actor=SYSTEM)


def test_every_right_given_is_in_the_journal(lin, zone):
    people.grant(user=lin, role=Role.HANDLER, unit=zone, day=REGISTERED, actor=people.actor_of(lin, zone))
    entry = Entry.objects.last()
    assert (entry.act, entry.actor, entry.unit) == ("accounts.granted", "lin", "HL-100")
    assert entry.detail == {"role": "handler", "unit": "HL-100", "with_subtree": False, "day": "2024-03-01"}


def test_what_nobody_does_is_the_act_of_the_system(zone):
    assert people.actor_of(None, zone) == SYSTEM


def test_a_scope_takes_three_queries(lin, zone, bureau, django_assert_num_queries):
    people.grant(user=lin, role=Role.HANDLER, unit=zone, day=REGISTERED, actor=SYSTEM)
    people.grant(user=lin, role=Role.FIRST_REVIEWER, unit=bureau, day=REGISTERED, actor=SYSTEM)
    with django_assert_num_queries(3):
        assert scope_of(lin, TODAY).readable == {zone.pk, bureau.pk}


def reformed(zone, bureau, **heir):
    structure.abolish(unit=bureau, day=TODAY, document="乙", actor=SYSTEM, **heir)


def test_the_papers_of_an_ended_unit_are_read_where_its_functions_went_and_acted_on_by_nobody(lin, city, zone, bureau):
    heir = unit("HL-002", city)
    people.grant(user=lin, role=Role.HANDLER, unit=heir, day=REGISTERED, actor=SYSTEM)
    reformed(zone, bureau, successor=heir)
    scope = scope_of(lin, TODAY)
    assert (scope.readable, scope.of(*Role.values)) == ({heir.pk, bureau.pk}, {heir.pk})
    assert scope_of(lin, date(2024, 6, 2)).readable == {heir.pk}


def test_whoever_was_over_an_ended_unit_still_reads_its_papers(lin, zone, bureau):
    people.grant(user=lin, role=Role.COMPETENT, unit=zone, day=REGISTERED, actor=SYSTEM, with_subtree=True)
    reformed(zone, bureau)
    scope = scope_of(lin, TODAY)
    assert (scope.readable, scope.of(Role.COMPETENT)) == ({zone.pk, bureau.pk}, {zone.pk})


def test_the_officers_of_an_ended_unit_read_its_papers_and_act_no_more(lin, zone, bureau):
    people.grant(user=lin, role=Role.HANDLER, unit=bureau, day=REGISTERED, actor=SYSTEM)
    reformed(zone, bureau, successor=zone)
    scope = scope_of(lin, TODAY)
    assert (scope.readable, scope.may(bureau.pk, Role.HANDLER)) == ({bureau.pk}, False)


def test_the_system_is_run_on_though_the_unit_of_its_administrator_ended(lin, zone, bureau):
    people.grant(user=lin, role=Role.ADMINISTRATOR, unit=bureau, day=REGISTERED, actor=SYSTEM)
    reformed(zone, bureau)
    assert scope_of(lin, TODAY).is_administrator
