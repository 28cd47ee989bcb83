"""Many letters at once: printed with their receipts, labelled, posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from gongkai.applications import rules
from gongkai.applications.domain import letters_reading, letters_sending
from gongkai.applications.domain.letters_sending import Posting
from gongkai.applications.errors import ApplicationError
from gongkai.applications.models import LetterState, Mode
from gongkai.applications.queries.letters import addressee_shown, worked_on
from gongkai.applications.views.letters import attached

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.applications.models import Letter

SHOWN = 100
_PRINTS = {"print": "文书.pdf", "receipts": "文书及送达回证.pdf", "labels": "邮寄标签.pdf"}


def run(request: HttpRequest) -> HttpResponse:
    """List what waits to be printed, stamped and posted, and do it for those that are ticked."""
    if not request.scope.of(*rules.WRITING):
        raise Http404
    waiting = list(
        worked_on(request.scope)
        .filter(state=LetterState.SEALED)
        .select_related(
            "application__unit", "matter__unit", "matter__about", "unit", "consultee", "sealed_copy", "pdf", "docx"
        )
        .order_by("pk")[:SHOWN]
    )
    if request.method == "POST":
        chosen = [letter for letter in waiting if str(letter.pk) in request.POST.getlist("letters")]
        answer = _act(request, chosen)
        if answer is not None:
            return answer
        return redirect("applications:letters-run")
    for letter in waiting:
        letter.addressee = addressee_shown(letter, request.today)
        letter.is_posted = letter.mode == Mode.POSTED
    return render(request, "applications/letters/run.html", {"letters": waiting, "limit": SHOWN})


def _act(request: HttpRequest, chosen: list[Letter]) -> HttpResponse | None:
    act = request.POST.get("act", "")
    acting = {"user": request.user, "today": request.today}
    try:
        if act == "labels":
            return attached(letters_reading.labels(letters=chosen, **acting), _PRINTS[act])
        if act in _PRINTS:
            data = letters_reading.print_run(letters=chosen, with_receipts=act == "receipts", **acting)
            return attached(data, _PRINTS[act])
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
        return None
    if act == "send":
        _send(request, chosen)
    return None


def _send(request: HttpRequest, chosen: list[Letter]) -> None:
    posted = [
        (letter, Posting(request.POST.get("carrier", "ems"), request.POST.get(f"mail-{letter.pk}", "")))
        for letter in chosen
    ]
    outcomes = letters_sending.send_all(letters=posted, day=request.today, user=request.user, today=request.today)
    for outcome in outcomes:
        if outcome.error:
            messages.error(request, outcome.error, extra_tags="danger")
    count = sum(1 for outcome in outcomes if not outcome.error)
    if count:
        messages.success(request, f"已交邮 {count} 件，事项已逐件登记。")
