"""The calendar of working days: Monday to Friday, minus the holidays, plus the make-up days, each with its notice.

``CHINA`` is the calendar of the State Council's notices. ``CHINA.with_rules(…)`` is one with local rules.
"""

from gongkai.law.calendar.days import CHINA, Calendar, DayNote
from gongkai.law.calendar.errors import AfterCalendarError, BeforeCalendarError, UncitedRuleError
from gongkai.law.calendar.local import LocalRule, closed, read_rules, suspended, worked

__all__ = [
    "CHINA",
    "AfterCalendarError",
    "BeforeCalendarError",
    "Calendar",
    "DayNote",
    "LocalRule",
    "UncitedRuleError",
    "closed",
    "read_rules",
    "suspended",
    "worked",
]
