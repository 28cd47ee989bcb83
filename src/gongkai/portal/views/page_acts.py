"""What can be done with a page besides writing it: one rule and one verb each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongkai.portal import rules
from gongkai.portal.domain import publishing
from gongkai.portal.domain.trace import PAGE
from gongkai.portal.forms.pages import ReasonForm
from gongkai.portal.models import APPLIED
from gongkai.portal.queries import office, published
from gongkai.records.errors import RecordError
from gongkai.review.errors import ReviewError
from gongkai.review.models import Review

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from gongkai.accounts.queries.scope import Scope
    from gongkai.portal.models import Page

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Act:
    """One act: where it is posted to (``editing:page-name``), what it is called, who may, its verb."""

    name: str
    title: str
    rule: Callable[[Scope, Page], bool]
    verb: Callable[..., Any]
    done: str
    form: type[ReasonForm] | None = None


ACTS = (
    Act("submit", "送审", rules.may_edit, publishing.submit, "已送审。"),
    Act("publish", "发布", rules.may_publish, publishing.publish, "已发布。"),
    Act("reopen", "另立修改稿", rules.may_reopen, publishing.reopen, "已转为草稿，修改后重新审核；公开的内容不变。"),
    Act("withdraw", "撤下", rules.may_withdraw, publishing.withdraw, "已撤下。", ReasonForm),
)
BY_NAME = {act.name: act for act in ACTS}


def page_of(request: HttpRequest, number: int) -> Page:
    """Return the page, or answer 404 where the person may not read it: it is not even said to exist."""
    return get_object_or_404(office.pages(request.scope), pk=number)


@require_GET
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a page as staff see it."""
    return _shown(request, page_of(request, number), None)


@require_POST
def do(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Do an act; a half-filled form comes back."""
    page, act = page_of(request, number), BY_NAME[name]
    form = act.form(request.POST) if act.form else None
    if form is not None and not form.is_valid():
        return _shown(request, page, form)
    try:
        act.verb(page=page, user=request.user, day=request.today, **(form.cleaned_data if form else {}))
    except (RecordError, ReviewError) as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, act.done)
    return redirect("editing:page", number)


def _shown(request: HttpRequest, page: Page, filled: ReasonForm | None) -> HttpResponse:
    allowed = [act for act in ACTS if act.rule(request.scope, page)]
    context = {
        "page": page,
        "address": published.address_of(page.kind, page.slug, page.parent.slug if page.parent else None),
        "buttons": [act for act in allowed if act.form is None],
        "withdraw": (filled or ReasonForm()) if BY_NAME["withdraw"] in allowed else None,
        "may_edit": rules.may_edit(request.scope, page),
        "records": published.listed_in(page),
        "is_applied": page.kind in APPLIED,
        "versions": page.versions.select_related("made_by").defer("body", "records").order_by("-number"),
        "reviews": Review.objects.filter(kind=PAGE, key=page.pk).select_related("author").order_by("-pk"),
    }
    return render(request, "portal/office/page.html", context, status=UNPROCESSABLE if filled else 200)
