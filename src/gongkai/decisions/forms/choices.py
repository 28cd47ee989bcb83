"""Choices that several forms offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from datetime import date


ANY = [("", "全部")]
FIRST_YEAR = 2008


def years(today: date) -> list[tuple[int, str]]:
    """Return the years from this one back to when the regulation came into force."""
    return [(year, f"{year} 年") for year in range(today.year, FIRST_YEAR - 1, -1)]


def day_field(label: str, today: date) -> forms.DateField:
    """Return a field for a day up to ``today``, which it proposes."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": today.isoformat()})
    return forms.DateField(label=label, initial=today, widget=widget)
