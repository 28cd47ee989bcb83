"""Which campaign a page is about, and what of it the person sees and may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from gongkai.reporting import rules
from gongkai.reporting.models import Scope
from gongkai.reporting.queries import board
from gongkai.reporting.queries.deadlines import days_left, deadline_of, notice

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.reporting.models import Campaign


def campaign_of(request: HttpRequest, number: int) -> Campaign:
    """Return the campaign, or answer 404 where the person sees none of its reports."""
    if not rules.reads_reports(request.scope):
        raise Http404
    return get_object_or_404(board.visible(request.scope), pk=number)


def managed(request: HttpRequest, number: int) -> Campaign:
    """Return the campaign, or answer 404 where the person does not manage it."""
    campaign = campaign_of(request, number)
    if not rules.may_manage(request.scope, campaign):
        raise Http404
    return campaign


def frame(request: HttpRequest, campaign: Campaign, here: str) -> dict[str, Any]:
    """Return what every page of a campaign shows: its reports, their numbers, the deadlines, the tabs. Two queries."""
    found = board.rows(campaign, request.scope, request.tree)
    dues = [
        (label, due, days_left(due, request.today), notice(due))
        for label, due in (
            ("本地期限" if campaign.local_deadline else "单位报送期限", deadline_of(campaign, Scope.OWN)),
            ("政府公布期限", deadline_of(campaign, Scope.WHOLE)),
        )
        if label != "政府公布期限" or any(one.scope == Scope.WHOLE for one in found)
    ]
    return {
        "campaign": campaign,
        "rows": found,
        "tally": board.tally(found),
        "dues": dues,
        "tab": here,
        "may_manage": rules.may_manage(request.scope, campaign),
        "received_by": board.received_by(request.scope, found),
    }
