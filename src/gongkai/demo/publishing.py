"""The city's report of the year, frozen and published by the verbs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.demo.sizes import YEAR
from gongkai.law.calendar import CHINA
from gongkai.reporting.domain import freezing
from gongkai.reporting.models import Scope, State, Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.demo.founding import Cast

_DAY = (3, 20)
"""The day of the year after on which the city publishes."""


def publish(cast: Cast) -> Iterator[int]:
    """Freeze and publish the whole of the city, where it was received; yield 1 for it."""
    day = CHINA.on_or_after(date(YEAR + 1, *_DAY))
    chief = cast.people["", Role.COMPETENT]
    received = Submission.objects.filter(campaign__year=YEAR, scope=Scope.WHOLE, state=State.ACCEPTED)
    for one in received.filter(unit=cast.units["HL-001"]):
        edition = freezing.freeze(submission=one, user=chief, today=day)
        freezing.publish(edition=edition, user=chief, today=day)
        yield 1
