"""What can be noted about a decision, and annual facts typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.decisions.forms.choices import day_field, years
from gongkai.decisions.models import DecisionState
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from gongkai.units.queries.tree import Tree


class PublishForm(forms.Form):
    """The day of publication."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["published_on"] = day_field("公示日期", today)


class ChangeForm(forms.Form):
    """A decision was changed or annulled."""

    state = forms.ChoiceField(
        label="变动", choices=[choice for choice in DecisionState.choices if choice[0] != DecisionState.STANDING]
    )
    reason = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text="撤回公示时须公开说明理由。"
    )

    field_order = ("state", "changed_on", "reason")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["changed_on"] = day_field("变动日期", today)
        self.order_fields(self.field_order)


class WithdrawForm(forms.Form):
    """What was published was taken back."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["withdrawn_on"] = day_field("撤回日期", today)


class _FactForm(forms.Form):
    unit = forms.TypedChoiceField(label="机构", coerce=int)
    year = forms.TypedChoiceField(label="年度", coerce=int)

    def __init__(self, *args: Any, tree: Tree, among: Collection[int], today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(among)
        self.fields["year"].choices = years(today)

    def clean_unit(self) -> Unit:
        """Return the unit itself."""
        return Unit.objects.get(pk=self.cleaned_data["unit"])


class ChargeForm(_FactForm):
    """One charge."""

    item = forms.CharField(label="收费项目", max_length=200)
    amount = forms.CharField(label="金额（万元）", max_length=40, help_text="可有小数，不超过六位；没有发生的填 0。")
    basis = forms.CharField(label="收费依据", max_length=500, required=False)


class ProcurementForm(_FactForm):
    """One procurement project."""

    project = forms.CharField(label="采购项目", max_length=200)
    amount = forms.CharField(label="金额（元）", max_length=40, help_text="小数不超过两位。")
