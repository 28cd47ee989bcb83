"""The small forms around an application: finding it, completing it, saying how it was, asking to be called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications.models import PaperKind
from gongkai.files.errors import FileRefusedError
from gongkai.intake.domain import putting
from gongkai.intake.errors import TooMuchError
from gongkai.intake.forms.plain import ACCEPTED, PlainForm
from gongkai.intake.forms.public_apply import MOST_ATTACHMENTS, ManyFiles, ManyFilesInput
from gongkai.intake.messages import CORRECTION_NAME, Attachment
from gongkai.intake.models import Score

if TYPE_CHECKING:
    from gongkai.intake.queries.units import Target

_OFF = {"autocomplete": "off", "spellcheck": "false", "maxlength": "60"}


class TrackForm(PlainForm):
    """Number and code; whatever is wrong with them is said in one and the same way."""

    number = forms.CharField(
        label="申请编号",
        required=False,
        help_text="以 W 开头，例如 W20240603-7K3M9Q2X。",
        widget=forms.TextInput(attrs=_OFF),
    )
    code = forms.CharField(
        label="查询码",
        required=False,
        help_text="16 位，分隔号可以不填。",
        widget=forms.TextInput(attrs=_OFF),
    )


class CorrectionForm(PlainForm):
    """The answer to a correction notice."""

    text = forms.CharField(
        label="补正内容",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="对照上面的要求逐项写明。",
        error_messages={"required": "请填写补正内容。"},
    )
    attachments = ManyFiles(
        label="补正材料",
        required=False,
        help_text=f"最多 {MOST_ATTACHMENTS} 个。",
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
    )

    def attachments_read(self) -> list[Attachment] | None:
        """Return the text and the files, looked at; ``None`` where one is refused, which then stands in the errors."""
        files = [Attachment(str(PaperKind.CORRECTION), CORRECTION_NAME, self.cleaned_data["text"].encode())]
        given = self.cleaned_data["attachments"]
        if len(given) > MOST_ATTACHMENTS:
            self.add_error("attachments", f"最多 {MOST_ATTACHMENTS} 个附件，现在选了 {len(given)} 个。请合并后再选。")
            return None
        files += [Attachment(str(PaperKind.CORRECTION), one.name, one.read()) for one in given]
        for place, one in enumerate(files):
            try:
                putting.check(one)
            except FileRefusedError as error:
                self.add_error("attachments" if place else "text", str(error))
        if not self.errors:
            try:
                putting.check_total(files)
            except TooMuchError as error:
                self.add_error("attachments", str(error))
        return None if self.errors else files


class RatingForm(PlainForm):
    """How satisfied the applicant is."""

    score = forms.TypedChoiceField(
        label="您对这次办理是否满意",
        coerce=int,
        choices=Score.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择一项。"},
    )
    words = forms.CharField(
        label="意见和建议", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class HelpForm(PlainForm):
    """A telephone number and when to call it: an officer fills in the form by voice (Art 43)."""

    unit = forms.TypedChoiceField(
        label="向哪个行政机关申请",
        coerce=int,
        error_messages={"required": "请选择行政机关。"},
        help_text="不清楚的，选择政府办公室。",
    )
    telephone = forms.CharField(
        label="您的电话",
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": "请填写电话号码，工作人员才能与您联系。"},
    )
    name = forms.CharField(label="怎么称呼您", required=False, max_length=60)
    wish = forms.CharField(
        label="什么时间方便，需要什么帮助",
        required=False,
        max_length=500,
        help_text="例如：上午，请读给我听；家人会手语。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, targets: list[Target], **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "请选择"), *((one.unit.id, one.unit.name) for one in targets)]

    def clean_telephone(self) -> str:
        """Demand something that can be dialled."""
        given = self.cleaned_data["telephone"]
        if sum(char.isdigit() for char in given) < 7:  # noqa: PLR2004 -- the shortest number with its area
            raise forms.ValidationError("电话号码不完整。请填写区号和号码，或者 11 位手机号码。")
        return given
