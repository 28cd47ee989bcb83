"""The form of the counter: one page, filled in from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Arrival, Request
from gongkai.applications.models import ApplicantKind, DeliveryForm, DeliveryWay, IdentityProof, Medium, PaperKind

if TYPE_CHECKING:
    from datetime import date

    from gongkai.units.queries.tree import Tree

MOST_APPLICANTS = 10
_TEXT = {"class": "form-control", "autocomplete": "off"}
_CHOICE = {"class": "form-select"}
_CHECK = {"class": "form-check-input"}


def _line(label: str, *, length: int, required: bool = False, **attrs: Any) -> forms.CharField:  # noqa: ANN401 -- HTML attributes
    widget = forms.TextInput(attrs=_TEXT | attrs)
    return forms.CharField(label=label, max_length=length, required=required, widget=widget)


class ArrivalForm(forms.Form):
    """How and when it came, and to whom it is addressed."""

    units = forms.TypedMultipleChoiceField(
        label="申请的对象",
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs=_CHECK),
        help_text="申请表写了几个机关的，每个机关登记一件",
    )
    medium = forms.ChoiceField(
        label="收到途径",
        choices=[choice for choice in Medium.choices if choice[0] != Medium.WEB_FORM],
        initial=Medium.COUNTER,
        widget=forms.Select(attrs=_CHOICE),
    )
    day = forms.DateField(
        label="到达日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"})
    )
    mail = _line("邮件号", length=40)
    elsewhere_on = forms.DateField(
        label="其他部门先收到的日期",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"}),
        help_text="误投其他科室的，以工作机构收到为准",
    )

    def __init__(self, *args: Any, tree: Tree, among: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = tree.outline(among)
        if len(among) == 1:
            self.fields["units"].initial = list(among)

    @property
    def arrival(self) -> Arrival:
        """How it came, once the form is valid."""
        data = self.cleaned_data
        return Arrival(data["medium"], data["day"], elsewhere_on=data["elsewhere_on"], mail=data["mail"].strip())


class ApplicantForm(forms.Form):
    """One applicant, or the proxy. Nothing is demanded: what is lacking is asked for later."""

    name = _line("姓名或者名称", length=120)
    proof = forms.ChoiceField(
        label="身份证明",
        choices=IdentityProof.choices,
        # What nobody looked at is not proven.
        initial=IdentityProof.NONE,
        required=False,
        widget=forms.Select(attrs=_CHOICE),
    )
    proof_number = _line("证件号码", length=60)
    telephone = _line("电话", length=40, inputmode="tel")
    email = _line("电子邮箱", length=120, inputmode="email")
    address = _line("通信地址", length=200)
    representative = _line("法定代表人（机构填写）", length=60)

    def identity(self, **more: bool) -> Identity | None:
        """Who it is, ``None`` where nothing was written."""
        data = {name: value.strip() for name, value in self.cleaned_data.items() if name in ApplicantForm.base_fields}
        if not any(value for name, value in data.items() if name != "proof"):
            return None
        data["proof"] = data["proof"] or IdentityProof.NONE
        return Identity(**data, **more)


class ProxyForm(ApplicantForm):
    """Who acts for the applicant."""

    representative = None
    has_authority = forms.BooleanField(
        label="已提交授权委托书", required=False, widget=forms.CheckboxInput(attrs=_CHECK)
    )

    def proxy(self) -> Identity | None:
        """Who acts for the applicant, ``None`` where nobody does."""
        return self.identity(is_proxy=True, has_authority=self.cleaned_data["has_authority"])


ApplicantFormSet = forms.formset_factory(ApplicantForm, extra=0, min_num=1, max_num=MOST_APPLICANTS)


class RequestForm(forms.Form):
    """What is asked for, in what form and way (Art 29). Nobody is asked what for."""

    applicant_kind = forms.ChoiceField(
        label="申请人类别",
        choices=ApplicantKind.choices,
        initial=ApplicantKind.NATURAL_PERSON,
        widget=forms.Select(attrs=_CHOICE),
        help_text="计入年度报告表三；法律服务机构指律师事务所等",
    )
    title = _line("所需信息名称", length=300)
    document_number = _line("文号", length=80)
    description = forms.CharField(
        label="便于查询的其他特征性描述", required=False, widget=forms.Textarea(attrs=_TEXT | {"rows": 3})
    )
    delivery_form = forms.ChoiceField(
        label="提供形式",
        required=False,
        choices=[("", "没有写明"), *DeliveryForm.choices],
        widget=forms.Select(attrs=_CHOICE),
    )
    delivery_way = forms.ChoiceField(
        label="获取途径",
        required=False,
        choices=[("", "没有写明"), *DeliveryWay.choices],
        widget=forms.Select(attrs=_CHOICE),
    )
    needs_assistance = forms.BooleanField(
        label="阅读有困难或者视听障碍，需要协助", required=False, widget=forms.CheckboxInput(attrs=_CHECK)
    )
    form_file = forms.FileField(
        label="申请表扫描件", required=False, widget=forms.ClearableFileInput(attrs={"class": "form-control"})
    )
    identity_file = forms.FileField(
        label="身份证明扫描件", required=False, widget=forms.ClearableFileInput(attrs={"class": "form-control"})
    )
    authority_file = forms.FileField(
        label="授权委托书扫描件", required=False, widget=forms.ClearableFileInput(attrs={"class": "form-control"})
    )

    @property
    def request(self) -> Request:
        """What is asked for, once the form is valid."""
        names = ("title", "document_number", "description", "delivery_form", "delivery_way", "needs_assistance")
        return Request(**{name: self.cleaned_data[name] for name in names})

    @property
    def papers(self) -> list[tuple[str, Any]]:
        """The scans, each with what it is."""
        kinds = {
            "form_file": PaperKind.FORM,
            "identity_file": PaperKind.IDENTITY,
            "authority_file": PaperKind.AUTHORITY,
        }
        return [(kind, self.cleaned_data[name]) for name, kind in kinds.items() if self.cleaned_data[name]]


class CounterForm:
    """The whole page: arrival, applicants, proxy, request. ``is_valid`` asks all of them, so that all faults show."""

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- a request's
        files: Any = None,  # noqa: ANN401 -- the same
        *,
        tree: Tree,
        among: frozenset[int],
        today: date,
    ) -> None:
        self.arrival = ArrivalForm(data, tree=tree, among=among, initial={"day": today}, auto_id="%s")
        self.applicants = ApplicantFormSet(data, prefix="applicant", auto_id="%s")
        self.proxy = ProxyForm(data, prefix="proxy", auto_id="%s")
        self.request = RequestForm(data, files, auto_id="%s")

    def is_valid(self) -> bool:
        """Tell whether all parts are valid."""
        verdicts = [part.is_valid() for part in (self.arrival, self.applicants, self.proxy, self.request)]
        return all(verdicts)

    @property
    def identities(self) -> list[Identity]:
        """The applicants and the proxy, once the form is valid."""
        found = [form.identity() for form in self.applicants] + [self.proxy.proxy()]
        return [one for one in found if one is not None]

    def say(self, message: str, fields: dict[str, str]) -> None:
        """Put what a verb refused where it belongs."""
        placed = False
        for part in (self.arrival, self.request):
            for name in fields.keys() & part.fields.keys():
                part.add_error(name, message if len(fields) == 1 else fields[name])
                placed = True
        if not placed:
            self.arrival.add_error(None, message)
