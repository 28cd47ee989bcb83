"""Which report a page is about, and what every page of it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404

from gongkai.reporting import rules
from gongkai.reporting.models import EDITABLE, Basis, Scope
from gongkai.reporting.queries.submissions import readable

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, QueryDict

    from gongkai.reporting.models import Submission

UNPROCESSABLE, CONFLICT = 422, 409


def submission_of(request: HttpRequest, number: int) -> Submission:
    """Return the report, or answer 404 where the person may not read it: it is not even said to exist."""
    found = readable(request.scope).select_related("signed_by", "superior", "upload")
    return get_object_or_404(found, pk=number)


def frame(request: HttpRequest, submission: Submission, here: str) -> dict[str, Any]:
    """Return what the head and the tabs of every page of a report need; ``here`` is the page."""
    answered = set(submission.explanations.values_list("fingerprint", flat=True))
    errors = sum(one["severity"] == "error" for one in submission.findings)
    warnings = sum(one["severity"] == "warning" and one["fingerprint"] not in answered for one in submission.findings)
    is_open = submission.state in EDITABLE and rules.may_fill(request.scope, submission)
    return {
        "submission": submission,
        "here": here,
        "answered": answered,
        "errors": errors,
        "warnings": warnings,
        "is_open": is_open,
        "is_whole": submission.scope == Scope.WHOLE,
        "is_upload": submission.basis == Basis.UPLOAD,
        "tone": TONES[submission.state],
    }


def renewed(request: HttpRequest, submission: Submission) -> QueryDict:
    """Return what was typed, with the version the report has by now: who submits it again has seen that one."""
    typed = request.POST.copy()
    typed["seen"] = str(submission.version)
    return typed


def say(form: Form, error: Exception) -> None:
    """Put what a verb refused into the form: the whole message above it, each field's where it belongs."""
    form.add_error(None, str(error))
    for name, words in getattr(error, "fields", {}).items():
        if name in form.fields:
            form.add_error(name, words)


TONES = {
    "draft": "open",
    "reviewing": "referred",
    "signed": "soon",
    "returned": "returned",
    "accepted": "passed",
    "frozen": "passed",
    "published": "passed",
}
"""The colour of each state."""
