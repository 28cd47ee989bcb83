"""The officers' register: the list, one person, a new entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from gongkai.accounts import rules
from gongkai.accounts.domain import administration
from gongkai.accounts.errors import AccountError
from gongkai.accounts.forms import FilterForm, GrantForm, ReasonForm, RegisterForm, TrainingForm
from gongkai.accounts.queries import register
from gongkai.accounts.queries.reach import reach_of

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from gongkai.accounts.models import Grant, User

PAGE = 20


def people(request: HttpRequest) -> HttpResponse:
    """List the accounts of the units that the person watches over."""
    _allow(request)
    form = FilterForm(request.GET or None, scope=request.scope, tree=request.tree)
    found = register.listed(request.scope, request.tree, **form.wanted)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "accounts/list.html",
        {"form": form, "page": page, "may_register": rules.may_register_anywhere(request.scope)},
    )


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show one person: registration, training, roles, account."""
    return page_of(request, seen(request, number))


@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Register a person; the one-time password is shown once, on the page that answers."""
    if not rules.may_register_anywhere(request.scope):
        raise PermissionDenied("人员由主管部门和系统管理员备案。")
    form = RegisterForm(
        request.POST or None,
        scope=request.scope,
        tree=request.tree,
        initial={"day": request.today, "unit": request.GET.get("unit")},
    )
    if form.is_valid():
        try:
            officer, password = administration.register(by=request.user, today=request.today, **form.cleaned_data)
        except AccountError as error:
            form.blame(error)
        else:
            return render(request, "accounts/password.html", {"person": officer.user, "password": password})
    return render(request, "accounts/register.html", {"form": form})


def seen(request: HttpRequest, number: int) -> User:
    """Return the account, if it is one of those the person watches over; 404 otherwise."""
    return get_object_or_404(register.visible(request.scope), pk=number)


def page_of(request: HttpRequest, person: User, **forms_filled: forms.Form) -> HttpResponse:
    """Show a person's page; ``forms_filled`` are forms that came back with mistakes."""
    officer = getattr(person, "officer", None)
    reach = reach_of(person, request.tree)
    may_manage = rules.may_manage(request.scope, request.user, person, reach.units, reach.roles)
    is_self = person.pk == request.user.pk
    may_train = officer is not None and not is_self and rules.may_answer_for(request.scope, officer.unit_id)
    may_give = not is_self and rules.may_register_anywhere(request.scope)
    grants = person.grants.select_related("unit", "given_by").order_by("ends_on", "begins_on", "pk")
    return render(
        request,
        "accounts/detail.html",
        {
            "person": person,
            "officer": officer,
            "rows": [(grant, _may_end(request, grant)) for grant in grants],
            "is_trained": officer is not None
            and officer.trained_on is not None
            and officer.trained_on <= request.today,
            "training": _training(request, forms_filled) if may_train or "training" in forms_filled else None,
            "granting": _granting(request, forms_filled) if may_give or "granting" in forms_filled else None,
            "closing": forms_filled.get("closing") or ReasonForm(auto_id="close_%s"),
            "may_manage": may_manage,
            "has_factor": Authenticator.objects.filter(user=person, type="totp").exists() if may_manage else None,
            "sessions": UserSession.objects.filter(user=person).count() if may_manage else None,
        },
        status=422 if forms_filled else 200,
    )


def _training(request: HttpRequest, filled: dict[str, forms.Form]) -> forms.Form:
    return filled.get("training") or TrainingForm(initial={"day": request.today}, auto_id="train_%s")


def _granting(request: HttpRequest, filled: dict[str, forms.Form]) -> forms.Form:
    return filled.get("granting") or GrantForm(
        scope=request.scope, tree=request.tree, initial={"day": request.today}, auto_id="grant_%s"
    )


def _may_end(request: HttpRequest, grant: Grant) -> bool:
    covered = request.tree.below([grant.unit_id]) if grant.with_subtree else {grant.unit_id}
    return rules.may_end(request.scope, grant, covered)


def _allow(request: HttpRequest) -> None:
    if rules.watched(request.scope) == frozenset():
        raise PermissionDenied("备案人员名册由工作机构负责人、主管部门、监督和审计人员查阅。")
