"""What our units are in a case."""

from __future__ import annotations

from django.db import models

from gongkai.remedies.models.remedy import Remedy
from gongkai.units.models import Unit


class PartyRole(models.TextChoices):
    """What a unit is in a case. Table 四 counts a case for whoever is ``RESPONDENT``, and for nobody else.

    The respondent is the agency whose act is contested; the co-defendant the body that upheld it.
    """

    RESPONDENT = "respondent", "被申请人（被告）"
    REVIEWER = "reviewer", "复议机关"
    CO_DEFENDANT = "co_defendant", "共同被告"
    THIRD_PARTY = "third_party", "第三人"


class Party(models.Model):
    """One unit's role in one case.

    A reviewing body that is sued together with the agency it upheld is ``CO_DEFENDANT``, and the case counts only for
    the agency (国办公开办函〔2016〕201号); one that is sued alone, for its own decision, is the ``RESPONDENT``.
    """

    remedy = models.ForeignKey(Remedy, on_delete=models.CASCADE, related_name="parties", verbose_name="案件")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="remedy_roles", verbose_name="机构")
    role = models.CharField("地位", max_length=12, choices=PartyRole.choices)

    class Meta:
        """Options."""

        ordering = ("pk",)
        verbose_name = "当事机构"
        verbose_name_plural = "当事机构"
        constraints = (models.UniqueConstraint(fields=("remedy", "unit"), name="party_once"),)

    def __str__(self) -> str:
        """Return the unit and its role."""
        return f"{self.unit_id} {self.role}"
