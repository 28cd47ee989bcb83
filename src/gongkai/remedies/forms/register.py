"""The form by which a case is registered, and the filters of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications.models import ApplicantKind, Application
from gongkai.applications.queries.register import readable as readable_applications
from gongkai.law.remedies_admission import acts, admission
from gongkai.law.remedies_results import columns
from gongkai.remedies import rules
from gongkai.remedies.domain.registering import Contested, Notice, Plaintiff
from gongkai.remedies.models import Claimant, PartyRole, Remedy, RemedyKind, Status
from gongkai.remedies.queries.register import Wanted, readable
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """Return a field for a legal day."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def _grounds(day: date) -> list[tuple[str, str]]:
    return [(key, admission(key, day).caption) for key in acts()]


class RegisterForm(forms.Form):
    """Register that an act of ours is contested."""

    unit = forms.TypedChoiceField(label="被申请人（被告）", coerce=int)
    kind = forms.ChoiceField(label="种类", choices=RemedyKind.choices)
    application = forms.CharField(
        label="所涉申请的受理编号", required=False, max_length=40, help_text="针对主动公开等其他行为的可不填"
    )
    ground = forms.ChoiceField(label="针对的行为")
    act_on = day_field("行为日期", required=False, help_text="没有所涉申请时填写")
    act_number = forms.CharField(label="行为文号", required=False, max_length=80)
    body = forms.CharField(label="复议机关、法院", max_length=120)
    case_number = forms.CharField(label="案号", required=False, max_length=80)
    day = day_field("收到通知日期", help_text="收到行政复议答复通知书、应诉通知书之日，答复、答辩期限由此起算")
    document = forms.CharField(label="通知书名称、文号", required=False, max_length=120)
    filed_on = day_field("对方提出日期", required=False)
    accepted_on = day_field("受理、立案日期", required=False, help_text="不填的，审理期限按收到通知日期推算")
    simplified = forms.BooleanField(label="适用简易程序", required=False)
    claimant = forms.ChoiceField(label="申请人（原告）", choices=Claimant.choices)
    name = forms.CharField(
        label="姓名或者名称", required=False, max_length=80, help_text="不是申请人本人的填写；加密保存"
    )
    claimant_kind = forms.ChoiceField(
        label="申请人类别", required=False, choices=[("", "与所涉申请相同"), *ApplicantKind.choices]
    )
    claims = forms.CharField(label="请求事项", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    follows = forms.CharField(label="在先复议的登记号", required=False, max_length=40, help_text="复议后起诉的填写")
    earlier_decision = forms.CharField(label="在先复议决定文号", required=False, max_length=80)
    other = forms.TypedChoiceField(label="本市的复议机关", required=False, coerce=int, empty_value=None)
    is_defendant = forms.BooleanField(label="复议机关是共同被告", required=False)

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["unit"].choices = tree.outline(rules.units_worked(scope))
        self.fields["ground"].choices = _grounds(scope.day)
        everybody = {node.id for node in tree}
        self.fields["other"].choices = [("", "不在本系统"), *tree.outline(everybody)]

    def clean_application(self) -> Application | None:
        """Find the application among those the person may read."""
        number = self.cleaned_data["application"].strip().upper()
        if not number:
            return None
        found = readable_applications(self.scope).filter(number=number).first()
        if found is None:
            raise forms.ValidationError("没有这个受理编号，或者不在您的机构。请核对。")
        return found

    def clean_follows(self) -> Remedy | None:
        """Find the reconsideration among those the person may read."""
        number = self.cleaned_data["follows"].strip().upper()
        if not number:
            return None
        found = readable(self.scope).filter(number=number).first()
        if found is None:
            raise forms.ValidationError("没有这个登记号，或者不在您的机构。请核对。")
        return found

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the verb."""
        data = self.cleaned_data
        other = Unit.objects.filter(pk=data["other"]).first() if data["other"] else None
        role = PartyRole.CO_DEFENDANT if data["is_defendant"] else PartyRole.REVIEWER
        return {
            "unit": Unit.objects.get(pk=data["unit"]),
            "kind": data["kind"],
            "body": data["body"],
            "case_number": data["case_number"],
            "notice": Notice(
                data["day"], data["document"], data["filed_on"], data["accepted_on"], simplified=data["simplified"]
            ),
            "contested": Contested(
                data["ground"], data["application"], act_on=data["act_on"], act_number=data["act_number"]
            ),
            "claimant": Plaintiff(data["claimant"], data["claimant_kind"], data["name"]),
            "claims": data["claims"],
            "follows": data["follows"],
            "earlier_decision": data["earlier_decision"],
            "others": [(other, role)] if other is not None else [],
        }


class FilterForm(forms.Form):
    """What the list is narrowed by."""

    text = forms.CharField(
        label="编号、案号或者姓名",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    unit = forms.TypedChoiceField(label="机构（含下级）", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *RemedyKind.choices])
    status = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *Status.choices])
    column = forms.ChoiceField(label="结果", required=False)
    year = forms.TypedChoiceField(label="收到年度", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "全部"), *tree.outline(rules.units_read(scope))]
        self.fields["column"].choices = [("", "全部"), *columns().items()]
        years = range(scope.day.year, 2007, -1)
        self.fields["year"].choices = [("", "全部"), *((year, f"{year}年") for year in years)]

    @property
    def wanted(self) -> Wanted:
        """Return what is looked for; what was not understood does not narrow."""
        if not self.is_bound or not self.is_valid():
            return Wanted()
        return Wanted(**self.cleaned_data)
