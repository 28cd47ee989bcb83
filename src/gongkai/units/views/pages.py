"""The tree on a day, and one unit with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.dateparse import parse_date

from gongkai.law.clock import CHANNELS
from gongkai.units import rules
from gongkai.units.models import Guide, Kind, Succession
from gongkai.units.queries import guides, history, tree
from gongkai.units.views.access import look, seen

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

BASIC_CHANNELS = ("in_person", "registered_post")


def whole(request: HttpRequest) -> HttpResponse:
    """Show the tree as of a day, all of it: a tree in pages is none."""
    look(request)
    day, problem = _day(request)
    known = request.tree if day == request.today else tree.as_of(day)
    former = history.former_names([node.id for node in known], day)
    telephones = dict(Guide.objects.values_list("unit", "telephone"))
    text = request.GET.get("text", "").strip()
    rows = [
        {
            "node": node,
            "kind": Kind(node.kind).label,
            "former": former.get(node.id, ()),
            "telephone": telephones.get(node.id, ""),
        }
        for node in known
        if any(text in name for name in (node.name, node.short_name, node.code, *former.get(node.id, ())))
    ]
    return render(
        request,
        "units/tree.html",
        {
            "rows": rows,
            "total": len(known.nodes),
            "day": day,
            "problem": problem,
            "text": text,
            "may_establish": bool(rules.reformable(request.scope, request.tree)),
        },
    )


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a unit: what it is, how it came to be, who carries it on, its guide and officers."""
    unit = seen(request, number)
    spans = list(unit.spans.all())
    state = guides.state_of(unit, request.today)
    carried_on = Succession.objects.filter(predecessor=unit).values_list("successor", flat=True)
    took_over = Succession.objects.filter(successor=unit).values_list("predecessor", flat=True)
    exists = request.tree.node(unit.pk) is not None
    return render(
        request,
        "units/detail.html",
        {
            "unit": unit,
            "span": next((span for span in reversed(spans) if span.begins_on <= request.today), spans[0]),
            "steps": history.timeline(unit),
            "carried_on": list(carried_on),
            "took_over": list(took_over),
            "exists": exists,
            "guide": state.guide,
            "state": state,
            "channels": _channels(state.guide),
            "may_reform": exists and rules.may_reform(request.scope, unit.pk),
            "may_write_guide": exists and rules.may_write_guide(request.scope, unit.pk),
        },
    )


def _channels(guide: Guide | None) -> list[str]:
    return [CHANNELS[code] for code in (*BASIC_CHANNELS, *(guide.channels if guide else ()))]


def _day(request: HttpRequest) -> tuple[date, str]:
    """Return the day asked for, or today with what is wrong about it."""
    given = request.GET.get("day", "")
    try:
        day = parse_date(given)
    except ValueError:
        day = None
    if given and day is None:
        return request.today, f"“{given}”不是有效日期，现按今天显示。日期写作 2024-12-31。"
    return day or request.today, ""
