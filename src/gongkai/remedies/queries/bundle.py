"""The catalogue of evidence (举证材料目录): what must be proved, and what the file has for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.applications.domain.projection import course_of
from gongkai.applications.kinds import KINDS, article_of
from gongkai.applications.models import PaperKind
from gongkai.law.clock.events import MODES
from gongkai.law.proof import items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from gongkai.applications.course import Course
    from gongkai.applications.models import Application, Event
    from gongkai.files.models import Blob
    from gongkai.law.proof import Item

_PAPERS = {
    "application": (PaperKind.FORM,),
    "correction_answer": (PaperKind.CORRECTION,),
    "third_party_opinion": (PaperKind.OPINION,),
    "co_maker_opinion": (PaperKind.OPINION,),
    "released": (PaperKind.RELEASED,),
}
"""Papers of the file that prove an item."""

_EVENTS = {
    "application": ("received",),
    "confirmation": ("confirmed", "attempt"),
    "correction_notice": ("correction_notice",),
    "correction_answer": ("correction_answer",),
    "third_party_sent": ("third_party_sent", "third_party_received"),
    "third_party_opinion": ("third_party_opinion",),
    "co_maker_sent": ("co_maker_sent", "co_maker_received", "other_agency_sent"),
    "co_maker_opinion": ("co_maker_opinion", "other_agency_opinion"),
    "extension": ("extension",),
    "reasons_requested": ("reasons_requested",),
    "reasons_answered": ("reasons_answered",),
    "reasonable_period": ("reasonable_period",),
    "fee_notice": ("fee_notice",),
    "answer_letter": ("answer",),
    "delivery": ("delivered", "redelivered"),
}
"""Events whose attached file proves an item."""

_BESIDES = frozenset({"remedied", "note", "guided", "allocated", "claimed", "handed_back"})
"""Events of the office that prove nothing about the handling: allocation, notes, the remedy itself."""

_PARTICULARS = {
    "party": "（{}）",
    "number": "，文号 {}",
    "mode": "，{}",
    "mail": "，邮件号 {}",
    "days": "，{} 个工作日",
    "period_days": "，期限 {} 个工作日",
    "until": "，至 {}",
}
"""What the catalogue says of an event, in this order: nobody's name is among it."""

DISCLOSURE = "third_party_disclosure"
"""The letter that tells a third party of a disclosure against its will (Art 32)."""

RECORDED = frozenset({"confirmation", "search_log", "course"})
"""Items that the register itself proves, printed as a record."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the bundle."""

    name: str
    blob: Blob


@dataclass(frozen=True, slots=True)
class Proof:
    """One item of the catalogue with the files that prove it, and the lines of the register about it.

    ``outside``: it must not stand in this system; it is brought from elsewhere and is therefore never missing here.
    """

    item: Item
    files: tuple[File, ...] = ()
    lines: tuple[str, ...] = ()
    outside: bool = False

    @property
    def is_missing(self) -> bool:
        """Tell whether nothing on file proves it."""
        recorded = self.item.key in RECORDED and bool(self.lines)
        return not (self.files or recorded or self.outside)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What must be proved about one application, and further papers that may help."""

    application: Application
    course: Course
    proofs: tuple[Proof, ...]
    others: tuple[File, ...] = field(default=())

    @property
    def missing(self) -> tuple[Proof, ...]:
        """Return what nothing on file proves."""
        return tuple(proof for proof in self.proofs if proof.is_missing)


def catalogue(application: Application, day: date) -> Catalogue | None:
    """Return the catalogue of ``application`` as of ``day``; ``None`` before it was received."""
    course = course_of(application, day)
    if course is None:
        return None
    answer = next((event for event in reversed(course.events) if event.kind == "answer"), None)
    codes = _codes(answer)
    kinds = {event.kind for event in course.events}
    refused = any(
        event.kind == "third_party_opinion" and event.payload.get("consent") is False for event in course.events
    )
    papers: dict[str, list[File]] = {}
    for paper in application.papers.select_related("blob"):
        papers.setdefault(paper.kind, []).append(File(paper.name, paper.blob))
    attached = {
        event.pk: event for event in application.events.select_related("evidence").filter(evidence__isnull=False)
    }
    told = frozenset(application.letters.filter(kind=DISCLOSURE, event__isnull=False).values_list("event", flat=True))
    proofs = tuple(
        _proof(item, application, _events(item.key, course, told), papers, attached)
        for item in items(codes, kinds, third_party_refused=refused)
    )
    others = (*papers.get(PaperKind.MINUTES, ()), *papers.get(PaperKind.OTHER, ()))
    return Catalogue(application, course, proofs, others)


def timeline(course: Course) -> Iterator[tuple[date, str, str]]:
    """Yield what happened, as the appendix prints it: day, what, by which article."""
    regulation = course.clock.regulation if course.clock else ""
    shown = [event for event in course.events if event.kind not in _BESIDES]
    for event in sorted(shown, key=lambda one: (one.day, one.sequence)):
        yield event.day, _words(event), article_of(event.kind, regulation)


def _proof(
    item: Item,
    application: Application,
    events: Sequence[Event],
    papers: Mapping[str, Sequence[File]],
    attached: Mapping[int, Event],
) -> Proof:
    files = [file for kind in _PAPERS.get(item.key, ()) for file in papers.get(kind, ())]
    files += [
        File(attached[event.pk].evidence_name or KINDS[event.kind].caption, attached[event.pk].evidence)
        for event in events
        if event.pk in attached
    ]
    lines = [f"{event.day} {_words(event)}" for event in events]
    if item.key == "search_log":
        lines = [
            f"{log.day} {log.searcher}：{log.system} {log.keywords} {log.found}" for log in application.searches.all()
        ]
    if item.key == "course":
        lines = ["见附录"]
    return Proof(item, tuple(files), tuple(lines), outside=item.key == "classification")


def _events(key: str, course: Course, told: frozenset[int]) -> list[Event]:
    """Return the events that prove an item: those of its kinds, and the arrival of the letters they were sent by.

    The arrival of the answer is an item of its own. ``told`` are the events by which third parties were told of a
    disclosure against their will.
    """
    events = [event for event in course.events if event.kind in _EVENTS.get(key, ())]
    if key == "public_interest":
        return [event for event in course.events if event.pk in told]
    if key == "delivery":
        answers = {event.payload.get("letter") for event in course.events if event.kind == "answer"}
        return [event for event in events if event.payload.get("letter") in answers | {None}]
    letters = {event.payload["letter"] for event in events if event.payload.get("letter")}
    if key == "answer_letter" or not letters:
        return events
    arrived = [event for event in course.events if event.kind in _EVENTS["delivery"]]
    return events + [event for event in arrived if event.payload.get("letter") in letters]


def _codes(answer: Event | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    parts = [part["outcome"] for part in answer.payload.get("parts") or ()]
    return tuple(dict.fromkeys((answer.payload["outcome"], *parts)))


def _words(event: Event) -> str:
    """Return an event in words without anybody's name: numbers, ways, periods."""
    said = dict(event.payload)
    if said.get("mode"):
        said["mode"] = MODES[said["mode"]][0]
    words = [form.format(said[key]) for key, form in _PARTICULARS.items() if said.get(key)]
    return "".join((KINDS[event.kind].caption, *words))
