"""The page of one case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse

from gongkai.applications import panels, rules
from gongkai.applications.forms.acts import REASONS, ActForm
from gongkai.applications.letters.kinds import kind_for
from gongkai.applications.queries.case import Case, Entry, capped, case_of
from gongkai.applications.queries.similar import to_application

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from gongkai.applications.domain.identity import Identity
    from gongkai.applications.models import Application
    from gongkai.applications.views.acts import Act
    from gongkai.law.clock.outlook import Option


@dataclass(frozen=True, slots=True)
class Opened:
    """The act whose form is open. ``entered`` is what others entered meanwhile, with the message ``changed``."""

    act: Act
    form: ActForm
    changed: str = ""
    entered: list[Entry] = field(default_factory=list)
    is_elsewhere: bool = False


def shown(request: HttpRequest, application: Application) -> Case:
    """Return the case as of the day asked for (``as_of``), today's where none or no possible one was."""
    day = None
    try:
        asked = date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        asked = None
    if asked is not None and application.arrived_on <= asked < request.today:
        day = asked
    return case_of(application, request.today, day)


def page(
    request: HttpRequest,
    application: Application,
    acts: Sequence[Act],
    opened: Opened | None = None,
    *,
    case: Case | None = None,
    people: list[Identity] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show ``application``; ``opened`` is the act at hand, ``people`` the applicants in clear where just revealed."""
    case = case or shown(request, application)
    offered = [] if case.is_past else _offered(request, case, acts)
    by_kind = {kind: act for act in offered for kind in act.kinds}
    may_do = opened is None or opened.act.rule(request.scope, application)
    blocked = _blocked(case, opened) if opened is not None and not opened.form.is_bound else []
    context = {
        "case": case,
        "application": application,
        "people": people or case.people,
        "is_revealed": people is not None,
        "may_reveal": rules.may_reveal(request.scope, application),
        "reasons": REASONS,
        "place": reverse("applications:detail", args=[application.pk]),
        "may_handle": rules.may_handle(request.scope, application),
        "groups": _grouped(offered),
        "steps": [
            (option, by_kind.get(option.kind), kind_for(option.kind), capped(option, case.course))
            for option in case.may
        ],
        "opened": opened if may_do and not blocked else None,
        "blocked": blocked,
        "is_refused": not may_do,
        "panels": [] if case.is_past else panels.panels_for(application, request.scope, request.today),
        "likenesses": to_application(application)[:3] if _is_new(case) else [],
    }
    response = render(request, "applications/case.html", context, status=status)
    if people is not None:
        response["Cache-Control"] = "no-store"
    return response


def _is_new(case: Case) -> bool:
    """Tell whether nobody has the case in hand yet: that is when one looks whether it was asked for before."""
    return case.course is not None and case.course.is_pending and case.application.handler_id is None


def _offered(request: HttpRequest, case: Case, acts: Sequence[Act]) -> list[Act]:
    """Return the acts the person may do and the law allows today."""
    allowed = {option.kind for option in case.may}
    return [
        act
        for act in acts
        if act.rule(request.scope, case.application)
        and (not act.kinds or not allowed.isdisjoint(act.kinds))
        and (act.fits is None or act.fits(case))
    ]


def _blocked(case: Case, opened: Opened) -> list[Option]:
    """Return why the law forbids the act at hand today; nothing where it allows it in some form."""
    if any(option.kind in opened.act.kinds for option in case.may):
        return []
    return [option for option in case.may_not if option.kind in opened.act.kinds]


def _grouped(acts: Sequence[Act]) -> list[tuple[str, list[Act]]]:
    """Return the acts by group; those that the law's own options lead to already stand there."""
    groups: dict[str, list[Act]] = {}
    for act in (one for one in acts if not one.kinds):
        groups.setdefault(act.group, []).append(act)
    return list(groups.items())
