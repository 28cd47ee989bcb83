"""Letting some of the answers of the year be contested, as many and with such ends as the figures say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.applications.models import Application, Stage
from gongkai.demo.cases import data
from gongkai.demo.sizes import YEAR
from gongkai.law.calendar import CHINA
from gongkai.remedies.domain import entering, registering
from gongkai.remedies.domain.registering import Contested, Notice
from gongkai.remedies.models import RemedyKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from gongkai.accounts.models import User
    from gongkai.demo.founding import Cast
    from gongkai.remedies.models import Remedy

_REFUSALS = ("N2", "N4", "N5", "N6", "N7", "P")
_OTHERS = ("U1a", "U1b", "D1", "U2", "N8")
"""Outcomes outside Articles 14 to 16: against those alone one may sue at once."""

_BEGIN, _LATEST = date(YEAR, 2, 1), date(YEAR, 8, 31)
_COURT, _SUPERIOR = "岚州市中级人民法院", "岚州市人民政府"
_VERTICAL = "岚州市行政复议委员会"


def contest(cast: Cast, random: Random) -> Iterator[int]:
    """Contest answers of ``YEAR``; yield one for each case."""
    refused, others = _answered(_REFUSALS), _answered(_OTHERS)
    random.shuffle(refused)
    random.shuffle(others)
    stock = data()["remedies"]
    results = [result for result, count in stock["reconsiderations"].items() for _ in range(count)]
    objects = [*refused[: len(results) - 3], *others[:3]]
    for application, result in zip(objects, results, strict=True):
        notified = CHINA.on_or_after(application.ended_on + timedelta(days=random.randint(15, 40)))
        _decide(
            _reconsider(application, notified, cast), result, notified + timedelta(days=random.randint(35, 55)), cast
        )
        yield 1
    pending = _late()
    notified = CHINA.on_or_after(date(YEAR, 12, 10))
    _decide(_reconsider(pending, notified, cast), stock["pending"], date(YEAR + 1, 2, 6), cast)
    yield 1
    _sue(others[3], stock["suit"], cast)
    yield 1


def _answered(outcomes: tuple[str, ...]) -> list[Application]:
    found = Application.objects.filter(
        stage=Stage.ANSWERED, outcome__in=outcomes, ended_on__range=(_BEGIN, _LATEST), is_secret=False
    )
    return list(found.select_related("unit").order_by("pk"))


def _late() -> Application:
    """Return the last answer given early enough in the autumn to be contested in December."""
    found = Application.objects.filter(
        stage=Stage.ANSWERED, outcome__in=_OTHERS, ended_on__range=(date(YEAR, 10, 15), date(YEAR, 11, 29))
    )
    return found.select_related("unit").order_by("ended_on", "pk")[0]


def _reconsider(application: Application, notified: date, cast: Cast) -> Remedy:
    unit = application.unit
    body = _SUPERIOR if unit.kind == "government" else _VERTICAL if unit.kind == "vertical" else "海岚市人民政府"
    filed = notified - timedelta(days=7)
    remedy = registering.register(
        unit=unit,
        kind=RemedyKind.RECONSIDERATION,
        body=body,
        notice=Notice(notified, filed_on=filed, accepted_on=notified - timedelta(days=2)),
        contested=Contested(_ground(application), application),
        user=_handler(application, cast),
        today=notified,
        claims="请求撤销答复，责令重新答复。",
    )
    _defend(remedy, CHINA.add(notified, 8), cast)
    return remedy


def _sue(application: Application, result: str, cast: Cast) -> None:
    notified = CHINA.on_or_after(application.ended_on + timedelta(days=30))
    remedy = registering.register(
        unit=application.unit,
        kind=RemedyKind.DIRECT,
        body=_COURT,
        notice=Notice(notified, filed_on=notified - timedelta(days=12), accepted_on=notified - timedelta(days=5)),
        contested=Contested(_ground(application), application),
        user=_handler(application, cast),
        today=notified,
        claims="请求判令限期公开。",
    )
    _defend(remedy, notified + timedelta(days=13), cast)
    _decide(remedy, result, notified + timedelta(days=75), cast)


def _defend(remedy: Remedy, day: date, cast: Cast) -> None:
    entering.enter(remedy=remedy, kind="answered", day=day, user=_handler(remedy, cast), today=day, with_evidence=True)


def _decide(remedy: Remedy, result: str, day: date, cast: Cast) -> None:
    day = CHINA.on_or_after(day)
    kind = result if result in {"withdrawn", "settled"} else "decided"
    params = {"result": result, "served": day} if kind == "decided" else {}
    entering.enter(remedy=remedy, kind=kind, day=day, user=_handler(remedy, cast), today=day, **params)


def _ground(application: Application) -> str:
    return "refusal" if application.outcome in _REFUSALS else "not_provided"


def _handler(about: Application | Remedy, cast: Cast) -> User:
    return cast.people[about.unit.code, Role.HANDLER]
