"""From the draft of a page to what the public sees, and back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from gongkai.portal import rules
from gongkai.portal.domain.complete import check, check_room
from gongkai.portal.domain.snapshot import content_of, digest_of_page
from gongkai.portal.domain.trace import PAGE, trace_page
from gongkai.portal.errors import PeriodError
from gongkai.portal.models import Page, PageStage, PageVersion
from gongkai.records.domain.authority import authorise
from gongkai.records.errors import IncompleteError, RecordError, StageError
from gongkai.review.domain import passage

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.review.models import Review

logger = logging.getLogger(__name__)


@transaction.atomic
def submit(*, page: Page, user: User, day: date) -> Review:
    """Send a draft, and with it the application for its place, into review; its version is kept."""
    page = _locked(page, PageStage.DRAFT, "送审")
    authorise(page.unit, user, day, "送审", lambda scope: rules.may_edit(scope, page))
    check(page)
    check_room(page)
    review = passage.submit(kind=PAGE, key=page.pk, title=page.title, unit=page.unit, author=user, day=day)
    page.stage = PageStage.REVIEWING
    page.save(update_fields=["stage"])
    _keep_version(page, user, "送审")
    trace_page("submitted", page, user)
    return review


def passed(*, page: Page, user: User) -> Page:
    """Take an approved page on: it waits for its day, or for whoever publishes it."""
    page.stage = PageStage.READY
    page.save(update_fields=["stage"])
    trace_page("approved", page, user)
    return page


def returned(*, page: Page, user: User) -> Page:
    """Give a returned or withdrawn page back as a draft."""
    page.stage = PageStage.DRAFT
    page.save(update_fields=["stage"])
    trace_page("returned", page, user)
    return page


@transaction.atomic
def publish(*, page: Page, user: User | None, day: date) -> Page:
    """Show an approved page from ``day`` on, within its period; ``user`` is ``None`` for the scheduler.

    Nothing reaches this point without a passed review: ``READY`` is set by the engine's callback alone.
    """
    page = _locked(page, PageStage.READY, "发布")
    if user is not None:
        authorise(page.unit, user, day, "发布", lambda scope: rules.may_publish(scope, page))
    if (page.begins_on and day < page.begins_on) or (page.ends_on and day > page.ends_on):
        period = f"{page.begins_on or '即日'} 至 {page.ends_on or '长期'}"
        raise PeriodError(
            f"“{page.title}”批准的期间为 {period}，{day} 不在其中。到开始日自动发布；要改期的，请重新送审。"
        )
    check_room(page)
    page.live = _keep_version(page, user, "发布")
    page.stage, page.closed_reason = PageStage.PUBLISHED, ""
    page.published_on = page.published_on or day
    page.save(update_fields=["live", "stage", "closed_reason", "published_on"])
    trace_page("published", page, user, day=day.isoformat(), digest=page.live.digest)
    return page


@transaction.atomic
def withdraw(*, page: Page, user: User, day: date, reason: str) -> Page:
    """Take a page down, whatever becomes of its working copy; its address answers with the reason."""
    if not reason.strip():
        raise IncompleteError("撤下已公开的页面必须写明理由。", {"reason": "请填写理由。"})
    page = _again(page)
    if page.live_id is None:
        raise StageError(f"“{page.title}”没有公开，无须撤下。")
    authorise(page.unit, user, day, "撤下", lambda scope: rules.may_withdraw(scope, page))
    _close(page, PageStage.WITHDRAWN, reason.strip())
    trace_page("withdrawn", page, user, day=day.isoformat(), reason=reason)
    return page


@transaction.atomic
def reopen(*, page: Page, user: User, day: date) -> Page:
    """Begin a new working copy; what is public stays public until the new text has passed its review too."""
    page = _again(page)
    authorise(page.unit, user, day, "修改页面", lambda scope: rules.may_draft(scope, page.unit_id))
    if not page.published_on or page.stage in {PageStage.DRAFT, PageStage.REVIEWING, PageStage.READY}:
        raise StageError(f"“{page.title}”{page.get_stage_display()}，不用另立修改稿。")
    page.stage = PageStage.DRAFT
    page.save(update_fields=["stage"])
    trace_page("reopened", page, user, day=day.isoformat())
    return page


def turn(*, day: date) -> None:
    """Show every approved page whose day has come and end those whose last day has passed; a missed run heals."""
    for page in Page.objects.filter(live__isnull=False, live__ends_on__lt=day).order_by("pk"):
        _end(page, day)
    for page in Page.objects.filter(stage=PageStage.READY, begins_on__lte=day).order_by("begins_on", "pk"):
        try:
            publish(page=page, user=None, day=day)
        except RecordError as error:
            logger.error("page %s was not published on its day: %s", page.pk, error)  # noqa: TRY400 -- no crash: a rule


@transaction.atomic
def _end(page: Page, day: date) -> None:
    page = _again(page)
    if page.live is None or page.live.ends_on is None or page.live.ends_on >= day:
        return
    last = page.live.ends_on
    _close(page, PageStage.ENDED, f"展示期已于{last.year}年{last.month}月{last.day}日届满。")
    trace_page("ended", page, None, day=day.isoformat())


def _close(page: Page, stage: str, reason: str) -> None:
    page.live, page.closed_reason = None, reason
    if page.stage == PageStage.PUBLISHED:
        page.stage = stage
    page.save(update_fields=["live", "closed_reason", "stage"])


def _again(page: Page) -> Page:
    # Of itself alone: PostgreSQL locks no outer join.
    return Page.objects.select_for_update(of=("self",)).select_related("unit", "live").get(pk=page.pk)


def _locked(page: Page, stage: str, act: str) -> Page:
    page = _again(page)
    if page.stage != stage:
        needed = PageStage(stage).label
        raise StageError(f"“{page.title}”现为“{page.get_stage_display()}”，只有“{needed}”的页面可以{act}。")
    return page


def _keep_version(page: Page, user: User | None, occasion: str) -> PageVersion:
    last = page.versions.aggregate(last=Max("number"))["last"] or 0
    return PageVersion.objects.create(
        page=page,
        number=last + 1,
        made_by=user,
        occasion=occasion,
        digest=digest_of_page(page),
        **content_of(page),
    )
