"""The duty to report every year: who, by when, in which form, with what in it (Arts 49, 50; before 2019 Arts 31, 32).

Dates are the last day of the period as the regulation names it; it names calendar days and is silent on holidays.
A competent department may ask for reports earlier, never later: such local deadlines are given by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from gongkai.law.catalogue import CatalogueError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Mapping


class NoReportError(CatalogueError):
    """No annual report was owed for this year."""

    code = "no-annual-report"


class LateDeadlineError(CatalogueError):
    """A local deadline lies after the statutory one, or on a day that does not exist."""

    code = "late-local-deadline"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do with the report of a year.

    ``act`` is ``submit`` (to the competent department) or ``publish``. ``statutory`` is the day of the regulation,
    ``due`` the day that counts, earlier where a local deadline was given. ``unconfirmed``: practice, not regulation.
    """

    act: str
    to: str
    due: date
    statutory: date
    article: str
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """Something the report must contain. ``section`` is the ordinal of its section, ``None`` in the older forms."""

    key: str
    caption: str
    article: str
    section: int | None


def duties(
    report_year: int, level: str | None, *, local: Mapping[str, tuple[int, int]] | None = None
) -> tuple[Duty, ...]:
    """Return what a body of ``level`` owes for ``report_year``; nothing where its level is not known.

    ``local`` maps an act to an earlier day (month, day) of the year after. ``NoReportError`` before 2008,
    ``LateDeadlineError`` for a local day that is later than the statutory one or does not exist.
    """
    rule = _covering("rule", report_year)
    found = tuple(
        Duty(
            act=entry["act"],
            to=entry["to"],
            due=(statutory := date(report_year + 1, entry["month"], entry["day"])),
            statutory=statutory,
            article=entry["article"],
            unconfirmed=entry.get("unconfirmed", False),
        )
        for entry in rule["duty"]
        if level in entry["levels"]
    )
    return tuple(_advanced(duty, (local or {}).get(duty.act)) for duty in found)


def form_editions(report_year: int) -> tuple[str, ...]:
    """Return the editions of the form in use for ``report_year``, the national one first. ``NoReportError``."""
    return tuple(_covering("form", report_year)["editions"])


def required_sections(edition: str) -> tuple[str, ...]:
    """Return the titles of the sections the form prescribes, in order; empty for the forms before 2019."""
    return tuple(read("duties")["sections"].get(edition, ()))


def required_content(report_year: int, level: str | None) -> tuple[Content, ...]:
    """Return what the report of ``report_year`` must contain.

    What only governments owe (the results of Art 50(4)) is left out for departments and where the level is unknown.
    ``NoReportError`` before 2008.
    """
    regulation = _covering("rule", report_year)["regulation"]
    return tuple(
        Content(entry["key"], entry["caption"], entry["article"], entry.get("section"))
        for entry in read("duties")["content"]
        if entry["regulation"] == regulation and ("levels" not in entry or level in entry["levels"])
    )


def _advanced(duty: Duty, day: tuple[int, int] | None) -> Duty:
    if day is None:
        return duty
    try:
        due = date(duty.statutory.year, *day)
    except ValueError:
        due = date.max
    if due > duty.statutory:
        raise LateDeadlineError(
            f"本地设定的{day[0]}月{day[1]}日晚于法定期限{duty.statutory}，或者不是一个日期；请设为法定期限当日或者更早。",
            article=duty.article,
        )
    return replace(duty, due=due)


def _covering(kind: str, report_year: int) -> dict[str, Any]:
    entries: list[dict[str, Any]] = read("duties")[kind]
    for entry in entries:
        if entry["first_year"] <= report_year <= entry.get("last_year", report_year):
            return entry
    raise NoReportError(
        f"{report_year}年度没有政府信息公开年度报告：《政府信息公开条例》自2008年5月1日起施行；请核对报告年度。",
        article="《政府信息公开条例》（2007年）第三十八条",
    )
