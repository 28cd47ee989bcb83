"""One administrative decision."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.decisions.models.batch import ImportBatch
from gongkai.decisions.models.kinds import DecisionKind
from gongkai.units.models import Unit


class PartyKind(models.TextChoices):
    """Who the decision concerns. The names of natural persons are masked wherever the public or a list shows them."""

    PERSON = "person", "自然人"
    ORGANISATION = "organisation", "法人及非法人组织"
    SOLE_TRADER = "sole_trader", "个体工商户"


class DecisionState(models.TextChoices):
    """Whether a decision still stands."""

    STANDING = "standing", "有效"
    CHANGED = "changed", "已变更"
    ANNULLED = "annulled", "已撤销"


class Decision(models.Model):
    """One decision as its unit reported it; stored by the import, changed only by ``decisions.domain.publication``.

    ``due_on`` is a projection of the 7-working-day clock for filtering (``domain.publication.refresh_clock`` computes
    it anew); it is empty for kinds outside 双公示 and for decisions older than the rule. ``row`` is where the decision
    stood in the file of ``batch``.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="decisions", db_index=False, verbose_name="决定机关"
    )
    kind = models.CharField("决定类别", max_length=14, choices=DecisionKind.choices)
    number = models.CharField("决定书文号", max_length=80)
    party = models.CharField("相对人名称", max_length=120)
    party_kind = models.CharField("相对人类别", max_length=12, choices=PartyKind.choices)
    item = models.CharField("事项或事由", max_length=300)
    decided_on = models.DateField("决定日期")
    published_on = models.DateField("公示日期", null=True, blank=True)
    due_on = models.DateField("应公示日", null=True, blank=True)
    basis = models.CharField("法律依据", max_length=500, blank=True)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, related_name="decisions", db_index=False, verbose_name="导入批次"
    )
    row = models.PositiveBigIntegerField("所在行")
    state = models.CharField("效力", max_length=10, choices=DecisionState.choices, db_default=DecisionState.STANDING)
    state_reason = models.CharField("变动理由", max_length=300, blank=True, db_default="")
    state_on = models.DateField("效力变动日", null=True, blank=True)
    withdrawn_on = models.DateField("撤回公示日", null=True, blank=True)

    class Meta:
        """Options. The composite indexes stand for those of the two foreign keys: each index costs the import."""

        verbose_name = "行政决定"
        verbose_name_plural = "行政决定"
        constraints = (
            models.UniqueConstraint(fields=("unit", "kind", "number"), name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("decided_on")),
                name="decision_published_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(state="standing", state_on__isnull=True) | Q(~Q(state="standing"), state_on__isnull=False),
                name="decision_change_has_its_day",
            ),
        )
        indexes = (
            models.Index(fields=("unit", "kind", "decided_on"), name="decision_counts"),
            models.Index(fields=("-decided_on", "-id"), name="decision_latest"),
            models.Index(
                fields=("due_on", "unit"),
                condition=Q(published_on__isnull=True, due_on__isnull=False),
                name="decision_unpublished",
            ),
            models.Index(
                fields=("unit", "decided_on"), condition=Q(published_on__gt=F("due_on")), name="decision_published_late"
            ),
            models.Index(
                fields=("state_on", "unit"),
                condition=Q(state_on__isnull=False, withdrawn_on__isnull=True),
                name="decision_not_withdrawn",
            ),
            # The public lists.
            *(
                models.Index(
                    fields=(*narrowed, "-published_on", "-id"),
                    condition=Q(published_on__isnull=False, withdrawn_on__isnull=True),
                    name="_".join(("decision_public", *narrowed)),
                )
                for narrowed in ((), ("unit",), ("kind",))
            ),
            models.Index(fields=("number",), name="decision_number"),
        )

    def __str__(self) -> str:
        """Return the number."""
        return self.number
