"""A letter of a case, the seals it bears, and what an office sets for its letters."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.applications.models.application import Application
from gongkai.applications.models.beside import Matter
from gongkai.applications.models.case import OfCase, of_one_case
from gongkai.applications.models.event import Event
from gongkai.applications.models.papers import Consultee
from gongkai.files.models import Blob
from gongkai.journal.models.append_only import AppendOnly
from gongkai.law.clock.events import MODES
from gongkai.law.letters import letter
from gongkai.law.remedies import AgencyKind
from gongkai.units.models import Unit


class LetterState(models.TextChoices):
    """Where a letter stands."""

    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "审核中"
    APPROVED = "approved", "待用印"
    SEALED = "sealed", "待发出"
    SENT = "sent", "已发出"
    DELIVERED = "delivered", "已送达"
    RETURNED = "returned", "被退回"
    VOID = "void", "已作废"


_TONES = {
    LetterState.DRAFT: "waiting",
    LetterState.IN_REVIEW: "open",
    LetterState.APPROVED: "soon",
    LetterState.SEALED: "soon",
    LetterState.SENT: "current",
    LetterState.DELIVERED: "passed",
    LetterState.RETURNED: "late",
    LetterState.VOID: "withdrawn",
}
"""The tone of each state on the workbench."""


class Mode(models.TextChoices):
    """How a letter is delivered: the keys of ``gongkai.law``'s modes."""

    DIRECT = "direct", MODES["direct"][0]
    ENTRUSTED = "entrusted", MODES["entrusted"][0]
    POSTED = "posted", MODES["posted"][0]
    ELECTRONIC = "electronic", MODES["electronic"][0]


class SealMedium(models.TextChoices):
    """What kind of seal a letter bears."""

    PAPER = "paper", "实物印章"
    ELECTRONIC = "electronic", "电子印章"
    OFD = "ofd", "OFD 电子印章"


class Letter(OfCase):
    """One letter of a ``case``; changed only by ``domain.letters``, ``letters_sealing`` and ``letters_sending``.

    ``fields`` are those of ``gongkai.law.letters`` by key, ``parts`` of an answer mappings with ``outcome``, ``label``
    and their own fields, ``options`` what its event needs besides. ``content`` is the letter as it was sent to review,
    sealed like an identity: it names the addressee. ``content_digest`` and ``wording`` say the same in public.

    ``number`` is given when it is sealed and stays with it for ever. ``pdf`` and ``docx`` are what was sealed.
    ``version`` counts the acts: whoever acts says which one he saw.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="申请"
    )
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="更正、投诉、申诉"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letters", verbose_name="行政机关")
    kind = models.CharField("种类", max_length=32)
    regulation = models.CharField("适用条例", max_length=4)
    consultee = models.ForeignKey(
        Consultee, on_delete=models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="征求意见对象"
    )
    state = models.CharField("状态", max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    version = models.PositiveIntegerField("版本", default=1)
    fields = models.JSONField("内容", default=dict)
    parts = models.JSONField("答复的各部分", default=list)
    options = models.JSONField("办理参数", default=dict)
    mode = models.CharField("送达方式", max_length=12, choices=Mode.choices, default=Mode.POSTED)
    wording = models.CharField("文书样式版本", max_length=80, blank=True)
    content = models.TextField("送审稿（密文）", blank=True)
    content_digest = models.CharField("送审稿摘要", max_length=64, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafted_letters", verbose_name="拟稿人"
    )
    drafted_at = models.DateTimeField("拟稿时间", auto_now_add=True)
    approver = models.CharField("签发人", max_length=80, blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    dated = models.DateField("成文日期", null=True, blank=True)
    medium = models.CharField("印章", max_length=10, choices=SealMedium.choices, blank=True)
    pdf = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="定稿 PDF"
    )
    docx = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="定稿 Word"
    )
    sealed_copy = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="用印件"
    )
    mail = models.CharField("邮件号码", max_length=40, blank=True)
    sent_on = models.DateField("发出日", null=True, blank=True)
    delivered_on = models.DateField("送达日", null=True, blank=True)
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记事项"
    )
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    class Meta:
        """Options."""

        ordering = ("-pk",)
        verbose_name = "文书"
        verbose_name_plural = "文书"
        constraints = (
            models.UniqueConstraint(fields=("unit", "number"), condition=~Q(number=""), name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "in_review", "approved", "void")) | ~Q(number=""),
                name="letter_numbered_once_sealed",
            ),
            of_one_case("letter_of_one_case"),
        )
        indexes = (
            models.Index(fields=("unit", "state", "-id"), name="letter_unit_state"),
            models.Index(fields=("unit", "-id"), name="letter_unit_newest"),
        )

    def __str__(self) -> str:
        """Return the number, or the kind while it has none."""
        return self.number or self.kind

    @property
    def title(self) -> str:
        """Return what it is called."""
        return letter(self.kind, self.regulation).title

    @property
    def tone(self) -> str:
        """Return the tone its state is shown in."""
        return _TONES.get(self.state, "normal")


class SealAct(models.TextChoices):
    """What happened at the seal."""

    STAMPED = "stamped", "用印"
    SCANNED = "scanned", "扫描件传回"
    SIGNED = "signed", "电子签章"
    HANDED = "handed", "交客户端签章"
    RETURNED = "returned", "OFD 签章件传回"
    VOIDED = "voided", "作废"


class SealRegisterError(RuntimeError):
    """Somebody tried to change or delete a line of the register of the seal."""

    def __init__(self) -> None:
        super().__init__("用印登记只能追加：文书有误的，请作废并写明理由，文号保留。")


class SealEntry(AppendOnly):
    """One line of a unit's register of the seal (用印登记): who sealed which letter when, how many copies."""

    error = SealRegisterError

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="seal_entries", verbose_name="行政机关")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="seal_entries", verbose_name="文书")
    act = models.CharField("事项", max_length=10, choices=SealAct.choices)
    day = models.DateField("日期")
    medium = models.CharField("印章", max_length=10, choices=SealMedium.choices, blank=True)
    copies = models.PositiveSmallIntegerField("份数", default=0)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, blank=True, verbose_name="用印件")
    note = models.CharField("备注", max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="用印人"
    )
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "用印登记"
        verbose_name_plural = "用印登记"
        indexes = (models.Index(fields=("unit", "-id"), name="seal_entry_unit_newest"),)

    def __str__(self) -> str:
        """Return the act and the day."""
        return f"{self.act} {self.day}"


