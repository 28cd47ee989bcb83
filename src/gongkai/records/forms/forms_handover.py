"""The forms of handing over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.records.forms import forms_controls as control
from gongkai.records.forms.choices import ANY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree


class UnitForm(forms.Form):
    """Narrow a list to a unit and everything below it."""

    unit = control.unit("机构（含下级）", required=False, empty_value=None, widget=forms.Select(attrs=control.SMALL))

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.scope, self.tree = scope, tree
        self.fields["unit"].choices = [*ANY, *tree.outline(scope.readable)]

    @property
    def units(self) -> frozenset[int]:
        """The readable units asked for; all of them where none, or none that is known, was asked for."""
        chosen = None
        if self.is_bound:
            self.is_valid()
            chosen = self.cleaned_data.get("unit")
        readable = self.scope.readable
        return readable if chosen is None else readable & self.tree.with_ended([chosen])


class SealForm(forms.Form):
    """Seal the list of a period."""

    is_nil = forms.BooleanField(
        label="零送交：本期没有应送交的信息",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    letter = control.words("撤换函文号", 80, required=False, help_text="有更换、撤回条目时必填")


class DaysForm(forms.Form):
    """Set the days of delivery."""

    unit = control.unit("适用机构（含下级）")
    days = control.words("每月送交日", 40, help_text="以逗号分隔：5 或 5,20；遇休息日顺延至下一工作日")
    cut_off = control.number("截止提前天数", initial=5, help_text="送交日之前几天为本期截止")
    halls = control.words("接收单位", 200)
    begins_on = control.day("起始日")
    document = control.words("依据", 200)

    def __init__(self, *args: Any, tree: Tree, allowed: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(allowed)

    def clean_days(self) -> list[int]:
        """Read the days."""
        parts = self.cleaned_data["days"].replace("，", ",").replace("、", ",").split(",")
        try:
            return [int(part) for part in parts if part.strip()]
        except ValueError as error:
            raise forms.ValidationError("请填写日期数字，以逗号分隔，如 5,20。") from error


class ReconciliationForm(forms.Form):
    """What a hall received in a quarter."""

    hall = forms.ChoiceField(label="接收单位", widget=forms.Select(attrs=control.CHOICE))
    received = control.number("实收条数", min_value=0, help_text="接收单位登记的本季收到条数，含撤换")
    confirmed_by = control.words("接收单位经办人", 60)
    note = forms.CharField(
        label="差异说明",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={**control.TEXT, "rows": 2}),
        help_text="条数不符时必填：差在哪一期、怎样处理",
    )

    def __init__(self, *args: Any, halls: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["hall"].choices = [(hall, hall) for hall in halls]
