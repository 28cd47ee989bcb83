"""The reviewer's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.accounts.errors import AccountError
from gongkai.review import rules
from gongkai.review.domain import passage
from gongkai.review.errors import ReviewError
from gongkai.review.forms import DecisionForm, DeterminationForm, RecusalForm, ReferralForm
from gongkai.review.models import ReviewState, StepState
from gongkai.review.queries.detail import readable
from gongkai.review.queries.inbox import waiting_for
from gongkai.review.registry import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from gongkai.review.models import Review

PAGE = 20


def inbox(request: HttpRequest) -> HttpResponse:
    """List what waits for the person."""
    page = Paginator(waiting_for(request.user, request.scope), PAGE).get_page(request.GET.get("page"))
    return render(request, "review/inbox.html", {"page": page})


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a review with its steps, and decide its current step."""
    review = get_object_or_404(readable(request.scope), pk=number)
    step = review.steps.filter(state=StepState.CURRENT).first()
    problem = (
        passage.objection(review=review, step=step, user=request.user, day=request.today) if step is not None else None
    )
    form = DecisionForm(request.POST or None, step_kind=step.kind) if step is not None and problem is None else None
    if form is not None and request.method == "POST" and form.is_valid():
        return _done(request, review, lambda: _decide(request, review, form))
    return render(
        request,
        "review/detail.html",
        {
            "review": review,
            "steps": review.steps.select_related("reviewer"),
            "recusals": review.recusals.select_related("user"),
            "subject_url": subject_of(review.kind).url(review.key),
            "form": form,
            "problem": problem,
            "referral": ReferralForm() if form is not None else None,
            "recusal": RecusalForm() if form is not None else None,
            "determination": DeterminationForm() if _may_determine(request, review) else None,
            "may_withdraw": rules.may_withdraw(request.user, review),
        },
    )


@require_POST
def refer(request: HttpRequest, number: int) -> HttpResponse:
    """Refer the question of the current step to a department."""
    review = get_object_or_404(readable(request.scope), pk=number)
    form = ReferralForm(request.POST)
    if not form.is_valid():
        return _incomplete(request, review)
    verb = passage.refer
    return _done(
        request, review, lambda: verb(review=review, user=request.user, day=request.today, **form.cleaned_data)
    )


@require_POST
def determine(request: HttpRequest, number: int) -> HttpResponse:
    """Enter the answer to a referral."""
    review = get_object_or_404(readable(request.scope), pk=number)
    form = DeterminationForm(request.POST)
    if not form.is_valid() or not _may_determine(request, review):
        return _incomplete(request, review)
    return _done(request, review, lambda: passage.determine(review=review, user=request.user, **form.cleaned_data))


@require_POST
def recuse(request: HttpRequest, number: int) -> HttpResponse:
    """Stand aside."""
    review = get_object_or_404(readable(request.scope), pk=number)
    form = RecusalForm(request.POST)
    if not form.is_valid():
        return _incomplete(request, review)
    return _done(
        request,
        review,
        lambda: passage.recuse(review=review, user=request.user, day=request.today, **form.cleaned_data),
    )


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take the subject back."""
    review = get_object_or_404(readable(request.scope), pk=number)
    return _done(request, review, lambda: passage.withdraw(review=review, user=request.user, day=request.today))


def _decide(request: HttpRequest, review: Review, form: DecisionForm) -> None:
    opinion = form.cleaned_data["opinion"]
    if form.cleaned_data["decision"] == "approve":
        passage.approve(review=review, user=request.user, day=request.today, opinion=opinion, evidence=form.evidence)
    else:
        passage.send_back(review=review, user=request.user, day=request.today, opinion=opinion)


def _may_determine(request: HttpRequest, review: Review) -> bool:
    """Allow the reviewer whose step was referred to enter the answer."""
    step = review.steps.filter(state=StepState.CURRENT).first()
    return (
        review.state == ReviewState.REFERRED
        and step is not None
        and request.user.pk != review.author_id
        and request.scope.may(review.unit_id, step.role)
    )


def _done(request: HttpRequest, review: Review, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (ReviewError, AccountError) as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("review:detail", review.pk)
    messages.success(request, "已办理。")
    return redirect("review:detail", review.pk)


def _incomplete(request: HttpRequest, review: Review) -> HttpResponse:
    messages.error(request, "未办理：请把必填内容填写完整。", extra_tags="danger")
    return redirect("review:detail", review.pk)
