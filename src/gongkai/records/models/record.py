"""One piece of government information."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.units.models import Unit


class Attribute(models.TextChoices):
    """公开属性, fixed when the document is drafted (国办发〔2016〕80号)."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Clause(models.TextChoices):
    """Why something is not published. 国家秘密 is not among them: it never enters this system (``SecretCount``)."""

    LAW = "14.law", "法律、行政法规禁止公开（第十四条）"
    SECURITY = "14.security", "危及三安全一稳定（第十四条）"
    THIRD_PARTY = "15", "第三方合法权益（第十五条）"
    INTERNAL = "16.internal", "内部事务信息（第十六条第一款）"
    PROCESS = "16.process", "过程性信息（第十六条第二款）"
    ENFORCEMENT = "16.file", "行政执法案卷（第十六条第二款）"


class Category(models.TextChoices):
    """What kind of information it is."""

    RULES = "rules", "规章"
    NORMATIVE = "normative", "行政规范性文件"
    DOCUMENT = "document", "其他公文"
    INTERPRETATION = "interpretation", "政策解读"
    NOTICE = "notice", "通知公告"
    OTHER = "other", "其他信息"


class Stage(models.TextChoices):
    """Where a record is on its way. Filed records are approved and not published by their attribute."""

    DRAFT = "draft", "草稿"
    REVIEWING = "reviewing", "审核中"
    READY = "ready", "待发布"
    PUBLISHED = "published", "已发布"
    FILED = "filed", "已登记"
    WITHDRAWN = "withdrawn", "已撤下"


class Validity(models.TextChoices):
    """Whether a document still holds."""

    IN_FORCE = "in_force", "有效"
    MODIFIED = "modified", "已修改"
    REPEALED = "repealed", "废止"
    EXPIRED = "expired", "失效"


class Record(models.Model):
    """One piece of government information; changed only by the verbs of ``records.domain``.

    The 20 working days of 条例 第二十六条 run from ``made_on``, when it was formed, or from ``changed_on``, when it
    was corrected or became one to be published. ``awaits_read_back`` is set by publishing, cleared by a read-back
    that found the page right.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="records", verbose_name="发布机构")
    joint_units = models.ManyToManyField(Unit, blank=True, related_name="joint_records", verbose_name="联合制作机构")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafted_records", verbose_name="经办人"
    )
    category = models.CharField("类别", max_length=16, choices=Category.choices)
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=80, blank=True)
    index_number = models.CharField("索引号", max_length=40, unique=True, null=True, blank=True)
    made_on = models.DateField("生成日期")
    changed_on = models.DateField("变更日期", null=True, blank=True)
    subject = models.CharField("主题分类", max_length=40, blank=True)
    genre = models.CharField("体裁", max_length=20, blank=True)
    scope_item = models.CharField("公开事项", max_length=12, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    summary = models.CharField("内容概述", max_length=500, blank=True)
    body = models.TextField("正文", blank=True)
    attribute = models.CharField("公开属性", max_length=12, choices=Attribute.choices)
    clause = models.CharField("不公开依据", max_length=12, choices=Clause.choices, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    reassess_on = models.DateField("重新评估日", null=True, blank=True)
    is_formal = models.BooleanField("正式公文", default=True)
    is_full_text = models.BooleanField("全文电子化", default=True)
    needs_interpretation = models.BooleanField("需解读", default=False)
    interprets = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="interpretations", verbose_name="解读对象"
    )
    stage = models.CharField("阶段", max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    publish_on = models.DateField("计划发布日", null=True, blank=True)
    published_on = models.DateField("发布日", null=True, blank=True)
    awaits_read_back = models.BooleanField("待复核读网", default=False)
    withdrawn_reason = models.CharField("撤下理由", max_length=300, blank=True)
    validity = models.CharField("有效性", max_length=10, choices=Validity.choices, default=Validity.IN_FORCE)
    validity_since = models.DateField("效力变动日", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name="被何文件取代"
    )
    legality_review = models.CharField("合法性审核编号", max_length=60, blank=True)
    filing_number = models.CharField("备案编号", max_length=60, blank=True)

    class Meta:
        """Options."""

        ordering = ("-made_on", "-pk")
        verbose_name = "政府信息"
        verbose_name_plural = "政府信息"
        constraints = (
            models.CheckConstraint(
                condition=Q(attribute="proactive") | ~Q(clause="") | Q(attribute="on_request"),
                name="record_withheld_for_a_clause",
            ),
            models.CheckConstraint(
                condition=~Q(attribute="withheld") | Q(reassess_on__isnull=False), name="record_withheld_is_reassessed"
            ),
            models.CheckConstraint(
                condition=~Q(stage="published") | Q(published_on__isnull=False, attribute="proactive"),
                name="record_published_is_proactive",
            ),
        )
        indexes = (
            models.Index(fields=("unit", "stage", "-made_on"), name="record_unit_stage"),
            models.Index(fields=("-made_on", "-id", "unit"), name="record_newest"),
            models.Index(fields=("unit", "-made_on", "-id"), name="record_unit_newest"),
            models.Index(
                fields=("unit", "published_on"), condition=Q(awaits_read_back=True), name="record_awaits_read_back"
            ),
            models.Index(fields=("expires_on",), condition=Q(expires_on__isnull=False), name="record_expires"),
            models.Index(fields=("category", "validity", "-made_on", "-id", "unit"), name="record_category_validity"),
            models.Index(fields=("document_number",), name="record_document_number"),
            models.Index(fields=("attribute", "stage", "made_on", "changed_on", "unit"), name="record_clock"),
            models.Index(fields=("stage", "publish_on"), name="record_stage_publish"),
            models.Index(fields=("stage", "-made_on", "-id", "unit"), name="record_stage_newest"),
            models.Index(fields=("attribute", "-made_on", "-id", "unit"), name="record_attribute_newest"),
            models.Index(fields=("category", "-made_on", "-id", "unit"), name="record_category_newest"),
            models.Index(fields=("validity", "-made_on", "-id", "unit"), name="record_validity_newest"),
            models.Index(fields=("attribute", "reassess_on"), name="record_reassess"),
            # The public lists. The stage stands first: a planner without statistics takes an index it can compare with.
            # The first holds what lists are narrowed by, so that a long walk past what does not fit reads no rows.
            *(
                models.Index(
                    fields=("stage", *narrowed, "-published_on", "-id", *carried),
                    condition=Q(stage="published"),
                    name="_".join(("record_public", *narrowed)),
                )
                for narrowed, carried in (
                    ((), ("unit", "category", "validity")),
                    (("unit",), ()),
                    (("category",), ()),
                    (("subject",), ()),
                    (("scope_item",), ()),
                    (("interprets",), ()),
                )
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title
