"""One reconsideration or one suit about disclosure work."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.applications.models import ApplicantKind, Application
from gongkai.applications.models import Event as ApplicationEvent
from gongkai.units.models import Unit


class RemedyKind(models.TextChoices):
    """The blocks of table 四 (国办公开办函〔2021〕30号); the values are the keys of its cells."""

    RECONSIDERATION = "reconsideration", "行政复议"
    DIRECT = "litigation_direct", "行政诉讼（未经复议直接起诉）"
    AFTER = "litigation_after_reconsideration", "行政诉讼（复议后起诉）"


class Claimant(models.TextChoices):
    """Who seeks the remedy."""

    APPLICANT = "applicant", "申请人本人"
    THIRD_PARTY = "third_party", "第三方"
    OTHER = "other", "其他人"


class Status(models.TextChoices):
    """Whether the case is open. Computed from its events; stored only to filter by."""

    PENDING = "pending", "尚未审结"
    SUSPENDED = "suspended", "已中止"
    CONCLUDED = "concluded", "已审结"
    VOID = "void", "登记已撤销"


class Instance(models.TextChoices):
    """Where a suit stands; a reconsideration knows the first alone."""

    FIRST = "first", "一审"
    APPEAL = "appeal", "二审"
    RETRIAL = "retrial", "再审"


class Remedy(models.Model):
    """A reconsideration or suit; changed only by the verbs of ``remedies.domain``.

    ``unit`` is the agency whose act is contested; the roles of all our units stand in ``Party``. What is contested is
    an answer (``answer``, an event of ``application``), the want of one, or an act beside any application
    (``act_on``, ``act_number``); ``ground`` is a key of ``law.remedies_admission``. ``follows`` is the reconsideration
    before a suit, ``earlier_decision`` its number where it is not in the register.

    ``claimant_name`` is sealed; where the applicant claims it is empty and stands with the application. The fields
    from ``version`` on are a projection of the events that ``domain.projection`` writes and can rebuild.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="remedies", verbose_name="被申请人（被告）")
    kind = models.CharField("种类", max_length=40, choices=RemedyKind.choices)
    number = models.CharField("登记号", max_length=40, unique=True)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="remedies", verbose_name="所涉申请"
    )
    answer = models.ForeignKey(
        ApplicationEvent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="remedies",
        verbose_name="所涉答复",
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="suits", verbose_name="复议在先"
    )
    earlier_decision = models.CharField("在先复议决定文号", max_length=80, blank=True)
    ground = models.CharField("针对的行为", max_length=24)
    act_on = models.DateField("行为日期", null=True, blank=True)
    act_number = models.CharField("行为文号", max_length=80, blank=True)
    body = models.CharField("复议机关、法院", max_length=120)
    case_number = models.CharField("案号", max_length=80, blank=True)
    filed_on = models.DateField("提出日期", null=True, blank=True)
    claimant = models.CharField("申请人（原告）", max_length=12, choices=Claimant.choices, default=Claimant.APPLICANT)
    claimant_kind = models.CharField("申请人类别", max_length=16, choices=ApplicantKind.choices, blank=True)
    claimant_name = models.TextField("姓名或者名称（密文）", blank=True)
    claimant_index = models.CharField("姓名索引", max_length=40, blank=True, db_index=True)
    claims = models.CharField("请求事项", max_length=500, blank=True)
    registered_at = models.DateTimeField("登记时间", auto_now_add=True)

    version = models.PositiveIntegerField("版本", default=0)
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.PENDING)
    instance = models.CharField("审级", max_length=8, choices=Instance.choices, default=Instance.FIRST)
    began_on = models.DateField("收到通知日", null=True, blank=True)
    ended_on = models.DateField("审结日", null=True, blank=True)
    result = models.CharField("结果", max_length=24, blank=True)
    column = models.CharField("统计列", max_length=12, blank=True)
    next_on = models.DateField("本机关下一期限", null=True, blank=True)
    next_what = models.CharField("下一期限事项", max_length=24, blank=True)

    class Meta:
        """Options."""

        ordering = ("-began_on", "-pk")
        verbose_name = "行政复议、行政诉讼"
        verbose_name_plural = "行政复议、行政诉讼"
        indexes = (
            models.Index(fields=("-began_on", "-id"), name="remedy_newest"),
            models.Index(fields=("unit", "status"), name="remedy_unit_status"),
            models.Index(fields=("next_on",), condition=Q(next_on__isnull=False), name="remedy_next"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("body", "case_number"),
                condition=~Q(case_number="") & ~Q(status="void"),
                name="remedy_case_number_once",
            ),
        )

    def __str__(self) -> str:
        """Return the number: a name is never shown by accident."""
        return self.number

    @property
    def is_suit(self) -> bool:
        """Tell whether it is before a court."""
        return self.kind != RemedyKind.RECONSIDERATION
