"""Why all due dates are computed again."""

from __future__ import annotations

from django import forms


class RecomputeForm(forms.Form):
    """Name the notice or the rule that changed the calendar."""

    reason = forms.CharField(
        label="重算原因",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text="例如“国办发明电〔2025〕7号 2026年放假安排”",
    )
