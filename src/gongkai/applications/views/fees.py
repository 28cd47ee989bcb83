"""The ledger of fees: the list, its sums and its export."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.applications import rules
from gongkai.applications.domain import fee_export
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.fees import LedgerForm
from gongkai.applications.queries.fee_ledger import ledger, rows, totals
from gongkai.applications.views.access import demand_reader
from gongkai.files.http import handed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the fees that fit, with the sums of all of them and of each unit."""
    demand_reader(request)
    form = _form(request)
    wanted = form.wanted
    found = rows(request.scope, request.tree, wanted)
    whole, units = totals(found)
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "whole": whole,
        "units": sorted(units.items(), key=lambda one: request.tree.name(one[0])) if len(units) > 1 else [],
        "year": wanted.year,
        "report": _report(request, wanted.year, wanted.unit),
    }
    return render(request, "applications/fees.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the filtered ledger as a table; who took it away is in the journal."""
    demand_reader(request)
    form = _form(request)
    try:
        table = fee_export.export(
            rows=rows(request.scope, request.tree, form.wanted),
            filters=form.given,
            user=request.user,
            today=request.today,
            tree=request.tree,
            form=request.POST.get("format", ""),
        )
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect(f"{reverse('applications:fees')}?{request.GET.urlencode()}")
    return handed(table)


def _form(request: HttpRequest) -> LedgerForm:
    return LedgerForm(request.GET or None, scope=request.scope, tree=request.tree)


def _report(request: HttpRequest, year: int | None, unit: int | None) -> object:
    """Return the year by the days of its acts, as section 六 of the annual report tells it."""
    if year is None:
        return None
    units = rules.units_read(request.scope)
    if unit is not None:
        units &= request.tree.below([unit])
    return ledger(units, date(year, 1, 1), date(year, 12, 31))
