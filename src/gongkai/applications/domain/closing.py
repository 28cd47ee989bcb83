"""The look at a case before it goes out or is put away: errors are mended, warnings are explained.

``demand_ready`` is called in the transaction of the act, after its event was written: what is refused here takes the
act back with it. ``explain`` is the act of its own by which an officer explains what was found.
A case taken over from a paper register is not held to what the register does not tell; its findings stay visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from gongkai.applications.checks.catalogue import ERROR, WARNING
from gongkai.applications.domain.authority import authorise, locked
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.projection import course_of
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import IncompleteError, NotReadyError
from gongkai.applications.queries.checks import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.course import Course
    from gongkai.applications.models import Application


NOTE = "note"


class Left(NamedTuple):
    """What is left of the findings: to be mended, and to be explained."""

    grave: list[Finding]
    doubtful: list[Finding]


def left_of(application: Application, course: Course, *, beside: Iterable[str] = ()) -> Left:
    """Return what must still be mended or explained as of the day of ``course``.

    A finding is explained by a note that names its rule. ``beside`` are ids of rules that the act at hand will settle,
    such as the delivery of a letter being sent.
    """
    done = {*beside, *explained(course)}
    found = [finding for finding in findings(application, course) if finding.rule not in done]
    grave = [finding for finding in found if finding.severity == ERROR]
    doubtful = [finding for finding in found if finding.severity == WARNING]
    return Left([], grave + doubtful) if application.is_imported else Left(grave, doubtful)


def explained(course: Course) -> frozenset[str]:
    """Return the ids of the rules that notes of the case explain."""
    return frozenset(rule for event in course.events if event.kind == NOTE for rule in event.payload.get("rules", ()))


@transaction.atomic
def explain(*, application: Application, user: User, today: date, note: str, seen: int | None = None) -> list[Finding]:
    """Enter a note that explains the doubts of the case as it is; it names the rules it explains.

    Returns what it explained. An error is mended, not explained, unless the case was imported.
    """
    application = locked(application, seen)
    authorise(application, user, today, "说明核对发现")
    if not note.strip():
        raise IncompleteError("没有填写说明。请写明原因和处理情况，不写个人信息。", {"note": "请填写。"})
    course = course_of(application, today)
    left = [] if course is None else left_of(application, course).doubtful
    if not left:
        raise NotReadyError("没有需要说明的核对发现；须改正的，请改正后再核对。")
    _note(application, left, note.strip(), user, today)
    return left


@transaction.atomic
def demand_ready(
    *,
    application: Application,
    user: User | None,
    today: date,
    note: str = "",
    beside: Iterable[str] = (),
    is_final: bool = True,
) -> list[Finding]:
    """Raise ``NotReadyError`` for what must be mended, and for what must be explained unless ``note`` does.

    Where the act is not ``is_final``, doubts may be explained later: a letter goes out with them, a volume is not
    closed. Returns what was explained. ``fields`` of the error name the rules.
    """
    course = course_of(application, today)
    assert course is not None
    left = left_of(application, course, beside=beside)
    if left.grave:
        raise _refusal("案卷核对发现须改正的问题", left.grave)
    if left.doubtful and not note.strip() and not is_final:
        return []
    if left.doubtful and not note.strip() and not application.is_imported:
        raise _refusal("案卷核对发现须说明的问题，请改正，或者填写办理说明", left.doubtful)
    if left.doubtful:
        _note(application, left.doubtful, note.strip() or "登记簿导入的案件", user, today)
    return left.doubtful


def reason_to_hold(application: Application) -> str:
    """Return why the volume of a finished case cannot be closed yet; empty where it can."""
    if application.is_imported:
        return ""
    events = list(application.events.order_by("sequence"))
    course = course_of(application, max(event.day for event in events), events=events)
    assert course is not None
    left = left_of(application, course)
    words = [
        f"{what}（{'、'.join(dict.fromkeys(finding.rule for finding in found))}）"
        for what, found in (("核对发现须改正的问题", left.grave), ("核对发现须说明的问题", left.doubtful))
        if found
    ]
    return "，".join(words)


def _note(application: Application, found: Sequence[Finding], note: str, user: User | None, today: date) -> None:
    rules = list(dict.fromkeys(finding.rule for finding in found))
    append(application, NOTE, today, user, today=today, text=f"核对说明：{note}", rules=rules)
    trace("findings_explained", application, user, "《政府信息公开条例》第四十五条", rules=rules)


def _refusal(what: str, found: Sequence[Finding]) -> NotReadyError:
    words = "".join(f"{finding.rule} {finding.message}{finding.todo}" for finding in found)
    fields = {finding.rule: finding.message for finding in found}
    return NotReadyError(f"{what}：{words}", fields, article=found[0].article)
