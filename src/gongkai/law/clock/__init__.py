"""The clock of an application: a pure function of its receipt, its events and a day.

``clock(received, channel, confirmed, events, as_of)`` gives a ``State``; ``parse_event`` reads an event as the command
line writes it. What the law forbids raises a subclass of ``LawError`` (see ``errors``). The choices made where the
regulation is silent are in ``docs/decisions/0003-clock-semantics.md`` and ``parameters/conventions.toml``.
"""

from gongkai.law.clock.conventions import Conventions, defaults
from gongkai.law.clock.events import CHANNELS, KINDS, MODES, Event, parse_date, parse_event
from gongkai.law.clock.state import State, clock

__all__ = [
    "CHANNELS",
    "KINDS",
    "MODES",
    "Conventions",
    "Event",
    "State",
    "clock",
    "defaults",
    "parse_date",
    "parse_event",
]
