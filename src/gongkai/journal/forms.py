"""What the journal can be narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.journal.queries.entries import Wanted


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """Narrow the journal; everything is compared exactly."""

    act = forms.CharField(label="行为", required=False, max_length=80, help_text="如 accounts 或 accounts.granted")
    actor = forms.CharField(label="行为人", required=False, max_length=150, help_text="用户名")
    unit = forms.CharField(label="机构代码", required=False, max_length=40)
    subject = forms.CharField(label="对象", required=False, max_length=120, help_text="如 records.record:12")
    since = forms.DateField(label="自", required=False, widget=_day())
    until = forms.DateField(label="至", required=False, widget=_day())

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "截止日早于起始日。")
        return data

    @property
    def wanted(self) -> Wanted:
        """What is looked for; a part that is wrong does not narrow, and says so."""
        if not self.is_bound:
            return Wanted()
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})
