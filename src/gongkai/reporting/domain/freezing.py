"""The end of a report's way: frozen with all that stands behind it, published once, corrected by a new version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.annual.writer import missing_glyphs
from gongkai.reporting import addresses, rules
from gongkai.reporting.captions import caption
from gongkai.reporting.domain import auditing, keeping, summing
from gongkai.reporting.domain.authority import ARTICLE, authorise, changed, demand_state, locked
from gongkai.reporting.domain.authority import trace as note
from gongkai.reporting.errors import (
    ChangedCasesError,
    ChangedMeanwhileError,
    MissingGlyphsError,
    MissingUnitsError,
    NothingToCorrectError,
    ReasonMissingError,
    SameYearError,
    StateError,
    WrongValueError,
)
from gongkai.reporting.lines import digest_of, line_of
from gongkai.reporting.models import EDITABLE, SETTLED, Edition, Scope, State, Submission
from gongkai.reporting.queries.coming_out import days_late, due_on
from gongkai.reporting.queries.parts import parts_of
from gongkai.reporting.queries.recount import differences, recount
from gongkai.reporting.queries.report import report_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from gongkai.accounts.models import User
    from gongkai.annual.report import Number, Report
    from gongkai.reporting.queries.recount import Differences, Recount

SENT_BACK = "公布前退回修改，重新定稿。"
"""The notice of a version that replaces one that never came out: nobody outside is told of either."""

LONGEST = 500
"""The most characters a notice may have."""

_SHOWN = 5


def freeze(
    *, submission: Submission, user: User | None, today: date, seen: int | None = None, now: datetime | None = None
) -> Edition:
    """Freeze a received report: its line, the digest, what stands behind each cell, and its files, for ever.

    The files are rendered before the row is locked: they take longer than everything else. Raises
    ``ChangedCasesError`` where the cases known at ``now`` give other figures than those received, ``MissingUnitsError``
    where a part of a whole was sent back meanwhile, ``BlockedError``, ``MissingGlyphsError``, and
    ``NothingToCorrectError`` where a correction says what is published already.
    """
    submission = Submission.objects.select_related("unit", "campaign").get(pk=submission.pk)
    authorise(submission, user, today, "定稿", rules.may_publish)
    demand_state(submission, (State.ACCEPTED,), "定稿")
    report = report_of(submission)
    _demand_glyphs(submission, report)
    line = line_of(report)
    return _freeze(submission, _Made(line, keeping.render(line), user, now or timezone.now()), seen)


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of a report before its row is locked, by whom, and as of when its cases are looked at."""

    line: str
    files: dict[str, bytes]
    user: User | None
    now: datetime


@transaction.atomic
def _freeze(submission: Submission, made: _Made, seen: int | None) -> Edition:
    submission = locked(submission, seen)
    demand_state(submission, (State.ACCEPTED,), "定稿")
    counted = recount(submission, known_at=made.now)
    _demand_same_cases(submission, counted)
    auditing.demand_clean(submission, "定稿")
    if line_of(report_of(submission)) != made.line:
        raise ChangedMeanwhileError(f"《{submission.title}》在定稿时又有改动，没有定稿。请刷新页面，核对后重试。")
    slug = addresses.of_unit(submission.unit, submission.scope, is_part=submission.is_part_of_own_whole)
    before = _before(submission, slug)
    _demand_other(submission, made.line)
    if before is not None and before.report == made.line:
        edition = before  # sent back before it came out, and nothing was changed: the same report is the same version
    else:
        edition = _version(submission, slug, before, made, counted)
        keeping.keep_files(edition, made.files)
    submission.state = State.FROZEN
    changed(submission, "state", "findings")
    keeping.trace("frozen", edition, made.user, ARTICLE, submission=submission.pk, known_at=made.now.isoformat())
    return edition


def _version(submission: Submission, slug: str, before: Edition | None, made: _Made, counted: Recount) -> Edition:
    return Edition.objects.create(
        submission=submission,
        unit=submission.unit,
        body=f"{submission.body}（本级）" if submission.is_part_of_own_whole else submission.body,
        slug=slug,
        year=submission.campaign.year,
        scope=submission.scope,
        version=before.version + 1 if before else 1,
        report=made.line,
        digest=digest_of(made.line),
        behind=counted.as_kept(),
        known_at=made.now,
        frozen_at=made.now,
        frozen_by=made.user,
        replaces=before,
        notice=(submission.notice or SENT_BACK) if before else "",
    )


@transaction.atomic
def publish(*, edition: Edition, user: User | None, today: date) -> Edition:
    """Publish a frozen report: from now on it stands at its address, unchanged.

    Raises ``BlockedError``, and ``StateError`` where it is not the last version, was published already, or is not what
    was frozen any more.
    """
    edition = Edition.objects.select_related("unit").get(pk=edition.pk)
    if edition.submission is None:
        raise StateError(f"“{edition}”是导入的历史报告，已经公布。", article=ARTICLE)
    submission = locked(edition.submission)
    authorise(submission, user, today, "公布", rules.may_publish)
    demand_state(submission, (State.FROZEN,), "公布")
    if edition.published_on is not None or Edition.objects.filter(replaces=edition).exists():
        raise StateError(f"《{submission.title}》第 {edition.version} 版不是待公布的版本。请公布最新定稿的版本。")
    if digest_of(edition.report) != edition.digest:
        raise StateError(f"《{submission.title}》的定稿与其摘要不符：数据被改动。不得公布，请报告系统管理员核查。")
    if line_of(report_of(submission)) != edition.report:
        raise StateError(f"《{submission.title}》在定稿之后又有改动，不能公布原定稿。请退回，核对后重新定稿。")
    auditing.demand_clean(submission, "公布")
    edition.enter_publication(today)
    submission.state = State.PUBLISHED
    changed(submission, "state", "findings")
    due = due_on(submission)
    late = days_late(edition, today)
    keeping.trace("published", edition, user, ARTICLE, due=due.isoformat(), days_late=late)
    keeping.put_up(edition)
    return edition


