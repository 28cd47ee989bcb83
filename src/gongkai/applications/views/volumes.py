"""Closed volumes: the list, one with its catalogue, its export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.applications import rules
from gongkai.applications.domain import archiving
from gongkai.applications.errors import ApplicationError
from gongkai.applications.matters import SHORT
from gongkai.applications.queries import beside

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.applications.models import Volume

PAGE = 20


def index(request: HttpRequest) -> HttpResponse:
    """List the volumes."""
    if not rules.reads_cases(request.scope):
        raise Http404
    page = Paginator(beside.volumes(request.scope), PAGE).get_page(request.GET.get("page"))
    for volume in page:
        volume.kind = _kind(volume)
    return render(request, "applications/volumes/list.html", {"page": page})


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a volume with its catalogue."""
    volume = _volume(request, number)
    may_export = rules.may_reveal(request.scope, volume.case)
    context = {"volume": volume, "kind": _kind(volume), "may_export": may_export}
    return render(request, "applications/volumes/detail.html", context)


@require_POST
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Send a volume as a zip; that it was sent is in the journal."""
    volume = _volume(request, number)
    try:
        data = archiving.export(volume=volume, user=request.user, today=request.today)
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("applications:volume", number)
    name = content_disposition_header(as_attachment=True, filename=f"{volume.number}.zip") or "attachment"
    headers = {"Content-Type": "application/zip", "Content-Disposition": name, "Cache-Control": "no-store"}
    return HttpResponse(data, headers=headers)


def _kind(volume: Volume) -> str:
    """Return what kind of case the volume is of."""
    return SHORT[volume.matter.kind] if volume.matter is not None else "依申请公开"


def _volume(request: HttpRequest, number: int) -> Volume:
    return get_object_or_404(beside.volumes(request.scope), pk=number)
