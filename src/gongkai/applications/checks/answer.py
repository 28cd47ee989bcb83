"""F7–F10, F15: the answer's letter, what it tells about remedies, how it was delivered, its number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gongkai.applications.checks.catalogue import RULES, is_private_courier
from gongkai.law.clock.events import MODES
from gongkai.law.letters import letter
from gongkai.law.outcomes import outcome
from gongkai.law.remedies import Agency, AgencyKind, Part, remedy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.applications.checks.case import Case, Written
    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.models import Event
    from gongkai.law.remedies import Remedy

_PARTIAL = "P"
_FIRST = "应当先"
_ONLINE_SINCE = date(2024, 1, 1)


def check(case: Case) -> Iterator[Finding]:
    """Yield what is doubtful about the answer."""
    if case.answer is None:
        return
    payload = case.answer.payload
    number = payload.get("number")
    if not number:
        yield RULES["F7a"].finding(day=case.answer.day)
    elif case.others.get(number):
        yield RULES["F15"].finding(number=number, other="、".join(case.others[number]))
    if payload["outcome"] == _PARTIAL and not any(code != _PARTIAL for code in case.parts):
        yield RULES["F7b"].finding(day=case.answer.day)
    if case.answer_letter is not None:
        yield from _letter(case, case.answer_letter)
    yield from _remedy(case, case.answer, case.answer_letter)
    yield from _delivery(case, case.answer)


def _letter(case: Case, written: Written) -> Iterator[Finding]:
    assert case.outcome is not None
    expected = {outcome(code, case.regulation).letter for code in (*case.parts, case.outcome.code)}
    if written.kind not in expected:
        yield RULES["F7c"].finding(
            outcome=case.outcome.caption,
            expected=f"《{letter(case.outcome.letter, case.regulation).title}》",
            found=f"《{letter(written.kind, case.regulation).title}》",
        )
    articles = [article.rpartition("》")[2] for article in case.outcome.articles]
    if written.text and articles and not any(article in written.text for article in articles):
        yield RULES["F7d"].finding(outcome=case.outcome.caption, expected="、".join(case.outcome.articles))


def _remedy(case: Case, answer: Event, written: Written | None) -> Iterator[Finding]:
    """Yield what the letter does not tell about remedies, by the law of the day it was given (law.md §1.8)."""
    routes = _routes(case, answer)
    first = any(route.kind == "review_first" for route in routes.routes)
    text = written.text if written is not None else ""
    if not text:
        if first:
            yield RULES["F8b"].finding(day=answer.day)
        return
    if "行政复议" not in text:
        yield RULES["F7e"].finding(day=answer.day)
    elif first and _FIRST not in text:
        yield RULES["F8a"].finding(day=answer.day)
    is_online = answer.payload.get("mode") == "electronic" and answer.day >= _ONLINE_SINCE
    if is_online and "通过互联网提交" not in text:
        yield RULES["F9"].finding(day=answer.day)


def _routes(case: Case, answer: Event) -> Remedy:
    parts = [Part(code) for code in case.parts]
    return remedy(answer.day, parts, Agency(AgencyKind.DEPARTMENT), regulation=case.regulation)


def _delivery(case: Case, answer: Event) -> Iterator[Finding]:
    mode, mail = answer.payload.get("mode", "direct"), answer.payload.get("mail", "")
    redelivered = [event.day for event in case.events("redelivered")]
    if mode == "posted":
        if not mail:
            yield RULES["F10a"].finding(day=answer.day)
        elif is_private_courier(mail):
            yield RULES["F10b"].finding(day=answer.day, mail=mail)
    elif mode in {"direct", "entrusted"} and (answer.payload.get("letter") or answer.evidence_id is None):
        # A letter's arrival proves that letter alone; one entered by hand says nothing of letters.
        whole = {None, answer.payload.get("letter")}
        arrived = (event for event in case.events("delivered") if event.payload.get("letter") in whole)
        signed = any(event.day >= answer.day for event in arrived)
        if not signed:
            yield RULES["F10c"].finding(day=answer.day, mode=MODES[mode][0])
    for event in case.events("mail_returned"):
        if not any(day >= event.day for day in redelivered):
            yield RULES["F10d"].finding(day=event.day)
    for event in case.events("redelivered"):
        if is_private_courier(event.payload.get("mail", "")):
            yield RULES["F10b"].finding(day=event.day, mail=event.payload["mail"])
