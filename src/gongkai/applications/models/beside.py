"""What comes to the office beside applications: 更正申请, 投诉举报, 申诉. None of it is a row of table 三."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.applications.models.sealed import SealedPerson
from gongkai.files.models import Blob
from gongkai.journal.models.append_only import AppendOnly
from gongkai.units.models import Unit


class MatterKind(models.TextChoices):
    """What a matter is, and the article it stands on."""

    RECTIFICATION = "rectification", "更正申请（第四十一条）"
    COMPLAINT = "complaint", "投诉举报（第四十七条、第五十一条）"
    APPEAL = "appeal", "对公共企事业单位的申诉（第五十五条）"


class MatterStage(models.TextChoices):
    """Where a matter stands."""

    OPEN = "open", "办理中"
    ORDERED = "ordered", "已责令整改"
    ENDED = "ended", "已办结"


class Matter(SealedPerson):
    """One matter made to ``unit``; ``about`` is whom a complaint or an appeal is about. ``stage`` follows the events.

    The regulation sets no period for any of the three; ``target_on`` is the day the unit set itself.
    """

    kind = models.CharField("种类", max_length=16, choices=MatterKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="matters", verbose_name="受理机构")
    about = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="matters_about", verbose_name="被投诉机构"
    )
    about_name = models.CharField("被申诉的公共企事业单位", max_length=120, blank=True)
    sector = models.CharField("行业", max_length=20, blank=True)
    number = models.CharField("编号", max_length=40, unique=True)
    received_on = models.DateField("收到日期")
    target_on = models.DateField("自定办结日", null=True, blank=True)
    title = models.CharField("事由", max_length=300)
    text = models.TextField("内容", blank=True)
    stage = models.CharField("状态", max_length=8, choices=MatterStage.choices, default=MatterStage.OPEN)
    result = models.CharField("结果", max_length=16, blank=True)
    ended_on = models.DateField("办结日", null=True, blank=True)
    archived_on = models.DateField("归档日", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=0)
    registered_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        """Options."""

        ordering = ("-received_on", "-pk")
        verbose_name = "更正、投诉、申诉"
        verbose_name_plural = "更正、投诉、申诉"
        indexes = (
            models.Index(fields=("unit", "-received_on", "-id"), name="matter_unit_newest"),
            models.Index(fields=("stage", "target_on", "unit"), name="matter_stage"),
            models.Index(fields=("name_index",), name="matter_name"),
        )

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class FixedActError(RuntimeError):
    """Somebody tried to change or delete an act of a matter."""

    def __init__(self) -> None:
        super().__init__("办理事项只能追加，不能修改或删除。登记有误的，请补登一条说明。")


class MatterEvent(AppendOnly):
    """One thing that happened to a matter on a legal ``day``."""

    error = FixedActError

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="events", verbose_name="事项")
    sequence = models.PositiveIntegerField("序号")
    kind = models.CharField("办理事项", max_length=16)
    day = models.DateField("日期")
    payload = models.JSONField("内容", default=dict)
    evidence = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, blank=True, verbose_name="材料")
    evidence_name = models.CharField("材料名称", max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        """Options."""

        ordering = ("matter", "sequence")
        verbose_name = "办理事项"
        verbose_name_plural = "办理事项"
        constraints = (models.UniqueConstraint(fields=("matter", "sequence"), name="matter_event_sequence"),)

    def __str__(self) -> str:
        """Return the kind and the day."""
        return f"{self.kind} {self.day}"
