"""What is done to a person's rights and account. POST only; after an act back to the person's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.accounts.domain import administration
from gongkai.accounts.errors import AccountError
from gongkai.accounts.forms import GrantForm, ReasonForm, TrainingForm
from gongkai.accounts.models import Grant
from gongkai.accounts.views.register import page_of, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from gongkai.accounts.models import User


@require_POST
def train(request: HttpRequest, number: int) -> HttpResponse:
    """Record the training."""
    person = seen(request, number)
    officer = getattr(person, "officer", None)
    if officer is None:
        raise Http404
    form = TrainingForm(request.POST, auto_id="train_%s")
    if form.is_valid():
        try:
            administration.train(by=request.user, today=request.today, officer=officer, **form.cleaned_data)
        except AccountError as error:
            form.blame(error)
        else:
            messages.success(request, f"已登记{person.name}的跟岗培训，权限自 {form.cleaned_data['day']} 起生效。")
            return redirect("accounts:detail", person.pk)
    return page_of(request, person, training=form)


@require_POST
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Give a role."""
    person = seen(request, number)
    form = GrantForm(request.POST, scope=request.scope, tree=request.tree, auto_id="grant_%s")
    if form.is_valid():
        try:
            grant = administration.give(by=request.user, today=request.today, user=person, **form.cleaned_data)
        except AccountError as error:
            form.blame(error)
        else:
            messages.success(request, f"已授予{person.name}“{grant.get_role_display()}”。")
            return redirect("accounts:detail", person.pk)
    return page_of(request, person, granting=form)


@require_POST
def end(request: HttpRequest, number: int, grant: int) -> HttpResponse:
    """End a role."""
    person = seen(request, number)
    held = get_object_or_404(Grant.objects.select_related("unit", "user"), pk=grant, user=person)
    return _done(
        request,
        person,
        lambda: administration.end(by=request.user, today=request.today, grant=held),
        f"已终止{person.name}的“{held.get_role_display()}”，即时生效。",
    )


@require_POST
def deactivate(request: HttpRequest, number: int) -> HttpResponse:
    """Close the account."""
    person = seen(request, number)
    form = ReasonForm(request.POST, auto_id="close_%s")
    if not form.is_valid():
        return page_of(request, person, closing=form)
    return _done(
        request,
        person,
        lambda: administration.deactivate(by=request.user, today=request.today, user=person, **form.cleaned_data),
        f"已停用{person.name}的账号，其登录已全部结束。",
    )


@never_cache
@require_POST
def reactivate(request: HttpRequest, number: int) -> HttpResponse:
    """Open the account again and show its one-time password once."""
    person = seen(request, number)
    form = ReasonForm(request.POST, auto_id="close_%s")
    if not form.is_valid():
        return page_of(request, person, closing=form)
    return _with_password(
        request,
        person,
        lambda: administration.reactivate(by=request.user, today=request.today, user=person, **form.cleaned_data)[1],
    )


@never_cache
@require_POST
def renew_password(request: HttpRequest, number: int) -> HttpResponse:
    """Give a new one-time password and show it once."""
    person = seen(request, number)
    return _with_password(
        request, person, lambda: administration.renew_password(by=request.user, today=request.today, user=person)
    )


@require_POST
def end_sessions(request: HttpRequest, number: int) -> HttpResponse:
    """Sign the person off everywhere."""
    person = seen(request, number)
    return _done(
        request,
        person,
        lambda: administration.end_sessions(by=request.user, today=request.today, user=person),
        f"已结束{person.name}在所有设备上的登录。",
    )


@require_POST
def forget_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Remove a lost second factor."""
    person = seen(request, number)
    return _done(
        request,
        person,
        lambda: administration.forget_second_factor(by=request.user, today=request.today, user=person),
        f"已解除{person.name}的两步验证。",
    )


def _with_password(request: HttpRequest, person: User, act: Callable[[], str]) -> HttpResponse:
    try:
        password = act()
    except AccountError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("accounts:detail", person.pk)
    return render(request, "accounts/password.html", {"person": person, "password": password})


def _done(request: HttpRequest, person: User, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except AccountError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, words)
    return redirect("accounts:detail", person.pk)
