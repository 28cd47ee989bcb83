"""What to object: whether the case could be brought at all, this way, and in time (law.md §1.8, §8.6).

A hint is what the file tells, never a verdict: the body and the court decide. What is not on file is not guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gongkai.applications.course import outcome_of
from gongkai.applications.domain.projection import course_of as application_course
from gongkai.law import clocks
from gongkai.law.catalogue import CatalogueError
from gongkai.law.clocks import ClockNotInForceError
from gongkai.law.remedies import Agency, AgencyKind, Part, non_answer, remedy
from gongkai.law.remedies_admission import admission
from gongkai.remedies.course import served
from gongkai.remedies.models import RemedyKind
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from gongkai.applications.models import Event
    from gongkai.law.remedies import Route
    from gongkai.remedies.models import Remedy

NON_ANSWER = "non_answer"
_REVIEW_FIRST = "review_first"
_SOMEBODY = Agency(AgencyKind.DEPARTMENT)
"""Routes do not depend on who answers, only the names of the bodies do."""


class Hint(NamedTuple):
    """Something to object or to mind: ``tone`` is ``late`` (against the case), ``soon`` (doubtful), ``normal``."""

    tone: str
    text: str
    article: str


def hints(case: Remedy) -> list[Hint]:
    """Return what the file tells about the admissibility of ``case``."""
    return [*_alone(case), *_route(case), *_in_time(case), *_too_early(case)]


def must_go_to_review_first(case: Remedy) -> bool:
    """Tell whether a direct suit skips a reconsideration that must come first, for every part contested (D6)."""
    routes = routes_of(case)
    return case.kind == RemedyKind.DIRECT and bool(routes) and all(route.kind == _REVIEW_FIRST for route in routes)


def routes_of(case: Remedy) -> tuple[Route, ...]:
    """Return the routes open against what is contested; none where the file does not say what that is."""
    day = acted_on(case)
    if day is None:
        return ()
    try:
        if case.ground == NON_ANSWER:
            return non_answer(day, _SOMEBODY).routes
        if case.answer is None:
            return ()
        parts = [Part(code) for code in _codes(case.answer)]
        regulation = case.application.regulation if case.application and case.application.regulation else "2019"
        return remedy(case.answer.day, parts, _SOMEBODY, regulation=regulation).routes
    except CatalogueError:
        return ()


def acted_on(case: Remedy) -> date | None:
    """Return the day of what is contested: the answer, the end of its period, or the act; ``None`` if unknown."""
    if case.answer is not None:
        return case.answer.day
    if case.ground == NON_ANSWER and case.application is not None:
        return _due(case)
    return case.act_on


def _codes(answer: Event) -> list[str]:
    parts = answer.payload.get("parts") or []
    return [part["outcome"] for part in parts] or [outcome_of(answer)]


def _alone(case: Remedy) -> Iterator[Hint]:
    day = acted_on(case) or case.filed_on or case.began_on
    if day is None:
        return
    found = admission(case.ground, day)
    allowed = found.suit if case.is_suit else found.review
    if allowed is False:
        what = "提起行政诉讼" if case.is_suit else "申请行政复议"
        yield Hint("late", f"{found.caption}，不能单独{what}。{found.instead}", "、".join(found.basis))


def _route(case: Remedy) -> Iterator[Hint]:
    if case.kind != RemedyKind.DIRECT:
        return
    routes = routes_of(case)
    first = [route for route in routes if route.kind == _REVIEW_FIRST]
    if not first:
        return
    article = first[0].articles[-1]
    if len(first) == len(routes):
        text = "该答复不予公开，应当先申请行政复议；未经复议直接起诉的，可以请求裁定不予立案或者驳回起诉。"
    else:
        text = "其中不予公开的部分应当先申请行政复议，未经复议不得起诉；其余部分可以直接起诉。"
    yield Hint("late", text, article)


def _in_time(case: Remedy) -> Iterator[Hint]:
    filed = case.filed_on
    since = _since(case)
    if since is None:
        return
    start, what = since
    name = {
        RemedyKind.RECONSIDERATION: "reconsideration_request",
        RemedyKind.DIRECT: "litigation",
        RemedyKind.AFTER: "litigation_after_reconsideration",
    }[RemedyKind(case.kind)]
    try:
        limit = clocks.due(name, start, calendar=calendar.of_city())
    except ClockNotInForceError:
        return
    if filed is None:
        text = f"自{what}（{start}）起算，应当在 {limit.due} 前提出；没有登记提出日期，不能核对。"
        yield Hint("soon", text, limit.clock.article)
    elif filed > limit.due:
        text = f"自{what}（{start}）起算，应当在 {limit.due} 前提出，{filed} 提出已超过期限。"
        yield Hint("late", f"{text}答复书没有告知救济途径、期限的，最长可以延至一年。", limit.clock.article)
    else:
        text = f"自{what}（{start}）起算，应当在 {limit.due} 前提出，{filed} 提出，未超过期限。"
        yield Hint("normal", text, limit.clock.article)


def _since(case: Remedy) -> tuple[date, str] | None:
    """Return from which day the period to seek the remedy runs, and what that day is."""
    if case.kind == RemedyKind.AFTER:
        if case.follows is None:
            return None
        decided = case.follows.events.filter(kind="decided", struck_by__isnull=True).order_by("sequence").last()
        return None if decided is None else (served(decided), "收到复议决定之日")
    if case.ground == NON_ANSWER:
        due = _due(case)
        return None if due is None else (due, "答复期限届满之日")
    if case.answer is not None:
        delivered = case.answer.application.events.filter(
            kind="delivered", day__gte=case.answer.day, struck_by__isnull=True
        ).order_by("day")
        first = delivered.first()
        return (case.answer.day, "答复之日") if first is None else (first.day, "收到答复之日")
    return None if case.act_on is None else (case.act_on, "知道行为之日，以行为之日计")


def _too_early(case: Remedy) -> Iterator[Hint]:
    """Yield that an answer was not owed yet when its want was complained of."""
    day = case.filed_on or case.began_on
    if case.ground != NON_ANSWER or day is None:
        return
    due = _due(case)
    if due is not None and day <= due:
        text = f"提出时（{day}）答复期限尚未届满（至 {due}），不构成逾期不予答复。"
        yield Hint("late", text, "《政府信息公开条例》第三十三条")


def _due(case: Remedy) -> date | None:
    """Return the last day for the answer as it was when the remedy was sought."""
    if case.application is None:
        return None
    day = case.filed_on or case.began_on or case.registered_at.date()
    found = application_course(case.application, max(day, case.application.arrived_on))
    return None if found is None else found.due
