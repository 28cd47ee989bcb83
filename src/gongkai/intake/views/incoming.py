"""The page of what came in from the web: calls to make, what is stuck, how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.paging import BoundedPaginator
from gongkai.applications.errors import ApplicationError
from gongkai.intake import rules
from gongkai.intake.domain import dealing
from gongkai.intake.models import Submission
from gongkai.intake.queries import incoming

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from gongkai.intake.models import Callback

PAGE = 20
MOST_STUCK = 100


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the calls to make, and for whoever runs the queue what is stuck in it."""
    return _page(request)


@require_POST
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """Show whom to call, once; the look is in the journal."""
    callback = _callback(request, number)
    clear = dealing.reveal(callback=callback, user=request.user, today=request.today)
    response = _page(request, callback, clear)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def done(request: HttpRequest, number: int) -> HttpResponse:
    """Enter what came of a call."""
    result = request.POST.get("result", "")[:200]
    try:
        dealing.done(callback=_callback(request, number), result=result, user=request.user, today=request.today)
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, "已登记办理情况，电话号码不再保留。")
    return redirect("intake:list")


@require_POST
def retry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have something that is stuck taken again."""
    _demand_operator(request, uuid)
    dealing.retry(pk=uuid, user=request.user, today=request.today)
    messages.success(request, "已安排重新转办，通常不超过一分钟。")
    return redirect("intake:list")


@require_POST
def dismiss(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Set something aside that never can be taken."""
    _demand_operator(request, uuid)
    reason = request.POST.get("reason", "")[:200]
    try:
        dealing.dismiss(pk=uuid, reason=reason, user=request.user, today=request.today)
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, "已剔除，理由记入操作日志。")
    return redirect("intake:list")


def _page(request: HttpRequest, called: Callback | None = None, clear: dict[str, str] | None = None) -> HttpResponse:
    scope = request.scope
    if not rules.looks_in(scope):
        raise Http404
    runs = rules.runs_queue(scope)
    context = {
        "page": BoundedPaginator(incoming.waiting(scope), PAGE).get_page(request.GET.get("page")),
        "calls": bool(rules.units_called(scope)),
        "runs": runs,
        "stuck": incoming.stuck()[:MOST_STUCK] if runs else (),
        "year": incoming.year_of(scope, request.today),
        "called": called,
        "clear": clear,
    }
    return render(request, "intake/incoming.html", context)


def _callback(request: HttpRequest, number: int) -> Callback:
    return get_object_or_404(incoming.callbacks(request.scope), pk=number)


def _demand_operator(request: HttpRequest, uuid: UUID) -> None:
    if not rules.runs_queue(request.scope):
        raise Http404
    get_object_or_404(Submission.objects.only("pk"), pk=uuid)
