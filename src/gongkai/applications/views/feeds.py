"""Subscribing to due dates, and the feed itself, which a calendar program fetches without signing on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.applications.domain import feeds
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.feeds import FeedForm
from gongkai.applications.models import Feed
from gongkai.applications.queries.feed import due_dates, feed_of
from gongkai.applications.views.access import demand_reader
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest


def index(request: HttpRequest) -> HttpResponse:
    """Show the person's subscriptions and open another; its address is shown once."""
    demand_reader(request)
    form = FeedForm(request.POST or None, scope=request.scope, tree=request.tree)
    address = ""
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["unit"]
        unit = None if chosen is None else Unit.objects.get(pk=chosen)
        try:
            _, token = feeds.open_feed(user=request.user, unit=unit, today=request.today)
        except ApplicationError as error:
            form.add_error("unit", str(error))
        else:
            address = request.build_absolute_uri(reverse("applications:feed", args=[token]))
    found = Feed.objects.filter(user=request.user).order_by("revoked_on", "-pk")
    response = render(request, "applications/feeds.html", {"form": form, "feeds": found, "address": address})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Revoke one of the person's own subscriptions."""
    feed = get_object_or_404(Feed, pk=number, user=request.user)
    feeds.revoke_feed(feed=feed, user=request.user, today=request.today)
    messages.success(request, "已撤销，原订阅地址不再提供内容。")
    return redirect("applications:feeds")


@login_not_required
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the due dates of a subscription; an unknown or revoked token does not exist."""
    found = feed_of(token)
    if found is None or not found.user.is_active:
        raise Http404

    calendar = due_dates(found, request.today, request.build_absolute_uri)
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
