"""What the list can be narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.records.forms.choices import ANY
from gongkai.records.models import Attribute, Category, Stage, Validity
from gongkai.records.queries.register import Wanted

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree

FIRST_YEAR = 1990
_SELECT = {"class": "form-select form-select-sm"}


def _select() -> forms.Select:
    return forms.Select(attrs=_SELECT)


class FilterForm(forms.Form):
    """Narrow the list; anything that is no valid choice does not narrow, and says so."""

    text = forms.CharField(
        label="检索词",
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"class": "form-control", "type": "search", "placeholder": "标题、正文、文号、索引号"}
        ),
    )
    unit = forms.TypedChoiceField(
        label="机构（含下级）", required=False, coerce=int, empty_value=None, widget=_select()
    )
    stage = forms.ChoiceField(label="阶段", required=False, choices=ANY + Stage.choices, widget=_select())
    attribute = forms.ChoiceField(label="公开属性", required=False, choices=ANY + Attribute.choices, widget=_select())
    category = forms.ChoiceField(label="类别", required=False, choices=ANY + Category.choices, widget=_select())
    validity = forms.ChoiceField(label="有效性", required=False, choices=ANY + Validity.choices, widget=_select())
    year = forms.TypedChoiceField(label="生成年度", required=False, coerce=int, empty_value=None, widget=_select())
    is_late = forms.BooleanField(
        label="只看逾期未公开", required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self.fields["unit"].choices = [*ANY, *tree.outline(scope.readable)]
        years = range(scope.day.year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [*ANY, *((year, f"{year} 年") for year in years)]

    @property
    def wanted(self) -> Wanted:
        """What is looked for; empty where nothing was asked."""
        if not self.is_bound:
            return Wanted()
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value not in {None, ""}})
