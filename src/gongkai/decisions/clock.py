"""The two clocks of a decision: 双公示 within 7 working days, and taking a penalty back within 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.law import clocks
from gongkai.law.clocks import ClockNotInForceError

if TYPE_CHECKING:
    from datetime import date

    from gongkai.law.clocks import Due

PUBLICITY = "double_publicity"
WITHDRAWAL = "penalty_withdrawal"


def publicity(decided_on: date) -> Due | None:
    """Return the 双公示 clock of a permit or penalty (国办发〔2018〕118号); ``None`` for one older than the rule."""
    try:
        return clocks.due(PUBLICITY, decided_on)
    except ClockNotInForceError:
        return None


def withdrawal(changed_on: date) -> Due | None:
    """Return the clock for taking a changed penalty back (行政处罚法 第四十八条); ``None`` before the rule."""
    try:
        return clocks.due(WITHDRAWAL, changed_on)
    except ClockNotInForceError:
        return None
