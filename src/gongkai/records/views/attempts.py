"""Doing an act from a form: what the rule refuses comes back in the form, with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages

from gongkai.records.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest

UNPROCESSABLE = 422


def attempt(request: HttpRequest, form: forms.Form, act: Callable[[], object], done: str) -> bool:
    """Do ``act`` if ``form`` is valid and say ``done``; else leave the reasons in the form and return ``False``."""
    if not form.is_valid():
        return False
    try:
        act()
    except RecordError as error:
        form.add_error(None, str(error))
        for name, words in error.fields.items():
            if name in form.fields:
                form.add_error(name, words)
        return False
    messages.success(request, done)
    return True


def press(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do an act that has no form, and say how it went."""
    try:
        act()
    except RecordError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, done)


def status_of(*forms_shown: forms.Form | None) -> int:
    """Return 422 where a form came back with errors."""
    return UNPROCESSABLE if any(form is not None and form.errors for form in forms_shown) else 200
