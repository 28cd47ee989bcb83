"""Opening the reports of a year: who owes one, by when, and who checks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.annual import forms
from gongkai.journal.domain.entry import record as note
from gongkai.reporting import rules
from gongkai.reporting.domain.authority import ARTICLE
from gongkai.reporting.domain.filling import fill
from gongkai.reporting.errors import CampaignExistsError, NotAuthorisedError, WrongDeadlineError, WrongYearError
from gongkai.reporting.models import Aspect, Campaign, Checker, Scope, Submission
from gongkai.reporting.queries.roster import owing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

COMPILED = ("2021", "2019")
"""The forms whose tables are counted from cases."""
JANUARY, MARCH = (1, 31), (3, 31)
"""By when departments report to the competent department, and governments publish (条例 第四十九条)."""


@transaction.atomic
def open_campaign(
    *,
    year: int,
    root: Unit,
    user: User,
    today: date,
    local_deadline: date | None = None,
    includes_vertical: bool = False,
    checkers: Mapping[str, Unit] | None = None,
    now: datetime | None = None,
) -> Campaign:
    """Open the reports of ``year`` of ``root`` and all below it; every report is filled from its cases at once.

    ``checkers`` names the unit that confirms each ``Aspect``. Raises ``WrongYearError`` for a year that is not over,
    ``CampaignExistsError`` and ``WrongDeadlineError``.
    """
    _demand_rights(root, user, today)
    if today.year <= year:
        raise WrongYearError(
            f"{year} 年还没有结束，不能启动该年度的年报编制：统计截至 12 月 31 日。请在 {year + 1} 年启动。",
            article=ARTICLE,
        )
    if Campaign.objects.filter(year=year, root=root).exists():
        raise CampaignExistsError(f"{year} 年度的年报编制已经启动，不能重复启动。请直接打开该年度。")
    campaign = Campaign(
        year=year,
        root=root,
        edition=_edition(year),
        unit_deadline=date(year + 1, *JANUARY),
        government_deadline=date(year + 1, *MARCH),
        includes_vertical=includes_vertical,
        opened_on=today,
        opened_by=user,
    )
    campaign.local_deadline = _local(campaign, local_deadline)
    campaign.save()
    _set_checkers(campaign, checkers or {})
    made = Submission.objects.bulk_create(
        Submission(campaign=campaign, unit_id=one.unit, superior_id=one.superior, body=one.body, scope=one.scope)
        for one in owing(campaign)
    )
    fill(campaign, [one for one in made if one.scope == Scope.OWN], now=now or timezone.now())
    note(
        act="reporting.opened",
        actor=actor_of(user, root),
        subject=f"reporting.campaign:{campaign.pk}",
        article=ARTICLE,
        detail={"year": year, "reports": len(made), "local_deadline": str(local_deadline or "")},
    )
    return campaign


@transaction.atomic
def arrange(
    *,
    campaign: Campaign,
    user: User,
    today: date,
    local_deadline: date | None,
    checkers: Mapping[str, Unit],
) -> Campaign:
    """Set the local deadline and the checking units anew."""
    _demand_rights(campaign.root, user, today)
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("root").get(pk=campaign.pk)
    campaign.local_deadline = _local(campaign, local_deadline)
    campaign.save(update_fields=["local_deadline"])
    campaign.checkers.all().delete()
    _set_checkers(campaign, checkers)
    note(
        act="reporting.arranged",
        actor=actor_of(user, campaign.root),
        subject=f"reporting.campaign:{campaign.pk}",
        detail={
            "local_deadline": str(local_deadline or ""),
            "checkers": {aspect: unit.code for aspect, unit in checkers.items()},
        },
    )
    return campaign


def _set_checkers(campaign: Campaign, checkers: Mapping[str, Unit]) -> None:
    Checker.objects.bulk_create(
        Checker(campaign=campaign, aspect=Aspect(aspect), unit=unit) for aspect, unit in checkers.items()
    )


def _edition(year: int) -> str:
    """Return the form of ``year``; the tables of those before 2019 are no counts of cases and can only be imported."""
    found = next((edition for edition in COMPILED if forms.form(edition).covers(year)), None)
    if found is None:
        raise WrongYearError(
            f"{year} 年度适用 2019 年以前的表式，不由本系统编制。请把当年公布的报告导入为历史报告。",
            article="国办公开办函〔2019〕60号",
        )
    return found


def _local(campaign: Campaign, day: date | None) -> date | None:
    if day is not None and not campaign.opened_on <= day <= campaign.unit_deadline:
        raise WrongDeadlineError(
            f"本地报送期限 {day} 应在启动日 {campaign.opened_on} 与 {campaign.unit_deadline} 之间：法定期限只能提前。",
            {"local_deadline": "须早于法定期限。"},
            article=ARTICLE,
        )
    return day


def _demand_rights(root: Unit, user: User, today: date) -> None:
    if not rules.may_open(scope_of(user, today), root.pk):
        raise NotAuthorisedError(
            f"您不是机构 {root.code} 的主管部门人员，不能启动或设置年报编制。", article="条例 第三条"
        )
