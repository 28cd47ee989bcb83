"""The figures that people type in: each with its period, source, evidence and signatory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.files.domain import store
from gongkai.files.errors import FileRefusedError
from gongkai.files.http import bytes_of, download
from gongkai.reporting.captions import caption
from gongkai.reporting.domain import facts as entering
from gongkai.reporting.errors import ChangedMeanwhileError, ReportingError
from gongkai.reporting.facts import kinds
from gongkai.reporting.forms.acts import FactForm, uncounted
from gongkai.reporting.models import Fact, Scope
from gongkai.reporting.queries.cells import plain
from gongkai.reporting.queries.sheet import text_of
from gongkai.reporting.views.access import CONFLICT, UNPROCESSABLE, frame, renewed, say, submission_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from gongkai.reporting.models import Submission


def facts(request: HttpRequest, number: int) -> HttpResponse:
    """List what was typed in; when posted, enter one figure."""
    submission = submission_of(request, number)
    if submission.scope != Scope.OWN:
        raise Http404
    if request.method != "POST":
        return _page(request, submission, FactForm(submission=submission, wanted=request.GET.get("key", "")))
    wanted = request.POST.get("key", "")
    form = FactForm(request.POST, request.FILES, submission=submission, wanted=wanted)
    if not form.is_valid():
        return _page(request, submission, form, UNPROCESSABLE)
    file = form.cleaned_data["evidence"]
    try:
        given = form.facts((file.name, bytes_of(file)) if file else None)
        acting = {"user": request.user, "today": request.today, "seen": form.cleaned_data["seen"]}
        entering.enter(submission=submission, **given, **acting)
    except ChangedMeanwhileError as error:
        submission = submission_of(request, number)
        form = FactForm(renewed(request, submission), submission=submission, wanted=wanted)
        say(form, error)
        return _page(request, submission, form, CONFLICT)
    except (ReportingError, FileRefusedError) as error:
        say(form, error)
        return _page(request, submission, form, UNPROCESSABLE)
    messages.success(request, "已填报；原填报的数据留在历史中。")
    return redirect("reporting:facts", number)


def evidence(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Give out the evidence of a figure."""
    fact = get_object_or_404(_all(submission_of(request, number)), pk=pk, evidence__isnull=False)
    response = download(store.read(fact.evidence), fact.evidence, fact.evidence_name)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, submission: Submission, form: FactForm, status: int = 200) -> HttpResponse:
    context = frame(request, submission, "facts")
    every = list(_all(submission).select_related("evidence", "entered_by"))
    for one in every:
        one.caption, one.measure, one.shown = *_told(submission, one.key), text_of(plain(one.value))
    standing = {one.key: one for one in every if one.ended_at is None}
    context |= {
        "form": form,
        "groups": list(_grouped(submission, standing).items()),
        "history": [one for one in every if one.ended_at is not None],
        "typed": len(standing),
    }
    return render(request, "reporting/facts.html", context, status=status)


def _all(submission: Submission) -> QuerySet[Fact]:
    found = Fact.objects.filter(unit=submission.unit_id, year=submission.campaign.year)
    return found.order_by("-pk") if submission.scope == Scope.OWN else found.none()


def _told(submission: Submission, key: str) -> tuple[str, str]:
    kind = kinds().get(key)
    return (kind.caption, kind.unit) if kind else (caption(submission.campaign.edition, key), "")


def _grouped(submission: Submission, standing: dict[str, Fact]) -> dict[str, list[dict[str, Any]]]:
    """Return every figure that can be typed in, by group, with what stands for it."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for key, kind in kinds().items():
        groups.setdefault(kind.group, []).append(
            {"key": key, "caption": kind.caption, "measure": kind.unit, "fact": standing.get(key)}
        )
    cells = dict.fromkeys([*uncounted(submission), *(key for key in standing if key not in kinds())])
    lines = [
        {"key": key, "caption": caption(submission.campaign.edition, key), "measure": "", "fact": standing.get(key)}
        for key in cells
    ]
    return groups | ({"本系统没有记录的单元格": lines} if lines else {})
