"""Who somebody is, sealed: the fields every row about a person has."""

from __future__ import annotations

from django.db import models


class IdentityProof(models.TextChoices):
    """How the applicant proved who they are (Art 29); a verified real name of a platform is proof as well."""

    ID_CARD = "id_card", "居民身份证"
    PASSPORT = "passport", "护照"
    OTHER_CARD = "other_card", "其他身份证件"
    CREDIT_CODE = "credit_code", "统一社会信用代码证照"
    VERIFIED = "verified", "实名认证"
    NONE = "none", "未提供"


class SealedPerson(models.Model):
    """What ``domain.identity`` sealed of a person or an organisation, and the blind indexes to find them by."""

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

        abstract = True
