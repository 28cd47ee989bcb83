"""The form of a count of state secrets: a number, and no field that could say what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.accounts.models import Officer

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree

_TEXT = {"class": "form-control"}


class SecretCountForm(forms.Form):
    """Unit, year, number, who answers for it."""

    unit = forms.TypedChoiceField(label="机构", coerce=int, widget=forms.Select(attrs={"class": "form-select"}))
    year = forms.IntegerField(label="年度", widget=forms.NumberInput(attrs=_TEXT))
    count = forms.IntegerField(label="件数", min_value=0, widget=forms.NumberInput(attrs=_TEXT))
    responsible = forms.ModelChoiceField(
        label="责任人",
        queryset=Officer.objects.none(),
        widget=forms.Select(attrs={"class": "form-select"}),
        help_text="该机构的备案人员",
    )

    def __init__(self, *args: Any, scope: Scope, tree: Tree, writable: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(writable)
        self.fields["year"].initial = scope.day.year
        officers = self.fields["responsible"]
        officers.queryset = Officer.objects.filter(unit__in=writable).select_related("user").order_by("user__name")
        names = {node.id: node.short_name for node in tree}
        officers.label_from_instance = lambda officer: f"{officer.user.name}（{names.get(officer.unit_id, '')}）"
