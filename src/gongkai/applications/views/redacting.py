"""Redacting the papers of a case, and filing the copy as what the applicant is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.applications import rules
from gongkai.applications.domain import papers
from gongkai.applications.errors import ApplicationError
from gongkai.applications.models import Paper
from gongkai.files.errors import FileRefusedError
from gongkai.files.queries import redactions
from gongkai.files.views.redaction import Desk, Redactable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _paper(request: HttpRequest, number: int) -> Paper:
    """Return a paper of a readable case; what holds the applicant's own data is never redacted to be given out."""
    found = Paper.objects.select_related("application__unit", "blob").filter(is_personal=False)
    return get_object_or_404(found.filter(application__unit__in=rules.units_read(request.scope)), pk=number)


def find(request: HttpRequest, number: int, *, writing: bool) -> Redactable:
    """Return the paper as the redaction desk takes it."""
    paper = _paper(request, number)
    if writing and not rules.may_handle(request.scope, paper.application):
        raise Http404
    return Redactable(
        original=paper.blob,
        subject=papers.subject_of(paper),
        unit=paper.application.unit,
        title=paper.name,
        back=reverse("applications:detail", args=[paper.application_id]),
    )


desk = Desk(find, namespace="applications")


@require_POST
def release(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """File a redacted copy as information to be given to the applicant."""
    paper = _paper(request, number)
    copy = get_object_or_404(redactions.released(papers.subject_of(paper)), pk=pk)
    try:
        papers.release(paper=paper, copy=copy, user=request.user, today=request.today)
    except (ApplicationError, FileRefusedError) as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, f"遮盖件“{copy.file_name}”已归入案卷，作为提供给申请人的信息。")
    return redirect("applications:detail", paper.application_id)
