"""Where a report stands, in words: by when what is due, and what is to be done now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.reporting import rules
from gongkai.reporting.domain.authority import KIND
from gongkai.reporting.models import EDITABLE, RECEIVED, SETTLED, Aspect, Scope, State
from gongkai.reporting.queries.coming_out import due_on
from gongkai.reporting.queries.deadlines import deadline_of, notice
from gongkai.reporting.queries.parts import listed_parts
from gongkai.review.models import Review, ReviewState, StepState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from gongkai.accounts.queries.scope import Scope as Rights
    from gongkai.reporting.models import Confirmation, Submission
    from gongkai.reporting.queries.cells import Value

SOON = 10
"""Calendar days before the last one from which a report is urgent."""
SECTIONS_TO_WRITE = (1, 5, 6)
"""Parts of the report that are prose; parts two to four are the statutory tables, prose beside them is optional."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One last day: of what, by which article, and when it was done; ``notice`` says that it is no working day."""

    caption: str
    day: date
    article: str
    done_on: date | None
    today: date
    notice: str = ""

    @property
    def days(self) -> int:
        """Days left; negative after the day."""
        return (self.day - self.today).days

    @property
    def days_over(self) -> int:
        """Days by which it was done, or is still being done, too late; 0 if in time."""
        return max(((self.done_on or self.today) - self.day).days, 0)

    @property
    def tone(self) -> str:
        """``late``, ``soon``, ``passed`` or ``normal``."""
        if self.days_over:
            return "late"
        if self.done_on:
            return "passed"
        return "soon" if self.days <= SOON else "normal"


@dataclass(frozen=True, slots=True)
class Step:
    """Something still to be done before the next act; ``place`` names the page that it is done on."""

    words: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be done now, by whom it is waited for, and every last day."""

    headline: str
    steps: list[Step] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    review: Review | None = None
    missing: list[Submission] = field(default_factory=list)

    @property
    def next_deadline(self) -> Deadline | None:
        """The last day that counts now: the first that is not met, else the last that was."""
        return next((one for one in self.deadlines if one.done_on is None), (self.deadlines or [None])[-1])


def deadlines(submission: Submission, today: date, published_on: date | None) -> list[Deadline]:
    """Return the last days of a report (条例 第四十九条); the whole of the root is handed up to nobody."""
    campaign, found = submission.campaign, []
    is_top = submission.scope == Scope.WHOLE and submission.superior_id == submission.unit_id
    if not is_top:
        day = deadline_of(submission)
        is_local = submission.scope == Scope.OWN and campaign.local_deadline is not None
        article = "本地规定" if is_local else "条例第四十九条"
        is_ahead = submission.first_signed_on is None and today <= day
        words = notice(day) if is_ahead else ""
        found.append(Deadline("报送", day, article, submission.first_signed_on, today, words))
    if not submission.is_part_of_own_whole:
        found.append(Deadline("公布", due_on(submission), "条例第四十九条", published_on, today))
    return found


def outlook(
    submission: Submission,
    scope: Rights,
    found: Mapping[str, Value],
    said: Mapping[str, Confirmation | None],
    answered: set[str],
) -> Outlook:
    """Return what is to be done with a report; for whoever may not do it, who must."""
    published = submission.editions.filter(version=1).values_list("published_on", flat=True).first()
    days = deadlines(submission, scope.day, published)
    if submission.state in EDITABLE:
        return _filling(submission, scope, found, answered, days)
    if submission.state == State.REVIEWING:
        review = Review.objects.filter(kind=KIND, key=submission.pk, state__in=(ReviewState.OPEN, ReviewState.REFERRED))
        now = review.first()
        step = now.steps.filter(state=StepState.CURRENT).first() if now else None
        return Outlook(f"单位审签中：{step.title if step else '等待审签'}。", deadlines=days, review=now)
    if submission.state == State.SIGNED:
        if not rules.may_decide(scope, submission):
            return Outlook("已报送，等待上级接收。需要修改的，请上级退回。", deadlines=days)
        return Outlook("核对后接收，或者写明理由退回。", list(_unconfirmed(said)), days)
    words = {
        State.ACCEPTED: "已接收，数据已进入汇总。下一步：定稿。",
        State.FROZEN: "已定稿，下一步：公布。",
        State.PUBLISHED: "已公布。发现差错的，另出更正版本并附说明。",
    }
    steps = [Step("先核对年后补录的事项", "late")] if submission.state == State.ACCEPTED else []
    return Outlook(words[State(submission.state)], steps, days)


def _filling(
    submission: Submission, scope: Rights, found: Mapping[str, Value], answered: set[str], days: list[Deadline]
) -> Outlook:
    missing: list[Submission] = []
    steps: list[Step] = []
    if submission.returned_reason:
        steps.append(Step(f"按退回理由修改：{submission.returned_reason}"))
    if submission.notice:
        steps.append(Step(f"更正说明：{submission.notice}"))
    if submission.scope == Scope.WHOLE:
        missing = [one for one in listed_parts(submission) if one.state not in SETTLED]
        if missing:
            got = sum(one.state in RECEIVED for one in missing)
            words = f"还有 {len(missing)} 份报告没有接收" + (f"，其中 {got} 份已报送待接收" if got else "")
            return Outlook(f"等报告齐了再汇总：{words}。", steps, days, missing=missing)
        if not submission.computed:
            return Outlook("报告已齐，可以汇总。", steps, days)
    steps += _open_points(submission, found, answered)
    if not rules.may_fill(scope, submission):
        return Outlook("等待单位填报、送审。", [], days)
    headline = "办完下列事项后送审。" if steps else "没有未办事项，可以送审。"
    return Outlook(headline, steps, days, missing=missing)


def _open_points(submission: Submission, found: Mapping[str, Value], answered: set[str]) -> Iterator[Step]:
    unread = sum(one.unreadable is not None for one in found.values())
    blank = sum(one.number is None for one in found.values()) - unread
    if unread:
        yield Step(f"{unread} 个单元格未读出，对照原文填写", "upload")
    if blank:
        yield Step(f"{blank} 个单元格未填", "submission")
    unwritten = [title for number, title, text in submission.sections if number in SECTIONS_TO_WRITE and not text]
    if unwritten:
        yield Step(f"正文还有 {len(unwritten)} 部分没有写：{'、'.join(unwritten)}", "text")
    errors = sum(one["severity"] == "error" for one in submission.findings)
    if errors:
        yield Step(f"{errors} 项审核错误须改正", "findings")
    warnings = sum(one["severity"] == "warning" and one["fingerprint"] not in answered for one in submission.findings)
    if warnings:
        yield Step(f"{warnings} 项审核提示须改正或者说明", "findings")


def _unconfirmed(said: Mapping[str, Confirmation | None]) -> Iterator[Step]:
    for aspect, one in said.items():
        label = Aspect(aspect).label
        if one is None:
            yield Step(f"“{label}”还没有经核对单位确认")
        elif not one.agrees:
            yield Step(f"“{label}”核对不一致：{one.opinion}")
