"""What a calendar holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications import rules

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree


class FeedForm(forms.Form):
    """Choose whose due dates."""

    unit = forms.TypedChoiceField(
        label="订阅内容",
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "我承办的申请"), *tree.outline(rules.units_read(scope))]
