"""One report of one unit in a campaign, from its opening to its publication."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.files.models import Blob
from gongkai.reporting.models.campaign import Campaign
from gongkai.units.models import Unit


class Scope(models.TextChoices):
    """What a report accounts for."""

    OWN = "own", "本级"
    WHOLE = "whole", "汇总"


class Basis(models.TextChoices):
    """Where the figures of a report of its own level come from."""

    CASES = "cases", "本系统记录"
    UPLOAD = "upload", "上传的报告"


class State(models.TextChoices):
    """Where a report stands. ``SIGNED`` is what the superior has before it: 第一责任人 has signed it."""

    DRAFT = "draft", "填报中"
    REVIEWING = "reviewing", "单位审签中"
    SIGNED = "signed", "已报送"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已接收"
    FROZEN = "frozen", "已定稿"
    PUBLISHED = "published", "已公布"


EDITABLE = (State.DRAFT, State.RETURNED)
"""States in which a report can be changed by its unit."""

RECEIVED = (State.SIGNED, State.ACCEPTED, State.FROZEN, State.PUBLISHED)
"""States in which the superior has the report."""

HANDED_UP = (*RECEIVED, State.RETURNED)
"""States of a report that the superior has had before it."""

SETTLED = (State.ACCEPTED, State.FROZEN, State.PUBLISHED)
"""States in which the superior has taken the figures over: they go into its sum."""


OUT = (State.FROZEN, State.PUBLISHED)
"""States in which a report is no draft any more."""


class Submission(models.Model):
    """The report of ``unit`` for the year of ``campaign``; changed only by the verbs of ``reporting.domain``.

    ``superior`` receives it; ``body`` is what the unit was called on 31 December.

    A unit has one report of its own level; one with reporting units below it has the ``WHOLE`` as well, which adds
    that and theirs. ``computed`` holds the figures compiled at ``known_at``, by cell key (a decimal as text; a cell
    nothing stands for is absent: it is not read, not zero). ``sections`` is a list of ``[number, title, text]``.
    ``findings`` are those of the last audit, as plain JSON. ``version`` counts the changes: whoever acts says which
    version he saw. ``notice`` says, from the second version on, why a published report is corrected.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="submissions", verbose_name="年报编制"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions", verbose_name="填报单位")
    superior = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="报送对象")
    body = models.CharField("报告机关", max_length=120)
    scope = models.CharField("范围", max_length=6, choices=Scope.choices, default=Scope.OWN)
    basis = models.CharField("数据来源", max_length=8, choices=Basis.choices, default=Basis.CASES)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField("版本", default=0)
    known_at = models.DateTimeField("数据截取时间", null=True, blank=True)
    computed = models.JSONField("系统数据", default=dict)
    sections = models.JSONField("正文", default=list)
    findings = models.JSONField("审核发现", default=list)
    upload = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传的报告"
    )
    upload_name = models.CharField("上传文件名", max_length=200, blank=True)
    uploaded = models.JSONField("读出的报告", default=dict, blank=True)
    first_signed_on = models.DateField("首次报送日", null=True, blank=True)
    signed_on = models.DateField("报送日", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="签发人（第一责任人）",
    )
    accepted_on = models.DateField("接收日", null=True, blank=True)
    returned_reason = models.CharField("退回理由", max_length=500, blank=True)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    notice = models.CharField("更正说明", max_length=500, blank=True)

    class Meta:
        """Options."""

        ordering = ("campaign", "unit", "scope")
        verbose_name = "年报填报"
        verbose_name_plural = "年报填报"
        indexes = (models.Index(fields=("campaign", "state"), name="submission_state"),)
        constraints = (
            models.UniqueConstraint(fields=("campaign", "unit", "scope"), name="submission_once"),
            models.CheckConstraint(
                condition=Q(scope="own") | Q(basis="cases"), name="submission_whole_is_never_uploaded"
            ),
        )

    def __str__(self) -> str:
        """Return year, unit and scope."""
        return f"{self.campaign_id}:{self.unit_id}:{self.scope}"

    @property
    def is_part_of_own_whole(self) -> bool:
        """Tell whether it is the own level of a unit that adds others up."""
        return self.scope == Scope.OWN and self.superior_id == self.unit_id

    @property
    def title(self) -> str:
        """What the report is called; needs ``campaign``."""
        own = "（本级）" if self.is_part_of_own_whole else ""
        return f"{self.body}{own}{self.campaign.year}年政府信息公开工作年度报告"
