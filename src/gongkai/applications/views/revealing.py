"""Showing who applies in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from gongkai.applications.domain import identity
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.acts import RevealForm
from gongkai.applications.views.access import application_of
from gongkai.applications.views.acts import ACTS
from gongkai.applications.views.case import page, shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """Show who applies in full, once, for a reason that the journal keeps."""
    application = application_of(request, number)
    case = shown(request, application)
    if request.method != "POST":
        return page(request, application, ACTS, case=case)
    form = RevealForm(request.POST, None, case=case, scope=request.scope, tree=request.tree, user=request.user)
    if not form.is_valid():
        return page(request, application, ACTS, case=case, status=UNPROCESSABLE)
    try:
        people = identity.reveal(
            application=application, user=request.user, today=request.today, reason=form.cleaned_data["reason"]
        )
    except ApplicationError:
        return page(request, application, ACTS, case=case, status=UNPROCESSABLE)
    return page(request, application, ACTS, case=case, people=people)
