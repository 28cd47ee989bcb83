"""Handing over to the archives and the library: what is due, what was delivered, on which days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from gongkai.accounts.models import Role
from gongkai.records import rules_upkeep as rules
from gongkai.records.domain import handover
from gongkai.records.forms.forms_handover import DaysForm, SealForm, UnitForm
from gongkai.records.models import HandOver, HandOverKind, HandOverRule
from gongkai.records.queries.handover import contents, open_periods
from gongkai.records.views.attempts import attempt, status_of
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.records.queries.handover import Period

PAGE = 20
OPEN_SHOWN = 50
"""Open periods shown, the longest overdue first."""


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the periods that wait to be handed over."""
    form = UnitForm(request.GET or None, scope=request.scope, tree=request.tree)
    waiting = open_periods(form.units, request.tree, request.today)
    context = {
        "form": form,
        "waiting": [(period, period.urgency(request.today)) for period in waiting[:OPEN_SHOWN]],
        "beyond": max(len(waiting) - OPEN_SHOWN, 0),
    }
    return render(request, "records/handover/list.html", context)


@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """List what was sealed."""
    form = UnitForm(request.GET or None, scope=request.scope, tree=request.tree)
    found = HandOver.objects.filter(unit__in=form.units).annotate(count=Count("items")).order_by("-ends_on", "unit")
    context = {"form": form, "page": Paginator(found, PAGE).get_page(request.GET.get("page"))}
    return render(request, "records/handover/sealed.html", context)


def period(request: HttpRequest, unit: int, begins_on: str) -> HttpResponse:
    """Show what the list of an open period will hold, and seal it."""
    found = _open_period(request, unit, begins_on)
    lines = contents(found)
    form = None
    if rules.may_hand_over(request.scope, unit) and request.today > found.ends_on:
        form = SealForm(request.POST if request.method == "POST" else None)
    if form is not None and form.is_bound:
        fields = {"begins_on": found.begins_on, "user": request.user, "day": request.today}
        owner = Unit.objects.get(pk=unit)
        if attempt(request, form, lambda: handover.seal(unit=owner, **fields, **form.cleaned_data), "清单已封存。"):
            return redirect("records:handover-sealed")
    context = {
        "period": found,
        "urgency": found.urgency(request.today),
        "lines": lines,
        "changed": sum(line.kind != HandOverKind.NEW for line in lines),
        "form": form,
    }
    return render(request, "records/handover/period.html", context, status=status_of(form))


@require_GET
def sealed(request: HttpRequest, number: int) -> HttpResponse:
    """Show a sealed list, to be printed and signed by both halls."""
    readable = HandOver.objects.filter(unit__in=request.scope.readable).select_related("unit", "sealed_by")
    found = get_object_or_404(readable, pk=number)
    items = list(found.items.select_related("replaces__hand_over"))
    is_untouched = handover.is_untouched(found, items)
    context = {"hand_over": found, "items": items, "is_untouched": is_untouched}
    return render(request, "records/handover/print.html", context)


def days(request: HttpRequest) -> HttpResponse:
    """Show on which days the units deliver, and set them."""
    allowed = request.scope.of(Role.COMPETENT) & {node.id for node in request.tree}
    form = None
    if allowed:
        form = DaysForm(request.POST if request.method == "POST" else None, tree=request.tree, allowed=allowed)
    if (
        form is not None
        and form.is_bound
        and attempt(request, form, lambda: _set_days(request, form), "送交日历已设定。")
    ):
        return redirect("records:handover-days")
    # A unit is bound by the rules above it, so that those are shown to whoever reads its papers.
    above = {node.parent for node in request.tree if node.id in request.scope.readable} - {None}
    shown = HandOverRule.objects.filter(unit__in=request.scope.readable | above).order_by("unit", "-begins_on")
    context = {"form": form, "page": Paginator(shown, PAGE).get_page(request.GET.get("page"))}
    return render(request, "records/handover/days.html", context, status=status_of(form))


def _set_days(request: HttpRequest, form: DaysForm) -> None:
    data = dict(form.cleaned_data)
    unit = Unit.objects.get(pk=data.pop("unit"))
    handover.set_days(unit=unit, user=request.user, day=request.today, **data)


def _open_period(request: HttpRequest, unit: int, begins_on: str) -> Period:
    if unit not in request.scope.readable:
        raise Http404
    try:
        first = date.fromisoformat(begins_on)
    except ValueError as error:
        raise Http404 from error
    found = open_periods([unit], request.tree, request.today)
    for one in found:
        if one.begins_on == first:
            return one
    raise Http404
