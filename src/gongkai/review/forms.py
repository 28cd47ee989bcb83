"""What a reviewer fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.review import planning, rules
from gongkai.review.errors import ChainLineError
from gongkai.review.models import StepKind
from gongkai.review.registry import subjects
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.review.domain.chains import StepPlan
    from gongkai.units.queries.tree import Tree

SECRECY_ITEMS = (
    ("no_state_secret", "不含国家秘密（条例第十四条）"),
    ("no_work_secret", "不含工作秘密（保密法第六十四条）"),
    ("no_security_risk", "不危及国家安全、公共安全、经济安全和社会稳定"),
    ("no_third_party", "不损害第三方商业秘密、个人隐私，或已征得同意（条例第十五条）"),
    ("personal_data_removed", "个人信息已按规定处理"),
)
"""What the 《政府信息公开保密审查表》 asks."""

GATES = ("政治关", "法律关", "政策关", "保密关", "文字关", "时间关")


class DecisionForm(forms.Form):
    """Pass a step, or return the subject with the reason."""

    decision = forms.ChoiceField(label="审核结论", choices=[("approve", "通过"), ("return", "退回修改")])
    opinion = forms.CharField(label="审核意见", widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, step_kind: str, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["decision"].widget.attrs["class"] = "form-select"
        self.fields["opinion"].widget.attrs["class"] = "form-control"
        self.items: tuple[tuple[str, str], ...] = SECRECY_ITEMS if step_kind == StepKind.SECRECY else ()
        for name, words in self.items:
            self.fields[name] = forms.BooleanField(
                label=words, required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
            )

    def clean(self) -> dict[str, Any]:
        """Demand a reason for a return, and every item confirmed before a secrecy review passes."""
        data = super().clean() or {}
        if data.get("decision") == "return" and not data.get("opinion", "").strip():
            self.add_error("opinion", "退回必须写明理由，以便送审人修改。")
        if data.get("decision") == "approve":
            for name, words in self.items:
                if not data.get(name):
                    self.add_error(name, f"未确认“{words}”，不能通过保密审查。不能确定的，请退回或报请确定。")
        return data

    @property
    def evidence(self) -> dict[str, bool]:
        """What was confirmed, by item."""
        return {name: bool(self.cleaned_data.get(name)) for name, _ in self.items}


class ReferralForm(forms.Form):
    """Ask a department to determine what the unit cannot (条例 第十七条)."""

    to = forms.CharField(label="报请部门", max_length=120, widget=forms.TextInput(attrs={"class": "form-control"}))
    question = forms.CharField(
        label="不能确定的事项", widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"})
    )


class DeterminationForm(forms.Form):
    """Enter the department's answer."""

    determination = forms.CharField(label="确定意见", widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}))


class RecusalForm(forms.Form):
    """Stand aside."""

    reason = forms.CharField(label="回避事由", max_length=200, widget=forms.TextInput(attrs={"class": "form-control"}))


class ChainForm(forms.Form):
    """The chain of a unit, or the preset, one step a line."""

    kind = forms.ChoiceField(label="对象")
    unit = forms.TypedChoiceField(label="机构", required=False, coerce=int, empty_value=None)
    name = forms.CharField(label="流程名称", max_length=80)
    steps = forms.CharField(
        label="步骤",
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control font-monospace"}),
        help_text=(
            "每行一步，依次为类型、名称、角色、时限（工作日），以空格分开。类型：审、校、保密审查、合法性审核、签发；"
            "角色：初审、复审、终审、保密审查、工作机构负责人、主管部门。"
        ),
    )

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        among = frozenset(node.id for node in tree if rules.may_set_chain(scope, node.id))
        preset = [("", "预设：没有另行设定的机构")] if rules.may_set_chain(scope, None) else []
        self.fields["kind"].choices = [(subject.kind, subject.name) for subject in subjects()]
        self.fields["unit"].choices = [*preset, *tree.outline(among)]

    def clean_unit(self) -> Unit | None:
        """Return the unit itself; ``None`` is the preset."""
        number = self.cleaned_data["unit"]
        return None if number is None else Unit.objects.get(pk=number)

    def clean_steps(self) -> tuple[StepPlan, ...]:
        """Read the lines."""
        try:
            return planning.read(self.cleaned_data["steps"])
        except ChainLineError as error:
            raise forms.ValidationError(str(error)) from error
