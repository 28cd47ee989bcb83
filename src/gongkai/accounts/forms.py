"""What is filled in about people and their rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.accounts import rules
from gongkai.accounts.errors import AccountError, AlreadyGrantedError, BackdatedError, UsernameTakenError
from gongkai.accounts.models import Role
from gongkai.accounts.queries.register import STATES
from gongkai.units.forms import UnitField, day_input

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree


class FilterForm(forms.Form):
    """Narrow the register; what is no valid choice does not narrow."""

    unit = forms.TypedChoiceField(label="机构（含下级）", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="状态", required=False, choices=list(STATES.items()))
    role = forms.ChoiceField(label="角色", required=False, choices=[("", "全部"), *Role.choices])

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        seen = rules.watched(scope)
        allowed = {*tree.ended, *(node.id for node in tree)} if seen is None else seen
        self.fields["unit"].choices = [("", "全部"), *tree.outline(allowed)]

    @property
    def wanted(self) -> dict[str, Any]:
        """What is looked for."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}


class RegisterForm(forms.Form):
    """备案: open an account for a person at a unit."""

    unit = UnitField(label="所在机构")
    name = forms.CharField(label="姓名", max_length=60)
    username = forms.RegexField(
        r"^[a-z][a-z0-9._-]{2,31}$",
        label="用户名",
        help_text="登录用；小写字母开头，三至三十二位，可用数字、点、下划线和短横",
        error_messages={"invalid": "用户名须以小写字母开头，三至三十二位，只用小写字母、数字、点、下划线和短横。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    position = forms.CharField(label="职务", max_length=60)
    telephone = forms.CharField(label="办公电话", max_length=60)
    day = forms.DateField(label="备案日", widget=day_input())

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["unit"].choose(tree, rules.registrable(scope, tree))

    def blame(self, error: AccountError) -> None:
        """Show a mistake found by the domain beside the field it is about."""
        self.add_error("username" if isinstance(error, UsernameTakenError) else "unit", str(error))


class TrainingForm(forms.Form):
    """跟岗培训."""

    day = forms.DateField(label="跟岗培训日", widget=day_input(), help_text="权限自该日起生效")
    training = forms.CharField(label="培训记录", max_length=200, help_text="跟岗单位、天数、考核结果")

    def blame(self, error: AccountError) -> None:
        """Show a mistake found by the domain beside the day."""
        self.add_error("day", str(error))


class GrantForm(forms.Form):
    """A role at a unit."""

    role = forms.ChoiceField(label="角色")
    unit = UnitField(label="机构")
    with_subtree = forms.BooleanField(label="含全部下级机构", required=False)
    day = forms.DateField(label="起始日", widget=day_input())

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in rules.roles_to_give(scope)]
        self.fields["unit"].choose(tree, rules.registrable(scope, tree))

    def blame(self, error: AccountError) -> None:
        """Show a mistake found by the domain beside the field it is about."""
        fields = {AlreadyGrantedError: "role", BackdatedError: "day"}
        self.add_error(fields.get(type(error), "unit"), str(error))


class ReasonForm(forms.Form):
    """Why an account is closed or opened again."""

    reason = forms.CharField(label="事由", max_length=200, help_text="如调离、退休、返岗")
