"""The editions of the regulation (政府信息公开条例): 2008 and 2019, each as dated parameters.

The edition of a case is that of the day its application was received: the revision of 2019 has no transitional clause.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gongkai.law.errors import LawError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

CODES = ("2008", "2019")


class BeforeRegulationError(LawError):
    """The day lies before 2008-05-01: no edition of the regulation was in force."""

    code = "before-regulation"


class Provision(NamedTuple):
    """One rule of an edition.

    ``days`` are working days, ``None`` where the edition gives no number. ``summary`` is our wording, not the text.
    ``confirmed`` is false for what is believed but was not read in a source.
    """

    days: int | None
    article: str
    summary: str
    confirmed: bool


class Edition(NamedTuple):
    """One edition of the regulation, in force from ``in_force`` to ``until`` (both included; ``None``: still)."""

    code: str
    title: str
    document: str
    in_force: date
    until: date | None
    commencement: str
    provisions: Mapping[str, Provision]


@cache
def edition(code: str) -> Edition:
    """Return the edition ``code`` (one of ``CODES``)."""
    data = read(f"regulation/{code}")
    return Edition(
        code=data["code"],
        title=data["title"],
        document=data["document"],
        in_force=data["in_force"],
        until=data.get("until"),
        commencement=data["commencement"],
        provisions={
            key: Provision(entry.get("days"), entry["article"], entry["summary"], entry.get("confirmed", True))
            for key, entry in data["provision"].items()
        },
    )


def edition_for(receipt: date) -> Edition:
    """Return the edition that governs an application received on ``receipt``.

    Raises ``BeforeRegulationError`` for a day before 2008-05-01.
    """
    for code in reversed(CODES):
        found = edition(code)
        if receipt >= found.in_force:
            return found
    first = edition(CODES[0])
    raise BeforeRegulationError(
        f"{receipt} 收到的申请早于《政府信息公开条例》的施行日期 {first.in_force}，没有办理期限：请核对收到日期。",
        article=first.commencement,
    )
