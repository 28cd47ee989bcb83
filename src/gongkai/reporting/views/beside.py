"""What is looked at beside a report: the year before, what was entered late, and the draft as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from gongkai.annual import forms
from gongkai.annual.writer import FORMATS, write
from gongkai.annual.writer.errors import WriteError
from gongkai.applications import rules as case_rules
from gongkai.applications.queries.words import caption as happened
from gongkai.files.kinds import MEDIA_TYPES
from gongkai.remedies.kinds import KINDS
from gongkai.remedies.queries.register import readable as readable_remedies
from gongkai.reporting.captions import captions
from gongkai.reporting.models import OUT
from gongkai.reporting.queries.after_freeze import changes, corrected_parts
from gongkai.reporting.queries.cells import cells
from gongkai.reporting.queries.late import late_applications, late_remedies
from gongkai.reporting.queries.parts import units_counted
from gongkai.reporting.queries.previous import before
from gongkai.reporting.queries.report import report_of
from gongkai.reporting.queries.sheet import text_of
from gongkai.reporting.views.access import UNPROCESSABLE, frame, submission_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest

    from gongkai.annual.report import Number, Report
    from gongkai.reporting.models import Submission
    from gongkai.reporting.queries.cells import Value

PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of two years; ``change`` is empty where one of them does not say."""

    key: str
    caption: str
    old: str
    new: str
    change: str
    tone: str


def comparison(request: HttpRequest, number: int) -> HttpResponse:
    """Show what changed against the report of the year before."""
    submission = submission_of(request, number)
    earlier = before(submission)
    shows_all = request.GET.get("all") == "1"
    groups = [] if earlier is None else list(_compared(submission, earlier, cells(submission), shows_all=shows_all))
    context = frame(request, submission, "comparison") | {
        "groups": groups,
        "earlier": earlier,
        "shows_all": shows_all,
        "form_changed": earlier is not None and earlier.edition != submission.campaign.edition,
    }
    return render(request, "reporting/comparison.html", context)


def late(request: HttpRequest, number: int) -> HttpResponse:
    """List what was entered after the year although it happened in it: to be looked at before the report is frozen."""
    submission = submission_of(request, number)
    year = submission.campaign.year
    units = units_counted(submission)
    is_remedies = request.GET.get("what") == "remedies"
    counts = (late_applications(units, year).count(), late_remedies(units, year).count())
    found = late_remedies(units, year) if is_remedies else late_applications(units, year)
    page = Paginator(found.select_related("entered_by").order_by("-entered_at", "-pk"), PAGE)
    page = page.get_page(request.GET.get("page"))
    if is_remedies:
        keys = readable_remedies(request.scope).filter(pk__in=[one.remedy_id for one in page])
        readable = set(keys.values_list("pk", flat=True))
        for one in page:
            one.caption, one.is_readable = KINDS[one.kind].caption, one.remedy_id in readable
    else:
        theirs = case_rules.units_read(request.scope)
        for one in page:
            one.caption, one.is_readable = happened(one), one.application.unit_id in theirs
    frozen = submission.editions.order_by("-version").first() if submission.state in OUT else None
    context = frame(request, submission, "late") | {
        "page": page,
        "is_remedies": is_remedies,
        "counts": counts,
        "frozen": frozen,
        "changes": changes(frozen) if frozen else (),
        "corrected": corrected_parts(frozen) if frozen else [],
    }
    return render(request, "reporting/late.html", context)


def draft(request: HttpRequest, number: int, which: str) -> HttpResponse:
    """Give out the report as it stands, as a file; until it is frozen its name says that it is a draft."""
    submission = submission_of(request, number)
    if which not in FORMATS:
        raise Http404
    try:
        data = write(report_of(submission), which)
    except WriteError as error:
        context = frame(request, submission, "submission") | {"words": str(error)}
        return render(request, "reporting/unwritten.html", context, status=UNPROCESSABLE)
    name = f"{submission.title}{'' if submission.state in OUT else '（草稿）'}.{which}"
    response = HttpResponse(data, content_type=MEDIA_TYPES.get(which, "application/octet-stream"))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _compared(
    submission: Submission, earlier: Report, found: Mapping[str, Value], *, shows_all: bool
) -> Iterator[tuple[str, list[Line]]]:
    """Yield the lines by table: those that differ, or all that are not nought in both years."""
    words = captions(submission.campaign.edition)
    for table in forms.form(submission.campaign.edition).tables:
        lines = []
        for key, one in found.items():
            old, new = earlier.value(key), one.number
            if key.startswith(f"{table.key}.") and (old != new or (shows_all and (old or new))):
                lines.append(Line(key, words.get(key, key), text_of(old), text_of(new), *_change(old, new)))
        if lines:
            yield table.title, lines


def _change(old: Number | None, new: Number | None) -> tuple[str, str]:
    if old is None or new is None:
        return "", ""
    change = new - old
    sign = "+" if change > 0 else ""
    return f"{sign}{text_of(change)}", "up" if change > 0 else "down" if change < 0 else ""
