"""The pages of a checking unit: what it checks, and the figures of an aspect in all reports, confirmed in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from gongkai.reporting import rules
from gongkai.reporting.domain import confirming
from gongkai.reporting.errors import ReportingError
from gongkai.reporting.models import Checker
from gongkai.reporting.queries.checking import desks
from gongkai.reporting.queries.submissions import readable
from gongkai.reporting.views.access import UNPROCESSABLE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from gongkai.reporting.queries.checking import Checked


PAGE = 20


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List what the person's units check, the latest year first, with how many reports wait."""
    if not rules.checks_reports(request.scope):
        raise Http404
    found = Checker.objects.filter(unit__in=request.scope.of(*rules.CONFIRMING)).select_related("campaign")
    rows = found.order_by("-campaign__year", "campaign", "aspect", "unit")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/checks.html", {"page": page, "desks": desks(page.object_list)})


def check(request: HttpRequest, number: int, aspect: str) -> HttpResponse:
    """Show the reports of a campaign (``number``) with figures of an aspect; when posted, say what is right."""
    found = Checker.objects.select_related("campaign")
    checker = get_object_or_404(found, campaign=number, aspect=aspect)
    if not rules.may_confirm(request.scope, checker):
        raise Http404
    desk = desks([checker])[0]
    problem, typed = "", {}
    if request.method == "POST":
        typed = _typed(request.POST, [*desk.waiting, *desk.done])
        problem = _confirm(request, checker, typed) if typed else "没有选择：请对每份核对过的报告选择“一致”或“不一致”。"
        if not problem:
            messages.success(request, f"已登记 {len(typed)} 份报告的核对意见。")
            return redirect("reporting:check", number, aspect)
    theirs = [one.submission.pk for one in (*desk.waiting, *desk.done)]
    may_open = set(readable(request.scope).filter(pk__in=theirs).values_list("pk", flat=True))
    context = {
        "checker": checker,
        "desk": desk,
        "problem": problem,
        "may_open": may_open,
        "typed": {one.submission.pk: (choice, opinion) for one, choice, opinion in typed.values()} if typed else {},
    }
    return render(request, "reporting/check.html", context, status=UNPROCESSABLE if problem else 200)


def _typed(data: QueryDict, rows: list[Checked]) -> dict[int, tuple[Checked, str, str]]:
    """Return what was chosen, by report: ``yes`` or ``no``, and the opinion."""
    return {
        one.submission.pk: (one, choice, data.get(f"opinion-{one.submission.pk}", "")[:500])
        for one in rows
        if (choice := data.get(f"agrees-{one.submission.pk}", "")) in {"yes", "no"}
    }


def _confirm(request: HttpRequest, checker: Checker, typed: dict[int, tuple[Checked, str, str]]) -> str:
    """Say all of it or nothing; return what was wrong."""
    acting = {"user": request.user, "today": request.today, "checker": checker}
    try:
        with transaction.atomic():
            for key, (one, choice, opinion) in typed.items():
                seen = request.POST.get(f"seen-{key}", "")
                confirming.confirm(
                    submission=one.submission,
                    agrees=choice == "yes",
                    opinion=opinion if choice == "no" else "",
                    seen=int(seen) if seen.isdecimal() else -1,
                    **acting,
                )
    except ReportingError as error:
        return f"《{one.submission.title}》：{error}本次选择都没有登记。"
    return ""
