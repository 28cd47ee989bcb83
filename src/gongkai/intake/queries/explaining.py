"""How the last day of a case is computed, in words for its applicant.

The officers' computation names who approved an extension and who was consulted, tells what a third party said, and
warns of what a court might ask. None of that is the applicant's: the events lose it before the law puts them in words,
so that it stands in no line, whatever the line says. The days stay the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.queries.case import steps_of
from gongkai.intake.sight import Step
from gongkai.law.clock.conventions import UNCONFIRMED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.law.clock.events import Event
    from gongkai.law.clock.state import State

APPROVER = "政府信息公开工作机构负责人"
"""Who approves an extension by Art 33(2), instead of a name."""
PLAIN_UNCONFIRMED = "（这一算法的依据尚待核实）"
"""The same as ``UNCONFIRMED``, for whoever sets nothing here."""


def explained(clock: State) -> tuple[Step, ...]:
    """Return the lines of the computation, without the warnings and without what is not for the applicant.

    What a line rests on is said the first time: each weekend rests on the same.
    """
    told = [one for one in steps_of(clock._replace(events=_neutral(clock.events)).trace) if one.kind != "warning"]
    said: set[str] = set()
    steps = []
    for one in told:
        text = one.text.replace(UNCONFIRMED, PLAIN_UNCONFIRMED)
        steps.append(Step(one.day, text, "" if one.note in said else one.note))
        said.add(one.note)
    return tuple(steps)


def _neutral(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return ``events`` in their order with numbers instead of parties, an office instead of a name, and no stand."""
    numbers: dict[str, str] = {"": ""}
    return tuple(
        one._replace(
            party=numbers.setdefault(one.party, str(len(numbers))),
            approver=APPROVER if one.approver else "",
            consent=None,
        )
        for one in events
    )
