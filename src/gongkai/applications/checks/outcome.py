"""C5, C8–C12: the outcome and what must be on file for it. F6: the fee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.checks.catalogue import RULES
from gongkai.applications.domain.evidence import on_file
from gongkai.applications.fee_account import ITEMS, NOTICE, PAGES, SCHEDULES
from gongkai.applications.queries.fees import proposal
from gongkai.law import fees, outcomes
from gongkai.law.catalogue import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.applications.checks.case import Case
    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.models import Event

_RULE_OF = {
    "correction_notice": "C8",
    "correction_answer": "C8",
    "correction_period_expired": "C8",
    "fee_notice": "C8",
    "fee_period_expired": "C8",
    "earlier_answer_number": "C9",
    "reasons_requested": "C10",
    "third_party_consultation": "C11",
    "classification_level": "C12",
    "classification_period": "C12",
    "search_log": "U1",
    "harm_evidence": "N3",
}
"""The rule that names what is lacking, by the key of the prerequisite (``law.outcomes``)."""

_PUBLIC = "A1"


def check(case: Case) -> Iterator[Finding]:
    """Yield what is doubtful about the outcome and the fee."""
    if case.answer is not None:
        yield from _parts(case)
        yield from _prerequisites(case)
    for event in case.events(NOTICE):
        yield from _fee(case, event)


def _parts(case: Case) -> Iterator[Finding]:
    assert case.outcome is not None
    try:
        expected = outcomes.principal(case.parts, case.regulation)
    except CatalogueError:
        return
    # A finer outcome of the same row is no contradiction.
    if expected.rows != case.outcome.rows:
        captions = "、".join(outcomes.outcome(code, case.regulation).caption for code in case.parts)
        yield RULES["C5"].finding(parts=captions, expected=expected.caption, outcome=case.outcome.caption)


def _prerequisites(case: Case) -> Iterator[Finding]:
    assert case.answer is not None
    assert case.outcome is not None
    kept = on_file(case.application, case.course, case.answer.payload)
    lacking: dict[str, list[outcomes.Prerequisite]] = {}
    for code in dict.fromkeys((*case.parts, case.outcome.code)):
        for need in outcomes.missing(outcomes.outcome(code, case.regulation), kept):
            found = lacking.setdefault(_RULE_OF[need.key], [])
            if need not in found:
                found.append(need)
    for rule, needs in lacking.items():
        what = "、".join(need.caption for need in needs)
        yield RULES[rule].finding(outcome=case.outcome.caption, what=what, article=needs[0].article)


def _fee(case: Case, event: Event) -> Iterator[Finding]:
    amount, schedule, count = (event.payload.get(key) for key in ("amount", "schedule", "count"))
    if schedule not in SCHEDULES or not count:
        yield RULES["F6b"].finding(day=event.day, amount=amount or "（未填）")
        return
    expected = (fees.of_item(count) if schedule == ITEMS else fees.by_pages(count)).amount_yuan
    if amount != expected:
        how = f"按当月第 {count} 件" if schedule == ITEMS else f"按 {count} 页"
        yield RULES["F6a"].finding(day=event.day, amount=amount, how=how, expected=expected)
    offered = proposal(case.application, case.course) if schedule == ITEMS else None
    if offered is not None and offered.place != count:
        yield RULES["F6c"].finding(day=event.day, count=count, place=offered.place)
    if schedule == PAGES and case.outcome is not None and case.outcome.code == _PUBLIC:
        yield RULES["F6d"].finding(outcome=case.outcome.caption)
