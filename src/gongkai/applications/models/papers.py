"""What belongs to a case besides its events: papers, parties consulted, searches, serials, changes of due dates."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.applications.models.application import Application
from gongkai.files.models import Blob


class PaperKind(models.TextChoices):
    """What a paper of a case is."""

    FORM = "form", "申请表"
    IDENTITY = "identity", "身份证明"
    AUTHORITY = "authority", "授权委托书"
    CORRECTION = "correction", "补正材料"
    OPINION = "opinion", "征求意见回复"
    MINUTES = "minutes", "会议纪要"
    INFORMATION = "information", "拟提供的信息"
    RELEASED = "released", "提供给申请人的信息"
    OTHER = "other", "其他材料"


class Paper(models.Model):
    """A file of a case. ``is_personal`` marks identity papers: each look at one is in the journal."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="papers", verbose_name="申请")
    kind = models.CharField("种类", max_length=12, choices=PaperKind.choices)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, verbose_name="文件")
    name = models.CharField("名称", max_length=200)
    is_personal = models.BooleanField("含个人信息", default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name="登记人"
    )
    added_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "案卷材料"
        verbose_name_plural = "案卷材料"

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ConsulteeKind(models.TextChoices):
    """Whom an agency consults; the value is the beginning of the kinds of events."""

    THIRD_PARTY = "third_party", "第三方"
    CO_MAKER = "co_maker", "共同制作机关"
    OTHER_AGENCY = "other_agency", "其他机关"


class Consultee(models.Model):
    """A party consulted. Events name it by ``label`` (``第三方1``); who it is stands here, sealed for third parties."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="consultees", verbose_name="申请"
    )
    kind = models.CharField("类别", max_length=12, choices=ConsulteeKind.choices)
    label = models.CharField("代称", max_length=40)
    name = models.TextField("姓名或者名称（密文）")
    contact = models.TextField("联系方式（密文）", blank=True)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "征求意见对象"
        verbose_name_plural = "征求意见对象"
        constraints = (models.UniqueConstraint(fields=("application", "label"), name="consultee_label"),)

    def __str__(self) -> str:
        """Return the label."""
        return self.label


class SearchLog(models.Model):
    """One search for what was asked: the proof of reasonable search behind “不存在” (Art 36(4)).

    In a case about state secrets ``system``, ``keywords`` and ``found`` are empty: who searched when remains.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="searches", verbose_name="申请")
    day = models.DateField("检索日期")
    searcher = models.CharField("检索人", max_length=60)
    system = models.CharField("检索的系统、档案或者科室", max_length=200, blank=True)
    keywords = models.CharField("关键词、文号", max_length=300, blank=True)
    found = models.CharField("结果", max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        """Options."""

        ordering = ("day", "pk")
        verbose_name = "检索记录"
        verbose_name_plural = "检索记录"

    def __str__(self) -> str:
        """Return who searched when."""
        return f"{self.day} {self.searcher}"


class Serial(models.Model):
    """The last serial given of one run of numbers: locked while a number is given, so none is lost or given twice."""

    key = models.CharField("号段", max_length=120, unique=True)
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        """Options."""

        verbose_name = "号段"
        verbose_name_plural = "号段"

    def __str__(self) -> str:
        """Return the key and the last serial."""
        return f"{self.key} {self.last}"


class DueChange(models.Model):
    """A due date that another calendar moved: found by a recomputation, looked at by the officer."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="due_changes", verbose_name="申请"
    )
    day = models.DateField("重算日")
    before = models.DateField("原应答复日", null=True)
    after = models.DateField("新应答复日", null=True)
    reason = models.CharField("原因", max_length=200)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name="已阅人"
    )

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "期限变动"
        verbose_name_plural = "期限变动"

    def __str__(self) -> str:
        """Return both days."""
        return f"{self.before} → {self.after}"
