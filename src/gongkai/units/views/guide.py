"""Writing a unit's guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import Http404
from django.shortcuts import redirect, render

from gongkai.units import rules
from gongkai.units.domain.guides import set_guide
from gongkai.units.errors import UnitError
from gongkai.units.forms import GuideForm
from gongkai.units.queries import guides
from gongkai.units.views.access import acting, seen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Write or renew the guide (条例 第十二条)."""
    unit = seen(request, number)
    node = request.tree.node(unit.pk)
    if node is None:
        raise Http404
    if not rules.may_write_guide(request.scope, unit.pk):
        raise PermissionDenied("公开指南由本机构的工作机构负责人编制，主管部门可以代为更新。")
    state = guides.state_of(unit, request.today)
    initial = (model_to_dict(state.guide) if state.guide else {}) | {"day": request.today}
    form = GuideForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            set_guide(unit=unit, **form.cleaned_data, actor=acting(request, unit))
        except UnitError as error:
            form.blame(error)
        else:
            messages.success(request, f"{node.short_name}的公开指南已更新。")
            return redirect("units:detail", unit.pk)
    return render(request, "units/guide.html", {"form": form, "unit": unit, "node": node, "state": state})
