"""What the audit says of a report, and the answers to its warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.reporting.captions import caption
from gongkai.reporting.domain import auditing
from gongkai.reporting.errors import ChangedMeanwhileError, ReportingError
from gongkai.reporting.forms.acts import ExplainForm
from gongkai.reporting.views.access import CONFLICT, UNPROCESSABLE, frame, renewed, say, submission_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.reporting.models import Submission


def findings(request: HttpRequest, number: int) -> HttpResponse:
    """Show what the audit says."""
    return _page(request, submission_of(request, number))


@require_POST
def explain(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a warning."""
    submission = submission_of(request, number)
    form = ExplainForm(request.POST, submission=submission)
    if not form.is_valid():
        return _page(request, submission, form, UNPROCESSABLE)
    acting = {"user": request.user, "today": request.today} | form.cleaned_data
    try:
        auditing.explain(submission=submission, **acting)
    except ChangedMeanwhileError as error:
        submission = submission_of(request, number)
        form = ExplainForm(renewed(request, submission), submission=submission)
        say(form, error)
        return _page(request, submission, form, CONFLICT)
    except ReportingError as error:
        say(form, error)
        return _page(request, submission, form, UNPROCESSABLE)
    messages.success(request, "已说明。数据或正文有变化时，须重新说明。")
    return redirect("reporting:findings", number)


def _page(
    request: HttpRequest, submission: Submission, filled: ExplainForm | None = None, status: int = 200
) -> HttpResponse:
    context = frame(request, submission, "findings")
    answers = {one.fingerprint: one for one in submission.explanations.select_related("entered_by")}
    found = [_told(submission, one, answers, filled) for one in submission.findings]
    current = {one["fingerprint"] for one in submission.findings}
    is_placed = any(one["form"] is filled for one in found)
    context |= {
        "groups": [
            ("error", "错误", "须改正后才能送审", [one for one in found if one["severity"] == "error"]),
            ("warning", "提示", "须改正，或者逐项说明理由", [one for one in found if one["severity"] == "warning"]),
        ],
        "infos": [one for one in found if one["severity"] == "info"],
        "past": [one for key, one in answers.items() if key not in current],
        "loose": filled if filled is not None and not is_placed else None,
    }
    return render(request, "reporting/findings.html", context, status=status)


def _told(
    submission: Submission, one: dict[str, Any], answers: dict[str, Any], filled: ExplainForm | None
) -> dict[str, Any]:
    name = one["fingerprint"]
    is_filled = filled is not None and filled["fingerprint"].value() == name
    form = filled if is_filled else ExplainForm(submission=submission, initial={"fingerprint": name})
    if form is not filled:
        form.auto_id = f"{name}_%s"
    edition = submission.campaign.edition
    links = [(key, caption(edition, key)) for key in one["cells"]]
    return one | {"links": links, "answer": answers.get(name), "form": form, "is_open": is_filled}
