"""Who reports for a year."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongkai.tables.returned import harmless
from gongkai.units.queries.report_list import ReportList, report_list
from gongkai.units.views.access import look

if TYPE_CHECKING:
    from django.http import HttpRequest

FIRST_YEAR = 2008
"""The first year for which reports are made (2007 text of the 条例, in force from 2008-05-01)."""


def page(request: HttpRequest) -> HttpResponse:
    """Show the list of a year."""
    look(request)
    year = _year(request)
    years = range(request.today.year, FIRST_YEAR - 1, -1)
    return render(request, "units/roster.html", {"list": report_list(year), "years": years})


def export(request: HttpRequest) -> HttpResponse:
    """Give the list of a year as a table for spreadsheets."""
    look(request)
    found = report_list(_year(request))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="reporters-{found.year}.csv"'
    writer = csv.writer(response)
    writer.writerow(["机构代码", "机构名称", "类型", "上级机构", "本年情况", "原名称"])
    for row in _rows(found):
        writer.writerow([harmless(cell) for cell in row])
    return response


def _rows(found: ReportList) -> list[tuple[str, ...]]:
    own = [(line.code, line.name, line.kind, line.superior, line.state, line.former_name) for line in found.lines]
    return own + [(line.code, line.name, line.kind, line.superior, "由上级编报", "") for line in found.vertical]


def _year(request: HttpRequest) -> int:
    """Return the year asked for: the last full one where none is."""
    given = request.GET.get("year", "")
    if not given:
        return request.today.year - 1
    if not given.isdecimal() or not FIRST_YEAR <= int(given) <= request.today.year:
        raise Http404
    return int(given)