class FixedWordingError(RuntimeError):
    """Somebody tried to change or delete a wording that letters may have been written in."""

    def __init__(self) -> None:
        super().__init__("文书样式只能新增版本：已发出的文书按当时的版本留存。")


class LetterWording(AppendOnly):
    """A unit's own wording of a kind of letter, from ``valid_from`` on; letters keep the version they were made in."""

    error = FixedWordingError

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letter_wordings", verbose_name="行政机关")
    regulation = models.CharField("适用条例", max_length=4)
    kind = models.CharField("种类", max_length=32)
    number = models.PositiveIntegerField("版本号")
    valid_from = models.DateField("启用日")
    paragraphs = models.JSONField("段落")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="制定人"
    )
    made_at = models.DateTimeField("制定时间", auto_now_add=True)

    class Meta:
        """Options."""

        ordering = ("-number",)
        verbose_name = "文书样式"
        verbose_name_plural = "文书样式"
        constraints = (
            models.UniqueConstraint(fields=("unit", "regulation", "kind", "number"), name="letter_wording_version"),
        )

    def __str__(self) -> str:
        """Return the kind and the version."""
        return f"{self.kind} {self.number}"


class Stationery(models.Model):
    """What a unit's letters carry beyond their text: how they are numbered, who reviews, which court, how one pays.

    ``words`` maps a class of letters to its 类别字; ``reviewers`` a role of ``gongkai.law.remedies`` to a name. What is
    empty is taken from the tree of units, from the guide, or printed as the role.
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="stationery", verbose_name="行政机关")
    agency_word = models.CharField("机关代字", max_length=20)
    pattern = models.CharField("文号格式", max_length=60, blank=True)
    words = models.JSONField("类别字", default=dict)
    agency_kind = models.CharField(
        "机关类型（救济途径）", max_length=24, choices=[(kind.value, kind.value) for kind in AgencyKind], blank=True
    )
    reviewers = models.JSONField("复议机关名称", default=dict)
    court = models.CharField("管辖法院", max_length=120, blank=True)
    online_channel = models.CharField("网上申请复议的地址", max_length=200, blank=True)
    payment = models.CharField("缴费方式", max_length=300, blank=True)

    class Meta:
        """Options."""

        verbose_name = "文书设置"
        verbose_name_plural = "文书设置"

    def __str__(self) -> str:
        """Return the 机关代字."""
        return self.agency_word
