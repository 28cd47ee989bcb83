"""The page of one case, and what can be done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.files.domain import store
from gongkai.files.errors import FileRefusedError
from gongkai.files.http import bytes_of, download
from gongkai.law.remedies_results import columns, results
from gongkai.remedies import rules
from gongkai.remedies.course import allowed
from gongkai.remedies.deadlines import deadlines
from gongkai.remedies.domain import bundle, entering, registering
from gongkai.remedies.domain.projection import course_of
from gongkai.remedies.errors import RemedyError
from gongkai.remedies.forms.acts import EventForm, RevealForm, StrikeForm
from gongkai.remedies.kinds import BY, DECIDED, KINDS, NOTIFIED, STRUCK
from gongkai.remedies.queries.admission import hints
from gongkai.remedies.queries.bundle import catalogue
from gongkai.remedies.queries.register import readable
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from gongkai.remedies.course import Course
    from gongkai.remedies.models import Remedy, RemedyEvent

UNPROCESSABLE = 422


def remedy_of(request: HttpRequest, number: int) -> Remedy:
    """Return the case, or answer 404 where the person may not read it: it is not even said to exist."""
    found = readable(request.scope).select_related("unit", "application", "answer__application", "follows")
    return get_object_or_404(found, pk=number)


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a case."""
    return page(request, remedy_of(request, number))


def page(request: HttpRequest, remedy: Remedy, filled: EventForm | None = None, revealed: str = "") -> HttpResponse:
    """Show ``remedy``; ``filled`` is the form that came back, ``revealed`` who claims in clear where just asked for."""
    events = list(remedy.events.select_related("entered_by").order_by("sequence"))
    course = course_of(remedy, request.today, events=events)
    may_handle = course is not None and rules.may_handle(request.scope, remedy)
    may_reveal = rules.may_reveal(request.scope, remedy)
    evidence = None
    if remedy.application is not None and may_reveal:
        evidence = catalogue(remedy.application, request.today)
    context = {
        "remedy": remedy,
        "course": course,
        "column": columns().get(remedy.column, ""),
        "timeline": list(_timeline(remedy, events)),
        "deadlines": _deadlines(course, request),
        "hints": hints(remedy),
        "parties": remedy.parties.all(),
        "acts": list(_acts(course, remedy, events, filled)) if may_handle and course is not None else [],
        "claimant": revealed or registering.masked(remedy),
        "is_revealed": bool(revealed),
        "reveal": RevealForm(auto_id="reveal_%s") if may_reveal and remedy.claimant_name else None,
        "evidence": evidence,
        "suits": readable(request.scope).filter(follows=remedy),
        "may_strike": rules.may_strike(request.scope, remedy),
    }
    response = render(request, "remedies/detail.html", context, status=UNPROCESSABLE if filled else 200)
    if revealed:
        response["Cache-Control"] = "no-store"
    return response


@require_POST
def enter(request: HttpRequest, number: int, happened: str) -> HttpResponse:
    """Enter that something happened; a half-filled form comes back with what was typed and what is missing."""
    remedy = remedy_of(request, number)
    course = course_of(remedy, request.today)
    if course is None or happened not in KINDS or happened in {NOTIFIED, STRUCK}:
        raise Http404
    form = EventForm(request.POST, request.FILES, kind=happened, course=course, auto_id=f"{happened}_%s")
    if not form.is_valid():
        return page(request, remedy, form)
    facts = form.facts()
    try:
        if form.cleaned_data["file"]:
            file = form.cleaned_data["file"]
            entering.demand_handling(remedy=remedy, user=request.user, today=request.today)
            facts |= {"evidence": store.keep(data=bytes_of(file), name=file.name), "evidence_name": file.name[-200:]}
        entering.enter(
            remedy=remedy,
            kind=happened,
            day=form.cleaned_data["day"],
            user=request.user,
            today=request.today,
            seen=form.cleaned_data["seen"],
            **facts,
        )
    except (RemedyError, FileRefusedError) as error:
        form.add_error(None, str(error))
        for field, words in getattr(error, "fields", {}).items():
            if field in form.fields:
                form.add_error(field, words)
        return page(request, remedy, form)
    messages.success(request, f"已登记“{KINDS[happened].caption}”。")
    return redirect("remedies:detail", number)


