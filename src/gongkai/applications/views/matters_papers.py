"""What a matter leaves on paper: beginning one of its letters, closing its volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.applications import rules
from gongkai.applications.domain import archiving, letters
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.letters import BeginMatterForm
from gongkai.applications.queries.letters import choices_of
from gongkai.applications.views.letters import UNPROCESSABLE, refuse
from gongkai.applications.views.matters import archive_form, complain, matter_of, page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Begin a letter of a matter."""
    matter = matter_of(request, number)
    if not rules.may_handle(request.scope, matter):
        raise Http404
    choices = choices_of(matter, request.today)
    form = BeginMatterForm(request.POST or None, choices=choices, what=request.GET.get("what", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = letters.draft(case=matter, user=request.user, today=request.today, **form.begun)
        except ApplicationError as error:
            refuse(form, error)
        else:
            return redirect("applications:letter-edit", made.pk)
    context = {
        "case": matter,
        "is_matter": True,
        "form": form,
        "refused": [one for one in choices if one.reason],
    }
    return render(request, "applications/letters/new.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def archive(request: HttpRequest, number: int) -> HttpResponse:
    """Close the volume of a matter."""
    matter = matter_of(request, number)
    if not rules.may_handle(request.scope, matter):
        raise Http404
    form = archive_form(matter, request.POST)
    if not form.is_valid():
        return page(request, matter, {}, form)
    try:
        volume = archiving.close(case=matter, user=request.user, today=request.today, **form.cleaned_data)
    except ApplicationError as error:
        complain(form, error)
        return page(request, matter, {}, form)
    messages.success(request, f"已归档封卷，卷号 {volume.number}，此后不再登记事项。")
    return redirect("applications:volume", volume.pk)
