"""One cell: where its number comes from, the cases behind it, and setting it against the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.accounts.models import Role
from gongkai.annual.aggregate import AggregateError
from gongkai.applications.queries.register import LISTED
from gongkai.applications.queries.register import readable as readable_applications
from gongkai.records.queries.register import readable as readable_records
from gongkai.remedies.queries.register import readable as readable_remedies
from gongkai.reporting import rules
from gongkai.reporting.captions import caption
from gongkai.reporting.domain import filling, summing
from gongkai.reporting.errors import ChangedMeanwhileError, ReportingError
from gongkai.reporting.forms.acts import OverrideForm, SeenForm
from gongkai.reporting.models import Scope
from gongkai.reporting.queries import behind as standing
from gongkai.reporting.queries.cells import cells
from gongkai.reporting.queries.parts import parts_of
from gongkai.reporting.queries.previous import before
from gongkai.reporting.queries.sheet import text_of
from gongkai.reporting.views.access import CONFLICT, UNPROCESSABLE, frame, renewed, say, submission_of

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.http import HttpRequest, HttpResponse

    from gongkai.annual.aggregate import Contribution
    from gongkai.reporting.models import Submission
    from gongkai.reporting.queries.behind import Behind
    from gongkai.reporting.queries.cells import Value

PAGE = 20
SETTERS = (Role.HANDLER, Role.OFFICE_HEAD, Role.COMPETENT)
"""Roles for which a charge or a procurement project has a page."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one part gave to a cell of a whole: ``value`` after what is counted elsewhere was taken off."""

    part: Submission
    value: str
    deducted: tuple[str, ...]
    is_readable: bool
    is_zero: bool


def detail(request: HttpRequest, number: int, cell: str) -> HttpResponse:
    """Show a cell."""
    return _page(request, submission_of(request, number), cell)


@require_POST
def override(request: HttpRequest, number: int, cell: str) -> HttpResponse:
    """Set a cell against the system's figure."""
    submission = submission_of(request, number)
    form = OverrideForm(request.POST, submission=submission)
    if not form.is_valid():
        return _page(request, submission, cell, form, UNPROCESSABLE)
    data = form.cleaned_data
    acting = {"user": request.user, "today": request.today, "seen": data["seen"]}
    try:
        filling.override(submission=submission, key=cell, value=data["value"], reason=data["reason"], **acting)
    except ChangedMeanwhileError as error:
        submission = submission_of(request, number)
        form = OverrideForm(renewed(request, submission), submission=submission)
        say(form, error)
        return _page(request, submission, cell, form, CONFLICT)
    except ReportingError as error:
        say(form, error)
        return _page(request, submission, cell, form, UNPROCESSABLE)
    messages.success(request, "已修正，系统数据和理由一并保留。")
    if request.POST.get("next") == "upload":
        return redirect("reporting:upload", number)
    return redirect("reporting:cell", number, cell)


@require_POST
def take_back(request: HttpRequest, number: int, cell: str) -> HttpResponse:
    """End an override."""
    submission = submission_of(request, number)
    form = SeenForm(request.POST, submission=submission)
    try:
        seen = form.cleaned_data["seen"] if form.is_valid() else -1
        filling.take_back(submission=submission, key=cell, user=request.user, today=request.today, seen=seen)
    except ReportingError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, "已取消修正，恢复系统数据。")
    return redirect("reporting:cell", number, cell)


def _page(
    request: HttpRequest, submission: Submission, key: str, form: OverrideForm | None = None, status: int = 200
) -> HttpResponse:
    found = cells(submission)
    if key not in found:
        raise Http404
    value, earlier = found[key], before(submission)
    context = frame(request, submission, "cell")
    listing = standing.behind_cell(submission, key)
    given, lacking, problem = _given(request, submission, key)
    context |= {
        "key": key,
        "caption": caption(submission.campaign.edition, key),
        "value": value,
        "number": text_of(value.number),
        "counted": text_of(value.counted),
        "earlier": None if earlier is None else text_of(earlier.value(key)) or "空",
        "listing": listing,
        "page": _listed(request, listing),
        "shows_pages": request.scope.of(*SETTERS),
        "given": [one for one in given if not one.is_zero],
        "zeros": [one for one in given if one.is_zero],
        "lacking": lacking,
        "problem": problem,
        "differs": _differs(value, listing),
        "findings": [one for one in submission.findings if key in one["cells"]],
        "history": submission.overrides.filter(key=key).select_related("entered_by").order_by("-pk"),
        "form": form or OverrideForm(submission=submission),
        "around": _around(list(found), key),
    }
    return render(request, "reporting/cell.html", context, status=status)


def _around(keys: list[str], key: str) -> dict[str, str]:
    place = keys.index(key)
    return {
        "before": keys[place - 1] if place else "",
        "after": keys[place + 1] if place + 1 < len(keys) else "",
    }


def _listed(request: HttpRequest, listing: Behind) -> Page[Any] | None:
    """Return one page of what is behind; of cases, those the person may read with all that a list says of them."""
    if not listing.kind:
        return None
    if listing.rows is not None:
        page = Paginator(listing.rows, PAGE).get_page(request.GET.get("page"))
        if listing.kind == standing.RECORDS:
            keys = readable_records(request.scope).filter(pk__in=[one.pk for one in page]).values_list("pk", flat=True)
            readable = set(keys)
            for one in page:
                one.is_readable = one.pk in readable
        elif listing.kind == standing.DECISIONS:
            for one in page:
                one.is_readable = one.unit_id in request.scope.readable
        else:
            setting = request.scope.of(*SETTERS)
            for one in page:
                one.is_readable = one.unit_id in setting
        return page
    page = Paginator(listing.cases, PAGE).get_page(request.GET.get("page"))
    ids = [case for _, case in page]
    if listing.kind == standing.APPLICATIONS:
        known = readable_applications(request.scope).only(*LISTED).in_bulk(ids)
    else:
        known = readable_remedies(request.scope).defer("claimant_name", "claims").in_bulk(ids)
    page.object_list = [(unit, known.get(case)) for unit, case in page.object_list]
    return page


def _given(request: HttpRequest, submission: Submission, key: str) -> tuple[list[Given], list[Any], str]:
    """Return what each part gave to a cell of a whole, who should have and did not, or why it cannot be told."""
    if submission.scope != Scope.WHOLE:
        return [], [], ""
    parts = parts_of(submission)
    try:
        found = summing.add(submission, parts).sums.get(key)
    except AggregateError as error:
        return [], [], str(error)
    if found is None:
        return [], [], ""
    by_name = {summing.name_of(one): one for one in parts}

    def told(one: Contribution) -> Given:
        part = by_name[one.unit]
        is_readable = rules.may_read(request.scope, part)
        return Given(part, text_of(one.value), one.deducted, is_readable, not one.value and not one.deducted)

    lacking = [by_name[one.unit] for one in found.lacking if one.unit in by_name]
    return [told(one) for one in found.contributions], lacking, ""


def _differs(value: Value, listing: Behind) -> int | None:
    """Return how many cases are listed where that is not the system's figure: it is said, never passed over."""
    if listing.kind not in {standing.APPLICATIONS, standing.REMEDIES} or value.counted is None:
        return None
    return len(listing.cases) if len(listing.cases) != value.counted else None
