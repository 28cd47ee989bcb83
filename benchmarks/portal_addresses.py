"""The public site with two more pages to measure it by: a hello-world, and a bare Django list of the same table."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

from gongkai.records.models import PublishedRecord
from gongkai.site.urls_portal import urlpatterns as portal

BARE = Engine().from_string(
    "<html><body><table>{% for r in rows %}<tr><td><a href='{{ r.pk }}/'>{{ r.title }}</a></td>"
    "<td>{{ r.document_number }}</td><td>{{ r.index_number }}</td><td>{{ r.unit_id }}</td>"
    "<td>{{ r.get_category_display }}</td><td>{{ r.get_validity_display }}</td>"
    "<td>{{ r.published_on|date:'Y-m-d' }}</td></tr>{% endfor %}</table></body></html>"
)
COLUMNS = ("title", "document_number", "index_number", "unit_id", "category", "validity", "published_on")


@login_not_required
def hello(request):
    """Answer behind the same middleware."""
    return HttpResponse("hello")


@login_not_required
def bare(request):
    """List twenty rows of the table as Django does by itself, newest first."""
    start = (int(request.GET.get("page", 1)) - 1) * 20
    rows = PublishedRecord.objects.only(*COLUMNS).order_by("-published_on", "-id")[start : start + 20]
    return HttpResponse(BARE.render(Context({"rows": rows})))


urlpatterns = [path("hello/", hello), path("bare/", bare), *portal]
