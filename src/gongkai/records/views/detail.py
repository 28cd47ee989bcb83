"""The page of one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from gongkai.records import rules
from gongkai.records.domain.trace import KIND
from gongkai.records.forms.acts import AttachForm
from gongkai.records.models import Stage
from gongkai.records.queries.deadlines import deadline_of
from gongkai.records.queries.wording import remarks
from gongkai.review.models import Review

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from gongkai.records.models import Record
    from gongkai.records.views.acts import Act

CHECKED = {Stage.DRAFT, Stage.REVIEWING, Stage.READY}
"""Stages in which the wording is shown: afterwards it is too late for hints."""

UNPROCESSABLE = 422


def page(request: HttpRequest, record: Record, acts: Sequence[Act], filled: Mapping[str, forms.Form]) -> HttpResponse:
    """Show ``record`` with the acts the person may do; ``filled`` are the forms that came back."""
    offered = [
        (act, filled.get(act.name) or act.blank(request.scope)) for act in acts if act.rule(request.scope, record)
    ]
    may_edit = rules.may_edit(request.scope, record)
    deadline = deadline_of(record, request.today)
    is_waiting = deadline is not None and deadline.is_met is None and record.publish_on is not None
    context = {
        "record": record,
        "acts": [(act, form, act.name in filled) for act, form in offered if form is not None],
        "buttons": [act for act, form in offered if form is None],
        "deadline": deadline,
        "is_planned_late": is_waiting and record.publish_on > deadline.last_day,
        "remarks": remarks(record) if record.stage in CHECKED else (),
        "is_checked": record.stage in CHECKED,
        "joint_units": list(record.joint_units.values_list("pk", flat=True)),
        "attachments": record.attachments.select_related("blob"),
        "versions": list(record.versions.select_related("made_by").defer("snapshot").order_by("-number")),
        "read_backs": record.read_backs.select_related("user"),
        "reviews": list(Review.objects.filter(kind=KIND, key=record.pk).select_related("author").order_by("-pk")),
        "aliases": record.aliases.all(),
        "interpretations": record.interpretations.filter(unit__in=request.scope.readable).only("title"),
        "supersedes": record.supersedes.filter(unit__in=request.scope.readable).only("title"),
        "may_edit": may_edit,
        "attach": (filled.get("attach") or AttachForm(auto_id="attach_%s")) if may_edit else None,
    }
    return render(request, "records/detail.html", context, status=UNPROCESSABLE if filled else 200)
