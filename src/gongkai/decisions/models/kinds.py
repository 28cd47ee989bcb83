"""What kinds of decisions there are."""

from __future__ import annotations

from django.db import models


class DecisionKind(models.TextChoices):
    """What a decision is: the rows of 第二十条第（五）（六）项 of the annual report."""

    PERMIT = "permit", "行政许可"
    OTHER_SERVICE = "other_service", "其他对外管理服务事项"
    PENALTY = "penalty", "行政处罚"
    COERCION = "coercion", "行政强制"


PUBLICISED = (DecisionKind.PERMIT, DecisionKind.PENALTY)
"""The 双公示 subset: published within 7 working days (国办发〔2018〕118号)."""
