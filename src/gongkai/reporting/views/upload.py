"""The report of a unit that keeps no cases here: a file, shown as it was read beside what must be settled by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from gongkai.annual import jsonio
from gongkai.annual.writer.errors import WriteError
from gongkai.files.domain import store
from gongkai.files.errors import FileRefusedError
from gongkai.files.http import bytes_of, download
from gongkai.reporting.captions import caption
from gongkai.reporting.domain import filling
from gongkai.reporting.errors import ChangedMeanwhileError, ReportingError
from gongkai.reporting.forms.acts import OverrideForm, UploadForm
from gongkai.reporting.models import Basis, Scope
from gongkai.reporting.queries.cells import cells
from gongkai.reporting.queries.sheet import printed_sheets, text_of
from gongkai.reporting.views.access import CONFLICT, UNPROCESSABLE, frame, renewed, say, submission_of
from gongkai.reporting.views.acts import offered

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.annual.report import Report
    from gongkai.reporting.models import Submission
    from gongkai.reporting.queries.cells import Value


def upload(request: HttpRequest, number: int) -> HttpResponse:
    """Show the file beside what was not read; when posted, take the report from a file."""
    submission = submission_of(request, number)
    if submission.scope != Scope.OWN:
        raise Http404
    if request.method != "POST":
        return _page(request, submission, UploadForm(submission=submission))
    form = UploadForm(request.POST, request.FILES, submission=submission)
    if not form.is_valid():
        return _page(request, submission, form, UNPROCESSABLE)
    file = form.cleaned_data["file"]
    acting = {"user": request.user, "today": request.today, "seen": form.cleaned_data["seen"]}
    try:
        filling.upload(submission=submission, data=bytes_of(file), name=file.name, **acting)
    except ChangedMeanwhileError as error:
        submission = submission_of(request, number)
        form = UploadForm(renewed(request, submission), request.FILES, submission=submission)
        say(form, error)
        return _page(request, submission, form, CONFLICT)
    except (ReportingError, FileRefusedError) as error:
        say(form, error)
        return _page(request, submission, form, UNPROCESSABLE)
    messages.success(request, "文件已读出。请对照原文核对，未读出的逐格填写。")
    return redirect("reporting:upload", number)


def file(request: HttpRequest, number: int) -> HttpResponse:
    """Give out the file that was uploaded."""
    submission = submission_of(request, number)
    if submission.upload is None:
        raise Http404
    response = download(store.read(submission.upload), submission.upload, submission.upload_name)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, submission: Submission, form: UploadForm, status: int = 200) -> HttpResponse:
    context = frame(request, submission, "upload") | {"form": form}
    if submission.basis == Basis.UPLOAD:
        read = jsonio.load(submission.uploaded)
        found = cells(submission)
        drop = [one for one in offered(request.scope, submission) if one.act.name == "drop-upload"]
        context |= {
            "sheets": _sheets(read),
            "unsettled": [_told(submission, one) for one in found.values() if _is_open(one)],
            "corrected": [_told(submission, one) for one in found.values() if one.override is not None],
            "remarks": [one for one in read.diagnostics if one.severity != "info"],
            "drop": drop[0] if drop else None,
        }
    return render(request, "reporting/upload.html", context, status=status)


def _sheets(read: Report) -> list[Any]:
    """Return the tables of the file; none where it holds figures that no statutory table has."""
    try:
        return printed_sheets(read)
    except WriteError:
        return []


def _is_open(one: Value) -> bool:
    """Tell whether a person must settle the cell: it was not read, is empty, or contradicts the cases kept here."""
    if one.override is not None:
        return False
    return one.number is None or bool(one.counted and one.counted != one.number)


def _told(submission: Submission, one: Value) -> dict[str, Any]:
    """Return a cell with what the file has, what it may mean, and what the cases here give."""
    candidates = []
    if one.unreadable is not None:
        place = one.unreadable.keys.index(one.key)
        candidates = list(dict.fromkeys(text_of(each[place]) or "空白" for each in one.unreadable.candidates))
    return {
        "key": one.key,
        "caption": caption(submission.campaign.edition, one.key),
        "printed": one.unreadable.printed if one.unreadable is not None else text_of(one.number),
        "where": str(one.unreadable.where) if one.unreadable is not None else "",
        "is_unread": one.unreadable is not None,
        "candidates": candidates,
        "counted": text_of(one.counted) if one.counted else "",
        "number": text_of(one.number),
        "override": one.override,
        "form": OverrideForm(submission=submission, auto_id=f"{one.key}_%s"),
    }
