"""Filling a report: from the cases, by typed figures, by a person against the system, or from an uploaded file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.annual import jsonio
from gongkai.annual.audit.series import body_key
from gongkai.annual.errors import ReadError
from gongkai.annual.reader import read_bytes
from gongkai.files.domain import store
from gongkai.reporting.captions import caption
from gongkai.reporting.domain import auditing
from gongkai.reporting.domain.authority import authorise, changed, demand_state, locked, trace
from gongkai.reporting.domain.drafting import draft
from gongkai.reporting.errors import (
    ReasonMissingError,
    StateError,
    UnknownCellError,
    UnreadableFileError,
    WrongBodyError,
    WrongValueError,
    WrongYearError,
)
from gongkai.reporting.models import EDITABLE, Basis, Override, Scope, Submission
from gongkai.reporting.queries.cells import cells, entered, kept, printed, values
from gongkai.reporting.queries.figures import figures
from gongkai.reporting.queries.work import works

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from gongkai.accounts.models import User
    from gongkai.annual.report import Report
    from gongkai.reporting.models import Campaign

_BATCH = 100
MONEY = ("amount_wan", "amount_yuan")
"""Columns that hold money: the others hold whole numbers."""
SIGNED = "change"
"""The column of the form of 2019 that may be negative (增减)."""


def fill(campaign: Campaign, submissions: Sequence[Submission], *, now: datetime) -> None:
    """Fill reports of their own level from the cases, in one pass; drafts are made where nobody has written yet.

    For the system and inside the caller's transaction; ``refill`` is the verb of people.
    """
    units = [one.unit_id for one in submissions]
    counted = figures(units, campaign.year, campaign.edition, known_at=now)
    told = works(units, campaign.year)
    overrides, facts = entered(submissions)
    for submission in submissions:
        submission.campaign = campaign
        submission.computed = kept(counted[submission.unit_id].numbers)
        submission.known_at = now
        submission.version += 1
        known = facts.get(submission.pk, {})
        found = values(submission, overrides.get(submission.pk, {}), known)
        if not submission.sections:
            submission.sections = draft(submission, found, known, told[submission.unit_id])
    fields = ["computed", "known_at", "sections", "version"]
    Submission.objects.bulk_update(submissions, fields, batch_size=_BATCH)


@transaction.atomic
def refill(
    *,
    submission: Submission,
    user: User | None,
    today: date,
    seen: int | None = None,
    redraft: bool = False,
    now: datetime | None = None,
) -> Submission:
    """Compile the report of its own level anew, as of 31 December and as known now; overrides stay.

    ``redraft`` throws away what was written and makes the draft again.
    """
    submission = locked(submission, seen)
    authorise(submission, user, today, "重新提取数据")
    demand_state(submission, EDITABLE, "重新提取数据")
    if submission.scope != Scope.OWN:
        raise StateError(f"《{submission.title}》是汇总报告，数据来自本级和下级的报告，请用“汇总”。")
    before = dict(submission.computed)
    if redraft:
        submission.sections = []
    fill(submission.campaign, [submission], now=now or timezone.now())
    differing = sorted(
        key for key in {*before, *submission.computed} if before.get(key) != submission.computed.get(key)
    )
    trace("refilled", submission, user, cells=differing, redraft=redraft)
    return _audited(submission)


@transaction.atomic
def write(
    *, submission: Submission, texts: dict[int, str], user: User, today: date, seen: int | None = None
) -> Submission:
    """Set the text of sections by number; 0 is what stands before the first. Paragraphs are lines."""
    submission = locked(submission, seen)
    authorise(submission, user, today, "修改正文")
    demand_state(submission, EDITABLE, "修改正文")
    submission.sections = [
        [number, title, _tidy(texts[number]) if number in texts else text]
        for number, title, text in submission.sections
    ]
    trace("written", submission, user, sections=sorted(texts))
    return _audited(submission, "sections")


@transaction.atomic
def override(
    *, submission: Submission, key: str, value: Decimal, reason: str, user: User, today: date, seen: int | None = None
) -> Override:
    """Set a cell against the system's figure; both stay in sight, with the reason."""
    submission = locked(submission, seen)
    authorise(submission, user, today, "修正数据")
    demand_state(submission, EDITABLE, "修正数据")
    if not reason.strip():
        raise ReasonMissingError(
            "人工修正必须写明理由：报告中的每个数都要能说明来源。请写明系统数据为何不准、修正数从何而来。",
            {"reason": "必须填写。"},
            article="条例 第五十条",
        )
    _demand_cell(submission, key)
    _demand_value(submission, key, value)
    system = cells(submission)[key]
    shown = system.counted if submission.basis == Basis.CASES else system.number
    _end_override(submission, key)
    made = Override.objects.create(
        submission=submission, key=key, value=value, computed=shown, reason=reason.strip(), entered_by=user
    )
    trace("overridden", submission, user, cell=key, value=str(value), computed=str(shown), reason=made.reason)
    _audited(submission)
    return made