@require_POST
def strike(request: HttpRequest, number: int) -> HttpResponse:
    """Strike out an event."""
    remedy = remedy_of(request, number)
    form = StrikeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "更正登记必须写明理由：原登记仍会保留。", extra_tags="danger")
        return redirect("remedies:detail", number)
    event = get_object_or_404(remedy.events, pk=form.cleaned_data["event"])
    facts = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
    try:
        entering.strike(remedy=remedy, event=event, user=request.user, today=request.today, **facts)
    except RemedyError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, "已划去，原登记保留。")
    return redirect("remedies:detail", number)


@require_POST
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """Show who claims, in clear, once; the look is in the journal."""
    remedy = remedy_of(request, number)
    form = RevealForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        name = registering.reveal(remedy=remedy, user=request.user, today=request.today, reason=reason)
    except RemedyError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("remedies:detail", number)
    return page(request, remedy, revealed=name)


@require_POST
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """Give the evidence out as an archive; the journal says who took it."""
    remedy = remedy_of(request, number)
    try:
        made = bundle.assemble(remedy=remedy, user=request.user, today=request.today)
    except RemedyError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("remedies:detail", number)
    disposition = content_disposition_header(as_attachment=True, filename=made.name)
    headers = {"Content-Disposition": disposition or "attachment", "Cache-Control": "no-store"}
    return HttpResponse(made.data, content_type="application/zip", headers=headers)


def document(request: HttpRequest, number: int, event: int) -> HttpResponse:
    """Give out the paper of an event."""
    found = get_object_or_404(remedy_of(request, number).events.select_related("evidence"), pk=event)
    if found.evidence is None:
        raise Http404
    response = download(store.read(found.evidence), found.evidence, found.evidence_name)
    response["Cache-Control"] = "no-store"
    return response


def _acts(
    course: Course, remedy: Remedy, events: list[RemedyEvent], filled: EventForm | None
) -> Iterator[tuple[str, str, EventForm, bool]]:
    """Yield what may happen next: kind, caption, form, whether it is open."""
    for kind in KINDS:
        if filled is not None and filled.kind == kind:
            yield kind, KINDS[kind].caption, filled, True
        elif allowed(course, events, kind):
            initial = {"seen": remedy.version, "day": course.day}
            form = EventForm(kind=kind, course=course, initial=initial, auto_id=f"{kind}_%s")
            yield kind, KINDS[kind].caption, form, False


def _deadlines(course: Course | None, request: HttpRequest) -> list[dict[str, object]]:
    if course is None:
        return []
    return [
        {
            "it": one,
            "tone": "passed"
            if one.done and not one.is_late(request.today)
            else "late"
            if one.is_late(request.today)
            else "",
            "is_open": one.is_open(request.today),
        }
        for one in deadlines(course, calendar.of_city())
    ]


def _timeline(remedy: Remedy, events: list[RemedyEvent]) -> Iterator[dict[str, object]]:
    """Yield the events, the latest first, in words."""
    struck = {event.strikes_id: event for event in events if event.strikes_id is not None}
    shown = [event for event in events if event.kind != STRUCK]
    for event in sorted(shown, key=lambda one: (one.day, one.sequence), reverse=True):
        yield {
            "event": event,
            "caption": KINDS[event.kind].caption,
            "words": list(_words(remedy, event)),
            "struck": struck.get(event.pk),
        }


def _words(remedy: Remedy, event: RemedyEvent) -> Iterator[str]:
    said = event.payload
    if event.kind == DECIDED:
        procedures = ("litigation", "appeal") if remedy.is_suit else ("reconsideration",)
        captions = {one.key: one.caption for name in procedures for one in results(name, event.day)}
        yield captions[said["result"]]
    if said.get("by"):
        yield f"{BY[said['by']]}上诉"
    for key, words in (("document", ""), ("text", "")):
        if said.get(key):
            yield f"{words}{said[key]}"
    for key, words in (("served", "收到"), ("until", "限期答复至"), ("accepted", "受理、立案")):
        if said.get(key):
            yield f"{words} {said[key]}"
    if said.get("simplified"):
        yield "适用简易程序"
    if said.get("with_evidence"):
        yield "同时提交证据、依据"
