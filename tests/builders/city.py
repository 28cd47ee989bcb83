"""A small city with people in every role: what the tests of screens stand on."""

from datetime import date

from gongkai.accounts.domain import people
from gongkai.accounts.models import User
from gongkai.journal.domain.entry import SYSTEM
from gongkai.units.domain import structure
from gongkai.units.models import Kind

FOUNDED = date(2010, 1, 1)


def unit(code, name, parent=None, kind=Kind.DEPARTMENT, day=FOUNDED):
    """Establish a unit; its short name is its name."""
    return structure.establish(
        code=code,
        kind=kind,
        name=name,
        short_name=name,
        parent=parent,
        day=day,
        document="岚政〔2010〕1号",
        actor=SYSTEM,
    )


def person(username, where, *roles, name=None, with_subtree=False, trained=True):
    """Register somebody at a unit, with roles there."""
    user = User.objects.create_user(username, password="right-Password-1", name=name or username)
    officer = people.register(
        user=user, unit=where, position="科员", telephone="0000-0000000", day=FOUNDED, actor=SYSTEM
    )
    if trained:
        people.record_training(officer=officer, day=FOUNDED, training="跟岗五日", actor=SYSTEM)
    for role in roles:
        people.grant(user=user, role=role, unit=where, day=FOUNDED, actor=SYSTEM, with_subtree=with_subtree)
    return user
