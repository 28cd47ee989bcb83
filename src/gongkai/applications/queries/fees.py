"""What an application could be charged (条例 Art 42; 国办函〔2020〕109号).

By items, an application costs what its place among those of the same applicant in one calendar month costs: the 41st
alone costs 300 yuan, not the total of the month. Places go by the day of receipt. Agencies are not pooled (109号 says
nothing of it: UNCONFIRMED), and an application withdrawn has no decision and no place (UNCONFIRMED likewise). The parts
of an application that was formally split count each, the whole no more.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.applications.domain import identity as identities
from gongkai.applications.fee_account import NOTICE, WAIVED
from gongkai.applications.models import Applicant, Application, Stage
from gongkai.law import fees

if TYPE_CHECKING:
    from datetime import date

    from gongkai.applications.course import Course
    from gongkai.law.fees import Fee


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one application could be charged: by items or by pages, never by both (109号 Art 3).

    ``cases`` are the ids of the applicant's applications of the month in the order of their receipt, ``place`` that of
    this one from 1. ``by_items`` is what this one costs, ``of_month`` what all of them cost. ``refusal`` says why
    no fee may be asked for; empty where one may.
    """

    cases: tuple[int, ...]
    place: int
    by_items: Fee
    of_month: Fee
    by_pages: Fee | None
    refusal: str = ""
    article: str = ""


def proposal(application: Application, course: Course, *, pages: int | None = None) -> Proposal | None:
    """Return what ``application`` could be charged; ``None`` while its receipt is not confirmed.

    ``pages`` is how many pages it would take, ``None`` where nobody said.
    """
    received = course.started_on
    if received is None:
        return None
    cases = of_month(application, received)
    place = cases.index(application.pk) + 1 if application.pk in cases else len(cases) + 1
    refusal, article = _refusal(course)
    return Proposal(
        cases=cases,
        place=place,
        by_items=fees.of_item(place),
        of_month=fees.by_items(max(place, len(cases))),
        by_pages=None if pages is None else fees.by_pages(pages),
        refusal=refusal,
        article=article,
    )


def of_month(application: Application, received: date) -> tuple[int, ...]:
    """Return the ids of the applications of the same applicant to the same agency received in the same month."""
    last = received.replace(day=calendar.monthrange(received.year, received.month)[1])
    theirs = Applicant.objects.filter(_same_person(application), is_proxy=False).values("application")
    found = Application.objects.filter(
        Q(pk__in=theirs) | Q(pk=application.pk),
        unit=application.unit_id,
        started_on__range=(received.replace(day=1), last),
    ).exclude(stage__in=(Stage.SPLIT, Stage.WITHDRAWN))
    return tuple(found.order_by("started_on", "arrived_on", "pk").values_list("pk", flat=True))


def _same_person(application: Application) -> Q:
    """Return the condition of being one of the applicants.

    The number of a document decides; a name alone would charge people of the same name, so without numbers on both
    sides the telephone must be the same too.
    """
    same = Q(pk__in=())
    for one in application.applicants.filter(is_proxy=False):
        clear = identities.opened(one)
        by_name = Q(name_index__in=identities.indexes("name", clear.name)) if clear.name else Q(pk__in=())
        by_name &= Q(telephone_index__in=identities.indexes("telephone", clear.telephone)) & ~Q(telephone_index="")
        if clear.proof_number:
            same |= Q(number_index__in=identities.indexes("proof_number", clear.proof_number))
            by_name &= Q(number_index="")
        if clear.telephone:
            same |= by_name
    return same


def _refusal(course: Course) -> tuple[str, str]:
    if any(event.kind == WAIVED for event in course.events):
        return "已决定免收信息处理费。", "《政府信息公开条例》第四十二条"
    assert course.clock is not None
    option = next(one for one in course.clock.allowed if one.kind == NOTICE)
    return option.reason, option.article
