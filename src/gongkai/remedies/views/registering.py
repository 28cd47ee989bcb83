"""Registering a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from gongkai.applications.queries.register import readable as readable_applications
from gongkai.remedies import rules
from gongkai.remedies.domain.registering import register
from gongkai.remedies.errors import RemedyError
from gongkai.remedies.forms.register import RegisterForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422


def new(request: HttpRequest) -> HttpResponse:
    """Register a case; ``?application=`` is the key of the application it is about."""
    if not rules.units_worked(request.scope):
        raise Http404
    form = RegisterForm(request.POST or None, initial=_initial(request), scope=request.scope, tree=request.tree)
    if request.method == "POST" and form.is_valid():
        try:
            remedy = register(user=request.user, today=request.today, **form.facts())
        except RemedyError as error:
            for field, words in (error.fields or {None: str(error)}).items():
                form.add_error(field if field in form.fields else None, words if error.fields else str(error))
            if error.fields:
                form.add_error(None, str(error))
        else:
            messages.success(request, f"已登记为 {remedy.number}。")
            return redirect("remedies:detail", remedy.pk)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "remedies/new.html", {"form": form}, status=status)


def _initial(request: HttpRequest) -> dict[str, object]:
    asked = request.GET.get("application", "")
    found = readable_applications(request.scope).filter(pk=int(asked)).first() if asked.isdecimal() else None
    if found is None:
        return {"ground": "refusal"}
    refused = found.outcome.startswith("N")
    ground = "refusal" if refused else "not_provided" if found.outcome else "non_answer"
    return {"application": found.number, "unit": found.unit_id, "ground": ground}
