"""The small forms of what can be done with a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.records.forms.draft import the_one
from gongkai.records.models import Validity

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.records.models import Record

_TEXT = {"class": "form-control"}
_CHOICE = {"class": "form-select"}


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={**_TEXT, "type": "date"}))


def _reason(label: str = "理由", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=300, widget=forms.Textarea(attrs={**_TEXT, "rows": 2})
    )


class PlanForm(forms.Form):
    """Publish on a day to come."""

    publish_on = _day("计划发布日")


class ReadBackForm(forms.Form):
    """Say whether the page is as it was approved."""

    outcome = forms.ChoiceField(
        label="核对结果",
        choices=[("right", "与审定稿一致"), ("wrong", "有误")],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    note_text = _reason("说明（有误时必填）", required=False)


class WithdrawForm(forms.Form):
    """Take a page down."""

    reason = _reason("撤下理由")


class ValidityForm(forms.Form):
    """Declare that a document was modified, repealed or has expired."""

    validity = forms.ChoiceField(
        label="变动",
        choices=[choice for choice in Validity.choices if choice[0] != Validity.IN_FORCE],
        widget=forms.Select(attrs=_CHOICE),
    )
    day = _day("自何日起")
    document = forms.CharField(
        label="依据",
        max_length=200,
        widget=forms.TextInput(attrs=_TEXT),
        help_text="修改、废止它的文件或清理结果的文号",
    )
    superseded_by = forms.CharField(
        label="被何文件取代",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs=_TEXT),
        help_text="可不填；该文件的文号或索引号",
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.scope = scope

    def clean_superseded_by(self) -> Record | None:
        """Find the document by its number."""
        number = self.cleaned_data["superseded_by"].strip()
        return the_one(self.scope, number) if number else None


class ReassessForm(forms.Form):
    """Look again at what is not published."""

    outcome = forms.ChoiceField(
        label="评估结论",
        choices=[("keep", "仍不主动公开"), ("open", "可以公开：转为主动公开草稿，重新审核")],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    reason = _reason()
    reassess_on = forms.DateField(
        label="下次评估日（仍不公开时填写）",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={**_TEXT, "type": "date"}),
    )

    def clean(self) -> dict[str, Any]:
        """Demand the next day where the record stays as it is."""
        data = super().clean() or {}
        if data.get("outcome") == "keep" and not data.get("reassess_on"):
            self.add_error("reassess_on", "仍不公开的，请填写下次评估日（条例第十八条）。")
        return data


class RecodeForm(forms.Form):
    """Give another index number."""

    number = forms.CharField(label="新索引号", max_length=40, widget=forms.TextInput(attrs=_TEXT))
    document = forms.CharField(label="改编依据", max_length=200, widget=forms.TextInput(attrs=_TEXT))


class AttachForm(forms.Form):
    """Add a file."""

    file = forms.FileField(
        label="附件",
        widget=forms.ClearableFileInput(attrs=_TEXT),
        help_text="PDF、OFD、Word、Excel、文本、JPEG、PNG；不超过 50 MB；不得含密级标志",
    )
