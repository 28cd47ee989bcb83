"""Uploading a paper register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from gongkai.units.queries.tree import Tree


class RegisterForm(forms.Form):
    """A table of past applications and the agency they were made to."""

    unit = forms.TypedChoiceField(label="机构", coerce=int, help_text="登记簿所属的行政机关。")
    file = forms.FileField(
        label="登记簿",
        help_text="xlsx 工作簿或 CSV（UTF-8、GB18030），20 MB 以内。前几行中要有列名，列的先后不限。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def __init__(self, *args: Any, tree: Tree, among: Collection[int], **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(among)

    def clean_unit(self) -> Unit:
        """Return the unit itself."""
        return Unit.objects.get(pk=self.cleaned_data["unit"])
