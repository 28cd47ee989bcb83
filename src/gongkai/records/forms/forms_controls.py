"""The controls of the upkeep forms, in the workbench's look."""

from __future__ import annotations

from typing import Any

from django import forms

TEXT = {"class": "form-control"}
CHOICE = {"class": "form-select"}
SMALL = {"class": "form-select form-select-sm"}


def day(label: str, **options: Any) -> forms.DateField:  # noqa: ANN401 -- the options are Django's
    """Return a field for a day."""
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={**TEXT, "type": "date"}), **options
    )


def words(label: str, length: int, **options: Any) -> forms.CharField:  # noqa: ANN401 -- the options are Django's
    """Return a field for a line of text."""
    return forms.CharField(label=label, max_length=length, widget=forms.TextInput(attrs=TEXT), **options)


def number(label: str, **options: Any) -> forms.IntegerField:  # noqa: ANN401 -- the options are Django's
    """Return a field for a number."""
    return forms.IntegerField(label=label, widget=forms.NumberInput(attrs=TEXT), **options)


def unit(label: str = "机构", **options: Any) -> forms.TypedChoiceField:  # noqa: ANN401 -- the options are Django's
    """Return a field for a unit; its choices are set by the form that has it."""
    widget = options.pop("widget", forms.Select(attrs=CHOICE))
    return forms.TypedChoiceField(label=label, coerce=int, widget=widget, **options)
