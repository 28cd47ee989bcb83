"""The people of the prefecture-level city: those of each body, and those above the city and above each county."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongkai.accounts.domain import people
from gongkai.accounts.models import Role
from gongkai.demo import founding, prose
from gongkai.demo.founding import Account
from gongkai.demo.prefecture.places import ROOT
from gongkai.journal.domain.entry import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from gongkai.accounts.models import User
    from gongkai.demo.city import City
    from gongkai.demo.founding import Cast

STARTED = date(2018, 1, 2)
"""The day on which the city's people have their rights."""

_ABOVE = {
    Role.COMPETENT: ("zhuguan", "政务公开科科长"),
    Role.SUPERVISOR: ("jiandu", "社会监督员"),
    Role.AUDITOR: ("neishen", "审计人员"),
    Role.ADMINISTRATOR: ("guanli", "系统管理员"),
}


def employ(city: City, cast: Cast, random: Random, password: str) -> Iterator[int]:
    """Open all accounts; yield how many at a time. ``cast.people[code, COMPETENT]`` is over a government and below."""
    hashed = make_password(password)  # Once: it is one password, and its hash is slow on purpose.
    yield from founding.staff(city, cast, random, hashed, STARTED)
    with transaction.atomic():
        for role, (username, position) in _ABOVE.items():
            user = founding.person(username, prose.person(random), hashed)
            _set_over(cast, user, role, ROOT, position)
            cast.people["", role] = user
            cast.accounts.append(Account(Role(role).label, "全市", user.username))
    yield len(_ABOVE)
    counties = [place for place in city.places if place.kind == "government" and place.code != ROOT]
    with transaction.atomic():
        for place in counties:
            user = founding.person(f"{place.slug}.zhuguan", prose.person(random), hashed)
            _set_over(cast, user, Role.COMPETENT, place.code, "政务公开股股长")
            cast.accounts.append(Account(Role.COMPETENT.label, place.short, user.username))
    yield len(counties)


def _set_over(cast: Cast, user: User, role: Role, code: str, position: str) -> None:
    """Give ``user`` a role at the unit with ``code`` and at everything below it."""
    unit = cast.units[code]
    founding.register(user, unit, position, STARTED)
    people.grant(user=user, role=role, unit=unit, day=STARTED, actor=SYSTEM, with_subtree=True)
    cast.people[code, role] = user
