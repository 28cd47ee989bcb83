"""What the checks find: the cases of the person's units by code, and all about one case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.accounts.paging import BoundedPaginator
from gongkai.applications import rules
from gongkai.applications.checks.catalogue import CODES, SEVERITIES
from gongkai.applications.domain import closing
from gongkai.applications.domain.projection import course_of
from gongkai.applications.errors import ApplicationError
from gongkai.applications.queries.checks import findings, findings_of, flagged, tally
from gongkai.applications.views.access import application_of, demand_reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


def index(request: HttpRequest) -> HttpResponse:
    """List the cases in which a check speaks; the findings shown are of this moment."""
    demand_reader(request)
    units = rules.units_read(request.scope)
    code = request.GET.get("code", "")
    severity = request.GET.get("severity", "")
    asked = request.GET.get("unit", "")
    wanted = {
        "code": code if code in CODES else "",
        "severity": severity if severity in SEVERITIES else "",
        "unit": int(asked) if asked.isdecimal() and int(asked) in units else None,
    }
    found = flagged(request.scope, request.tree, **wanted)
    page = BoundedPaginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": list(findings_of(page, request.today)),
        "codes": tally(request.scope).items(),
        "captions": CODES,
        "severities": SEVERITIES.items(),
        "units": request.tree.outline(units),
        "is_narrowed": any(wanted.values()),
        **wanted,
    }
    return render(request, "applications/checks/list.html", context)


def case(request: HttpRequest, number: int) -> HttpResponse:
    """Show everything the checks find about one case, what takes long as well."""
    application = application_of(request, number)
    course = course_of(application, request.today)
    left = None if course is None else closing.left_of(application, course)
    context = {
        "application": application,
        "findings": [] if course is None else findings(application, course),
        "explained": frozenset() if course is None else closing.explained(course),
        "may_explain": bool(left and left.doubtful) and rules.may_handle(request.scope, application),
    }
    return render(request, "applications/checks/case.html", context)


@require_POST
def explain(request: HttpRequest, number: int) -> HttpResponse:
    """Enter a note that explains what was found."""
    application = application_of(request, number)
    seen = request.POST.get("seen", "")
    try:
        found = closing.explain(
            application=application,
            user=request.user,
            today=request.today,
            note=request.POST.get("note", "")[:300],
            seen=int(seen) if seen.isdecimal() else None,
        )
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, f"已登记说明：{'、'.join(dict.fromkeys(one.rule for one in found))}。")
    return redirect("applications:case-checks", number)
