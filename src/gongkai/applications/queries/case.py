"""One case as its page shows it: what it is on a day, what happened, what may be done next and what not and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.applications.domain import identity, inquiring
from gongkai.applications.domain.papers import subject_of
from gongkai.applications.domain.projection import course_of
from gongkai.applications.kinds import STRUCK
from gongkai.applications.models import ConsulteeKind, Event, PaperKind, Stage
from gongkai.applications.queries.article29 import lacking
from gongkai.applications.queries.lines import STAGES, TONES, time_left
from gongkai.applications.queries.words import caption, told
from gongkai.files.models import Redaction
from gongkai.files.redaction.original import KINDS as REDACTABLE
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.applications.course import Course
    from gongkai.applications.domain.identity import Identity
    from gongkai.applications.models import Application, DueChange, Paper, SearchLog
    from gongkai.applications.queries.article29 import Lack
    from gongkai.law.clock.outlook import Option


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. ``struck`` is the event that struck this one out, ``meta`` who entered it when."""

    event: Event
    caption: str
    words: str
    meta: str
    struck: Event | None
    struck_meta: str = ""


class Step(NamedTuple):
    """One line of the computation of the period; ``note`` is what it rests on."""

    kind: str
    day: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Consulted:
    """A party consulted: a third party's name masked, an agency's in full."""

    label: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A paper, whether it can be redacted, and its redacted copies; ``is_filed`` tells which of them is in the case."""

    paper: Paper
    is_redactable: bool
    copies: list[tuple[Redaction, bool]]


@dataclass(frozen=True)
class Case:
    """A case on ``day``. ``course`` is ``None`` where it was not received by then.

    ``may`` and ``may_not`` are the law's options of that day, ``conclusion`` the last line of the trace.
    """

    application: Application
    day: date
    is_past: bool
    course: Course | None
    stage: str
    tone: str
    left: str
    urgency: str
    people: list[Identity]
    entries: list[Entry]
    papers: list[Filed] = field(default_factory=list)
    searches: list[SearchLog] = field(default_factory=list)
    consulted: list[Consulted] = field(default_factory=list)
    changes: list[DueChange] = field(default_factory=list)
    parts: list[Application] = field(default_factory=list)
    siblings: list[Application] = field(default_factory=list)
    trace: list[Step] = field(default_factory=list)
    may: list[Option] = field(default_factory=list)
    may_not: list[Option] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)

    @property
    def conclusion(self) -> str:
        """Return where the clock stands, in words; the day a reconsideration or a court set goes before the law's."""
        until = self.course.until if self.course and self.course.is_pending else None
        if until is not None:
            return f"复议、诉讼要求重新答复，限期至 {until}（含当日）"
        return self.trace[-1].text if self.trace else ""

    @property
    def reasons(self) -> list[Step]:
        """Return what made the period what it is: the lines of the trace that are about events and doubts."""
        return [step for step in self.trace if step.kind in {"event", "warning"}]

    @property
    def days_used(self) -> int:
        """Return the working days of the running period used so far."""
        return self.course.clock.days_used if self.course and self.course.clock else 0


def case_of(application: Application, today: date, day: date | None = None) -> Case:
    """Return ``application`` as of ``day`` (default: ``today``); an earlier day shows the case as it stood then."""
    shown = day or today
    is_past = shown < today
    read_at_once([application])
    events = list(application.events.all())
    which = calendar.of_city("answer")
    course = course_of(application, shown, events=events, which=which)
    clock = course.clock if course else None
    stage = str(course.stage) if course else ""
    left, urgency = ("", "normal") if is_past else time_left(application, shown, which)
    options = clock.allowed if clock is not None and course is not None and course.is_pending and not is_past else []
    people = [identity.masked(applicant) for applicant in application.applicants.all()]
    return Case(
        application=application,
        day=shown,
        is_past=is_past,
        course=course,
        stage=STAGES.get(stage, ""),
        tone=TONES.get(stage, "normal"),
        left=left,
        urgency=urgency,
        people=people,
        entries=_entries(events, shown, clock.regulation if clock else ""),
        papers=[] if is_past else _filed(application),
        searches=[one for one in application.searches.all() if one.day <= shown],
        consulted=_consulted(application),
        changes=list(application.due_changes.all()),
        parts=list(application.parts.only("number").order_by("pk")) if application.stage == Stage.SPLIT else [],
        siblings=_siblings(application),
        trace=steps_of(clock.trace) if clock else [],
        may=[option for option in options if option.allowed],
        may_not=[option for option in options if not option.allowed],
        lacks=_lacks(application, course, people),
    )


