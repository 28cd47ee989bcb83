"""Reconciling with the halls what was delivered in a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from gongkai.records import rules_upkeep as rules
from gongkai.records.domain.reconciliation import reconcile
from gongkai.records.forms.forms_handover import ReconciliationForm, UnitForm
from gongkai.records.models import HandOver
from gongkai.records.queries.reconciliation import bounds, quarters
from gongkai.records.views.attempts import attempt, status_of
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the quarters that ended, with what the halls said of them."""
    form = UnitForm(request.GET or None, scope=request.scope, tree=request.tree)
    page = Paginator(quarters(form.units, request.today), PAGE).get_page(request.GET.get("page"))
    return render(request, "records/handover/quarters.html", {"form": form, "page": page})


def quarter(request: HttpRequest, unit: int, year: int, quarter: int) -> HttpResponse:
    """Show the lists of a quarter and what each hall received, and enter it."""
    known = quarters([unit], request.today) if unit in request.scope.readable else []
    found = next((one for one in known if (one.year, one.quarter) == (year, quarter)), None)
    if found is None:
        raise Http404
    form = None
    if rules.may_hand_over(request.scope, unit):
        data = request.POST if request.method == "POST" else None
        form = ReconciliationForm(data, halls=found.missing or found.halls, initial={"received": found.listed})
    if form is not None and form.is_bound:
        fields = {"year": year, "quarter": quarter, "user": request.user, "day": request.today}
        owner = get_object_or_404(Unit, pk=unit)
        if attempt(request, form, lambda: reconcile(unit=owner, **fields, **form.cleaned_data), "对账结果已登记。"):
            return redirect("records:handover-quarter", unit, year, quarter)
    first, last = bounds(year, quarter)
    lists = HandOver.objects.filter(unit=unit, ends_on__range=(first, last)).order_by("begins_on")
    context = {"quarter": found, "lists": lists, "form": form}
    return render(request, "records/handover/quarter.html", context, status=status_of(form))
