"""What of the decisions the public may see."""

from __future__ import annotations

from django.db import models

from gongkai.decisions.models.decision import DecisionState
from gongkai.decisions.models.kinds import DecisionKind
from gongkai.windows.window import Window

_PARTY = (
    "CASE WHEN party_kind <> 'person' THEN party WHEN length(party) > 3 THEN substr(party, 1, 1) || '***'"
    " WHEN length(party) = 3 THEN substr(party, 1, 1) || '**' ELSE substr(party, 1, 1) || '*' END"
)
"""The rule of ``masking.masked``, so that a natural person's name never leaves the database whole."""


class PublishedDecision(Window):
    """A decision on public notice (行政许可、行政处罚等信息公示)."""

    unit_id = models.BigIntegerField()
    kind = models.CharField("决定类别", max_length=14, choices=DecisionKind.choices)
    number = models.CharField("决定书文号", max_length=80)
    party = models.CharField("相对人名称", max_length=120)
    item = models.CharField("事项或事由", max_length=300)
    decided_on = models.DateField("决定日期")
    published_on = models.DateField("公示日期")
    basis = models.CharField("法律依据", max_length=500)
    state = models.CharField("效力", max_length=10, choices=DecisionState.choices)
    state_on = models.DateField("效力变动日", null=True)

    select = (
        f"SELECT id, unit_id, kind, number, {_PARTY} AS party, item, decided_on, published_on, basis, state, state_on"  # noqa: S608 -- no value from outside
        " FROM decisions_decision WHERE published_on IS NOT NULL AND withdrawn_on IS NULL"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_decision"

    def __str__(self) -> str:
        """Return the number."""
        return self.number
