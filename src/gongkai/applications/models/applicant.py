"""Who applies: sealed at rest, shown masked, looked up by blind index."""

from __future__ import annotations

from django.db import models

from gongkai.applications.models.application import Application


class IdentityProof(models.TextChoices):
    """How the applicant proved who they are (Art 29); a verified real name of a platform is proof as well."""

    ID_CARD = "id_card", "居民身份证"
    PASSPORT = "passport", "护照"
    OTHER_CARD = "other_card", "其他身份证件"
    CREDIT_CODE = "credit_code", "统一社会信用代码证照"
    VERIFIED = "verified", "实名认证"
    NONE = "none", "未提供"


class Applicant(models.Model):
    """One applicant; joint applicants are several of one application, which counts once.

    ``name`` … ``address`` hold what ``domain.identity`` sealed; ``name_index`` … are the blind indexes. ``position`` is
    0 for whom letters are addressed to. A proxy (委托代理人) has ``is_proxy``, and ``has_authority`` once the paper is
    on file.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="applicants", verbose_name="申请"
    )
    position = models.PositiveSmallIntegerField("次序", default=0)
    name = models.TextField("姓名或者名称（密文）", blank=True)
    proof = models.CharField("身份证明", max_length=12, choices=IdentityProof.choices, default=IdentityProof.NONE)
    proof_number = models.TextField("证件号码（密文）", blank=True)
    telephone = models.TextField("电话（密文）", blank=True)
    email = models.TextField("电子邮箱（密文）", blank=True)
    address = models.TextField("地址（密文）", blank=True)
    representative = models.TextField("法定代表人（密文）", blank=True)
    is_proxy = models.BooleanField("委托代理人", default=False)
    has_authority = models.BooleanField("已提交授权委托书", default=False)
    name_index = models.CharField("姓名索引", max_length=40, blank=True)
    number_index = models.CharField("证件号索引", max_length=40, blank=True)
    telephone_index = models.CharField("电话索引", max_length=40, blank=True)

    class Meta:
        """Options."""

        ordering = ("is_proxy", "position")
        verbose_name = "申请人"
        verbose_name_plural = "申请人"
        indexes = (
            models.Index(fields=("name_index",), name="applicant_name"),
            models.Index(fields=("number_index",), name="applicant_number"),
            models.Index(fields=("telephone_index",), name="applicant_telephone"),
        )

    def __str__(self) -> str:
        """Return the number of the application: a name is never shown by accident."""
        return f"{self.application_id}:{self.position}"
