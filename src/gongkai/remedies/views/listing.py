"""The list of cases, and table 四 with the cases behind each number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from gongkai.accounts.paging import BoundedPaginator
from gongkai.law.remedies_results import blocks, columns
from gongkai.remedies import rules
from gongkai.remedies.forms.register import FilterForm
from gongkai.remedies.models import Remedy
from gongkai.remedies.queries.register import listed
from gongkai.remedies.queries.table4 import TOTAL, counts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20
FIRST_YEAR = 2008


def index(request: HttpRequest) -> HttpResponse:
    """List the cases that fit the filters."""
    if not rules.reads_cases(request.scope):
        raise Http404
    form = FilterForm(request.GET or None, scope=request.scope, tree=request.tree)
    found = listed(request.scope, request.tree, form.wanted).select_related("application")
    page = BoundedPaginator(found, PAGE).get_page(request.GET.get("page"))
    may_register = bool(rules.units_worked(request.scope))
    return render(request, "remedies/list.html", {"form": form, "page": page, "may_register": may_register})


def table(request: HttpRequest) -> HttpResponse:
    """Show table 四 of the units the person may read, or of one with its subtree, for a year."""
    units = rules.units_read(request.scope)
    if not units:
        raise Http404
    asked = request.GET.get("unit", "")
    unit = int(asked) if asked.isdecimal() and int(asked) in units else None
    year = _year(request)
    day = min(date(year, 12, 31), request.today)
    found = counts(units if unit is None else units & request.tree.with_ended([unit]), day)
    ids = {case for row in found.cases.values() for cases in row.values() for case in cases}
    cases = Remedy.objects.defer("claimant_name", "claims").in_bulk(ids)
    rows = [
        (
            caption,
            [(words, [cases[key] for key in found.of(block, column)]) for column, words in columns().items()],
            len(found.of(block, TOTAL)),
        )
        for block, caption in blocks().items()
    ]
    context = {
        "rows": rows,
        "columns": list(columns().values()),
        "day": day,
        "year": year,
        "years": range(request.today.year, FIRST_YEAR - 1, -1),
        "unit": unit,
        "units": request.tree.outline(units),
    }
    return render(request, "remedies/table.html", context)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    if asked.isdecimal() and FIRST_YEAR <= int(asked) <= request.today.year:
        return int(asked)
    return request.today.year
