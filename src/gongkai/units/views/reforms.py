"""The acts of reform, each a form of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from gongkai.units import forms, rules
from gongkai.units.domain import structure
from gongkai.units.errors import UnitError
from gongkai.units.views.access import acting, look, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from gongkai.units.forms import ReformForm
    from gongkai.units.models import Unit


@dataclass(frozen=True, slots=True)
class _Act:
    """An act on a unit: its words, its form, and the verb, given the unit under the name ``subject``."""

    title: str
    button: str
    form: type[ReformForm]
    verb: Callable[..., Any]
    subject: str = "unit"
    is_ending: bool = False


ACTS = {
    "rename": _Act("更名", "登记更名", forms.RenameForm, structure.rename),
    "move": _Act("调整隶属", "登记隶属调整", forms.MoveForm, structure.move),
    "merge": _Act("合并", "登记合并", forms.MergeForm, structure.merge, subject="into", is_ending=True),
    "split": _Act("分设", "登记分设", forms.SplitForm, structure.split, is_ending=True),
    "abolish": _Act("撤销", "登记撤销", forms.AbolishForm, structure.abolish, is_ending=True),
}


def establish(request: HttpRequest) -> HttpResponse:
    """Establish a unit below one of those the person may reform."""
    look(request)
    allowed = rules.reformable(request.scope, request.tree)
    if not allowed:
        raise PermissionDenied("只有主管部门和系统管理员可以登记机构设立。")
    form = forms.EstablishForm(
        request.POST or None, tree=request.tree, allowed=allowed, initial={"parent": request.GET.get("parent")}
    )
    if form.is_valid():
        try:
            unit = structure.establish(**form.cleaned_data, actor=acting(request))
        except UnitError as error:
            form.blame(error)
        else:
            messages.success(request, f"已登记设立{form.cleaned_data['name']}。")
            return redirect("units:detail", unit.pk)
    return render(request, "units/reform.html", {"form": form, "title": "设立机构", "button": "登记设立"})


def reform(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Carry out one of ``ACTS`` on a unit that exists and that the person may reform."""
    unit = seen(request, number)
    node = request.tree.node(unit.pk)
    if node is None:
        raise Http404
    if not rules.may_reform(request.scope, unit.pk):
        raise PermissionDenied("只有主管部门和系统管理员可以登记机构变动。")
    kind = ACTS[act]
    form = kind.form(request.POST or None, tree=request.tree, allowed=_others(request, unit))
    if form.is_valid():
        try:
            kind.verb(**{kind.subject: unit}, **form.cleaned_data, actor=acting(request, unit))
        except UnitError as error:
            form.blame(error)
        else:
            messages.success(request, f"已登记{node.name}{kind.title}，自 {form.cleaned_data['day']} 起生效。")
            return redirect("units:detail", unit.pk)
    return render(
        request,
        "units/reform.html",
        {
            "form": form,
            "unit": unit,
            "node": node,
            "title": f"{kind.title}：{node.name}",
            "button": kind.button,
            "is_ending": kind.is_ending,
        },
    )


def _others(request: HttpRequest, unit: Unit) -> frozenset[int]:
    """Leave the unit out: it is neither its own superior nor its own successor."""
    return rules.reformable(request.scope, request.tree) - {unit.pk}
