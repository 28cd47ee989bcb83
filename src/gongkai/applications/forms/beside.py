"""Forms of what stands beside applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications.domain.identity import Identity
from gongkai.applications.matters import SECTORS, Act
from gongkai.applications.models import IdentityProof, MatterKind, Retention
from gongkai.law.outcomes import outcomes
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from gongkai.units.queries.tree import Tree

_AREA = forms.Textarea(attrs={"rows": 4})


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """Return a field for a legal day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class MatterForm(forms.Form):
    """Registering a matter of one kind."""

    unit = forms.TypedChoiceField(label="受理机构", coerce=int)
    received_on = day_field("收到日期")
    title = forms.CharField(label="事由", max_length=300)
    text = forms.CharField(label="内容", required=False, widget=_AREA)
    name = forms.CharField(label="申请人、投诉人或者申诉人", max_length=100)
    proof_number = forms.CharField(label="证件号码", max_length=40, required=False)
    telephone = forms.CharField(label="联系电话", max_length=40, required=False)
    address = forms.CharField(label="地址", max_length=200, required=False)
    about = forms.TypedChoiceField(label="被投诉的机构", coerce=int, required=False, empty_value=None)
    about_name = forms.CharField(label="公共企事业单位", max_length=120, required=False)
    sector = forms.ChoiceField(label="行业", required=False, choices=[("", "请选择"), *((one, one) for one in SECTORS)])
    target_on = day_field("自定办结日", required=False, help_text="条例没有规定期限；定了日子，待办中会提示。")

    def __init__(self, *args: Any, kind: str, tree: Tree, among: Collection[int], **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["unit"].choices = tree.outline(among)
        if kind == MatterKind.COMPLAINT:
            self.fields["about"].choices = [("", "请选择"), *tree.outline({node.id for node in tree})]
            self.fields["about"].required = True
        else:
            del self.fields["about"]
        if kind != MatterKind.APPEAL:
            del self.fields["about_name"], self.fields["sector"]

    @property
    def facts(self) -> dict[str, Any]:
        """Return what ``domain.matters.receive`` asks for."""
        data = self.cleaned_data
        about = data.get("about")
        return {
            "kind": self.kind,
            "unit": Unit.objects.get(pk=data["unit"]),
            "day": data["received_on"],
            "title": data["title"],
            "text": data["text"],
            "target_on": data["target_on"],
            "about": Unit.objects.get(pk=about) if about else None,
            "about_name": data.get("about_name", ""),
            "sector": data.get("sector", ""),
            "applicant": Identity(
                name=data["name"],
                proof=IdentityProof.OTHER_CARD if data["proof_number"] else IdentityProof.NONE,
                proof_number=data["proof_number"],
                telephone=data["telephone"],
                address=data["address"],
            ),
        }


class MatterActForm(forms.Form):
    """One act of a matter: its day, the words it asks for, and a file."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    day = day_field("日期")
    evidence = forms.FileField(label="附件", required=False)

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.asked = tuple(act.asks)
        for key, caption in act.asks.items():
            if key == "until":
                self.fields[key] = day_field(caption)
            else:
                self.fields[key] = forms.CharField(label=caption, widget=_AREA if key == "text" else None)
        self.order_fields(["seen", "day", *self.asked, "evidence"])


class MatterArchiveForm(forms.Form):
    """Closing the volume of a matter; ``note`` explains what the checks found and what can no longer be mended."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    retention = forms.TypedChoiceField(label="保管期限", choices=Retention.choices, coerce=int)
    note = forms.CharField(label="核对说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, needs_note: bool, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        if needs_note:
            self.fields["note"].help_text = "核对发现“须说明”的，写明原因；不写姓名、证件号码。"
        else:
            del self.fields["note"]


class ReplyForm(forms.Form):
    """Answering a question of a unit."""

    answer = forms.CharField(label="答复意见", widget=forms.Textarea(attrs={"rows": 6}))
    is_precedent = forms.BooleanField(
        label="收入案例库，供各机构查阅", required=False, help_text="案例中不得有能认出申请人的内容。"
    )
    outcome = forms.ChoiceField(label="所涉办理结果", required=False)
    articles = forms.CharField(label="依据", max_length=200, required=False)
    keywords = forms.CharField(label="关键词", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        codes = [(one.code, f"{one.code} {one.caption}") for one in outcomes() if not one.part_of]
        self.fields["outcome"].choices = [("", "不限"), *codes]


class WithdrawPrecedentForm(forms.Form):
    """Taking a precedent out of the library."""

    reason = forms.CharField(label="撤出理由", max_length=300)


class PrecedentFilter(forms.Form):
    """Looking for a precedent."""

    text = forms.CharField(
        label="检索词", required=False, widget=forms.TextInput(attrs={"placeholder": "问题、意见、关键词"})
    )
    outcome = forms.ChoiceField(label="办理结果", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        codes = [(one.code, f"{one.code} {one.caption}") for one in outcomes() if not one.part_of]
        self.fields["outcome"].choices = [("", "全部结果"), *codes]
