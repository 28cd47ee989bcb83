"""Charges and procurement: lists and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.accounts.errors import AccountError
from gongkai.decisions import rules
from gongkai.decisions.domain import annual
from gongkai.decisions.errors import DecisionsError
from gongkai.decisions.forms.acts import ChargeForm, ProcurementForm
from gongkai.decisions.forms.filters import UnitYearForm
from gongkai.decisions.models import Charge, Procurement

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

PAGE = 20


def charges(request: HttpRequest) -> HttpResponse:
    """List the charges."""
    return _list(request, Charge, "decisions/charges.html")


def procurements(request: HttpRequest) -> HttpResponse:
    """List the procurement projects."""
    return _list(request, Procurement, "decisions/procurements.html")


def charge(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Enter a charge, or correct one."""
    found = _found(request, Charge, number)
    given = {} if found is None else {"item": found.item, "basis": found.basis}

    def keep(form: ChargeForm) -> None:
        annual.set_charge(charge=found, user=request.user, day=request.today, **form.cleaned_data)

    return _form(request, ChargeForm, found, given, keep, back="decisions:charges", title="行政事业性收费")


def procurement(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Enter a procurement project, or correct one."""
    found = _found(request, Procurement, number)
    given = {} if found is None else {"project": found.project}

    def keep(form: ProcurementForm) -> None:
        annual.set_procurement(procurement=found, user=request.user, day=request.today, **form.cleaned_data)

    return _form(request, ProcurementForm, found, given, keep, back="decisions:procurements", title="政府集中采购")


def _list(request: HttpRequest, model: type[Model], template: str) -> HttpResponse:
    form = UnitYearForm(request.GET or None, scope=request.scope, tree=request.tree)
    units = request.scope.readable
    if form.units is not None:
        units &= form.units
    facts = model.objects.filter(unit__in=units)
    if form.chosen_year:
        facts = facts.filter(year=form.chosen_year)
    page = Paginator(facts, PAGE).get_page(request.GET.get("page"))
    writable = rules.importing_units(request.scope)
    for fact in page:
        fact.unit_name = request.tree.name(fact.unit_id)
        fact.is_editable = fact.unit_id in writable
    return render(request, template, {"form": form, "page": page, "may_import": bool(writable)})


def _found(request: HttpRequest, model: type[Model], number: int | None) -> Any:  # noqa: ANN401 -- one of the two models
    writable = rules.importing_units(request.scope)
    if not writable:
        raise Http404
    if number is None:
        return None
    return get_object_or_404(model.objects.filter(unit__in=writable), pk=number)


def _form(
    request: HttpRequest,
    form_class: type[ChargeForm | ProcurementForm],
    found: Charge | Procurement | None,
    given: dict[str, object],
    keep: Callable[..., None],
    *,
    back: str,
    title: str,
) -> HttpResponse:
    among = rules.importing_units(request.scope)
    if found is not None:
        given = given | {"unit": found.unit_id, "year": found.year, "amount": str(found.amount)}
    form = form_class(request.POST or None, tree=request.tree, among=among, today=request.today, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            keep(form)
        except (DecisionsError, AccountError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已保存。")
            return redirect(back)
    context = {"form": form, "back": back, "title": title, "is_new": found is None}
    return render(request, "decisions/fact.html", context)
