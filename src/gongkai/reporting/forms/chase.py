"""The words of a reminder."""

from __future__ import annotations

from django import forms


class ChaseForm(forms.Form):
    """What the office says to those who are missing."""

    words = forms.CharField(
        label="催报的话",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"}),
        help_text="不填的，写明期限和逾期天数。",
    )
