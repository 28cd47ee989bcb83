"""The published reports in the office: the years of a body side by side, and reports of earlier years brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from gongkai.annual import jsonio
from gongkai.files.errors import FileRefusedError
from gongkai.reporting import rules
from gongkai.reporting.domain import history
from gongkai.reporting.errors import ReportingError
from gongkai.reporting.forms.editions import HistoryForm
from gongkai.reporting.queries import published, trends
from gongkai.reporting.rules_editions import imports_anything

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

A_PAGE = 50
UNPROCESSABLE = 422


def _demand_reader(request: HttpRequest) -> None:
    if not rules.reads_reports(request.scope):
        raise Http404


def index(request: HttpRequest) -> HttpResponse:
    """List the bodies with published reports."""
    _demand_reader(request)
    words = request.GET.get("q", "").strip()
    page = Paginator(published.bodies(words=words), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "may_import": imports_anything(request.scope)}
    return render(request, "reporting/editions/list.html", context)


def trend(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the years of one body side by side, with all that the audit finds."""
    _demand_reader(request)
    try:
        found = trends.trend(slug, in_full=True)
    except published.NotPublishedError as error:
        raise Http404 from error
    context = {"trend": found, "svg": mark_safe(found.svg)}  # noqa: S308 -- drawn here, escaped there
    return render(request, "reporting/editions/trend.html", context)


def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring in a report of an earlier year."""
    if not imports_anything(request.scope):
        raise Http404
    form = HistoryForm(request.POST or None, request.FILES or None, rights=request.scope, tree=request.tree)
    if request.method == "POST" and form.is_valid():
        try:
            made = history.bring_in(**form.asked(), user=request.user, today=request.today)
        except (ReportingError, FileRefusedError) as error:
            form.add_error(None, str(error))
            for name, said in getattr(error, "fields", {}).items():
                form.add_error(name, said)
        else:
            report = jsonio.loads(made.report)
            unread = len(report.unread_keys)
            words = f"已导入《{made.body}{made.year}年年度报告》，读出 {len(report.cells)} 格"
            messages.success(request, f"{words}，{unread} 格未能读出，按原样保留。" if unread else f"{words}。")
            return redirect("editions:trend", made.slug)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "reporting/editions/import.html", {"form": form}, status=status)
