"""What a calendar cannot answer.

``BeforeCalendarError``  the day lies before the first notice the calendar has
``AfterCalendarError``   the day lies after the last year whose holidays can be computed
``UncitedRuleError``     a local rule names no document it rests on
"""

from __future__ import annotations

from gongkai.law.errors import InputError, LawError


class BeforeCalendarError(LawError):
    """The day lies before 2008, the first year whose notice the calendar has."""

    code = "before-calendar"


class AfterCalendarError(LawError):
    """The day lies after the last year whose statutory holidays the calendar can compute."""

    code = "after-calendar"


class UncitedRuleError(InputError):
    """A local rule names no document: nobody could explain the day to a court."""