@transaction.atomic
def take_back(*, submission: Submission, key: str, user: User, today: date, seen: int | None = None) -> Submission:
    """End an override: the system's figure stands again."""
    submission = locked(submission, seen)
    authorise(submission, user, today, "取消修正")
    demand_state(submission, EDITABLE, "取消修正")
    if not _end_override(submission, key):
        raise UnknownCellError(f"“{caption(submission.campaign.edition, key)}”没有人工修正，无须取消。")
    trace("override_ended", submission, user, cell=key)
    return _audited(submission)


@transaction.atomic
def upload(
    *, submission: Submission, data: bytes, name: str, user: User, today: date, seen: int | None = None
) -> Submission:
    """Take the report from a file that the unit made elsewhere; it is read, and a person corrects what was not read.

    Raises ``UnreadableFileError``, ``WrongYearError``, ``WrongBodyError`` and what ``files`` refuses.
    """
    submission = locked(submission, seen)
    authorise(submission, user, today, "上传报告")
    demand_state(submission, EDITABLE, "上传报告")
    if submission.scope != Scope.OWN:
        raise StateError(f"《{submission.title}》是汇总报告，不能用文件代替：数据来自本级和下级的报告。")
    report = _read(data, name)
    _demand_same(submission, report)
    submission.upload = store.keep(data=data, name=name)
    submission.upload_name = name[-200:]
    submission.basis = Basis.UPLOAD
    submission.uploaded = jsonio.dump(report, details=True)
    submission.sections = [[0, "", report.preamble]] + [
        [section.number or place, section.title, section.text] for place, section in enumerate(report.sections, 1)
    ]
    trace("uploaded", submission, user, file=submission.upload.digest, unread=sorted(report.unread_keys))
    return _audited(submission, "upload", "upload_name", "basis", "uploaded", "sections")


@transaction.atomic
def drop_upload(*, submission: Submission, user: User, today: date, seen: int | None = None) -> Submission:
    """Go back from the uploaded file to the cases kept here; the file stays in the journal's sight."""
    submission = locked(submission, seen)
    authorise(submission, user, today, "改用本系统记录")
    demand_state(submission, EDITABLE, "改用本系统记录")
    submission.basis, submission.uploaded, submission.sections = Basis.CASES, {}, []
    submission.save(update_fields=["basis", "uploaded"])
    fill(submission.campaign, [submission], now=timezone.now())
    trace("upload_dropped", submission, user)
    return _audited(submission)


def _audited(submission: Submission, *fields: str) -> Submission:
    auditing.refresh(submission)
    return changed(submission, "findings", *fields)


def _end_override(submission: Submission, key: str) -> int:
    standing = submission.overrides.filter(key=key, ended_at__isnull=True)
    return standing.update(ended_at=timezone.now())


def _demand_cell(submission: Submission, key: str) -> None:
    if key not in printed(submission.campaign.edition, {key}):
        raise UnknownCellError(f"{submission.campaign.year} 年的表式没有单元格 {key}。请从表中选择。")


def _demand_value(submission: Submission, key: str, value: Decimal) -> None:
    column = key.rpartition(".")[2]
    words = caption(submission.campaign.edition, key)
    if value < 0 and column != SIGNED:
        raise WrongValueError(f"“{words}”不能是负数。", {"value": "不能是负数。"})
    if column not in MONEY and value != value.to_integral_value():
        raise WrongValueError(f"“{words}”是件数，必须是整数。", {"value": "必须是整数。"})


def _read(data: bytes, name: str) -> Report:
    try:
        return read_bytes(data, name=name, ocr=False)
    except ReadError as error:
        raise UnreadableFileError(
            f"“{name}”读不出年度报告：{error}。请上传报告的 docx、doc、pdf、ofd、xlsx 或 txt 文件。"
        ) from error


def _demand_same(submission: Submission, report: Report) -> None:
    year = submission.campaign.year
    if report.year is not None and report.year != year:
        raise WrongYearError(
            f"上传的是 {report.year} 年的报告，本次编制的是 {year} 年。请核对文件。", article="条例 第四十九条"
        )
    named = body_key(report)
    if report.body and named and not _same_body(named, submission.body):
        raise WrongBodyError(f"上传的是“{report.body}”的报告，这里填报的是“{submission.body}”。请核对文件。")


def _same_body(named: str, body: str) -> bool:
    return named in body or body in named


def _tidy(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
