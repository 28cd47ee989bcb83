"""F11, F12: who asked the same before, and how many others do. Looked for only where asked to: it takes queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.checks.catalogue import RULES
from gongkai.applications.models import Event
from gongkai.applications.queries.similar import SHARED, to_application

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.applications.checks.case import Case
    from gongkai.applications.checks.catalogue import Finding

_REPEATED = "D2"
_DISCLOSING = frozenset({"A2", "P"})
MANY = 2
"""From so many applications of others on, information that may be disclosed is worth publishing (Art 44)."""


def check(case: Case) -> Iterator[Finding]:
    """Yield repeats (Art 36(6)), earlier answers that cannot be found, and what several ask for (Art 44)."""
    repeated = case.outcome is not None and case.outcome.code == _REPEATED
    if repeated:
        yield from _earlier_answer(case)
    if not case.is_deep:
        return
    others = 0
    for like in to_application(case.application):
        if like.kind == SHARED:
            others += 1
        elif not repeated:
            yield RULES["F11a"].finding(other=like.application.number, score=round(100 * like.score))
    if case.answer is None or others < MANY or not _DISCLOSING & set(case.parts):
        return
    if not any(case.events("converted")):
        yield RULES["F12"].finding(count=others, day=case.answer.day)


def _earlier_answer(case: Case) -> Iterator[Finding]:
    assert case.answer is not None
    number = case.answer.payload.get("earlier_answer_number")
    if not number:
        return
    answers = Event.objects.filter(kind="answer", struck_by__isnull=True, application__unit=case.application.unit_id)
    known = answers.filter(payload__number=number).exclude(application=case.application.pk)
    if not known.exists():
        yield RULES["F11b"].finding(number=number)
