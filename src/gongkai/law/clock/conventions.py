"""How days are counted where the regulation is silent: dated defaults, which a caller may replace."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from gongkai.law.parameters import read

UNCONFIRMED = "（默认算法，未经证实，可调整）"
"""What is said of a convention that no source has, to whoever can set it otherwise."""


class Conventions(NamedTuple):
    """The defaults that change a date. Their texts and grounds are in ``parameters/conventions.toml``.

    ``suspension_includes_dispatch_day``: the day a consultation is sent is already excluded (default: the day after).
    ``late_confirmation_days``: working days after which a confirmation of receipt raises a warning.
    ``correction_period_in_working_days``: the period set in a correction notice is of working days.
    """

    suspension_includes_dispatch_day: bool
    late_confirmation_days: int
    correction_period_in_working_days: bool


@cache
def defaults() -> Conventions:
    """Return the conventions of the parameter file."""
    data = read("conventions")
    return Conventions(*(data[key]["value"] for key in Conventions._fields))


def wording(key: str) -> tuple[str, str]:
    """Return the text and the ground of the convention ``key``, marked 未经证实 where no source says it."""
    entry = read("conventions")[key]
    return f"{entry['text']}{'' if entry['confirmed'] else UNCONFIRMED}", entry["basis"]
