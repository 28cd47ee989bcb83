"""Due dates that another calendar moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.applications import rules
from gongkai.applications.domain import due_changes
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.changes import RecomputeForm
from gongkai.applications.models import DueChange
from gongkai.applications.queries.register import changes
from gongkai.applications.views.access import demand_reader
from gongkai.law.errors import InputError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 30
UNPROCESSABLE = 422


def index(request: HttpRequest) -> HttpResponse:
    """List what moved, the unseen first; the competent department computes all again."""
    demand_reader(request)
    form = RecomputeForm(request.POST or None) if rules.may_recompute(request.scope) else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            moved = due_changes.order_recomputation(user=request.user, today=request.today, **form.cleaned_data)
        except (ApplicationError, InputError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已按现行日历重算全部未办结申请：{len(moved)} 件的应答复日有变动。")
            return redirect("applications:changes")
    found = changes(request.scope)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    working = request.scope.of(*rules.WORKING)
    context = {"form": form, "page": page, "working": working}
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "applications/changes.html", context, status=status)


@require_POST
def seen(request: HttpRequest, number: int) -> HttpResponse:
    """Enter that a change was taken note of."""
    change = get_object_or_404(
        DueChange.objects.select_related("application__unit").filter(
            application__unit__in=rules.units_read(request.scope)
        ),
        pk=number,
    )
    try:
        due_changes.take_note(change=change, user=request.user, today=request.today)
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, f"{change.application.number} 的期限变动已登记为已阅。")
    return redirect("applications:changes")
