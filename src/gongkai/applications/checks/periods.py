"""F2–F5: what moved the last day, and what proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.checks.case import has_proof
from gongkai.applications.checks.catalogue import RULES
from gongkai.applications.kinds import KINDS
from gongkai.applications.models import PaperKind, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.applications.checks.case import Case
    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.models import Event

_SENT = ("third_party_sent", "co_maker_sent", "other_agency_sent")
_DISCLOSING = frozenset({"A1", "A2", "P"})


def check(case: Case) -> Iterator[Finding]:
    """Yield what is doubtful about corrections, extensions, consultations and reasons (Arts 30, 32–35)."""
    if case.course.clock is None:
        return
    yield from _corrections(case)
    yield from _lateness(case)
    yield from _extensions(case)
    yield from _consultations(case)
    yield from _refused_third_parties(case)
    for event in case.events("reasons_requested", "reasonable_period"):
        if not has_proof(event):
            yield RULES["F5a"].finding(day=event.day, what=KINDS[event.kind].caption)


def _corrections(case: Case) -> Iterator[Finding]:
    for event in case.events("correction_notice"):
        if case.regulation != "2008" and not event.payload.get("period_days"):
            yield RULES["F2a"].finding(day=event.day)
        if not has_proof(event):
            yield RULES["F2b"].finding(day=event.day)
    if case.course.stage == Stage.LAPSED:
        running = case.course.running
        what = "补正" if running.correction is not None else "缴费"
        yield RULES["F2c"].finding(what=what, day=running.lapse())


def _lateness(case: Case) -> Iterator[Finding]:
    state = case.course
    if state.is_late:
        what = f"{state.last.day} 才答复" if state.last is not None else f"至 {state.day} 尚未答复"
        yield RULES["F3a"].finding(due=state.due, what=what)


def _extensions(case: Case) -> Iterator[Finding]:
    for event in case.events("extension"):
        if not has_proof(event):
            yield RULES["F3b"].finding(day=event.day)
        if not event.payload.get("notified"):
            yield RULES["F3c"].finding(day=event.day)


def _consultations(case: Case) -> Iterator[Finding]:
    for event in case.events(*_SENT):
        what = _named(event)
        if not has_proof(event):
            yield RULES["F4a"].finding(day=event.day, what=what)
        received = event.kind.replace("_sent", "_received")
        if received in KINDS and not _followed(case, event, received):
            yield RULES["F4b"].finding(day=event.day, what=what)
    for event in case.events("third_party_opinion"):
        if not has_proof(event) and PaperKind.OPINION not in case.paper_kinds:
            yield RULES["F4c"].finding(day=event.day, what=_named(event))
    if case.answer is not None:
        for waiting in case.course.running.pending(case.answer.day):
            yield RULES["F4d"].finding(day=case.answer.day, what=waiting.name)


def _refused_third_parties(case: Case) -> Iterator[Finding]:
    """Yield a disclosure against the will of a third party who was not told (Art 32, last sentence)."""
    refused = [event for event in case.events("third_party_opinion") if event.payload.get("consent") is False]
    if case.answer is None or not refused or not _DISCLOSING & set(case.parts):
        return
    if not any(letter.kind == "third_party_disclosure" for letter in case.letters):
        yield RULES["F4e"].finding(day=case.answer.day)


def _followed(case: Case, sent: Event, kind: str) -> bool:
    """Tell whether an event of ``kind`` about the same party came after ``sent``, or its opinion did."""
    answered = sent.kind.replace("_sent", "_opinion")
    party = sent.payload.get("party", "")
    return any(
        event.payload.get("party", "") in {"", party} and event.day >= sent.day for event in case.events(kind, answered)
    )


def _named(event: Event) -> str:
    party = event.payload.get("party")
    return KINDS[event.kind].caption + (f"（{party}）" if party else "")
