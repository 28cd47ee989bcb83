"""Which steps a document takes at which unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from gongkai.review import planning, rules
from gongkai.review.domain import chains
from gongkai.review.errors import ReviewError
from gongkai.review.forms import ChainForm
from gongkai.review.queries.chains import holding
from gongkai.review.registry import subjects

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PRESETS = {"full": ("三审三校", chains.FULL), "town": ("镇街流程", chains.TOWN)}
"""What a chain can be begun with; its lines are then changed as the unit needs."""

UNPROCESSABLE = 422


def page(request: HttpRequest) -> HttpResponse:
    """Show the presets and the chains of the person's units, and set one."""
    if not rules.sets_chains(request.scope):
        raise PermissionDenied("审核流程由主管部门和系统管理员设定。")
    name, steps = PRESETS.get(request.GET.get("from", ""), PRESETS["full"])
    form = ChainForm(
        request.POST or None,
        initial={"name": name, "steps": planning.typed(steps)},
        scope=request.scope,
        tree=request.tree,
    )
    if request.method == "POST" and form.is_valid():
        try:
            chains.arrange(by=request.user, today=request.today, **form.cleaned_data)
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "流程已设定。此后送审的稿件按它办理，正在审核的仍按原来的流程。")
            return redirect("review:chains")
    units = frozenset(node.id for node in request.tree if rules.may_set_chain(request.scope, node.id))
    names = {subject.kind: subject.name for subject in subjects()}
    context = {
        "form": form,
        "presets": [(key, title) for key, (title, _) in PRESETS.items()],
        "rows": [(chain, names.get(chain.kind, chain.kind)) for chain in holding(units)],
    }
    return render(request, "review/chains.html", context, status=UNPROCESSABLE if form.errors else 200)