@transaction.atomic
def correct(
    *, submission: Submission, user: User | None, today: date, notice: str, seen: int | None = None
) -> Submission:
    """Open a published report for a next version; what is published stays until that one replaces it.

    ``notice`` says what is corrected and why; it is published with the new version.
    """
    submission = locked(submission, seen)
    authorise(submission, user, today, "更正", rules.may_publish)
    demand_state(submission, (State.PUBLISHED,), "更正")
    if not notice.strip():
        raise ReasonMissingError(
            "更正必须写明更正说明：它随新版本一并公布。请写明更正了什么、为什么更正。", {"notice": "必须填写。"}
        )
    if len(notice.strip()) > LONGEST:
        raise WrongValueError(
            f"更正说明有 {len(notice.strip())} 字，最多 {LONGEST} 字。请写得简短一些。", {"notice": "太长。"}
        )
    submission.state, submission.notice, submission.accepted_on = State.DRAFT, notice.strip(), None
    note("correction-opened", submission, user, ARTICLE, notice=submission.notice)
    return changed(submission, "state", "notice", "accepted_on")


@transaction.atomic
def abandon(*, submission: Submission, user: User | None, today: date, seen: int | None = None) -> Submission:
    """Give a correction up that changes nothing: the report is what is published, and stands as published again."""
    submission = locked(submission, seen)
    authorise(submission, user, today, "放弃更正", rules.may_publish)
    demand_state(submission, (*EDITABLE, State.ACCEPTED), "放弃更正")
    last = _published(submission)
    if last is None or last.report != line_of(report_of(submission)):
        raise StateError(
            f"《{submission.title}》与已公布的版本不同，不能放弃更正。请先恢复原样，或者继续报送、公布新版本。"
        )
    submission.state, submission.notice = State.PUBLISHED, last.notice
    note("correction-abandoned", submission, user)
    return changed(submission, "state", "notice")


def _demand_glyphs(submission: Submission, report: Report) -> None:
    if lacking := missing_glyphs(report):
        raise MissingGlyphsError(
            f"《{submission.title}》不能定稿：PDF 的字体缺这些字：{'、'.join(lacking)}。请核对是否误录，或改用规范字。"
        )


def _demand_same_cases(submission: Submission, counted: Recount) -> None:
    """Raise ``ChangedCasesError`` unless the cases, and of a whole its parts, give what was received."""
    changes = [(one.body, cells) for one, cells in counted.differing]
    if submission.scope == Scope.WHOLE:
        parts = parts_of(submission)
        _demand_parts(submission, parts)
        if cells := differences(submission.computed, summing.summed(submission, parts)):
            changes.insert(0, (submission.body, cells))
    if changes:
        raise ChangedCasesError(
            f"《{submission.title}》不能定稿，接收之后数据又有变动："
            f"{'；'.join(_said(submission, body, cells) for body, cells in changes[:_SHOWN])}。"
            "请退回有关单位重新提取数据、报送，汇总报告重新汇总；登记有误的，先更正登记。"
        )


def _demand_parts(submission: Submission, parts: Sequence[Submission]) -> None:
    if missing := [one.body for one in parts if one.state not in SETTLED]:
        raise MissingUnitsError(
            f"《{submission.title}》不能定稿：{keeping.listed(missing)}的报告已退回或者正在更正，没有接收。"
            "请先接收，再重新汇总。",
            missing,
        )


def _said(submission: Submission, body: str, cells: Differences) -> str:
    words = [
        f"“{caption(submission.campaign.edition, key)}”由 {_number(old)} 变为 {_number(new)}"
        for key, (old, new) in cells.items()
    ]
    return f"{body}{keeping.listed(words, _SHOWN)}"


def _number(value: Number | None) -> str:
    return "空" if value is None else f"{value:f}" if not isinstance(value, int) else str(value)


def _before(submission: Submission, slug: str) -> Edition | None:
    """Return the version that the next one replaces."""
    before = Edition.objects.filter(slug=slug, year=submission.campaign.year).order_by("-version").first()
    if before is not None and before.submission_id != submission.pk:
        raise SameYearError(
            f"《{submission.title}》不能定稿：该年度已有导入的历史报告。每个机关每年只有一份报告，请核对年度。"
        )
    return before


def _demand_other(submission: Submission, line: str) -> None:
    last = _published(submission)
    if last is not None and last.report == line:
        raise NothingToCorrectError(
            f"《{submission.title}》与已公布的第 {last.version} 版完全相同，没有可更正的内容。"
            "请修改后再定稿，或者放弃更正。"
        )


def _published(submission: Submission) -> Edition | None:
    return submission.editions.filter(published_on__isnull=False).order_by("-version").first()
