"""A campaign to look at: the years, the board, the chart, the list, the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from gongkai.reporting import rules
from gongkai.reporting.forms.board import FilterForm
from gongkai.reporting.forms.chase import ChaseForm
from gongkai.reporting.models import State
from gongkai.reporting.progress_chart import draw
from gongkai.reporting.queries import board
from gongkai.reporting.queries.deadlines import days_late, days_left, deadline_of
from gongkai.reporting.queries.progress import Progress, progress
from gongkai.reporting.queries.reminders import latest
from gongkai.reporting.queries.report_roster import roster_of
from gongkai.reporting.views.access_board import campaign_of, frame

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.reporting.models import Campaign

PAGE = 50


@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """List the years of which the person sees anything."""
    if not rules.reads_reports(request.scope):
        raise Http404
    context = {
        "campaigns": board.overview(request.scope),
        "may_open": any(rules.may_open(request.scope, node.id) for node in request.tree),
    }
    return render(request, "reporting/campaigns.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List the reports of the person's own units, with what is due and the last reminder."""
    if not rules.owes_reports(request.scope):
        raise Http404
    page = Paginator(board.owed_by(request.scope), PAGE).get_page(request.GET.get("page"))
    reminders = latest([one.pk for one in page])
    today = request.today
    lines = [
        (one, due := deadline_of(one), days_left(due, today), days_late(one, today), reminders.get(one.pk))
        for one in page
    ]
    return render(request, "reporting/mine.html", {"page": page, "lines": lines})


@require_GET
def index(request: HttpRequest, number: int) -> HttpResponse:
    """Show the board: a column for each state, the pressing ones first."""
    context = frame(request, campaign_of(request, number), "board")
    context["columns"] = board.columns(context["rows"])
    return render(request, "reporting/board.html", context)


@require_GET
def chart(request: HttpRequest, number: int) -> HttpResponse:
    """Show how the reports came in, as a drawing and as the numbers it draws."""
    campaign = campaign_of(request, number)
    context = frame(request, campaign, "chart")
    found = progress(campaign, context["rows"], request.today)
    context |= {
        "progress": found,
        "drawing": mark_safe(_drawn(campaign, found)),  # noqa: S308 -- the canvas escapes every word
        "receivers": board.by_receiver(context["rows"]),
    }
    return render(request, "reporting/chart.html", context)


@require_GET
def drawing(request: HttpRequest, number: int) -> HttpResponse:
    """Give the drawing as a file."""
    campaign = campaign_of(request, number)
    found = progress(campaign, board.rows(campaign, request.scope, request.tree), request.today)
    response = HttpResponse(_drawn(campaign, found), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="campaign-{campaign.year}-{request.today}.svg"'
    return response


@require_GET
def listing(request: HttpRequest, number: int) -> HttpResponse:
    """List the reports that fit the filters, with what can be done with several."""
    campaign = campaign_of(request, number)
    context = frame(request, campaign, "list")
    form = FilterForm(request.GET or None, found=context["rows"])
    found = form.narrow(context["rows"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    mine = context["received_by"]
    context |= {
        "form": form,
        "page": page,
        "lines": page.object_list,
        "missing": sum(one.is_missing and one.key in mine for one in context["rows"]),
        "may_accept": any(one.state == State.SIGNED and one.key in mine for one in page.object_list),
        "chase_form": ChaseForm(),
    }
    return render(request, "reporting/campaign_list.html", context)


@require_GET
def roster(request: HttpRequest, number: int) -> HttpResponse:
    """Show who has to report for the year, who has, and who is missing by name."""
    campaign = campaign_of(request, number)
    context = frame(request, campaign, "roster")
    context["roster"] = roster_of(campaign, context["rows"], request.scope)
    return render(request, "reporting/campaign_roster.html", context)


def _drawn(campaign: Campaign, found: Progress) -> str:
    return draw(found, f"{campaign.year} 年度年报报送进度（单位报告，累计份数）")
