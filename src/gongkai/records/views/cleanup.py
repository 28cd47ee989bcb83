"""The register of normative documents, its clean-ups, and the old files to be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from gongkai.accounts.models import Role
from gongkai.records import rules_upkeep as rules
from gongkai.records.domain import cleanup
from gongkai.records.forms.forms_cleanup import CampaignForm, CloseForm, DecisionForm, RegisterForm
from gongkai.records.models import CleanUp, CleanUpLine, Outcome
from gongkai.records.queries import normative, waiting
from gongkai.records.views.attempts import attempt, status_of
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PAGE = 20


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the normative documents in force on a day, those made or ended in its year, or those soon to expire."""
    form = RegisterForm(request.GET or None, scope=request.scope, tree=request.tree)
    unit, shown, day = form.chosen
    units = request.scope.readable
    if unit is not None:
        units &= request.tree.with_ended([unit])
    records = {
        "in_force": lambda: normative.in_force(units, day),
        "made": lambda: normative.made_in(units, day.year),
        "ended": lambda: normative.ended_in(units, day.year),
        "expiring": lambda: normative.expiring(units, day).order_by("expires_on", "pk"),
    }[shown]()
    page = Paginator(records.defer("body"), PAGE).get_page(request.GET.get("page"))
    counts = normative.normative_counts(day.year, units)
    context = {"form": form, "page": page, "counts": counts, "day": day, "shown": shown}
    return render(request, "records/cleanup/register.html", context)


def campaigns(request: HttpRequest) -> HttpResponse:
    """List the clean-ups that touch the person's units, and open one."""
    allowed = request.scope.of(Role.OFFICE_HEAD, Role.COMPETENT) & {node.id for node in request.tree}
    form = None
    if allowed:
        data = request.POST if request.method == "POST" else None
        form = CampaignForm(data, tree=request.tree, allowed=allowed, initial={"year": request.today.year})
    if form is not None and form.is_bound and attempt(request, form, lambda: _open(request, form), "清理已发起。"):
        return redirect("records:cleanup-list")
    found = (
        _visible(request)
        .annotate(documents=Count("lines"), undecided=Count("lines", filter=Q(lines__outcome="")))
        .order_by("-opened_on", "-pk")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form}
    return render(request, "records/cleanup/list.html", context, status=status_of(form))


def campaign(request: HttpRequest, number: int) -> HttpResponse:
    """Show a clean-up with the lines the person may see, and close it."""
    found = _campaign(request, number)
    # Whether the person acts for all units of the campaign is for the verb to ask: the page asks for the leading one.
    may_close = found.closed_on is None and rules.may_lead(request.scope, found.lead_id)
    form = CloseForm(request.POST if request.method == "POST" else None) if may_close else None
    if form is not None and form.is_bound:
        fields = {"clean_up": found, "user": request.user, "day": request.today}
        if attempt(request, form, lambda: cleanup.close(**fields, **form.cleaned_data), "清理已结束，清单已封存。"):
            return redirect("records:cleanup", number)
    lines = _lines(request, found)
    totals = dict(lines.order_by().values_list("outcome").annotate(Count("pk")))
    pages = Paginator(lines, PAGE)
    pages.count = sum(totals.values())
    context = {
        "clean_up": found,
        "page": pages.get_page(request.GET.get("page")),
        "totals": [(label, totals.get(value, 0)) for value, label in Outcome.choices],
        "undecided": totals.get("", 0),
        "form": form,
        "decidable": request.scope.of(Role.HANDLER, Role.OFFICE_HEAD) if found.closed_on is None else frozenset(),
    }
    return render(request, "records/cleanup/detail.html", context, status=status_of(form))


@require_GET
def printed(request: HttpRequest, number: int) -> HttpResponse:
    """Show the whole list of a clean-up, to be printed and published."""
    found = _campaign(request, number)
    lines = list(_lines(request, found).order_by("outcome", "unit", "made_on", "pk"))
    groups = [(label, [line for line in lines if line.outcome == value]) for value, label in Outcome.choices]
    pending = [line for line in lines if not line.outcome]
    return render(request, "records/cleanup/print.html", {"clean_up": found, "groups": groups, "pending": pending})


def line(request: HttpRequest, number: int) -> HttpResponse:
    """Show one document of a clean-up and enter what becomes of it."""
    lines = CleanUpLine.objects.filter(unit__in=request.scope.readable).select_related(
        "clean_up", "record", "decided_by"
    )
    found = get_object_or_404(lines, pk=number)
    form = None
    if found.clean_up.closed_on is None and rules.may_decide(request.scope, found.unit_id):
        initial = {"outcome": found.outcome, "reason": found.reason}
        form = DecisionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form is not None and form.is_bound:
        fields = {"line": found, "user": request.user, "day": request.today}
        if attempt(request, form, lambda: cleanup.decide(**fields, **form.cleaned_data), "清理结论已登记。"):
            return redirect("records:cleanup", found.clean_up_id)
    context = {"line": found, "form": form, "may_open": found.record.unit_id in request.scope.readable}
    return render(request, "records/cleanup/line.html", context, status=status_of(form))


@require_GET
def old_files(request: HttpRequest) -> HttpResponse:
    """List what is not published and due to be looked at again (历史文件梳理); each is decided on its own page."""
    due = waiting.to_reassess(request.scope).defer("body")
    page = Paginator(due, PAGE).get_page(request.GET.get("page"))
    return render(request, "records/cleanup/old_files.html", {"page": page})


def _open(request: HttpRequest, form: CampaignForm) -> None:
    data = form.cleaned_data
    units = Unit.objects.in_bulk([data["lead"], *data["units"]])
    cleanup.open_campaign(
        lead=units[data["lead"]],
        units=[units[key] for key in data["units"]],
        user=request.user,
        day=request.today,
        **{name: data[name] for name in ("year", "title", "basis", "due_on")},
    )


def _visible(request: HttpRequest) -> QuerySet[CleanUp]:
    units = request.scope.readable
    touching = CleanUpLine.objects.filter(unit__in=units).values("clean_up")
    return CleanUp.objects.filter(Q(lead__in=units) | Q(pk__in=touching))


def _campaign(request: HttpRequest, number: int) -> CleanUp:
    return get_object_or_404(_visible(request).select_related("lead", "closed_by"), pk=number)


def _lines(request: HttpRequest, clean_up: CleanUp) -> QuerySet[CleanUpLine]:
    return clean_up.lines.filter(unit__in=request.scope.readable)