def read_at_once(applications: list[Application]) -> None:
    """Read what several parts of the page look at, so that each is read once."""
    events = Event.objects.select_related("entered_by").order_by("sequence")
    prefetch_related_objects(applications, Prefetch("events", events), "applicants", "searches")


def capped(option: Option, course: Course | None) -> date | None:
    """Return the last day of what may be done, which is never after the day a reconsideration or a court set."""
    until = course.until if course else None
    return min(option.latest, until) if option.latest and until else option.latest


def since(application: Application, seen: int) -> list[Entry]:
    """Return what was entered after the version ``seen``: what somebody who had that one before them does not know."""
    events = application.events.filter(sequence__gt=seen).select_related("entered_by").order_by("sequence")
    return _entries(list(events), None, application.regulation)


def steps_of(trace: list[dict[str, Any]]) -> list[Step]:
    """Return the lines of a trace in the words of a page."""
    steps = []
    for line in trace:
        note = "" if line["kind"] in {"counted", "due"} else line["article"]
        if line["source"] and line["kind"] != "counted":
            note = f"{note}，{line['source']}" if note else line["source"]
        day = line["date"]
        steps.append(Step(line["kind"], f"{day.month}月{day.day}日", line["text"], note))
    return steps


def _entries(events: Sequence[Event], day: date | None, regulation: str) -> list[Entry]:
    struck = {event.strikes_id: event for event in events if event.strikes_id is not None}
    officers = {event.payload["officer"] for event in events if event.payload.get("officer")}
    people = dict(User.objects.filter(pk__in=officers).values_list("pk", "name")) if officers else {}
    shown = [event for event in events if event.kind != STRUCK and (day is None or event.day <= day)]
    shown.sort(key=lambda event: (event.day, event.sequence))
    return [
        Entry(
            one,
            caption(one),
            told(one, people, regulation),
            _meta(one),
            struck.get(one.pk),
            _meta(struck[one.pk]) if one.pk in struck else "",
        )
        for one in shown
    ]


def _meta(event: Event) -> str:
    """Return who entered an event and when."""
    who = event.entered_by.name if event.entered_by else "系统"
    return f"{who}　{timezone.localtime(event.entered_at):%Y-%m-%d %H:%M} 登记"


def _filed(application: Application) -> list[Filed]:
    """Return the papers, each with its redacted copies; one query for all copies."""
    papers = list(application.papers.select_related("blob", "added_by"))
    filed = {paper.blob_id for paper in papers if paper.kind == PaperKind.RELEASED}
    copies: dict[str, list[tuple[Redaction, bool]]] = {}
    open_to_it = {
        subject_of(paper): paper for paper in papers if not paper.is_personal and paper.blob.kind in REDACTABLE
    }
    for copy in Redaction.objects.filter(subject__in=open_to_it).select_related("copy") if open_to_it else ():
        copies.setdefault(copy.subject, []).append((copy, copy.copy_id in filed))
    return [
        Filed(
            paper,
            subject_of(paper) in open_to_it and paper.kind != PaperKind.RELEASED,
            copies.get(subject_of(paper), []),
        )
        for paper in papers
    ]


def _consulted(application: Application) -> list[Consulted]:
    found = []
    for one in application.consultees.all():
        name, _ = inquiring.who(one)
        is_person = one.kind == ConsulteeKind.THIRD_PARTY
        found.append(Consulted(one.label, one.get_kind_display(), identity.mask_name(name) if is_person else name))
    return found


def _siblings(application: Application) -> list[Application]:
    """Return the other applications of the same form at the same agency's reach: one form, several agencies."""
    found = type(application).objects.filter(form=application.form).exclude(pk=application.pk)
    return list(found.exclude(split_from=application.pk).only("number", "unit_id", "stage"))


def _lacks(application: Application, course: Course | None, people: list[Identity]) -> list[Lack]:
    """Return what Art 29 asks for and is lacking, until a correction was asked for or the case has ended."""
    if course is None or not course.is_pending or application.is_secret:
        return []
    if any(event.kind == "correction_notice" for event in course.events):
        return []
    return lacking(people, application)
