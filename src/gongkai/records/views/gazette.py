"""The issues of the gazette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.models import Role
from gongkai.records import rules_upkeep as rules
from gongkai.records.domain import gazette
from gongkai.records.forms.forms_gazette import DistributionForm, IssueForm, PlaceForm
from gongkai.records.models import GazetteEntry, GazetteIssue, GazetteRecipient
from gongkai.records.views.attempts import attempt, press, status_of
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

PAGE = 20


def index(request: HttpRequest) -> HttpResponse:
    """List the issues and begin one."""
    allowed = request.scope.of(Role.HANDLER, Role.OFFICE_HEAD) & {node.id for node in request.tree}
    form = None
    if allowed:
        data = request.POST if request.method == "POST" else None
        form = IssueForm(data, tree=request.tree, allowed=allowed, initial={"year": request.today.year})
    opened: list[GazetteIssue] = []
    if form is not None and form.is_bound:
        words = "已建立新一期，请编入文件。"
        if attempt(request, form, lambda: opened.append(_open(request, form)), words):
            return redirect("records:gazette", opened[0].pk)
    issues = GazetteIssue.objects.filter(unit__in=request.scope.readable)
    issues = issues.annotate(count=Count("entries")).order_by("-year", "-number", "unit")
    context = {"form": form, "page": Paginator(issues, PAGE).get_page(request.GET.get("page"))}
    return render(request, "records/gazette/list.html", context, status=status_of(form))


@require_GET
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Show an issue."""
    return _page(request, _issue(request, number))


@require_POST
def place(request: HttpRequest, number: int) -> HttpResponse:
    """Put a record into an issue."""
    found = _issue(request, number)
    form = PlaceForm(request.POST, scope=request.scope)
    acting = {"issue": found, "user": request.user, "day": request.today}
    if attempt(request, form, lambda: gazette.place(record=form.cleaned_data["record"], **acting), "已编入本期。"):
        return redirect("records:gazette", number)
    return _page(request, found, placing=form)


@require_POST
def distribute(request: HttpRequest, number: int) -> HttpResponse:
    """Set the distribution list of an issue."""
    found = _issue(request, number)
    form = DistributionForm(request.POST)
    acting = {"issue": found, "user": request.user, "day": request.today}
    if attempt(
        request, form, lambda: gazette.distribute(copies=form.cleaned_data["copies"], **acting), "赠阅名单已保存。"
    ):
        return redirect("records:gazette", number)
    return _page(request, found, distributing=form)


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Put an issue out."""
    found = _issue(request, number)
    press(request, lambda: gazette.publish(issue=found, user=request.user, day=request.today), "已出刊，内容封存。")
    return redirect("records:gazette", number)


@require_POST
def move_up(request: HttpRequest, number: int) -> HttpResponse:
    """Move a record up one place."""
    entry = _entry(request, number)
    press(request, lambda: gazette.move_up(entry=entry, user=request.user, day=request.today), "已上移。")
    return redirect("records:gazette", entry.issue_id)


@require_POST
def take_out(request: HttpRequest, number: int) -> HttpResponse:
    """Take a record out."""
    entry = _entry(request, number)
    press(request, lambda: gazette.take_out(entry=entry, user=request.user, day=request.today), "已移出本期。")
    return redirect("records:gazette", entry.issue_id)


@require_GET
def printed(request: HttpRequest, number: int) -> HttpResponse:
    """Show an issue whole, to be printed."""
    found = _issue(request, number)
    context = {"issue": found, "entries": found.entries.select_related("record"), **_recipients(found)}
    return render(request, "records/gazette/print.html", context)


def _page(
    request: HttpRequest,
    found: GazetteIssue,
    placing: forms.Form | None = None,
    distributing: forms.Form | None = None,
) -> HttpResponse:
    is_open = found.published_on is None
    may_edit = is_open and rules.may_edit_gazette(request.scope, found.unit_id)
    given = _recipients(found)
    lines = "\n".join(f"{one.name} {one.copies}" for one in given["recipients"])
    context = {
        "issue": found,
        "entries": list(found.entries.select_related("record").defer("record__body")),
        "placing": (placing or PlaceForm(scope=request.scope)) if may_edit else None,
        "distributing": (distributing or DistributionForm(initial={"copies": lines})) if may_edit else None,
        "may_publish": is_open and rules.may_publish_gazette(request.scope, found.unit_id),
        "readable": request.scope.readable,
        **given,
    }
    return render(request, "records/gazette/detail.html", context, status=status_of(placing, distributing))


def _recipients(issue: GazetteIssue) -> dict[str, object]:
    recipients = list(GazetteRecipient.objects.filter(issue=issue))
    return {"recipients": recipients, "copies": sum(one.copies for one in recipients)}


def _open(request: HttpRequest, form: IssueForm) -> GazetteIssue:
    data = dict(form.cleaned_data)
    unit = Unit.objects.get(pk=data.pop("unit"))
    return gazette.open_issue(unit=unit, user=request.user, day=request.today, **data)


def _issue(request: HttpRequest, number: int) -> GazetteIssue:
    issues = GazetteIssue.objects.filter(unit__in=request.scope.readable).select_related("published_by")
    return get_object_or_404(issues, pk=number)


def _entry(request: HttpRequest, number: int) -> GazetteEntry:
    entries = GazetteEntry.objects.filter(issue__unit__in=request.scope.readable).select_related("issue")
    return get_object_or_404(entries, pk=number)
