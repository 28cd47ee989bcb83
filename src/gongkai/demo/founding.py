"""Founding the city: its bodies with the reform of 2019, its people and their chains, all by the verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.demo import prose
from gongkai.demo.city import words
from gongkai.demo.plan import STARTED
from gongkai.journal.domain.entry import SYSTEM
from gongkai.law.editions import edition
from gongkai.records.domain.trace import KIND
from gongkai.review.domain import chains
from gongkai.units.domain import guides, structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from random import Random

    from gongkai.demo.city import City, Place
    from gongkai.units.models import Unit

_ACCOUNTS = {
    Role.HANDLER: ("jingban", "科员"),
    Role.FIRST_REVIEWER: ("chushen", "股长"),
    Role.SECOND_REVIEWER: ("fushen", "办公室主任"),
    Role.FINAL_REVIEWER: ("zhongshen", "分管领导"),
    Role.SECRECY_REVIEWER: ("baomi", "保密员"),
    Role.OFFICE_HEAD: ("fuze", "公开工作机构负责人"),
}
_ABOVE = {
    Role.COMPETENT: ("zhuguan", "政务公开科科长", "HL-002"),
    Role.SUPERVISOR: ("jiandu", "社会监督员", "HL-001"),
    Role.AUDITOR: ("neishen", "审计人员", "HL-001"),
    Role.ADMINISTRATOR: ("guanli", "系统管理员", "HL-001"),
}
TELEPHONE = "0599-0000000"
_NOT_LOCAL = frozenset({Role.FIRST_REVIEWER, Role.SECOND_REVIEWER})


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it is shown: role, unit and user name."""

    role: str
    unit: str
    username: str


@dataclass(slots=True)
class Cast:
    """Who there is: units by code, people by code of the unit and role."""

    city: City
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[tuple[str, str], User] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)

    def chain(self, place: Place) -> Sequence[chains.StepPlan]:
        """Return the steps of the chain that ``place`` takes."""
        return chains.TOWN if place.is_local else chains.FULL


@transaction.atomic
def found(city: City) -> Cast:
    """Establish the bodies and carry out the reform."""
    cast = Cast(city)
    for position, place in enumerate(city.places):
        if not place.is_new:
            _establish(cast, city, place, position)
    for body in city.ended:
        cast.units[body.code] = structure.establish(
            code=body.code,
            kind=body.kind,
            name=city.name + body.short,
            short_name=body.short,
            parent=cast.units[city.places[0].code],
            day=city.founded,
            document=city.founding_document,
            actor=SYSTEM,
            position=900,
        )
    reform = {"day": city.reform, "document": city.reform_document, "actor": SYSTEM}
    for position, place in enumerate(city.places):
        if place.is_new:
            _establish(cast, city, place, position)
        elif place.former:
            structure.rename(unit=cast.units[place.code], name=place.name, short_name=place.short, **reform)
    for target in sorted({body.into for body in city.ended}):
        ending = [cast.units[body.code] for body in city.ended if body.into == target]
        structure.merge(units=ending, into=cast.units[target], **reform)
    for place in city.places:
        cast.units[place.code].refresh_from_db()
    return cast


def _establish(cast: Cast, city: City, place: Place, position: int) -> None:
    first = city.reform if place.is_new else city.founded
    cast.units[place.code] = structure.establish(
        code=place.code,
        kind=place.kind,
        name=city.name_on(place, first),
        short_name=place.former if place.former and first < city.reform else place.short,
        parent=cast.units.get(place.below),
        day=first,
        document=city.reform_document if place.is_new else city.founding_document,
        actor=SYSTEM,
        position=position,
    )


def employ(city: City, cast: Cast, random: Random, password: str) -> Iterator[int]:
    """Open the accounts of every body, and those above them; yield the number of accounts of each body."""
    hashed = make_password(password)  # Once: it is one password, and its hash is slow on purpose.
    yield from staff(city, cast, random, hashed)
    yield _above(cast, random, hashed)


def staff(city: City, cast: Cast, random: Random, hashed: str, since: date = STARTED) -> Iterator[int]:
    """Open the accounts of every body; yield their number for each. They have their rights from ``since`` on."""
    for place in city.places:
        with transaction.atomic():
            day = city.reform + timedelta(days=1) if place.is_new else since
            roles = [role for role in _ACCOUNTS if not (place.is_local and role in _NOT_LOCAL)]
            for role in roles:
                ending, position = _ACCOUNTS[role]
                user = person(f"{place.slug}.{ending}", prose.person(random), hashed)
                register(user, cast.units[place.code], position, day)
                people.grant(user=user, role=role, unit=cast.units[place.code], day=day, actor=SYSTEM)
                cast.people[place.code, role] = user
                cast.accounts.append(Account(Role(role).label, place.short, user.username))
        yield len(roles)


@transaction.atomic
def _above(cast: Cast, random: Random, hashed: str) -> int:
    for role, (name, position, code) in _ABOVE.items():
        unit = cast.units.get(code, cast.units["HL-001"])
        user = person(name, prose.person(random), hashed)
        register(user, unit, position, STARTED)
        # The whole city hangs below its government.
        people.grant(user=user, role=role, unit=cast.units["HL-001"], day=STARTED, actor=SYSTEM, with_subtree=True)
        cast.people["", role] = user
        cast.accounts.append(Account(Role(role).label, "全市", user.username))
    return len(_ABOVE)


def person(username: str, name: str, hashed: str) -> User:
    """Open an account."""
    user = User(username=username, name=name, password=hashed)
    user.save()
    return user


def register(user: User, unit: Unit, position: str, day: date) -> None:
    """Enter a person in the officers' register, trained on the day."""
    officer = people.register(user=user, unit=unit, position=position, telephone=TELEPHONE, day=day, actor=SYSTEM)
    people.record_training(officer=officer, day=day, training="政务公开科跟岗五个工作日", actor=SYSTEM)


@transaction.atomic
def set_guides(city: City, cast: Cast) -> None:
    """Write the guide of every body (条例 第十二条): what there is, how it is arranged and got, and whom to ask."""
    stock = {name: text.format(city=city.name) for name, text in words()["guide"].items()}
    for place in city.places:
        guides.set_guide(
            unit=cast.units[place.code],
            office=f"{place.short}政务公开科" if place.short.endswith("办公室") else f"{place.short}办公室",
            address=f"{city.name}滨海路{int(place.code[-3:])}号",
            hours="工作日 8:00—12:00，14:30—17:30（夏季15:00—18:00）",
            telephone=TELEPHONE,
            fax=TELEPHONE,
            email=f"{place.slug}@example.cn",
            channels=("internet", "fax"),
            day=edition("2019").in_force,
            actor=SYSTEM,
            **stock,
        )


@transaction.atomic
def set_chains(city: City, cast: Cast) -> None:
    """Make the full chain the preset, and give towns and streets the short one."""
    chains.set_chain(name="三审三校", kind=KIND, steps=chains.FULL, actor=SYSTEM)
    for place in city.places:
        if place.is_local:
            chains.set_chain(name="镇街流程", kind=KIND, steps=chains.TOWN, actor=SYSTEM, unit=cast.units[place.code])
