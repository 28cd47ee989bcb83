"""The list of decisions, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render

from gongkai.decisions import rules
from gongkai.decisions.forms.acts import PublishForm
from gongkai.decisions.forms.filters import DecisionFilterForm, UnitYearForm
from gongkai.decisions.masking import shown_party
from gongkai.decisions.models import DecisionKind
from gongkai.decisions.models.facts import in_wan, in_yuan
from gongkai.decisions.queries import counts as counting
from gongkai.decisions.queries.register import listed, withdrawal_is_late

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


def index(request: HttpRequest) -> HttpResponse:
    """List the decisions that fit the filters; people's names are masked here."""
    form = DecisionFilterForm(request.GET or None, scope=request.scope, tree=request.tree)
    found = listed(request.scope, form.wanted, request.tree)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    writable = rules.importing_units(request.scope)
    for decision in page:
        decision.unit_name = request.tree.name(decision.unit_id)
        decision.shown_party = shown_party(decision)
        decision.is_publishable = decision.published_on is None and decision.unit_id in writable
        decision.is_overdue = bool(decision.due_on and not decision.published_on and decision.due_on < request.today)
        decision.was_late = bool(decision.due_on and decision.published_on and decision.published_on > decision.due_on)
        decision.must_withdraw = rules.must_withdraw(decision)
        decision.is_withdrawal_late = decision.must_withdraw and withdrawal_is_late(decision, request.today)
    context = {
        "form": form,
        "page": page,
        "publish": PublishForm(today=request.today) if any(d.is_publishable for d in page) else None,
        "may_import": bool(writable),
    }
    return render(request, "decisions/list.html", context)


def counts(request: HttpRequest) -> HttpResponse:
    """Show a year's decisions, charges and procurement by unit: the figures of table 二."""
    year_given = {"year": request.today.year}
    form = UnitYearForm(request.GET or None, scope=request.scope, tree=request.tree, initial=year_given)
    form.fields["year"].choices = form.fields["year"].choices[1:]
    year = form.chosen_year or request.today.year
    units = request.scope.readable
    if form.units is not None:
        units &= form.units
    decided = counting.counts(year, units)
    charged = counting.charges(year, units)
    bought = counting.procurement(year, units)
    concerned = set(decided.by_unit) | set(charged.fen) | set(bought.fen)
    order = {node.id: place for place, node in enumerate(request.tree)}
    rows = [
        {
            "unit": unit,
            "name": request.tree.name(unit),
            "counts": [decided.of(kind.value, [unit]) for kind in DecisionKind],
            "charged": in_wan(charged.fen.get(unit, 0)),
            "projects": bought.projects.get(unit, 0),
            "bought": in_yuan(bought.fen.get(unit, 0)),
        }
        for unit in sorted(concerned, key=lambda unit: (order.get(unit, len(order)), unit))
    ]
    context = {
        "form": form,
        "year": year,
        "kinds": DecisionKind.choices,
        "rows": rows,
        "totals": [decided.of(kind.value) for kind in DecisionKind],
        "charged": charged.wan,
        "projects": bought.count,
        "bought": bought.yuan,
    }
    return render(request, "decisions/counts.html", context)
