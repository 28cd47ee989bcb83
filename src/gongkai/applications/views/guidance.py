"""The guidance desk and the precedents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.accounts.models import Role
from gongkai.applications import rules
from gongkai.applications.domain import guiding
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.beside import PrecedentFilter, ReplyForm, WithdrawPrecedentForm
from gongkai.applications.models import Guidance
from gongkai.applications.queries import beside
from gongkai.search.port import SearchUnavailableError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20
UNPROCESSABLE = 422


def index(request: HttpRequest) -> HttpResponse:
    """List the questions of the person's units, the unanswered first."""
    _demand_reader(request)
    found = beside.questions(request.scope).order_by("answered_on", "-asked_on", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "applications/guidance/list.html", {"page": page})


def detail(request: HttpRequest, number: int, form: ReplyForm | None = None) -> HttpResponse:
    """Show a question, with the form to answer it for whoever may."""
    _demand_reader(request)
    guidance = _readable(request, number)
    may_reply = request.scope.may(guidance.unit_id, Role.COMPETENT)
    may_withdraw = may_reply and guidance.is_precedent
    context = {
        "guidance": guidance,
        "is_mine": guidance.unit_id in rules.units_read(request.scope),
        "form": (form or ReplyForm()) if may_reply and guidance.answered_on is None else None,
        "withdrawing": WithdrawPrecedentForm() if may_withdraw else None,
    }
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "applications/guidance/detail.html", context, status=status)


@require_POST
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a question."""
    guidance = get_object_or_404(beside.questions(request.scope), pk=number)
    form = ReplyForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            guiding.reply(
                guidance=guidance,
                answer=data["answer"],
                user=request.user,
                today=request.today,
                is_precedent=data["is_precedent"],
                facts={name: data[name] for name in ("outcome", "articles", "keywords")},
            )
        except ApplicationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已答复。")
            return redirect("applications:guidance", number)
    return detail(request, number, form)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a precedent out of the library."""
    guidance = get_object_or_404(beside.questions(request.scope), pk=number)
    try:
        guiding.withdraw_precedent(
            guidance=guidance, user=request.user, today=request.today, reason=request.POST.get("reason", "")
        )
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, "已撤出案例库。")
    return redirect("applications:guidance", number)


def precedents(request: HttpRequest) -> HttpResponse:
    """Look for precedents; where the index fails it says so, and never shows an empty list."""
    _demand_reader(request)
    form = PrecedentFilter(request.GET or None)
    data = form.cleaned_data if form.is_valid() else {}
    context = {"form": form, "limit": beside.FOUND}
    try:
        found = beside.precedents(data.get("text", ""), data.get("outcome", ""))
    except SearchUnavailableError:
        return render(request, "applications/guidance/precedents.html", context | {"is_broken": True}, status=503)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "applications/guidance/precedents.html", context | {"page": page})


def _demand_reader(request: HttpRequest) -> None:
    if not rules.reads_cases(request.scope):
        raise Http404


def _readable(request: HttpRequest, number: int) -> Guidance:
    """Return a question of the person's units, or a precedent of anybody's."""
    guidance = get_object_or_404(
        Guidance.objects.select_related("unit", "application", "asked_by", "answered_by"), pk=number
    )
    if not guidance.is_precedent and guidance.unit_id not in rules.units_read(request.scope):
        raise Http404
    return guidance
