"""The files of a case."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from gongkai.applications import rules
from gongkai.applications.domain import papers
from gongkai.applications.errors import ApplicationError
from gongkai.applications.models import Event, Paper
from gongkai.files.http import download as serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from gongkai.files.models import Blob

logger = logging.getLogger(__name__)


@require_GET
def download(request: HttpRequest, number: int) -> HttpResponse:
    """Send a paper; one with personal data only to those who must know, and each look is in the journal."""
    found = Paper.objects.select_related("application__unit", "blob")
    paper = get_object_or_404(found.filter(application__unit__in=rules.units_read(request.scope)), pk=number)
    read = partial(papers.read, paper=paper)
    return _private(request, read, paper.blob, paper.name, back=paper.application_id)


@require_GET
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """Send the proof of an event, which may hold personal data as a paper does."""
    found = Event.objects.select_related("application__unit", "evidence").filter(evidence__isnull=False)
    event = get_object_or_404(found.filter(application__unit__in=rules.units_read(request.scope)), pk=number)
    read = partial(papers.read_evidence, event=event)
    return _private(request, read, event.evidence, event.evidence_name, back=event.application_id)


def _private(request: HttpRequest, read: Callable[..., bytes], blob: Blob, name: str, back: int) -> HttpResponse:
    """Send what ``read`` gives, to be kept nowhere; where it gives nothing say why on the page of the case ``back``."""
    try:
        data = read(user=request.user, today=request.today)
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
    except (OSError, ValueError):
        logger.exception("the bytes of file %s cannot be served", blob.pk)
        messages.error(request, f"“{name}”读取失败，请联系系统管理员从备份恢复。", extra_tags="danger")
    else:
        response = serve(data, blob, name)
        response["Cache-Control"] = "private, no-store"
        return response
    return redirect("applications:detail", back)
