"""One application for government information (依申请公开申请)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.units.models import Unit


class ApplicantKind(models.TextChoices):
    """Who applies, as table 三 of the annual report has its columns (国办公开办函〔2021〕30号)."""

    NATURAL_PERSON = "natural_person", "自然人"
    COMMERCIAL = "commercial", "商业企业"
    RESEARCH = "research", "科研机构"
    PUBLIC_WELFARE = "public_welfare", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER_ORG = "other_org", "其他组织"


class Medium(models.TextChoices):
    """How an application came in practice; each belongs to one channel of Art 31 (``course.CHANNEL_OF``)."""

    COUNTER = "counter", "当面提交"
    REGISTERED_POST = "registered_post", "挂号信、邮政特快专递"
    ORDINARY_POST = "ordinary_post", "平常信函"
    WEB_FORM = "web_form", "网站在线申请"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"


class Stage(models.TextChoices):
    """Where an application stands on a day. Computed from its events; stored only to filter and sort by."""

    UNCONFIRMED = "unconfirmed", "待确认收到"
    OPEN = "open", "办理中"
    CONSULTING = "consulting", "征求意见中"
    AWAITING_CORRECTION = "awaiting_correction", "待申请人补正"
    AWAITING_FEE = "awaiting_fee", "待申请人缴费"
    LAPSED = "lapsed", "逾期未补正或缴费，待结案"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "不再处理"
    WITHDRAWN = "withdrawn", "已撤回"
    SPLIT = "split", "已拆分办理"


PENDING = (
    Stage.UNCONFIRMED,
    Stage.OPEN,
    Stage.CONSULTING,
    Stage.AWAITING_CORRECTION,
    Stage.AWAITING_FEE,
    Stage.LAPSED,
)
"""Stages in which an application is not finished."""

ENDED = (Stage.ANSWERED, Stage.CLOSED, Stage.WITHDRAWN)
"""Stages in which it is, and counted in table 三(七)."""


class DeliveryForm(models.TextChoices):
    """In what form the information is wanted (Art 29)."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子文件"
    INSPECTION = "inspection", "查阅、抄录"
    ANY = "any", "不限"


class DeliveryWay(models.TextChoices):
    """By what way the answer is wanted (Art 29)."""

    POST = "post", "邮寄"
    PICK_UP = "pick_up", "自行领取"
    ONLINE = "online", "网上获取"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"


class Application(models.Model):
    """One application to one agency; changed only by the verbs of ``applications.domain``.

    What was asked stands here; what happened stands in ``Event``. The fields from ``stage`` on are a projection of the
    events that ``domain.projection`` writes and can rebuild: lists filter by them, the law is never read from them.
    ``changes_on`` is the next day on which the projection changes by itself. ``version`` counts the events: whoever
    acts says which version he saw.

    ``fingerprint`` is a digest of what is asked, without blanks and punctuation, by which the same text is found again.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="applications", verbose_name="行政机关")
    number = models.CharField("受理编号", max_length=40, unique=True)
    form = models.UUIDField("申请表", default=uuid.uuid4, db_index=True, editable=False)
    medium = models.CharField("收到途径", max_length=16, choices=Medium.choices)
    arrived_on = models.DateField("到达日期")
    applicant_kind = models.CharField("申请人类别", max_length=16, choices=ApplicantKind.choices)
    title = models.CharField("所需信息名称", max_length=300, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    description = models.TextField("特征性描述", blank=True)
    delivery_form = models.CharField(
        "提供形式", max_length=12, choices=DeliveryForm.choices, default=DeliveryForm.ANY, blank=True
    )
    delivery_way = models.CharField("获取途径", max_length=12, choices=DeliveryWay.choices, blank=True)
    needs_assistance = models.BooleanField("需要协助（阅读、视听障碍）", default=False)
    fingerprint = models.CharField("内容指纹", max_length=40, blank=True)
    is_secret = models.BooleanField("涉及国家秘密", default=False)
    register_number = models.CharField("登记簿编号", max_length=40, blank=True)
    is_imported = models.BooleanField("由登记簿导入", default=False)
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="拆分自"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handled_applications",
        verbose_name="承办人",
    )
    desk = models.CharField("承办科室", max_length=60, blank=True)
    registered_at = models.DateTimeField("登记时间", auto_now_add=True)

    version = models.PositiveIntegerField("版本", default=0)
    stage = models.CharField("状态", max_length=20, choices=Stage.choices, default=Stage.UNCONFIRMED)
    regulation = models.CharField("适用条例", max_length=4, blank=True)
    started_on = models.DateField("收到申请之日", null=True, blank=True)
    due_on = models.DateField("应答复日", null=True, blank=True)
    is_provisional = models.BooleanField("期限暂定", default=False)
    next_on = models.DateField("下一期限", null=True, blank=True)
    next_what = models.CharField("下一期限事项", max_length=24, blank=True)
    changes_on = models.DateField("状态自动变化日", null=True, blank=True)
    ended_on = models.DateField("办结日", null=True, blank=True)
    outcome = models.CharField("办理结果", max_length=4, blank=True)
    is_late = models.BooleanField("逾期答复", default=False)
    archived_on = models.DateField("归档日", null=True, blank=True)

    class Meta:
        """Options."""

        ordering = ("-arrived_on", "-pk")
        verbose_name = "依申请公开申请"
        verbose_name_plural = "依申请公开申请"
        indexes = (
            models.Index(fields=("unit", "-arrived_on", "-id"), name="application_unit_newest"),
            models.Index(fields=("-arrived_on", "-id", "unit"), name="application_newest"),
            models.Index(fields=("stage", "due_on", "unit"), name="application_stage_due"),
            models.Index(fields=("stage", "-arrived_on", "-id", "unit"), name="application_stage_newest"),
            models.Index(fields=("outcome", "-arrived_on", "-id", "unit"), name="application_outcome_newest"),
            models.Index(fields=("applicant_kind", "-arrived_on", "-id", "unit"), name="application_kind_newest"),
            models.Index(fields=("medium", "-arrived_on", "-id", "unit"), name="application_medium_newest"),
            models.Index(fields=("handler", "stage", "due_on"), name="application_handler"),
            models.Index(fields=("changes_on",), condition=Q(changes_on__isnull=False), name="application_changes"),
            models.Index(fields=("fingerprint",), name="application_fingerprint"),
            models.Index(fields=("unit", "register_number"), name="application_register_number"),
            models.Index(fields=("unit",), condition=Q(is_late=True), name="application_late"),
        )

    def __str__(self) -> str:
        """Return the number."""
        return self.number
