"""Counts: what there is, and how much there is that is not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.records.domain import secret_counts as secrets
from gongkai.records.errors import RecordError
from gongkai.records.forms.filters import FilterForm
from gongkai.records.forms.secret_count import SecretCountForm
from gongkai.records.models import SecretCount
from gongkai.records.queries.counts import counts as count
from gongkai.records.rules import may_count_secrets
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20
UNPROCESSABLE = 422


def counts(request: HttpRequest) -> HttpResponse:
    """Count the records of a unit and everything below it, for a year and altogether."""
    form = FilterForm(request.GET or None, scope=request.scope, tree=request.tree)
    wanted = form.wanted
    units = request.scope.readable
    if wanted.unit is not None:
        units &= request.tree.with_ended([wanted.unit])
    year = wanted.year or request.today.year
    return render(request, "records/counts.html", {"form": form, "counts": count(units, year), "year": year})


def secret_counts(request: HttpRequest) -> HttpResponse:
    """List the counts of state secrets and enter one."""
    units = frozenset(node.id for node in request.tree if may_count_secrets(request.scope, node.id))
    form = None
    if units:
        data = request.POST if request.method == "POST" else None
        form = SecretCountForm(data, scope=request.scope, tree=request.tree, writable=units)
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            _enter(request, form)
        except RecordError as error:
            for name, words in (error.fields or {None: str(error)}).items():
                form.add_error(name, words)
        else:
            messages.success(request, "件数已登记。")
            return redirect("records:secret-counts")
    entries = SecretCount.objects.filter(unit__in=request.scope.readable).select_related("responsible")
    page = Paginator(entries.order_by("-year", "unit"), PAGE).get_page(request.GET.get("page"))
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "records/secret_counts.html", {"page": page, "form": form}, status=status)


def _enter(request: HttpRequest, form: SecretCountForm) -> None:
    data = form.cleaned_data
    secrets.enter(
        unit=get_object_or_404(Unit, pk=data["unit"]),
        year=data["year"],
        count=data["count"],
        responsible=data["responsible"].user,
        user=request.user,
        day=request.today,
    )
