"""One decision, and what can be noted about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.errors import AccountError
from gongkai.decisions import clock, rules
from gongkai.decisions.domain import publication
from gongkai.decisions.errors import DecisionsError
from gongkai.decisions.forms.acts import ChangeForm, PublishForm, WithdrawForm
from gongkai.decisions.masking import shown_party
from gongkai.decisions.models import PUBLICISED, Decision
from gongkai.decisions.queries.register import readable, withdrawal_is_late
from gongkai.tables.sheet import SHEET_SPAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a decision; a person's name stays masked until it is asked for."""
    return _show(request, _decision(request, number))


@require_POST
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """Show a decision with the full name of the person; that it was read is in the journal."""
    decision = _decision(request, number)
    return _show(request, decision, publication.reveal(decision=decision, user=request.user))


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Enter the publication day of the decisions that were ticked."""
    form = PublishForm(request.POST, today=request.today)
    chosen = [int(key) for key in request.POST.getlist("chosen") if key.isdigit()]
    known = list(readable(request.scope).filter(pk__in=chosen).values_list("pk", flat=True))
    back = redirect(f"{reverse('decisions:list')}?{QueryDict(request.POST.get('filters', '')).urlencode()}")
    if not known or not form.is_valid():
        messages.error(request, "未登记：请先勾选决定，并填写公示日期。", extra_tags="danger")
        return back

    def act() -> str:
        day = form.cleaned_data["published_on"]
        count = publication.publish(decisions=known, published_on=day, user=request.user, day=request.today)
        return f"已登记 {count} 件决定的公示日期 {day}。"

    _act(request, act)
    return back


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Note that the decision was changed or annulled."""
    return _noted(
        request, number, ChangeForm, publication.change, "已登记。已公示的行政处罚决定须在 3 个工作日内撤回公示。"
    )


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Note that the publication was taken back."""
    return _noted(request, number, WithdrawForm, publication.withdraw, "已登记撤回公示。")


def _decision(request: HttpRequest, number: int) -> Decision:
    return get_object_or_404(readable(request.scope).select_related("batch"), pk=number)


def _show(request: HttpRequest, decision: Decision, party: str | None = None) -> HttpResponse:
    scope = request.scope
    sheet_row = decision.row % SHEET_SPAN if decision.batch.format == "xlsx" else decision.row
    context = {
        "decision": decision,
        "unit_name": request.tree.name(decision.unit_id),
        "party": party or shown_party(decision),
        "is_masked": party is None and shown_party(decision) != decision.party,
        "row": sheet_row,
        "publicity": clock.publicity(decision.decided_on) if decision.kind in PUBLICISED else None,
        "withdrawal": clock.withdrawal(decision.state_on) if rules.must_withdraw(decision) else None,
        "is_withdrawal_late": withdrawal_is_late(decision, request.today),
        "publish": PublishForm(today=request.today) if rules.may_publish(scope, decision) else None,
        "change": ChangeForm(today=request.today) if rules.may_change(scope, decision) else None,
        "withdraw": WithdrawForm(today=request.today) if rules.may_withdraw(scope, decision) else None,
    }
    return render(request, "decisions/detail.html", context)


def _noted(
    request: HttpRequest, number: int, form_class: type[forms.Form], verb: Callable[..., object], words: str
) -> HttpResponse:
    decision = _decision(request, number)
    form = form_class(request.POST, today=request.today)
    if not form.is_valid():
        problems = "".join(f"{form.fields[name].label}：{found[0]}" for name, found in form.errors.items())
        messages.error(request, f"未登记：{problems}", extra_tags="danger")
        return redirect("decisions:detail", decision.pk)

    def act() -> str:
        verb(decision=decision.pk, user=request.user, day=request.today, **form.cleaned_data)
        return words

    _act(request, act)
    return redirect("decisions:detail", decision.pk)


def _act(request: HttpRequest, act: Callable[[], str]) -> None:
    try:
        messages.success(request, act())
    except (DecisionsError, AccountError) as error:
        messages.error(request, str(error), extra_tags="danger")
