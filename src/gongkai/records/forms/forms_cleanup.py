"""The forms of the register of normative documents and its clean-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.records.forms import forms_controls as control
from gongkai.records.forms.choices import ANY
from gongkai.records.models import Outcome

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree

SHOWN = (
    ("in_force", "现行有效"),
    ("made", "本年制发"),
    ("ended", "本年废止、失效"),
    ("expiring", "有效期将满或已满"),
)


class RegisterForm(forms.Form):
    """Which part of the register is shown: of which units, as of which day."""

    unit = control.unit("机构（含下级）", required=False, empty_value=None, widget=forms.Select(attrs=control.SMALL))
    shown = forms.ChoiceField(label="范围", required=False, choices=SHOWN, widget=forms.Select(attrs=control.SMALL))
    day = forms.DateField(
        label="截至",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control form-control-sm", "type": "date"}),
    )

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["unit"].choices = [*ANY, *tree.outline(scope.readable)]

    @property
    def chosen(self) -> tuple[int | None, str, date]:
        """Unit, part and day asked for; what is no valid choice does not narrow, and says so."""
        self.is_valid()
        data = self.cleaned_data if self.is_bound else {}
        return data.get("unit"), data.get("shown") or "in_force", data.get("day") or self.scope.day


class CampaignForm(forms.Form):
    """Open a campaign."""

    lead = control.unit("牵头机构")
    year = control.number("年度", min_value=2008, max_value=2100)
    title = control.words("名称", 120)
    basis = control.words("依据", 200, help_text="部署清理的文件")
    due_on = control.day("报送期限")
    units = forms.TypedMultipleChoiceField(
        label="清理范围", coerce=int, widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
    )

    def __init__(self, *args: Any, tree: Tree, allowed: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = self.fields["units"].choices = tree.outline(allowed)


class DecisionForm(forms.Form):
    """Find whether a document stays."""

    outcome = forms.ChoiceField(
        label="结论", choices=Outcome.choices, widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={**control.TEXT, "rows": 3}))


class CloseForm(forms.Form):
    """Close a campaign."""

    document = control.words("公布清理结果的文号", 80)
