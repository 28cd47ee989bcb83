"""What the office does with a campaign: open it, arrange it, receive and chase several reports, take the list away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.files.http import handed
from gongkai.reporting.domain import campaigns, chasing, exporting, receiving
from gongkai.reporting.errors import ReportingError
from gongkai.reporting.forms.board import ArrangeForm, FilterForm, OpenForm
from gongkai.reporting.forms.chase import ChaseForm
from gongkai.reporting.queries import board
from gongkai.reporting.views.access_board import campaign_of, managed
from gongkai.tables.written import MEDIA
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

    from gongkai.reporting.models import Campaign, Submission

_SHOWN = ["GET", "HEAD", "POST"]


@require_http_methods(_SHOWN)
def open_year(request: HttpRequest) -> HttpResponse:
    """Open the reports of a year."""
    form = OpenForm(request.POST or None, scope=request.scope, tree=request.tree)
    if not form.fields["root"].choices:
        raise Http404
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = campaigns.open_campaign(
                year=given["year"],
                root=get_object_or_404(Unit, pk=given["root"]),
                user=request.user,
                today=request.today,
                local_deadline=given["local_deadline"],
                includes_vertical=given["includes_vertical"],
                checkers=form.checkers,
            )
        except ReportingError as error:
            form.blame(error)
        else:
            count = made.submissions.count()
            messages.success(request, f"{made.year} 年度年报编制已启动，{count} 份报告已按本系统的记录填好。")
            return redirect("reporting:campaign", made.pk)
    return render(request, "reporting/open.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(_SHOWN)
def arrange(request: HttpRequest, number: int) -> HttpResponse:
    """Set the local deadline and the checking units anew."""
    campaign = managed(request, number)
    form = ArrangeForm(request.POST or None, tree=request.tree, campaign=campaign)
    if form.is_valid():
        try:
            campaigns.arrange(
                campaign=campaign,
                user=request.user,
                today=request.today,
                local_deadline=form.cleaned_data["local_deadline"],
                checkers=form.checkers,
            )
        except ReportingError as error:
            form.blame(error)
        else:
            messages.success(request, "已保存。期限、逾期天数和提醒按新的设置计算。")
            return redirect("reporting:campaign", campaign.pk)
    context = {"form": form, "campaign": campaign}
    return render(request, "reporting/arrange.html", context, status=422 if form.errors else 200)


@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Receive the chosen reports, each by itself; say of those refused why."""
    campaign = campaign_of(request, number)
    _demand_receiver(request, campaign)
    asked = _asked(request)
    if not asked:
        return _nothing(request, campaign, "没有勾选报告。请先勾选“已报送”的报告，再接收。")
    chosen = _chosen(request, campaign, asked)
    found = receiving.accept_all(asked=[(one, asked[one.pk]) for one in chosen], user=request.user, today=request.today)
    context = {
        "campaign": campaign,
        "act": "接收",
        "done": found.accepted,
        "refused": found.refused,
        "back": request.GET.urlencode(),
    }
    return render(request, "reporting/bulk_done.html", context, status=200 if found.accepted else 422)


@require_POST
def chase(request: HttpRequest, number: int) -> HttpResponse:
    """Remind the chosen units, or all that are missing (``all=missing``)."""
    campaign = campaign_of(request, number)
    mine = _demand_receiver(request, campaign)
    form = ChaseForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if form.errors:
        return _nothing(request, campaign, "催报的话最多 200 字，请缩短后再发。")
    keys = mine if request.POST.get("all") == "missing" else _asked(request)
    if not keys:
        return _nothing(request, campaign, "没有需要催报的报告。请先勾选未报送的单位，再催报。")
    found = chasing.chase(
        submissions=_chosen(request, campaign, keys), user=request.user, today=request.today, words=words
    )
    context = {
        "campaign": campaign,
        "act": "催报",
        "done": [one.submission for one in found.made],
        "refused": found.refused,
        "back": request.GET.urlencode(),
    }
    return render(request, "reporting/bulk_done.html", context, status=200 if found.made else 422)


@require_POST
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Give the filtered list as a table; who took it away is in the journal."""
    campaign = campaign_of(request, number)
    if request.POST.get("format") not in MEDIA:
        return _nothing(request, campaign, "没有这种导出格式：可以导出 csv 或者 xlsx。")
    found = board.rows(campaign, request.scope, request.tree)
    form = FilterForm(request.GET or None, found=found)
    table = exporting.export(
        campaign=campaign,
        found=form.narrow(found),
        filters=form.given,
        form=request.POST["format"],
        user=request.user,
        today=request.today,
    )
    return handed(table)


def _demand_receiver(request: HttpRequest, campaign: Campaign) -> frozenset[int]:
    """Return the keys of the missing reports that go to the person; 404 where none of the campaign do."""
    found = board.rows(campaign, request.scope, request.tree)
    mine = board.received_by(request.scope, found)
    if not mine:
        raise Http404
    return frozenset(one.key for one in found if one.is_missing and one.key in mine)


def _asked(request: HttpRequest) -> dict[int, int]:
    """Return the chosen reports, each with the version that was in sight (``key-version``)."""
    found = {}
    for value in request.POST.getlist("report"):
        key, _, version = value.partition("-")
        if not key.isdecimal() or not version.isdecimal():
            raise Http404
        found[int(key)] = int(version)
    return found


def _chosen(request: HttpRequest, campaign: Campaign, keys: Collection[int]) -> list[Submission]:
    """Return the chosen reports; 404 where one of them is none that the person sees here."""
    found = board.chosen(campaign, keys, request.scope)
    if len(found) != len(keys):
        raise Http404
    return found


def _nothing(request: HttpRequest, campaign: Campaign, words: str) -> HttpResponse:
    messages.warning(request, words)
    query = request.GET.urlencode()
    address = redirect("reporting:campaign-list", campaign.pk)
    if query:
        address["Location"] += f"?{query}"
    return address
