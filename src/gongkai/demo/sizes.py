"""How large the city is made. The full size has the figures that a real county-level city reported for 2024."""

from __future__ import annotations

from dataclasses import dataclass

YEAR = 2024
"""The year whose figures are set."""

FIRST_YEAR = 2019
"""The first of the years with documents."""


@dataclass(frozen=True, slots=True)
class Size:
    """The figures of ``YEAR`` and how much stands around them.

    ``proactive`` includes the normative documents made in the year. ``before`` are normative documents in force when
    the year began, ``ended_before`` those that had ended by then, ``earlier`` the other documents of each year from
    ``FIRST_YEAR`` on; ``in_flight`` is in each state of not being finished on the day the city is looked at.
    ``charges`` is in 分. ``cases`` says whether there are applications: those of ``YEAR`` have fixed figures, of those
    before there are ``cases_before`` of a hundred. ``units`` are codes; empty means all.
    """

    key: str
    proactive: int
    on_request: int
    withheld: int
    made: int
    ended: int
    before: int
    ended_before: int
    earlier: int
    in_flight: int
    permits: int
    penalties: int
    coercions: int
    charges: int
    cases: bool = True
    cases_before: int = 100
    units: tuple[str, ...] = ()

    @property
    def in_force(self) -> int:
        """The normative documents in force at the end of ``YEAR``."""
        return self.before + self.made - self.ended


_NORMATIVE = {"made": 34, "ended": 54, "before": 245, "ended_before": 18}
_DECISIONS = {"permits": 12_339, "penalties": 6_025, "coercions": 910, "charges": 1_002_381_900}

SIZES = {
    size.key: size
    for size in (
        Size("small", 164, 50, 86, earlier=40, in_flight=4, cases_before=20, **_NORMATIVE, **_DECISIONS),
        Size("full", 4453, 1358, 2317, earlier=1600, in_flight=8, **_NORMATIVE, **_DECISIONS),
    )
}
